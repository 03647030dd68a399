"""Measure the memory of the process that joins an archive, apart from that of its workers.

    python -m benchmarks.bench_memory [FOLDER…] [--sizes 100 300 1000] [--jobs 2]

FOLDERs are issue folders, or folders of them (content/); the archives are composed of copies of
them (benchmarks/archive.py). The workers take the issues through their stages and build the pages,
so that the memory of the joining process is that of summaries, links and plans.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.archive import clear, compose, issue_folders
from benchmarks.measure import ROOT, cost_of

# the process says itself how much it took: what waits for it also counts its workers
PROGRAM = """
import sys, time
from pathlib import Path
from generator.cli import (main)
told, *sys.argv[1:] = sys.argv[1:]
try:
    main()
finally:
    from benchmarks.measure import own_peak
    Path(told).write_text(f"{own_peak():.1f} {time.process_time():.1f}")
"""


def measure(folders: Sequence[Path], size: int, jobs: int, where: Path) -> tuple[float, float]:
    """Build an archive; give the peak in megabytes and the CPU seconds of the joining process."""
    clear(where)
    compose(folders, size, where / "content")
    places = [("--content", "content"), ("--site", "site"), ("--build", "build")]
    options = [part for option, name in places for part in (option, where / name)]
    told = where / "told"
    command = [sys.executable, "-c", PROGRAM, told, "build", "--jobs", str(jobs), *options]
    cost_of(command, where / "log", ROOT)
    peak, cpu = map(float, told.read_text("utf-8").split())
    clear(where)
    return peak, cpu


def report(peaks: Mapping[int, tuple[float, float]]) -> Iterator[str]:
    """Write the peak of each archive, and how it grows with each issue."""
    for size, (peak, cpu) in peaks.items():
        yield f"{size} issues: {peak:.0f} MB, {cpu:.1f} s of CPU"
    for few, many in pairwise(peaks):
        growth = (peaks[many][0] - peaks[few][0]) / (many - few)
        yield f"from {few} to {many}: {growth:.3f} MB an issue"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure archives of several sizes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100, 300, 1000])
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    folders = issue_folders(options.folders or [ROOT / "content"])
    peaks: dict[int, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            peaks[size] = measure(folders, size, options.jobs, Path(folder, "archive"))
    sys.stdout.write("\n".join(report(peaks)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
