"""Issue and Links → the Markdown pages of an issue, readable, with official text escaped."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import TypeAlias

import jinja2

from generator.archive.nearby import STRENGTH
from generator.archive.registers import standard_page
from generator.archive.summary import citations_of, standards_of
from generator.language.dates import printed_date
from generator.model import (
    NO_MARK,
    OF_NAMES,
    UNCHANGED,
    Backlink,
    Correction,
    Document,
    Gazette,
    Issue,
    Links,
    Neighbour,
    Relation,
    Source,
    State,
    StateKind,
    StateMark,
    States,
    Summary,
    Table,
    TocEntry,
    document_url,
    mark_of,
)
from generator.model.published import Reading
from generator.render.amending import Revision, arranged_lines, changes_by, marks_of, revisions_of
from generator.render.escape import front_matter
from generator.render.issue_titles import issue_title
from generator.render.line_breaks import names_of
from generator.render.link_writer import (
    BY_TITLE,
    LATER,
    NAMESAKE,
    LinkWriter,
    page_address,
    url_from_issue,
    with_anchor,
)
from generator.render.pieces import document_pieces
from generator.render.printed_pages import first_page
from generator.render.printings import printed_elsewhere
from generator.render.sheet_places import PLACES, sheets_of
from generator.stages.history.keep import places_of
from generator.stages.parse import made_entry

# the relations, as the page of a cited document names them
CITED_BY: dict[Relation, str] = {
    "repeals": "废止本文",
    "amends": "修改、补充本文",
    "transmits": "印发、转发本文",
    "basis": "以本文为依据",
    "mentions": "提及本文",
    "self": "提及本文",
}
# the relations, as the page of a citing document names them
CITES: dict[Relation, str] = {
    "repeals": "废止",
    "amends": "修改、补充",
    "transmits": "印发、转发",
    "basis": "依据",
    "mentions": "提及",
    "self": "提及",
}


def own_title(issue: Issue) -> str:
    """Give the title by which readers know an issue, from its masthead."""
    masthead = issue.masthead
    return issue_title(issue.folder, masthead.year, masthead.number, masthead.total_number)


def summary_title(summary: Summary) -> str:
    """Give the title by which readers know an issue, from its summary."""
    folder = summary.name.rpartition("/")[2]
    return issue_title(folder, summary.year, summary.number, summary.total_number)


def issue_address(summary: Summary) -> str:
    """Give the address of an issue's cover, relative to the site's root."""
    return f"{summary.name}/index.html"


@dataclass(frozen=True, slots=True)
class EachPage(Container[object]):
    """Contains the name of every page: what to build when an issue is built as a whole."""

    def __contains__(self, name: object) -> bool:
        return True


ALL_PAGES = EachPage()
# the names of an issue's own pages, as the id of a document is the name of its page
COVER, CORRECTIONS = "index", "corrections"


def render(
    issue: Issue,
    gazette: Gazette,
    links: Links,
    environment: jinja2.Environment,
    wanted: Container[object] = ALL_PAGES,
) -> dict[PurePosixPath, str]:
    """Render an issue's pages: cover with contents, corrections, documents, former addresses.

    ``wanted`` has the names of the pages to render: COVER, ids of documents.

    1. Same input, same bytes: neither the clock nor the order of sets has an influence.
    2. Official text is escaped: a page shows the text of the model, in the same order.
    3. Links within the issue lead to .md files, others in the site to relative addresses.
    """
    names = names_of(gazette)
    common = {
        "gazette": gazette,
        "issue": issue,
        "issue_title": own_title(issue),
        "names": names,
    }
    pages: dict[PurePosixPath, str] = {}
    if COVER in wanted:
        pages[PurePosixPath(f"{COVER}.md")] = environment.get_template("issue.md.j2").render(
            **common,
            front_matter=front_matter({"page_kind": "issue"}),
            categories=_categories(issue, links.states),
        )
    if CORRECTIONS in wanted and has_corrections(issue):
        pages[PurePosixPath(f"{CORRECTIONS}.md")] = environment.get_template(
            "corrections.md.j2"
        ).render(
            **common,
            front_matter=front_matter({"page_kind": "register"}),
            corrections=_corrections(issue),
            of_names=OF_NAMES,
            earlier=_earlier(issue),
            withdrawn=[former for former in issue.formers if former.why],
        )
    by_id = {document.id: document for document in issue.documents}
    for former in issue.formers:
        if former.id not in wanted:
            continue
        pages[PurePosixPath(f"{former.id}.md")] = environment.get_template("former.md.j2").render(
            front_matter=front_matter({"page_kind": "former"}),
            former=former,
            target=by_id.get(former.to),
        )
    template = environment.get_template("document.md.j2")
    for place, document in enumerate(issue.documents):
        if document.id not in wanted:
            continue
        own = (issue.name, document.id)
        cited_by = links.cited_by.get(own, ())
        revisions = revisions_of(document, issue, links)
        pages |= _arranged(document, issue, revisions, environment)
        pages[PurePosixPath(f"{document.id}.md")] = template.render(
            **common,
            front_matter=front_matter(
                {
                    "page_kind": "document",
                    "document": {**_document_facts(document, issue, gazette), "place": place},
                    "state": _state(links.states.get(own), own),
                    **printed_elsewhere(document, issue.name, links),
                    **_neighbours(document, issue.name, links),
                }
            ),
            document=document,
            pieces=document_pieces(document, issue, links, names, marks_of(revisions)),
            changes=changes_by(document, issue.name, links),
            revisions=revisions,
            cited=_cited(document, issue.name, links),
            backlinks=_backlinks(cited_by, issue.name),
        )
    return pages


def _arranged(
    document: Document,
    issue: Issue,
    revisions: Sequence[Revision],
    environment: jinja2.Environment,
) -> dict[PurePosixPath, str]:
    """Render the text of a document as each decision changes it, a page for each decision."""
    template = environment.get_template("arranged.md.j2")
    applied: list[Revision] = []
    pages = {}
    for revision in revisions:
        if not revision.tree:
            break
        applied.append(revision)
        pages[PurePosixPath(f"{revision.arranged}.md")] = template.render(
            front_matter=front_matter({"page_kind": "arranged"}),
            document=document,
            issue=issue,
            revision=revision,
            earlier=applied[:-1],
            lines=arranged_lines(revision.tree),
        )
    return pages


def _document_facts(document: Document, issue: Issue, gazette: Gazette) -> dict[str, object]:
    entry = document.entry
    printed = entry.page if entry else None
    facts = {
        "id": document.id,
        "page": f"{issue.name}/{document.id}",  # as the page that compares documents asks for it
        "title": document.title,
        "number": str(document.number or ""),
        "issuer": document.issuer,
        "type": document.type,
        "addressees": document.addressees,
        "date": document.date,
        "category": entry.category if entry else "",
        "printed_page": printed or first_page(document, issue.paper),
        "scan": issue.source.scan_of(printed) or None,
        **_sheets(document, issue, gazette),
        "gazette": gazette.title,
        "issue": own_title(issue),
        **_lines(document, issue.source),
    }
    return {key: value for key, value in facts.items() if value not in ("", None)}


def _sheets(document: Document, issue: Issue, gazette: Gazette) -> dict[str, object]:
    """Give the first sheet of a document of which there is a picture, and its file of places."""
    sheets = [sheet for sheet in sheets_of(document, issue) if not sheet.is_withheld]
    if not sheets:
        return {}
    first = sheets[0]
    return {
        "sheet": first.large,
        "sheet_label": first.label,
        "places": f"{document.id}{PLACES}",
        "iiif": IIIF_FILE if gazette.homepage else "",
    }


def _lines(document: Document, source: Source) -> dict[str, str]:
    """Give the lines of a document, as counted in its file where the issue came in several."""
    part = source.part_of(document.lines.first)
    above = part.first - 1 if part else 0
    lines = f"{document.lines.first - above}-{document.lines.last - above}"
    return {"file": part.name, "lines": lines} if part else {"lines": lines}


def has_corrections(issue: Issue) -> bool:
    """Say whether an issue has a page of corrections, earlier readings and withdrawn documents."""
    withdrawn = any(former.why for former in issue.formers)
    return bool(issue.source.corrections or issue.earlier or withdrawn)


def _earlier(issue: Issue) -> list[tuple[Reading, Document, str]]:
    """List earlier readings, each with its document and the present text of the paragraph."""
    by_id = {document.id: document for document in issue.documents}
    now = {name: places_of(by_id[name]) for name in {r.document for r in issue.earlier}}
    return [
        (r, by_id[r.document], now[r.document].get(r.anchor, (0, ""))[1]) for r in issue.earlier
    ]


def _corrections(issue: Issue) -> list[tuple[Correction, str, Document | None, str]]:
    """List corrections, each with its line, the document and the anchor of its paragraph."""
    places: dict[int, tuple[Document, str]] = {}
    for document in issue.documents:
        for block in document.all_blocks():
            if isinstance(block, Table):
                lines = block.source_lines()
            else:
                lines = [number for _, number in block.breaks]
            places |= dict.fromkeys(lines, (document, block.anchor))
    source = issue.source
    return [
        (c, source.shown(c.line) if source.parts else str(c.line), *places.get(c.line, (None, "")))
        for c in source.corrections
    ]


IIIF_FILE = "manifest.json"  # the pictures of an issue for viewers of IIIF
UNLISTED = "印刷目录未列"  # heads the documents that an editor found beside the contents


_Entry: TypeAlias = "tuple[TocEntry, str, str, StateMark]"


def _categories(issue: Issue, states: States) -> list[tuple[str, list[_Entry]]]:
    """Group the contents by category: entry, id of its page, document number or 已撤下, state."""
    marks = {d.id: mark_of(states.get((issue.name, d.id))) for d in issue.documents}
    pages = {
        d.entry.place: (d.id, str(d.number or ""), marks[d.id]) for d in issue.documents if d.entry
    }
    pages |= {f.entry: (f.id, "已撤下", NO_MARK) for f in issue.formers if f.entry}
    listed = [
        (category, [(entry, *pages.get(entry.place, ("", "", NO_MARK))) for entry in group])
        for category, group in groupby(issue.contents, key=lambda entry: entry.category)
    ]
    unlisted = [
        (made_entry(d), d.id, str(d.number or ""), marks[d.id])
        for d in issue.documents
        if not d.entry
    ]
    return [*listed, (UNLISTED, unlisted)] if unlisted else listed


@dataclass(frozen=True, slots=True)
class CitedFact:
    """One work in the list of the works that a document cites."""

    name: str
    address: str
    state: str  # 其他网站 or 本站未收录; empty if the archive holds it
    notes: tuple[str, ...]
    anchor: str  # of the first paragraph that cites it


def _cited(document: Document, issue: str, links: Links) -> list[tuple[str, list[CitedFact]]]:
    """List the works that a document cites, each once, grouped by relation."""
    writer = LinkWriter(issue, document, links)
    listed: dict[str, tuple[Relation, CitedFact]] = {}
    for anchor, _, _, citation in citations_of(document):
        found = links.lookup(issue, document.id, citation)
        target = found.target
        if citation.nested or (target and (target.issue, target.document) == (issue, document.id)):
            continue
        number = str(citation.number or "")
        title = f"《{citation.title}》" if citation.title else ""
        held = f"《{target.title}》" if target and not title else ""
        notes = []
        if found.differs and target:
            notes.append(f"标题与文号不符：该文号是《{target.title}》")
        if found.by_title:
            notes.append(BY_TITLE)
        if found.namesake:
            notes.append(NAMESAKE)
        if found.later and target:
            notes.append(f"{LATER}（{target.date}）")
        state = "" if target else "其他网站" if found.elsewhere else "本站未收录"
        fact = CitedFact(
            f"{title or held}{number}", writer.citation_address(found), state, tuple(notes), anchor
        )
        listed.setdefault(f"{found.work} {found.differs}", (citation.relation, fact))
    standards = {
        one.id: CitedFact(
            f"《{one.title}》{one.name}" if one.title else one.name,
            f"../../standards/{standard_page(one.family)}.html#{one.id}", "", (), one.anchor,
        )
        for one in reversed(list(standards_of(document)))
    }  # fmt: skip
    # sorted() is stable: works of one relation keep the order of the text
    ranked = sorted(listed.values(), key=lambda item: STRENGTH.index(item[0]))
    groups = [
        (CITES[relation], [fact for _, fact in group])
        for relation, group in groupby(ranked, key=lambda item: item[0])
    ]
    return [*groups, ("标准", list(reversed(standards.values())))] if standards else groups


# what a note of a later document says, on the page of the document that it is about
SAYS: dict[StateKind, str] = {
    "repealed": "本文已被后来的文件废止",
    "suspended": "后来的文件停止、暂停执行本文",
    "partly-repealed": "后来的文件废止了本文的部分规定",
    "amended": "后来的文件修改、补充了本文或其部分条款",
    "superseded": "本站收有同一机关后来的同名文件",
    "expires": "后来的文件延长了本文的有效期",
}


OWN: tuple[StateKind, ...] = ("effective", "expires")  # what a document says of itself


def _state(state: State | None, place: tuple[str, str]) -> dict[str, object]:
    """Give what a page says of its document's validity: notes of later documents, its own terms.

    A document without notes is not called in force: the archive may lack the one that repeals it.
    """
    notes = state.notes if state else ()
    later = [
        {
            "kind": note.kind,
            "says": SAYS[note.kind],
            "name": note.name,
            "title": note.title,
            "date": note.date,
            "day": note.day,
            "printed": printed_date(note.day),
            "url": with_anchor(
                url_from_issue(document_url(note.issue, note.document)), note.anchor
            ),
            "sentence": note.sentence,
            "page": f"{note.issue}/{note.document}" if note.kind == "superseded" else "",
        }
        for note in notes
        if note.place != place or note.kind not in OWN
    ]
    terms = [
        {
            "kind": note.kind,
            "day": note.day,
            "printed": printed_date(note.day),
            "anchor": note.anchor,
            "sentence": note.sentence,
            # the clock decides only on the last day that no later document extends
            "decides": note.kind == "effective" or note.day == (state.ends if state else ""),
        }
        for note in notes
        if note.place == place and note.kind in OWN
    ]
    mark = mark_of(state)
    found = {
        "label": mark.label or UNCHANGED,
        "kind": mark.kind,
        "day": mark.day,
        "later": later,
        "terms": terms,
    }
    return {key: value for key, value in found.items() if value}


def _neighbours(document: Document, issue: str, links: Links) -> dict[str, object]:
    """Give the neighbours of a document, of which the page draws a picture."""
    around = links.neighbours.get((issue, document.id))
    if around is None:
        return {}
    sides = {"cites": around.cites, "cited_by": around.cited_by, "together": around.together}
    drawn = {side: [_neighbour(n, side) for n in near] for side, near in sides.items() if near}
    return {"neighbours": drawn} if drawn else {}


def _neighbour(neighbour: Neighbour, side: str) -> dict[str, object]:
    relation = {"cites": CITES, "cited_by": CITED_BY}.get(side, {}).get(neighbour.relation, "")
    return {
        "name": neighbour.label,
        "title": neighbour.title,
        "url": url_from_issue(neighbour.url),
        "state": neighbour.state,
        "relation": relation.removesuffix("本文"),
        "count": neighbour.count,
    }


@dataclass(frozen=True, slots=True)
class BacklinkFact:
    """One place that cites a document, ready for its page."""

    place: Backlink
    address: str
    parts: tuple[str, ...]  # anchors of this page that the place cites
    first_for: tuple[str, ...]  # those that no earlier place in the list cites


def _backlinks(places: Iterable[Backlink], issue: str) -> list[tuple[str, list[BacklinkFact]]]:
    """Group the places that cite a document by relation, each with its address."""
    ranked = sorted(
        places, key=lambda p: (STRENGTH.index(p.relation), p.date, p.issue, p.document, p.anchor)
    )
    seen: set[str] = set()
    facts: list[tuple[Relation, BacklinkFact]] = []
    for place in ranked:
        address = with_anchor(page_address(place.issue, place.document, issue), place.anchor)
        first = tuple(part for part in place.parts if part not in seen)
        seen |= set(first)
        facts.append((place.relation, BacklinkFact(place, address, place.parts, first)))
    return [
        (CITED_BY[relation], [fact for _, fact in group])
        for relation, group in groupby(facts, key=lambda fact: fact[0])
    ]
