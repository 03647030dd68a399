"""The picture of a page → its lines, rules and pictures."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from generator.content.intake.scans.engine import Words, find_boxes, read_pieces
from generator.content.intake.scans.leaders import find_leaders
from generator.content.intake.scans.leftovers import find_leftovers
from generator.content.intake.scans.ruling import PixelRule, find_rules, ink_of, without_rules
from generator.content.intake.scans.straighten import quarter_turned, skew_of, turned_by
from generator.content.intake.scans.values import ScannedLine, ScannedPage, ScannedRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.content.intake.scans.pictures import Grey, Picture
    from generator.content.intake.scans.values import PixelBox

PAPER = 255
SURE = 0.8  # mean confidence of a page; upside down, hardly one line reaches it
SAMPLE = 8  # lines that are read twice to see which way up a page is
TALL = 1.5  # a box so much higher than wide holds no level line
KEPT = 0.5  # confidence below which a reading is no reading
FOUND_LATER = 0.9  # the same, where the engine itself saw no line
# shares of the height of boxes: what two boxes of one line have in common, and the gap at which a
# line was cut, which is the width of a character
SAME_LINE, CLOSE = 0.75, 0.75
WHITE = 0.03  # inches left around the ink of a line


def read_page(picture: Picture) -> ScannedPage:
    """Read a page, after it was turned upright and laid straight."""
    grey = picture.grey
    turned = 0
    straight, rules, boxes = _boxes_of(grey, picture.dpi)
    if sum(_is_tall(box) * _length(box) for box in boxes) * 2 > sum(map(_length, boxes)):
        grey, turned = quarter_turned(grey, 1), 90
        straight, rules, boxes = _boxes_of(grey, picture.dpi)
    read = _read(straight, boxes)
    if boxes and np.mean([words.confidence for words in read]) < SURE:
        longest = sorted(range(len(boxes)), key=lambda n: -_length(boxes[n]))[:SAMPLE]
        sample = [boxes[n] for n in longest]
        turned_over = read_pieces([quarter_turned(_cut(straight, box), 2) for box in sample])
        if np.mean([words.confidence for words in turned_over]) > np.mean(
            [read[n].confidence for n in longest]
        ):
            grey, turned = quarter_turned(grey, 2), turned + 180
            straight, rules, boxes = _boxes_of(grey, picture.dpi)
            read = _read(straight, boxes)
    lines = [
        _line(words, box)
        for words, box in zip(read, boxes, strict=True)
        if words.text.strip() and words.confidence >= KEPT
    ]
    left = find_leftovers(ink_of(straight), boxes, picture.dpi)
    missed = [_widened(box, picture.dpi) for box in left.missed]
    lines += [
        _line(words, box)
        for words, box in zip(_read(straight, missed), missed, strict=True)
        if words.text.strip() and words.confidence >= FOUND_LATER
    ]
    upright = [rule for rule in rules if rule.upright]
    lines += find_leaders(lines, ink_of(straight, fine=True), upright)
    height, width = straight.shape
    return ScannedPage(
        width,
        height,
        picture.dpi,
        picture.finer,
        turned,
        tuple(lines),
        tuple(ScannedRule(rule.upright, rule.at, rule.start, rule.end) for rule in rules),
        tuple(left.pictures),
        round(skew_of(grey), 3),
    )


def _boxes_of(grey: Grey, dpi: float) -> tuple[Grey, list[PixelRule], list[PixelBox]]:
    """Lay a page straight; give it without its rules, these, and its lines."""
    straight = turned_by(grey, skew_of(grey), PAPER)
    rules = find_rules(ink_of(straight), dpi)
    bare = without_rules(straight, rules)
    ink = ink_of(bare)
    upright = [rule for rule in rules if rule.upright]
    boxes = [piece for box in find_boxes(bare, dpi) for piece in _parted(box, upright)]
    boxes = join_boxes(boxes, upright)
    return bare, rules, [tight for box in boxes if (tight := _tight(box, ink, dpi))]


def join_boxes(boxes: Sequence[PixelBox], upright: Sequence[PixelRule]) -> list[PixelBox]:
    """Join boxes that stand closer in one line than its characters: a line was cut within one."""
    joined: list[PixelBox] = []
    for box in sorted(boxes):
        n = next((n for n, other in enumerate(joined) if _is_cut(other, box, upright)), None)
        if n is None:
            joined.append(box)
        else:
            one = joined[n]
            joined[n] = (one[0], min(one[1], box[1]), max(one[2], box[2]), max(one[3], box[3]))
    return joined


def _is_cut(left: PixelBox, right: PixelBox, upright: Sequence[PixelRule]) -> bool:
    if _is_tall(left) and _is_tall(right):
        return False
    heights = left[3] - left[1], right[3] - right[1]
    common = min(left[3], right[3]) - max(left[1], right[1])
    if common < SAME_LINE * max(heights) or right[0] - left[2] > CLOSE * min(heights):
        return False
    middle = (right[1] + right[3]) / 2
    return not any(
        left[0] < rule.at < right[2] and rule.start <= middle <= rule.end for rule in upright
    )


def _parted(box: PixelBox, upright: Sequence[PixelRule]) -> list[PixelBox]:
    """Cut a box at the upright rules that part it: it holds the text of several cells."""
    left, top, right, bottom = box
    middle = (top + bottom) / 2
    edges = sorted(
        rule.at for rule in upright
        if left < rule.at < right and rule.start <= middle <= rule.end
    )  # fmt: skip
    places = [left, *edges, right]
    return [(a, top, b, bottom) for a, b in pairwise(places)]


def _tight(box: PixelBox, ink: Grey, dpi: float) -> PixelBox | None:
    """Draw the left and right edge of a box in to its ink; None where there is none."""
    left, top, right, bottom = (max(0, round(edge)) for edge in box)
    columns = cv2.reduce(ink[top:bottom, left:right], 0, cv2.REDUCE_MAX) if right > left else None
    if columns is None or bottom <= top:
        return None
    inked = np.flatnonzero(columns.ravel())
    if not len(inked):
        return None
    white = WHITE * dpi
    return (
        max(left + float(inked[0]) - white, 0.0),
        float(top),
        left + float(inked[-1]) + 1 + white,
        float(bottom),
    )


def _widened(box: PixelBox, dpi: float) -> PixelBox:
    """Give a box with the white around it that the engine leaves around a line."""
    left, top, right, bottom = box
    white = WHITE * dpi
    return (max(0.0, left - white), max(0.0, top - white), right + white, bottom + white)


def _read(grey: Grey, boxes: Sequence[PixelBox]) -> list[Words]:
    return read_pieces([_cut(grey, box) for box in boxes])


def _cut(grey: Grey, box: PixelBox) -> Grey:
    left, top, right, bottom = (max(0, round(edge)) for edge in box)
    piece = grey[top : max(bottom, top + 1), left : max(right, left + 1)]
    return quarter_turned(piece, 3) if _is_tall(box) else np.ascontiguousarray(piece)


def _length(box: PixelBox) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def _is_tall(box: PixelBox) -> bool:
    return box[3] - box[1] > TALL * (box[2] - box[0])


def _line(words: Words, box: PixelBox) -> ScannedLine:
    left = box[0]
    return ScannedLine(
        words.text,
        box,
        words.confidence,
        tuple(round(left + step, 1) for step in words.steps),
        tuple(round(each, 4) for each in words.certain),
    )
