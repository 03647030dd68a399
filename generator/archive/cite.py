"""Find and resolve the citations of any text, as if the text were a document of the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.model import (
    CitationFact,
    Document,
    Elsewhere,
    Issue,
    Lines,
    Masthead,
    Resolved,
    Source,
    Summary,
)
from generator.stages.citations import find_citations
from generator.stages.normalize import normalize
from generator.stages.parse.body import read_blocks
from generator.stages.parse.lines import read_lines

CITING_NAME = "text/0000-00"  # no folder of content/ has this name


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of a text, with its target."""

    fact: CitationFact
    text: str  # as printed
    resolved: Resolved
    page: str = ""  # printed: of the provision that it names, else of the document; if held


def cite(
    text: str, archive: Sequence[Summary], elsewhere: Iterable[Elsewhere] = ()
) -> tuple[Cited, ...]:
    """Find the citations of a text, in order, and resolve them over an archive.

    Line numbers are those of the text, from 1. The text is normalised like an issue's text:
    ``[2016]`` is read as 〔2016〕, and the parts of a paragraph that a page edge cut are joined.
    """
    summary = summarise_text(text)
    links = resolve_citations([*archive, summary], elsewhere)
    held = {s.name: s for s in archive}
    return tuple(
        _cited(c, summary.quotes[c.quote].text, links.lookup(CITING_NAME, c.document, c), held)
        for c in summary.citations
    )


def _cited(
    fact: CitationFact,
    text: str,
    resolved: Resolved,
    held: Mapping[str, Summary],
) -> Cited:
    target = resolved.target
    summary = held.get(target.issue) if target else None
    if target is None or summary is None:
        return Cited(fact, text, resolved)
    pin = next(filter(None, map(resolved.part, fact.pins)), "")
    at = [document.id for document in summary.documents].index(target.document)
    page = summary.units[at].printed_page(pin or target.anchor) if summary.units else ""
    return Cited(fact, text, resolved, page or str(summary.documents[at].page or ""))


def summarise_text(text: str) -> Summary:
    """Summarise a text as an issue of one document without title and number."""
    return summarise(find_citations(normalize(_issue(text))))


def _issue(text: str) -> Issue:
    blocks = read_blocks(read_lines(text))
    lines = Lines(1, max(text.count("\n"), 1))
    document = Document(
        id="", entry=None, title="", number=None, issuer="", type="", date="",
        lines=lines, blocks=blocks,
    )  # fmt: skip
    source = Source(CITING_NAME, text, "text", "text", "", "utf-8")
    return Issue(source, Masthead(), (), (document,))
