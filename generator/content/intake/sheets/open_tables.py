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
MOST_TRIES = 3  # rules above a table that may belong to something else
FEWEST_ROWS = 2  # below the head of a table
COLUMN_GAP = 0.7  # sizes of the type, free between two columns
CROSSING = 0.12  # share of the lines that may print over such a gap: notes, names of groups
# a line is a part of a row if it is nearer to it than rows are to one another; where no two rows
# follow each other, if it is as near as the lines of a cell are, in sizes of the type
NEAR_ROW, CLOSE = 0.8, 1.6


def take_open_tables(page: SheetPage, chars: Sequence[Char]) -> tuple[list[Line], list[Char]]:
    """Give the tables without upright rules, each as one line, and the characters beside them."""
    tables: list[Line] = []
    rest = list(chars)
    for rules in _groups(page.rules):
        first = 0
        while first < MOST_TRIES and first + FEWEST_RULES <= len(rules):
            ys = [rule.at for rule in rules[first:]]
            left, right = rules[first].start - SAME_END, rules[first].end + SAME_END
            inside = [
                char
                for char in rest
                if left < (char.left + char.right) / 2 < right
                and ys[-1] < char.base + char.size / 3 < ys[0]
            ]
            inner = [
                rule.at for rule in page.rules if not rule.upright and left < rule.start < right
            ]
            if rows := _rows(inside, ys, left, right, inner):
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
    chars: Sequence[Char], ys: Sequence[float], left: float, right: float, inner: Sequence[float]
) -> list[Row] | None:
    """Read the rows between level rules; None if they are no table.

    ``inner`` are the heights of shorter rules, too.
    """
    lines = read_lines(chars)
    if len(lines) <= FEWEST_ROWS:
        return None
    # a head may print over several columns
    below = [line for line in lines if line.base < ys[1]] if len(ys) > 2 else lines
    edges = _columns(below or lines, left, right)
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
            parts = _parted(strips, [y for y in inner if low < y < high])
            heads = len(parts)
            rows += [_row(part, edges) for part in parts]
            continue
        rows += [_row(group, edges) for group in _grouped(strips)]
    full = sum(sum(bool(cell.text) for cell in row.cells) > 1 for row in rows[heads:])
    # without a rule below the head, more rows have to show the columns
    fewest = FEWEST_ROWS if heads else FEWEST_ROWS + 2
    return rows if full >= fewest and full * 2 >= len(rows) - heads else None


def _parted(strips: Sequence[_Strip], ys: Sequence[float]) -> list[list[_Strip]]:
    """Part the head of a table at the short rules within it."""
    parts: list[list[_Strip]] = [[] for _ in range(len(ys) + 1)]
    for strip in strips:
        parts[sum(strip.line.base + strip.line.size / 3 < y for y in ys)].append(strip)
    return [part for part in parts if part]


def _columns(lines: Sequence[Line], left: float, right: float) -> list[float]:
    """Give the edges of the columns: the middles of what hardly any line prints on."""
    size = statistics.median(line.size for line in lines)
    allowed = int(len(lines) * CROSSING)
    steps: list[tuple[float, int]] = []
    for line in lines:
        for start, end in _stretches(line):
            steps += [(start, 1), (end, -1)]
    steps.sort()
    edges, covered, free = [left], 0, None
    for x, step in steps:
        covered += step
        if free is not None and covered > allowed:
            if x - free > size * COLUMN_GAP:
                edges.append((free + x) / 2)
            free = None
        elif free is None and covered <= allowed:
            free = x
    return [*edges, right]


def _stretches(line: Line) -> Iterator[tuple[float, float]]:
    """Give where a line prints, without the gaps that may part columns."""
    chars = [char for char in line.chars if char.text != " "]
    start = 0
    for n in range(1, len(chars) + 1):
        if n == len(chars) or chars[n].left - chars[n - 1].right > line.size * COLUMN_GAP:
            yield chars[start].left, chars[n - 1].right
            start = n


def _strip(line: Line, edges: Sequence[float]) -> _Strip:
    """Put the words of a line into the columns that their middles are in."""
    cells: list[list[Char]] = [[] for _ in edges[1:]]
    for start, end in _stretches(line):
        whole = sum((start + end) / 2 > edge for edge in edges[1:-1])
        crossed = sum(start < edge < end for edge in edges[1:-1])
        for char in line.chars:
            if start <= char.left < end and char.text != " ":
                # words that are close to those of the next column; a title over both is not cut
                near = sum((char.left + char.right) / 2 > edge for edge in edges[1:-1])
                cells[whole if crossed else near].append(char)
    return _Strip(line, cells, sum(map(bool, cells)))


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
