"""Report rows and columns of tables that say they are a sum (合计) and do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.model import Diagnostic, Lines, Table
from generator.model.codes import diagnostic
from generator.runtime.patterns import lazy_regex

SURE, LIKELY = 0.9, 0.7  # confidence: other columns add up; none is there to compare
TOTAL = lazy_regex(r"(?:合计|总计|共计|总数|总和|累计|全市合计|全省合计)(?:[（(].{0,10}[）)])?")
SUBTOTAL = lazy_regex(r"(?:.{0,10})小计(?:[（(].{0,10}[）)])?")
# 120(扩招) · 1,234.5 · —
FIGURE = lazy_regex(
    r"(?P<figure>-?(?:\d{1,3}(?:[,，]\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?)\s?(?P<unit>[%％]?)"
    r"(?:\s?[（(][^（()）]{0,10}[）)]|\s?[万亿]?[元人个户亩吨]{0,2})?"
)
EMPTY = frozenset(("", "-", "—", "－", "–", "——", "/", "无", "0"))
# columns that nobody adds up
NO_SUM = lazy_regex(
    r"序号|编号|率|比|均|单价|标准|增[长幅]|排[名位序]|年份|电话|邮编|代码|%|％|系数|时间|日期|号"
)
SHARE = lazy_regex(r"占比|比重|比例|权重|构成")  # their sum is 100
MOST_CELLS = 200_000


class _Column(NamedTuple):
    """A column of figures: the printed sum, what the rows make, and how many rows they are."""

    column: int
    printed: Decimal
    sums: list[Decimal]
    tolerance: Decimal


def check_sums(table: Table) -> Iterator[Diagnostic]:
    """Report each 合计 or 小计 of a table that the rows or columns it sums up do not make."""
    if len(table.rows) * len(table.rows[0]) <= MOST_CELLS:
        yield from _rows(table)
        yield from _columns_across(table)


def _columns_across(table: Table) -> Iterator[Diagnostic]:
    """Report the rows whose 合计 column is not the sum of the columns beside it."""
    heads = _heads(table)
    totals = [
        n for n, name in enumerate(heads) if TOTAL.fullmatch(name) or SUBTOTAL.fullmatch(name)
    ]
    figures = [[_figure(cell) for cell in row] for row in table.rows]
    for total in totals:
        right = range(total + 1, min((n for n in totals if n > total), default=len(heads)))
        left = range(max((n for n in totals if n < total), default=-1) + 1, total)
        best: tuple[int, list[tuple[int, Decimal, Decimal]]] = (0, [])
        for side in (right, left):
            summed = [n for n in side if not NO_SUM.search(heads[n]) and _is_numeric(figures, n)]
            if len(summed) < 2:
                continue
            misses, fitting = [], 0
            for row in range(table.header_rows, len(figures)):
                values = [value for n in summed if (value := figures[row][n]) is not None]
                printed = figures[row][total]
                if printed is None or len(values) < len(summed) or sum(map(bool, values)) < 2:
                    continue
                places = max(_places(value) for value in (*values, printed))
                rounding = Decimal(len(values)) / 2 / 10**places if places else Decimal(0)
                made = sum(values, Decimal(0))
                if abs(made - printed) <= rounding:
                    fitting += 1
                else:
                    misses.append((row, printed, made))
            if fitting > best[0]:
                best = fitting, misses
        fitting, misses = best
        if fitting >= 2 * len(misses) and fitting > 1:
            for row, printed, made in misses:
                line = table.line_at(row, total, 0)
                message = (
                    f"此行的“{heads[total]}”印作{_plain(printed)}，各列相加是{_plain(made)}，"
                    "其中一个数可能误识，请核对"
                )
                yield diagnostic("sum-differs", Lines(line, line), message, confidence=SURE)


def _is_numeric(figures: Sequence[Sequence[Decimal | None]], column: int) -> bool:
    """Whether most cells of a column are figures."""
    known = sum(1 for row in figures if row[column] is not None)
    return 2 * known > len(figures)


def _rows(table: Table) -> Iterator[Diagnostic]:
    """Report the 合计 rows whose figures are not the sums of the rows above or below."""
    names = [_name(row) for row in table.rows]
    totals = [n for n, name in enumerate(names) if TOTAL.fullmatch(name)]
    subtotals = [n for n, name in enumerate(names) if SUBTOTAL.fullmatch(name)]
    figures = [[_figure(cell) for cell in row] for row in table.rows]
    heads = _heads(table)
    for row in (*totals, *subtotals):
        groups = _groups(row, totals, subtotals, len(table.rows), table.header_rows)
        is_short = not table.rows[row][-1].strip()
        if is_short and any(own[-1].strip() for own in table.rows[table.header_rows :]):
            continue  # its cells are too few, and stand in other columns
        columns = [*_columns(figures, heads, row, groups)]
        fitting = [c for c in columns if _fits(c)]
        for column in columns:
            # one that does not add up among others that do, or the only one
            if column in fitting or (len(columns) - len(fitting) > max(len(fitting), 1)):
                continue
            name = heads[column.column] or f"第{column.column + 1}列"
            message = (
                f"“{names[row]}”一行的“{name}”印作{_plain(column.printed)}，"
                f"各行相加是{_plain(column.sums[0])}，其中一个数可能误识，请核对"
            )
            line = table.line_at(row, column.column, 0)
            confidence = SURE if fitting else LIKELY
            yield diagnostic("sum-differs", Lines(line, line), message, confidence=confidence)


def _name(row: Sequence[str]) -> str:
    """Give the first text of a row, without blanks."""
    return next(("".join(cell.split()) for cell in row if cell.strip()), "")


def _heads(table: Table) -> list[str]:
    """Give the name of each column: its texts in all header rows."""
    heads = table.rows[: table.header_rows]
    return ["".join("".join(row[c].split()) for row in heads) for c in range(len(table.rows[0]))]


def _figure(cell: str) -> Decimal | None:
    """Read the figure of a cell; None if it has none, or more than one."""
    compact = cell.strip()
    if compact in EMPTY:
        return Decimal(0)
    found = FIGURE.fullmatch(compact)
    return Decimal(found["figure"].replace(",", "").replace("，", "")) if found else None


def _groups(
    row: int, totals: Sequence[int], subtotals: Sequence[int], rows: int, first: int
) -> list[list[int]]:
    """List the groups of rows that a sum may sum up: those above it, below it, the subtotals."""
    sums = {*totals, *subtotals}
    is_total = row in totals
    bounds = [*totals] if is_total else sorted(sums)
    above = max((n for n in bounds if n < row), default=first - 1)
    below = min((n for n in bounds if n > row), default=rows)
    groups = [
        [n for n in range(above + 1, row) if n not in sums],
        [n for n in range(row + 1, below) if n not in sums],
    ]
    if is_total and subtotals:
        groups += [
            [n for n in subtotals if above < n < row],
            [n for n in subtotals if row < n < below],
        ]
    return [group for group in groups if len(group) > 1]


def _columns(
    figures: Sequence[Sequence[Decimal | None]],
    heads: Sequence[str],
    row: int,
    groups: Sequence[Sequence[int]],
) -> Iterator[_Column]:
    """Give the columns whose cells are all figures, with the sums of each group of rows."""
    for column, printed in enumerate(figures[row]):
        is_share = bool(SHARE.search(heads[column]))
        if not printed or (NO_SUM.search(heads[column]) and not is_share):
            continue
        sums, places, count = [], 0, 0
        for group in groups:
            values = [figures[n][column] for n in group]
            known = [value for value in values if value is not None]
            if len(known) == len(values) and sum(map(bool, known)) > 1:
                sums.append(sum(known, Decimal(0)))
                count = max(count, len(known))
                places = max(places, *(_places(value) for value in known))
        places = max(places, _places(printed))
        if sums:
            rounding = Decimal(count) / 2 / 10**places if places or is_share else Decimal(0)
            yield _Column(column, printed, sums, rounding)


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _fits(column: _Column) -> bool:
    return any(abs(total - column.printed) <= column.tolerance for total in column.sums)


def _plain(value: Decimal) -> str:
    return f"{value:f}"
