"""What a rule changed in a text: the edits between before and after, and where offsets went.

A rule only removes characters or puts one in the place of another, so that the difference is
found in one pass; anything else counts as one edit from the first to the last difference.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """``before[start:end]`` became ``text``."""

    start: int
    end: int
    text: str


def find_edits(before: str, after: str) -> tuple[Edit, ...]:
    """Find the edits that turn one text into the other, in order, in linear time."""
    if before == after:
        return ()
    if len(before) == len(after):
        return _replaced(before, after)
    return _removed(before, after) or _replaced_whole(before, after)


def _replaced(before: str, after: str) -> tuple[Edit, ...]:
    pairs = enumerate(zip(before, after, strict=True))
    return tuple(Edit(n, n + 1, b) for n, (a, b) in pairs if a != b)


def _removed(before: str, after: str) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    kept = 0
    start = -1  # where the run of removed characters began
    for n, char in enumerate(before):
        if kept < len(after) and char == after[kept]:
            if start >= 0:
                edits.append(Edit(start, n, ""))
                start = -1
            kept += 1
        elif start < 0:
            start = n
    if kept < len(after):
        return ()
    if start >= 0:
        edits.append(Edit(start, len(before), ""))
    return tuple(edits)


def _replaced_whole(before: str, after: str) -> tuple[Edit, ...]:
    shorter = min(len(before), len(after))
    start = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    back = 0
    while back < shorter - start and before[-1 - back] == after[-1 - back]:
        back += 1
    return (Edit(start, len(before) - back, after[start : len(after) - back]),)


def move_offsets(offsets: Iterable[int], edits: Sequence[Edit]) -> list[int]:
    """Where ascending offsets of the old text lie in the new one."""
    moved: list[int] = []
    shift = n = 0
    for offset in offsets:
        while n < len(edits) and edits[n].end <= offset:
            shift += len(edits[n].text) - (edits[n].end - edits[n].start)
            n += 1
        inside = n < len(edits) and edits[n].start < offset
        moved.append((edits[n].start if inside else offset) + shift)
    return moved


def line_at(breaks: Sequence[tuple[int, int]], offset: int) -> int:
    """Source line of an offset, given (offset, line) of each line's beginning."""
    return breaks[max(bisect_right(breaks, offset, key=lambda b: b[0]) - 1, 0)][1]
