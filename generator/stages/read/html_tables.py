"""Tables in HTML, in one line or in many, with merged cells."""

from __future__ import annotations

import re

from generator.runtime.patterns import lazy_regex
from generator.stages.read.sheet import (
    BORDER,
    MASK,
    Cut,
    DraftCell,
    DraftRow,
    DraftTable,
    Part,
    Sheet,
)

TAG = lazy_regex(
    r"<(?P<close>/?)(?P<name>table|caption|colgroup|col|thead|tbody|tfoot|tr|td|th)"
    r"(?P<rest>(?:\s[^<>\n]*)?/?)>",
    re.IGNORECASE,
)
CELLS = frozenset({"td", "th", "caption"})
OPENS = lazy_regex(r"<table[\s>]", re.IGNORECASE)
# rowspan="2", rowspan='2', rowspan=2
SPAN = lazy_regex(
    r"\b(?P<name>row|col)span {0,4}= {0,4}[\"']? {0,4}(?P<count>\d{1,4})", re.IGNORECASE
)
MOST_LINES = 20_000  # of one table
MOST_ROW_SPAN, MOST_COL_SPAN = 1_000, 100


def read_html_tables(sheet: Sheet) -> None:
    """Read tables that are written in HTML.

    给编辑：识别软件用 HTML 写的表格，读为表格，合并单元格照原样。
    """
    end = 0
    reader = _Reader(sheet)
    for index in sheet.marked:
        if index >= end and OPENS.search(sheet.view(index)):
            end = reader.read(index)


class _Reader:
    """Reads one table after another, from a line on in which one begins."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: list[DraftRow] = []
        self.head_rows = 0
        self.in_head = False
        self.row: tuple[int, int] | None = None  # where the open row begins: line, offset
        self.cells: list[DraftCell] = []
        self.parts: list[Part] = []  # of the open cell
        self.cell: re.Match[str] | None = None  # its tag
        self.start = 0  # where the text of the open cell goes on in the line at hand
        self.depth = 0
        self.begin = (0, 0)
        self.looks = 4 * len(sheet.lines)  # at lines, for the end of a table: it may have none

    def read(self, first: int) -> int:
        """Read the tables that begin in a line; give the index after the last line taken."""
        last = self._last_line(first)
        for index in range(first, last + 1):
            self._read_line(index)
        self.start = len(self.sheet.lines[last])  # the text of a cell without an end is taken
        self._end_table(last, self.start)
        return last + 1

    def _last_line(self, first: int) -> int:
        """Find the line in which the tables end; one without an end ends before a blank line.

        Text between cells is in no table: the table above it has no end.
        """
        depth, blank = 0, None
        in_cell, tagged = False, first
        for index in range(first, min(first + MOST_LINES, len(self.sheet.lines))):
            view = self.sheet.view(index)
            self.looks -= 1
            if not view.strip():
                blank = index if blank is None else blank
                if self.looks < 0:
                    break
                continue
            if "<" not in view and not in_cell:
                return tagged
            for tag in TAG.finditer(view):
                name, tagged = tag["name"].lower(), index
                in_cell = name in CELLS and not tag["close"]
                if name == "table":
                    depth = max(depth + (-1 if tag["close"] else 1), 0)
            if not depth:
                return index
        return len(self.sheet.lines) - 1 if blank is None else max(blank - 1, first)

    def _read_line(self, index: int) -> None:
        view = self.sheet.view(index)
        draft = self.sheet.draft(index)
        cuts: list[Cut] = []
        self.start = at = 0
        area = 0 if self.depth else -1  # where the area of the table begins
        for tag in TAG.finditer(view):
            name, is_close = tag["name"].lower(), bool(tag["close"])
            if not self.depth and (name != "table" or is_close):
                continue
            if not self.depth:
                self.begin = (index, tag.start())
            area = self._go_on(index, (area, at, tag.start()))
            at = tag.end()
            cuts.append(Cut(*tag.span(), self._printed(name, is_close)))
            if self.depth > 1 or name == "table":
                self.depth += (-1 if is_close else 1) if name == "table" else 0
                if not self.depth:
                    self._end_cell(index, tag.start())
                    self._end_table(index, tag.end())
                    draft.areas.append((area, tag.end()))
                    area = -1
            elif name not in ("col", "colgroup"):
                self._take(index, tag, is_close)
        if self.depth:
            area = self._go_on(index, (area, at, len(view)))
            draft.areas.append((area, len(view)))
            if self.cell is not None:
                self.parts.append(Part(index, self.start, len(view)))
        draft.cut("read_html_tables", cuts, BORDER)

    def _go_on(self, index: int, place: tuple[int, int, int]) -> int:
        """Give where the area goes on at a tag: a text outside all cells is a line of its own."""
        area, at, begin = place
        if area < 0:
            return begin
        stray = self.sheet.view(index)[at:begin].replace(MASK, "").strip()
        if self.cell is not None or not stray:
            return area
        part = Part(index, at, begin)
        if self.row is not None and not self.cells:  # before all cells: one that lost its tag
            self.cells.append(DraftCell((part,)))
            return area
        if self.row is not None:  # between two cells: it goes on with the first
            self.cells[-1] = _with_part(self.cells[-1], part)
            return area
        if self.rows:  # between two rows
            *cells, last = self.rows[-1].cells
            self.rows[-1] = self.rows[-1]._replace(cells=(*cells, _with_part(last, part)))
            return area
        if at > area:
            self.sheet.draft(index).areas.append((area, at))
        return begin

    def _printed(self, name: str, is_close: bool) -> str:
        """Give what a tag prints: the cells of a table in a cell are lines of the cell."""
        is_inner = self.depth > 1 or (self.depth == 1 and name == "table" and not is_close)
        return "\n" if is_inner and not is_close else ""

    def _take(self, index: int, tag: re.Match[str], is_close: bool) -> None:
        name = tag["name"].lower()
        self._end_cell(index, tag.start())
        if name in ("td", "th") and not is_close:
            if self.row is None:
                self.row = (index, tag.start())
            self.cell, self.start = tag, tag.end()
        elif name in ("td", "th"):
            return
        else:
            self._end_row()
            if name == "tr" and not is_close:
                self.row = (index, tag.start())
            if name == "thead":
                self.in_head = not is_close
            elif name in ("tbody", "tfoot"):
                self.in_head = False

    def _end_cell(self, index: int, end: int) -> None:
        if self.cell is None:
            return
        self.parts.append(Part(index, self.start, end))
        spans = {m["name"].lower(): int(m["count"]) for m in SPAN.finditer(self.cell["rest"])}
        self.cells.append(
            DraftCell(
                tuple(self.parts),
                min(max(spans.get("row", 1), 1), MOST_ROW_SPAN),
                min(max(spans.get("col", 1), 1), MOST_COL_SPAN),
                self.cell["name"].lower() == "th",
            )
        )
        self.cell, self.parts = None, []

    def _end_row(self) -> None:
        if self.row is not None and self.cells:
            is_head = self.in_head or all(cell.is_head for cell in self.cells)
            if is_head and self.head_rows == len(self.rows):
                self.head_rows += 1
            self.rows.append(DraftRow(*self.row, tuple(self.cells)))
        self.row, self.cells = None, []

    def _end_table(self, index: int, end: int) -> None:
        self._end_cell(index, end)
        self._end_row()
        if self.rows:
            self.sheet.tables.append(
                DraftTable(tuple(self.rows), self.begin, (index, end), self.head_rows)
            )
        self.rows, self.head_rows, self.in_head = [], 0, False
        self.depth = 0


def _with_part(cell: DraftCell, part: Part) -> DraftCell:
    return cell._replace(parts=(*cell.parts, part))
