"""Fuzz one target with inputs that are the same on every machine; needs no atheris.

    python -m fuzz.steady TARGET INPUTS SECONDS SEED LIMIT FOLDER

No coverage guides it, so that a change elsewhere, or another Python, changes no input.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fuzz.inputs import steady
from fuzz.record import Run, Task, as_task


def fuzz(task: Task) -> int:
    """Run a task to its end and print the findings; the result is the exit status."""
    task.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as scratch:
        (issue := Path(scratch) / "2020-01").mkdir()
        run = Run(task, issue)
        for data in steady(task.target, task.seed):
            if not run.take(data):
                break
    return run.end()


if __name__ == "__main__":
    sys.exit(fuzz(as_task(sys.argv[1:])))
