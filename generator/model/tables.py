"""Rows of tables: find the header, drop rows, read merged cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from generator.model.blocks import CellCitations, CellLines, CellMarks, CellSpan, Table
from generator.model.edits import Edit, find_edits, move_breaks, move_marks

MOST_HEAD_ROWS = 6  # no printed header is deeper

_Cell = TypeVar("_Cell", CellCitations, CellLines, CellMarks)


def head_depth(table: Table) -> int:
    """Count the header rows that the merged cells of a table show; 0 if they show none.

    A first row of one cell over all columns is a title; the header is under it.
    """
    first = _title_rows(table)
    return divided_depth(table) or (first + 1 if 0 < first < len(table.rows) else 0)


def divided_depth(table: Table) -> int:
    """Count the rows of a header, with the title over it, that has more than one row; else 0.

    It has cells over all its rows, and cells over several columns, which the rows below divide.
    """
    first, width, height = _title_rows(table), len(table.rows[0]), len(table.rows)
    spans = table.span_of_places()
    in_row = [spans.get((first, column)) for column in range(width)]
    depth = max((span.end_row for span in in_row if span), default=0)
    if not first + 1 < depth < height:
        return 0
    is_divided = False
    for column, span in enumerate(in_row):
        if span and span.col_span > 1 and span.end_row < depth:
            is_divided = True
        elif not (span and span.end_row == depth) and any(
            table.rows[row][column] or (row, column) in spans for row in range(first + 1, depth)
        ):
            return 0
    return depth if is_divided else 0


def _title_rows(table: Table) -> int:
    """Count the rows of a first cell that takes all columns."""
    title = next(iter(table.spans), None)
    width = len(table.rows[0])
    is_title = title and (title.row, title.column) == (0, 0) and 1 < width == title.col_span
    return title.row_span if title and is_title else 0


def closed_rows(table: Table, count: int) -> int:
    """Count the first rows of a table, with those that merged cells join to them."""
    for span in table.spans:  # by row: one pass is enough
        if span.row < count:
            count = max(count, span.end_row)
    return count


def covered_rows(table: Table) -> set[int]:
    """Find the rows without a cell of their own: merged cells cover all their places."""
    covered: Counter[int] = Counter()
    for span in table.spans:
        for row in range(span.row + 1, span.end_row):
            covered[row] += span.col_span
    return {row for row, count in covered.items() if count == len(table.rows[0])}


def repeats_of_head(table: Table) -> set[int]:
    """Find the rows below the header that repeat the whole header, with its merged cells."""
    count = head_depth(table) or 1
    covered = table.span_of_places()
    head = [_compact(row) for row in table.rows[:count]]
    # a row with empty cells says too little
    if (
        closed_rows(table, count) > count
        or count > MOST_HEAD_ROWS
        or not all(cell or (0, column) in covered for column, cell in enumerate(head[0]))
    ):
        return set()
    merged: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for span in table.spans:
        merged[span.row].append((span.column, span.row_span, span.col_span))
    found: set[int] = set()
    for n in range(count, len(table.rows) - count + 1):
        if n not in found and all(
            _compact(table.rows[n + k]) == head[k] and merged[n + k] == merged[k]
            for k in range(count)
        ):
            found.update(range(n, n + count))
    return found


def same_row(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two rows have the same texts, blanks aside."""
    return _compact(one) == _compact(other)


def _compact(row: Sequence[str]) -> list[str]:
    return ["".join(cell.split()) for cell in row]


def without_rows(table: Table, dropped: Collection[int]) -> Table:
    """Drop rows of a table; a merged cell keeps the rest of its rows."""
    if not dropped:
        return table
    kept = [n for n in range(len(table.rows)) if n not in dropped]
    # the number of kept rows above each row, and above the end of the table
    above = [0]
    for n in range(len(table.rows)):
        above.append(above[-1] + (n not in dropped))
    spans = sorted(
        (
            replace(span, row=above[span.row], row_span=above[span.end_row] - above[span.row])
            for span in table.spans
        ),
        key=lambda span: (span.row, span.column),
    )
    return replace(
        table,
        rows=tuple(table.rows[n] for n in kept),
        row_lines=tuple(table.row_lines[n] for n in kept),
        citations=_moved(table.citations, above, dropped),
        marks=_moved(table.marks, above, dropped),
        spans=tuple(s for s in spans if s.row_span and s.row_span * s.col_span > 1),
        cell_lines=_moved(table.cell_lines, above, dropped),
    )


def _moved(
    cells: tuple[_Cell, ...], above: list[int], dropped: Collection[int]
) -> tuple[_Cell, ...]:
    return tuple(replace(c, row=above[c.row]) for c in cells if c.row not in dropped)


def with_texts(table: Table, rows: tuple[tuple[str, ...], ...]) -> Table:
    """Replace the texts of cells, and move their marks and line breaks."""

    def edits(cell: CellLines | CellMarks) -> tuple[Edit, ...]:
        return find_edits(table.rows[cell.row][cell.column], rows[cell.row][cell.column])

    return replace(
        table,
        rows=rows,
        marks=tuple(replace(c, marks=move_marks(c.marks, edits(c))) for c in table.marks),
        cell_lines=tuple(
            replace(c, breaks=move_breaks(c.breaks, edits(c))) for c in table.cell_lines
        ),
    )


def printed_text(
    table: Table, row: int, column: int, spans: Mapping[tuple[int, int], CellSpan]
) -> str:
    """Give the text that holds for a cell: of a merged cell, that of its first row.

    A cell merged over columns to its left says nothing of this column: its text is empty here.
    ``spans`` are ``table.span_of_places()``.
    """
    span = spans.get((row, column))
    if span is None:
        return table.rows[row][column]
    return table.rows[span.row][span.column] if span.column == column else ""
