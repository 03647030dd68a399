"""Issue and Links → Markdown pages: plain, readable, and safe from Markdown itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import jinja2
import yaml

from generator.model import (
    Backlink,
    Block,
    Citation,
    Correction,
    Document,
    Gazette,
    Heading,
    Issue,
    Links,
    Mark,
    Paragraph,
    Relation,
    Summary,
    Table,
    Target,
    TextBlock,
    TocEntry,
)
from generator.numbering import parse_ordinal
from generator.outline import split_label
from generator.registers import Subject, agencies, by_letter, people
from generator.works import Work, collect_works, page_of

SPECIAL = re.compile(r"[\\`*_{}\[\]]")
# at the beginning of a line: headings, lists, quotations, rules
LINE_START = re.compile(r"^(?P<sign>[#>+=-]|\d{1,9}(?=[.)](?:\s|$)))")
LEAD_LENGTH = 40  # a longer first sentence is no heading, however it is numbered
RELATIONS: dict[Relation, str] = {
    "basis": "以本文为依据",
    "transmits": "印发、转发本文",
    "repeals": "废止本文",
    "amends": "修改本文",
    "mentions": "提及本文",
    "self": "提及本文",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A block ready for the templates: escaped Markdown, and its attribute list."""

    kind: str
    markdown: str
    attributes: str
    hashes: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """What a list of issues says of one."""

    name: str
    title: str  # 2017年第1期（总第227期）
    year: str
    summary: Summary

    @property
    def url(self) -> str:
        """Address of the cover relative to the site's root."""
        return f"{self.name}/index.html"


def escape_markdown(text: str) -> str:
    r"""Escape a text so that Markdown and HTML show it as it is.

    ``1. *注* <b>`` → ``1\. \*注\* &lt;b>``
    """
    text = SPECIAL.sub(r"\\\g<0>", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    if found := LINE_START.match(text):
        sign, rest = found["sign"], text[found.end() :]
        if sign == ">":
            return f"&gt;{rest}"
        return f"{sign}\\{rest}" if sign.isdecimal() else f"\\{text}"
    return text


def escape_cell(text: str) -> str:
    """Escape a text for a cell of a table."""
    return escape_markdown(text).replace("|", "\\|")


def issue_title(folder: str, year: int | None, number: int | None, total: int | None) -> str:
    """Name an issue as readers do: 2017年第1期（总第227期）."""
    if year is None and number is None:
        return folder
    joint = re.fullmatch(r"\d{4}-0*(\d+)-0*(\d+)", folder)
    extra = re.fullmatch(r"\d{4}-z0*(\d+)", folder)
    issue = f"第{number}期" if number is not None else ""
    if joint:
        issue = f"第{joint[1]}—{joint[2]}期"
    elif extra:
        issue = f"增刊第{extra[1]}期"
    through = f"（总第{total}期）" if total else ""
    return f"{year}年{issue}{through}" if year else f"{issue}{through}"


def summary_facts(summary: Summary) -> IssueFacts:
    """Give what a list of issues says of one, from its summary."""
    folder = summary.name.rpartition("/")[2]
    title = issue_title(folder, summary.year, summary.number, summary.total_number)
    return IssueFacts(summary.name, title, str(summary.year or folder[:4]), summary)


def render(
    issue: Issue, gazette: Gazette, links: Links, templates: Path
) -> dict[PurePosixPath, str]:
    """Render an issue's pages: index.md (cover and contents) and one for each document.

    1. Same input, same bytes: no clock, no order of sets.
    2. Official text is escaped: what the page shows is what the model holds, in order.
    3. Links within the issue lead to .md files, others to addresses relative to the page.
    """
    environment = template_environment(templates)
    masthead = issue.masthead
    name = issue_title(issue.folder, masthead.year, masthead.number, masthead.total_number)
    common = {"gazette": gazette, "issue": issue, "issue_title": name}
    pages = {
        PurePosixPath("index.md"): environment.get_template("issue.md.j2").render(
            **common,
            front_matter=_front_matter({"page_kind": "issue"}),
            categories=_categories(issue),
        )
    }
    if issue.source.corrections:
        pages[PurePosixPath("corrections.md")] = environment.get_template(
            "corrections.md.j2"
        ).render(
            **common,
            front_matter=_front_matter({"page_kind": "register"}),
            corrections=_corrections(issue),
        )
    template = environment.get_template("document.md.j2")
    for document in issue.documents:
        cited_by = links.cited_by.get((issue.name, document.id), ())
        pages[PurePosixPath(f"{document.id}.md")] = template.render(
            **common,
            front_matter=_front_matter(
                {
                    "page_kind": "document",
                    "document": _document_facts(document, issue, gazette),
                }
            ),
            pieces=_pieces(document, issue, links),
            backlinks=_backlinks(cited_by, issue.name),
        )
    return pages


def render_home(
    gazettes: Sequence[Gazette],
    summaries: Sequence[Summary],
    links: Links,
    name: str,
    templates: Path,
) -> dict[PurePosixPath, str]:
    """Render the home site's pages: the archive, and each gazette's issues by year."""
    environment = template_environment(templates)
    issues = [summary_facts(summary) for summary in summaries]
    shelves = [
        (g, _by_year([i for i in issues if i.name.partition("/")[0] == g.id])) for g in gazettes
    ]
    titles = {gazette.id: gazette.title for gazette in gazettes}
    pages = _work_pages(collect_works(summaries, links), environment)
    for register in REGISTERS:
        pages |= _register_pages(register, register.read(summaries, titles), environment)
    latest = [(gazette, years[0][1][0]) for gazette, years in shelves if years]
    pages[PurePosixPath("index.md")] = environment.get_template("index.md.j2").render(
        front_matter=_front_matter({"page_kind": "home"}),
        name=name,
        shelves=shelves,
        latest=latest,
        registers=find_indexes(pages),
    )
    template = environment.get_template("gazette.md.j2")
    for gazette, years in shelves:
        pages[PurePosixPath(gazette.id, "index.md")] = template.render(
            front_matter=_front_matter({"page_kind": "gazette"}), gazette=gazette, years=years
        )
    return pages


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its folder, what it is called, and who reads it from the summaries."""

    folder: str
    title: str
    read: Callable[[Sequence[Summary], Mapping[str, str]], tuple[Subject, ...]]


REGISTERS = (
    Register("agencies", "责任单位索引", agencies),
    Register("people", "人事任免索引", people),
)


WORKS, WORKS_TITLE = "works", "引用文献索引"


def find_indexes(pages: Container[PurePosixPath]) -> list[tuple[str, str]]:
    """Name the indexes that are among the home site's pages: title and path, as listed there."""
    indexes = [(register.title, register.folder) for register in REGISTERS]
    indexes.append((WORKS_TITLE, WORKS))
    paths = ((title, PurePosixPath(folder, "index.md")) for title, folder in indexes)
    return [(title, str(path)) for title, path in paths if path in pages]


def _register_pages(
    register: Register, subjects: Sequence[Subject], environment: jinja2.Environment
) -> dict[PurePosixPath, str]:
    """Render a register: an index of names, and a page for each letter with what is said of them.

    A new issue changes the index and the letters that it adds to, and leaves the others alone.
    """
    if not subjects:
        return {}
    front_matter = _front_matter({"page_kind": "register"})
    letters = by_letter(subjects)
    names = Counter(subject.name for subject in subjects)
    # a short name says which gazette it is from only where two gazettes have it
    common = {
        "front_matter": front_matter,
        "register": register,
        "ambiguous": {name for name, count in names.items() if count > 1},
    }
    pages = {
        PurePosixPath(register.folder, "index.md"): environment.get_template(
            "register_index.md.j2"
        ).render(**common, letters=letters)
    }
    template = environment.get_template("register.md.j2")
    for letter, group in letters:
        path = PurePosixPath(register.folder, f"{letter}.md")
        pages[path] = template.render(**common, letter=letter, subjects=group)
    return pages


def _work_pages(works: Sequence[Work], environment: jinja2.Environment) -> dict[PurePosixPath, str]:
    """Render the cited works: an index, and a page for each issuer code and each letter."""
    if not works:
        return {}
    front_matter = _front_matter({"page_kind": "register"})
    groups = [
        (page, listed[0].group, listed)
        for page, group in groupby(works, key=lambda work: work.page)
        if (listed := list(group))
    ]
    pages = {
        PurePosixPath(WORKS, "index.md"): environment.get_template("works_index.md.j2").render(
            front_matter=front_matter, groups=groups
        )
    }
    template = environment.get_template("works.md.j2")
    for page, group, listed in groups:
        pages[PurePosixPath(WORKS, f"{page}.md")] = template.render(
            front_matter=front_matter, group=group, works=listed
        )
    return pages


def _by_year(issues: Sequence[IssueFacts]) -> list[tuple[str, list[IssueFacts]]]:
    """Issues of a gazette under their years, the newest first."""
    newest = list(reversed(issues))
    years = dict.fromkeys(issue.year for issue in newest)
    return [(year, [issue for issue in newest if issue.year == year]) for year in years]


def template_environment(templates: Path) -> jinja2.Environment:
    """Read the archive's own templates from a folder; those of HTML escape what they print."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(["html.j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = escape_markdown
    environment.filters["cell"] = escape_cell
    return environment


def _front_matter(facts: Mapping[str, object]) -> str:
    text: str = yaml.safe_dump(dict(facts), allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---\n"


def _document_facts(document: Document, issue: Issue, gazette: Gazette) -> dict[str, object]:
    entry, scan, masthead = document.entry, issue.source.scan, issue.masthead
    facts = {
        "id": document.id,
        "title": document.title,
        "number": str(document.number or ""),
        "issuer": document.issuer,
        "type": document.type,
        "addressees": document.addressees,
        "date": document.date,
        "category": entry.category if entry else "",
        "printed_page": entry.page if entry else None,
        "scan": scan.address(entry.page) if scan and entry and entry.page else None,
        "gazette": gazette.title,
        "issue": issue_title(issue.folder, masthead.year, masthead.number, masthead.total_number),
        "lines": f"{document.lines.first}-{document.lines.last}",
    }
    return {key: value for key, value in facts.items() if value not in ("", None)}


def _corrections(issue: Issue) -> list[tuple[Correction, Document | None, str]]:
    """List corrections, each with the document and the anchor of its paragraph."""
    places: dict[int, tuple[Document, str]] = {}
    for document in issue.documents:
        for block in document.all_blocks():
            lines = block.row_lines if isinstance(block, Table) else [n for _, n in block.breaks]
            places |= dict.fromkeys(lines, (document, block.anchor))
    return [(c, *places.get(c.line, (None, ""))) for c in issue.source.corrections]


def _categories(issue: Issue) -> list[tuple[str, list[tuple[TocEntry, Document | None]]]]:
    of_entry = {d.entry.lines: d for d in issue.documents if d.entry}
    return [
        (category, [(entry, of_entry.get(entry.lines)) for entry in group])
        for category, group in groupby(issue.contents, key=lambda entry: entry.category)
    ]


def _pieces(document: Document, issue: Issue, links: Links) -> list[Piece]:
    pieces = [_piece(_shown(block, issue), issue.name, links, 0) for block in document.blocks]
    for attachment in document.attachments:
        has_title = any(isinstance(b, Paragraph) and b.kind == "title" for b in attachment.blocks)
        below = 1 if has_title else 0  # units of an attachment stand under its title
        blocks = (_shown(block, issue) for block in attachment.blocks)
        pieces += [_piece(block, issue.name, links, below) for block in blocks]
    return pieces


def _shown(block: Block, issue: Issue) -> Block:
    """Leave the caption alone where a picture's file is missing."""
    if isinstance(block, Paragraph) and block.image and block.image not in issue.source.files:
        return replace(block, image="")
    return block


def _piece(block: Block, issue: str, links: Links, below: int) -> Piece:
    match block:
        case Table():
            rows = tuple(tuple(escape_cell(cell) for cell in row) for row in block.rows)
            header = f' header-rows="{block.header_rows}"' if block.header_rows > 1 else ""
            return Piece("table", "", f"{{: #{block.anchor}{header} }}", rows=rows)
        case Heading():
            hashes = "#" * min(2 + block.depth + below, 6)
            return Piece("heading", _inline(block, issue, links), f"{{: #{block.anchor} }}", hashes)
        case Paragraph():
            return _paragraph_piece(block, issue, links, below)


def _paragraph_piece(block: Paragraph, issue: str, links: Links, below: int) -> Piece:
    text = _inline(block, issue, links)
    if block.kind == "title":
        hashes = "##" if below else "#"
        extra = " .attachment-title" if below else ""
        return Piece("heading", text, f"{{: #{block.anchor}{extra} }}", hashes)
    if block.kind == "picture":
        image = f"![{text or '图'}]({quote(block.image)})" if block.image else ""
        return Piece("paragraph", f"{image} {text}".strip(), f"{{: #{block.anchor} .picture }}")
    if block.ordinal:
        lead = _lead(block)
        depth = min(block.depth + below, 4)
        run_in = f'.run-in lead="{lead}" depth="{depth}"'
        return Piece("paragraph", text, f"{{: #{block.anchor} {run_in} }}")
    kind = "" if block.kind == "paragraph" else f" .{block.kind.replace('_', '-')}"
    return Piece("paragraph", text, f"{{: #{block.anchor}{kind} }}")


def _lead(block: Paragraph) -> int:
    """How many characters open a unit like a heading; 0 where the unit is one whole sentence."""
    ordinal = parse_ordinal(block.text)
    if ordinal is None:
        return 0
    if ordinal.style == "article":
        return len(ordinal.text)
    _, end = split_label(block.text, ordinal)
    return end if end < len(block.text) and end <= LEAD_LENGTH else 0


def _inline(block: TextBlock, issue: str, links: Links) -> str:
    """Write a block's text as Markdown: escaped, with its links and its lowered or raised parts."""
    spans: list[tuple[int, int, str, str]] = []
    for citation in block.citations:
        target = links.target(issue, citation)
        inside = any(a <= citation.start < b for a, b, _, _ in spans)
        if not inside:
            link = _link(target, issue) if target else _work_link(citation, links)
            spans.append((citation.start, citation.end, "[", link))
    spans += [(m.start, m.end, *_signs(m)) for m in block.marks]
    if not spans:
        return escape_markdown(block.text)
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for start, end, before, after in sorted(spans, key=lambda span: (span[0], -span[1])):
        opening.setdefault(start, []).append(before)
        closing.setdefault(end, []).insert(0, after)
    cuts = sorted({0, len(block.text), *opening, *closing})
    parts: list[str] = []
    for start, end in zip(cuts, [*cuts[1:], len(block.text)], strict=True):
        parts += [*closing.get(start, ()), *opening.get(start, ())]
        piece = block.text[start:end]
        parts.append(escape_markdown(piece) if start == 0 else _escape_inside(piece))
    return "".join(parts)


def _signs(mark: Mark) -> tuple[str, str]:
    """Give what Markdown puts round a mark; a correction shows what was printed."""
    if mark.kind == "corrected":
        printed = re.sub(r'["{}\n]', "”", mark.note)
        return "*", f'*{{: .corrected title="原印作“{printed}”" }}'
    return f"<{mark.kind}>", f"</{mark.kind}>"


def _escape_inside(text: str) -> str:
    """Escape a text that does not begin its line."""
    return escape_markdown(f"\u4e00{text}")[1:]


def _link(target: Target, issue: str) -> str:
    about = " · ".join(part for part in (target.number, target.title, target.date) if part)
    # a straight quotation mark would end the link's title
    title = _escape_inside(about).replace('"', "”")
    return f']({_address(target.issue, target.document, issue)} "{title}")'


def _work_link(citation: Citation, links: Links) -> str:
    """Link a document that the archive does not hold to its place among the cited works."""
    work = links.work(citation.work)
    number = links.numbers.get(work, str(citation.number or ""))
    return f'](../../works/{page_of(work, number)}.html#{work}){{: .not-held title="本站未收录" }}'


def _address(issue: str, document: str, page_issue: str) -> str:
    """Address of a document's page from a page of an issue."""
    if issue == page_issue:
        return f"{document}.md"
    gazette, _, folder = issue.partition("/")
    if gazette == page_issue.partition("/")[0]:
        return f"../{folder}/{document}.html"
    return f"../../{issue}/{document}.html"


def _backlinks(
    places: Iterable[Backlink], issue: str
) -> list[tuple[str, list[tuple[Backlink, str]]]]:
    """Places that cite a document, grouped by relation, each with its address."""
    order = list(RELATIONS)
    ranked = sorted(places, key=lambda p: (order.index(p.relation), p.issue, p.document, p.anchor))
    return [
        (
            RELATIONS[relation],
            [(p, f"{_address(p.issue, p.document, issue)}#{p.anchor}") for p in group],
        )
        for relation, group in groupby(ranked, key=lambda place: place.relation)
    ]
