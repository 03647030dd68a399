"""Measure the first bundle of an archive, one without changes, and one after a new issue.

    python -m benchmarks.bench_bundle [FOLDER…] [--issues N] [--rounds 3] [--jobs 1]
        [--against CHECKOUT]

FOLDERs are issue folders, or folders of them (content/); the archive is composed of copies of them
(benchmarks/archive.py), one of each unless --issues says how many. Its site is built twice, without
the last issue and with it. In each round, each side bundles the first site into an empty folder,
the same site again, then the second site over it; and that second site into an empty folder, whose
files must be the same. --against measures another checkout in turn.
"""

from __future__ import annotations

import argparse
import filecmp
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.archive import clear, compose, issue_folders
from benchmarks.bench_archive import build_ours
from benchmarks.measure import ROOT, Cost, cost_of

STEPS = ("first", "no change", "one issue added")
RUN = "from generator.cli import main; main()"


def bundle(checkout: Path, where: Path, target: Path, jobs: int) -> Cost:
    """Run ``gazette bundle`` of a checkout on the site in a folder."""
    places = [("--content", where / "content"), ("--site", where / "site"), ("--target", target)]
    options = [part for option, path in places for part in (option, path)]
    if jobs:  # earlier versions have no such option
        options += ["--jobs", str(jobs)]
    return cost_of([sys.executable, "-c", RUN, "bundle", *options], where / "log", checkout)


def measure_round(checkout: Path, where: Path, jobs: int) -> dict[str, Cost]:
    """Measure the steps of one side, and compare the last with a run into an empty folder."""
    target, clean = where / "dist", where / "clean"
    clear(target, clean)
    sites = (where / "before", where / "before", where / "after")
    costs = {
        step: bundle(checkout, site, target, jobs) for step, site in zip(STEPS, sites, strict=True)
    }
    bundle(checkout, where / "after", clean, jobs)
    names = sorted(path.name for path in clean.iterdir())
    _, differ, missing = filecmp.cmpfiles(clean, target, names, shallow=False)
    if differ or missing:
        sys.exit(f"other bytes than in a run into an empty folder: {differ} {missing}")
    return costs


def report(rounds: Sequence[Mapping[str, Mapping[str, Cost]]]) -> Iterator[str]:
    """Write the costs of each side, medians and spreads, and the ratios of each round."""
    yield "| side | step | CPU s, median (spread) | s | peak MB | CPU / first |"
    yield "|---|---|---|---|---|---|"
    for side in rounds[0]:
        for step in STEPS:
            costs = [r[side][step] for r in rounds]
            cpu = sorted(cost.cpu for cost in costs)
            wall = statistics.median(cost.wall for cost in costs)
            ratios = sorted(r[side][step].cpu / r[side]["first"].cpu for r in rounds)
            yield (
                f"| {side} | {step} | {statistics.median(cpu):.2f} ({cpu[0]:.2f}–{cpu[-1]:.2f}) "
                f"| {wall:.1f} | {max(cost.peak for cost in costs):.0f} "
                f"| {statistics.median(ratios):.3f} ({ratios[0]:.3f}–{ratios[-1]:.3f}) |"
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the sites, measure round by round, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--issues", type=int, help="in the archive, without the one that is added")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--against", type=Path, help="a checkout to measure in turn")
    options = parser.parse_args(arguments)
    folders = issue_folders(options.folders or [ROOT / "content"])
    issues = options.issues or len(folders)
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        for name, count in (("before", issues), ("after", issues + 1)):
            compose(folders, count, where / name / "content")
            build_ours(where / name, options.jobs)
        sides = {"now": (ROOT, options.jobs)}
        if options.against:
            sides["before"] = (options.against.resolve(), 0)
        rounds = [
            {side: measure_round(checkout, where, jobs) for side, (checkout, jobs) in sides.items()}
            for _ in range(options.rounds)
        ]
    lines = [f"{issues} issues from {len(folders)}, {options.rounds} rounds", *report(rounds)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
