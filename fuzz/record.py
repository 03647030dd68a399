"""A fuzzing run: its task, the inputs that it took, and what it found."""

from __future__ import annotations

import hashlib
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fuzz.checks import check
from fuzz.inputs import ROOT

PROGRESS = 25_000  # inputs between two lines of progress


@dataclass(frozen=True, slots=True)
class Task:
    """The target of a run, and the limits at which it ends."""

    target: str
    inputs: int
    seconds: float
    seed: int  # another gives other inputs
    limit: float  # CPU seconds that an input may take
    folder: Path  # for findings
    findings: int = 20  # at different places; the run ends when it has so many


def as_task(arguments: Sequence[str]) -> Task:
    """Read a task from the arguments with which ``fuzz.run`` starts a process."""
    target, inputs, seconds, seed, limit, folder = arguments
    return Task(target, int(inputs), float(seconds), int(seed), float(limit), Path(folder))


class Run:
    """The state of a run: the inputs taken so far and the findings."""

    def __init__(self, task: Task, issue: Path) -> None:
        self.task, self.issue = task, issue
        self.taken, self.slowest = 0, 0.0
        self.found: set[str] = set()
        self.began = time.monotonic()

    def take(self, data: bytes) -> bool:
        """Run one input; keep it if it fails at a new place or takes too long.

        The result is whether the run goes on.
        """
        began = time.process_time()
        try:
            check(self.task.target, data, self.issue)
        except Exception as error:
            self.keep(data, _place(error), traceback.format_exc())
        spent = time.process_time() - began
        if spent > self.task.limit:  # perhaps it was the first that needed some module or table
            spent = min(spent, self._again(data))
        self.slowest = max(self.slowest, spent)
        if spent > self.task.limit:
            self.keep(data, "slow", f"took {spent:.2f} s, of {self.task.limit} that are allowed\n")
        self.taken += 1
        if self.taken % PROGRESS == 0:
            sys.stderr.write(f"{self.task.target}: {self.taken:,} of {self.task.inputs:,}\n")
        late = time.monotonic() - self.began >= self.task.seconds
        return not (late or self.taken >= self.task.inputs or len(self.found) >= self.task.findings)

    def _again(self, data: bytes) -> float:
        """Give the CPU seconds that an input takes a second time."""
        began = time.process_time()
        with suppress(Exception):  # kept already
            check(self.task.target, data, self.issue)
        return time.process_time() - began

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

    def end(self) -> int:
        """Print the totals; the result is the exit status."""
        passed = time.monotonic() - self.began
        sys.stdout.write(
            f"{self.task.target}: {self.taken:,} inputs in {passed:.0f} s, "
            f"{self.taken / passed:.0f} a second, slowest {self.slowest:.2f} s, "
            f"{len(self.found)} findings\n"
        )
        sys.stdout.flush()
        return 1 if self.found else 0


def _place(error: BaseException) -> str:
    """Give the kind of an error and the line of this repository that raised it."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f"{ROOT}/" in f.filename]
    last = frames[-1]
    return f"{type(error).__name__} at {Path(last.filename).relative_to(ROOT)}:{last.lineno}"
