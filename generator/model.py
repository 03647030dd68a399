"""The values that the stages hand on: frozen, and without behaviour beyond reading themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from generator.numbering import DocumentNumber

ParagraphKind: TypeAlias = Literal[
    "title",  # 标题, one block a printed line until normalize makes it one
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
]
Severity: TypeAlias = Literal["error", "warning", "info"]
Relation: TypeAlias = Literal["basis", "transmits", "repeals", "amends", "mentions", "self"]
Action: TypeAlias = Literal["任命", "免去"]
AttachmentKind: TypeAlias = Literal["annex", "transmitted"]


@dataclass(frozen=True, slots=True)
class Lines:
    """Where in issue.md something came from: line numbers from 1, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Gazette:
    """What gazette.toml says of a gazette (公报)."""

    id: str  # its folder's name, the first part of its addresses
    title: str
    place: str = ""
    homepage: str = ""  # public address of the site, for links out of a bundle
    contact: str = ""  # where readers report an error: an address or mailto:
    agencies: Mapping[str, str] = field(default_factory=dict)  # name as printed → name known by


@dataclass(frozen=True, slots=True)
class Correction:
    """One misprint that an editor repaired in issue.toml (勘误)."""

    line: int
    printed: str
    corrected: str
    why: str


@dataclass(frozen=True, slots=True)
class Scan:
    """Where the scan of the printed issue lies (issue.toml), so that readers can compare."""

    file: str  # scan.pdf, or pages/{page}.jpg with one file a page
    first: int  # the printed page that the file's first page shows

    def address(self, page: int) -> str:
        """Address of a printed page, relative to the issue's folder."""
        place = page - self.first + 1
        if "{page}" in self.file:
            return self.file.replace("{page}", str(page))
        return f"{self.file}#page={max(place, 1)}"


@dataclass(frozen=True, slots=True)
class Source:
    """An issue's text as received, decoded, with its corrections applied."""

    name: str  # <gazette>/<issue folder>, as in panzhihua/2017-01
    text: str
    path: str  # for messages
    file: str  # issue.md
    sha256: str  # of the file's bytes
    encoding: str
    corrections: tuple[Correction, ...] = ()
    scan: Scan | None = None
    lifted: tuple[int, ...] = ()  # lines whose mark of secrecy an editor lifted, with a reason
    files: tuple[str, ...] = ()  # pictures and scans in the issue's folder, relative to it
    received: str = ""  # the text before its corrections, where there are any

    @property
    def original(self) -> str:
        """The text as received, without corrections."""
        return self.received or self.text


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
class Mark:
    """Part of a text set lower or higher (PM₂.₅ keeps its text and gains ``sub``), or corrected."""

    kind: Literal["sub", "sup", "corrected"]
    start: int
    end: int
    note: str = ""  # of a correction: what was printed


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited by title or number (引用); ``paragraph.text[start:end]`` is as printed."""

    start: int
    end: int
    title: str
    number: DocumentNumber | None
    relation: Relation
    work: str  # address of the cited work, held or not: guofa-2016-13


@dataclass(frozen=True, slots=True)
class Heading:
    """A unit's heading that stands alone on its line."""

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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of any kind; with an ordinal it is a run-in unit, whose lead is its label."""

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
    image: str = ""  # of a picture: its file, relative to the issue's folder


@dataclass(frozen=True, slots=True)
class Table:
    """A table; rows[0] is the header, every row has the full count of columns."""

    rows: tuple[tuple[str, ...], ...]
    lines: Lines
    row_lines: tuple[int, ...]  # the source line of each row
    header_rows: int = 1
    anchor: str = ""


TextBlock: TypeAlias = Heading | Paragraph
Block: TypeAlias = Heading | Paragraph | Table


def with_text(
    block: TextBlock, text: str, breaks: tuple[tuple[int, int], ...], marks: tuple[Mark, ...]
) -> TextBlock:
    """Give a block that is not numbered yet another text (dataclasses.replace costs five times)."""
    if isinstance(block, Heading):
        return Heading(text, block.lines, breaks, marks=marks, hashes=block.hashes)
    kind, image = block.kind, block.image
    return Paragraph(text, block.lines, breaks, kind, marks=marks, hashes=block.hashes, image=image)


def with_number(
    block: TextBlock,
    anchor: str,
    ordinal: str = "",
    label: str = "",
    levels: tuple[int, int] = (0, 0),
) -> TextBlock:
    """Give a block its place in the outline (dataclasses.replace costs five times)."""
    text, lines, breaks = block.text, block.lines, block.breaks
    level, depth = levels
    cited, marks, hashes = block.citations, block.marks, block.hashes
    if isinstance(block, Heading):
        return Heading(
            text, lines, breaks, ordinal, label, level, depth, anchor, cited, marks, hashes
        )
    kind, image = block.kind, block.image
    return Paragraph(
        text, lines, breaks, kind, ordinal, label, level, depth, anchor, cited, marks, hashes, image
    )


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
    """A reference to a part of the same document: 本办法第三条, 附件2."""

    text: str
    anchor: str  # of the paragraph that refers
    line: int
    target: str  # anchor of the part; empty where the document has no such part


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

    @property
    def addressees(self) -> str:
        """主送机关 without the colon."""
        return self.first("addressees").rstrip("：: ")

    @property
    def signature(self) -> str:
        """发文机关署名; several organs are joined with 、."""
        texts = [b.text for b in self.blocks if isinstance(b, Paragraph) and b.kind == "signature"]
        parts = (text.split("\u3000") for text in texts)
        # 国务院　中央军委 are two organs, 总理　李克强 is an office and a name
        names = ("、".join(p) if all(len(n) > 2 for n in p) else " ".join(p) for p in parts)
        return "、".join(names)


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
    lines: Lines = Lines(1, 0)


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

    @property
    def name(self) -> str:
        """<gazette>/<issue folder>."""
        return self.source.name

    @property
    def folder(self) -> str:
        """The issue folder's own name: 2017-01."""
        return self.source.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class CitationFact:
    """What other issues need to know of one citation."""

    document: str  # the citing document's id
    anchor: str
    line: int
    text: str
    sentence: str
    title: str
    number: str
    relation: Relation
    work: str


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """What other issues need to know of one document."""

    id: str
    title: str
    number: str
    issuer: str
    type: str
    date: str
    category: str
    page: int | None
    names: tuple[str, ...]  # folded titles it goes by


@dataclass(frozen=True, slots=True)
class Summary:
    """What other issues, and the home site, need to know of one issue."""

    name: str
    year: int | None
    number: int | None
    total_number: int | None
    documents: tuple[DocumentFact, ...]
    citations: tuple[CitationFact, ...]
    appointments: tuple[tuple[str, Appointment], ...] = ()  # (document id, appointment)
    responsibilities: tuple[tuple[str, Responsibility], ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A document of the archive that a citation leads to."""

    issue: str
    document: str
    title: str
    number: str
    date: str

    @property
    def url(self) -> str:
        """Address relative to the site's root."""
        return f"{self.issue}/{self.document}.html"


@dataclass(frozen=True, slots=True)
class Backlink:
    """One place that cites a document."""

    issue: str
    document: str
    title: str
    number: str
    anchor: str
    text: str
    sentence: str
    relation: Relation

    @property
    def url(self) -> str:
        """Address of the citing document relative to the site's root."""
        return f"{self.issue}/{self.document}.html"


@dataclass(frozen=True, slots=True)
class Links:
    """How documents cite each other over all summaries; the only value that spans issues."""

    targets: Mapping[tuple[str, str], Target]  # (citing issue, work as cited) → document
    cited_by: Mapping[tuple[str, str], tuple[Backlink, ...]]  # (issue, document) → places
    aliases: Mapping[str, str] = field(default_factory=dict)  # work by title → by its number
    numbers: Mapping[str, str] = field(default_factory=dict)  # work → its number, where known

    def work(self, cited: str) -> str:
        """Where a work has its place: a title known with one number stands at the number."""
        return self.aliases.get(cited, cited)

    def target(self, issue: str, citation: Citation) -> Target | None:
        """Where a citation of an issue leads; None when the archive does not hold it."""
        return self.targets.get((issue, citation.work))
