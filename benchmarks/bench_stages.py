"""Compare the CPU time of load … find_citations with Python-Markdown on the same text.

    python -m benchmarks.bench_stages FOLDER… [--rounds N]

FOLDERs are issue folders, or folders of them. Both sides run in turn in one process. The program
prints megabytes per CPU second and the ratio of each round; judge by the ratios, because absolute
times vary from machine to machine. The last line has the CPU seconds of each stage, the best round.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import markdown

from benchmarks.archive import issue_folders
from generator.content import load
from generator.stages.citations import find_citations
from generator.stages.normalize import normalize
from generator.stages.parse import parse

# MkDocs' defaults; our own extension would halve their work, because it removes rules
EXTENSIONS = ("toc", "tables", "fenced_code")


Before = TypeVar("Before")
After = TypeVar("After")


def run_stages(folders: Sequence[Path]) -> dict[str, float]:
    """Run every issue through its stages; give the CPU seconds of each for all issues."""
    seconds: dict[str, float] = {}

    def timed(stage: Callable[[Before], After], value: Before) -> After:
        start = time.process_time()
        result = stage(value)
        spent = time.process_time() - start
        seconds[stage.__name__] = seconds.get(stage.__name__, 0.0) + spent
        return result

    for folder in folders:
        timed(find_citations, timed(normalize, timed(parse, timed(load, folder))))
    return seconds


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
    ratios: list[float] = []
    rounds: list[dict[str, float]] = []
    for number in range(arguments.rounds):
        ours = cpu_seconds(lambda: rounds.append(run_stages(folders)))
        theirs = cpu_seconds(lambda: run_markdown(texts))
        ratios.append(ours / theirs)
        sys.stdout.write(
            f"round {number + 1}: stages {size / ours:.1f} MB/s, "
            f"Python-Markdown {size / theirs:.1f} MB/s, ratio {ratios[-1]:.2f}\n"
        )
    median, spread = statistics.median(ratios), f"{min(ratios):.2f}–{max(ratios):.2f}"
    sys.stdout.write(f"{len(folders)} issues, {size:.2f} MB: ratio {median:.2f} ({spread})\n")
    best = {name: min(seconds[name] for seconds in rounds) for name in rounds[0]}
    sys.stdout.write(", ".join(f"{name} {least:.3f} s" for name, least in best.items()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
