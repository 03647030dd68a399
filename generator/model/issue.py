"""An issue (期) and its documents (公文), as the stages build them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from generator.language.document_numbers import DocumentNumber
from generator.language.head_parts import read_number_line
from generator.model.amendments import Amendment
from generator.model.blocks import Block, Citation, Lines, Paragraph, ParagraphKind, Table
from generator.model.pages import NO_PAPER, Page, PageMark, Paper
from generator.model.published import Reading
from generator.model.quick import quickly_made
from generator.model.sheets import Frame, Sheet, SheetKey, frames_of, inside
from generator.model.source import Source
from generator.model.validity import OwnTerm

Severity: TypeAlias = Literal["error", "warning", "info"]
# a paragraph by its anchor, or a cell by the anchor of its row and its column
TextPlace: TypeAlias = tuple[str, int | None]
Action: TypeAlias = Literal["任命", "免去"]
AttachmentKind: TypeAlias = Literal["annex", "transmitted"]
EntryPlace: TypeAlias = tuple[Lines, int]
OFFICE_ENDS = "长理席任"  # 市长, 总理, 主席, 主任


@quickly_made
@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One change between source and page: the text that a rule removed and the text it put in."""

    rule: str
    line: int
    before: str
    after: str
    clue: str = ""  # that decided it, where the rule has several
    at: int = -1  # of markup: its offset in the line; else unknown


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A place that an editor should look at.

    Where a likely reading is known, the first ``before`` in the first line, as that line is in the
    file, replaced by ``after`` gives the right line. It is for the editor: nothing is changed.
    """

    code: str
    severity: Severity
    lines: Lines
    message: str
    before: str = ""  # empty: no reading is known
    after: str = ""
    confidence: float | None = None  # how likely something is wrong here, from 0 to 1


@dataclass(frozen=True, slots=True)
class TocEntry:
    """An entry of the printed contents (目录)."""

    category: str
    title: str
    page: int | None
    lines: Lines
    nth: int = 0  # of several entries on the same lines

    @property
    def place(self) -> EntryPlace:
        """Where it stands: no two entries of an issue have the same place."""
        return self.lines, self.nth


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text after the document proper: an annex (附件) or the plan that a notice transmits."""

    kind: AttachmentKind
    title: str
    lines: Lines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Appointment:
    """One person's appointment or removal (任免)."""

    person: str
    action: Action
    organisation: str
    post: str
    remark: str  # 试用期一年
    line: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One agency that has a role in one task (责任分工)."""

    agency: str  # as printed
    agency_id: str  # its name in gazette.toml, else as printed
    role: str  # as printed: 牵头单位, 负责, 配合
    lead: bool  # it leads, by its role or by a note such as 排在第一位的为牵头单位
    task: str  # the unit's label, or the table's cell
    deadline: str  # the table's cell, as printed
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference inside a document: 本办法第三条, 前款, 附件2, or by a short name (以下简称)."""

    text: str
    anchor: str  # of the paragraph, or the row of a table, that contains the reference
    line: int
    target: str  # anchor of the provision, or of the short name's definition; empty if not found
    start: int  # offsets in the text of the paragraph or cell
    end: int
    cited: Citation | None = None  # the document that a short name stands for, or a provision is of
    # names of the cited document's provisions: of the one that the text names, then of those that a
    # range holds between its ends
    named: tuple[tuple[str, ...], ...] = ()
    by_name: bool = False  # named without 《》: it only counts if the archive holds that document
    column: int | None = None  # of the cell; None in a paragraph


@dataclass(frozen=True, slots=True)
class Document:
    """One official document (公文) of an issue."""

    id: str  # chuanfufa-2016-55, the last part of its address
    entry: TocEntry | None
    title: str
    number: DocumentNumber | None
    issuer: str
    type: str  # 文种 alone: 意见, not 实施意见
    date: str  # 2016-11-30, or empty
    lines: Lines
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    references: tuple[Reference, ...] = ()
    terms: tuple[OwnTerm, ...] = ()  # since when it is in force, until when, by its own words
    aliases: Mapping[str, str] = field(default_factory=dict)  # published anchor → present anchor
    amendments: tuple[Amendment, ...] = ()  # of other documents, in the order of the text
    unread_amendments: int = 0  # sentences that change something and were not read

    def map_blocks(self, change: Callable[[Block], Block]) -> Document:
        """Give the document with each block changed, in the order of the page."""
        return replace(
            self,
            blocks=tuple([change(block) for block in self.blocks]),
            attachments=tuple(
                [
                    replace(a, blocks=tuple([change(block) for block in a.blocks]))
                    for a in self.attachments
                ]
            ),
        )

    def all_blocks(self) -> Iterator[Block]:
        """Yield every block in the order of the page, attachments included."""
        yield from self.blocks
        for attachment in self.attachments:
            yield from attachment.blocks

    def first(self, kind: ParagraphKind) -> str:
        """Give the text of the document's first paragraph of a kind, outside attachments."""
        texts = (b.text for b in self.blocks if isinstance(b, Paragraph) and b.kind == kind)
        return next(texts, "")

    def texts_by_place(self) -> dict[TextPlace, str]:
        """Give the text of each paragraph and of each cell of a table."""
        texts: dict[TextPlace, str] = {}
        for block in self.all_blocks():
            if isinstance(block, Table):
                texts |= {(block.row_anchor(r), c): text for r, c, text in block.cells()}
            else:
                texts[block.anchor, None] = block.text
        return texts

    def references_by_place(self) -> dict[TextPlace, tuple[Reference, ...]]:
        """Group the references by the paragraph or cell that contains them."""
        found: dict[TextPlace, list[Reference]] = {}
        for reference in self.references:
            found.setdefault((reference.anchor, reference.column), []).append(reference)
        return {place: tuple(listed) for place, listed in found.items()}

    @property
    def addressees(self) -> str:
        """主送机关 without the colon."""
        named = self.first("addressees") or read_number_line(self.first("number"))[1]
        return named.rstrip("：: ")

    @property
    def signature(self) -> str:
        """发文机关署名; the names of several organs are joined by 、."""
        closing = [
            b for b in self.blocks if isinstance(b, Paragraph) and b.kind in ("signature", "date")
        ]
        texts = [b.text for b in closing if b.kind == "signature"]
        # 某某市人民政府　2016年1月5日: signature and date in one line
        dated = [b.text.rpartition("\u3000")[0] for b in closing if b.kind == "date"]
        parts = (text.split("\u3000") for text in [*texts, *filter(None, dated)])
        # 国务院　中央军委 are two organs; 总理　李克强 and 代市长　王 军 are an office and a name
        names = (
            "、".join(p)
            if all(len(n) > 2 for n in p) and p[0][-1:] not in OFFICE_ENDS
            else " ".join(p)
            for p in parts
        )
        return "、".join(dict.fromkeys(names))


NO_LINES = Lines(1, 0)


@dataclass(frozen=True, slots=True)
class Masthead:
    """刊头: the facts that the first lines print about the issue and its publisher."""

    title: str = ""
    year: int | None = None
    number: int | None = None
    total_number: int | None = None
    frequency: str = ""
    sponsor: str = ""
    sponsor_label: str = ""  # as printed: 主管, 主办
    publisher: str = ""
    publisher_label: str = ""  # as printed: 编辑出版, 编印
    address: str = ""
    postcode: str = ""
    phone: str = ""
    other: tuple[tuple[str, str], ...] = ()  # further labelled lines, as printed
    lines: Lines = NO_LINES


@dataclass(frozen=True, slots=True)
class Former:
    """A published id; its document has another id now, or was withdrawn."""

    id: str
    title: str
    to: str = ""  # present id of the document; empty if it was withdrawn
    anchors: Mapping[str, str] = field(default_factory=dict)  # changed: former → present, or empty
    why: str = ""  # reason of the withdrawal
    date: str = ""  # day of the withdrawal, if known
    entry: EntryPlace | None = None  # its entry in the contents, which stays after a withdrawal


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue (期) of a gazette."""

    source: Source
    masthead: Masthead
    contents: tuple[TocEntry, ...]
    documents: tuple[Document, ...]
    dividers: tuple[Paragraph, ...] = ()  # lines between documents: the name of a category
    ledger: tuple[LedgerEntry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    formers: tuple[Former, ...] = ()
    earlier: tuple[Reading, ...] = ()
    contents_made: bool = False  # of the titles: none are printed
    page_marks: tuple[PageMark, ...] = ()  # of engines
    paper: Paper = NO_PAPER  # the pages of lines, where page marks or layout.json tell them
    sheets: tuple[Sheet, ...] = ()  # in the order of the issue, with what their pictures cover

    @property
    def name(self) -> str:
        """<gazette>/<issue folder>."""
        return self.source.name

    def sheet_of(self, line: int, page: Page) -> SheetKey | None:
        """Give the sheet that a line is on; None if it is not known."""
        own = self.source.part_of(line)
        part = self.source.parts.index(own) + 1 if own else 0
        if page.sheet:
            return part, page.sheet
        keys = [s.key for s in self.sheets if s.printed == page.printed and s.key[0] == part]
        return keys[0] if page.printed and len(keys) == 1 else None

    def frames_of(self, lines: Iterable[int]) -> list[Frame]:
        """Give the areas of the sheets that some lines take, in the order of the text."""
        frames: list[Frame] = []
        for line in lines:
            for place in self.paper.places_of((line,)):
                box = inside(place.box) if place.box else None
                if box and (key := self.sheet_of(line, place.page)):
                    frames.append(Frame(key, box))
        return frames_of(frames)

    @property
    def folder(self) -> str:
        """The name of the issue folder alone: 2017-01."""
        return self.source.name.rpartition("/")[2]
