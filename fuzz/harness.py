"""Fuzz one target with atheris, in a process of its own, because libFuzzer ends its process.

    python -m fuzz.harness TARGET INPUTS SECONDS SEED LIMIT FOLDER

FOLDER receives the findings: one input for each place of the program that failed, with its
traceback in a file beside it. If an input runs endlessly or exhausts the memory, libFuzzer itself
writes it there and ends.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["generator"]):
    from fuzz.record import Run, Task, as_task
from fuzz.inputs import LONGEST_INPUT, mutator, seeds

HANGS = 30  # seconds of the clock, after which libFuzzer ends the process
MEGABYTES = 2048


def fuzz(task: Task) -> None:
    """Run a task to its end, print the findings, and exit."""
    task.folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="fuzz-"))
    (corpus := scratch / "corpus").mkdir()
    for n, text in enumerate(seeds(task.target)):
        (corpus / f"{n:05}").write_bytes(text)
    (issue := scratch / "2020-01").mkdir()
    options = {
        "seed": task.seed,
        "max_len": LONGEST_INPUT,
        "timeout": HANGS,
        "rss_limit_mb": MEGABYTES,
        "verbosity": 0,
        "artifact_prefix": f"{task.folder}/{task.target}-",
    }
    arguments = [f"-{name}={value}" for name, value in options.items()]
    run = Run(task, issue)

    def take(data: bytes) -> None:
        if not run.take(data):  # libFuzzer would go on
            shutil.rmtree(scratch)
            os._exit(run.end())

    atheris.Setup(
        [sys.argv[0], *arguments, str(corpus)], take, custom_mutator=mutator(task.target, by_bytes)
    )
    atheris.Fuzz()


def by_bytes(data: bytes, longest: int) -> bytes:
    """Change an input by libFuzzer's own mutation, which is available only during fuzzing."""
    return bytes(atheris.Mutate(data, longest))


if __name__ == "__main__":
    fuzz(as_task(sys.argv[1:]))
