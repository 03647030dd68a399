"""Read tables with level rules only (三线表): columns by their free space, rows by their lines."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.content.intake.sheets.furniture import PAGE_NUMBER
from generator.content.intake.sheets.grids import merged_rules
from generator.content.intake.sheets.page import Area, Char, Rule
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
LINE_OF_TEXT = 0.75  # share of the width of a table: a line that is no row
FEWEST_RULES, MOST_RULES = 2, 60
MOST_TRIES = 3  # rules above a table that may belong to something else
FEWEST_ROWS = 2  # below the head of a table
COLUMN_GAP = 0.7  # sizes of the type, free between two columns
CROSSING = 0.12  # share of the lines that may print over such a gap: notes, names of groups
CLOSE, FARTHEST = 1.3, 2.0  # sizes of the type: lines of a cell that are so near, or not farther
LESS_THAN_TWICE, FEWEST_SHARE = 1.9, 20  # one in so many distances is one of rows
SAME_PITCH = 1.12
OVERLAP = 0.95  # sizes of the type: lines of two columns that are nearer overlap
MOST_BACK = 8  # lines of a row that are looked at


def take_open_tables(rules: Sequence[Rule], chars: Sequence[Char]) -> tuple[list[Line], list[Char]]:
    """Give the tables without upright rules, each as one line, and the characters beside them."""
    tables: list[Line] = []
    rest = list(chars)
    for group in _groups(rules):
        first = 0
        while first < MOST_TRIES and first + FEWEST_RULES <= len(group):
            found = _read_table(rest, group[first:], rules)
            if found:
                rows, inside = found
                held = {id(char) for char in inside}
                rest = [char for char in rest if id(char) not in held]
                tables.append(table_line(rows, inside))
                break
            first += 1  # the highest rule may belong to a running head or to a title
    return tables, rest


def _read_table(
    chars: Sequence[Char], group: Sequence[Rule], rules: Sequence[Rule]
) -> tuple[list[Row], list[Char]] | None:
    """Read the table between rules; one that goes on on the next page has none at its foot."""
    left, right = group[0].start - SAME_END, group[0].end + SAME_END
    inner = [rule.at for rule in rules if not rule.upright and left < rule.start < right]
    beside = [char for char in chars if left < (char.left + char.right) / 2 < right]
    ys = [rule.at for rule in group]
    for foot in (None, _foot(beside, ys[-1], right - left)):
        heights = ys if foot is None else [*ys, foot]
        inside = [char for char in beside if heights[-1] < char.base + char.size / 3 < heights[0]]
        if rows := _rows(inside, heights, left, right, inner):
            return rows, inside
    return None


def _foot(chars: Iterable[Char], top: float, width: float) -> float:
    """Give where the lines below a rule end that may be rows: at a line of text, or at none."""
    foot = top
    for line in read_lines(char for char in chars if char.base + char.size / 3 < top):
        longest = max(end - start for start, end in _stretches(line))
        if longest > width * LINE_OF_TEXT or PAGE_NUMBER.fullmatch(line.text):
            break
        foot = line.base - line.size
    return foot


def _groups(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Give the level rules with the same ends, from top to bottom."""
    level = [rule for rule in merged_rules(rules) if not rule.upright]
    level = [rule for rule in level if rule.end - rule.start > SHORTEST]
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
    """Put the printed lines of each row together.

    Lines of one column that are as close as the lines of a cell belong to one row, and so do lines
    of several columns that overlap. Where all lines of a column are equally far apart, they are
    rows.
    """
    pitch = _pitch_of_cells(strips)
    if pitch is None:
        return [[strip] for strip in strips]
    groups: list[list[_Strip]] = []
    for strip in strips:
        if groups and any(_is_one_row(above, strip, pitch) for above in groups[-1][-MOST_BACK:]):
            groups[-1].append(strip)
        else:
            groups.append([strip])
    return groups


def _pitch_of_cells(strips: Sequence[_Strip]) -> float | None:
    """Give the distance of the lines within a cell; None if no cell has several."""
    distances: list[float] = []
    for column in range(len(strips[0].cells)) if strips else ():
        bases = [strip.line.base for strip in strips if strip.cells[column]]
        distances += [above - below for above, below in pairwise(bases)]
    if not distances:
        return None
    pitch = min(distances)
    size = statistics.median(strip.line.size for strip in strips)
    # rows are farther apart than the lines of a cell; an empty cell makes it twice as far
    rows = [each for each in distances if SAME_PITCH < each / pitch < LESS_THAN_TWICE]
    is_cell = len(rows) * FEWEST_SHARE >= len(distances) and pitch < size * FARTHEST
    return pitch if is_cell or pitch < size * CLOSE else None


def _is_one_row(above: _Strip, below: _Strip, pitch: float) -> bool:
    distance = above.line.base - below.line.base
    if any(one and other for one, other in zip(above.cells, below.cells, strict=True)):
        return distance < pitch * SAME_PITCH
    return distance < above.line.size * OVERLAP


def _row(strips: Sequence[_Strip], edges: Sequence[float]) -> Row:
    cells: list[Cell] = [
        read_cell([char for strip in strips for char in strip.cells[column]], left, right)
        for column, (left, right) in enumerate(pairwise(edges))
    ]
    areas = [strip.line.areas[0] for strip in strips]
    bottom = min((area.bottom for area in areas), default=0.0)
    top = max((area.top for area in areas), default=0.0)
    return Row(tuple(cells), Area(edges[0], bottom, edges[-1], top))
