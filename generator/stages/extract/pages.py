"""Find the printed page of each line, from the marks of engines and the numbers on the pages.

Two things tell a page. A mark of an engine (``<!-- Page 12 -->``, ``{12}------``) is an edge
between two pages; it may count the pages of the file. A number (``— 12 —``) is printed on a page.
Where engines mark the edges, a number belongs to the page that it is on. Where they mark none, the
numbers are the edges themselves, if it is known whether they are printed at the head or at the
foot of a page.

No page is guessed: pages are counted on only between two numbers that agree with the count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from generator.model import Issue, Lines, OnPage, Page, PageMark, Paper, lines_of
from generator.stages.parse.furniture import BETWEEN_PARTS, ISSUE, PAGE_BESIDE, PAGE_NUMBER, PAGE_OF

Side: TypeAlias = Literal["head", "foot"]

FURNITURE_RULE = "drop_page_furniture"
DIGITS = re.compile(r"\d{1,4}")
DASHED = re.compile(r"[—–―－-]{1,3}\d{1,4}[—–―－-]{1,3}")
MARK_BEGINS = frozenset("<{#-=*[【(")
MARK_ENDS = frozenset(">-=*]】)")
PREVAILS = 3  # a side of the page needs more than so many times the votes of the other


class Number(NamedTuple):
    """A number that is printed on a page."""

    line: int
    page: int
    is_dashed: bool = False  # — 12 —


class Anchor(NamedTuple):
    """A document, with the page that the printed contents give for it."""

    line: int
    page: int


class Edge(NamedTuple):
    """An edge between two pages: the last line above it, the first line below it."""

    line: int
    above: int
    below: int
    sheet: int | None


class Stretch(NamedTuple):
    """The lines between two edges of pages: one sheet, if no mark is missing."""

    first: int
    last: int
    sheet: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """All that tells the pages of some lines: those of a file, or of the whole issue."""

    first: int
    last: int
    texts: Sequence[int]  # the lines with text, in their order
    edges: Sequence[Edge]
    numbers: Sequence[Number]
    anchors: Sequence[Anchor]

    def has_text(self, first: int, last: int) -> bool:
        """Whether one of these lines has text."""
        n = bisect_left(self.texts, first)
        return n < len(self.texts) and self.texts[n] <= last


def find_pages(issue: Issue) -> Paper:
    """Find the page of each line as far as it is known; layout.json goes before marks.

    1. A line has no page unless a mark, a number or layout.json tells it.
    2. Printed numbers are those that are printed, or lie between two that agree with the count.
    """
    source = issue.source
    if source.paper.places:
        return source.paper
    numbers = sorted(_numbers(issue))
    marks = [mark for mark in issue.page_marks if not mark.printed]
    if not numbers and not marks:
        return Paper()
    texts = {line for d in issue.documents for block in d.all_blocks() for line in lines_of(block)}
    texts |= {entry.lines.first for entry in issue.contents}
    if issue.masthead.lines.last:
        texts.add(issue.masthead.lines.first)
    lines = source.text.split("\n")
    edges = [_edge(mark, lines[mark.line - 1] if mark.line in texts else "") for mark in marks]
    anchors = sorted(
        Anchor(document.lines.first, document.entry.page)
        for document in issue.documents
        if document.entry and document.entry.page
    )
    ordered = sorted(texts)
    files = [(part.first, part.last) for part in source.parts] or [(1, len(lines))]
    places: list[OnPage] = []
    for first, last in files:  # each counts its sheets from 1
        told = Told(
            first,
            last,
            ordered,
            _within(edges, first, last),
            _within(numbers, first, last),
            _within(anchors, first, last),
        )
        places += _by_edges(told) if told.edges else _by_numbers(told)
    return Paper(tuple(places))


class HasLine(Protocol):
    """A value with the line where it is."""

    @property
    def line(self) -> int:
        """The line, of the joined text."""


Placed = TypeVar("Placed", bound=HasLine)


def _within(listed: Sequence[Placed], first: int, last: int) -> list[Placed]:
    begin = bisect_left(listed, first, key=lambda one: one.line)
    return list(listed[begin : bisect_left(listed, last + 1, key=lambda one: one.line)])


def _numbers(issue: Issue) -> Iterator[Number]:
    """Give the numbers that are printed on pages, and were removed from the text."""
    for mark in issue.page_marks:
        if len(found := DIGITS.findall(mark.printed)) == 1:
            yield Number(mark.line, int(found[0]))
    for entry in issue.ledger:
        if entry.rule == FURNITURE_RULE and (page := printed_page(entry.before)):
            yield Number(entry.line, page, bool(DASHED.fullmatch("".join(entry.before.split()))))


def printed_page(text: str) -> int:
    """Read the page from a line that is part of the printed page; 0 if it names none.

    ``— 12 —`` → 12; ``示范市人民政府公报 2024年第3期 8`` → 8
    """
    compact = "".join(text.split())
    if PAGE_NUMBER.fullmatch(compact) or PAGE_OF.fullmatch(compact):
        return int(DIGITS.findall(compact)[0])
    # blanks stay: they keep the page apart from the year
    parts = [part for part in BETWEEN_PARTS.split(ISSUE.sub(" ", text)) if part]
    beside = [found for part in parts if (found := PAGE_BESIDE.search(part))]
    return int(DIGITS.findall(beside[0].group())[0]) if len(beside) == 1 else 0


def _edge(mark: PageMark, text: str) -> Edge:
    """Give the lines around a mark; ``text`` is its line, if that has a text beside the mark."""
    begins = text.lstrip()[:1] in MARK_BEGINS if text else True
    ends = text.rstrip()[-1:] in MARK_ENDS if text else True
    above = mark.line - 1 if begins else mark.line
    below = mark.line + 1 if ends and not (text and begins) else mark.line
    return Edge(mark.line, above, below if text else mark.line + 1, mark.sheet)


def _by_edges(told: Told) -> Iterator[OnPage]:
    """Give the pages between edges, each with the number that is printed on it."""
    stretches = _stretches(told)
    starts = [stretch.first for stretch in stretches]
    found: dict[int, set[int]] = {}
    for number in told.numbers:
        found.setdefault(max(bisect_left(starts, number.line + 1) - 1, 0), set()).add(number.page)
    several = sum(len(pages) > 1 for pages in found.values())
    if several * 2 > len(found):  # most edges of pages have no mark
        yield from _by_numbers(told)
        return
    known = {place: min(pages) for place, pages in found.items() if len(pages) == 1}
    for anchor in told.anchors:
        place = max(bisect_left(starts, anchor.line + 1) - 1, 0)
        if place not in found:
            known.setdefault(place, anchor.page)
    printed = _counted(stretches, known, sure=frozenset(found))
    for place, stretch in enumerate(stretches):
        page = Page(stretch.sheet, str(printed[place]) if place in printed else "")
        if page != Page():
            yield OnPage(Lines(stretch.first, stretch.last), page)


def _stretches(told: Told) -> list[Stretch]:
    """Give the lines of each sheet; of sheets without numbers, the count."""
    edges: list[Edge] = []
    for edge in told.edges:
        above = edges[-1] if edges else None
        # <!-- PageBreak --> above <!-- Page 3 -->: two marks of one edge
        if (
            above
            and not told.has_text(above.below, edge.above)
            and (above.sheet is None) != (edge.sheet is None)
        ):
            edges[-1] = above._replace(below=edge.below, sheet=above.sheet or edge.sheet)
        else:
            edges.append(edge)
    opening = told.has_text(told.first, edges[0].above)
    firsts = [told.first, *(edge.below for edge in edges)]
    lasts = [*(edge.above for edge in edges), told.last]
    sheets: list[int | None]
    if all(edge.sheet is None for edge in edges):
        sheets = [*range(1, len(firsts) + 1)] if opening else [None] * len(firsts)
    elif opening and edges[0].sheet == 1:  # marks at the foot of their pages
        end = edges[-1].sheet
        sheets = [*(edge.sheet for edge in edges), end + 1 if end else None]
    else:
        begin = edges[0].sheet or 0
        # before the mark of sheet 2 is sheet 1; before that of sheet 3 are two, or a lost mark
        sheets = [1 if begin == 2 else None, *(edge.sheet for edge in edges)]
    stretches = [Stretch(*one) for one in zip(firsts, lasts, sheets, strict=True)]
    return stretches if opening else stretches[1:]


def _counted(
    stretches: Sequence[Stretch], known: dict[int, int], sure: frozenset[int]
) -> dict[int, int]:
    """Give the numbers that agree with the count of sheets, and those between and after them.

    ``known`` gives the number of some sheets, by their place; those in ``sure`` are printed there.
    """
    by_sheet = all(stretch.sheet is not None for stretch in stretches)
    counts = [(stretch.sheet or 0) if by_sheet else n for n, stretch in enumerate(stretches)]
    shifts = {place: page - counts[place] for place, page in known.items()}
    often = Counter(shifts.values())
    agreed = sorted(place for place, shift in shifts.items() if often[shift] > 1)
    if not agreed:
        return {place: page for place, page in known.items() if len(known) == 1 and place in sure}
    printed = {place: known[place] for place in agreed}
    for above, below in [*pairwise(agreed), (agreed[-1], len(stretches))]:
        if below == len(stretches) or shifts[above] == shifts[below]:
            for place in range(above + 1, below):
                if place not in known and place not in sure:
                    printed[place] = counts[place] + shifts[above]
    return printed


def _by_numbers(told: Told) -> Iterator[OnPage]:
    """Give the pages between printed numbers, which are the edges of pages themselves."""
    numbers: list[Number] = []
    for number in told.numbers:
        above = numbers[-1] if numbers else None
        if not above or above.page != number.page or told.has_text(above.line + 1, number.line - 1):
            numbers.append(number)
    side = _side(told, numbers)
    if not side:
        return
    for n, number in enumerate(numbers):
        above = numbers[n - 1] if n else None
        below = numbers[n + 1] if n + 1 < len(numbers) else None
        if side == "head":
            last = below.line - 1 if below else told.last
            if below is None or below.page == number.page + 1:
                yield OnPage(Lines(number.line, last), Page(printed=str(number.page)))
            continue
        first = above.line + 1 if above else told.first
        is_next = above.page + 1 == number.page if above else number.page == 1
        # else the number of a page is missing; but a document may begin on this one
        begun = (a.line for a in told.anchors if a.page == number.page and first <= a.line)
        begin = first if is_next else next(begun, number.line)
        if begin < number.line:
            yield OnPage(Lines(begin, number.line), Page(printed=str(number.page)))


def _side(told: Told, numbers: Sequence[Number]) -> Side | None:
    """Say whether numbers are printed at the head or the foot of pages; None if that is not known.

    The pages in the printed contents say it, and a number with no text before or after it.
    """
    if not numbers:
        return None
    votes = Counter[Side]()
    lines = [number.line for number in numbers]
    for anchor in told.anchors:
        n = bisect_left(lines, anchor.line)
        votes["foot"] += n < len(numbers) and numbers[n].page == anchor.page
        votes["head"] += n > 0 and numbers[n - 1].page == anchor.page
    votes["head"] += not told.has_text(told.first, lines[0] - 1)
    votes["foot"] += not told.has_text(lines[-1] + 1, told.last)
    if not votes["head"] and not votes["foot"]:
        # — 12 —: GB/T 9704—2012, 7.5 has it at the foot
        return "foot" if all(number.is_dashed for number in numbers) else None
    if votes["foot"] > PREVAILS * votes["head"]:
        return "foot"
    return "head" if votes["head"] > PREVAILS * votes["foot"] else None
