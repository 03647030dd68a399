"""Progress of slow work far below a command, which shows it: silent unless a command says how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import TypeAlias

# how many steps are done, and what the one is called that begins
Report: TypeAlias = Callable[[int, str], None]
# opened for a task with its count of steps
Watch: TypeAlias = Callable[[str, int], AbstractContextManager[Report]]


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
