"""RapidOCR: find the lines of a page, and read them with the place of each character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

import cv2
import numpy as np
from rapidocr import RapidOCR

if TYPE_CHECKING:
    from generator.content.intake.scans.pictures import Grey
    from generator.content.intake.scans.values import PixelBox

ENGINE = f"RapidOCR {version('rapidocr')}"
# pixels an inch at which lines are looked for; they are read at the picture's own resolution
SOUGHT_AT = 120
COLUMN = 8  # pixels of a line of the height 48, which the recognition sees as one step
READ_HEIGHT = 48


@dataclass(frozen=True, slots=True)
class Words:
    """What a piece of a picture reads as."""

    text: str
    confidence: float
    steps: tuple[float, ...]  # the middle of each character, in pixels from the piece's left edge
    certain: tuple[float, ...]


@cache
def _engine() -> RapidOCR:
    """Load the models once; the classifier of angles is left out, because it spoils lines."""
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.return_word_box": True,
            "Global.max_side_len": 100_000,
            "Global.log_level": "critical",
            "Det.limit_type": "max",
            "Det.limit_side_len": 4_000,
            "Rec.rec_img_shape": [3, 48, 48],
        }
    )


def find_boxes(grey: Grey, dpi: float) -> list[PixelBox]:
    """Find the lines of text of a page."""
    scale = min(1.0, SOUGHT_AT / dpi)
    height, width = grey.shape
    small = cv2.resize(
        grey,
        (max(1, round(width * scale)), max(1, round(height * scale))),
        interpolation=cv2.INTER_AREA,
    )
    found = _engine()(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_rec=False)
    boxes = getattr(found, "boxes", None)
    if boxes is None:
        return []
    corners = np.asarray(boxes, dtype=np.float64) / scale
    return [
        (
            float(quad[:, 0].min()),
            float(quad[:, 1].min()),
            float(quad[:, 0].max()),
            float(quad[:, 1].max()),
        )
        for quad in corners
    ]


def read_pieces(pieces: Sequence[Grey]) -> list[Words]:
    """Read pieces of a picture, each with one line of text."""
    if not pieces:
        return []
    coloured = [cv2.cvtColor(piece, cv2.COLOR_GRAY2BGR) for piece in pieces]
    read = _engine().recognize_txt(coloured)
    return [
        _words(text, float(confidence), info, piece.shape[0])
        for text, confidence, info, piece in zip(
            read.txts or (), read.scores, read.word_results, pieces, strict=True
        )
    ]


def _words(text: str, confidence: float, info: object, height: int) -> Words:
    """Give a reading with the middle of each character; a blank has that of the one before."""
    columns = iter([column for word in getattr(info, "word_cols", None) or () for column in word])
    certain = tuple(float(each) for each in getattr(info, "confs", None) or ())
    steps: list[float] = []
    for character in text:
        if not character.isspace():
            steps.append((next(columns, 0) + 0.5) * COLUMN * height / READ_HEIGHT)
        else:
            steps.append(steps[-1] if steps else 0.0)
    if len(certain) != len(text):
        certain = (confidence,) * len(text)
    return Words(text, confidence, tuple(steps), certain)
