"""Blocks of text with their citations and marks: headings, paragraphs, tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.language.document_numbers import DocumentNumber
from generator.model.quick import quickly_made

ParagraphKind: TypeAlias = Literal[
    "title",  # 标题; each printed line is a block until normalize joins them
    "number",  # 发文字号
    "history",  # 题注: （1993年5月7日国务院发布）
    "addressees",  # 主送机关
    "paragraph",  # 正文
    "attachment_note",  # 附件说明, before the signature
    "signature",  # 发文机关署名
    "date",  # 成文日期
    "note",  # 附注: （此件公开发布）
    "footer",  # 版记: 抄送, 印发机关和印发日期
    "label",  # 附件1
    "picture",  # its text is the caption, its image the file
    "caption",  # 表题, printed over the table that is the next block
    "table_note",  # 表注, printed under the table
]
# what begins at a text by an editor's decision ([[decision]] in issue.toml)
Begins: TypeAlias = Literal[
    "document",
    "title",  # a line of the title of a document or attachment
    "attachment",
    "heading",
    "paragraph",
    "row",  # of a table
    "cell",
    "joined",  # nothing: the text continues the line before
    "furniture",  # nothing: the text belongs to the printed page
    "entry-without-document",  # an entry of the contents whose document is not printed
]
# what erred: the scan (扫描误认), or the print itself (原文印误)
CorrectionOf: TypeAlias = Literal["scan", "print"]
OF_NAMES: dict[CorrectionOf, str] = {"scan": "扫描误认", "print": "原文印误"}
# how a page says what stood there before
WAS: dict[CorrectionOf, str] = {"scan": "扫描文本作", "print": "原印作"}
Relation: TypeAlias = Literal["basis", "transmits", "repeals", "amends", "mentions", "self"]
# how a document repeals or amends another: some provisions alone are repealed (第三条同时废止), the
# whole is suspended (暂停执行), or its term is extended (有效期延长至2023年12月31日)
Manner: TypeAlias = Literal["", "partly", "suspended", "extended"]


@quickly_made
@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of issue.md that something came from: numbers from 1, both ends included."""

    first: int
    last: int


@quickly_made
@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text that is set lower or higher, or that was corrected.

    ``PM<sub>2.5</sub>`` → the text ``PM2.5`` with a mark ``sub`` on 2.5. A mark ``invisible`` has
    no length: it is the place of an invisible character that was removed.
    """

    kind: Literal["sub", "sup", "corrected", "invisible"]
    start: int
    end: int
    note: str = ""  # of a correction: the text before; of an invisible character: U+202E
    of: CorrectionOf = "scan"  # of a correction

    @property
    def was(self) -> str:
        """Say what a corrected text was before: 扫描文本作“己经”."""
        return f"{WAS[self.of]}“{self.note}”"


@quickly_made
@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a block is what it is: an editor's decision, or the names of the clues that decided."""

    decided: Begins | None = None
    clue: str = ""  # of its kind; empty where no clue speaks against plain text
    joins: tuple[tuple[int, str], ...] = ()  # (source line, clue that joined it to the text above)


NO_EVIDENCE = Evidence()


@dataclass(frozen=True, slots=True)
class Pin:
    """A provision that a citation names (第三条第（二）项); ``text[start:end]`` is as printed."""

    start: int
    end: int
    anchors: tuple[str, ...]  # in the cited document: the provision, then those that contain it


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited by title or number (引用); ``text[start:end]`` is as printed."""

    start: int
    end: int
    title: str
    number: DocumentNumber | None
    relation: Relation
    work: str  # address of the cited work, held or not: guofa-2016-13
    edition: str = ""  # the year of （2017年修订）
    nested: bool = False  # a title inside a title
    pins: tuple[Pin, ...] = ()
    issuer: str = ""  # the organ named before the title: 省政府《关于…的意见》
    dated: str = ""  # the year in which the cited text was issued, if the citing text names it
    manner: Manner = ""

    @property
    def key(self) -> CitationKey:
        """The values that decide the target: within a document, equal keys have one target."""
        repealed = self.dated if self.relation == "repeals" else ""
        return (
            str(self.number or ""),
            self.title,
            self.edition,
            self.issuer,
            repealed,
            self.relation,
        )


# number, title, edition, issuer, year of the repealed text, relation
CitationKey: TypeAlias = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class CellCitations:
    """The citations of one cell of a table."""

    row: int  # of Table.rows
    column: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CellMarks:
    """The places of removed invisible characters in one cell of a table."""

    row: int  # of Table.rows
    column: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class CellSpan:
    """A cell that was merged with its neighbours (合并单元格); its text is in the first of them.

    The other cells that it covers are empty in ``Table.rows``.
    """

    row: int  # of Table.rows: its first row
    column: int  # its first column
    row_span: int
    col_span: int

    @property
    def end_row(self) -> int:
        """The row after its last row."""
        return self.row + self.row_span

    @property
    def end_column(self) -> int:
        """The column after its last column."""
        return self.column + self.col_span

    def places(self) -> Iterator[tuple[int, int]]:
        """List the cells that it takes, itself first: (row, column)."""
        for row in range(self.row, self.end_row):
            for column in range(self.column, self.end_column):
                yield row, column


@dataclass(frozen=True, slots=True)
class CellLines:
    """The source lines of a cell that is not wholly on the line of its row."""

    row: int  # of Table.rows
    column: int
    breaks: tuple[tuple[int, int], ...]  # (offset in the cell, source line that begins there)


@quickly_made
@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a unit, on a line of its own."""

    text: str
    lines: Lines
    breaks: tuple[tuple[int, int], ...]  # (offset in text, source line that begins there)
    ordinal: str = ""  # （一）, as printed
    label: str = ""
    level: int = 0  # 1–4 from the ordinal's style; 0 without an ordinal
    depth: int = 0  # in the outline's tree, from 0; decides h2, h3 …
    anchor: str = ""
    citations: tuple[Citation, ...] = ()
    marks: tuple[Mark, ...] = ()
    hashes: int = 0  # the source's #, which say nothing about the level
    evidence: Evidence = NO_EVIDENCE


@quickly_made
@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of any kind; one with an ordinal is a run-in unit, named by its label."""

    text: str
    lines: Lines
    breaks: tuple[tuple[int, int], ...]
    kind: ParagraphKind = "paragraph"
    ordinal: str = ""
    label: str = ""
    level: int = 0
    depth: int = 0
    anchor: str = ""
    citations: tuple[Citation, ...] = ()
    marks: tuple[Mark, ...] = ()
    hashes: int = 0
    image: str = ""  # of a picture: its file, relative to the folder
    evidence: Evidence = NO_EVIDENCE
    is_item: bool = False  # of a list: Markdown's mark was removed, or a printed one stays
    opens_page: bool = False  # a page begins between the block above and this one


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first ``header_rows`` rows are the header, all rows have as many columns.

    A cell may hold several paragraphs, with a line end between them. The title of a table is the
    paragraph of the kind ``caption`` before it, its notes are those of the kind ``table_note``
    after it: so they have lines, marks, citations and anchors as any paragraph has.
    """

    rows: tuple[tuple[str, ...], ...]
    lines: Lines
    row_lines: tuple[int, ...]  # the source line of each row: of its first cell with a text
    header_rows: int = 1  # 0: a form, whose first row is no header
    anchor: str = ""
    citations: tuple[CellCitations, ...] = ()
    marks: tuple[CellMarks, ...] = ()
    spans: tuple[CellSpan, ...] = ()  # disjoint, inside the table, by row and column
    # only of cells with lines of their own, by row and column
    cell_lines: tuple[CellLines, ...] = ()
    # the source marks where the table ends, as HTML and pipes do: tables after each other are two
    is_closed: bool = False
    opens_page: bool = False  # a page begins between the block above and this table

    def row_anchor(self, row: int) -> str:
        """Give the anchor of a row: t1-r10 is the tenth after the header; see row_anchor."""
        return row_anchor(self.anchor, row, self.header_rows)

    def span_of_places(self) -> dict[tuple[int, int], CellSpan]:
        """Map the (row, column) of each merged cell, and of each cell that it covers, to it."""
        return {place: span for span in self.spans for place in span.places()}

    def cells(self) -> Iterator[tuple[int, int, str]]:
        """List the cells as printed: row, column, text; no cell that a merged one covers."""
        covered = {place for span in self.spans for place in span.places() if place != _first(span)}
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if (r, c) not in covered:
                    yield r, c, text

    def breaks_of_cells(self) -> dict[tuple[int, int], tuple[tuple[int, int], ...]]:
        """Map the (row, column) of each cell with lines of its own to its breaks."""
        return {(cell.row, cell.column): cell.breaks for cell in self.cell_lines}

    def line_at(self, row: int, column: int, offset: int) -> int:
        """Give the source line of an offset in a cell."""
        place = row, column
        n = bisect_left(self.cell_lines, place, key=lambda cell: (cell.row, cell.column))
        own = self.cell_lines[n : n + 1]
        if not own or (own[0].row, own[0].column) != place:
            return self.row_lines[row]
        breaks = own[0].breaks
        return breaks[max(bisect_right(breaks, offset, key=lambda b: b[0]) - 1, 0)][1]

    def source_lines(self) -> list[int]:
        """List the source lines that its rows and cells begin on, each once, in their order."""
        return sorted({*self.row_lines, *(n for c in self.cell_lines for _, n in c.breaks)})


def _first(span: CellSpan) -> tuple[int, int]:
    return span.row, span.column


def row_anchor(table: str, row: int, header_rows: int) -> str:
    """Give the anchor of a table's row; rows of the header have the anchor of the table."""
    number = row - header_rows + 1
    return f"{table}-r{number}" if number > 0 else table


TextBlock: TypeAlias = Heading | Paragraph
Block: TypeAlias = Heading | Paragraph | Table


def with_text(
    block: TextBlock, text: str, breaks: tuple[tuple[int, int], ...], marks: tuple[Mark, ...]
) -> TextBlock:
    """Replace the text of a block that has no number yet (dataclasses.replace takes twice as long).

    Ordinal, anchor and citations are empty afterwards.
    """
    b = block
    # without keywords, which take half of the time, here and below
    if isinstance(b, Heading):
        return Heading(
            text, b.lines, breaks, "", "", 0, 0, "", (), marks, b.hashes, b.evidence
        )  # fmt: skip
    return Paragraph(
        text, b.lines, breaks, b.kind, "", "", 0, 0, "", (), marks, b.hashes, b.image,
        b.evidence, b.is_item, b.opens_page,
    )  # fmt: skip


def with_number(
    block: TextBlock,
    anchor: str,
    ordinal: str = "",
    label: str = "",
    levels: tuple[int, int] = (0, 0),
) -> TextBlock:
    """Give a block its place in the outline (dataclasses.replace takes twice as long)."""
    b = block
    level, depth = levels
    if isinstance(b, Heading):
        return Heading(
            b.text, b.lines, b.breaks, ordinal, label, level, depth, anchor, b.citations, b.marks,
            b.hashes, b.evidence,
        )  # fmt: skip
    return Paragraph(
        b.text, b.lines, b.breaks, b.kind, ordinal, label, level, depth, anchor, b.citations,
        b.marks, b.hashes, b.image, b.evidence, b.is_item, b.opens_page,
    )  # fmt: skip
