"""Tab-separated rows → tables. Pieces cut by pages become one table in normalize."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Lines, Table
from generator.parse.lines import Line


def read_table(lines: Sequence[Line]) -> Table:
    """Make a table of consecutive rows; short rows are filled up with empty cells."""
    width = max(len(line.cells) for line in lines)
    rows = tuple(line.cells + ("",) * (width - len(line.cells)) for line in lines)
    return Table(
        rows=rows,
        lines=Lines(lines[0].number, lines[-1].number),
        row_lines=tuple(line.number for line in lines),
    )
