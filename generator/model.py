"""The values that the stages hand on: frozen, and without behaviour beyond reading themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, TypeAlias
from urllib.parse import quote

from generator.numbering import DocumentNumber, read_number_line
from generator.published import Published, Reading

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
RegisterName: TypeAlias = Literal["agencies", "people"]
AttachmentKind: TypeAlias = Literal["annex", "transmitted"]


@dataclass(frozen=True, slots=True)
class Lines:
    """Where in issue.md something came from: line numbers from 1, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A document that another site publishes: an inventory or gazette.toml gives its address."""

    url: str
    title: str
    number: str
    site: str = ""  # what the other site calls itself
    names: tuple[str, ...] = ()  # folded titles that the other site knows it by


@dataclass(frozen=True, slots=True)
class Inventory:
    """The inventory of another site, as gazette.toml names it: its register.json."""

    site: str  # public address of the other site, which the addresses in it start from
    file: str  # the copy in the gazette's folder
    source: str  # where gazette fetch copies it from: an address or a file


@dataclass(frozen=True, slots=True)
class Host:
    """Who publishes the site, as the norms for government sites name it; empty where unknown."""

    site: str = ""  # 网站名称
    domain: str = ""  # 网站域名
    code: str = ""  # 网站标识码
    column: str = ""  # 栏目名称
    organ: str = ""  # 主办单位
    phone: str = ""  # 联系电话
    icp: str = ""  # ICP备案号
    police: str = ""  # 公安备案号


OFFICE_ENDS = "长理席任"  # 市长, 总理, 主席, 主任


@dataclass(frozen=True, slots=True)
class Gazette:
    """What gazette.toml says of a gazette (公报)."""

    id: str  # its folder's name, the first part of its addresses
    title: str
    place: str = ""
    homepage: str = ""  # public address of the site, for links out of a bundle
    contact: str = ""  # where readers report an error: an address or mailto:
    agencies: Mapping[str, str] = field(default_factory=dict)  # name as printed → name known by
    addresses: tuple[Elsewhere, ...] = ()  # of documents that other sites publish
    inventories: tuple[Inventory, ...] = ()
    host: Host = Host()


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
        if "{page}" in self.file:
            return quote(self.name(page))
        return f"{quote(self.file)}#page={max(page - self.first + 1, 1)}"

    def name(self, page: int) -> str:
        """Name the file that shows a printed page."""
        return self.file.replace("{page}", str(page))


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A document that an editor took off the site (issue.toml), and why."""

    id: str
    why: str
    line: int  # of issue.toml


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
    published: Published | None = None
    withdrawn: tuple[Withdrawal, ...] = ()
    withheld: tuple[tuple[str, str], ...] = ()  # document, anchor: earlier readings not shown

    @property
    def original(self) -> str:
        """The text as received, without corrections."""
        return self.received or self.text

    @property
    def facts_path(self) -> str:
        """Path of the issue's issue.toml, there or not, for messages."""
        return f"{self.path.rpartition('/')[0]}/issue.toml"

    def scan_of(self, page: int | None) -> str:
        """Address of the scan of a printed page, from the issue's folder; empty for none here."""
        if self.scan is None or not page or self.scan.name(page) not in self.files:
            return ""
        return self.scan.address(page)

    @property
    def withdrawn_ids(self) -> frozenset[str]:
        """The ids of documents that are not to be published."""
        return frozenset(w.id for w in self.withdrawn)


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
    """Part of a text set lower or higher (PM₂.₅ keeps its text and gains ``sub``), or corrected.

    Or, of no length, the place of a sign that nobody sees, which was taken out.
    """

    kind: Literal["sub", "sup", "corrected", "invisible"]
    start: int
    end: int
    note: str = ""  # of a correction: what was printed; of a sign: U+202E


@dataclass(frozen=True, slots=True)
class Pin:
    """A part that a citation names (第三条第（二）项); ``text[start:end]`` is as printed."""

    start: int
    end: int
    anchors: tuple[str, ...]  # in the cited document: the exact one first, then what holds it


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
    issuer: str = ""  # named in front of the title: 省政府《关于…的意见》
    dated: str = ""  # the year in which the text that is meant was issued, where that is said

    @property
    def key(self) -> CitationKey:
        """What decides where it leads: all citations of a document with one key lead there."""
        repealed = self.dated if self.relation == "repeals" else ""
        return (
            str(self.number or ""),
            self.title,
            self.edition,
            self.issuer,
            repealed,
            self.relation,
        )


# number, title, edition, issuer, year of what is repealed, relation
CitationKey: TypeAlias = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class CellCitations:
    """The citations of one cell of a table."""

    row: int  # of Table.rows
    column: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CellMarks:
    """The places of signs that nobody sees in one cell of a table."""

    row: int  # of Table.rows
    column: int
    marks: tuple[Mark, ...]


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
    citations: tuple[CellCitations, ...] = ()
    marks: tuple[CellMarks, ...] = ()

    def row_anchor(self, row: int) -> str:
        """Anchor of a row: t1-r10 is the tenth after the header, whose anchor is the table's."""
        return row_anchor(self.anchor, row, self.header_rows)


def row_anchor(table: str, row: int, header_rows: int) -> str:
    """Anchor of a table's row; that of the table for the rows of its header."""
    number = row - header_rows + 1
    return f"{table}-r{number}" if number > 0 else table


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
    edition: str = ""
    nested: bool = False
    pins: tuple[tuple[str, ...], ...] = ()  # anchors of the parts it names
    issuer: str = ""
    dated: str = ""

    @property
    def key(self) -> CitationKey:
        """See Citation.key."""
        dated = self.dated if self.relation == "repeals" else ""
        number = self.number
        return number, self.title, self.edition, self.issuer, dated, self.relation


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
    plan: str = ""  # anchor of the plan it transmits: f1
    plan_names: tuple[str, ...] = ()  # folded titles that name the plan alone
    anchors: str = ""  # of its units, parted by blanks
    first_id: str = ""  # that it was published under, where it was another one


@dataclass(frozen=True, slots=True)
class NamedFact:
    """Whom of those that a register lists a document names, and in how many places each.

    There are hundreds of names an issue, and all issues are held at once: they are one text.
    """

    register: RegisterName
    document: str
    names: str  # a line for each; an agency's as gazette.toml knows it
    counts: tuple[int, ...]

    def each(self) -> Iterator[tuple[str, int]]:
        """Give the names, and in how many places each stands."""
        return zip(self.names.split("\n"), self.counts, strict=True)


class DutyFact(NamedTuple):
    """A task whose deadline names days, and who must do it in one role; flat, as Said is."""

    document: str
    anchor: str
    task: str  # its beginning
    deadline: str  # as printed
    days: str  # a line for each, as Due.__str__ writes it
    role: str
    agencies: str  # a line for each, as gazette.toml knows it


class Said(NamedTuple):
    """What one paragraph or row says of someone; a tuple, for there are hundreds an issue."""

    anchor: str
    text: str  # a post, or the beginning of a task
    note: str  # a deadline


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """Where a document names someone: under each role, numbers of what is said."""

    register: RegisterName
    document: str
    name: str
    roles: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that an issue says of those whom registers list; only their own pages ask for it."""

    said: tuple[Said, ...]
    named: tuple[NamedPlaces, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What other issues, and the home site, need to know of one issue."""

    name: str
    year: int | None
    number: int | None
    total_number: int | None
    documents: tuple[DocumentFact, ...]
    citations: tuple[CitationFact, ...]
    named: tuple[NamedFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()


def document_url(issue: str, document: str) -> str:
    """Address of a document's page relative to the site's root."""
    return f"{issue}/{document}.html"


@dataclass(frozen=True, slots=True)
class Target:
    """A document of the archive that a citation leads to."""

    issue: str
    document: str
    title: str
    number: str
    date: str
    anchor: str = ""  # of the plan, where its name was cited and not the notice's

    @property
    def url(self) -> str:
        """Address relative to the site's root."""
        return document_url(self.issue, self.document)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a citation leads: to a document held, to one elsewhere, always to the work's entry."""

    work: str  # guofa-2016-13
    page: str  # works/<page>.html: guofa, or title-g
    number: str = ""  # of the work, where it is known
    target: Target | None = None
    elsewhere: Elsewhere | None = None
    differs: bool = False  # the number decided, and the title cited is not the document's
    later: bool = False  # the text held is younger than the document that cites it
    # anchors a citation names (Pin.anchors) → the one that the target has
    parts: Mapping[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def entry(self) -> str:
        """Address of the work's entry relative to the site's root."""
        return f"works/{self.page}.html#{self.work}"


@dataclass(frozen=True, slots=True)
class Backlink:
    """One place that cites a document."""

    issue: str
    document: str
    title: str
    number: str
    date: str
    anchor: str
    text: str
    sentence: str
    relation: Relation
    parts: tuple[str, ...] = ()  # anchors of the cited document that it names

    @classmethod
    def of(
        cls,
        issue: str,
        document: DocumentFact,
        citation: CitationFact,
        parts: tuple[str, ...] = (),
    ) -> Backlink:
        """Make one of a citation and the document that it stands in."""
        return cls(
            issue,
            document.id,
            document.title,
            document.number,
            document.date,
            citation.anchor,
            citation.text,
            citation.sentence,
            citation.relation,
            parts,
        )

    @property
    def url(self) -> str:
        """Address of the citing document relative to the site's root."""
        return document_url(self.issue, self.document)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document near another one: it cites it, is cited by it, or is cited together with it."""

    label: str  # its number, else its title
    title: str
    url: str  # relative to the site's root, or of another site
    state: Literal["held", "elsewhere", "not-held"]
    relation: Relation
    count: int = 1


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The documents around one, those with the most ties first."""

    cites: tuple[Neighbour, ...] = ()
    cited_by: tuple[Neighbour, ...] = ()
    together: tuple[Neighbour, ...] = ()  # cited by the same documents


@dataclass(frozen=True, slots=True)
class Links:
    """How documents cite each other over all summaries; the only value that spans issues."""

    resolved: Mapping[tuple[str, str, CitationKey], Resolved] = field(default_factory=dict)
    cited_by: Mapping[tuple[str, str], tuple[Backlink, ...]] = field(default_factory=dict)
    neighbours: Mapping[tuple[str, str], Neighbourhood] = field(default_factory=dict)
    diagnostics: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)

    def lookup(self, issue: str, document: str, citation: Citation | CitationFact) -> Resolved:
        """Where a citation of a document leads."""
        return self.resolved[issue, document, citation.key]

    def part(self) -> dict[str, Links]:
        """Part the links by the issue whose pages show them, so that none carries the archive's."""
        resolved: dict[str, dict[tuple[str, str, CitationKey], Resolved]] = {}
        cited_by: dict[str, dict[tuple[str, str], tuple[Backlink, ...]]] = {}
        neighbours: dict[str, dict[tuple[str, str], Neighbourhood]] = {}
        for citation, found in self.resolved.items():
            resolved.setdefault(citation[0], {})[citation] = found
        for document, places in self.cited_by.items():
            cited_by.setdefault(document[0], {})[document] = places
        for document, near in self.neighbours.items():
            neighbours.setdefault(document[0], {})[document] = near
        names = resolved.keys() | cited_by.keys() | neighbours.keys() | self.diagnostics.keys()
        return {
            name: Links(
                resolved.get(name, {}),
                cited_by.get(name, {}),
                neighbours.get(name, {}),
                {name: self.diagnostics.get(name, ())},
            )
            for name in sorted(names)
        }
