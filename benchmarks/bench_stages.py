"""Compare the CPU time of load … find_citations with Python-Markdown on the same text.

    python -m benchmarks.bench_stages FOLDER… [--rounds N]

FOLDERs are issue folders, or folders of them. Both sides run in turn in one process. The program
prints megabytes per CPU second and the ratio of each round; judge by the ratios, because absolute
times vary from machine to machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import markdown

from benchmarks.archive import issue_folders
from generator.content import load
from generator.stages.citations import find_citations
from generator.stages.normalize import normalize
from generator.stages.parse import parse

# MkDocs' defaults; our own extension would halve their work, because it removes rules
EXTENSIONS = ("toc", "tables", "fenced_code")


def run_stages(folders: Sequence[Path]) -> None:
    """Run every issue through its stages, from load to find_citations."""
    for folder in folders:
        find_citations(normalize(parse(load(folder))))


def run_markdown(texts: Sequence[str]) -> None:
    """Render every text as one Markdown page."""
    converter = markdown.Markdown(extensions=list(EXTENSIONS))
    for text in texts:
        converter.reset()
        converter.convert(text)


def cpu_seconds(work: Callable[[], None]) -> float:
    """Measure the CPU seconds of this process for a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> int:
    """Print each round and the median ratio."""
    parser = argparse.ArgumentParser(description="stages against Python-Markdown")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    folders = issue_folders(arguments.paths)
    texts = [(folder / "issue.md").read_text("utf-8") for folder in folders]
    size = sum(len(text.encode()) for text in texts) / 1e6
    run_stages(folders[:1])  # a first run: imports and compiling patterns are not measured
    ratios = []
    for number in range(arguments.rounds):
        ours = cpu_seconds(lambda: run_stages(folders))
        theirs = cpu_seconds(lambda: run_markdown(texts))
        ratios.append(ours / theirs)
        sys.stdout.write(
            f"round {number + 1}: stages {size / ours:.1f} MB/s, "
            f"Python-Markdown {size / theirs:.1f} MB/s, ratio {ratios[-1]:.2f}\n"
        )
    median, spread = statistics.median(ratios), f"{min(ratios):.2f}–{max(ratios):.2f}"
    sys.stdout.write(f"{len(folders)} issues, {size:.2f} MB: ratio {median:.2f} ({spread})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
