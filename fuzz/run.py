"""Fuzz the stages that read texts from outside (docs/fuzzing.md).

    python -m fuzz.run [TARGET…] [--inputs N] [--seconds S] [--seed N] [--limit S] [--out DIR]
    python -m fuzz.run [TARGET…] --steady …
    python -m fuzz.run TARGET --replay FILE…

The first needs atheris and is guided by the code that an input reaches. The second has the same
inputs everywhere, the third repeats findings; both need nothing else. The exit status is 1 if
anything was found.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from fuzz.checks import TARGETS, check


def main(arguments: Sequence[str] | None = None) -> int:
    """Run each target in a process of its own, or a finding again in this one."""
    parser = argparse.ArgumentParser(description="fuzz the stages that read texts from outside")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--inputs", type=int, default=250_000, help="of each target")
    parser.add_argument("--seconds", type=float, default=3600, help="for each target, at most")
    parser.add_argument("--seed", type=int, default=1, help="another gives other inputs")
    parser.add_argument("--steady", action="store_true", help="the same inputs on every machine")
    parser.add_argument("--limit", type=float, default=1, help="CPU seconds that an input may take")
    parser.add_argument("--out", type=Path, default=Path("fuzz-findings"), help="for findings")
    parser.add_argument("--replay", type=Path, nargs="+", metavar="FILE", help="findings")
    said = parser.parse_args(arguments)
    if wrong := [target for target in said.targets if target not in TARGETS]:
        parser.error(f"no target {wrong[0]}; there are {', '.join(TARGETS)}")
    targets: Sequence[str] = said.targets or TARGETS
    if said.replay:
        with tempfile.TemporaryDirectory() as folder:
            for path in said.replay:
                check(targets[0], path.read_bytes(), Path(folder))
        return 0
    if not said.steady and find_spec("atheris") is None:
        parser.error("atheris is missing: it has wheels for Python 3.11 to 3.13 on Linux x86-64")
    module = "fuzz.steady" if said.steady else "fuzz.harness"
    options = [str(said.inputs), str(said.seconds), str(said.seed), str(said.limit), str(said.out)]
    worst = 0
    for target in targets:
        command = [sys.executable, "-m", module, target, *options]
        done = subprocess.run(command, check=False)
        if done.returncode > 1 or done.returncode < 0:  # libFuzzer ended it: no end, no memory
            sys.stdout.write(f"{target}: ended by status {done.returncode}; see {said.out}\n")
        worst = worst or int(done.returncode != 0)
    return worst


if __name__ == "__main__":
    sys.exit(main())
