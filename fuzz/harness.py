"""Fuzz one target with atheris, in a process of its own, because libFuzzer ends its process.

    python -m fuzz.harness TARGET INPUTS SECONDS SEED LIMIT FOLDER

FOLDER receives the findings: one input for each place of the program that failed, with its
traceback in a file beside it. If an input runs endlessly or exhausts the memory, libFuzzer itself
writes it there and ends.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["generator"]):
    from fuzz.checks import check
from fuzz.inputs import ROOT, mutator, seeds

LONGEST_INPUT = (
    1500  # bytes of an input: enough for every construct, and for hundreds of inputs a second
)
HANGS = 30  # seconds of the clock, after which libFuzzer ends the process
MEGABYTES = 2048
PROGRESS = 25_000  # inputs between two lines of progress


@dataclass(frozen=True, slots=True)
class Task:
    """The target of a run, and the limits at which it ends."""

    target: str
    inputs: int
    seconds: float
    seed: int  # the same gives the same inputs
    limit: float  # CPU seconds that an input may take
    folder: Path  # for findings
    findings: int = 20  # at different places; the run ends when it has so many


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
    atheris.Setup(
        [sys.argv[0], *arguments, str(corpus)],
        _Run(task, issue).take,
        custom_mutator=mutator(task.target, by_bytes),
    )
    atheris.Fuzz()


def by_bytes(data: bytes, longest: int) -> bytes:
    """Change an input by libFuzzer's own mutation, which is available only during fuzzing."""
    return bytes(atheris.Mutate(data, longest))


class _Run:
    """The state of a run: the inputs taken so far and the findings."""

    def __init__(self, task: Task, issue: Path) -> None:
        self.task, self.issue = task, issue
        self.taken, self.slowest = 0, 0.0
        self.found: set[str] = set()
        self.began = time.monotonic()

    def take(self, data: bytes) -> None:
        """Run one input; keep it if it fails at a new place or takes too long."""
        began = time.process_time()
        try:
            check(self.task.target, data, self.issue)
        except Exception as error:
            self.keep(data, _place(error), traceback.format_exc())
        spent = time.process_time() - began
        self.slowest = max(self.slowest, spent)
        if spent > self.task.limit:
            self.keep(data, "slow", f"took {spent:.2f} s, of {self.task.limit} that are allowed\n")
        self.taken += 1
        if self.taken % PROGRESS == 0:
            sys.stderr.write(f"{self.task.target}: {self.taken:,} of {self.task.inputs:,}\n")
        late = time.monotonic() - self.began >= self.task.seconds
        if late or self.taken >= self.task.inputs or len(self.found) >= self.task.findings:
            self.end()

    def keep(self, data: bytes, place: str, why: str) -> None:
        """Write the input that failed, if it is the first for its place."""
        if place in self.found:
            return
        self.found.add(place)
        name = f"{self.task.target}-{hashlib.sha256(data).hexdigest()[:12]}"
        path = self.task.folder / name
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(why, "utf-8")
        sys.stdout.write(f"{self.task.target}: {place}: {path}\n")
        sys.stdout.flush()

    def end(self) -> None:
        """Print the totals and end the process here, because libFuzzer would go on."""
        passed = time.monotonic() - self.began
        sys.stdout.write(
            f"{self.task.target}: {self.taken:,} inputs in {passed:.0f} s, "
            f"{self.taken / passed:.0f} a second, slowest {self.slowest:.2f} s, "
            f"{len(self.found)} findings\n"
        )
        sys.stdout.flush()
        shutil.rmtree(self.issue.parent)
        os._exit(1 if self.found else 0)


def _place(error: BaseException) -> str:
    """Give the kind of an error and the line of this repository that raised it."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f"{ROOT}/" in f.filename]
    last = frames[-1]
    return f"{type(error).__name__} at {Path(last.filename).relative_to(ROOT)}:{last.lineno}"


if __name__ == "__main__":
    name, inputs, seconds, seed, limit, where = sys.argv[1:]
    fuzz(Task(name, int(inputs), float(seconds), int(seed), float(limit), Path(where)))
