"""What was recognised on a page, as it is kept between two runs."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

# left, top, right, bottom in pixels; y grows downwards
PixelBox: TypeAlias = tuple[float, float, float, float]


class ScannedLine(msgspec.Struct, frozen=True):
    """A line of text, or the piece of one between wide gaps."""

    text: str
    box: PixelBox  # of its ink
    confidence: float
    centres: tuple[float, ...]  # x of the middle of each character
    certain: tuple[float, ...]  # confidence of each character


class ScannedRule(msgspec.Struct, frozen=True):
    """A rule, in pixels."""

    upright: bool
    at: float
    start: float
    end: float


class ScannedPage(msgspec.Struct, frozen=True):
    """A page as it was recognised, upright and straight."""

    width: int
    height: int
    dpi: float
    finer: float  # times that of the scan
    turned: int  # degrees, clockwise, by which the sheet was turned to be read: 0, 90, 180, 270
    lines: tuple[ScannedLine, ...] = ()
    rules: tuple[ScannedRule, ...] = ()
    pictures: tuple[PixelBox, ...] = ()  # what is printed beside lines and rules
    skew: float = 0.0  # degrees, counterclockwise, by which it was laid straight after that
