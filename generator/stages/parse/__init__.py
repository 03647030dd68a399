"""Source → Issue: which line is what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from generator.model import (
    Diagnostic,
    Document,
    Issue,
    LedgerEntry,
    Lines,
    Masthead,
    Paragraph,
    Source,
    TocEntry,
)
from generator.model.codes import diagnostic
from generator.stages.parse.contents import Contents, documents_above, read_contents
from generator.stages.parse.decisions import DecidedLines, apply_decisions
from generator.stages.parse.document import read_document
from generator.stages.parse.entry_lines import is_contents_word
from generator.stages.parse.file_tops import FileLines
from generator.stages.parse.lines import Line, read_lines
from generator.stages.parse.masthead import read_masthead
from generator.stages.parse.segments import Segments, cut_documents

__all__ = ["made_entry", "parse"]

NOTHING_FOUND = (
    "找不到目录，也认不出任何一篇公文：每条目录应为“标题 ..... 页码”，"
    "每篇公文应有标题，标题下有发文字号、题注或主送机关"
)
MADE = "公文由标题、发文字号、主送机关认出，目录由本站据标题编制，请核对篇数"
UNREAD = f"印有“目录”，下面却没有读出一条目录（每条应为“标题 ..... 页码”）：{MADE}"


# 2024-02, 2024-03-04 (合刊), 2024-z1 (增刊, which has a number of its own)
FOLDER_NAME = re.compile(r"(?P<year>\d{4})-(?:(?P<number>\d{1,3})(?:-\d{1,3})*|z\d{1,3})")


def parse(source: Source) -> Issue:
    """Tell the parts of an issue apart.

    1. Never raises: a text that is no gazette gives an issue with diagnostics.
    2. Each non-blank source line belongs to exactly one value, which names its lines.
    3. One document for each entry of the contents and each head of a document, in the order of
       the text; where contents and text do not agree, a diagnostic.
    4. Texts are as received; what the source's Markdown marks (#, hard breaks) is not trusted.
    """
    read = _with_pictures_of_files(read_lines(source.text), source)
    decided = apply_decisions(read, source.decisions)
    lines = decided.lines
    contents = read_contents(lines) if not source.parts else _contents_of_files(lines, source)
    below = lines[contents.end :]
    not_printed = {d.line for d in source.decisions if d.begins == "entry-without-document"}
    segments = cut_documents(below, contents.entries, not_printed, _files_below(below, source))
    if not contents.entries and segments.documents:
        return _without_contents(source, decided, segments)
    masthead = read_masthead(lines[: contents.start])
    # one word for all entries where nothing at all is found
    about_text = segments.diagnostics if segments.documents else ()
    diagnostics = [*decided.diagnostics, *contents.diagnostics, *about_text]
    diagnostics += _above_contents(lines[: contents.start])
    if not contents.entries:
        diagnostics.append(diagnostic("no-documents", Lines(1, 1), NOTHING_FOUND))
    elif not segments.documents:
        message = "正文中找不到目录所列的任何一篇公文"
        diagnostics.append(diagnostic("no-documents", contents.entries[-1].lines, message))
    return Issue(
        source=source,
        masthead=complete_masthead(masthead, source) if source.parts else masthead,
        contents=contents.entries,
        documents=tuple(read_document(segment) for segment in segments.documents),
        dividers=contents.headings + segments.dividers,
        ledger=_changes(source, decided) + contents.ledger,
        diagnostics=tuple(diagnostics),
    )


def _contents_of_files(lines: tuple[Line, ...], source: Source) -> Contents:
    """Read the contents of an issue of several files, which the first of them may hold."""
    first = sum(line.number <= source.parts[0].last for line in lines)
    if not any(map(is_contents_word, lines[:first])):
        return Contents(0, 0)
    contents = read_contents(lines)
    return contents if contents.end <= first else Contents(0, 0)


def _files_below(lines: tuple[Line, ...], source: Source) -> tuple[FileLines, ...]:
    """Give the files that have lines below the contents."""
    top = lines[0].number if lines else 0
    return tuple(
        FileLines(part.name, part.first, part.last) for part in source.parts if part.last >= top
    )


def _with_pictures_of_files(lines: tuple[Line, ...], source: Source) -> tuple[Line, ...]:
    """Find the pictures that a file in documents/ names from its own place."""
    if not source.parts:
        return lines
    found = []
    for line in lines:
        part = source.part_of(line.number)
        if line.image and part:
            beside = PurePosixPath(part.name).parent / line.image
            places = (f"{source.file}/{beside}", f"{source.file}/{line.image}", line.image)
            image = next((place for place in places if place in source.files), line.image)
            line = replace(line, image=image)
        found.append(line)
    return tuple(found)


def _without_contents(source: Source, decided: DecidedLines, segments: Segments) -> Issue:
    """Read an issue, or a single document, that prints no contents: the site makes them."""
    first = segments.documents[0].lines[0].number
    head = [line for line in decided.lines if line.number < first]
    documents = tuple(read_document(segment) for segment in segments.documents)
    word = next((line for line in head if is_contents_word(line)), None)
    place = Lines(word.number, word.number) if word else Lines(1, 1)
    message = UNREAD if word else "没有目录：" + MADE
    # files say how many documents there are, so that their number need not be checked
    is_told = source.parts and not word
    diagnostics = () if is_told else (diagnostic("no-contents", place, message),)
    entries = tuple(made_entry(document, category_of(document, source)) for document in documents)
    return Issue(
        source=source,
        masthead=complete_masthead(read_masthead(head), source),
        contents=entries,
        documents=tuple(replace(d, entry=e) for d, e in zip(documents, entries, strict=True)),
        dividers=tuple(d for d in segments.dividers if d.lines.first > first),
        ledger=_changes(source, decided),
        diagnostics=(*decided.diagnostics, *diagnostics, *segments.diagnostics),
        contents_made=True,
    )


def category_of(document: Document, source: Source) -> str:
    """Give the category of a document that no printed contents list: of its file, or its number."""
    part = source.part_of(document.lines.first)
    if part and part.category:
        return part.category
    codes = dict(source.facts.categories)
    return codes.get(document.number.code, "") if document.number else ""


def complete_masthead(masthead: Masthead, source: Source) -> Masthead:
    """Fill in the year and the numbers that are not printed: by issue.toml, else by the folder."""
    facts = source.facts
    named = FOLDER_NAME.fullmatch(source.name.rpartition("/")[2])
    year, number = (named["year"], named["number"]) if named else (None, None)
    return replace(
        masthead,
        year=masthead.year or facts.year or (int(year) if year else None),
        number=masthead.number or facts.number or (int(number) if number else None),
        total_number=masthead.total_number or facts.total_number,
    )


def made_entry(document: Document, category: str = "") -> TocEntry:
    """Make the entry of a document that no printed contents list, of its title."""
    titles = (b for b in document.blocks if isinstance(b, Paragraph) and b.kind == "title")
    title = next(titles)
    return TocEntry(category, document.title, None, title.lines)


def _above_contents(lines: tuple[Line, ...]) -> Iterator[Diagnostic]:
    """Report the documents that begin above the contents, where none is read."""
    for head in documents_above(lines):
        message = (
            f"“{head.title[:60]}”像一篇公文的标题，却印在目录之前，没有读作公文；"
            "请把目录移到它的前面，或把这一篇放到目录之后"
        )
        first, last = lines[head.start].number, lines[head.end - 1].number
        yield diagnostic("document-without-entry", Lines(first, last), message)


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
