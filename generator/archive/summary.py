"""Issue → Summary: the facts about one issue that other issues and the home site need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from generator.archive.fingerprints import fingerprint
from generator.archive.mentions import duties_of, mentions_of
from generator.archive.provision_tree import article_digests
from generator.language.event_days import act_moment, extended_until
from generator.language.standards import Standard, find_standards
from generator.language.validity import Events
from generator.model import (
    Citation,
    CitationFact,
    CitationKey,
    Document,
    DocumentFact,
    Issue,
    Mentions,
    NamedFact,
    Paper,
    Paragraph,
    Quote,
    Reference,
    RegisterName,
    StandardFact,
    Summary,
    Table,
    TextPlace,
    Units,
)
from generator.model.edits import line_at
from generator.model.provisions import provisions_of
from generator.runtime.patterns import lazy_regex
from generator.stages.citations import find_in_text
from generator.stages.citations.names import fold_name, is_name, names_of
from generator.stages.extract.validity import events_of

SENTENCE_END = lazy_regex(r"[。；！？]")
LONGEST_SENTENCE = 600  # characters kept on each side of a citation


def summarise(issue: Issue) -> Summary:
    """Reduce an issue to the facts that other issues and the home site need."""
    # of several former ids of a document, the last is the oldest (see freeze)
    first = {former.to: former.id for former in issue.formers if former.to}
    published = issue.source.published
    since = {name: d.since for name, d in published.documents.items()} if published else {}
    # a document that gets another id is not new
    since = {f.to: since[f.id] for f in issue.formers if f.to and f.id in since} | since
    citations = [fact for d in issue.documents for fact in _citations(d)]
    references = [fact for d in issue.documents for fact in _references(d)]
    quotes = tuple(quote for _, quote in (*citations, *references))
    return Summary(
        name=issue.name,
        year=issue.masthead.year,
        number=issue.masthead.number,
        total_number=issue.masthead.total_number,
        documents=tuple(
            _document(d, first.get(d.id, ""), since.get(d.id, "")) for d in issue.documents
        ),
        citations=tuple(replace(fact, quote=n) for n, (fact, _) in enumerate(citations)),
        references=tuple(
            replace(fact, quote=n) for n, (fact, _) in enumerate(references, len(citations))
        ),
        named=_named(mentions_of(issue)),
        duties=tuple(duty for d in issue.documents for duty in duties_of(d)),
        confirmed=tuple((c.code, c.line) for c in issue.source.confirmed),
        files=tuple((part.name, part.first) for part in issue.source.parts),
        gazette=issue.masthead.title,
        standards=tuple(fact for d in issue.documents for fact in standards_of(d)),
        quotes=quotes,
        fingerprints=tuple(map(fingerprint, issue.documents)),
        units=tuple(_units(d, issue.paper) for d in issue.documents),
    )


def _named(mentions: Mentions) -> tuple[NamedFact, ...]:
    found: dict[tuple[RegisterName, str], dict[str, int]] = {}
    for places in mentions.named:
        names = found.setdefault((places.register, places.document), {})
        names[places.name] = sum(len(numbers) for _, numbers in places.roles)
    return tuple(
        NamedFact(register, document, tuple(names), tuple(names.values()))
        for (register, document), names in found.items()
    )


def _units(document: Document, paper: Paper) -> Units:
    units = [
        block
        for block in document.all_blocks()
        if not isinstance(block, Table) and (block.ordinal or block.anchor[:1] in "af")
    ]
    printed = tuple(paper.page_at(unit.lines.first) for unit in units)
    return Units(
        tuple(unit.anchor for unit in units),
        tuple(provisions_of(document).names.items()),
        printed if any(printed) else (),
    )


def _document(document: Document, first_id: str, since: str) -> DocumentFact:
    plans = [a for a in document.attachments if a.kind == "transmitted" and a.title]
    titles = tuple(a.title for a in plans)
    return DocumentFact(
        id=document.id,
        title=document.title,
        number=str(document.number or ""),
        issuer=document.issuer,
        type=document.type,
        date=document.date,
        category=document.entry.category if document.entry else "",
        page=document.entry.page if document.entry else None,
        names=names_of(document.title, document.issuer, titles),
        plan=plans[0].blocks[0].anchor if plans and plans[0].blocks else "",
        plan_names=tuple(fold_name(t) for t in titles[:1] if is_name(t)),
        history=_history(document),
        first_id=first_id,
        since=since,
        line=_line(document),
        terms=document.terms,
        amendments=document.amendments,
        unread=document.unread_amendments,
        articles=article_digests(document),
    )


def _line(document: Document) -> int:
    """Give the line of a document's number; without one, its first line."""
    numbers = (b for b in document.blocks if isinstance(b, Paragraph) and b.kind == "number")
    return next((b.lines.first for b in numbers), document.lines.first)


def _history(document: Document) -> tuple[str, ...]:
    """List the numbers in the notes under a document's title (题注)."""
    notes = (b.text for b in document.blocks if isinstance(b, Paragraph) and b.kind == "history")
    numbers = (str(c.number) for note in notes for c in find_in_text(note) if c.number)
    return tuple(dict.fromkeys(numbers))


class Found(NamedTuple):
    """A citation and its place in the document."""

    anchor: str
    line: int
    text: str  # of the paragraph or the cell
    citation: Citation

    @property
    def printed(self) -> str:
        """The citation as printed."""
        return self.text[self.citation.start : self.citation.end]


def citations_of(document: Document) -> Iterator[Found]:
    """List the citations of a document in the order of its page, those in tables too."""
    for block in document.all_blocks():
        if isinstance(block, Table):
            for cell in block.citations:
                text = block.rows[cell.row][cell.column]
                anchor = block.row_anchor(cell.row)
                for citation in cell.citations:
                    line = block.line_at(cell.row, cell.column, citation.start)
                    yield Found(anchor, line, text, citation)
        else:
            for citation in block.citations:
                line = line_at(block.breaks, citation.start)
                yield Found(block.anchor, line, block.text, citation)


def _citations(document: Document) -> Iterator[tuple[CitationFact, Quote]]:
    begins = {term.day for term in document.terms if term.kind == "effective"}
    in_force: Events = {"effective": begins.pop()} if len(begins) == 1 else {}
    events: Events = {**events_of(document), **in_force}
    for found in citations_of(document):
        citation = found.citation
        pins = tuple(pin.anchors for pin in citation.pins)
        span = citation.start, citation.end
        fact = replace(_fact(document, found, pins), manner=citation.manner)
        quote = Quote(found.printed, _sentence(found.text, *span))
        yield replace(fact, day=_act_day(found, events)), quote


def standards_of(document: Document) -> Iterator[StandardFact]:
    """List the standards that a document cites, in the order of its page, those in tables too."""
    for block in document.all_blocks():
        if isinstance(block, Table):
            for row, cells in enumerate(block.rows):
                for column, text in enumerate(cells):
                    for one in find_standards(text):
                        line = block.line_at(row, column, one.start)
                        yield _standard(document, block.row_anchor(row), line, text, one)
        else:
            for one in find_standards(block.text):
                line = line_at(block.breaks, one.start)
                yield _standard(document, block.anchor, line, block.text, one)


def _standard(document: Document, anchor: str, line: int, text: str, one: Standard) -> StandardFact:
    sentence = _sentence(text, one.start, one.end)
    printed = text[one.start : one.end]
    return StandardFact(
        document.id, anchor, line, one.id, one.name, one.family, one.title, printed, sentence
    )


def _act_day(found: Found, events: Events) -> str:
    """Give the day since when a citation repeals or suspends, as its sentence says; else empty."""
    citation = found.citation
    if citation.relation != "repeals" and not citation.manner:
        return ""
    if citation.manner == "extended":
        return extended_until(found.text, citation.end)
    moment = act_moment(found.text, citation.start, citation.end)
    return moment.on(events) if moment else ""


def _references(document: Document) -> Iterator[tuple[CitationFact, Quote]]:
    """List the provisions that a document names by short names; those of one paragraph as one."""
    texts = document.texts_by_place()
    groups: dict[tuple[TextPlace, CitationKey], list[Reference]] = {}
    for reference in document.references:
        if reference.cited and reference.named:
            place = reference.anchor, reference.column
            groups.setdefault((place, reference.cited.key), []).append(reference)
    for (place, _), group in groups.items():
        first, text = group[0], texts[place]
        if first.cited:
            cited = replace(first.cited, start=first.start, end=first.end)
            # what a range holds stands before its end
            pins = tuple(named for r in group for named in (*r.named[1:], *r.named[:1]))
            found = Found(first.anchor, first.line, text, cited)
            quote = Quote(found.printed, _sentence(text, first.start, first.end))
            yield _fact(document, found, pins), quote


def _fact(document: Document, found: Found, pins: tuple[tuple[str, ...], ...]) -> CitationFact:
    citation = found.citation
    return CitationFact(
        document=document.id,
        anchor=found.anchor,
        line=found.line,
        title=citation.title,
        number=str(citation.number or ""),
        relation=citation.relation,
        work=citation.work,
        edition=citation.edition,
        nested=citation.nested,
        pins=pins,
        issuer=citation.issuer,
        dated=citation.dated,
    )


def _sentence(text: str, start: int, end: int) -> str:
    low = max(start - LONGEST_SENTENCE, 0)
    high = min(end + LONGEST_SENTENCE, len(text))
    ends = (m.end() for m in SENTENCE_END.finditer(text, low, start))
    after = SENTENCE_END.search(text, end, high)
    return text[max(ends, default=low) : after.end() if after else high].strip()
