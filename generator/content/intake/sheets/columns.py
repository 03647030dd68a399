"""Put the lines of a PDF into reading order: column by column, without running heads."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from generator.content.intake.sheets.grids import take_tables
from generator.content.intake.sheets.page import SheetPage
from generator.content.intake.sheets.printed_lines import Line, read_lines

# 2 · - 12 - · — 12 — · 第12页 · 第 3 页 共 20 页 · 12/60
PAGE_NUMBER = re.compile(
    r"[-—–－―·•.\s]*第?\s*\d{1,4}\s*页?(?:\s*[/／，,]?\s*共?\s*\d{1,4}\s*页?)?[-—–－―·•.\s]*"
)
EDGE = 0.12  # share of a page's height, at its top and at its foot, for heads and page numbers
REPEATED, FEWEST_PAGES = 0.4, 3  # share of the pages: a head on odd pages only is on half of them


def _without_heads(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Drop page numbers, and lines that are repeated at the edges of many pages."""

    def key(line: Line, height: float) -> tuple[bool, str, int] | None:
        if line.table or EDGE * height < line.base < (1 - EDGE) * height:
            return None
        text = re.sub(r"\d+", "0", re.sub(r"\s", "", line.text))
        return line.base > height / 2, text, round(line.size)

    keys = [
        [key(line, height) for line in lines] for lines, height in zip(pages, heights, strict=True)
    ]
    seen = Counter(each for of_page in keys for each in set(of_page) if each)
    needed = max(FEWEST_PAGES, REPEATED * len(pages))
    kept: list[list[Line]] = []
    for lines, of_page in zip(pages, keys, strict=True):
        outer = {*range(2), *range(len(lines) - 2, len(lines))}
        kept.append(
            [
                line
                for n, (line, each) in enumerate(zip(lines, of_page, strict=True))
                if each is None
                or (seen[each] < needed and not (n in outer and PAGE_NUMBER.fullmatch(line.text)))
            ]
        )
    return kept


FEWEST_LINES, FEWEST_FULL = 5, 3  # lines of a column; among them, lines from edge to edge
NARROWEST = 10  # characters of a column; lists of names and amounts side by side are narrower


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines that follow one another: those of a page, or of a column on it."""

    page: SheetPage
    column: int  # 0 for the whole width
    lines: tuple[Line, ...]

    @property
    def kind(self) -> tuple[int, int, int]:
        """Flows of the same kind have the same margins: column, odd or even page, page width."""
        return self.column, self.page.number % 2, round(self.page.width)


def reading_order(pages: Sequence[SheetPage]) -> list[Flow]:
    """Give the lines of all pages in reading order."""
    lines = _without_heads([take_tables(page) for page in pages], [page.height for page in pages])
    gutters = [_find_gutter([line for line in of_page if not line.table]) for of_page in lines]
    known = sorted(gutter for gutter in gutters if gutter is not None)
    # a page with too few lines to show its columns has the same ones as the other pages
    usual = known[len(known) // 2] if len(known) * 2 > len(pages) else None
    return [
        flow
        for page, of_page, gutter in zip(pages, lines, gutters, strict=True)
        for flow in _columns(page, of_page, gutter or _usual_gutter(of_page, usual))
        if flow.lines
    ]


def _usual_gutter(lines: Sequence[Line], usual: float | None) -> float | None:
    if usual is None:
        return None
    free = sum(_is_free(line, usual) for line in lines)
    return usual if free >= len(lines) * 0.8 else None


def _columns(page: SheetPage, lines: Sequence[Line], gutter: float | None) -> Iterator[Flow]:
    """Split a page into columns at the gutter; lines across the gutter split it into bands."""
    if gutter is None:
        yield Flow(page, 0, tuple(lines))
        return
    for across, group in groupby(lines, key=lambda line: not _is_free(line, gutter)):
        band = list(group)
        if across:
            yield Flow(page, 0, tuple(band))
            continue
        for column, is_left in ((1, True), (2, False)):
            chars = [c for line in band for c in line.chars if (c.left < gutter) == is_left]
            tables = [line for line in band if line.table and (line.left < gutter) == is_left]
            found = sorted([*read_lines(chars), *tables], key=lambda line: -line.base)
            yield Flow(page, column, tuple(found))


def free_of(line: Line) -> Iterator[tuple[float, float]]:
    """Give the free ranges of x in a line: both sides and the wide gaps."""
    yield float("-inf"), line.left
    for before, after in pairwise(c for c in line.chars if c.text != " "):
        if after.left - before.right > line.size * 1.2:
            yield before.right, after.left
    yield line.right, float("inf")


def _is_free(line: Line, x: float) -> bool:
    return any(start <= x <= end for start, end in free_of(line))


def _find_gutter(lines: Sequence[Line]) -> float | None:
    """Find the x between two columns of text; None for a page of one column."""
    if len(lines) < FEWEST_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    free = [list(free_of(line)) for line in lines]
    places = [left + (right - left) * n / 100 for n in range(35, 66)]
    counts = [sum(any(a <= x <= b for a, b in of_line) for of_line in free) for x in places]
    most = [x for x, count in zip(places, counts, strict=True) if count == max(counts)]
    gutter = most[len(most) // 2]
    beside = [line for line in lines if _is_free(line, gutter)]
    chars = [char for line in beside for char in line.chars]
    sides = [read_lines(c for c in chars if (c.left < gutter) == is_left) for is_left in (1, 0)]
    return gutter if all(_is_column(side) for side in sides) else None


def _is_column(lines: Sequence[Line]) -> bool:
    """Whether lines look like a column of text: wide, and some of them from edge to edge."""
    if len(lines) < FEWEST_LINES:
        return False
    size = statistics.median(line.size for line in lines)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    full = [line for line in lines if line.right > right - size * 2 and line.left < left + size * 3]
    wide = right - left > size * NARROWEST
    return wide and len(full) >= max(FEWEST_FULL, len(lines) / 6)
