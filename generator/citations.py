"""Citations: find them in an issue, summarise it, resolve them over all issues.

The order is eyecite's: clean (normalize), find, resolve, annotate (render).
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from generator.edits import line_at
from generator.model import (
    Backlink,
    Block,
    Citation,
    CitationFact,
    Document,
    DocumentFact,
    Heading,
    Issue,
    Links,
    Paragraph,
    Relation,
    Summary,
    Table,
    Target,
    TextBlock,
)
from generator.numbering import DocumentNumber
from generator.parse.lines import fold_title
from generator.patterns import (
    BARE_TYPE,
    CODE_LEAD,
    INNER_TITLE,
    PATTERNS,
    SHORT_NAME,
    is_document_title,
)
from generator.pinyin import number_id, romanise

# kinds of blocks that name the document itself or are no text of it
SILENT = frozenset({"title", "number", "signature", "date", "footer", "label"})
SENTENCE_END = re.compile(r"[。；！？]")
BASIS = re.compile(r"(?:根据|依据|按照|依照|遵照|贯彻|落实|执行|结合|参照)[^。；]*$")
TRANSMITS = re.compile(r"(?:印发|转发|批转|现将|公布|发布)[^。；》]{0,12}$")
TRANSMITTED = re.compile(r"^[^。；]{0,40}(?:印发|转发|下发|公布)(?:给|你|各|，|。)")
REPEALED = re.compile(r"^[^。；]{0,60}(?:同时|即行|予以)?(?:废止|停止执行|不再执行|失效)")
AMENDED = re.compile(r"(?:修订|修改|修正)(?:后)?(?:的|了)?$")
WORK_LENGTH = 60
LONGEST_SENTENCE = 600  # characters kept on each side of a citation


def find_citations(issue: Issue) -> Issue:
    """Find the documents that an issue's texts cite.

    1. Texts are unchanged; ``text[start:end]`` is the citation as printed.
    2. Spans stand in order and are disjoint or properly nested.
    3. A document's own number and title in its head are none.
    """
    return replace(issue, documents=tuple(_find_in_document(d) for d in issue.documents))


def _find_in_document(document: Document) -> Document:
    names: set[str] = set()  # short names that hold from their definition on
    return document.map_blocks(lambda block: _find_in_block(block, names))


def _find_in_block(block: Block, names: set[str]) -> Block:
    match block:
        case Table():
            return block
        case Paragraph() if block.kind in SILENT:
            return block
        case Heading() | Paragraph():
            found = find_in_text(block.text)
            if "简称" in block.text or "以下称" in block.text:
                # 《传染病防治法》 for 《中华人民共和国传染病防治法》 is a name of the law itself
                titles = [c.title for c in found]
                short = {m["name"] for m in SHORT_NAME.finditer(block.text)}
                names |= {name for name in short if f"中华人民共和国{name}" not in titles}
            kept = tuple(c for c in found if c.number or c.title not in names)
            return replace(block, citations=kept) if kept else block


def find_in_text(text: str) -> tuple[Citation, ...]:
    """Find the citations of one normalised text, in order."""
    found: list[Citation] = []
    taken = bytearray(len(text))
    for pattern in PATTERNS:
        if pattern.sign not in text:
            continue
        for match in pattern.regex.finditer(text):
            groups = match.groupdict()
            start, end = match.span()
            number, offset = _number(groups)
            start += offset
            if pattern.kind in ("title_and_number", "bare_title_and_number"):
                end = _closing_bracket(text, end)
            if 1 in taken[start:end]:
                continue
            title = groups.get("title") or ""
            if not number and (BARE_TYPE.fullmatch(title) or not is_document_title(title)):
                continue
            taken[start:end] = b"\x01" * (end - start)
            found.append(_citation(text, (start, end), title, number))
            if title:
                found += _inner_citations(match.start("title"), title)
    return tuple(sorted(found, key=lambda c: (c.start, -c.end)))


def _number(groups: dict[str, str | None]) -> tuple[DocumentNumber | None, int]:
    """Give the number a match names, and how many characters before it only run into it."""
    if (code := groups.get("code")) and (year := groups.get("year")):
        lead = CODE_LEAD.match(code)
        cut = lead.end() if lead and lead.end() < len(code) else 0
        number = DocumentNumber(code[cut:], int(year), int(groups.get("serial") or 0))
        return number, 0 if groups.get("title") else cut
    if (organ := groups.get("organ")) and (serial := groups.get("decree")):
        lead = CODE_LEAD.match(organ)
        cut = lead.end() if lead and lead.end() < len(organ) - 1 else 0
        year_text = groups.get("decree_year")
        code = organ[cut:].removeprefix("中华人民共和国")
        number = DocumentNumber(code, int(year_text) if year_text else None, int(serial))
        return number, 0 if groups.get("title") else cut
    return None, 0


def _closing_bracket(text: str, end: int) -> int:
    closing = re.compile(r"[^（(）)]{0,40}[）)]").match(text, end)
    return closing.end() if closing else end


def _inner_citations(start: int, title: str) -> list[Citation]:
    """Titles inside a title; their relation is what the title says of them."""
    return [
        _citation(title, (m.start(), m.end()), m["title"], None, start)
        for m in INNER_TITLE.finditer(title)
        if is_document_title(m["title"])
    ]


def _citation(
    text: str, span: tuple[int, int], title: str, number: DocumentNumber | None, shift: int = 0
) -> Citation:
    start, end = span
    return Citation(
        start=start + shift,
        end=end + shift,
        title=title,
        number=number,
        relation=_relation(text[max(0, start - 60) : start], text[end : end + 60]),
        work=number_id(number) if number else title_id(title),
    )


def _relation(before: str, after: str) -> Relation:
    if REPEALED.match(after):
        return "repeals"
    if AMENDED.search(before):
        return "amends"
    if TRANSMITS.search(before) or TRANSMITTED.match(after):
        return "transmits"
    return "basis" if BASIS.search(before) else "mentions"


def title_id(title: str) -> str:
    """Address of a work known by title alone (DESIGN.md, Addresses)."""
    folded = fold_title(title)
    digest = hashlib.sha256(folded.encode()).hexdigest()[:6]
    return f"{romanise(folded)[:WORK_LENGTH]}-{digest}"


# --- what other issues need to know -----------------------------------------------------------

PLAN = re.compile(r"(?:印发|转发|批转|公布|发布)《(?P<plan>.+)》(?:的(?:通知|公告|决定|令))?$")
BARE_PLAN = re.compile(r"(?:印发|转发|批转)(?P<plan>[^《》]{4,})的通知$")


def summarise(issue: Issue) -> Summary:
    """Reduce an issue to what other issues and the home site need to know of it."""
    return Summary(
        name=issue.name,
        year=issue.masthead.year,
        number=issue.masthead.number,
        total_number=issue.masthead.total_number,
        documents=tuple(
            DocumentFact(
                id=d.id,
                title=d.title,
                number=str(d.number or ""),
                issuer=d.issuer,
                type=d.type,
                date=d.date,
                category=d.entry.category if d.entry else "",
                page=d.entry.page if d.entry else None,
                names=names_of(d.title, d.issuer, _transmitted(d)),
            )
            for d in issue.documents
        ),
        citations=tuple(
            CitationFact(
                document=document.id,
                anchor=block.anchor,
                line=line_at(block.breaks, citation.start),
                text=block.text[citation.start : citation.end],
                sentence=_sentence(block.text, citation),
                title=citation.title,
                number=str(citation.number or ""),
                relation=citation.relation,
                work=citation.work,
            )
            for document in issue.documents
            for block in _text_blocks(document)
            for citation in block.citations
        ),
        appointments=tuple((d.id, a) for d in issue.documents for a in d.appointments),
        responsibilities=tuple((d.id, r) for d in issue.documents for r in d.responsibilities),
    )


def _text_blocks(document: Document) -> Iterable[TextBlock]:
    return (block for block in document.all_blocks() if not isinstance(block, Table))


def _transmitted(document: Document) -> tuple[str, ...]:
    return tuple(a.title for a in document.attachments if a.kind == "transmitted" and a.title)


def names_of(title: str, issuer: str, transmitted: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Folded titles that a document goes by: whole, without issuer, the plan it transmits."""
    names = [title, title.removeprefix(issuer), *transmitted]
    plans = (pattern.search(title) for pattern in (PLAN, BARE_PLAN))
    names += [found["plan"] for found in plans if found]
    names.append(title.removeprefix("中华人民共和国"))
    folded = (fold_title(name) for name in names)
    return tuple(dict.fromkeys(name for name in folded if len(name) >= 4))


def _sentence(text: str, citation: Citation) -> str:
    low = max(citation.start - LONGEST_SENTENCE, 0)
    high = min(citation.end + LONGEST_SENTENCE, len(text))
    ends = (m.end() for m in SENTENCE_END.finditer(text, low, citation.start))
    after = SENTENCE_END.search(text, citation.end, high)
    return text[max(ends, default=low) : after.end() if after else high].strip()


# --- over all issues --------------------------------------------------------------------------


def resolve_citations(summaries: Iterable[Summary]) -> Links:
    """Find out which documents of the archive are cited, from summaries alone.

    1. The whole number decides; a title only where no number is given.
    2. Exactly one candidate, or none: never a guess.
    3. ``cited_by`` is the inverse of the targets; a document does not cite itself.
    """
    held = tuple(summaries)
    by_number: dict[str, list[Target]] = defaultdict(list)
    by_name: dict[str, list[Target]] = defaultdict(list)
    for summary in held:
        for d in summary.documents:
            target = Target(summary.name, d.id, d.title, d.number, d.date)
            if d.number:
                by_number[d.number].append(target)
            for name in d.names:
                by_name[name].append(target)
    targets: dict[tuple[str, str], Target] = {}
    cited_by: dict[tuple[str, str], list[Backlink]] = defaultdict(list)
    for summary in held:
        titles = {d.id: d for d in summary.documents}
        for citation in summary.citations:
            if citation.number:
                candidates = by_number.get(citation.number, [])
            else:
                candidates = by_name.get(fold_title(citation.title), [])
            if len(candidates) != 1:
                continue
            target = candidates[0]
            targets[summary.name, citation.work] = target
            if (target.issue, target.document) == (summary.name, citation.document):
                continue
            citing = titles[citation.document]
            cited_by[target.issue, target.document].append(
                Backlink(
                    issue=summary.name,
                    document=citing.id,
                    title=citing.title,
                    number=citing.number,
                    anchor=citation.anchor,
                    text=citation.text,
                    sentence=citation.sentence,
                    relation=citation.relation,
                )
            )
    aliases, numbers = _aliases(held)
    return Links(
        targets, {key: tuple(places) for key, places in cited_by.items()}, aliases, numbers
    )


def _aliases(summaries: Iterable[Summary]) -> tuple[dict[str, str], dict[str, str]]:
    """Find the titles that are known with exactly one number, and the numbers of works."""
    known: dict[str, set[str]] = defaultdict(set)
    numbers: dict[str, str] = {}
    for summary in summaries:
        pairs = [(c.title, c.number) for c in summary.citations]
        pairs += [(d.title, d.number) for d in summary.documents]
        for title, number in pairs:
            parsed = DocumentNumber.parse(number)
            if parsed:
                numbers[number_id(parsed)] = number
                # under its plan too: 关于印发X的通知 is known as X
                for name in names_of(title, "") if title else ():
                    known[title_id(name)].add(number_id(parsed))
    # a set of one: no order is read from it
    aliases = {title: next(iter(ids)) for title, ids in known.items() if len(ids) == 1}
    return aliases, numbers
