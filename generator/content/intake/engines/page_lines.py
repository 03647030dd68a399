"""The lines of a page that an engine found without knowing what they are: in rows, as printed.

An engine for lines takes the title, the leaders and the page number of an entry of the contents for
pieces of their own. They are joined where they are in one row and the leaders say that they belong
together; the cells of a table, which are in one row too, have no leaders.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.content.intake.engines.json_values import numbers_of
from generator.content.intake.taken import Box, Place
from generator.runtime.patterns import lazy_regex

LEADER = "….·．。•⋯"
ENDS_IN_LEADER = lazy_regex(rf"[{LEADER}]\s?$")
# …12, …（12）, 12-13, or only more leaders
NUMBER_BEHIND = lazy_regex(
    rf"(?P<leader>[{LEADER}\s]*)(?P<page>[(（]?\d{{1,4}}(?:[-–—～]\d{{1,4}})?[)）]?)?"
)
SAME_ROW = 0.5  # share of the lower piece's height that both pieces have in common
LARGEST = 10_000_000.0  # pixels


class PageLine(NamedTuple):
    """A line that an engine found."""

    text: str
    place: Place
    corners: Box | None  # left, top, right, bottom in the unit of the engine


def corners_of(value: object) -> Box | None:
    """Give the box of a line, which is left, top, right, bottom or corners [[x, y], …]."""
    if (box := numbers_of(value, 4)) is not None:
        return box[0], box[1], box[2], box[3]
    if not isinstance(value, list) or not 2 <= len(value) <= 1_000:
        return None
    corners = [corner for item in value if (corner := numbers_of(item, 2)) is not None]
    if len(corners) != len(value):
        return None
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)


def join_entries(lines: Iterable[PageLine]) -> tuple[tuple[str, Place], ...]:
    """Join the pieces of each entry of the contents; all other lines stay as they are."""
    joined: list[PageLine] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
    return tuple((line.text, line.place) for line in joined)


def _goes_on(before: PageLine, line: PageLine) -> bool:
    """Whether a piece has the leaders or the page number of the entry before it in its row."""
    found = NUMBER_BEHIND.fullmatch(line.text.strip())
    if not found or not (ENDS_IN_LEADER.search(before.text) or found["leader"].strip()):
        return False
    if before.corners is None or line.corners is None:
        return False
    _, top, right, bottom = before.corners
    left, other_top, _, other_bottom = line.corners
    common = min(bottom, other_bottom) - max(top, other_top)
    height = min(bottom - top, other_bottom - other_top)
    # boxes of engines may overlap by a little
    return height > 0 and common >= SAME_ROW * height and left >= right - height


def _join(before: PageLine, line: PageLine) -> PageLine:
    corners = before.corners
    if corners and line.corners:
        corners = _around(corners, line.corners)
    one, other = before.place, line.place
    box = _around(one.box, other.box) if one.box and other.box else one.box
    scores = [place.confidence for place in (one, other) if place.confidence is not None]
    place = Place(one.page, box, min(scores, default=None))
    return PageLine(before.text + line.text.strip(), place, corners)


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]), min(one[1], other[1]),
        max(one[2], other[2]), max(one[3], other[3]),
    )  # fmt: skip
