"""Pages → text: join printed lines to paragraphs, and keep their places and what was not read."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from generator.content.intake.sheets.columns import NARROWEST, Flow, free_of, reading_order
from generator.content.intake.sheets.cut_rows import join_cut_rows
from generator.content.intake.sheets.notes import (
    begins_with_mark,
    place_notes,
    raised_mark,
    references,
    split_notes,
)
from generator.content.intake.sheets.page import SheetPage
from generator.content.intake.sheets.places import Block, Missed, Piece, finish_text
from generator.content.intake.sheets.printed_lines import WIDE_GAP, Line
from generator.content.intake.sheets.units import Unit, is_contents_word, units_of, usual_pitch
from generator.content.intake.taken import Taken
from generator.language.ordinals import parse_ordinal
from generator.language.provisions import ANNEX
from generator.runtime.patterns import lazy_regex

# 某某市停车管理办法 ..... 2: an entry of the contents reaches the margin, but ends there
ENTRY = lazy_regex(r"[.．…·‥][ .．…·‥]+[（(]?\d{1,4}[）)]?$")
# lines that begin something, even where the line above is full and they are not indented
BEGINNINGS = (
    lazy_regex(rf"(?:{ANNEX.pattern})[:：]?"),  # 附件3 · 附件2：
    lazy_regex(r"附[件录表图]?\s*[:：]?"),  # 附件 · 附：
)
# 33号）、 · （区） · 12.5%，: a word or character, with the punctuation that no line begins with
FIRST_WORD = lazy_regex(r"[（《“‘〈【(]*(?:[0-9A-Za-z.%‰]+|.)[、，。；：？！）》〉】”’…,.;:?!)\]]*")
ENDS = tuple("。；！？：")
INDENTED = 0.05  # share of the lines that begin a paragraph
SPACE = 1.2  # of the usual distance of lines: paragraphs that are not indented
WIDER = 1.3  # than the usual distance of lines: the space between paragraphs


def read_sheets(pages: Sequence[SheetPage], path: Path, engine: str = "") -> Taken:
    """Read the pages of a file; SourceError when they have no text.

    1. Each paragraph is one line, joined from its printed lines across columns and pages.
    2. Each row of a ruled table is a line of cells with tabs between them.
    3. Page numbers and running heads are left out; the numbers are in the layout.
    4. Each line of the text has its places on paper, one for each column that it is printed in.
    5. What was not read is among the losses, behind the line that is printed above it.
    """
    ordered = reading_order(pages)
    body = commonest_size(line for flow in ordered.flows for line in flow.lines)
    flows, notes = _parted(ordered.flows, body)
    blocks = join_cut_rows(_blocks(flows, body))
    missed = [
        Missed(page, unread.kind, unread.words, unread.area)
        for page in pages
        for unread in page.unread
    ]
    missed += [Missed(page, "picture", "", area) for page in pages for area in page.pictures]
    return finish_text(place_notes(blocks, notes), pages, missed, ordered.printed, path, engine)


def _parted(flows: Sequence[Flow], body: float) -> tuple[list[Flow], list[Block]]:
    """Part the text of each column from its footnotes."""
    of_pages: dict[int, list[Line]] = {}
    for flow in flows:
        of_pages.setdefault(flow.place, []).extend(flow.lines)
    marks = {place: references(lines) for place, lines in of_pages.items()}
    texts: list[Flow] = []
    notes: list[Block] = []
    noted = -1  # the last page with footnotes
    for flow in flows:
        goes_on = bool(notes) and flow.place - noted == 1
        text, found = split_notes(flow.lines, marks[flow.place], body, flow.page, goes_on=goes_on)
        texts.append(replace(flow, lines=text))
        for lines in found:
            block = Block("", ())
            if goes_on and not begins_with_mark(lines[0].text):
                block = notes.pop()
            for line in lines:
                words = line.text if block.text else raised_mark(line.text)
                block = block.joined(words, _pieces(line, flow))
            notes.append(block)
            noted = flow.place
    return [flow for flow in texts if flow.lines], notes


def _blocks(flows: Sequence[Flow], body: float) -> Iterator[Block]:
    """Join lines to paragraphs, and mark those in large type as headings."""
    edges = _edges(flows)
    pitch = usual_pitch([flow.lines for flow in flows])
    indents = _indents(flows, edges)
    setting = _Setting(edges, pitch, indents, not indents and _is_spaced(flows, pitch))
    block: Block | None = None
    above: tuple[Unit, Flow] | None = None
    contents = False
    for flow in flows:
        units = units_of(flow.lines, contents=contents)
        contents = any(is_contents_word(line) for line in flow.lines) or (
            contents and any(unit.whole for unit in units)
        )
        for unit in units:
            pieces = tuple(piece for line in unit.lines for piece in _pieces(line, flow))
            if block and above and _goes_on(*above, unit, flow, setting):
                block = block.joined(unit.text, pieces)
            else:
                if block:
                    yield block
                first = unit.lines[0]
                block = Block(_mark(first, body) + unit.text, pieces, first.rows)
            above = unit, flow
    if block:
        yield block


def _pieces(line: Line, flow: Flow) -> tuple[Piece, ...]:
    return tuple(
        Piece(n, flow.page, flow.column, area, line.confidence) for n, area in enumerate(line.areas)
    )


def commonest_size(lines: Iterable[Line]) -> float:
    """Give the size of the text: the one that most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if not line.rows:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _mark(line: Line, body: float) -> str:
    if line.rows or line.size < body * 1.2:
        return ""
    return "# " if line.size >= body * 1.5 else "## "


Edges: TypeAlias = Mapping[tuple[int, int, int], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the paragraphs of a text are set."""

    edges: Edges
    pitch: float  # the usual distance of lines, in sizes of their type
    indents: bool  # whether paragraphs are indented
    spaced: bool  # whether there is space between paragraphs that are not


def _indents(flows: Iterable[Flow], edges: Edges) -> bool:
    lines = [(line, edges[flow.kind][0]) for flow in flows for line in flow.lines if not line.rows]
    indented = sum(1.5 < (line.left - left) / line.size < 2.5 for line, left in lines)
    return indented >= INDENTED * len(lines)


def _is_spaced(flows: Iterable[Flow], pitch: float) -> bool:
    distances = [
        (above.base - below.base) / below.size
        for flow in flows
        for above, below in pairwise(flow.lines)
        if not above.rows and not below.rows and abs(above.size - below.size) < below.size / 10
    ]
    wide = sum(pitch * SPACE < distance < pitch * 2.5 for distance in distances)
    return wide >= INDENTED * len(distances)


def _edges(flows: Iterable[Flow]) -> Edges:
    """Find the margins of each kind of flow: the medians of its left and right edges."""
    found: dict[tuple[int, int, int], list[tuple[float, float]]] = {}
    for flow in flows:
        if lines := [line for line in flow.lines if not line.rows]:
            left, right = min(line.left for line in lines), max(line.right for line in lines)
            found.setdefault(flow.kind, []).append((left, right))
    return {
        kind: (statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs))
        for kind, pairs in found.items()
    }


def _goes_on(unit: Unit, flow: Flow, next_unit: Unit, next_flow: Flow, setting: _Setting) -> bool:
    """Whether the next line continues the paragraph of a line.

    It does if the line reaches the right margin, the next one begins at the left margin, and both
    have the same size.
    """
    line, after = unit.lines[-1], next_unit.lines[0]
    if unit.whole or next_unit.whole or line.rows or after.rows or ENTRY.search(line.text):
        return False
    if abs(line.size - after.size) > line.size * 0.12:
        return False
    if any(pattern.fullmatch(after.text) for pattern in BEGINNINGS):
        return False
    ended = line.text.endswith((*ENDS, "）"))
    if not setting.indents and ended and parse_ordinal(after.text):
        return False
    if flow is next_flow:
        distance = (line.base - after.base) / line.size
        if setting.spaced and distance > setting.pitch * SPACE:
            return False
        if distance > (max(setting.pitch * WIDER, 1.2) if line.text.endswith(ENDS) else 2.6):
            return False
    left, right = setting.edges[flow.kind]
    # indented by two characters at most, and without the wide gap of an entry of the contents
    whole = line.left < left + line.size * 3 and line.right - line.left > line.size * NARROWEST
    whole = whole and not _has_wide_gap(line) and not _has_wide_gap(after)
    # a full line may lack its last character, which moves down with punctuation that follows it
    is_full = line.right + max(line.size * 1.6, _first_word(after)) > right
    return whole and is_full and after.left < setting.edges[next_flow.kind][0] + after.size * 1.2


def _has_wide_gap(line: Line) -> bool:
    return any(line.size * WIDE_GAP < end - start < float("inf") for start, end in free_of(line))


def _first_word(line: Line) -> float:
    """Give the width of what can't be parted at the beginning of a line."""
    chars = [char for char in line.chars if char.text.strip()]
    word = FIRST_WORD.match("".join(char.text for char in chars))
    return chars[word.end() - 1].right - chars[0].left if word and word.end() <= len(chars) else 0.0
