"""Join the characters of a page to printed lines, and mark those set higher or lower."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.content.intake.sheets.page import ASCENT, Area, Char
from generator.content.intake.text import BEGINS_HAN, SOFT_HYPHEN, clean_line, flat_text, lifted
from generator.language.founder import read_founder_latin

WIDE_GAP = 2.5  # in sizes of the type; wider than an indent
LONGEST_PARTED = 1_000  # characters of a line
SMALLER = 0.9  # a raised or lowered character is at most so large, beside the others


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    cut: bool = False  # its last printed line is full, and its sentence does not end there


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]
    area: Area

    @property
    def text(self) -> str:
        """The row as a line of the text."""
        return "\t".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or a table as one piece."""

    text: str
    left: float
    right: float
    base: float
    size: float
    chars: tuple[Char, ...] = ()
    rows: tuple[Row, ...] = ()  # of a table, one for each line of its text

    @property
    def areas(self) -> tuple[Area, ...]:
        """Where the lines of its text are."""
        low, high = (1 - ASCENT) * self.size, ASCENT * self.size
        if self.rows:
            return tuple(row.area for row in self.rows)
        return (Area(self.left, self.base - low, self.right, self.base + high),)

    @property
    def confidence(self) -> float | None:
        """The mean confidence of its characters; None where nothing was recognised."""
        known = [char.confidence for char in self.chars if char.confidence is not None]
        return sum(known) / len(known) if known else None


def read_lines(chars: Iterable[Char]) -> list[Line]:
    """Join characters to lines, from top to bottom."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: -c.base):
        # a raised or lowered character is nearer to its line than the next line is
        if rows and rows[-1][-1].base - char.base <= max(char.size, rows[-1][-1].size) / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
    parted = (part for row in rows for part in _parted(row))
    return [_line(row) for row in parted if any(char.text != " " for char in row)]


def _parted(row: Sequence[Char]) -> list[list[Char]]:
    """Part smaller characters right below or above larger ones: a raised one is beside them.

    A name in small type close below a title is a line of its own.
    """
    sizes = Counter(round(char.size, 1) for char in row if char.text != " ")
    if len(sizes) < 2 or len(row) > LONGEST_PARTED:
        return [list(row)]
    size = max(sizes, key=lambda s: (sizes[s], s))
    large = [char for char in row if char.size > size * SMALLER and char.text != " "]
    small = [
        char
        for char in row
        if char.size <= size * SMALLER
        and any(one.left < (char.left + char.right) / 2 < one.right for one in large)
        and all(abs(char.base - one.base) > char.size * SMALLER for one in large)
    ]
    if not small:
        return [list(row)]
    apart = set(map(id, small))
    rest = [char for char in row if id(char) not in apart]
    return sorted((rest, small), key=lambda line: -statistics.median(char.base for char in line))


def table_line(rows: Iterable[Row], chars: Iterable[Char]) -> Line:
    """Give a table as one line; rows without text are left out."""
    filled = tuple(row for row in rows if any(cell.text for cell in row.cells))
    inside = tuple(chars)
    return Line(
        text="\n".join(row.text for row in filled),
        left=min(row.area.left for row in filled),
        right=max(row.area.right for row in filled),
        base=max(row.area.top for row in filled),
        size=statistics.median(char.size for char in inside),
        chars=inside,
        rows=filled,
    )


CUT_CELL = 5  # characters of a cell that shows whether its text goes on; narrower ones are all full
ENDED = "。；！？：.;!?:等"


def read_cell(chars: Iterable[Char], left: float, right: float) -> Cell:
    """Read the characters between two edges as a cell."""
    lines = read_lines(chars)
    if not lines:
        return Cell("")
    text = flat_text("\n".join(line.text for line in lines))
    last = lines[-1]
    full = last.right > right - last.size * 2 and right - left > last.size * CUT_CELL
    return Cell(text, full and not text.endswith(tuple(ENDED)))


def _line(row: Iterable[Char]) -> Line:
    chars = sorted(row, key=lambda c: c.left)
    printed = [char for char in chars if char.text != " "]
    sizes = Counter(round(char.size, 1) for char in printed)
    size = max(sizes, key=lambda s: (sizes[s], s))
    base = statistics.median(c.base for c in printed if abs(c.size - size) <= 0.1)
    text = read_founder_latin(clean_line(lifted(_spaced(chars, base, size)), "\t"))
    return Line(
        # a soft hyphen within a line is printed as a hyphen
        text=text[:-1].replace(SOFT_HYPHEN, "-") + text[-1:],
        left=printed[0].left,
        right=max(char.right for char in printed),
        base=base,
        size=size,
        chars=tuple(chars),
    )


def _spaced(chars: Iterable[Char], base: float, size: float) -> Iterator[tuple[str, str]]:
    """Give the characters of a line, with blanks and tabs, each with its lift: sup, sub or "".

    A wide gap becomes a tab.
    """
    before: Char | None = None
    blank = False
    for char in chars:
        if char.text == " ":
            blank = True
            continue
        if before:
            gap = (char.left - before.right) / size
            han = BEGINS_HAN.match(before.text) or BEGINS_HAN.match(char.text)
            # justified lines have gaps, so next to ideographs only a full-width gap is a blank
            if gap > WIDE_GAP:
                yield "\t", ""
            elif gap > 0.8 or (not han and (blank or gap > 0.25)):
                yield " ", ""
        lift = ""
        if char.size <= size * SMALLER:
            above = (char.base - base) / size
            lift = "sup" if above > 0.15 else "sub" if above < -0.05 else ""
        yield char.text, lift
        before, blank = char, False
