"""Put the lines of pages into reading order: column by column, without running heads."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from generator.content.intake.sheets.furniture import take_furniture, without_head_rules
from generator.content.intake.sheets.page import Char, SheetPage
from generator.content.intake.sheets.printed_lines import Line, read_lines
from generator.content.intake.sheets.spreads import cut_spreads
from generator.content.intake.sheets.tables import take_tables

FEWEST_LINES, FEWEST_FULL = 5, 3  # lines of a column; among them, lines from edge to edge
NARROWEST = 10  # characters of a column; lists of names and amounts side by side are narrower
USUAL = 1 / 3  # share of the pages that show where the columns of all of them are
NARROW = 0.5  # sizes of the type: a gutter that a line with hanging punctuation leaves
MOST_SPACED = 6  # characters of a heading that is spaced out
INDENT = 4  # characters by which a line of a column may be indented


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines that follow one another: those of a page, or of a column on it."""

    page: SheetPage
    column: int  # 0 for the whole width
    lines: tuple[Line, ...]
    place: int = 0  # of its page among all pages, spreads cut

    @property
    def kind(self) -> tuple[int, int, int]:
        """Flows of the same kind have the same margins: column, odd or even page, page width."""
        return self.column, self.place % 2, round(self.page.width)


@dataclass(frozen=True, slots=True)
class _Gutter:
    """The free space between two columns, and where the right one begins."""

    at: float
    right: float


@dataclass(frozen=True, slots=True)
class Ordered:
    """The lines of all pages in reading order, and the numbers printed on the sheets."""

    flows: tuple[Flow, ...]
    printed: dict[int, str]


def reading_order(pages: Sequence[SheetPage]) -> Ordered:
    """Give the lines of all pages in reading order."""
    sheets = cut_spreads(pages)
    pages = without_head_rules(sheets)
    # a table without upright rules may begin at the rule of a running head
    found = [take_tables(page, sheet.rules) for page, sheet in zip(pages, sheets, strict=True)]
    lines, printed = take_furniture(pages, found)
    gutters = [_find_gutter([line for line in of_page if not line.rows]) for of_page in lines]
    usual = _usual_gutter([gutter for gutter in gutters if gutter], sum(map(bool, lines)))
    flows = (
        flow
        for n, (page, of_page, gutter) in enumerate(zip(pages, lines, gutters, strict=True))
        for flow in _columns(page, n, of_page, gutter or usual, sure=gutter is not None)
        if flow.lines
    )
    return Ordered(tuple(flows), printed)


def _usual_gutter(known: Sequence[_Gutter], pages: int) -> _Gutter | None:
    """Give where most pages have their columns, for those with too few lines to show it."""
    if not known or len(known) < USUAL * pages:
        return None
    at, right = (
        statistics.median(each) for each in zip(*((g.at, g.right) for g in known), strict=True)
    )
    return _Gutter(at, right)


def _columns(
    page: SheetPage, place: int, lines: Sequence[Line], gutter: _Gutter | None, *, sure: bool
) -> Iterator[Flow]:
    """Split a page into columns at the gutter; lines across the gutter split it into bands."""
    if gutter is None or not lines:
        yield Flow(page, 0, tuple(lines), place)
        return
    x = gutter.at
    above: list[Line] = []  # lines over the whole width
    left, right = min(line.left for line in lines), max(line.right for line in lines)

    def is_across(line: Line) -> bool:
        return not _is_parted(line, gutter) or _is_centred(line, left, right)

    for across, group in groupby(lines, key=is_across):
        band = list(group)
        if across or not (sure or _is_in_columns(band, gutter)):
            above += band
            continue
        yield Flow(page, 0, tuple(above), place)
        above = []
        for column, is_left in ((1, True), (2, False)):
            chars = _chars_beside(band, x, is_left=is_left)
            tables = [line for line in band if line.rows and (line.left < x) == is_left]
            found = sorted([*read_lines(chars), *tables], key=lambda line: -line.base)
            yield Flow(page, column, tuple(found), place)
    yield Flow(page, 0, tuple(above), place)


def _is_parted(line: Line, gutter: _Gutter) -> bool:
    """Whether a line is free at the gutter; narrowly, if the right column begins behind the gap."""
    if _is_free(line, gutter.at):
        return True
    if line.rows:
        return False
    left = [char.right for char in line.chars if char.left < gutter.at and char.text != " "]
    right = [char.left for char in line.chars if char.left >= gutter.at and char.text != " "]
    if not left or not right:
        return False
    begins = -NARROW < (min(right) - gutter.right) / line.size < INDENT
    return begins and min(right) - max(left) > line.size * NARROW


def _is_centred(line: Line, left: float, right: float) -> bool:
    """Whether a line is a short heading in the middle of the page, spaced out as 目　录 is."""
    free = line.left - left
    return (
        not line.rows
        and len("".join(line.text.split())) <= MOST_SPACED
        and free > line.size * INDENT * 2
        and abs(free - (right - line.right)) < line.size * INDENT
    )


def _chars_beside(lines: Iterable[Line], x: float, *, is_left: bool) -> list[Char]:
    return [
        char for line in lines if not line.rows for char in line.chars if (char.left < x) == is_left
    ]


def _is_in_columns(band: Sequence[Line], gutter: _Gutter) -> bool:
    """Whether lines that are free at the usual gutter are set in columns there.

    If most of what is to the right of it begins at the margin of the right column, it is no list
    whose amounts or page numbers happen to be there.
    """
    right = read_lines(_chars_beside(band, gutter.at, is_left=False))
    right += [line for line in band if line.rows and line.left >= gutter.at]
    at_margin = sum(-1 < (line.left - gutter.right) / line.size < INDENT for line in right)
    return bool(right) and at_margin * 2 >= len(right)


def free_of(line: Line) -> Iterator[tuple[float, float]]:
    """Give the free ranges of x in a line: both sides and the wide gaps."""
    yield float("-inf"), line.left
    chars = () if line.rows else line.chars  # the gaps of a table are no gutters
    for before, after in pairwise(c for c in chars if c.text != " "):
        if after.left - before.right > line.size * 1.2:
            yield before.right, after.left
    yield line.right, float("inf")


def _is_free(line: Line, x: float) -> bool:
    return any(start <= x <= end for start, end in free_of(line))


def _find_gutter(lines: Sequence[Line]) -> _Gutter | None:
    """Find the space between two columns of text; None for a page of one column."""
    if len(lines) < FEWEST_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    free = [list(free_of(line)) for line in lines]
    places = [left + (right - left) * n / 100 for n in range(35, 66)]
    counts = [sum(any(a <= x <= b for a, b in of_line) for of_line in free) for x in places]
    most = [x for x, count in zip(places, counts, strict=True) if count == max(counts)]
    gutter = most[len(most) // 2]
    beside = [line for line in lines if _is_free(line, gutter)]
    sides = [
        read_lines(_chars_beside(beside, gutter, is_left=is_left)) for is_left in (True, False)
    ]
    if not all(map(_is_column, sides)):
        return None
    return _Gutter(gutter, statistics.median_low([line.left for line in sides[1]]))


def _is_column(lines: Sequence[Line]) -> bool:
    """Whether lines look like a column of text: wide, and some of them from edge to edge."""
    if len(lines) < FEWEST_LINES:
        return False
    size = statistics.median(line.size for line in lines)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    full = [line for line in lines if line.right > right - size * 2 and line.left < left + size * 3]
    wide = right - left > size * NARROWEST
    return wide and len(full) >= max(FEWEST_FULL, len(lines) / 6)
