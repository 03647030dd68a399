"""One text while its references are read: what is found and taken, and what it cites so far."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from generator.model import Citation, TextBlock
from generator.model.provisions import Place
from generator.stages.extract.owners import Owner

FEW = 50  # citations before an offset that are looked at


@dataclass(frozen=True, slots=True)
class Found:
    """A reference in one text."""

    start: int
    end: int
    target: str
    cited: Citation | None = None
    named: tuple[tuple[str, ...], ...] = ()
    is_name: bool = False


@dataclass(slots=True)
class Text:
    """One text while it is read, with the characters that citations and references have taken."""

    block: TextBlock
    scope: str
    place: Place | None
    taken: bytearray
    found: list[Found] = field(default_factory=list)
    cited: list[tuple[int, Citation]] = field(default_factory=list)  # in order, with their starts
    short_ends: dict[int, Citation] = field(default_factory=dict)  # of short names
    is_cell: bool = False  # of a table
    last: tuple[int, Owner, str] | None = None  # the article named last: its end, owner, number

    @property
    def text(self) -> str:
        """The text of its block."""
        return self.block.text

    def add(self, found: Found) -> None:
        """Add a reference, unless a part of it is taken."""
        if found.start < found.end and 1 not in self.taken[found.start : found.end]:
            self.taken[found.start : found.end] = b"\1" * (found.end - found.start)
            self.found.append(found)
            if found.cited:
                insort(self.cited, (found.start, found.cited), key=itemgetter(0))
                if not found.named:
                    self.short_ends[found.end] = found.cited

    def between(self, start: int, end: int) -> Sequence[tuple[int, Citation]]:
        """List what is cited between two offsets, at most the last few."""
        low = bisect_left(self.cited, start, key=itemgetter(0))
        high = bisect_left(self.cited, end, lo=low, key=itemgetter(0))
        return self.cited[max(low, high - FEW) : high]
