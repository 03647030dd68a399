"""Source → Issue: which line is what."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Document, Issue, LedgerEntry, Lines, Paragraph, Source, TocEntry
from generator.model.codes import diagnostic
from generator.stages.parse.contents import read_contents
from generator.stages.parse.decisions import DecidedLines, apply_decisions
from generator.stages.parse.document import read_document
from generator.stages.parse.lines import Line, read_lines
from generator.stages.parse.masthead import read_masthead
from generator.stages.parse.segments import Segments, cut_documents

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
    decided = apply_decisions(read_lines(source.text), source.decisions)
    lines = decided.lines
    contents = read_contents(lines)
    not_printed = {d.line for d in source.decisions if d.begins == "entry-without-document"}
    segments = cut_documents(lines[contents.end :], contents.entries, not_printed)
    if not contents.entries and segments.documents:
        return _without_contents(source, decided, segments)
    masthead = read_masthead(lines[: contents.start])
    # one word for all entries where nothing at all is found
    about_text = segments.diagnostics if segments.documents else ()
    diagnostics = [*decided.diagnostics, *contents.diagnostics, *about_text]
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
        ledger=_changes(source, decided) + contents.ledger,
        diagnostics=tuple(diagnostics),
    )


def _without_contents(source: Source, decided: DecidedLines, segments: Segments) -> Issue:
    """Read an issue, or a single document, that prints no contents: the site makes them."""
    first = segments.documents[0].lines[0].number
    head = [line for line in decided.lines if line.number < first]
    documents = tuple(read_document(segment) for segment in segments.documents)
    message = "没有目录：公文由标题、发文字号、主送机关认出，目录由本站据标题编制，请核对篇数"
    return Issue(
        source=source,
        masthead=read_masthead(head),
        contents=tuple(made_entry(document) for document in documents),
        documents=tuple(replace(d, entry=made_entry(d)) for d in documents),
        dividers=tuple(d for d in segments.dividers if d.lines.first > first),
        ledger=_changes(source, decided),
        diagnostics=(
            *decided.diagnostics,
            diagnostic("no-contents", Lines(1, 1), message),
            *segments.diagnostics,
        ),
        contents_made=True,
    )


def made_entry(document: Document) -> TocEntry:
    """Make the entry of a document that no printed contents list, of its title."""
    titles = (b for b in document.blocks if isinstance(b, Paragraph) and b.kind == "title")
    title = next(titles)
    return TocEntry("", document.title, None, title.lines)


def _changes(source: Source, decided: DecidedLines) -> tuple[LedgerEntry, ...]:
    """Account for everything between the received text and the lines that are classed."""
    lines = decided.lines
    return _corrections(source) + decided.ledger + _lifted(lines) + _pictures(lines)


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
