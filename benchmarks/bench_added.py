"""Add real issues one by one: what each costs, relative to building all of them anew.

    python -m benchmarks.bench_added GAZETTE [--first 18] [--against CHECKOUT]

GAZETTE is a folder of content/ whose issues cite each other. The first issues are built, then each
further one is added, then all are built from nothing, and once more without a change; with
``--against``, each step of another checkout follows the same step of this one. CPU seconds are
those of all processes of a command. The last line of a side says whether the site to which issues
were added is the same, byte for byte, as the one that was built from nothing.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from filecmp import cmpfiles
from pathlib import Path

from benchmarks.archive import issue_folders
from benchmarks.measure import ROOT, cost_of
from generator.runtime.places import GAZETTE_FILE
from generator.site.swap import scan

ROUNDS = 2  # of building all issues


@dataclass(slots=True)
class Side:
    """One checkout, its folder, and the CPU seconds of its builds."""

    root: Path
    where: Path
    added: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    same: list[float] = field(default_factory=list)

    def build(self, name: str) -> float:
        """Build the issues that are there into a site, over the existing one of this name."""
        places = ("--content", "content"), ("--site", name), ("--build", f"{name}-build")
        options = [part for option, folder in places for part in (option, self.where / folder)]
        command = [sys.executable, "-c", "from generator.cli import main; main()", "build"]
        return cost_of([*command, "--jobs", "1", *options], self.where / "log", self.root).cpu

    def take(self, gazette: Path, issue: Path) -> None:
        """Copy an issue into the archive."""
        target = self.where / "content" / gazette.name
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(gazette / GAZETTE_FILE, target / GAZETTE_FILE)
        shutil.copytree(issue, target / issue.name)

    def line(self) -> str:
        """Write the medians of all costs, and their ratios to that of a whole build."""
        whole = statistics.median(self.whole)
        costs = {"added": self.added, "no change": self.same}
        medians = {name: statistics.median(seconds) for name, seconds in costs.items()}
        said = [f"{name} {m:.2f} s ({m / whole:.3f})" for name, m in medians.items()]
        site, clean = self.where / "site", self.where / "clean"
        names = sorted(scan(site).keys() | scan(clean).keys())
        _, differing, missing = cmpfiles(site, clean, names, shallow=False)
        verdict = f"{len(differing) + len(missing)} of {len(names)} files differ"
        return f"{self.root}: whole {whole:.2f} s, {', '.join(said)}; {verdict}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, add, build anew, and print a line for each side."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gazette", type=Path)
    parser.add_argument("--first", type=int, default=18)
    parser.add_argument("--against", type=Path)
    options = parser.parse_args(arguments)
    roots = [ROOT, *([options.against.resolve()] if options.against else [])]
    issues = issue_folders([options.gazette])
    with tempfile.TemporaryDirectory() as folder:
        sides = [Side(root, Path(folder, f"{n}")) for n, root in enumerate(roots)]
        for side in sides:
            for issue in issues[: options.first]:
                side.take(options.gazette, issue)
            side.build("site")
        for issue in issues[options.first :]:
            for side in sides:
                side.take(options.gazette, issue)
                side.added.append(side.build("site"))
        for _ in range(ROUNDS):
            for side in sides:
                shutil.rmtree(side.where / "clean", ignore_errors=True)
                shutil.rmtree(side.where / "clean-build", ignore_errors=True)
                side.whole.append(side.build("clean"))
                side.same.append(side.build("site"))
        sys.stdout.write("".join(f"{side.line()}\n" for side in sides))
    return 0


if __name__ == "__main__":
    sys.exit(main())
