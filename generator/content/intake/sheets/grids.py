"""Read ruled tables of a page: rules that form a grid, and the text of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.content.intake.sheets.page import Area, Char, Rule, SheetPage
from generator.content.intake.sheets.printed_lines import Line, Row, read_cell, table_line

NEAR = 4.0  # points within which two rules are one
MOST_RULES = 1_000  # of tables on a page; more are a drawing


def take_grids(page: SheetPage, chars: Sequence[Char]) -> tuple[list[Line], list[Char]]:
    """Give the ruled tables of a page, each as one line, and the characters beside them."""
    tables: list[Line] = []
    rest = list(chars)
    for grid in _grids(page.rules):
        inside = [char for char in rest if grid.holds(char)]
        rows = grid.rows(inside)
        if sum(bool(cell.text) for row in rows for cell in row.cells) < 2:
            continue  # a frame
        rest = [char for char in rest if not grid.holds(char)]
        tables.append(table_line(rows, inside))
    return tables, rest


@dataclass(frozen=True, slots=True)
class _Grid:
    """The rules of one table; ``xs`` from left to right, ``ys`` from top to bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Rule, ...]

    def holds(self, char: Char) -> bool:
        """Whether a character is inside the table."""
        x, y = _middle(char)
        return self.xs[0] < x < self.xs[-1] and self.ys[-1] < y < self.ys[0]

    def rows(self, chars: Iterable[Char]) -> list[Row]:
        """Give the rows; a merged cell has its text in its first cell."""
        cells: dict[tuple[int, int], list[Char]] = {}
        for char in chars:
            x, y = _middle(char)
            row = sum(y < each for each in self.ys[1:-1])
            column = sum(x > each for each in self.xs[1:-1])
            cells.setdefault(self.owner(row, column), []).append(char)
        return [
            Row(
                tuple(
                    read_cell(cells.get((row, column), ()), left, right)
                    for column, (left, right) in enumerate(pairwise(self.xs))
                ),
                Area(self.xs[0], low, self.xs[-1], high),
            )
            for row, (high, low) in enumerate(pairwise(self.ys))
        ]

    def owner(self, row: int, column: int) -> tuple[int, int]:
        """Give the first cell of a merged one; two cells without a rule between are merged."""
        y = (self.ys[row] + self.ys[row + 1]) / 2
        while column and not self.parted(True, self.xs[column], y):
            column -= 1
        x = (self.xs[column] + self.xs[column + 1]) / 2
        while row and not self.parted(False, self.ys[row], x):
            row -= 1
        return row, column

    def parted(self, upright: bool, at: float, point: float) -> bool:
        """Whether a rule separates two cells: at ``at``, and drawn through ``point``."""
        return any(
            rule.upright == upright
            and abs(rule.at - at) <= NEAR
            and rule.start <= point <= rule.end
            for rule in self.rules
        )


def _middle(char: Char) -> tuple[float, float]:
    return (char.left + char.right) / 2, char.base + char.size / 3


def _grids(rules: Iterable[Rule]) -> Iterator[_Grid]:
    """Give each group of connected rules that has two rows and two columns, or three columns."""
    waiting = merged_rules(rules)
    while waiting and len(waiting) <= MOST_RULES:
        net = [waiting.pop()]
        for rule in net:  # the list grows during the loop
            touching = [other for other in waiting if _touch(rule, other)]
            waiting = [other for other in waiting if other not in touching]
            net += touching
        for rules in _side_by_side(net):
            xs, ys = _ticks(rules, upright=True), _ticks(rules, upright=False)
            # a single row may be what a page has of a table; two cells alone are boxes
            if len(xs) > 2 and len(ys) > 1 and len(xs) + len(ys) > 5:
                yield _Grid(tuple(xs), tuple(reversed(ys)), tuple(rules))


def _side_by_side(net: Sequence[Rule]) -> list[list[Rule]]:
    """Part tables that nothing but one level rule connects, such as the one of a running head."""
    level = [rule for rule in net if not rule.upright]
    cuts = [
        (left + right) / 2
        for left, right in pairwise(_ticks(net, upright=True))
        if len(level) > 2
        and sum(rule.start < left + NEAR and rule.end > right - NEAR for rule in level) < 2
    ]
    parts: list[list[Rule]] = []
    for left, right in pairwise((float("-inf"), *cuts, float("inf"))):
        inside = [rule for rule in net if rule.upright and left < rule.at < right]
        inside += [
            replace(rule, start=max(rule.start, left), end=min(rule.end, right))
            for rule in level
            if rule.start < right - NEAR and rule.end > left + NEAR
        ]
        parts.append(inside)
    return parts if cuts else [list(net)]


def merged_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Join the pieces of each rule, because most tables are drawn cell by cell."""
    merged: list[Rule] = []
    at = float("-inf")
    lined_up: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.upright, r.at)):
        if abs(rule.at - at) > NEAR / 2 or (lined_up and lined_up[-1].upright != rule.upright):
            at = rule.at
        lined_up.append(replace(rule, at=at))
    for rule in sorted(lined_up, key=lambda r: (r.upright, r.at, r.start)):
        last = merged[-1] if merged else None
        same = last and (last.upright, last.at) == (rule.upright, rule.at)
        if last and same and rule.start <= last.end + NEAR:
            merged[-1] = replace(last, end=max(last.end, rule.end))
        else:
            merged.append(rule)
    return [rule for rule in merged if rule.end - rule.start > NEAR]


def _touch(one: Rule, other: Rule) -> bool:
    if one.upright == other.upright:
        return False
    return (
        one.start - NEAR <= other.at <= one.end + NEAR
        and other.start - NEAR <= one.at <= other.end + NEAR
    )


def _ticks(net: Iterable[Rule], *, upright: bool) -> list[float]:
    """Give the positions of the rules of one direction, and of the table's sides without a rule."""
    ends = [end for rule in net if rule.upright != upright for end in (rule.start, rule.end)]
    places = [rule.at for rule in net if rule.upright == upright]
    ticks: list[float] = []
    for place in sorted([*places, *([min(ends), max(ends)] if ends else [])]):
        if not ticks or place - ticks[-1] > NEAR:
            ticks.append(place)
    return ticks
