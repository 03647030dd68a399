"""Source → Issue: which line is what."""

from __future__ import annotations

from generator.model import Diagnostic, Issue, LedgerEntry, Lines, Source
from generator.stages.parse.contents import read_contents
from generator.stages.parse.document import read_document
from generator.stages.parse.lines import Line, read_lines
from generator.stages.parse.masthead import read_masthead
from generator.stages.parse.segments import cut_documents

__all__ = ["parse"]


def parse(source: Source) -> Issue:
    """Tell the parts of an issue apart.

    1. Never raises: a text that is no gazette gives an issue with diagnostics.
    2. Each non-blank source line belongs to exactly one value, which names its lines.
    3. One document for each entry of the contents, in the order of the text, or a diagnostic.
    4. Texts are as received; what the source's Markdown marks (#, hard breaks) is not trusted.
    """
    lines = read_lines(source.text)
    contents = read_contents(lines)
    masthead = read_masthead(lines[: contents.start])
    segments = cut_documents(lines[contents.end :], contents.entries)
    diagnostics = [*contents.diagnostics, *segments.diagnostics]
    if not contents.entries:
        message = "找不到目录：每条目录应为“标题 ..... 页码”"
        diagnostics.append(Diagnostic("no-contents", "error", Lines(1, 1), message))
    elif not segments.documents:
        message = "正文中找不到目录所列的任何一篇公文"
        last = contents.entries[-1].lines
        diagnostics.append(Diagnostic("no-documents", "error", last, message))
    documents = tuple(read_document(segment) for segment in segments.documents)
    return Issue(
        source=source,
        masthead=masthead,
        contents=contents.entries,
        documents=documents,
        dividers=contents.headings + segments.dividers,
        ledger=_corrections(source) + contents.ledger + _lifted(lines) + _pictures(lines),
        diagnostics=tuple(diagnostics),
    )


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
