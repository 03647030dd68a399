"""Restore the leaders of contents: rows of dots between an entry and its page, which are not read.

某某市停车管理办法                (12) → 某某市停车管理办法………………(12)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from generator.content.intake.scans.values import ScannedLine
from generator.runtime.patterns import lazy_regex

if TYPE_CHECKING:
    from generator.content.intake.scans.pictures import Grey
    from generator.content.intake.scans.ruling import PixelRule

PAGE = lazy_regex(r"[(（\[〔]?\s*\d{1,4}(?:\s*[-—–~～]\s*\d{1,4})?\s*[)）\]〕]?")  # (12) · 12-15
LEADER = "…"
# all in heights of the line
NARROWEST = 1.5  # gap
LONGEST_DOT = 0.35
HIGHEST_DOT = 0.4
STEP = 0.7  # between the leaders that are put into a gap: the width of a character
FEWEST_DOTS = 3
WIDEST_SPACE = 2.0


def find_leaders(
    lines: Sequence[ScannedLine], ink: Grey, upright: Sequence[PixelRule] = ()
) -> Iterator[ScannedLine]:
    """Give a line of leaders for each gap before a page number in which dots are printed.

    ``upright`` are the rules of tables, whose cells have no leaders between them.
    """
    for number in lines:
        if not PAGE.fullmatch(number.text):
            continue
        before = [line for line in lines if line is not number and _is_left_of(line, number)]
        entry = max(before, key=lambda line: line.box[2], default=None)
        if entry and not _is_parted(entry, number, upright) and _has_dots(entry, number, ink):
            yield _leaders(entry, number)


def _is_left_of(line: ScannedLine, number: ScannedLine) -> bool:
    middle = (number.box[1] + number.box[3]) / 2
    return line.box[1] < middle < line.box[3] and line.box[2] <= number.box[0]


def _is_parted(entry: ScannedLine, number: ScannedLine, upright: Sequence[PixelRule]) -> bool:
    middle = (number.box[1] + number.box[3]) / 2
    return any(
        entry.box[0] < rule.at < number.box[2] and rule.start <= middle <= rule.end
        for rule in upright
    )


def _has_dots(entry: ScannedLine, number: ScannedLine, ink: Grey) -> bool:
    top, bottom = round(number.box[1]), round(number.box[3])
    left, right = round(entry.box[2]), round(number.box[0])
    height = bottom - top
    if right - left < NARROWEST * height:
        return False
    gap = ink[max(top, 0) : bottom, left:right]
    columns = gap.any(axis=0).astype(np.int8)
    edges = np.flatnonzero(np.diff(columns, prepend=0, append=0))
    runs = edges[1::2] - edges[::2]
    # dots from the entry to the number: no gap is wider than between two leaders
    spaces = np.diff(np.concatenate(([0], edges, [right - left])))[::2]
    rows = np.flatnonzero(gap.sum(axis=1) > gap.sum(axis=1).max() * 0.3)
    return bool(
        len(runs) >= FEWEST_DOTS
        and np.median(runs) <= LONGEST_DOT * height
        and spaces.max() <= WIDEST_SPACE * height
        and rows[-1] - rows[0] <= HIGHEST_DOT * height
    )


def _leaders(entry: ScannedLine, number: ScannedLine) -> ScannedLine:
    left, right = entry.box[2], number.box[0]
    step = STEP * (number.box[3] - number.box[1])
    count = max(FEWEST_DOTS, int((right - left) / step))
    places = np.linspace(left, right, count + 2)[1:-1]
    return ScannedLine(
        LEADER * count,
        (left, number.box[1], right, number.box[3]),
        1.0,
        tuple(round(float(x), 1) for x in places),
        (1.0,) * count,
    )
