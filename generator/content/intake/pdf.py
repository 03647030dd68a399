"""issue.pdf → text: read born-digital pages with columns, ruled tables and paragraphs."""

from __future__ import annotations

import logging
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from generator.content.intake.pdf_columns import NARROWEST, Flow, free_of, reading_order
from generator.content.intake.pdf_lines import WIDE_GAP, Line
from generator.content.intake.pdf_page import read_pages
from generator.content.intake.taken import Taken
from generator.content.intake.text import UNKNOWN, finish, join_pieces
from generator.runtime.errors import SourceError

log = logging.getLogger(__name__)

LIKELY_WRONG = 0.3  # share of unknown characters above which a text cannot be trusted
# 某某市停车管理办法 ..... 2: an entry of the contents reaches the margin, but ends there
ENTRY = re.compile(r"[.．…·‥][ .．…·‥]+[（(]?\d{1,4}[）)]?$")


def convert_pdf(path: Path) -> Taken:
    """Convert a born-digital PDF into the text of issue.md; SourceError when it cannot be read.

    1. Each paragraph is one line, joined from its printed lines across columns and pages.
    2. Each row of a ruled table is a line of cells with tabs between them.
    3. Page numbers and running heads are left out.
    """
    pages = read_pages(path)
    scanned = [page.number for page in pages if page.scanned]
    if not any(page.chars for page in pages) or len(scanned) * 2 > len(pages):
        msg = f"{path}:1: 没有文字层，可能是扫描件；请先做文字识别（OCR），再放入识别所得的文本"
        raise SourceError(msg)
    if scanned:
        numbers = "、".join(map(str, scanned))
        log.warning("%s: 第 %s 页没有文字层，没有转入；请对照原件补入", path, numbers)
    chars = [char for page in pages for char in page.chars]
    if sum(UNKNOWN in char.text for char in chars) > LIKELY_WRONG * len(chars):
        msg = (
            f"{path}:1: 字体没有注明所印的是哪些字，文字读不出；"
            "请先做文字识别（OCR），再放入识别所得的文本"
        )
        raise SourceError(msg)
    return Taken(finish(_paragraphs(reading_order(pages)), path))


def _paragraphs(flows: Sequence[Flow]) -> Iterator[str]:
    """Join lines to paragraphs, and mark those in large type as headings."""
    placed = [(line, flow) for flow in flows for line in flow.lines]
    edges = _edges(flows)
    body = _commonest_size(line for line, _ in placed)
    text = ""
    for n, (line, flow) in enumerate(placed):
        if n and _goes_on(*placed[n - 1], line, flow, edges):
            text = join_pieces(text, line.text)
            continue
        if n:
            yield text
        text = _mark(line, body) + line.text
    yield text


def _commonest_size(lines: Iterable[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        if not line.table:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _mark(line: Line, body: float) -> str:
    if line.table or line.size < body * 1.2:
        return ""
    return "# " if line.size >= body * 1.5 else "## "


Edges: TypeAlias = Mapping[tuple[int, int, int], tuple[float, float]]


def _edges(flows: Iterable[Flow]) -> Edges:
    """Find the margins of each kind of flow: the medians of its left and right edges."""
    found: dict[tuple[int, int, int], list[tuple[float, float]]] = {}
    for flow in flows:
        if lines := [line for line in flow.lines if not line.table]:
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
    if line.table or after.table or ENTRY.search(line.text):
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
