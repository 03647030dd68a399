"""CPU time of the shortest commands against the start of a bare click program.

    python -m benchmarks.bench_startup FOLDER [--against CHECKOUT] [--rounds 15]

FOLDER is an issue's folder that `gazette check` finds no error in. All sides run in turn, round
after round, with the same Python and the same packages; --against adds the program of another
checkout. Printed are medians (spread), and the median ratio of the sides that run in one round.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.measure import ROOT, cost_of

Side = tuple[Path, tuple[str, ...]]  # the checkout that a program comes from, and its command
GAZETTE = (sys.executable, "-c", "from generator.cli import main; main()")
# a group, a command, an option, and the help of them
BARE = """
import click
@click.group()
def main(): "A group."
@main.command()
@click.option("--name", help="An option.")
def greet(name): "A command."
main()
"""
HELP: dict[str, Side] = {
    "bare": (ROOT, (sys.executable, "-c", BARE, "--help")),
    "help": (ROOT, (*GAZETTE, "--help")),
}


def run_in_turn(sides: Mapping[str, Side], rounds: int) -> dict[str, list[float]]:
    """Run each side once for nothing, then once a round; give its CPU seconds."""
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    with tempfile.TemporaryDirectory() as folder:
        # all that Python compiles is kept here, and is there after the first run
        compiled = {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        for number in range(rounds + 1):
            for name, (checkout, command) in sides.items():
                cost = cost_of(command, Path(folder) / "log", checkout, **compiled)
                if number:
                    seconds[name].append(cost.cpu)
    return seconds


def write_report(
    seconds: Mapping[str, Sequence[float]], ratios: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Give a line for each side, and one for each ratio of two."""
    for name, times in seconds.items():
        yield f"{name}: {_median(times, 's')}"
    for one, other in ratios:
        pairs = zip(seconds[one], seconds[other], strict=True)
        yield f"{one} / {other}: {_median([a / b for a, b in pairs])}"


def _median(values: Sequence[float], unit: str = "") -> str:
    median = f"{statistics.median(values):.3f} {unit}".strip()
    return f"{median} ({min(values):.3f}–{max(values):.3f})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each start takes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--against", type=Path, metavar="CHECKOUT")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args(arguments)
    check = (*GAZETTE, "check", str(options.folder.resolve()))
    sides = {**HELP, "check": (ROOT, check)}
    ratios = [("help", "bare")]
    if options.against:
        against = options.against.resolve()
        sides |= {"help before": (against, HELP["help"][1]), "check before": (against, check)}
        ratios += [("help", "help before"), ("check", "check before")]
    for line in write_report(run_in_turn(sides, options.rounds), ratios):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
