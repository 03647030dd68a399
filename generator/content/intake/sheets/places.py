"""Write blocks as the text of an issue, with the places of its lines and what was not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import cos, radians, sin
from pathlib import Path

from generator.content.intake.sheets.page import Area, Cut, SheetPage
from generator.content.intake.sheets.printed_lines import Row
from generator.content.intake.taken import Box, Loss, Place, ReadPage, Taken
from generator.content.intake.text import SOFT_HYPHEN, finish, join_pieces

SLACK = 0.005  # share of a page's height by which boxes may overlap


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a line of the text is printed in one column of a page."""

    line: int  # within its block, from 0
    page: SheetPage
    column: int
    area: Area
    confidence: float | None = None  # of its least certain printed line


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table of the text."""

    text: str
    pieces: tuple[Piece, ...]
    rows: tuple[Row, ...] = ()  # of a table

    def joined(self, text: str, pieces: tuple[Piece, ...]) -> Block:
        """Give the paragraph with the printed line that continues it."""
        return Block(join_pieces(self.text, text), (*self.pieces, *pieces))


@dataclass(frozen=True, slots=True)
class Missed:
    """Something on a page that is not in the text."""

    page: SheetPage
    kind: str  # a key of LOSS_KINDS
    words: str = ""
    area: Area | None = None  # None: before the first line of the page


def finish_text(
    blocks: Iterable[Block],
    pages: Iterable[SheetPage],
    missed: Iterable[Missed],
    printed: Mapping[int, str],
    path: Path,
    engine: str,
) -> Taken:
    """Write blocks one below another; SourceError when they have no text.

    ``printed`` gives the numbers that are printed on sheets.
    """
    kept = [block for block in blocks if block.text.strip()]
    # what no line goes on behind is a hyphen
    text = finish((block.text.replace(SOFT_HYPHEN, "-") for block in kept), path)
    places = tuple(_places(kept))
    sheets = {page.number: page for page in pages}
    return Taken(
        text,
        engine,
        tuple(_read_page(page, printed.get(page.number, "")) for page in sheets.values()),
        places,
        tuple(_losses(missed, places)),
    )


def _read_page(page: SheetPage, printed: str) -> ReadPage:
    width, height = _sheet_size(page)
    return ReadPage(page.number, round(width, 2), round(height, 2), printed, page.image)


def _sheet_size(page: SheetPage) -> tuple[float, float]:
    if not (cut := page.cut):
        return page.width, page.height
    return (cut.width, cut.height) if cut.turn % 180 == 0 else (cut.height, cut.width)


def _places(blocks: Iterable[Block]) -> Iterator[tuple[int, Place]]:
    first = 1
    for block in blocks:
        of_columns = groupby(block.pieces, key=lambda p: (p.line, p.page.number, p.column))
        for (line, number, _), group in of_columns:
            pieces = list(group)
            area = _around([piece.area for piece in pieces])
            known = [piece.confidence for piece in pieces if piece.confidence is not None]
            box = box_of(area, pieces[0].page)
            yield first + line, Place(number, box, min(known, default=None))
        first += block.text.count("\n") + 2


def _around(areas: Sequence[Area]) -> Area:
    return Area(
        min(area.left for area in areas),
        min(area.bottom for area in areas),
        max(area.right for area in areas),
        max(area.top for area in areas),
    )


def box_of(area: Area, page: SheetPage) -> Box | None:
    """Give an area of a page as shares of its sheet, as the sheet is displayed."""
    points = [(x, y) for x in (area.left, area.right) for y in (area.bottom, area.top)]
    if cut := page.cut:
        points = [_laid_back(x + cut.left, y, cut) for x, y in points]
        points = [_turned_back(x, y, cut.width, cut.height, cut.turn) for x, y in points]
    width, height = _sheet_size(page)
    if width <= 0 or height <= 0:
        return None
    across, up = zip(*points, strict=True)
    return (
        _share(min(across), width),
        _share(height - max(up), height),
        _share(max(across), width),
        _share(height - min(up), height),
    )


def _laid_back(x: float, y: float, cut: Cut) -> tuple[float, float]:
    """Give a point of a page that was laid straight as it was before: turned about its middle."""
    if not cut.skew:
        return x, y
    across, up = x - cut.width / 2, y - cut.height / 2
    cosine, sine = cos(radians(cut.skew)), sin(radians(cut.skew))
    return (
        cut.width / 2 + across * cosine + up * sine,
        cut.height / 2 - across * sine + up * cosine,
    )


def _turned_back(x: float, y: float, width: float, height: float, turn: int) -> tuple[float, float]:
    match turn % 360:
        case 90:
            return height - y, x
        case 180:
            return width - x, height - y
        case 270:
            return y, width - x
        case _:
            return x, y


def _share(length: float, whole: float) -> float:
    return round(min(max(length / whole, 0.0), 1.0), 4)


def _losses(missed: Iterable[Missed], places: Sequence[tuple[int, Place]]) -> Iterator[Loss]:
    """Place what was missed behind the last line that is printed above it."""
    last: dict[int, int] = {}  # sheet → its last line
    ends: dict[int, list[tuple[float, int]]] = {}  # sheet → where on it its lines end
    for line, place in places:
        last[place.page] = max(line, last.get(place.page, 0))
        ends.setdefault(place.page, []).append((place.box[3] if place.box else 0.0, line))
    for each in missed:
        number = each.page.number
        box = box_of(each.area, each.page) if each.area else None
        above = [line for end, line in ends.get(number, ()) if box and end <= box[1] + SLACK]
        before = [line for sheet, line in last.items() if sheet < number]
        yield Loss(number, max([*before, *above], default=0), each.kind, each.words)
