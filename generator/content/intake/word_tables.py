"""The cells of a Word table → lines of cells with tabs, or HTML where tabs are not enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.content.intake.word_losses import MARK

MOST_COLUMNS = 63  # of a table in Word
LONGEST_TABLE = 20_000  # characters of a table in one line


@dataclass(slots=True)
class Cell:
    """A cell of a row, with its size in columns and rows."""

    lines: Sequence[str]
    columns: int = 1
    rows: int = 1
    goes_down: bool = False  # the cell above covers it
    goes_on: bool = False  # the cell before it covers it

    @property
    def is_merged(self) -> bool:
        """Whether it is larger than one cell of the grid, or covered by such a one."""
        return self.columns > 1 or self.rows > 1 or self.goes_down or self.goes_on

    @property
    def text(self) -> str:
        """Its text in one line, with the breaks of HTML between paragraphs."""
        bare = [MARK.sub("", line) for line in self.lines]
        # a line with nothing but a note is none
        filled = [line for line, text in zip(self.lines, bare, strict=True) if text]
        notes = [line for line, text in zip(self.lines, bare, strict=True) if not text]
        return "<br>".join(filled) + "".join(notes)


def table_block(grid: Sequence[Sequence[Cell]]) -> str:
    """Write a table, without its empty rows; "" for one without text."""
    if _needs_html(grid):
        return _html(_spread(grid))
    lines = ["\t".join(cell.text for cell in row) for row in grid]
    return "\n".join(line for line in lines if line.strip())


def _needs_html(grid: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table has more than plain cells: merged ones, several paragraphs in one.

    So has one with a row of a single filled cell: behind tabs it would look like a paragraph.
    """
    for row in grid:
        filled = [cell.text for cell in row if MARK.sub("", cell.text)]
        if len(filled) == 1 and len(row) > 1:
            return True
        if any(cell.is_merged or "<br>" in cell.text for cell in row):
            return True
    return False


def _spread(grid: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Give the rows without the cells that others cover; these others become larger."""
    open_cells: dict[int, Cell] = {}  # the last cell that began at a column, of those above
    rows: list[list[Cell]] = []
    for row in grid:
        kept: list[Cell] = []
        begun: dict[int, Cell] = {}
        column = 0
        for cell in row:
            above = open_cells.get(column)
            if cell.goes_down and above is not None and above.columns == cell.columns:
                above.rows += 1
                begun[column] = above
            elif cell.goes_on and kept:
                kept[-1].columns += cell.columns
            else:
                kept.append(cell)
                begun[column] = cell
            column += cell.columns
        open_cells = begun
        if len(kept) < len(row) or any(cell.text for cell in kept):  # not an empty row
            rows.append(kept)
    return rows


def _html(rows: Sequence[Sequence[Cell]]) -> str:
    lines = [f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in rows]
    text = f"<table>{''.join(lines)}</table>"
    return text if len(text) <= LONGEST_TABLE else "\n".join(("<table>", *lines, "</table>"))


def _html_cell(cell: Cell) -> str:
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return f"<td{rows}{columns}>{cell.text}</td>"
