"""Find the rules of tables in the picture of a page, and the page without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from generator.content.intake.scans.pictures import Grey

# inches
SHORTEST_LEVEL = 0.5  # longer than a dash and than the strokes of large type
SHORTEST_UPRIGHT = 0.2  # a row of a table
THICKEST = 0.05
GAP = 0.02  # within a rule that was printed or scanned with breaks
TOUCHING = 0.06
FEWEST_TOUCHED = 2  # level rules
MOST_PIECES = 4_000  # more are a photograph


class PixelRule(NamedTuple):
    """A straight line of a table, in pixels; y grows downwards."""

    upright: bool
    at: float
    start: float
    end: float
    thickness: float


def ink_of(grey: Grey, *, fine: bool = False) -> Grey:
    """Give the ink of a page: 255 where the picture is dark.

    ``fine`` keeps the smallest dots, and the specks of the scanner with them.
    """
    flags = cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU
    limit, ink = cv2.threshold(cv2.medianBlur(grey, 3), 0, 255, flags)
    if fine:
        # a dot of two pixels is a little darker than the paper only
        _, ink = cv2.threshold(
            cv2.GaussianBlur(grey, (3, 3), 0),
            (limit + 2 * float(np.median(grey))) / 3,
            255,
            cv2.THRESH_BINARY_INV,
        )
    return np.asarray(ink, dtype=np.uint8)


def find_rules(ink: Grey, dpi: float) -> list[PixelRule]:
    """Find the level rules, and the upright ones that touch two level ones, as those of a row do.

    The stroke of a large character below a running head may touch its rule.
    """
    level = list(_straight(ink, dpi, upright=False))
    touching = TOUCHING * dpi
    upright = [
        rule
        for rule in _straight(ink, dpi, upright=True)
        if sum(
            other.start - touching <= rule.at <= other.end + touching
            and rule.start - touching <= other.at <= rule.end + touching
            for other in level
        )
        >= FEWEST_TOUCHED
    ]
    return [*level, *upright] if len(level) + len(upright) <= MOST_PIECES else []


def _straight(ink: Grey, dpi: float, *, upright: bool) -> list[PixelRule]:
    shortest = (SHORTEST_UPRIGHT if upright else SHORTEST_LEVEL) * dpi
    # rules are not quite straight: each piece of them is
    piece, gap = max(3, round(shortest / 3)), max(1, round(GAP * dpi))
    across = (lambda n: (1, n)) if upright else (lambda n: (n, 1))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(across(gap)[::-1], np.uint8))
    kept = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones(across(piece)[::-1], np.uint8))
    kept = cv2.dilate(kept, np.ones(across(gap)[::-1], np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    found = []
    for left, top, width, height, area in stats[1:]:
        length, breadth = (height, width) if upright else (width, height)
        thickness = area / max(length, 1)
        if length < shortest or thickness > THICKEST * dpi or breadth > THICKEST * dpi * 2:
            continue
        at = (left + width / 2) if upright else (top + height / 2)
        start = top if upright else left
        found.append(
            PixelRule(upright, float(at), float(start), float(start + length), float(breadth))
        )
    return found


def without_rules(grey: Grey, rules: list[PixelRule]) -> Grey:
    """Paint the rules of a page over with the colour of its paper."""
    if not rules:
        return grey
    painted = grey.copy()
    paper = int(np.median(grey))
    for rule in rules:
        low, high = int(rule.at - rule.thickness / 2 - 1), int(rule.at + rule.thickness / 2 + 2)
        start, end = max(0, int(rule.start) - 1), int(rule.end) + 2
        if rule.upright:
            painted[start:end, max(0, low) : high] = paper
        else:
            painted[max(0, low) : high, start:end] = paper
    return painted
