"""Source → Issue: which line is what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from generator.model import (
    Diagnostic,
    Document,
    Issue,
    Lines,
    Paragraph,
    Source,
    TocEntry,
)
from generator.model.codes import diagnostic
from generator.stages.parse.account import changes
from generator.stages.parse.contents import documents_above, read_contents
from generator.stages.parse.decisions import DecidedLines, apply_decisions
from generator.stages.parse.document import read_document
from generator.stages.parse.entry_lines import is_contents_word
from generator.stages.parse.furniture import find_furniture, running_names
from generator.stages.parse.lines import Line
from generator.stages.parse.masthead import read_masthead
from generator.stages.parse.segments import Segments, cut_documents
from generator.stages.parse.several_files import (
    category_of,
    complete_masthead,
    contents_of_files,
    files_below,
    with_pictures_of_files,
)
from generator.stages.read import read

__all__ = ["made_entry", "parse"]

NOTHING_FOUND = (
    "找不到目录，也认不出任何一篇公文：每条目录应为“标题 ..... 页码”，"
    "每篇公文应有标题，标题下有发文字号、题注或主送机关"
)
MADE = "公文由标题、发文字号、主送机关认出，目录由本站据标题编制，请核对篇数"
UNREAD = f"印有“目录”，下面却没有读出一条目录（每条应为“标题 ..... 页码”）：{MADE}"


def parse(source: Source) -> Issue:
    """Tell the parts of an issue apart.

    1. Never raises: a text that is no gazette gives an issue with diagnostics.
    2. Each non-blank source line belongs to exactly one value, which names its lines; rules across
       the page (---) are none.
    3. One document for each entry of the contents and each head of a document, in the order of
       the text; where contents and text do not agree, a diagnostic.
    4. Texts are as received; what the source's Markdown marks (#, hard breaks) is not trusted.
    """
    reading = read(source.text)
    issue = _parse(source, with_pictures_of_files(reading.lines, source))
    return replace(
        issue,
        ledger=reading.ledger + issue.ledger,
        diagnostics=reading.diagnostics + issue.diagnostics,
        page_marks=reading.pages,
    )


def _parse(source: Source, read_ones: tuple[Line, ...]) -> Issue:
    """Tell the parts of an issue apart, by its lines without markup."""
    decided = apply_decisions(read_ones, source.decisions)
    lines = decided.lines
    contents = contents_of_files(lines, source) if source.parts else read_contents(lines)
    masthead = read_masthead(lines[: contents.start])
    body = lines[contents.end :]
    found = find_furniture(body, running_names(masthead, contents.entries))
    furniture = tuple(body[n] for n in sorted(found))
    text = _without(body, found) if found else body
    not_printed = {d.line for d in source.decisions if d.begins == "entry-without-document"}
    segments = cut_documents(text, contents.entries, not_printed, files_below(text, source))
    if not contents.entries and segments.documents:
        return _without_contents(source, decided, segments, furniture)
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
        dividers=contents.headings + segments.dividers + _taken_out(furniture),
        ledger=changes(source, decided, furniture) + contents.ledger,
        diagnostics=tuple(diagnostics),
    )


def _without(lines: Sequence[Line], furniture: Set[int]) -> tuple[Line, ...]:
    """Leave furniture out; what it says of a page's beginning, the next line says."""
    kept: list[Line] = []
    opens_page = False
    for n, line in enumerate(lines):
        opens_page = opens_page or line.opens_page
        if n not in furniture:
            kept.append(replace(line, opens_page=True) if opens_page else line)
            opens_page = False
    return tuple(kept)


def _taken_out(furniture: tuple[Line, ...]) -> tuple[Paragraph, ...]:
    return tuple(line.paragraph() for line in furniture)


def _without_contents(
    source: Source, decided: DecidedLines, segments: Segments, furniture: tuple[Line, ...]
) -> Issue:
    """Read an issue, or a single document, that prints no contents: the site makes them."""
    first = segments.documents[0].lines[0].number
    furniture = tuple(line for line in furniture if line.number > first)
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
        dividers=(
            *(d for d in segments.dividers if d.lines.first > first),
            *_taken_out(furniture),
        ),
        ledger=changes(source, decided, furniture),
        diagnostics=(*decided.diagnostics, *diagnostics, *segments.diagnostics),
        contents_made=True,
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
