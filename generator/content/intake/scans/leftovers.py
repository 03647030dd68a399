"""Find the ink that no line of text holds: pictures, seals, and lines that were missed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from generator.content.intake.scans.pictures import Grey
    from generator.content.intake.scans.values import PixelBox

# all in inches
AROUND = 0.03  # of a line, within which ink belongs to it
EDGE = 0.15  # of the sheet, where the scanner leaves dark strips
NEAR = 0.08  # between the parts of one thing
PICTURE = 0.4  # least width and height
LOWEST, HIGHEST, NARROWEST = 0.07, 0.35, 0.05  # a line of text
LEAST_INK = 0.06  # share of the box of such a line; specks have less
MOST_MISSED = 40  # more of them are no lines but dirt


class Leftovers(NamedTuple):
    """What is printed on a page beside its lines and rules."""

    pictures: list[PixelBox]
    missed: list[PixelBox]  # as high as lines of text


def find_leftovers(ink: Grey, boxes: Iterable[PixelBox], dpi: float) -> Leftovers:
    """Find what is left of the ink of a page without rules when its lines are taken away."""
    rest = ink.copy()
    around, edge = round(AROUND * dpi), round(EDGE * dpi)
    for left, top, right, bottom in boxes:
        rest[
            max(0, int(top) - around) : int(bottom) + around,
            max(0, int(left) - around) : int(right) + around,
        ] = 0
    rest[:edge], rest[-edge:], rest[:, :edge], rest[:, -edge:] = 0, 0, 0, 0
    near = max(3, round(NEAR * dpi))
    joined = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((near, near), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = Leftovers([], [])
    for left, top, width, height, _ in stats[1:]:
        box = (float(left), float(top), float(left + width), float(top + height))
        if min(width, height) >= PICTURE * dpi:
            found.pictures.append(box)
        elif LOWEST * dpi <= height <= HIGHEST * dpi and width >= NARROWEST * dpi:
            inside = rest[top : top + height, left : left + width]
            if np.count_nonzero(inside) >= LEAST_INK * inside.size:
                found.missed.append(box)
    return found if len(found.missed) <= MOST_MISSED else Leftovers(found.pictures, [])
