"""issue.docx → text: read paragraphs with their printed numbers, tables and notes."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.content.intake.taken import Taken
from generator.content.intake.text import clean_line, finish
from generator.content.intake.word_chunks import chunk_blocks, kind_of
from generator.content.intake.word_losses import Losses, summary
from generator.content.intake.word_numbers import ListCounter, read_lists
from generator.content.intake.word_objects import in_reading_order
from generator.content.intake.word_office import docx_of
from generator.content.intake.word_package import (
    UNREADABLE,
    Budget,
    Package,
    open_bytes,
    open_package,
    unreadable,
)
from generator.content.intake.word_runs import LEFT_OUT, NOTES, PAGE, RunReader
from generator.content.intake.word_styles import Style, leads_to_page, read_styles
from generator.content.intake.word_tables import MOST_COLUMNS, Cell, table_block
from generator.content.intake.word_xml import (
    Node,
    R,
    W,
    attribute_of,
    chosen_alternative,
    is_on,
    name_of,
    nearest,
    number_of,
    words_of,
)
from generator.runtime.errors import SourceError
from generator.runtime.patterns import lazy_regex

log = logging.getLogger(__name__)

# a number with such an end, 一、 （一） 1., needs no blank before an ideograph
CLOSED = lazy_regex(r"[、，．.）)：:〕】]$")
NO_BLOCKS = LEFT_OUT | {"del", "drawing", "pict", "object"}
NO_ROWS = NO_BLOCKS | {"p", "tbl"}
RELATED = ("styles", "numbering", "footnotes", "endnotes")
DEEPEST_CHUNK = 3  # documents that are inserted in inserted ones
SMALL_CHUNK = 100_000  # bytes


def convert_docx(path: Path, handed_in: Path | None = None) -> Taken:
    """Convert a Word document into the text of issue.md; SourceError when it cannot be read.

    ``handed_in`` is the file that messages name, where the document was made from another one.

    1. Each paragraph is one line, with the number that Word prints before it.
    2. A row of a plain table is a line of cells with tabs between them. A table with merged cells,
       or with several paragraphs in a cell, is written as HTML in one line.
    3. Text boxes, inserted files and embedded sheets are in their places. Headers, footers and
       comments are left out; so are hidden, struck-out and deleted text, pictures and charts, which
       are kept as losses.
    """
    package = open_package(path)
    path = handed_in or path
    losses = Losses()
    try:
        read = list(_blocks_of(package, losses, Budget()))
        blocks, lost, formulas = losses.place(read)
    except UNREADABLE as error:
        raise unreadable(path, error) from error
    if lost:
        log.warning("%s: 没有转入：%s；需要的，请对照原件补入", path, summary(lost))
    return Taken(finish(blocks, path), losses=lost, formulas=formulas)


def _blocks_of(package: Package, losses: Losses, budget: Budget, depth: int = 0) -> Iterator[str]:
    """Read the blocks of a document, with the marks of what is lost."""
    names = {each.kind: each.name for each in package.related(package.main).values()}
    roots = {kind: package.root(name) for kind in RELATED if (name := names.get(kind, ""))}
    styles = read_styles(roots.get("styles"))
    notes: dict[tuple[str, str], Node] = {}
    for kind in NOTES.values():
        root = roots.get(f"{kind}s")
        for note in root.iterfind(W + kind) if root is not None else ():
            notes[kind, note.get(W + "id") or ""] = note
    runs = RunReader(package, styles, notes, losses, budget)
    counter = ListCounter(read_lists(roots.get("numbering"), styles))
    body = package.root(package.main).find(f"{W}body")
    if body is not None:
        yield from _WordReader(runs, counter, depth).read(body)


@dataclass(slots=True)
class _WordReader:
    """Reads the blocks of a document in order, because Word counts its numbers in this order."""

    runs: RunReader
    counter: ListCounter
    depth: int = 0
    pending: str = ""  # text of a paragraph without a printed end; the next one continues it

    def read(self, body: Node) -> Iterator[str]:
        """Give the blocks of the whole document."""
        yield from self.blocks(body)
        yield from _lines_of(self.pending, "", "\t", self.runs.losses.marks())

    def blocks(self, parent: Node) -> Iterator[str]:
        """Give paragraphs and tables, each followed by the notes that it refers to."""
        for node in parent:
            match name_of(node):
                case "p":
                    yield from self.paragraph(node)
                case "tbl":
                    yield from self.table(node)
                case "altChunk" | "subDoc":
                    yield from self.chunk(node)
                case "AlternateContent":
                    yield from self.blocks(chosen_alternative(node))
                case name if name not in NO_BLOCKS:
                    yield from self.blocks(node)
                case _:
                    continue
            while self.runs.waiting:
                yield self.runs.waiting.pop(0)

    def paragraph(self, node: Node) -> Iterator[str]:
        """Give a paragraph as one block, or as several if page breaks are inside it."""
        style = self.runs.style(node)
        text = self.text(node, style)
        yield from self.floating(is_above=True)
        if text is not None:
            leads = style.leads or leads_to_page(node)
            mark = "#" * style.heading + " " if style.heading else ""
            leader = " ..... " if leads else "\t"
            yield from _lines_of(text, mark, leader, self.runs.losses.marks())
        yield from self.floating(is_above=False)
        sheets, self.runs.sheets = self.runs.sheets, []
        for rows in sheets:
            yield table_block([[Cell([text] if text else []) for text in row] for row in rows])

    def floating(self, *, is_above: bool) -> Iterator[str]:
        """Give the text boxes that a paragraph holds, those above its text or the others."""
        chosen = [box for above, box in self.runs.boxes if above == is_above]
        self.runs.boxes = [each for each in self.runs.boxes if each[0] != is_above]
        others, self.runs.boxes = self.runs.boxes, []
        for box in in_reading_order(chosen):
            yield from self.blocks(box.content)
        self.runs.boxes = others

    def text(self, paragraph: Node, style: Style) -> str | None:
        """Give the text with its printed number; None when it belongs to the next paragraph."""
        text = self.pending + self.runs.text(paragraph, style)
        self.pending = ""
        # the end of the paragraph was deleted, moved away or hidden, or it is a large first letter
        hides = (
            _is_drop_cap(paragraph)
            or is_on(paragraph, "pPr/rPr/vanish")
            or (style.hides and not text.strip())
        )
        if hides or any(is_on(paragraph, f"pPr/rPr/{kind}") for kind in ("del", "moveFrom")):
            self.pending = text
            return None
        label, suffix = self.counter.label_of(paragraph, style)
        text = text.lstrip(" \t\u3000\xa0") if label else text
        return label + _gap(label, suffix, text) + text

    # ---- tables

    def table(self, node: Node) -> Iterator[str]:
        """Give a table as one block; a single column is a frame and gives its blocks."""
        around = self.runs.table
        self.runs.table = (
            self.runs.styles.get(attribute_of(node, "tblPr/tblStyle") or "-") or Style()
        )
        rows = [row for row in nearest(node, "tr", NO_ROWS) if not self.is_deleted(row)]
        cells = [list(nearest(row, "tc", NO_ROWS)) for row in rows]
        if all(len(row) <= 1 for row in cells):
            for cell in (cell for row in cells for cell in row):
                yield from self.blocks(cell)
        else:
            block = table_block(self.grid(rows))
            yield block + self.runs.losses.marks()
        self.runs.table = around

    def is_deleted(self, row: Node) -> bool:
        """Whether a row was deleted; then its words are kept as a loss."""
        if row.find(f"{W}trPr/{W}del") is None:
            return False
        self.runs.losses.lose("deleted", words_of(row, "t", "delText"))
        return True

    def grid(self, rows: list[Node]) -> list[list[Cell]]:
        """Give the cells of all rows, those that are merged into another one as well."""
        grid: list[list[Cell]] = []
        above: dict[int, int] = {}  # the width of the cell that begins at a column
        for row in rows:
            before = min(number_of(attribute_of(row, "trPr/gridBefore"), 0), MOST_COLUMNS)
            cells = [Cell(()) for _ in range(before)]
            begun: dict[int, int] = {}
            column = before
            for node in nearest(row, "tc", NO_ROWS):
                span = number_of(attribute_of(node, "tcPr/gridSpan"), 1)
                span = max(min(span, MOST_COLUMNS), 1)
                goes_down = _continues(node, "vMerge") and above.get(column) == span
                goes_on = _continues(node, "hMerge") and len(cells) > before
                lines = () if goes_down or goes_on else [*self.cell(node)]
                cells.append(Cell(lines, span, goes_down=goes_down, goes_on=goes_on))
                begun[column] = span
                column += span
            above = begun
            grid.append(cells)
        return grid

    def cell(self, parent: Node) -> Iterator[str]:
        """Give the lines of a cell: its paragraphs, with those of tables and boxes inside it."""
        for node in parent:
            match name_of(node):
                case "p":
                    text = self.text(node, self.runs.style(node))
                    boxes = in_reading_order([box for _, box in self.runs.boxes])
                    sheets = self.runs.sheets
                    self.runs.boxes, self.runs.sheets = [], []
                    if text is not None:
                        lines = [" ".join(line.split()) for line in re.split(r"[\n\f]", text)]
                        yield from filter(None, lines)
                        yield from filter(None, [self.runs.losses.marks()])
                    for box in boxes:
                        yield from self.cell(box.content)
                    yield from (text for rows in sheets for row in rows for text in row if text)
                case "tbl":
                    rows = [row for row in nearest(node, "tr", NO_ROWS) if not self.is_deleted(row)]
                    grid = self.grid(rows)
                    if any(len(row) > 1 for row in grid):
                        self.runs.losses.lose("nested")
                    yield from (line for row in grid for cell in row for line in cell.lines)
                    yield from filter(None, [self.runs.losses.marks()])
                case "altChunk" | "subDoc":
                    for block in self.chunk(node):
                        yield from filter(None, map(str.strip, block.split("\n")))
                case "AlternateContent":
                    yield from self.cell(chosen_alternative(node))
                case name if name not in NO_BLOCKS:
                    yield from self.cell(node)
                case _:
                    continue

    # ---- inserted files

    def chunk(self, node: Node) -> Iterator[str]:
        """Give the blocks of a file that is inserted in the document."""
        package = self.runs.package
        related = package.related(package.main).get(node.get(R + "id") or "")
        name = related.name if related else ""
        losses, budget = self.runs.losses, self.runs.budget
        fault = name.rpartition("/")[2] or "没有数据"
        # each counts as much as a small page, so that their number has a limit, too
        if not name or name == package.main or not budget.spend(package.size(name) + SMALL_CHUNK):
            losses.lose("part", fault)
            yield losses.marks()
            return
        try:
            data = package.bytes(name)
            kind = kind_of(data, name)
            if kind == "rtf" and (made := docx_of(data, ".rtf")):
                losses.lose("numbering", fault)
                data, kind = made, "docx"
            if kind == "docx" and self.depth < DEEPEST_CHUNK:
                inner = open_bytes(data, package.path)
                is_small = budget.spend(inner.size(inner.main))
                more = _blocks_of(inner, losses, budget, self.depth + 1) if is_small else ()
                blocks = list(more)
            else:
                blocks = list(chunk_blocks(data, name, losses))
        except (*UNREADABLE, SourceError):
            blocks = []
        if not any(blocks):
            losses.lose("part", fault)
        yield from blocks
        yield losses.marks()


def _is_drop_cap(paragraph: Node) -> bool:
    """Whether a paragraph is the large first character of the next one (首字下沉)."""
    return attribute_of(paragraph, "pPr/framePr", "dropCap") in ("drop", "margin")


def _continues(cell: Node, name: str) -> bool:
    """Whether a cell goes on with the merged one above it (vMerge) or before it (hMerge)."""
    merged = cell.find(f"{W}tcPr/{W}{name}")
    return merged is not None and merged.get(W + "val") != "restart"


def _gap(label: str, suffix: str, text: str) -> str:
    if not text or suffix == "nothing" or not label or label[-1].isspace():
        return ""
    return "" if CLOSED.search(label) and not text[0].isascii() else " "


def _lines_of(text: str, mark: str, leader: str, notes: str) -> Iterator[str]:
    """Split a text at page breaks; each page is a block that keeps its line breaks."""
    blocks = []
    for page in text.split(PAGE):
        lines = [line for each in page.split("\n") if (line := clean_line(each, leader))]
        if lines:
            blocks.append("  \n".join(mark + line for line in lines))
    yield from blocks[:-1]
    if notes or blocks:
        yield (blocks[-1] if blocks else "") + notes
