"""Marks that no rule repairs with certainty: running heads, stops and quotation marks in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.language.ideographs import HAN_OF_ANY_PRINT as CJK
from generator.model import Diagnostic, Heading, Issue, Lines, Paragraph, Table, TextBlock
from generator.model.codes import diagnostic
from generator.model.edits import line_at
from generator.runtime.patterns import lazy_regex
from generator.stages.check.readings import LIKELY, reading_in
from generator.stages.normalize.running_heads import running_heads
from generator.stages.normalize.stops import ends_in_point, may_be_misread_stop, may_be_stops
from generator.stages.parse.furniture import RunningNames, is_alike, running_names

STRAIGHT = lazy_regex("[\"＂]|(?<![A-Za-z])['＇]|['＇](?![A-Za-z])")
BESIDE_HAN = lazy_regex(rf"[{CJK}，。、；：？！（）《》]")
AROUND = 6  # characters on either side that a message repeats
TEXTS = frozenset({"paragraph", "note", "addressees", "attachment_note"})


def find_marks(issue: Issue) -> Iterator[Diagnostic]:
    """Report what may be a running head, a misread 。 or half a quotation, at its line."""
    lines = issue.source.text.split("\n")
    names = running_names(issue.masthead, () if issue.contents_made else issue.contents)
    for document in issue.documents:
        for block in document.all_blocks():
            if isinstance(block, Table) or not block.text:
                continue
            if isinstance(block, Paragraph) and block.kind not in TEXTS:
                continue
            yield from _heads(block, names)
            yield from _stops(block, lines)
            yield from _quotes(block)


def _heads(block: TextBlock, names: RunningNames) -> Iterator[Diagnostic]:
    text = block.text
    compact = "".join(text.split()) if len(text) <= 2 * len(names.title) + 2 else ""
    if compact and not block.ordinal and _is_name(compact, block, names):
        message = f"“{text}”与刊名或目录的栏目相同或相近，可能是书眉，请核对"
        yield diagnostic("running-head", block.lines, message)
        return
    for place in running_heads(text, names):
        if place.verdict != "text":
            shown = text[max(place.start - AROUND, 0) : place.end + AROUND]
            message = f"句中的“…{shown}…”可能混入了书眉，请核对"
            yield diagnostic("running-head", _at(block, place.start), message)


def _is_name(compact: str, block: TextBlock, names: RunningNames) -> bool:
    """Whether a line alone is the gazette's name, one like it, or a category."""
    if compact == names.title or is_alike(compact, names.title):
        return True
    return compact in names.categories and (isinstance(block, Heading) or not block.is_item)


def _stops(block: TextBlock, lines: Sequence[str]) -> Iterator[Diagnostic]:
    text = block.text
    if may_be_misread_stop(text) or ends_in_point(text):
        shown = text[-2 * AROUND :]
        message = f"段末的“{text[-1]}”可能是误认的句号：“…{shown}”，似应作“…{shown[:-1]}。”"
        reading = reading_in(block, len(text) - 1, len(text), "。", lines)
        yield diagnostic("stop-misread", _at(block, len(text) - 1), message, reading, LIKELY)
    for at in may_be_stops(text):
        shown = text[max(at - AROUND, 0) : at + AROUND]
        message = f"句中的“{text[at]}”可能是误认的句号：“…{shown}…”"
        reading = reading_in(block, at, at + 1, "。", lines)
        yield diagnostic("stop-misread", _at(block, at), message, reading, LIKELY)


def _quotes(block: TextBlock) -> Iterator[Diagnostic]:
    text = block.text
    if not ('"' in text or "'" in text or "＂" in text or "＇" in text):
        return
    marks = [
        found.start()
        for found in STRAIGHT.finditer(text)
        if BESIDE_HAN.search(text[max(found.start() - 1, 0) : found.end() + 1])
        and not text[: found.start()][-1:].isdecimal()  # 12" for inches
    ]
    if marks:
        shown = text[max(marks[0] - AROUND, 0) : marks[0] + AROUND]
        message = f"直引号不成对，没有改动：“…{shown}…”，请核对"
        yield diagnostic("quote-alone", _at(block, marks[0]), message)


def _at(block: TextBlock, offset: int) -> Lines:
    line = line_at(block.breaks, offset)
    return Lines(line, line)
