"""Clues: named reasons for a verdict, in the order of their priority."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Subject = TypeVar("Subject")
Verdict = TypeVar("Verdict")


@dataclass(frozen=True, slots=True)
class Clue(Generic[Subject, Verdict]):
    """One reason for a verdict on a subject: a head, a line, an edge between two blocks."""

    name: str
    verdict: Verdict
    holds: Callable[[Subject], bool]


def is_among(clue: Clue[Subject, Verdict], clues: Sequence[Clue[Subject, Verdict]]) -> bool:
    """Whether a list has a clue, for which a quick test speaks: benchmarks leave clues out."""
    return any(own is clue for own in clues)


def deciding(clues: Sequence[Clue[Subject, Verdict]], subject: Subject) -> Clue[Subject, Verdict]:
    """Give the first clue that holds for a subject; the last clue of a list always holds."""
    for clue in clues:
        if clue.holds(subject):
            return clue
    message = "the last clue of a list must always hold"
    raise AssertionError(message)
