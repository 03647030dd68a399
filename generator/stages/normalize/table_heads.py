"""A rule for the headers of tables: two rows, rows with merged cells, and tables without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model import Block, Table
from generator.model.tables import closed_rows, head_depth
from generator.runtime.patterns import lazy_regex

# the measure of a column, below its name: （万元/亩）
MEASURE = lazy_regex(r"[（(][^（()）]{1,12}[）)]")
FIGURE = lazy_regex(r"[\d.,%％—-]+")


def place_header_rows(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the second row of a header under the cell that it divides.

    If the first row lacks k cells at its end and the second row has k + 1 cells, the empty cells
    before those of the second row were lost: it belongs under the last cell of the first row.
    A second row in its right place, under the cells that it divides or with the measures of the
    columns, is part of the header too.
    Where merged cells are marked, they show how many rows the header has; if a cell of the first
    row goes down to rows that are no header, the table is a form and has none.

    给编辑：两行表头中，第二行放回它所细分的那一格之下；第二行已在原位的，也算表头；合并单元格标明表头有几行。
    """
    return tuple(_place_header(b) if isinstance(b, Table) else b for b in blocks)


def _place_header(table: Table) -> Table:
    if table.spans:
        return _place_merged(table)
    if len(table.rows) < 3 or table.header_rows != 1:
        return table
    first, second = table.rows[0], table.rows[1]
    if divides(first, second) and table.rows[2][0]:
        return replace(table, header_rows=2)
    width, named = len(first), sum(bool(cell) for cell in first)
    cells = [cell for cell in second if cell]
    leads = all(first[:named]) and all(second[: len(cells)])
    # where cells are marked, none can have been lost
    if table.is_closed or named == width or not leads or len(cells) != width - named + 1:
        return table
    placed = ("",) * (named - 1) + tuple(cells)
    return replace(table, rows=(first, placed, *table.rows[2:]), header_rows=2)


def _place_merged(table: Table) -> Table:
    if not table.header_rows:
        return table
    depth, height = head_depth(table), len(table.rows)
    count = closed_rows(table, max(depth, table.header_rows))
    if count > table.header_rows and not depth and (table.header_rows == 1 or count >= height):
        count = 0  # a form
    elif (
        count == 1
        and height > 2
        and closed_rows(table, 2) == 2
        and divides(*table.rows[:2])
        and table.rows[2][0]
    ):
        count = 2
    return table if count == table.header_rows else replace(table, header_rows=count)


def divides(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the second row of a table only divides cells of the first, or gives their measures.

    ``单位 | 得分 | (空) | 等次`` above ``(空) | 日常 | 年终 | (空)``
    """
    if not first[0] or second[0] or not any(second) or any(map(FIGURE.fullmatch, second)):
        return False
    if all(first):
        return all(MEASURE.fullmatch(cell) for cell in second if cell)
    for n, (cell, below) in enumerate(zip(first, second, strict=True)):
        is_wide = not cell or (n + 1 < len(first) and not first[n + 1])
        if is_wide != bool(below):
            return False
    return True
