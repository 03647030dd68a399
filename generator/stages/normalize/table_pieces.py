"""A rule that joins the pieces of a table that page edges cut, with their merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from generator.model import Block, CellLines, CellMarks, CellSpan, Lines, Mark, Paragraph, Table
from generator.model.tables import (
    covered_rows,
    divided_depth,
    head_depth,
    repeats_of_head,
    same_row,
    without_rows,
)
from generator.runtime.patterns import lazy_regex
from generator.stages.normalize.table_heads import divides

# 续表 · （续上表） · 续表1 · 表2（续）
CONTINUED = lazy_regex(r"[（(]?\s?续\s?(?:上\s?)?表\s?\d{0,3}\s?[）)]?|表\s?\d{1,3}\s?[（(]续[）)]")
LONGEST_CONTINUED = 12  # characters of such a line
SERIAL_WORDS = frozenset({"序号", "编号", "号", "项目"})
STOPS = frozenset("。；！？.;!?")
GOES_ON = frozenset("、，,（(《〈〔[“‘")
PAIRS = ("（）", "()", "《》", "〈〉", "〔〕", "“”")
FEWEST_STOPS = 2  # texts of a column that end in 。, so that one without it was cut


def merge_table_pieces(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Join the pieces of a table that page edges cut; drop repeated headers and 续表.

    Tables whose ends are marked are pieces only if a page begins between them, or 续表 is there.
    In these, a merged cell that the page cut in two is one again, and so is a row.

    给编辑：合并被分页切开的表格，去掉重复的表头和“续表”字样；被切开的合并单元格和行也接上。
    """
    merged: list[Block] = []
    growing: _Growing | None = None
    mark: Block | None = None  # 续表 under the table that grows
    for block in blocks:
        if isinstance(block, Table):
            own = _without_repeats(block)
            if growing and _continues(growing, own, is_marked=mark is not None):
                growing.add(own)
            else:
                merged += _finished(growing, mark)
                growing = _Growing(own)
            mark = None
        elif growing and mark is None and _is_continued_line(block):
            mark = block
        else:
            merged += [*_finished(growing, mark), block]
            growing = mark = None
    return (*merged, *_finished(growing, mark))


def _finished(growing: _Growing | None, mark: Block | None) -> list[Block]:
    """Give a table that no more pieces follow, and the 续表 under it that no piece follows."""
    blocks: list[Block] = [growing.table()] if growing else []
    return [*blocks, mark] if mark else blocks


@dataclass(slots=True)
class _Growing:
    """A table to which the pieces after page edges are added."""

    first: Table
    last: Lines = field(init=False)  # of the piece that was added last
    rows: list[tuple[str, ...]] = field(default_factory=list)
    row_lines: list[int] = field(default_factory=list)
    # by the (row, column) of their cells
    spans: dict[tuple[int, int], CellSpan] = field(default_factory=dict)
    breaks: dict[tuple[int, int], tuple[tuple[int, int], ...]] = field(default_factory=dict)
    marks: dict[tuple[int, int], tuple[Mark, ...]] = field(default_factory=dict)
    edge: dict[int, CellSpan] = field(default_factory=dict)  # by column: those in the last row
    texts: list[int] = field(default_factory=list)  # of each column: the cells with a text
    stops: list[int] = field(default_factory=list)  # … and those of them that end in 。

    def __post_init__(self) -> None:
        """Begin with the first piece."""
        self.last = self.first.lines
        self.texts, self.stops = ([0] * len(self.first.rows[0]) for _ in range(2))
        self._append(self.first, 0)

    def table(self) -> Table:
        """Give the whole table; the first piece itself if nothing was added."""
        if self.last is self.first.lines:
            return self.first
        return replace(
            self.first,
            rows=tuple(self.rows),
            lines=Lines(self.first.lines.first, self.last.last),
            row_lines=tuple(self.row_lines),
            marks=tuple(CellMarks(r, c, own) for (r, c), own in sorted(self.marks.items())),
            spans=tuple(span for _, span in sorted(self.spans.items())),
            cell_lines=tuple(CellLines(r, c, own) for (r, c), own in sorted(self.breaks.items())),
        )

    def repeated_rows(self, below: Table) -> int:
        """Count the header rows that a piece repeats at its beginning."""
        if not same_row(self.rows[0], below.rows[0]):
            return 0
        shortest = min(len(self.rows), len(below.rows))
        if self.first.spans or below.spans:
            count = head_depth(self.first) or 1
            same = count <= shortest and all(map(same_row, self.rows[:count], below.rows))
            return count if same else 0
        is_second = shortest > 1 and divides(*self.rows[:2])
        return 2 if is_second and same_row(self.rows[1], below.rows[1]) else 1

    def add(self, piece: Table) -> None:
        """Add a piece, without the header rows that it repeats."""
        self.last = piece.lines
        piece = without_rows(piece, range(self.repeated_rows(piece)))
        if not piece.rows:
            return
        heads = {span.column: span for span in piece.spans if span.row == 0}
        is_cut = self.first.is_closed and self._is_cut(piece.rows[0], heads)
        whole = [*self._whole(piece, heads, is_cut=is_cut)] if self.first.is_closed else []
        base = len(self.rows) - is_cut
        self._append(piece, base)
        for span in whole:
            self.spans.pop((base, span.column), None)
            if span.row_span * span.col_span > 1:
                self.spans[span.row, span.column] = span
            if span.end_row == len(self.rows):
                self.edge[span.column] = span

    def _append(self, piece: Table, base: int) -> None:
        """Append rows; the first one is joined to the last row before the page if that was cut."""
        is_cut = base < len(self.rows)
        if is_cut:
            self._join_row(piece)
        for row, line in list(zip(piece.rows, piece.row_lines, strict=True))[is_cut:]:
            self.rows.append(row)
            self.row_lines.append(line)
        for cell in piece.cell_lines:
            if cell.row >= is_cut:
                self.breaks[base + cell.row, cell.column] = cell.breaks
        for cell_marks in piece.marks:
            if cell_marks.row >= is_cut:
                self.marks[base + cell_marks.row, cell_marks.column] = cell_marks.marks
        own = [replace(span, row=base + span.row) for span in piece.spans]
        self.spans |= {(span.row, span.column): span for span in own}
        self.edge = {span.column: span for span in own if span.end_row == len(self.rows)}
        for row in piece.rows[(head_depth(piece) or 1 if piece is self.first else is_cut) :]:
            for column, text in enumerate(row):
                self.texts[column] += bool(text)
                self.stops[column] += text[-1:] in STOPS if text else 0

    def _join_row(self, piece: Table) -> None:
        """Join the texts of the first row of a piece to those of the last row."""
        breaks = piece.breaks_of_cells()
        marks = {(cell.row, cell.column): cell.marks for cell in piece.marks}
        for column, text in enumerate(piece.rows[0]):
            if not text:
                continue
            row = self.edge[column].row if column in self.edge else len(self.rows) - 1
            above, at = self.rows[row], (row, column)
            by = len(above[column])
            self.rows[row] = (*above[:column], above[column] + text, *above[column + 1 :])
            self.stops[column] += text[-1] in STOPS and above[column][-1:] not in STOPS
            own = breaks.get((0, column), ((0, piece.row_lines[0]),))
            start = self.breaks.get(at, ((0, self.row_lines[row]),)) if by else ()
            self.breaks[at] = (*start, *((by + offset, line) for offset, line in own))
            if moved := marks.get((0, column)):
                shifted = (replace(m, start=by + m.start, end=by + m.end) for m in moved)
                self.marks[at] = (*self.marks.get(at, ()), *shifted)

    def _whole(
        self, piece: Table, heads: Mapping[int, CellSpan], *, is_cut: bool
    ) -> Iterator[CellSpan]:
        """Find the merged cells that the page cut in two, and give them with all their rows.

        The part below the page is empty, and it is merged itself or in the columns before all
        others. Any other cell stays as it is: it may be empty in print. All cells of a cut row
        go on.
        """
        base, is_leading = len(self.rows) - is_cut, True
        edge, top = _by_column(self.edge.values()), _by_column(heads.values())
        for column, text in enumerate(piece.rows[0]):
            above = edge.get(column) or CellSpan(len(self.rows) - 1, column, 1, 1)
            below = top.get(column) or CellSpan(0, column, 1, 1)
            if column not in (above.column, below.column):
                continue  # inside a cell on both sides
            end = base + below.end_row
            same = (above.column, above.col_span) == (below.column, below.col_span)
            goes_on = same and not text
            if goes_on and below.row_span == 1 and not is_cut:
                goes_on = is_leading and above.row_span > 1
                end = base + _empty_rows(piece, column)
            is_leading = is_leading and goes_on
            if is_cut or goes_on:
                yield replace(above, row_span=end - above.row)

    def _is_cut(self, rest: Sequence[str], heads: Mapping[int, CellSpan]) -> bool:
        """Whether the first row of a piece is the rest of the last row before the page.

        The proof is a text that ends in an open bracket or in 、, or lacks the 。 of its column.
        """
        above = [
            self.rows[self.edge[column].row][column] if column in self.edge else text
            for column, text in enumerate(self.rows[-1])
        ]
        if rest[0] or not above[0] or any(b and not a for a, b in zip(above, rest, strict=True)):
            return False
        wide = {column: span.col_span for column, span in self.edge.items() if span.col_span > 1}
        if wide != {c: span.col_span for c, span in heads.items() if span.col_span > 1}:
            return False
        return any(
            below and (_is_open(text) or self._lacks_stop(column, text))
            for column, (text, below) in enumerate(zip(above, rest, strict=True))
        )

    def _lacks_stop(self, column: int, text: str) -> bool:
        stops = self.stops[column]
        is_usual = stops >= FEWEST_STOPS and stops == self.texts[column] - 1
        return is_usual and text[-1:] not in STOPS


def _by_column(spans: Iterable[CellSpan]) -> dict[int, CellSpan]:
    return {c: span for span in spans for c in range(span.column, span.end_column)}


def _is_open(text: str) -> bool:
    return text[-1:] in GOES_ON or any(text.count(pair[0]) > text.count(pair[1]) for pair in PAIRS)


def _empty_rows(table: Table, column: int) -> int:
    """Count the rows at the beginning of a table whose own cell in a column is empty."""
    covered = table.span_of_places()
    empty = (not row[column] and (n, column) not in covered for n, row in enumerate(table.rows))
    return sum(1 for _ in takewhile(bool, empty))


def _is_continued_line(block: Block) -> bool:
    """Whether a block is only a line such as 续表."""
    if not isinstance(block, Paragraph) or block.kind not in ("paragraph", "caption"):
        return False
    return len(block.text) <= LONGEST_CONTINUED and bool(CONTINUED.fullmatch(block.text))


def _without_repeats(table: Table) -> Table:
    """Drop rows such as 续表, and repeats of the header: page edges without a blank line."""
    header = table.rows[0]
    dropped = {n for n, row in enumerate(table.rows) if n and _is_continued_row(row)}
    if table.spans:
        dropped |= repeats_of_head(table) | covered_rows(table)
    elif all(header):
        dropped |= {n for n, row in enumerate(table.rows) if n and same_row(header, row)}
    return without_rows(table, dropped)


def _is_continued_row(row: Sequence[str]) -> bool:
    """Whether a row has only a cell such as 续表."""
    return len(row) > 1 and bool(CONTINUED.fullmatch(row[0])) and not any(row[1:])


def _continues(above: _Growing, below: Table, *, is_marked: bool) -> bool:
    if len(above.rows[0]) != len(below.rows[0]):
        return False
    if (above.first.is_closed or below.is_closed) and not (is_marked or below.opens_page):
        return False
    if same_row(above.rows[0], below.rows[0]):
        return above.repeated_rows(below) > 0
    has_own_header = divided_depth(below) > 1 or "".join(below.rows[0][0].split()) in SERIAL_WORDS
    return not has_own_header
