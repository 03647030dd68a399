"""Tab-separated rows → tables. Normalize joins the pieces of a table that page edges cut."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Lines, Table
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
