"""List the citations gained and lost between two commits, over an archive.

    python -m benchmarks.compare BASE [--content DIR]…     (make compare BASE=main)

The program of each commit builds the same archives into a folder of its own; their issue.json files
are compared. There is one line per citation, for commit messages: + gained, - lost, ~ resolved
otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Key = tuple[str, str, int, str]  # issue, document, line, text


def build(code: Path, content: Path, where: Path) -> Path:
    """Build an archive with the program of a checkout; give the site's folder."""
    command = (
        "from generator.cli import main; main()",
        *("build", "--content", content, "--site", where / "site", "--build", where / "build"),
    )
    done = subprocess.run(
        [sys.executable, "-c", *map(str, command)],
        env={**os.environ, "PYTHONPATH": str(code)}, cwd=code, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{code}: {done.stderr}")
    return where / "site"


def read_citations(site: Path) -> dict[Key, Counter[str]]:
    """Read all citations of a site with their relations and targets."""
    found: dict[Key, Counter[str]] = {}
    for path in sorted(site.rglob("issue.json")):
        issue = path.parent.relative_to(site).as_posix()
        for document in json.loads(path.read_text("utf-8"))["documents"]:
            for citation in document["citations"]:
                key = (issue, document["id"], citation["line"], citation["text"])
                target = citation["target"]
                url = f"{target['url']}#{target['anchor']}" if target else "-"
                found.setdefault(key, Counter())[f"{citation['relation']} {url}"] += 1
    return found


def differences(base: dict[Key, Counter[str]], head: dict[Key, Counter[str]]) -> Iterator[str]:
    """Yield a line for each citation that is not the same in both builds."""
    for key in sorted(base.keys() | head.keys()):
        issue, document, line, text = key
        old, new = base.get(key, Counter()), head.get(key, Counter())
        lost, gained = sorted((old - new).elements()), sorted((new - old).elements())
        where = f"{issue}/{document}:{line} {text}"
        for before, after in zip(lost, gained, strict=False):
            yield f"~ {where}: {before} → {after}"
        yield from (f"- {where}: {before}" for before in lost[len(gained) :])
        yield from (f"+ {where}: {after}" for after in gained[len(lost) :])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the differences between a commit and the work tree."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("base", help="commit to compare the work tree with")
    parser.add_argument("--content", type=Path, action="append", help="archives (content/)")
    options = parser.parse_args(arguments)
    contents = options.content or [ROOT / "content"]
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        code = Path(folder, "base")
        run = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*run, "add", "--quiet", "--detach", code, options.base], check=True)
        try:
            for n, content in enumerate(contents):
                base = build(code, content.resolve(), Path(folder, f"base-{n}"))
                head = build(ROOT, content.resolve(), Path(folder, f"head-{n}"))
                lines += differences(read_citations(base), read_citations(head))
        finally:
            subprocess.run([*run, "remove", "--force", code], check=True)
    kinds = Counter(line[0] for line in lines)
    lines.append(f"gained {kinds['+']}, lost {kinds['-']}, otherwise {kinds['~']}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
