"""The values of a page before it is read: characters with their places, rules, pictures.

A born-digital PDF gives them, and so does the recognition of a page picture: only the source of the
characters differs, everything behind them is the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SMALLEST = 0.1  # points; size of a character
ASCENT = 0.88  # share of the height of a line of ideographs above its baseline


@dataclass(frozen=True, slots=True)
class Char:
    """A character and its position on the upright page, in points; y grows upwards."""

    text: str
    left: float
    right: float
    base: float  # y of its baseline
    size: float
    confidence: float | None = None  # 0 to 1, of a character that was recognised from a picture


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, for example of a table or under a heading."""

    upright: bool
    at: float  # x of an upright rule, y of a level one
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, in points; y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a page that its source could not read as characters."""

    kind: str  # a key of LOSS_KINDS
    words: str = ""
    area: Area | None = None  # None: somewhere on the page


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a page was cut out of its sheet, before the sheet was turned back by ``turn``."""

    left: float
    width: float  # of the whole sheet, turned as the page is
    height: float
    turn: int = 0  # degrees, clockwise, by which the sheet was turned to be read
    skew: float = 0.0  # degrees, counterclockwise, by which it was then laid straight


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page as its source gives it."""

    number: int  # of the sheet in the file, from 1
    width: float
    height: float
    chars: tuple[Char, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictures: tuple[Area, ...] = ()
    unread: tuple[Unread, ...] = ()
    image: str = ""  # file of the page's picture, relative to the folder
    cut: Cut | None = None  # None: the page is the whole sheet, upright


def is_wide(text: str) -> bool:
    """Whether a character is as wide as it is high."""
    return unicodedata.east_asian_width(text[0]) in "WF"


def spread_line(text: str, area: Area, confidence: float | None = None) -> Iterator[Char]:
    """Give the characters of a recognised line, spread evenly over its box.

    Ideographs and full-width characters take a whole width, others half of one; blanks give no
    character. The size of the type is the width of an ideograph, or the height of the box if that
    is smaller.
    """
    widths = [1.0 if is_wide(each) else 0.5 for each in text]
    if not widths or area.right <= area.left or area.top <= area.bottom:
        return
    unit = (area.right - area.left) / sum(widths)
    size = max(min(unit, area.top - area.bottom), SMALLEST)
    # the box has some white above and below
    base = (area.top + area.bottom) / 2 - size * (ASCENT - 0.5)
    left = area.left
    for each, width in zip(text, widths, strict=True):
        if not each.isspace():
            yield Char(each, left, left + unit * width, base, size, confidence)
        left += unit * width
