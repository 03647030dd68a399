"""An issue (期) and its documents (公文), as the stages build them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from generator.language.document_numbers import DocumentNumber, read_number_line
from generator.model.blocks import Block, Citation, Lines, Paragraph, ParagraphKind
from generator.model.published import Reading
from generator.model.source import Source

Severity: TypeAlias = Literal["error", "warning", "info"]
Action: TypeAlias = Literal["任命", "免去"]
AttachmentKind: TypeAlias = Literal["annex", "transmitted"]
OFFICE_ENDS = "长理席任"  # 市长, 总理, 主席, 主任


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One change between source and page: what a rule took out and what it put in."""

    rule: str
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something an editor should look at."""

    code: str
    severity: Severity
    lines: Lines
    message: str


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A line of the printed contents (目录)."""

    category: str
    title: str
    page: int | None
    lines: Lines


@dataclass(frozen=True, slots=True)
class Attachment:
    """What follows the document proper: an annex (附件) or the plan that a notice transmits."""

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
    """One agency named for one task (责任分工)."""

    agency: str  # as printed
    agency_id: str  # the name that gazette.toml knows it by
    role: str  # as printed: 牵头单位, 负责, 配合
    lead: bool  # says the role, or a note such as 排在第一位的为牵头单位
    task: str  # the unit's label, or the table's cell
    deadline: str  # the table's cell, as printed
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference inside a document: 本办法第三条, 前款, 附件2, or by a short name (以下简称)."""

    text: str
    anchor: str  # of the paragraph that refers
    line: int
    target: str  # anchor of the part, or of the name's definition; empty where there is no such
    start: int  # offsets in the paragraph's text
    end: int
    cited: Citation | None = None  # what a short name stands for


@dataclass(frozen=True, slots=True)
class Document:
    """One official document (公文) of an issue."""

    id: str  # chuanfufa-2016-55, the last part of its address
    entry: TocEntry | None
    title: str
    number: DocumentNumber | None
    issuer: str
    type: str  # 文种, bare: 意见, not 实施意见
    date: str  # 2016-11-30, or empty
    lines: Lines
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    references: tuple[Reference, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)  # published anchor → the one of today

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
        """Every block in the order of the page, attachments included."""
        yield from self.blocks
        for attachment in self.attachments:
            yield from attachment.blocks

    def first(self, kind: ParagraphKind) -> str:
        """Text of the document's own first paragraph of a kind, attachments left aside."""
        texts = (b.text for b in self.blocks if isinstance(b, Paragraph) and b.kind == kind)
        return next(texts, "")

    def references_by_anchor(self) -> dict[str, tuple[Reference, ...]]:
        """Give the references of each paragraph that has some, by its anchor."""
        found: dict[str, list[Reference]] = {}
        for reference in self.references:
            found.setdefault(reference.anchor, []).append(reference)
        return {anchor: tuple(listed) for anchor, listed in found.items()}

    @property
    def addressees(self) -> str:
        """主送机关 without the colon."""
        named = self.first("addressees") or read_number_line(self.first("number"))[1]
        return named.rstrip("：: ")

    @property
    def signature(self) -> str:
        """发文机关署名; several organs are joined with 、."""
        closing = [b for b in self.blocks if isinstance(b, Paragraph)]
        texts = [b.text for b in closing if b.kind == "signature"]
        # 某某市人民政府　2016年1月5日, in one line
        dated = [b.text.rpartition("\u3000")[0] for b in closing if b.kind == "date"]
        parts = (text.split("\u3000") for text in [*texts, *filter(None, dated)])
        # 国务院　中央军委 are two organs, 总理　李克强 and 代市长　王 军 an office and a name
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
    """刊头: what the first lines say of the issue and who makes it."""

    title: str = ""
    year: int | None = None
    number: int | None = None
    total_number: int | None = None
    frequency: str = ""
    sponsor: str = ""
    publisher: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    other: tuple[tuple[str, str], ...] = ()  # further labelled lines, as printed
    lines: Lines = NO_LINES


@dataclass(frozen=True, slots=True)
class Former:
    """An id that was published: its document has another one now, or was withdrawn."""

    id: str
    title: str
    to: str = ""  # id of the document; empty where it was withdrawn
    anchors: Mapping[str, str] = field(default_factory=dict)  # those that are others now
    why: str = ""  # it was withdrawn
    date: str = ""  # on which day, where that is known
    entry: Lines | None = None  # of the contents, which still name what was withdrawn


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue (期) of a gazette."""

    source: Source
    masthead: Masthead
    contents: tuple[TocEntry, ...]
    documents: tuple[Document, ...]
    dividers: tuple[Paragraph, ...] = ()  # lines of no document: a category's name between two
    ledger: tuple[LedgerEntry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    formers: tuple[Former, ...] = ()
    earlier: tuple[Reading, ...] = ()
    contents_made: bool = False  # of the titles: none are printed

    @property
    def name(self) -> str:
        """<gazette>/<issue folder>."""
        return self.source.name

    @property
    def folder(self) -> str:
        """The issue folder's own name: 2017-01."""
        return self.source.name.rpartition("/")[2]
