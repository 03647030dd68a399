"""Tables whose columns stand under a ruler of dashes (pandoc's simple and multiline tables)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from generator.runtime.patterns import lazy_regex
from generator.stages.read.sheet import (
    BORDER,
    Cut,
    DraftCell,
    DraftRow,
    DraftTable,
    Part,
    Sheet,
)

#   ------ --------- -----: a group of dashes over each column
RULER = lazy_regex(r"\s*+-{3,}(?:\s++-{3,})++\s*+")
LINE = lazy_regex(r"\s*+-{5,}\s*+")  # above and below a table whose rows may have several lines
MOST_HEAD_LINES, MOST_ROW_LINES, MOST_COLUMNS = 10, 20_000, 200


def read_ruled_tables(sheet: Sheet) -> None:
    """Read tables whose columns stand under a ruler of dashes.

    给编辑：用几段短横线（`------ ------`）分栏的表格，读为表格。
    """
    end = 0
    for index in sheet.marked:
        if index >= end and "---" in sheet.view(index) and RULER.fullmatch(sheet.view(index)):
            end = max(end, _read(sheet, index, end))


def _read(sheet: Sheet, ruler: int, free: int) -> int:
    """Read the table around a ruler, if it is one; give the index after it.

    ``free`` is the first line that belongs to no table before.
    """
    head = ruler
    while head > free and ruler - head < MOST_HEAD_LINES and _is_text(sheet.view(head - 1)):
        head -= 1
    is_framed = head > free and LINE.fullmatch(sheet.view(head - 1)) is not None
    rows, last, is_closed = _rows_below(sheet, ruler, is_framed=is_framed)
    # without a head, a ruler must close the table as well
    if not rows or (head == ruler and not is_closed) or (is_framed and not is_closed):
        return ruler + 1
    if not is_framed and head < ruler - 1:
        head = ruler - 1  # above it is a paragraph
    columns = [_width(sheet.view(ruler)[: m.start()]) for m in _groups(sheet.view(ruler))]
    groups = [list(range(head, ruler)), *rows] if head < ruler else rows
    lines = [index for group in groups for index in group]
    if len(columns) > MOST_COLUMNS:
        return ruler + 1
    bounds = {index: _bounds(sheet.view(index), columns) for index in lines}
    if not all(bounds.values()) or not any(len(found) > 2 for found in bounds.values()):
        return ruler + 1
    made = [_row(group, bounds, len(columns)) for group in groups]
    for index in (head - 1 if is_framed else head, ruler, last):
        if index not in bounds:
            sheet.draft(index).cut_all("read_ruled_tables")
    first = head - 1 if is_framed else head
    for index in range(first, last + 1):
        draft = sheet.draft(index)
        borders = [Cut(place - 1, place) for place in bounds.get(index, ())[1:-1]]
        draft.cut("read_ruled_tables", borders, BORDER)
        draft.areas.append((0, len(sheet.lines[index])))
    sheet.tables.append(
        DraftTable(tuple(made), (first, 0), (last, len(sheet.lines[last])), int(head < ruler))
    )
    return last + 1


def _rows_below(sheet: Sheet, ruler: int, *, is_framed: bool) -> tuple[list[list[int]], int, bool]:
    """Give the lines of each row below a ruler, the last line, and whether a line closes it.

    In a framed table blank lines part the rows, each of one line or several; in another one each
    line is a row, and a blank line ends it.
    """
    rows: list[list[int]] = []
    is_new = True
    for index in range(ruler + 1, min(ruler + MOST_ROW_LINES, len(sheet.lines))):
        view = sheet.view(index)
        if LINE.fullmatch(view) or RULER.fullmatch(view):
            return rows, index, True
        if not view.strip():
            if not is_framed:
                return rows, index - 1, False
            is_new = True
        elif not _is_text(view):
            break
        elif is_framed and not is_new:
            rows[-1].append(index)
        else:
            rows.append([index])
            is_new = False
    return rows, rows[-1][-1] if rows else ruler, False


def _is_text(view: str) -> bool:
    return bool(view.strip()) and not LINE.fullmatch(view) and not RULER.fullmatch(view)


def _groups(view: str) -> list[re.Match[str]]:
    return list(re.finditer(r"-+", view))


def _width(text: str) -> int:
    """Give the columns in which a text is shown; ideographs are two wide."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _bounds(view: str, columns: Sequence[int]) -> list[int]:
    """Give the offsets at which the cells of a line begin, and its end.

    Empty if a text stands over the edge of a column: then the line belongs to no such table.
    """
    bounds = [0]
    shown = 0
    wanted = list(columns[1:])
    for offset, character in enumerate(view):
        while wanted and shown >= wanted[0]:
            if shown > wanted[0] or not view[offset - 1].isspace():
                return []
            bounds.append(offset)
            wanted.pop(0)
        shown += 2 if east_asian_width(character) in "WF" else 1
    return [*bounds, len(view)]


def _row(group: Sequence[int], bounds: dict[int, list[int]], count: int) -> DraftRow:
    """Give the row that lies in some lines; a line that ends early has no text for some cells."""
    cells: list[DraftCell] = []
    for n in range(count):
        parts = [
            Part(index, *list(pairwise(bounds[index]))[n])
            for index in group
            if n < len(bounds[index]) - 1
        ]
        cells.append(DraftCell(tuple(parts)))
    return DraftRow(group[0], 0, tuple(cells))
