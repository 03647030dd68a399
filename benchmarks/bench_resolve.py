"""Compare the CPU time of resolving the citations of an archive with that of building it.

    python -m benchmarks.bench_resolve FOLDER… [--issues 300]

FOLDERs are issue folders, or folders of them; the archive is composed of copies of them
(benchmarks/archive.py). Both are measured in one process: all issues are built, then the citations
of their summaries are resolved a few times.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.archive import compose, issue_folders
from generator.archive.issues import read_archive
from generator.archive.resolve import resolve_citations
from generator.runtime.parallel import Alone
from generator.runtime.places import Places
from generator.site.build import build


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the ratio of the two."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--issues", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        compose(issue_folders(options.folders), options.issues, where / "content")
        begun = time.process_time()
        build(Places(where / "content", where / "site", where / "build"), Alone(), lambda *_: None)
        built = time.process_time() - begun
        summaries, _ = read_archive(where / "content", {})
        links = resolve_citations(summaries)
        rounds: list[float] = []
        for _ in range(options.rounds):
            begun = time.process_time()
            resolve_citations(summaries)
            rounds.append(time.process_time() - begun)
    held = sum(1 for found in links.resolved.values() if found.target)
    median = statistics.median(rounds)
    documents = sum(len(s.documents) for s in summaries)
    citations = sum(len(s.citations) for s in summaries)
    sys.stdout.write(
        f"{len(summaries)} issues, {documents} documents, {citations} citations, "
        f"{held} lead to a document\n"
        f"build {built:.1f} s, resolve {median:.2f} s ({min(rounds):.2f}–{max(rounds):.2f}): "
        f"{100 * median / built:.2f} %\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
