"""Pages → text: join printed lines to paragraphs, and keep their places and what was not read."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from generator.content.intake.sheets.columns import NARROWEST, Flow, free_of, reading_order
from generator.content.intake.sheets.cut_rows import join_cut_rows
from generator.content.intake.sheets.page import SheetPage
from generator.content.intake.sheets.places import Block, Missed, Piece, finish_text
from generator.content.intake.sheets.printed_lines import WIDE_GAP, Line
from generator.content.intake.taken import Taken

# 某某市停车管理办法 ..... 2: an entry of the contents reaches the margin, but ends there
ENTRY = re.compile(r"[.．…·‥][ .．…·‥]+[（(]?\d{1,4}[）)]?$")


def read_sheets(pages: Sequence[SheetPage], path: Path, engine: str = "") -> Taken:
    """Read the pages of a file; SourceError when they have no text.

    1. Each paragraph is one line, joined from its printed lines across columns and pages.
    2. Each row of a ruled table is a line of cells with tabs between them.
    3. Page numbers and running heads are left out; the numbers are in the layout.
    4. Each line of the text has its places on paper, one for each column that it is printed in.
    5. What was not read is among the losses, behind the line that is printed above it.
    """
    missed = [
        Missed(page, unread.kind, unread.words, unread.area)
        for page in pages
        for unread in page.unread
    ]
    missed += [Missed(page, "picture", "", area) for page in pages for area in page.pictures]
    ordered = reading_order(pages)
    blocks = join_cut_rows(_blocks(ordered.flows))
    return finish_text(blocks, pages, missed, ordered.printed, path, engine)


def _blocks(flows: Sequence[Flow]) -> Iterator[Block]:
    """Join lines to paragraphs, and mark those in large type as headings."""
    placed = [(line, flow) for flow in flows for line in flow.lines]
    edges = _edges(flows)
    body = _commonest_size(line for line, _ in placed)
    block: Block | None = None
    for n, (line, flow) in enumerate(placed):
        pieces = _pieces(line, flow)
        if block and _goes_on(*placed[n - 1], line, flow, edges):
            block = block.joined(line.text, pieces)
            continue
        if block:
            yield block
        block = Block(_mark(line, body) + line.text, pieces, line.rows)
    if block:
        yield block


def _pieces(line: Line, flow: Flow) -> tuple[Piece, ...]:
    return tuple(
        Piece(n, flow.page, flow.column, area, line.confidence) for n, area in enumerate(line.areas)
    )


def _commonest_size(lines: Iterable[Line]) -> float:
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


def _goes_on(line: Line, flow: Flow, after: Line, after_flow: Flow, edges: Edges) -> bool:
    """Whether the next line continues the paragraph of a line.

    It does if the line reaches the right margin, the next one begins at the left margin, and both
    have the same size.
    """
    if line.rows or after.rows or ENTRY.search(line.text):
        return False
    if abs(line.size - after.size) > line.size * 0.12:
        return False
    if flow is after_flow and line.base - after.base > line.size * 2.6:
        return False
    left, right = edges[flow.kind]
    # indented by two characters at most, and without the wide gap of an entry of the contents
    whole = line.left < left + line.size * 3 and line.right - line.left > line.size * NARROWEST
    whole = whole and not any(line.size * WIDE_GAP < b - a < float("inf") for a, b in free_of(line))
    # a full line may lack its last character, which moves down with punctuation that follows it
    is_full = line.right > right - line.size * 1.6
    return whole and is_full and after.left < edges[after_flow.kind][0] + after.size * 1.2
