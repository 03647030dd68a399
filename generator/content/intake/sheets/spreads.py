"""Cut sheets that show two printed pages side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.content.intake.sheets.page import Area, Cut, Rule, SheetPage
from generator.content.intake.sheets.printed_lines import read_lines

LANDSCAPE = 1.2  # width to height
FOLD = 0.03  # share of the width that two pages leave free on either side of their fold
FEWEST_LINES = 3  # of a half
MOST_INSIDE = 0.01  # share of the characters that may be printed on the fold


def cut_spreads(pages: Sequence[SheetPage]) -> list[SheetPage]:
    """Give two pages for each spread, the left one first; other sheets stay as they are.

    A sheet is a spread if it is wide, and hardly anything is printed across its middle. A sheet
    with text on one half only is one if others of its size are.
    """
    shapes = [_halves(page) for page in pages]
    sizes = {
        (round(page.width), round(page.height))
        for page, halves in zip(pages, shapes, strict=True)
        if halves and min(halves) >= FEWEST_LINES
    }
    cut: list[SheetPage] = []
    for page, halves in zip(pages, shapes, strict=True):
        if halves and (round(page.width), round(page.height)) in sizes:
            cut += [_half(page, 0.0, page.width / 2), _half(page, page.width / 2, page.width)]
        else:
            cut.append(page)
    return cut


def _halves(page: SheetPage) -> tuple[int, int] | None:
    """Count the lines of the halves of a wide sheet; None if its middle is not free."""
    if page.width < page.height * LANDSCAPE:
        return None
    middle, fold = page.width / 2, page.width * FOLD
    inside = sum(middle - fold < char.right and char.left < middle + fold for char in page.chars)
    if inside > MOST_INSIDE * len(page.chars):
        return None
    crossing = sum(
        not rule.upright and rule.start < middle - fold and rule.end > middle + fold
        for rule in page.rules
    )
    if crossing > 2:  # a table; a head may have a rule over both pages
        return None
    left = sum(1 for _ in read_lines(char for char in page.chars if char.left < middle))
    right = sum(1 for _ in read_lines(char for char in page.chars if char.left >= middle))
    return left, right


def _half(page: SheetPage, start: float, end: float) -> SheetPage:
    whole = page.cut or Cut(0.0, page.width, page.height)

    def moved(area: Area) -> Area:
        return replace(area, left=max(area.left, start) - start, right=min(area.right, end) - start)

    rules: list[Rule] = []
    for rule in page.rules:
        if rule.upright and start <= rule.at < end:
            rules.append(replace(rule, at=rule.at - start))
        elif not rule.upright and rule.start < end and rule.end > start:
            left, right = max(rule.start, start) - start, min(rule.end, end) - start
            rules.append(replace(rule, start=left, end=right))
    return replace(
        page,
        width=end - start,
        chars=tuple(
            replace(char, left=char.left - start, right=char.right - start)
            for char in page.chars
            if start <= char.left < end
        ),
        rules=tuple(rules),
        pictures=tuple(
            moved(area) for area in page.pictures if start <= (area.left + area.right) / 2 < end
        ),
        unread=tuple(
            replace(each, area=moved(each.area)) if each.area else each
            for each in page.unread
            if (start <= (each.area.left + each.area.right) / 2 < end if each.area else not start)
        ),
        cut=replace(whole, left=whole.left + start),
    )
