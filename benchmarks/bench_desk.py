"""Measure how long the desk takes from an act to the text that shows it.

    python -m benchmarks.bench_desk FOLDER [--acts 20]

The issue's folder is copied; each act corrects two characters of another line, and the issue is
read again and written as the page gets it. Misreadings are looked for afterwards, and are not
counted.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from generator.edit.desk import desk_data
from generator.edit.requests import Correct
from generator.edit.workspace import Workspace
from generator.runtime.data import dump
from generator.runtime.places import Places

LONG = 40  # characters of a line that is corrected


def measure(folder: Path, acts: int) -> list[tuple[float, float]]:
    """Give the seconds of each act: by the clock, and of the processor."""
    taken: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as root:
        gazette = Path(root) / "content" / folder.parent.name
        shutil.copytree(folder, gazette / folder.name)
        if (facts := folder.parent / "gazette.toml").is_file():
            shutil.copy(facts, gazette)
        workspace = Workspace(Places(gazette.parent, Path(root) / "site", Path(root) / "build"))
        name = f"{gazette.name}/{folder.name}"
        desk = workspace.desk(name)
        lines = desk.issue.source.text.split("\n")
        long = [n for n, line in enumerate(lines, 1) if len(line) > LONG]
        for line in long[:: max(len(long) // acts, 1)][:acts]:
            clock, used = time.perf_counter(), time.thread_time()
            workspace.act(name, Correct(line, "甲乙", printed=lines[line - 1][20:22]))
            dump(desk_data(workspace.desk(name)))
            taken.append((time.perf_counter() - clock, time.thread_time() - used))
    return taken


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--acts", type=int, default=20)
    asked = parser.parse_args(arguments)
    clock, used = zip(*measure(asked.folder, asked.acts), strict=True)
    for words, seconds in (("clock", clock), ("processor", used)):
        median = statistics.median(seconds)
        sys.stdout.write(f"{words:<10} median {median:.2f} s, worst {max(seconds):.2f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
