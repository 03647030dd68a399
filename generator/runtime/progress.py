"""Progress of slow work far below a command, which shows it: silent unless a command says how.

A program that runs a command reads its progress from lines among its other words (``written``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import astuple, dataclass
from typing import TypeAlias

# how many steps are done, and what the one is called that begins
Report: TypeAlias = Callable[[int, str], None]
# opened for a task with its count of steps
Watch: TypeAlias = Callable[[str, int], AbstractContextManager[Report]]

WRITTEN = "GAZETTE_PROGRESS"  # variable of the environment: the progress is written, not drawn
RECORD = "\x1e"  # begins a line that tells progress (RFC 7464)


@dataclass(frozen=True, slots=True)
class Step:
    """How far a task is."""

    task: str
    done: int
    count: int
    step: str = ""  # what is being done, where the task alone does not say it


@contextmanager
def _silent(_task: str, _count: int) -> Iterator[Report]:
    yield lambda _done, _step: None


_watch: ContextVar[Watch] = ContextVar("watch", default=_silent)


def watch(task: str, count: int) -> AbstractContextManager[Report]:
    """Open the display of a task with ``count`` steps."""
    return _watch.get()(task, count)


@contextmanager
def watched_by(shown: Watch) -> Iterator[None]:
    """Show the progress of what runs inside by ``shown``."""
    token = _watch.set(shown)
    try:
        yield
    finally:
        _watch.reset(token)


def written(step: Step) -> str:
    """Write how far a task is, as a line for the program that runs the command."""
    return RECORD + json.dumps(astuple(step), ensure_ascii=False)


def read_step(line: str) -> Step | None:
    """Read such a line; None for any other."""
    if not line.startswith(RECORD):
        return None
    try:
        task, done, count, step = json.loads(line[len(RECORD) :])
    except ValueError:  # no JSON, or not four values
        return None
    return Step(str(task), int(done), int(count), str(step))
