"""Rows → tables. Normalize joins the pieces of a table that page edges cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import CellLines, CellSpan, Lines, Table
from generator.stages.parse.lines import Line


def read_table(lines: Sequence[Line]) -> Table:
    """Make a table of consecutive rows; short rows are filled up with empty cells.

    Tabs at the beginning of every row only indent the table and give no cells. The heading row of
    a group has no tabs and is not counted.
    """
    indent = min((_empty(line.cells) for line in lines if len(line.cells) > 1), default=0)
    cells = [line.cells[indent if len(line.cells) > 1 else 0 :] for line in lines]
    width = max(map(len, cells))
    rows = tuple(row + ("",) * (width - len(row)) for row in cells)
    return Table(
        rows=rows,
        lines=Lines(lines[0].number, lines[-1].number),
        row_lines=tuple(line.number for line in lines),
    )


def _empty(cells: Sequence[str]) -> int:
    """Count the empty cells at the beginning of a row."""
    return next((n for n, cell in enumerate(cells) if cell), 0)


def marked_rows(lines: Sequence[Line], first: int) -> list[Line]:
    """Give the rows of the table that markup tells, from its row ``first`` on; none of tabs."""
    table = lines[first].table
    rows: list[Line] = []
    if table is not None:
        for n in range(first, len(lines)):
            if lines[n].table is not table:
                break
            rows.append(lines[n])
    return rows


def read_marked_table(lines: Sequence[Line]) -> Table:
    """Make a table of the rows that markup tells, with its merged cells."""
    table = lines[0].table
    begin, end = lines[0].row, lines[-1].row
    header_rows = 1 if table is None else max(table.header_rows - begin, 1)
    cell_lines = [
        CellLines(n, column, breaks)
        for n, line in enumerate(lines)
        for column, breaks in line.cell_breaks
    ]
    breaks = [number for cell in cell_lines for _, number in cell.breaks]
    return Table(
        rows=tuple(line.cells for line in lines),
        lines=Lines(lines[0].number, max([lines[-1].number, *breaks])),
        row_lines=tuple(line.number for line in lines),
        header_rows=min(header_rows, len(lines)),
        spans=tuple(_spans(lines, begin, end)),
        cell_lines=tuple(cell_lines),
        is_closed=True,
        opens_page=table is not None and table.opens_page and begin == 0,
    )


def _spans(lines: Sequence[Line], begin: int, end: int) -> Iterator[CellSpan]:
    """Give the merged cells that begin in these rows; they end with them."""
    table = lines[0].table
    for span in table.spans if table is not None else ():
        if begin <= span.row <= end:
            row_span = min(span.row_span, end + 1 - span.row)
            if row_span * span.col_span > 1:
                yield CellSpan(span.row - begin, span.column, row_span, span.col_span)
