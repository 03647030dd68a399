"""Read tables with level rules only (三线表): columns by their free space, rows by their lines."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.content.intake.sheets.page import Area, Char, Rule, SheetPage
from generator.content.intake.sheets.printed_lines import (
    Cell,
    Line,
    Row,
    read_cell,
    read_lines,
    table_line,
)

SAME_END = 6.0  # points by which the rules of a table may differ at their ends
SHORTEST = 24.0  # points; of a rule of a table
FEWEST_RULES, MOST_RULES = 2, 60
FEWEST_ROWS = 2  # below the head of a table
COLUMN_GAP = 0.7  # sizes of the type, free in every line between two columns
# a line is a part of a row if it is nearer to it than rows are to one another; where no two rows
# follow each other, if it is as near as the lines of a cell are, in sizes of the type
NEAR_ROW, CLOSE = 0.8, 1.6


def take_open_tables(page: SheetPage, chars: Sequence[Char]) -> tuple[list[Line], list[Char]]:
    """Give the tables without upright rules, each as one line, and the characters beside them."""
    tables: list[Line] = []
    rest = list(chars)
    for rules in _groups(page.rules):
        first = 0
        while first + FEWEST_RULES <= len(rules):
            ys = [rule.at for rule in rules[first:]]
            left, right = rules[first].start - SAME_END, rules[first].end + SAME_END
            inside = [
                char
                for char in rest
                if left < (char.left + char.right) / 2 < right
                and ys[-1] < char.base + char.size / 3 < ys[0]
            ]
            if rows := _rows(inside, ys, left, right):
                held = {id(char) for char in inside}
                rest = [char for char in rest if id(char) not in held]
                tables.append(table_line(rows, inside))
                break
            first += 1  # the highest rule may belong to a running head or to a title
    return tables, rest


def _groups(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Give the level rules with the same ends, from top to bottom."""
    level = [rule for rule in rules if not rule.upright and rule.end - rule.start > SHORTEST]
    level.sort(key=lambda rule: -rule.at)
    groups: list[list[Rule]] = []
    for rule in level[: MOST_RULES * 4]:
        for group in groups:
            last = group[-1]
            if abs(last.start - rule.start) <= SAME_END and abs(last.end - rule.end) <= SAME_END:
                if last.at - rule.at > SAME_END:  # else it is drawn twice
                    group.append(rule)
                break
        else:
            groups.append([rule])
    for group in groups:
        if FEWEST_RULES <= len(group) <= MOST_RULES and not _has_uprights(group, rules):
            yield group


def _has_uprights(group: Sequence[Rule], rules: Sequence[Rule]) -> bool:
    top, foot = group[0], group[-1]
    return any(
        rule.upright
        and top.start - SAME_END < rule.at < top.end + SAME_END
        and rule.start < top.at
        and rule.end > foot.at
        for rule in rules
    )


@dataclass(slots=True)
class _Strip:
    """A printed line of a table, cut into its columns."""

    line: Line
    cells: list[list[Char]]
    filled: int


def _rows(
    chars: Sequence[Char], ys: Sequence[float], left: float, right: float
) -> list[Row] | None:
    """Read the rows between level rules; None if they are no table."""
    lines = read_lines(chars)
    if len(lines) <= FEWEST_ROWS:
        return None
    edges = _columns(lines, left, right)
    if len(edges) < 3:
        return None
    rows: list[Row] = []
    heads = 0
    for n, (high, low) in enumerate(pairwise(ys)):
        strips = [_strip(line, edges) for line in lines if low < line.base + line.size / 3 < high]
        if n == 0 and len(ys) > 2:
            # a title above the head, or a text between rules, has no columns
            if max((strip.filled for strip in strips), default=0) < 2:
                return None
            heads = 1
            rows.append(_row(strips, edges))
            continue
        rows += [_row(group, edges) for group in _grouped(strips)]
    full = sum(sum(bool(cell.text) for cell in row.cells) > 1 for row in rows[heads:])
    # without a rule below the head, more rows have to show the columns
    fewest = FEWEST_ROWS if heads else FEWEST_ROWS + 2
    return rows if full >= fewest and full * 2 >= len(rows) - heads else None


def _columns(lines: Sequence[Line], left: float, right: float) -> list[float]:
    """Give the edges of the columns: the middles of what no line prints on."""
    size = statistics.median(line.size for line in lines)
    taken = sorted(
        (char.left, char.right) for line in lines for char in line.chars if char.text != " "
    )
    edges = [left]
    end = taken[0][1]
    for start, stop in taken:
        if start - end > size * COLUMN_GAP:
            edges.append((start + end) / 2)
        end = max(end, stop)
    return [*edges, right]


def _strip(line: Line, edges: Sequence[float]) -> _Strip:
    cells: list[list[Char]] = [[] for _ in edges[1:]]
    for char in line.chars:
        column = sum((char.left + char.right) / 2 > edge for edge in edges[1:-1])
        cells[column].append(char)
    return _Strip(line, cells, sum(any(c.text != " " for c in cell) for cell in cells))


def _grouped(strips: Sequence[_Strip]) -> list[list[_Strip]]:
    """Put the printed lines of a row together: what wraps in one column, to the row beside it."""
    if not any(strip.filled > 1 for strip in strips):
        return [[strip] for strip in strips]
    distances = [
        a.line.base - b.line.base for a, b in pairwise(strips) if min(a.filled, b.filled) > 1
    ]
    near = min(distances) * NEAR_ROW if distances else strips[0].line.size * CLOSE
    groups: list[list[_Strip]] = []
    after: list[_Strip] = []  # lines that belong to the row that follows
    for n, strip in enumerate(strips):
        if strip.filled > 1:
            groups.append([*after, strip])
            after = []
            continue
        above = groups[-1][-1].line.base - strip.line.base if groups else float("inf")
        following = next((s for s in strips[n + 1 :] if s.filled > 1), None)
        below = strip.line.base - following.line.base if following else float("inf")
        if min(above, below) > near:
            groups += [[one] for one in (*after, strip)]
            after = []
        elif above <= below * 1.05 and not after:
            groups[-1].append(strip)
        else:
            after.append(strip)
    return [*groups, *([strip] for strip in after)]


def _row(strips: Sequence[_Strip], edges: Sequence[float]) -> Row:
    cells: list[Cell] = [
        read_cell([char for strip in strips for char in strip.cells[column]], left, right)
        for column, (left, right) in enumerate(pairwise(edges))
    ]
    areas = [strip.line.areas[0] for strip in strips]
    bottom = min((area.bottom for area in areas), default=0.0)
    top = max((area.top for area in areas), default=0.0)
    return Row(tuple(cells), Area(edges[0], bottom, edges[-1], top))
