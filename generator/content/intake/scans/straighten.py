"""Turn the picture of a page back by the angle at which it was laid on the scanner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from generator.content.intake.scans.pictures import Grey

MOST_SKEW = 4.0  # degrees; a page that lies more aslant was not scanned but photographed
COARSE, FINE = 0.5, 0.05  # degrees between the angles that are tried
LOOKED_AT = 900  # pixels of the shorter side of the picture in which they are tried
LEAST_SKEW = 0.04  # degrees; less moves no line by a pixel


def skew_of(grey: Grey) -> float:
    """Give the angle in degrees, counterclockwise, by which a page must be turned to lie straight.

    At this angle its lines are level: rows of ink and rows of paper differ most.
    """
    height, width = grey.shape
    scale = min(1.0, LOOKED_AT / max(1, min(height, width)))
    small = cv2.resize(
        grey,
        (max(1, round(width * scale)), max(1, round(height * scale))),
        interpolation=cv2.INTER_AREA,
    )
    _, dark = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    ink = np.asarray(dark, dtype=np.uint8)
    # the dark edge of a scanner is no line of text
    ink[:8], ink[-8:], ink[:, :8], ink[:, -8:] = 0, 0, 0, 0
    around = np.arange(-MOST_SKEW, MOST_SKEW + COARSE / 2, COARSE)
    best = max(around, key=lambda angle: _levelness(ink, float(angle)))
    near = np.arange(best - COARSE, best + COARSE + FINE / 2, FINE)
    found = float(max(near, key=lambda angle: _levelness(ink, float(angle))))
    return found if abs(found) >= LEAST_SKEW else 0.0


def _levelness(ink: Grey, angle: float) -> float:
    rows = np.asarray(turned_by(ink, angle, 0), dtype=np.float64).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def turned_by(grey: Grey, angle: float, paper: int) -> Grey:
    """Turn a picture about its middle, counterclockwise; its size stays."""
    if not angle:
        return grey
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(
        cv2.warpAffine(
            grey,
            matrix,
            (width, height),
            flags=cv2.INTER_CUBIC if paper else cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=paper,
        ),
        dtype=np.uint8,
    )


def quarter_turned(grey: Grey, turns: int) -> Grey:
    """Turn a picture by quarters of a circle, clockwise."""
    return np.ascontiguousarray(np.rot90(grey, -turns % 4))
