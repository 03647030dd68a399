"""The sheets of paper that an issue was printed on, and what their pictures must not show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from generator.model.pages import Box

# the file of the text that the sheet belongs to, from 1 (0 if it has only one), and the
# sheet in it, from 1
SheetKey: TypeAlias = tuple[int, int]

SAME_COLUMN = 0.3  # share of the narrower of two lines that is above or below the other
LARGEST_GAP = 3.0  # heights of a line between two lines of one paragraph, in one column


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """Where the picture of a sheet comes from."""

    key: SheetKey
    file: str  # relative to the folder
    frame: int  # the page of a PDF, or the picture in a TIFF, from 1
    printed: str = ""  # the number printed on the sheet
    lost: tuple[int, ...] = ()  # lines behind which something on it is missing in the text
    is_edited: bool = False  # the text was changed after it was made from the sheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as the site shows it."""

    picture: SheetPicture
    masks: tuple[Box, ...] = ()  # what is painted over, because it is not to be published
    is_withheld: bool = False  # there is no picture of it: what it must not show has no known place

    @property
    def key(self) -> SheetKey:
        """The sheet among those of the issue."""
        return self.picture.key

    @property
    def printed(self) -> str:
        """The number printed on it; empty if it is not known."""
        return self.picture.printed

    @property
    def name(self) -> str:
        """The beginning of the names of its pictures: pages/0003, pages/02-0003."""
        part, sheet = self.key
        return f"pages/{part:02}-{sheet:04}" if part else f"pages/{sheet:04}"

    @property
    def large(self) -> str:
        """The larger one of its pictures, relative to the issue's folder in the site."""
        return f"{self.name}-large.webp"

    @property
    def small(self) -> str:
        """The smaller one of its pictures, relative to the issue's folder in the site."""
        return f"{self.name}-small.webp"

    @property
    def label(self) -> str:
        """What readers call it: 第12页, or 第3张 if it has no known number."""
        return f"第{self.printed}页" if self.printed else f"第{self.key[1]}张"


class Frame(NamedTuple):
    """An area of a sheet."""

    key: SheetKey
    box: Box


def frames_of(places: Iterable[Frame], gap: float = LARGEST_GAP) -> list[Frame]:
    """Join the boxes of lines that stand below each other in a column; keep their order.

    ``gap`` is the largest distance between two of them, in heights of a line.
    """
    frames: list[Frame] = []
    for place in places:
        above = frames[-1] if frames else None
        if above and above.key == place.key and _goes_on(above.box, place.box, gap):
            frames[-1] = Frame(place.key, hull(above.box, place.box))
        else:
            frames.append(place)
    return frames


def hull(one: Box, other: Box) -> Box:
    """Give the smallest box that holds two boxes."""
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def inside(box: Box) -> Box | None:
    """Give the part of a box that is on the sheet; None if there is none."""
    left, top, right, bottom = (min(max(share, 0.0), 1.0) for share in box)
    return (left, top, right, bottom) if left < right and top < bottom else None


def _goes_on(above: Box, below: Box, gap: float) -> bool:
    """Whether a box continues another one: below it, in the same column."""
    height = below[3] - below[1]
    if not above[1] - height / 2 <= below[1] <= above[3] + gap * height:
        return False
    shared = min(above[2], below[2]) - max(above[0], below[0])
    return shared >= SAME_COLUMN * min(above[2] - above[0], below[2] - below[0])
