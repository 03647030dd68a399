"""Tables with merged cells, drawn in a text: tests need them before any file has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model import CellSpan, Lines, Table

UP, LEFT, PARAGRAPH = "^", "<", "¶"


def drawn(text: str, first: int = 1) -> Table:
    """Read a table whose cells stand between bars, one row a line, from the source line ``first``.

    ``^`` belongs to the cell above, ``<`` to the cell to the left; ``¶`` ends a paragraph.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")]
    spans = tuple(
        CellSpan(r, c, *size)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell not in (UP, LEFT) and (size := _size(rows, r, c)) != (1, 1)
    )
    texts = tuple(
        tuple("" if c in (UP, LEFT) else c.replace(PARAGRAPH, "\n") for c in row) for row in rows
    )
    numbers = range(first, first + len(rows))
    return Table(texts, Lines(first, numbers[-1]), tuple(numbers), spans=spans, is_closed=True)


def _size(rows: Sequence[Sequence[str]], row: int, column: int) -> tuple[int, int]:
    end = row + 1
    while end < len(rows) and rows[end][column] == UP:
        end += 1
    last = column + 1
    while last < len(rows[row]) and rows[row][last] == LEFT:
        last += 1
    return end - row, last - column


def draw(table: Table) -> str:
    """Draw a table as ``drawn`` reads it."""
    covered = {
        place: UP if place[0] > span.row and place[1] == span.column else LEFT
        for span in table.spans
        for place in span.places()
        if place != (span.row, span.column)
    }
    return "\n".join(
        " | ".join(covered.get((r, c), cell.replace("\n", PARAGRAPH)) for c, cell in enumerate(row))
        for r, row in enumerate(table.rows)
    )


def redrawn(table: Table) -> Table:
    """Read a tab-separated table in which cells are drawn as merged."""
    own = drawn("\n".join(" | ".join(row) for row in table.rows))
    return replace(own, lines=table.lines, row_lines=table.row_lines)
