"""Tables drawn with characters: with pipes (Markdown), or as a grid (pandoc)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from generator.runtime.patterns import lazy_regex
from generator.stages.read.sheet import (
    BORDER,
    MASK,
    Cut,
    DraftCell,
    DraftRow,
    DraftTable,
    Part,
    Sheet,
)

PIPE = lazy_regex(r"(?<!\\)\|")
RULE_SIGNS = lazy_regex(rf"[|:\-\s{MASK}]+")
RULE_CELL = lazy_regex(r"\s*:?-+:?\s*")
GRID_RULE = lazy_regex(r"\+(?:[-=:]+\+)+")
LEADING = lazy_regex(rf"[\s{MASK}>]*")
MOST_COLUMNS = 200


def read_pipe_tables(sheet: Sheet) -> None:
    """Read tables that are drawn with pipes.

    给编辑：用竖线画的表格（`| 序号 | 任务 |`），读为表格。
    """
    group: list[int] = []  # lines with pipes, each below the other
    for index in sheet.marked:
        if "|" not in (view := sheet.view(index)) or not PIPE.search(view) or sheet.in_table(index):
            continue
        if group and index != group[-1] + 1:
            _read_group(sheet, group)
            group = []
        group.append(index)
    if group:
        _read_group(sheet, group)


def _read_group(sheet: Sheet, group: Sequence[int]) -> None:
    """Read the tables in lines that are each below the other: a new one begins over each rule."""
    heads: list[int] = []
    for n, index in enumerate(group):
        is_free = n > 0 and (not heads or n - 1 > heads[-1] + 1)  # the line above is no rule
        if is_free and _is_rule(sheet.view(index)) and not _is_rule(sheet.view(group[n - 1])):
            heads.append(n - 1)
    if not heads:
        _read_rows_alone(sheet, group)
    elif heads[0]:
        _read_rows_alone(sheet, group[: heads[0]])
    for n, head in enumerate(heads):
        end = heads[n + 1] if n + 1 < len(heads) else len(group)
        _read_rows(sheet, group[head:end])


def _read_rows_alone(sheet: Sheet, group: Sequence[int]) -> None:
    """Read rows without a rule: a table only if all look like rows, and of one table."""
    views = [sheet.view(index) for index in group]
    counts = {len(PIPE.findall(view)) for view in views}
    is_table = len(group) > 1 and len(counts) == 1 and min(counts) > 2  # two columns, two rows
    if is_table and all(map(_is_row, views)) and not any(map(_is_rule, views)):
        _add(sheet, [_read_row(sheet, index) for index in group])


def _is_rule(view: str) -> bool:
    """Whether a line is the rule under the head of a table: |---|:--:|."""
    if "-" not in view or not RULE_SIGNS.fullmatch(view):
        return False
    cells = view.replace(MASK, "").strip().strip("|").split("|")
    return "|" in view and all(map(RULE_CELL.fullmatch, cells))


def _is_row(view: str) -> bool:
    shown = view.replace(MASK, "").strip()
    return len(shown) > 2 and shown[0] == "|" == shown[-1]


def _read_rows(sheet: Sheet, group: Sequence[int]) -> None:
    """Read a table: its head, a rule, its rows."""
    leads = sheet.shown(group[0]).startswith("|")
    rows = [_read_row(sheet, group[0])]
    sheet.draft(group[1]).cut_all("read_pipe_tables")
    sheet.draft(group[1]).areas.append((0, len(sheet.view(group[1]))))
    for index in group[2:]:
        if leads and not sheet.shown(index).startswith("|"):
            break  # a paragraph below the table, with a pipe in it
        rows.append(_read_row(sheet, index))
    if len(rows) > 1 and not any(_texts(sheet, rows[0])):
        rows = rows[1:]  # a head without names
    _add(sheet, rows)


def _add(sheet: Sheet, rows: Sequence[DraftRow]) -> None:
    last = rows[-1].line
    end = (last, len(sheet.lines[last]))
    sheet.tables.append(DraftTable(tuple(rows), (rows[0].line, 0), end))
    _read_caption(sheet, last + 1, "read_pipe_tables")


# : 表1 任务, below a table of pandoc
CAPTION = lazy_regex(r"\s*(?P<mark>(?:Table)?:[ \t]+)\S")


def _read_caption(sheet: Sheet, index: int, rule: str) -> None:
    """Remove the colon before the caption that pandoc writes below a table."""
    while index < len(sheet.lines) and not sheet.lines[index].strip():
        index += 1
    if index < len(sheet.lines) and (found := CAPTION.match(sheet.view(index))):
        sheet.draft(index).cut(rule, [Cut(*found.span("mark"))])


def _texts(sheet: Sheet, row: DraftRow) -> list[str]:
    return [sheet.lines[p.line][p.start : p.end].strip() for c in row.cells for p in c.parts]


def _read_row(sheet: Sheet, index: int) -> DraftRow:
    view = sheet.view(index)
    pipes = [pipe.start() for pipe in PIPE.finditer(view)]
    bounds = [-1, *pipes, len(view)]
    cells = [(start + 1, end) for start, end in pairwise(bounds)]
    if not LEADING.sub("", view[: pipes[0]]):
        cells = cells[1:]
    if len(cells) > 1 and not view[pipes[-1] + 1 :].replace(MASK, "").strip():
        cells = cells[:-1]
    draft = sheet.draft(index)
    draft.cut("read_pipe_tables", [Cut(p, p + 1) for p in pipes], BORDER)
    draft.areas.append((0, len(view)))
    return DraftRow(index, 0, tuple(DraftCell((Part(index, *cell),)) for cell in cells))


def read_grid_tables(sheet: Sheet) -> None:
    """Read tables that are drawn as a grid of +---+ and |.

    给编辑：用 `+---+` 画的表格，读为表格。
    """
    end = 0
    for index in sheet.marked:
        if index >= end and "+" in sheet.view(index) and GRID_RULE.fullmatch(sheet.shown(index)):
            end = _read_grid(sheet, index)


def _read_grid(sheet: Sheet, first: int) -> int:
    """Read a grid, if it is one; give the index after it. Lines between two rules are a row."""
    last = first
    while (
        last + 1 < len(sheet.lines)
        and sheet.view(last + 1).strip()[:1] in ("|", "+")
        and not sheet.in_table(last + 1)
    ):
        last += 1
    if sheet.in_table(first):
        return last + 1
    if last - first < 2 or not GRID_RULE.fullmatch(sheet.view(last).strip()):
        return last + 1
    edges = [_edges(sheet.view(n)) for n in range(first, last + 1)]
    columns = sorted(
        {
            place
            for n, found in enumerate(edges)
            for place in found
            if sheet.view(first + n).strip()[:1] == "+"
        }
    )
    if len(columns) < 2 or len(columns) > MOST_COLUMNS:
        return last + 1
    grid = _Grid(sheet, columns)
    for n, found in enumerate(edges):
        if not grid.take(first + n, found):
            return last + 1
    rows = grid.end()
    if not rows:
        return last + 1
    for index in range(first, last + 1):
        view = sheet.view(index)
        draft = sheet.draft(index)
        if GRID_RULE.fullmatch(view.strip()):
            draft.cut_all("read_grid_tables")
        else:
            places = [
                found.start() for found in re.finditer(r"[|+]|-{3,}(?=[|+])|={3,}(?=[|+])", view)
            ]
            cuts = [Cut(p, _rule_end(view, p)) for p in places]
            draft.cut("read_grid_tables", cuts, BORDER)
        draft.areas.append((0, len(view)))
    end = (last, len(sheet.lines[last]))
    sheet.tables.append(DraftTable(tuple(rows), (first, 0), end, grid.head_rows))
    _read_caption(sheet, last + 1, "read_grid_tables")
    return last + 1


def _rule_end(view: str, start: int) -> int:
    end = start + 1
    while view[start] in "-=" and end < len(view) and view[end] == view[start]:
        end += 1
    return end


def _edges(view: str) -> dict[int, int]:
    """Map the column at which each | or + is shown to its offset; ideographs are two wide."""
    found: dict[int, int] = {}
    shown = 0
    for offset, character in enumerate(view):
        if character in "|+":
            found[shown] = offset
        shown += 2 if east_asian_width(character) in "WF" else 1
    return found


class _Grid:
    """Gathers the cells of a grid, line by line."""

    def __init__(self, sheet: Sheet, columns: Sequence[int]) -> None:
        self.sheet = sheet
        self.columns = columns
        self.rows: list[list[DraftCell]] = []
        self.starts: list[int] = []
        self.head_rows = 0
        # open cells: first column → (last column, row in which it began, parts)
        self.open: dict[int, tuple[int, int, list[Part]]] = {}
        self.is_new = True
        self.begun = -1

    def take(self, index: int, edges: dict[int, int]) -> bool:
        """Take a line of the grid; False if its borders are not those of the grid."""
        view = self.sheet.view(index)
        bounds = [n for n, place in enumerate(self.columns) if place in edges]
        if len(bounds) < 2 or bounds[0] or bounds[-1] != len(self.columns) - 1:
            return False
        is_rule = bool(GRID_RULE.fullmatch(view.strip()))
        if is_rule:
            for start in [*self.open]:
                self._close(start)
            if "=" in view and self.rows and not self.head_rows:
                self.head_rows = len(self.rows)
            self.is_new = True
            return True
        has_rule = False
        for left, right in pairwise(bounds):
            begin = edges[self.columns[left]] + 1
            end = edges[self.columns[right]]
            inner = view[begin:end].strip()
            if len(inner) > 2 and set(inner) <= {"-", "="}:  # a rule under this cell only
                has_rule = True
                self._close(left)
                continue
            part = Part(index, begin, end)
            opened = self.open.get(left)
            if opened and opened[0] == right:
                opened[2].append(part)
            else:
                if self.is_new:
                    self.rows.append([])
                    self.starts.append(index)
                    self.is_new = False
                self.open[left] = (right, len(self.rows) - 1, [part])
        if has_rule:
            self.is_new = True
        return True

    def _close(self, left: int) -> None:
        opened = self.open.pop(left, None)
        if opened is not None:
            right, row, parts = opened
            span = len(self.rows) - row
            self.rows[row].append(DraftCell(tuple(parts), span, right - left))

    def end(self) -> list[DraftRow]:
        """Give the rows."""
        for start in [*self.open]:
            self._close(start)
        return [
            DraftRow(start, 0, tuple(sorted(row, key=lambda c: c.parts[0].start)))
            for start, row in zip(self.starts, self.rows, strict=True)
        ]
