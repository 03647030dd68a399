"""Report rows of tables that have a cell less or more than the others, and which cell is lacking.

A table of tabs does not say which cell of a short row is lacking: an empty one that was dropped, or
one that was not read. The other rows tell what each column holds (numbers, names, dates, texts),
and so where the cells of the short row belong. Tables that are marked as such are reported by
stages/read.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import TypeAlias

from generator.model import Block, Diagnostic, Lines, Table
from generator.model.codes import diagnostic
from generator.runtime.patterns import lazy_regex
from generator.stages.check.table_sums import SUBTOTAL, TOTAL

SURE, LIKELY, DOUBTFUL = 0.85, 0.6, 0.4  # confidence: lacking inside; at the end; merged
FEWEST = 3  # full rows that tell what a column holds
MOST_COLUMNS, MOST_ROWS = 30, 3000
FEW = 0.25  # share of the rows that may be short by a misreading; more are printed so
MARGIN = 4.0  # by which (natural logarithm) the cells must fit better elsewhere than from the left
RARELY = 0.02  # smallest probability of an empty cell
# the standard deviation of a feature is at least this: few rows say little
FLOORS = (0.35, 0.15, 0.05, 0.25, 0.25)
NOTES = lazy_regex(r"备注|说明|备考|附注")  # a last column that is empty in many rows
STOP = frozenset("。；;.！")
DAY = lazy_regex(r"\d{4}年|\d月|[年月]底|长期|季度|日前")

Features: TypeAlias = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """What the cells of a column look like: mean and deviation of each feature."""

    means: Features
    deviations: Features
    empty: float  # logarithm of the probability that a cell is empty

    def fit(self, cell: Features) -> float:
        """Give the logarithm of the likeness of a cell."""
        return sum(
            -(((f - m) / d) ** 2) / 2 - math.log(d)
            for f, m, d in zip(cell, self.means, self.deviations, strict=True)
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table, its source line, and its cells up to the last one with a text."""

    cells: tuple[str, ...]
    line: int

    @property
    def count(self) -> int:
        """The number of cells."""
        return len(self.cells)


def check_cells(blocks: Iterable[Block]) -> Iterator[Diagnostic]:
    """Report the rows of tables of tabs that have fewer or more cells than the others.

    Pieces of a table that follow each other are one, also if the scan damaged their heads.
    """
    pieces: list[Table] = []
    for block in blocks:
        if isinstance(block, Table) and not block.is_closed and not block.spans:
            if pieces and not _is_like(pieces[0], block):
                yield from _check(pieces)
                pieces = []
            pieces.append(block)
        elif pieces:
            yield from _check(pieces)
            pieces = []
    yield from _check(pieces)


def _is_like(one: Table, other: Table) -> bool:
    """Whether the heads of two tables have more than half of their cells in common."""
    heads = [{*filter(None, map(str.strip, table.rows[0]))} for table in (one, other)]
    return 2 * len(heads[0] & heads[1]) > min(map(len, heads))


def _check(tables: Sequence[Table]) -> Iterator[Diagnostic]:
    rows = [
        [_row(table, n) for n in range(max(table.header_rows, 1), len(table.rows))]
        for table in tables
    ]
    body = [row for own in rows for row in own]
    told = [row.count for row in body if row.count > 1]  # one cell is the name of a group
    if not FEWEST <= len(body) <= MOST_ROWS or not told:
        return
    heads = [_row(table, 0) for table in tables if table.header_rows <= 1]
    width = _width(max((head.count for head in heads), default=0), told)
    if not 2 < width <= MOST_COLUMNS:
        return
    for head in heads:
        if 1 < head.count < width:
            yield _found(head, f"表头有{head.count}格，各行多有{width}格", "", LIKELY)
    long = [row for row in body if row.count > width]
    if len(long) <= max(FEW * len(body), 1):
        for row in long:
            yield _found(row, f"此行有{row.count}格，多于表头的{width}格", "", LIKELY)
    whole = next((head.cells for head in heads if head.count == width), ("",) * width)
    names = ["".join(cell.split()) for cell in whole]
    yield from _short(body, names)


def _row(table: Table, row: int) -> _Row:
    count = max((n + 1 for n, cell in enumerate(table.rows[row]) if cell.strip()), default=0)
    return _Row(table.rows[row][:count], table.row_lines[row])


def _width(head: int, told: Sequence[int]) -> int:
    """Give the number of cells that a row should have.

    It is the head's if there are such rows, and longer ones are few; the head itself may lack one.
    """
    common = Counter(told)
    often = [count for count, times in common.items() if times > FEW * len(told)]
    if head in common and head >= max(often, default=0):
        return head
    return max(often) if often else max(common, key=lambda count: (common[count], count))


def _short(body: Sequence[_Row], names: Sequence[str]) -> Iterator[Diagnostic]:
    """Report the rows with fewer cells than there are columns (``names``)."""
    width = len(names)
    full = [row.cells for row in body if row.count == width]
    columns = _columns(full, width) if len(full) >= FEWEST else []
    merged: list[_Row] = []
    trailing: list[_Row] = []
    for row in body:
        if not 1 < row.count < width or _is_sum(row.cells):
            continue
        what = f"此行有{row.count}格，少于表头的{width}格"
        lacking = _lacking(row.cells, columns) if columns else ()
        if lacking and lacking[-1] == len(lacking) - 1:  # 0, 1, 2: merged with the row above
            merged.append(row)
        elif lacking:
            named = "、".join(f"“{names[c]}”" for c in lacking if names[c])
            which = f"似缺{named}一格" if named else f"似缺第{lacking[0] + 1}格"
            yield _found(row, what, which, SURE)
        else:
            trailing.append(row)
    if trailing and len(full) >= FEWEST and not NOTES.search(names[-1]):
        is_few = len(trailing) <= max(FEW * len(body), 1)
        more = "" if is_few else f"（另有{len(trailing) - 1}行）"
        for row in trailing if is_few else trailing[:1]:
            yield _found(row, f"此行{more}有{row.count}格，少于表头的{width}格", "", LIKELY)
    if merged:
        more = f"（另有{len(merged) - 1}行）" if len(merged) > 1 else ""
        what = f"此行{more}前面少了格，似与上一行合并"
        yield _found(merged[0], what, "各格现从左起排列", DOUBTFUL)


def _found(row: _Row, what: str, which: str, confidence: float) -> Diagnostic:
    rest = f"，{which}" if which else "，可能有合并或漏识的单元格"
    message = f"表格{what}{rest}，请对照原书核对"
    return diagnostic("table-row", Lines(row.line, row.line), message, confidence=confidence)


def _is_sum(row: Sequence[str]) -> bool:
    """Whether a row is a sum, whose name often takes several columns."""
    name = "".join(row[0].split())
    return bool(TOTAL.fullmatch(name) or SUBTOTAL.fullmatch(name))


def _columns(full: Sequence[Sequence[str]], width: int) -> list[_Column]:
    columns = []
    for c in range(width):
        cells = [_features(row[c]) for row in full if row[c].strip()]
        empty = 1 - len(cells) / len(full)
        if not cells:
            return []
        values = [*zip(*cells, strict=True)]
        deviations = tuple(max(pstdev(v), low) for v, low in zip(values, FLOORS, strict=True))
        columns.append(_Column(tuple(map(fmean, values)), deviations, math.log(max(empty, RARELY))))
    return columns


def _features(cell: str) -> Features:
    """Give what a cell looks like: length, share of digits and of 、, a stop at its end, a day."""
    length = len(cell) or 1
    return (
        math.log(length),
        sum(c.isdigit() for c in cell) / length,
        cell.count("、") / length,
        float(cell[-1:] in STOP),
        float(bool(DAY.search(cell))),
    )


def _lacking(cells: Sequence[str], columns: Sequence[_Column]) -> tuple[int, ...]:
    """Give the columns that a short row lacks; none if its cells fit as well from the left.

    The cells keep their order, so that the best places are found column by column.
    """
    features = [_features(cell) for cell in cells]
    blank = [not cell.strip() for cell in cells]
    count, width = len(cells), len(columns)
    lost = width - count
    # best[k]: (score, columns that are lacking) with k cells placed in the columns so far
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    from_left = sum(
        columns[n].empty if blank[n] else columns[n].fit(features[n]) for n in range(count)
    ) + sum(column.empty for column in columns[count:])
    for c, column in enumerate(columns):
        following: list[tuple[float, tuple[int, ...]]] = []
        for k in range(min(c + 1, count) + 1):
            options = []
            if k < len(best) and c - k < lost:  # this column is lacking
                score, lacking = best[k]
                options.append((score + column.empty, (*lacking, c)))
            if 0 < k <= len(best):
                score, lacking = best[k - 1]
                fit = column.empty if blank[k - 1] else column.fit(features[k - 1])
                options.append((score + fit, lacking))
            following.append(max(options, default=(-math.inf, ())))
        best = following
    score, lacking = best[count]
    return lacking if score - from_left >= MARGIN else ()
