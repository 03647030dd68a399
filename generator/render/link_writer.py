"""The links of a page: their addresses, and the titles that a reader sees before following them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.language.provisions import SENTENCE, words_of
from generator.model import Citation, Document, Links, Reference, Resolved, Table, Target
from generator.render.escape import escape_title

LATER = "本站所收文本晚于本文"
BY_TITLE = "按标题对应，所收文本未载此文号"
NAMESAKE = "本站有同名文件，无此文号，不能确定是否同一版本"
WIDER = "所收文本没有所引的款、项，指向包含它的条款"
NOT_HELD = "本站未收录"


@dataclass(frozen=True, slots=True)
class Span:
    """A range of a text, and the Markdown before and after it: a link, a mark."""

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A range of a text that becomes a link: a citation, a provision that it names, a reference."""

    start: int
    end: int
    address: str  # relative to the document's page
    found: Resolved | None = None  # the citation resolved; None if it is a part of this document
    short: Citation | None = None  # the citation that a short name abbreviates
    is_named: bool = False  # named without 《》, so that it is no cited work
    note: str = ""  # the words that a reference means, where they are a part of their paragraph
    is_wider: bool = False  # it leads to what contains the provision, which the target lacks


@dataclass(frozen=True, slots=True)
class LinkWriter:
    """Writes the links of one document's page."""

    issue: str
    document: Document
    links: Links
    suffix: str = ".md"  # of the pages of this issue

    def leads(
        self, citations: tuple[Citation, ...], references: tuple[Reference, ...]
    ) -> Iterator[Lead]:
        """Find the links of a text: outermost citations, the provisions they name, references.

        In 5至8号 the numbers 6 and 7 have one word to stand for both: 至 leads to neither.
        """
        places = Counter((c.start, c.end) for c in citations if not c.nested)
        for citation in citations:
            if citation.nested or places[citation.start, citation.end] > 1:
                continue
            found = self.links.lookup(self.issue, self.document.id, citation)
            yield Lead(citation.start, citation.end, self.citation_address(found), found)
            between = Counter((pin.start, pin.end) for pin in citation.pins)
            for pin in citation.pins:
                if between[pin.start, pin.end] == 1:
                    yield from self._part(found, pin.anchors, pin.start, pin.end)
        for reference in references:
            start, end = reference.start, reference.end
            if cited := reference.cited:
                found = self.links.lookup(self.issue, self.document.id, cited)
                if not reference.named:
                    yield Lead(start, end, self.citation_address(found), found, cited)
                else:
                    for lead in self._part(found, reference.named[0], start, end):
                        yield replace(lead, is_named=reference.by_name)
            elif reference.target:
                yield Lead(start, end, f"#{reference.target}", note=self._words(reference))

    def _words(self, reference: Reference) -> str:
        """Give the words that 第三条前段 means in this document."""
        found = SENTENCE.search(reference.text[-4:])
        if not found:
            return ""
        texts = (
            block.text[len(block.ordinal) :].strip("\u3000 ")
            for block in self.document.all_blocks()
            if block.anchor == reference.target and not isinstance(block, Table)
        )
        words = words_of(next(texts, ""), found["sentence"])
        return f"{found['sentence']}：{words}" if words else ""

    def _part(
        self, found: Resolved, named: tuple[str, ...], start: int, end: int
    ) -> Iterator[Lead]:
        """Link a provision of a cited document, if the archive holds it."""
        held = found.held_part(named)
        if held and found.target:
            address = self.address(found.target, held.anchor)
            yield Lead(start, end, address, found, is_wider=not held.is_exact)

    def spans(
        self, citations: tuple[Citation, ...], references: tuple[Reference, ...]
    ) -> Iterator[Span]:
        """Write the links of a text as Markdown."""
        return (_link(lead) for lead in self.leads(citations, references))

    def citation_address(self, found: Resolved) -> str:
        """Give the address of a cited work: here, on another site, or its entry in works/."""
        if found.target:
            return self.address(found.target, found.target.anchor)
        if found.elsewhere:
            return outside_address(found.elsewhere.url)
        return f"../../{found.entry}"

    def address(self, target: Target, anchor: str = "") -> str:
        """Give the address of a document, or of a paragraph of it, relative to this page."""
        if (target.issue, target.document) == (self.issue, self.document.id):
            return f"#{anchor or 'title'}"
        page = page_address(target.issue, target.document, self.issue, self.suffix)
        return with_anchor(page, anchor)


def with_anchor(address: str, anchor: str) -> str:
    """Add an anchor to an address, unless the anchor is empty."""
    return f"{address}#{anchor}" if anchor else address


def page_address(issue: str, document: str, page_issue: str, suffix: str = ".md") -> str:
    """Give the address of a document's page relative to a page of the issue ``page_issue``.

    ``suffix`` is that of pages of the same issue; pages of other issues end in .html.
    """
    if issue == page_issue:
        return f"{document}{suffix}"
    gazette, _, folder = issue.partition("/")
    if gazette == page_issue.partition("/")[0]:
        return f"../{folder}/{document}.html"
    return f"../../{issue}/{document}.html"


def url_from_issue(url: str) -> str:
    """Turn an address relative to the site's root into one relative to a page of an issue.

    An absolute address stays as it is.
    """
    return url if url.startswith(("http://", "https://")) else f"../../{url}"


def outside_address(url: str) -> str:
    """Percent-encode the brackets of another site's address, at which Markdown would end it."""
    return url.replace("(", "%28").replace(")", "%29")


def _about(found: Resolved, *, is_wider: bool = False) -> tuple[str, str]:
    """Give the title of a link and its classes: held (and differs), elsewhere or not-held."""
    if target := found.target:
        parts = [target.number, target.title, target.date]
        if found.differs:
            parts.append("引文的标题与此文号不符")
        if found.later:
            parts.append(LATER)
        if found.by_title:
            parts.append(BY_TITLE)
        if is_wider:
            parts.append(WIDER)
        kind = "held differs" if found.differs else "held"
        return " · ".join(part for part in parts if part), kind
    if outside := found.elsewhere:
        parts = [outside.number, outside.title, outside.site or "在其他网站"]
        return " · ".join(part for part in parts if part), "elsewhere"
    said = (found.number, NAMESAKE if found.namesake else NOT_HELD)
    return " · ".join(part for part in said if part), "not-held"


def _link(lead: Lead) -> Span:
    text, kinds = _about(lead.found, is_wider=lead.is_wider) if lead.found else (lead.note, "own")
    if cited := lead.short:
        text, kinds = f"简称，指{str(cited.number or '') or f'《{cited.title}》'}", "short"
        if lead.found and lead.found.later:
            text += f" · {LATER}"
    classes = " ".join(f".{kind}" for kind in kinds.split())
    title = f' "{escape_title(text)}"' if text else ""
    return Span(lead.start, lead.end, "[", f"]({lead.address}{title}){{: {classes} }}")
