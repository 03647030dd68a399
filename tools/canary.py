"""Build the archive with ProperDocs in place of MkDocs and print the differences (``make canary``).

ProperDocs continues MkDocs 1.x, which is not maintained any more. Its module
properdocs.replacement answers imports of mkdocs. A virtual environment under build/ gets the locked
packages, ProperDocs instead of MkDocs, and loads that module at every start.

Exit status: 0 both were built and their official texts are the same, whatever else differs; 1
ProperDocs could not build, or an official text differs; 2 there was nothing to compare (no network,
or MkDocs itself could not build).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import venv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from pathlib import Path

from generator.site.html_page import HtmlPage
from generator.site.swap import scan

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "canary"
STARTED_WITH = "import properdocs.replacement\n"
VERSION = "import mkdocs, properdocs; assert mkdocs is properdocs; print(mkdocs.__version__)"
PURE = "import sysconfig; print(sysconfig.get_path('purelib'))"
KEYS = "manifests/"  # cache keys of code and packages, which always differ
GENERATOR = re.compile(rb'<meta name="generator" content="mkdocs-[^"]*">')  # always differs
REQUIREMENT = re.compile(r"^(?=\S)", re.MULTILINE)
SHOWN = 120  # characters of a line that differs
BEFORE = 30  # … of them before the difference


class CanaryError(Exception):
    """There is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not the same in both sites, and the first line of it that differs."""

    name: str
    ours: str
    theirs: str
    is_official: bool = False  # in the text of a document, or a whole page is missing


def compare(ours: Path, theirs: Path) -> list[Difference]:
    """Compare two sites byte by byte, except cache keys and the name of the generator."""
    names = sorted({*scan(ours), *scan(theirs)})
    found = (_compare_file(ours, theirs, name) for name in names if not name.startswith(KEYS))
    return [difference for difference in found if difference]


def _compare_file(ours: Path, theirs: Path, name: str) -> Difference | None:
    one, other = ours / name, theirs / name
    is_page = name.endswith(".html")
    if not one.is_file() or not other.is_file():
        there, missing = "a file", "no such file"
        sides = (there, missing) if one.is_file() else (missing, there)
        return Difference(name, *sides, is_official=is_page)
    before, after = (GENERATOR.sub(b"", path.read_bytes()) for path in (one, other))
    if before == after:
        return None
    is_official = is_page and HtmlPage(before).texts != HtmlPage(after).texts
    return Difference(name, *_first_difference(before, after), is_official)


def _first_difference(before: bytes, after: bytes) -> tuple[str, str]:
    """Give the first line that differs, from both sides, cut to the part around the difference."""
    lines = zip_longest(before.splitlines(keepends=True), after.splitlines(keepends=True))
    one, other = next((a or b"", b or b"") for a, b in lines if a != b)
    texts = [line.decode("utf-8", "backslashreplace") for line in (one, other)]
    place = next(
        (n for n, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts))
    )
    start = max(0, place - BEFORE)
    first, second = (repr(text[start : start + SHOWN])[1:-1] for text in texts)
    return first, second


def report(found: Sequence[Difference]) -> Iterable[str]:
    """Write each different line once, and below it the files that have it."""

    def kind(difference: Difference) -> tuple[bool, str, str]:
        return not difference.is_official, difference.ours, difference.theirs

    for (is_other, ours, theirs), files in groupby(sorted(found, key=kind), key=kind):
        yield "official text differs:" if not is_other else "differs:"
        yield f"  MkDocs      {ours}"
        yield f"  ProperDocs  {theirs}"
        yield from (f"    {difference.name}" for difference in files)


def without_mkdocs(locked: str) -> str:
    """Remove MkDocs from locked requirements."""
    blocks = REQUIREMENT.split(locked)
    kept = [block for block in blocks if not block.startswith("mkdocs==")]
    if len(kept) != len(blocks) - 1:
        msg = "requirements.txt names no mkdocs, or several; tools/canary.py must be renewed"
        raise CanaryError(msg)
    return "".join(kept)


def set_up(folder: Path) -> Path:
    """Install the locked packages and the newest ProperDocs; give the environment's bin folder."""
    environment = folder / "venv"
    programs = environment / "bin"
    if not (programs / "python").exists():
        venv.create(environment, with_pip=True)
    locked = folder / "requirements.txt"
    locked.write_text(without_mkdocs((ROOT / "requirements.txt").read_text("utf-8")), "utf-8")
    python = str(programs / "python")
    pip = (python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--no-deps")
    _run(*pip, "--require-hashes", "--requirement", str(locked))
    _run(*pip, "--upgrade", "properdocs")
    _run(*pip, "--no-build-isolation", "--editable", str(ROOT))
    return programs


def replace_mkdocs(programs: Path) -> str:
    """Let ProperDocs answer imports of mkdocs and queries for its version; give that version."""
    python = str(programs / "python")
    packages = Path(_run(python, "-c", PURE))
    (packages / "properdocs_replacement.pth").write_text(STARTED_WITH, "utf-8")
    version = _run(python, "-c", VERSION)
    for old in packages.glob("mkdocs-[0-9]*.dist-info"):
        (old / "METADATA").unlink()
        old.rmdir()
    about = packages / f"mkdocs-{version}.dist-info"
    about.mkdir()
    text = f"Metadata-Version: 2.1\nName: mkdocs\nVersion: {version}\n"
    (about / "METADATA").write_text(text, "utf-8")
    return version


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-5:]
        raise CanaryError("\n".join([" ".join(command), *last]))
    return done.stdout.strip()


def _build(programs: Path, content: Path, folder: Path) -> Path:
    """Build the archive with the programs of an environment."""
    site, build = folder / "site", folder / "build"
    command = [str(programs / "gazette"), "build", "--content", str(content)]
    _run(*command, "--site", str(site), "--build", str(build))
    return site


def main(arguments: list[str] | None = None) -> int:
    """Build twice and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--content", type=Path, default=ROOT / "content", help="the archive")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="for the environment and sites")
    options = parser.parse_args(arguments)
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    try:
        programs = set_up(folder)
        ours = _build(Path(sys.executable).parent, options.content, folder / "mkdocs")
    except CanaryError as error:
        sys.stderr.write(f"nothing to compare: {error}\n")
        return 2
    try:
        version = replace_mkdocs(programs)
        theirs = _build(programs, options.content, folder / "properdocs")
    except CanaryError as error:
        sys.stderr.write(f"ProperDocs cannot take the place of MkDocs: {error}\n")
        return 1
    found = compare(ours, theirs)
    sys.stdout.writelines(f"{line}\n" for line in report(found))
    official = sum(difference.is_official for difference in found)
    sys.stdout.write(
        f"ProperDocs {version} in place of MkDocs: {len(found)} of {len(scan(ours))} files differ "
        f"in more than the name of the generator, {official} of them in official text\n"
    )
    return 1 if official else 0


if __name__ == "__main__":
    sys.exit(main())
