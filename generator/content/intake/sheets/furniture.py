"""Take running heads, page numbers and their rules off the pages, and keep the numbers."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from generator.content.intake.sheets.notes import begins_note, references
from generator.content.intake.sheets.page import Rule, SheetPage
from generator.content.intake.sheets.printed_lines import Line
from generator.runtime.patterns import lazy_regex

# 2 · - 12 - · — 12 — · 第12页 · 第 3 页 共 20 页 · 12/60
PAGE_NUMBER = lazy_regex(
    r"[-—–－―·•.\s]*第?\s*(?P<number>\d{1,4})\s*页?"
    r"(?:\s*[/／，,]?\s*共?\s*\d{1,4}\s*页?)?[-—–－―·•.\s]*"
)
# what a browser prints around a page: 2024/3/6 10:21, https://www.example.com/a/1.html
BROWSER_PRINTS = (
    lazy_regex(r"\d{2,4}[/.-]\d{1,2}[/.-]\d{1,4}\s*,?\s*\d{1,2}:\d{2}(?!\d).*"),
    lazy_regex(r"(?:https?://|file:/|about:)\S+(?:\s.*)?"),
)
DIGITS = lazy_regex(r"\d+")
# what recognition reads now so, now so
UNSTEADY = lazy_regex(r"[\W_]+")
EDGE = 0.12  # share of a page's height, at its top and at its foot, for heads and page numbers
REPEATED, FEWEST_PAGES = 0.4, 2  # share of the pages: a head on odd pages only is on half of them
LARGEST = 1.15  # of the size of the text; what is larger is a title, however often it is printed
# of the size of the text: smaller type next to the text may be a head, other type stands apart from
# it, for the first line of the text may be the same on several pages: 附件1, 附件2
SMALLER, APART = 0.95, 2.2
SAME_PLACE = 2.0  # points

Key: TypeAlias = tuple[bool, str]  # at the top or at the foot, its words without numbers


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the edge of a page; ``page`` is the index of the page."""

    page: int
    line: Line
    key: Key


def take_furniture(
    pages: Sequence[SheetPage], lines: Sequence[Sequence[Line]]
) -> tuple[list[list[Line]], dict[int, str]]:
    """Give the lines without running heads and page numbers, and the printed number of each sheet.

    A line is a running head if it is printed at the edge of several pages with the same words,
    numbers apart, outside of the text; so is what other pages have at the place of such a line.
    """
    body = statistics.median_low([line.size for each in lines for line in each] or [0.0])
    marks = [references(of_page) for of_page in lines]
    edges = [
        _Edge(n, line, key)
        for n, (page, of_page) in enumerate(zip(pages, lines, strict=True))
        for line in of_page
        if (key := _key(line, page.height)) and not begins_note(line, marks[n], body)
    ]
    numbers = _page_numbers(pages, lines)
    seen = Counter(key for _, key in {(edge.page, edge.key) for edge in edges})
    needed = max(FEWEST_PAGES, REPEATED * sum(map(bool, lines)))
    repeated = [edge for edge in edges if seen[edge.key] >= needed or _is_of_browser(edge.line)]
    known = {id(edge.line) for edge in repeated} | {id(line) for _, line, _ in numbers}
    top, foot = _text_bounds(pages, lines, known)
    outside = [
        edge
        for edge in edges
        if edge.line.size <= body * LARGEST
        and _distance(edge, pages[edge.page].height, top, foot)
        > (edge.line.size / 2 if edge.line.size < body * SMALLER else body * APART)
    ]
    known_heads = {id(edge.line) for edge in repeated}
    heads = [edge for edge in outside if id(edge.line) in known_heads]
    places = {_place(edge, shift) for edge in heads for shift in (-1, 0, 1)}
    dropped = {id(edge.line) for edge in outside if _place(edge, 0) in places}
    dropped |= {id(line) for _, line, _ in numbers}
    kept = [[line for line in of_page if id(line) not in dropped] for of_page in lines]
    return kept, _printed(pages, numbers, heads)


def _key(line: Line, height: float) -> Key | None:
    if line.rows or EDGE * height < line.base < (1 - EDGE) * height:
        return None
    text = UNSTEADY.sub("", DIGITS.sub("0", line.text)) or line.text
    return line.base > height / 2, text


def _is_of_browser(line: Line) -> bool:
    return any(pattern.fullmatch(line.text) for pattern in BROWSER_PRINTS)


def _distance(edge: _Edge, height: float, top: float, foot: float) -> float:
    """Give how far outside of the text a line is."""
    return edge.line.base - top * height if edge.key[0] else foot * height - edge.line.base


def _place(edge: _Edge, shift: int) -> tuple[bool, int]:
    return edge.key[0], round(edge.line.base / SAME_PLACE) + shift


def _page_numbers(
    pages: Sequence[SheetPage], lines: Sequence[Sequence[Line]]
) -> list[tuple[int, Line, str]]:
    """Give the lines that are page numbers, each with the index of its page."""
    return [
        (n, line, found["number"])
        for n, (page, of_page) in enumerate(zip(pages, lines, strict=True))
        for at, line in enumerate(of_page)
        if (at < 2 or at >= len(of_page) - 2)
        and _key(line, page.height)
        and (found := PAGE_NUMBER.fullmatch(line.text))
    ]


def _text_bounds(
    pages: Sequence[SheetPage], lines: Sequence[Sequence[Line]], known: Collection[int]
) -> tuple[float, float]:
    """Give where the text begins and ends on most pages, as shares of their height."""
    tops, feet = [], []
    for page, of_page in zip(pages, lines, strict=True):
        if text := [line for line in of_page if id(line) not in known]:
            tops.append(max(line.base for line in text) / page.height)
            feet.append(min(line.areas[-1].bottom for line in text) / page.height)
    return statistics.median(tops or [0.0]), statistics.median(feet or [1.0])


def _printed(
    pages: Sequence[SheetPage], numbers: Iterable[tuple[int, Line, str]], heads: Iterable[_Edge]
) -> dict[int, str]:
    """Give the number printed on each sheet; a spread has two: 2-3."""
    found: dict[int, str] = {}  # index of the page → its number
    for n, _, number in numbers:
        found.setdefault(n, number)
    for n, number in _numbers_in_heads(heads):
        found.setdefault(n, number)
    of_sheets: dict[int, list[str]] = defaultdict(list)
    for n in sorted(found):
        of_sheets[pages[n].number].append(found[n])
    return {sheet: "-".join(each) for sheet, each in of_sheets.items()}


def _numbers_in_heads(heads: Iterable[_Edge]) -> Iterator[tuple[int, str]]:
    """Find the numbers in running heads that count the pages."""
    same: dict[Key, list[tuple[int, list[str]]]] = defaultdict(list)
    for edge in heads:
        same[edge.key].append((edge.page, DIGITS.findall(edge.line.text)))
    for found in same.values():
        for values in zip(*(numbers for _, numbers in found), strict=False):
            steps = Counter(
                int(value) - page for (page, _), value in zip(found, values, strict=True)
            )
            if len(found) > 1 and steps.most_common(1)[0][1] * 3 >= len(found) * 2:
                yield from ((page, value) for (page, _), value in zip(found, values, strict=True))
                break


def without_head_rules(pages: Sequence[SheetPage]) -> list[SheetPage]:
    """Take off the rules under running heads, which would close the tables below them.

    They are the outermost level rules of their pages, and stand at the same place on several.
    """
    outer = [_outermost(page) for page in pages]
    places = Counter(
        (place, n)
        for n, rules in enumerate(outer)
        for place in {_rule_place(rule, shift) for rule in rules for shift in (-1, 0, 1)}
    )
    seen = Counter(place for place, _ in places)
    needed = max(FEWEST_PAGES, REPEATED * len(pages))
    kept = []
    for page, rules in zip(pages, outer, strict=True):
        heads = [rule for rule in rules if seen[_rule_place(rule, 0)] >= needed]
        rest = tuple(rule for rule in page.rules if rule not in heads)
        kept.append(replace(page, rules=rest) if heads else page)
    return kept


def _rule_place(rule: Rule, shift: int) -> tuple[int, int, int]:
    """Give the rounded place of a rule; scanned ones are not quite at the same place."""
    wide = SAME_PLACE * 4
    height = round(rule.at / SAME_PLACE) + shift
    return height, round(rule.start / wide), round(rule.end / wide)


def _outermost(page: SheetPage) -> list[Rule]:
    """Give the highest and lowest level rules at the edges of a page; a rule may be drawn twice."""
    level = [rule for rule in page.rules if not rule.upright]
    if not level:
        return []
    top, foot = max(rule.at for rule in level), min(rule.at for rule in level)
    return [
        rule
        for rule in level
        if (rule.at > top - SAME_PLACE and rule.at > (1 - EDGE) * page.height)
        or (rule.at < foot + SAME_PLACE and rule.at < EDGE * page.height)
    ]
