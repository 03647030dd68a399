"""A recognised page → the value that the pages of every source are read from."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.content.intake.scans.pictures import POINTS
from generator.content.intake.scans.signs import settled
from generator.content.intake.scans.values import ScannedLine, ScannedPage
from generator.content.intake.sheets.page import (
    ASCENT,
    Area,
    Char,
    Cut,
    Rule,
    SheetPage,
    Unread,
    is_wide,
)

BOX_HEIGHT = 1.42  # of a line's box, in sizes of its type
FEWEST_STEPS = 3  # between ideographs, to tell the size of a line's type by them
# share by which the size of a line may differ from that of the body and be it, told by the steps
# between its characters, or by the height of its box
LIKE_BODY, ROUGHLY_LIKE_BODY = 0.1, 0.25
APART = 1.6  # sizes between the middles of two characters with a gap between
OPENING, CLOSING = "（(《〈“‘【〔「『[", "，。、；：！？）》〉】〕」』,;:!?)]"
TALL = 1.5  # a line so much higher than wide is turned
LEAST_SIZE = 20.0  # pixels of the type of the body in the scan; below, characters run together


@dataclass(frozen=True, slots=True)
class _Sized:
    line: ScannedLine
    size: float  # points
    rough: bool = False  # told by the height of the line's box


def sheet_pages(pages: Sequence[tuple[int, ScannedPage]]) -> list[SheetPage]:
    """Give pages, each with the number of its sheet, as all sources give them."""
    sized = [[_sized(settled(line), page) for line in page.lines] for _, page in pages]
    body = _body_size([each for of_page in sized for each in of_page])
    return [
        _sheet_page(number, page, [_settled(each, body) for each in of_page])
        for (number, page), of_page in zip(pages, sized, strict=True)
    ]


def _sized(line: ScannedLine, page: ScannedPage) -> _Sized:
    """Tell the size of a line's type: the step between its ideographs, or the box's height."""
    by_height = (line.box[3] - line.box[1]) / BOX_HEIGHT
    steps = [
        after - before
        for (a, before), (b, after) in pairwise(zip(line.text, line.centres, strict=True))
        if is_wide(a) and is_wide(b) and before < after
    ]
    size, rough = by_height, len(steps) < FEWEST_STEPS
    if not rough:
        # each step is told roughly, their mean exactly; a title may be set with wide gaps
        usual = statistics.median(steps)
        near = [step for step in steps if step < usual * APART]
        size = min(statistics.fmean(near), by_height * (1 + ROUGHLY_LIKE_BODY))
    return _Sized(line, size * POINTS / page.dpi, rough)


def _body_size(lines: Sequence[_Sized]) -> float:
    """Give the size at which half of all characters are smaller."""
    by_size = sorted((each.size, len(each.line.text)) for each in lines)
    half, seen = sum(count for _, count in by_size) / 2, 0
    for size, count in by_size:
        seen += count
        if seen >= half:
            return round(size, 1)
    return 0.0


def _settled(each: _Sized, body: float) -> _Sized:
    """Give lines of nearly one size the same; printed sizes are halves of points."""
    like = ROUGHLY_LIKE_BODY if each.rough else LIKE_BODY
    if abs(each.size - body) <= body * like:
        return _Sized(each.line, body)
    return _Sized(each.line, round(each.size * 2) / 2)


def _sheet_page(number: int, page: ScannedPage, lines: Sequence[_Sized]) -> SheetPage:
    scale = POINTS / page.dpi
    width, height = page.width * scale, page.height * scale
    level = [each for each in lines if not _is_turned(each.line)]
    return SheetPage(
        number=number,
        width=width,
        height=height,
        chars=tuple(char for each in level for char in _chars(each.line, each.size, scale, height)),
        rules=tuple(
            Rule(
                rule.upright,
                rule.at * scale if rule.upright else height - rule.at * scale,
                height - rule.end * scale if rule.upright else rule.start * scale,
                height - rule.start * scale if rule.upright else rule.end * scale,
            )
            for rule in page.rules
        ),
        pictures=tuple(
            Area(left * scale, height - bottom * scale, right * scale, height - top * scale)
            for left, top, right, bottom in page.pictures
        ),
        unread=tuple(_unread(page, lines, scale, height)),
        cut=Cut(0.0, width, height, page.turned, page.skew) if page.turned or page.skew else None,
    )


def _is_turned(line: ScannedLine) -> bool:
    left, top, right, bottom = line.box
    return len(line.text) > 1 and bottom - top > TALL * (right - left)


def _chars(line: ScannedLine, size: float, scale: float, height: float) -> Iterator[Char]:
    """Give the characters of a line; gaps remain only where it has wide ones."""
    left, top, right, bottom = line.box
    base = height - (top + bottom) / 2 * scale - size * (ASCENT - 0.5)
    unit = size / scale
    if line.text[0] in OPENING:  # printed in the right half of its width
        left -= unit * 0.4
    if line.text[-1] in CLOSING:
        right += unit * 0.4
    steps = [after - before for before, after in pairwise(line.centres)]
    # the characters of 目　录 belong together
    apart = max(unit, statistics.median(steps or [0.0])) * APART
    widths = [unit * (1.0 if is_wide(each) else 0.5) for each in line.text]
    edges = [(left, max(right, left))] * len(widths)
    for n, (before, after) in enumerate(pairwise(line.centres)):
        if after - before > apart:
            ends, begins = before + widths[n] / 2, after - widths[n + 1] / 2
        else:
            ends = begins = (before + after) / 2
        edges[n] = (edges[n][0], max(ends, edges[n][0]))
        edges[n + 1] = (max(begins, edges[n][1]), edges[n + 1][1])
    for each, (begin, end), certain in zip(line.text, edges, line.certain, strict=True):
        text = " " if each.isspace() else each
        yield Char(text, begin * scale, max(begin, end) * scale, base, size, certain)


def _unread(
    page: ScannedPage, lines: Sequence[_Sized], scale: float, height: float
) -> Iterator[Unread]:
    if page.turned:
        yield Unread("upside-down")
    size = _body_size(lines)
    if lines and size / scale / page.finer < LEAST_SIZE:
        yield Unread("coarse")
    if not lines:
        yield Unread("page")
    for each in lines:
        if _is_turned(each.line):
            left, top, right, bottom = each.line.box
            yield Unread(
                "turned",
                each.line.text,
                Area(left * scale, height - bottom * scale, right * scale, height - top * scale),
            )
