"""Measure a build on a Dask cluster of this machine, with one worker and with several.

    python -m benchmarks.bench_cluster [FOLDER…] [--issues 100] [--workers 1 2] [--rounds 1]

FOLDERs are issue folders, or folders of them (content/); the archive is composed of copies of them
(benchmarks/archive.py). In each round it is built from nothing on a cluster of each size, one
thread a worker; a small archive is built before, so that the workers have loaded the program. What
counts is the time on the clock: run it on a machine that does nothing else, with a processor for
each worker. Every site must have the bytes of one that was built without a cluster.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.archive import clear, compose, issue_folders
from benchmarks.bench_archive import build_ours
from benchmarks.measure import ROOT, Cost
from generator.runtime.parallel import CLUSTER_CHUNK
from tests.pages import read_tree


def build(where: Path, content: str, scheduler: str = "") -> Cost:
    """Build an archive in a folder from nothing."""
    clear(where / "site", where / "build")
    return build_ours(where, 1, content, scheduler)


def measure(workers: int, where: Path, wanted: Mapping[str, bytes]) -> Cost:
    """Build on a cluster with this many workers, and compare the site with the wanted files."""
    from distributed import LocalCluster

    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers, threads_per_worker=1, dashboard_address=None
    ) as cluster:
        build(where, "few", cluster.scheduler_address)
        cost = build(where, "content", cluster.scheduler_address)
    built = read_tree(where / "site")
    if differing := sorted(
        name for name in built.keys() | wanted.keys() if built.get(name) != wanted.get(name)
    ):
        sys.exit(f"{workers} workers: other bytes than without a cluster: {differing[:10]}")
    return cost


def report(costs: Mapping[int, Sequence[Cost]]) -> Iterator[str]:
    """Write the seconds of each size of cluster, and how many times faster it is than the first."""
    first = next(iter(costs.values()))
    for workers, rounds in costs.items():
        wall = statistics.median(cost.wall for cost in rounds)
        joining = statistics.median(cost.cpu for cost in rounds)
        times = [one.wall / cost.wall for one, cost in zip(first, rounds, strict=True)]
        yield (
            f"{workers} workers: {wall:.1f} s, {statistics.median(times):.2f} times the speed of "
            f"the first, {joining:.1f} s of CPU to join"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure clusters of several sizes in turn."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--issues", type=int, default=100)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args(arguments)
    folders = issue_folders(options.folders or [ROOT / "content"])
    costs: dict[int, list[Cost]] = {workers: [] for workers in options.workers}
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        compose(folders, options.issues, where / "content")
        # a chunk for each worker
        compose(folders, CLUSTER_CHUNK * max(options.workers), where / "few")
        build(where, "content")
        wanted = read_tree(where / "site")
        for _ in range(options.rounds):
            for workers in options.workers:
                costs[workers].append(measure(workers, where, wanted))
    sys.stdout.write("\n".join(report(costs)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
