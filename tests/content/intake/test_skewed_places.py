"""The places of lines on a scan that was laid straight are those on the scan as it is."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageOps

from generator.content.intake.sheets.page import Area, Cut, SheetPage
from generator.content.intake.sheets.places import box_of

WIDTH, HEIGHT = 800, 1100


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 0.6, -0.6, 3.0, -4.0])
@pytest.mark.parametrize("corner", [(60, 80), (640, 80), (60, 1000), (640, 1000)])
def test_a_box_of_a_straightened_page_is_where_its_ink_is_on_the_scan(
    turn: int, skew: float, corner: tuple[int, int]
) -> None:
    scan = Image.new("L", (WIDTH, HEIGHT), 255)
    ImageDraw.Draw(scan).rectangle((*corner, corner[0] + 100, corner[1] + 20), fill=0)
    # as a page is prepared for recognition: clockwise by quarters, then counterclockwise by degrees
    upright = scan.rotate(-turn, expand=True, fillcolor=255)
    straight = upright.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    left, top, right, bottom = ImageOps.invert(straight).point(lambda v: 255 * (v > 128)).getbbox()  # type: ignore[misc]
    width, height = straight.size
    cut = Cut(0.0, width, height, turn, skew)
    page = SheetPage(1, width, height, cut=cut)
    box = box_of(Area(left, height - bottom, right, height - top), page)
    assert box
    wanted = (corner[0], corner[1], corner[0] + 101, corner[1] + 21)
    found = (box[0] * WIDTH, box[1] * HEIGHT, box[2] * WIDTH, box[3] * HEIGHT)
    # the box of what lies aslant is larger than its ink
    slack = 2 + 220 * abs(skew) * 3.15 / 180
    assert found[0] <= wanted[0] + 2
    assert found[1] <= wanted[1] + 2
    assert found[2] >= wanted[2] - 2
    assert found[3] >= wanted[3] - 2
    assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= slack
