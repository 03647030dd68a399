"""Text → lines: the markup of engines is told apart from the text, and accounted for.

Gazettes are not typed: an engine for OCR or conversion writes them, each in its manner. What is
markup is removed here, before lines are classed, by rules that have names (``BLOCK_MARKUP`` in
block_markup.py for whole lines, ``INLINE_MARKUP`` in inline_markup.py within a line). No rule asks
which engine wrote the text. What a rule removed is in the ledger with its place in the line, from
which the audit restores the line.
"""

from __future__ import annotations

from dataclasses import replace

from generator.runtime.patterns import lazy_regex
from generator.stages.read.block_markup import BLOCK_MARKUP, BlockRule
from generator.stages.read.captions import join_captions
from generator.stages.read.emphasis import MOST_LINES_OF_ONE, begins_bold, ends_bold
from generator.stages.read.engines import likely_engine
from generator.stages.read.inline_markup import (
    INLINE_MARKUP,
    InlineRule,
    drop_emphasis,
    raise_figures,
    raised_figures,
)
from generator.stages.read.line import Line, MarkedTable, Reading
from generator.stages.read.sheet import Cut, Sheet
from generator.stages.read.source_lines import lift_marks, read_source_lines, without_indents
from generator.stages.read.table_rows import Placed, place_rows

__all__ = [
    "BLOCK_MARKUP",
    "INLINE_MARKUP",
    "READING_RULES",
    "Line",
    "MarkedTable",
    "Reading",
    "lift_marks",
    "likely_engine",
    "read",
    "read_lines",
]

# all rules, by whose names the ledger lists what they removed
READING_RULES: tuple[BlockRule | InlineRule, ...] = (*BLOCK_MARKUP, *INLINE_MARKUP, raise_figures)
# what a line with markup holds, anywhere or at its beginning; a quick look saves all others
MARKUP = lazy_regex(r"[\\*_<&$|{`~\[\]](?:(?<=[\\*_<&$|{`])|(?<=~)~|(?<=\])\(|(?<=\[)\^)")
MARKUP_AHEAD = lazy_regex(r"\s*+(?:[-+=>]|:::|#{0,6}+ {0,3}[-=\[【]{0,12}+ {0,3}[Pp](?:age|AGE)\b)")
HEADING_ESCAPED = lazy_regex(r"\s*\\#")
ITEM_ESCAPED = lazy_regex(r"\s*\\[-*+]\s")


def read(text: str) -> Reading:
    """Read the lines of a source that are not blank, without the markup around their text.

    1. Total: any text can be read, in time linear in its length.
    2. A text without markup is read as it stands, and nothing is entered into the ledger.
    3. The ledger restores each line: what was removed, at its place.
    """
    lines = text.split("\n")
    marked = [
        n
        for n, line in enumerate(lines)
        if line and (MARKUP.search(line) or MARKUP_AHEAD.match(line))
    ]
    if not marked:
        read_ones = read_source_lines(lines, range(1, len(lines) + 1))
        return Reading(tuple(without_indents(line for line in read_ones if line)))
    sheet = Sheet(lines, marked)
    for block_rule in BLOCK_MARKUP:
        block_rule(sheet)
    for index in sorted({*marked, *sheet.drafts}):
        _read_inline(sheet, index)
    _drop_emphasis_over_lines(sheet)
    ledger = sheet.ledger()
    if ledger and (engine := likely_engine(text)):
        message = (
            f"文本像是 {engine} 写的；识别软件的标记共{len(ledger)}处，已与正文分开并记入改动记录"
        )
        sheet.report("engine", 0, message)
    placed, lifted = place_rows(sheet)
    found = join_captions(_assemble(sheet, placed), {n + 1 for n in sheet.captions})
    return Reading(
        lines=tuple(without_indents(found)),
        ledger=(*ledger, *lifted),
        diagnostics=tuple(sheet.diagnostics),
        pages=tuple(sorted(sheet.pages, key=lambda page: page.line)),
    )


def read_lines(text: str) -> tuple[Line, ...]:
    """Read the lines of a source that are not blank."""
    return read(text).lines


def _read_inline(sheet: Sheet, index: int) -> None:
    """Apply the rules for markup within a line."""
    if not sheet.view(index).strip("\x00 \t\n"):
        return
    if HEADING_ESCAPED.match(sheet.view(index)):
        sheet.draft(index).is_plain = True
    if ITEM_ESCAPED.match(sheet.view(index)):
        sheet.draft(index).is_item = True
    in_table = sheet.in_table(index)
    for rule in INLINE_MARKUP:
        cuts = [*rule(sheet.view(index))]
        if cuts and in_table:  # no marks can be set in a cell
            cuts = [cut._replace(text=raised_figures(cut.text)) for cut in cuts]
        if cuts:
            sheet.draft(index).cut(rule.__name__, cuts)
    if in_table and "<sup>" in sheet.view(index):
        sheet.draft(index).cut("raise_figures", raise_figures(sheet.view(index)))


def _drop_emphasis_over_lines(sheet: Sheet) -> None:
    """Remove the marks of a bold text that a hard line break parts: of a title on two lines."""
    for first in sheet.marked:
        if not begins_bold(sheet.view(first)):
            continue
        for last in range(first + 1, min(first + MOST_LINES_OF_ONE, len(sheet.lines))):
            view = sheet.view(last)
            if ends_bold(view):
                for index, at in ((first, sheet.view(first).find("**")), (last, view.rfind("**"))):
                    sheet.draft(index).cut(drop_emphasis.__name__, [Cut(at, at + 2)])
            if not view.strip() or "**" in view:
                break


def _assemble(sheet: Sheet, placed: dict[int, list[Placed]]) -> list[Line]:
    """Put the lines together: texts between the rows of tables, each on its place."""
    texts: list[str] = []
    numbers: list[int] = []
    plain: set[int] = set()
    items: set[int] = set()
    rows: list[tuple[int, Line]] = []  # how many texts are before a row
    for index, raw in enumerate(sheet.lines):
        draft = sheet.drafts.get(index)
        if draft is None:
            texts.append(raw)
            numbers.append(index + 1)
            continue
        if draft.is_item:
            items.add(len(texts))
        if draft.is_plain:
            plain.add(len(texts))
        own = placed.get(index, [])
        for at, piece in draft.outside():
            while own and own[0].at < at:
                rows.append((len(texts), own.pop(0).line))
            first, *others = piece.split("\n")
            texts.append(first)
            # a heading that <br> breaks is one on both lines
            lead = first[: len(first) - len(first.lstrip("# "))] if first[:1] == "#" else ""
            texts += [lead + part if part.strip() else part for part in others]
            numbers += [index + 1] * (1 + len(others))
        rows += [(len(texts), row.line) for row in own]
    read_ones = read_source_lines(texts, numbers, plain)
    for place in items:
        if line := read_ones[place]:
            read_ones[place] = replace(line, is_item=True)
    found: list[Line] = []
    end = 0
    for place, row in rows:
        found += [line for line in read_ones[end:place] if line]
        found.append(row)
        end = place
    found += [line for line in read_ones[end:] if line]
    return _at_edges(found, sorted(n + 1 for n in sheet.edges)) if sheet.edges else found


def _at_edges(lines: list[Line], edges: list[int]) -> list[Line]:
    """Note of each first line below the end of a page that a page begins there."""
    edged: list[Line] = []
    n = 0
    for line in lines:
        opens = n < len(edges) and edges[n] < line.number
        while n < len(edges) and edges[n] < line.number:
            n += 1
        edged.append(replace(line, opens_page=True) if opens and edged else line)
    return edged
