"""Source → Issue: which line is what."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Document, Issue, LedgerEntry, Lines, Paragraph, Source, TocEntry
from generator.model.codes import diagnostic
from generator.stages.parse.contents import read_contents
from generator.stages.parse.document import read_document
from generator.stages.parse.lines import Line
from generator.stages.parse.masthead import read_masthead
from generator.stages.parse.segments import Decided, Segments, cut_documents
from generator.stages.read import read

__all__ = ["made_entry", "parse"]

NOTHING_FOUND = (
    "找不到目录，也认不出任何一篇公文：每条目录应为“标题 ..... 页码”，"
    "每篇公文应有标题，标题下有发文字号、题注或主送机关"
)


def parse(source: Source) -> Issue:
    """Tell the parts of an issue apart.

    1. Never raises: a text that is no gazette gives an issue with diagnostics.
    2. Each non-blank source line belongs to exactly one value, which names its lines.
    3. One document for each entry of the contents and each head of a document, in the order of
       the text; where contents and text do not agree, a diagnostic.
    4. Texts are as received; what the source's Markdown marks (#, hard breaks) is not trusted.
    """
    reading = read(source.text)
    issue = _parse(source, reading.lines)
    return replace(
        issue,
        ledger=reading.ledger + issue.ledger,
        diagnostics=reading.diagnostics + issue.diagnostics,
    )


def _parse(source: Source, lines: tuple[Line, ...]) -> Issue:
    """Tell the parts of an issue apart, by its lines without markup."""
    contents = read_contents(lines)
    decided = Decided(
        source.begun("document"), source.begun("paragraph"), source.begun("entry-without-document")
    )
    segments = cut_documents(lines[contents.end :], contents.entries, decided)
    if not contents.entries and segments.documents:
        return _without_contents(source, lines, segments)
    masthead = read_masthead(lines[: contents.start])
    # one word for all entries where nothing at all is found
    about_text = segments.diagnostics if segments.documents else ()
    diagnostics = [*contents.diagnostics, *about_text]
    if not contents.entries:
        diagnostics.append(diagnostic("no-documents", Lines(1, 1), NOTHING_FOUND))
    elif not segments.documents:
        message = "正文中找不到目录所列的任何一篇公文"
        diagnostics.append(diagnostic("no-documents", contents.entries[-1].lines, message))
    return Issue(
        source=source,
        masthead=masthead,
        contents=contents.entries,
        documents=tuple(read_document(segment) for segment in segments.documents),
        dividers=contents.headings + segments.dividers,
        ledger=_corrections(source) + contents.ledger + _lifted(lines) + _pictures(lines),
        diagnostics=tuple(diagnostics),
    )


def _without_contents(source: Source, lines: tuple[Line, ...], segments: Segments) -> Issue:
    """Read an issue, or a single document, that prints no contents: the site makes them."""
    first = segments.documents[0].lines[0].number
    head = [line for line in lines if line.number < first]
    documents = tuple(read_document(segment) for segment in segments.documents)
    message = "没有目录：公文由标题、发文字号、主送机关认出，目录由本站据标题编制，请核对篇数"
    return Issue(
        source=source,
        masthead=read_masthead(head),
        contents=tuple(made_entry(document) for document in documents),
        documents=tuple(replace(d, entry=made_entry(d)) for d in documents),
        dividers=tuple(d for d in segments.dividers if d.lines.first > first),
        ledger=_corrections(source) + _lifted(lines) + _pictures(lines),
        diagnostics=(diagnostic("no-contents", Lines(1, 1), message), *segments.diagnostics),
        contents_made=True,
    )


def made_entry(document: Document) -> TocEntry:
    """Make the entry of a document that no printed contents list, of its title."""
    titles = (b for b in document.blocks if isinstance(b, Paragraph) and b.kind == "title")
    title = next(titles)
    return TocEntry("", document.title, None, title.lines)


def _corrections(source: Source) -> tuple[LedgerEntry, ...]:
    return tuple(
        LedgerEntry("correction", c.line, c.printed, c.corrected) for c in source.corrections
    )


def _lifted(lines: tuple[Line, ...]) -> tuple[LedgerEntry, ...]:
    """Account for the tags that became marks."""
    return tuple(
        LedgerEntry("lift_marks", line.number, tag, "")
        for line in lines
        for mark in line.marks
        for tag in (f"<{mark.kind}>", f"</{mark.kind}>")
    )


def _pictures(lines: tuple[Line, ...]) -> tuple[LedgerEntry, ...]:
    """Account for the file names of pictures, of which the page shows the caption."""
    return tuple(LedgerEntry("show_picture", n.number, n.place, "") for n in lines if n.image)
