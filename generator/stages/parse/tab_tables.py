"""Tab-separated rows → tables. Pieces cut by pages become one table in normalize."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Lines, Table
from generator.stages.parse.lines import Line


def read_table(lines: Sequence[Line]) -> Table:
    """Make a table of consecutive rows; short rows are filled up with empty cells.

    Tabs that begin every row indent the table. A group's head has no tabs at all.
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
    """Count the empty cells that a row begins with."""
    return next((n for n, cell in enumerate(cells) if cell), 0)
