"""Drafts of tables → rows with clean cells, with the places of merged cells."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model import CellSpan, LedgerEntry
from generator.stages.read.line import Line, MarkedTable
from generator.stages.read.sheet import DraftCell, DraftTable, Part, Sheet
from generator.stages.read.source_lines import BLANKS, lift_marks

MOST_CELLS = 200_000  # of one table, those that merged cells cover included
MOST_WIDE = 500
MOST_FIGURES = 4  # of the number of a row


class Placed(NamedTuple):
    """A row, and the offset in its line at which it begins."""

    at: int
    line: Line


class _Cell(NamedTuple):
    """A cell's text, the lines that it came from, and the marks in it."""

    text: str
    breaks: tuple[tuple[int, int], ...]


class _Read(NamedTuple):
    """A table with its cells read."""

    table: DraftTable
    rows: tuple[tuple[_Cell, ...], ...]
    spans: tuple[CellSpan, ...]


def place_rows(sheet: Sheet) -> tuple[dict[int, list[Placed]], list[LedgerEntry]]:
    """Make the rows of all tables, by the index of the line in which each begins.

    The ledger lists the tags of raised and lowered texts, for which a cell has no marks.
    """
    placed: dict[int, list[Placed]] = {}
    ledger: list[LedgerEntry] = []
    above: _Read | None = None
    for table in sorted(sheet.tables, key=lambda table: table.rows[0][:2]):
        read = _read_table(sheet, table, ledger)
        marked = MarkedTable(
            read.spans,
            max(table.header_rows, 1),
            _opens_page(sheet, table) or (above is not None and _goes_on(sheet, above, read)),
        )
        for line in _lines(read, marked):
            placed.setdefault(line.line.number - 1, []).append(line)
        above = read
    for rows in placed.values():
        rows.sort(key=lambda row: row.at)
    return placed, ledger


def _read_table(sheet: Sheet, table: DraftTable, ledger: list[LedgerEntry]) -> _Read:
    """Read the cells of a table, and place them: merged ones push those after them aside."""
    cells: dict[tuple[int, int], DraftCell] = {}
    taken: set[tuple[int, int]] = set()
    spans: list[CellSpan] = []
    widths: list[int] = []
    height = len(table.rows)
    for r, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while (r, column) in taken:
                column += 1
            down = min(cell.row_span, height - r)
            wide = min(cell.col_span, MOST_WIDE - min(column, MOST_WIDE - 1))
            if len(taken) + down * wide > MOST_CELLS:
                down = wide = 1
            places = [(r + d, column + w) for d in range(down) for w in range(wide)]
            if any(place in taken for place in places):  # cells that overlap: no span is sure
                down, wide, places = 1, 1, [(r, column)]
            taken.update(places)
            cells[r, column] = cell
            if down * wide > 1:
                spans.append(CellSpan(r, column, down, wide))
            column += wide
    counts = Counter(r for r, _ in taken)
    columns = max((c for _, c in taken), default=0) + 1
    widths = [counts[r] for r in range(height)]
    _report_uneven(sheet, table, widths)
    rows = tuple(
        tuple(_read_cell(sheet, cells.get((r, c)), row.line, ledger) for c in range(columns))
        for r, row in enumerate(table.rows)
    )
    return _Read(table, rows, tuple(spans))


def _lines(read: _Read, marked: MarkedTable) -> Iterator[Placed]:
    """Make a line of each row."""
    for r, (row, cells) in enumerate(zip(read.table.rows, read.rows, strict=True)):
        texts = tuple(cell.text for cell in cells)
        own = ((0, row.line + 1),)
        text = "\t".join(texts)
        line = Line(
            row.line + 1,
            text if text.strip() else "\t",
            cells=texts,
            table=marked,
            row=r,
            cell_breaks=tuple(
                (c, cell.breaks) for c, cell in enumerate(cells) if cell.text and cell.breaks != own
            ),
        )
        yield Placed(row.start, line)


def _goes_on(sheet: Sheet, above: _Read, below: _Read) -> bool:
    """Whether a table directly below another one goes on with it, though no page is marked.

    It has as many columns, and repeats the head, or counts its rows on from the last row above.
    """
    if len(above.rows[0]) != len(below.rows[0]) or len(below.rows[0]) < 2:
        return False
    first = [cell.text for cell in below.rows[0]]
    last = above.rows[-1][0].text
    figures = [text for text in (last, first[0]) if text.isdecimal() and len(text) <= MOST_FIGURES]
    counts_on = len(figures) == 2 and int(figures[1]) == int(figures[0]) + 1
    if first != [cell.text for cell in above.rows[0]] and not counts_on:
        return False
    return sheet.is_blank(above.table.end, below.table.begin)


def _report_uneven(sheet: Sheet, table: DraftTable, widths: Sequence[int]) -> None:
    """Report rows that have fewer or more cells than the head of their table."""
    for row, width in zip(table.rows, widths, strict=True):
        if width != widths[0]:
            less = "少于" if width < widths[0] else "多于"
            message = (
                f"表格此行有{width}格，{less}表头的{widths[0]}格，可能有合并或漏识的单元格；"
                "各格从左起排列，请核对"
            )
            sheet.report("table-row", row.line, message)


def _opens_page(sheet: Sheet, table: DraftTable) -> bool:
    """Whether a page begins between a table and the text or the table above it."""
    index = table.rows[0].line - 1
    while index >= 0 and not sheet.shown(index):
        if index in sheet.edges:
            return True
        draft = sheet.drafts.get(index)
        if draft is not None and draft.areas:
            return False
        index -= 1
    return False


def _read_cell(sheet: Sheet, cell: DraftCell | None, line: int, ledger: list[LedgerEntry]) -> _Cell:
    """Give the text of a cell; lines of the source are joined, ``<br>`` and ``<p>`` break it."""
    text = ""
    breaks: list[tuple[int, int]] = []
    is_broken = False
    for part in cell.parts if cell else ():
        written, marks = lift_marks(_clean(sheet, part))
        ledger += [
            LedgerEntry("lift_marks", part.line + 1, tag, "")
            for mark in marks
            for tag in (f"<{mark.kind}>", f"</{mark.kind}>")
        ]
        pieces = [piece.strip(BLANKS) for piece in written.split("\n")]
        for n, piece in enumerate(pieces):
            is_broken = is_broken or n > 0
            if not piece:
                continue
            if text and is_broken:
                text += "\n"
            elif text and text[-1].isascii() and piece[0].isascii():
                text += " "
            if not breaks or breaks[-1][1] != part.line + 1:
                breaks.append((len(text), part.line + 1))
            text += piece
            is_broken = False
    return _Cell(text, tuple(breaks) or ((0, line + 1),))


def _clean(sheet: Sheet, part: Part) -> str:
    draft = sheet.drafts.get(part.line)
    if draft is None:
        text = sheet.lines[part.line][part.start : part.end]
    else:
        text = draft.clean(part.start, part.end)
    return unicodedata.normalize("NFC", text)
