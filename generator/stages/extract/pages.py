"""Find the printed page of each line, from the marks of engines and the numbers on the pages.

Two things tell a page. A mark of an engine (``<!-- Page 12 -->``, ``{12}------``) is an edge
between two pages; it may count the sheets of the file. A number (``— 12 —``) is printed on a page,
at the side where the pages of the printed contents show it to be: so it is an edge too. Numbers and
contents are evidence of the page at one line.

No page is guessed: the lines between two pieces of evidence have a page only if there are as many
edges between them as the pages differ. Engines and scans lose marks and numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from generator.model import Issue, Lines, OnPage, Page, PageMark, Paper, lines_of
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.furniture import BETWEEN_PARTS, ISSUE, PAGE_BESIDE, PAGE_NUMBER, PAGE_OF

Side: TypeAlias = Literal["head", "foot"]

FURNITURE_RULE = "drop_page_furniture"
DIGITS = lazy_regex(r"\d{1,4}")
DASHED = lazy_regex(r"[—–―－-]{1,3}\d{1,4}[—–―－-]{1,3}")
MARK_BEGINS = frozenset("<{#-=*[【(")
MARK_ENDS = frozenset(">-=*]】)")
PREVAILS = 3  # a side of the page needs more than so many times the votes of the other


class Number(NamedTuple):
    """A number that is printed on a page."""

    line: int
    page: int
    is_dashed: bool = False  # — 12 —


class Evidence(NamedTuple):
    """A line of which the printed page is known: of a number, or where a document begins."""

    line: int
    page: int


class Edge(NamedTuple):
    """An edge between two pages: the last line above it, the first line below it."""

    line: int
    above: int
    below: int
    sheet: int | None = None  # that begins, or that ends, as the engine does it


class Run(NamedTuple):
    """Lines with one page, or one sheet."""

    first: int
    last: int
    number: int


@dataclass(frozen=True, slots=True)
class Told:
    """All that tells the pages of some lines: those of a file, or of the whole issue."""

    first: int
    last: int
    texts: Sequence[int]  # the lines with text, in their order
    marks: Sequence[Edge]
    numbers: Sequence[Number]
    begun: Sequence[Evidence]  # where a document begins, with its page in the printed contents

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
    numbers = sorted(printed_numbers(issue))
    marks = [mark for mark in issue.page_marks if not mark.printed]
    if not numbers and not marks:
        return Paper()
    texts = {line for d in issue.documents for block in d.all_blocks() for line in lines_of(block)}
    texts |= {entry.lines.first for entry in issue.contents}
    if issue.masthead.lines.last:
        texts.add(issue.masthead.lines.first)
    lines = source.text.split("\n")
    edges = [_edge(mark, lines[mark.line - 1] if mark.line in texts else "") for mark in marks]
    begun = sorted(
        Evidence(document.lines.first, document.entry.page)
        for document in issue.documents
        if document.entry and document.entry.page
    )
    ordered = sorted(texts)
    files = [(part.first, part.last) for part in source.parts] or [(1, len(lines))]
    places: list[OnPage] = []
    for first, last in files:  # each counts its sheets from 1
        listed = (_within(edges, first, last), _within(numbers, first, last))
        told = Told(first, last, ordered, *listed, _within(begun, first, last))
        places += _laid_out(_sheets(told), _printed(told))
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


def printed_numbers(issue: Issue) -> Iterator[Number]:
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
    if not text:
        return Edge(mark.line, mark.line - 1, mark.line + 1, mark.sheet)
    begins, ends = text.lstrip()[0] in MARK_BEGINS, text.rstrip()[-1] in MARK_ENDS
    above = mark.line - 1 if begins else mark.line
    return Edge(mark.line, above, mark.line + 1 if ends and not begins else mark.line, mark.sheet)


def _sheets(told: Told) -> Iterator[Run]:
    """Give the lines of each sheet that marks count, where no mark between is missing."""
    marks = told.marks
    if not marks:
        return
    first = marks[0].sheet
    if told.has_text(told.first, marks[0].above) and first in (1, 2):
        # the mark of sheet 1 is at its foot; or sheet 1 has no mark at its head
        yield Run(told.first, marks[0].above, 1)
    at_foot = told.has_text(told.first, marks[0].above) and first == 1
    # a mark that is missing in one place may be missing at the end too
    is_whole = all(b.sheet == a.sheet + 1 for a, b in pairwise(marks) if a.sheet is not None)
    for n, mark in enumerate(marks):
        below = marks[n + 1] if n + 1 < len(marks) else None
        if mark.sheet is None:
            continue
        sheet = mark.sheet + 1 if at_foot else mark.sheet
        last = below.above if below else told.last
        if below.sheet == mark.sheet + 1 if below else is_whole:
            yield Run(mark.below, last, sheet)


def _printed(told: Told) -> Iterator[Run]:
    """Give the lines of each printed page, where evidence and edges agree."""
    numbers = [*_without_repeated(told)]
    side = _side(told, numbers)
    edges = _edges(told, numbers, side)
    evidence = sorted({*(Evidence(one.line, one.page) for one in numbers), *told.begun})
    evidence = [*_without_misread(evidence, edges)]
    if not evidence:
        return
    start = Evidence(told.first, 1)  # page 1, if the count agrees
    if evidence[0] != start and told.has_text(told.first, evidence[0].line - 1):
        evidence.insert(0, start)
    # one piece of evidence alone does not show that no mark is missing
    is_whole = len(evidence) > 1 + (evidence[0] is start) and _count_on(told.marks)
    for above, below in pairwise(evidence):
        if _agree(above, below, edges):
            yield from _runs(above, below.line, edges)
        elif above is not start:
            is_whole = False
    last = evidence[-1]
    # marks and heads begin a page; a number at the foot says nothing of the lines below it
    if is_whole and (told.marks or side == "head"):
        yield from _runs(last, told.last, edges)
    else:
        yield Run(last.line, last.line, last.page)


def _count_on(marks: Sequence[Edge]) -> bool:
    """Whether the sheets that marks name grow from each to the next."""
    sheets = [mark.sheet for mark in marks if mark.sheet is not None]
    return all(above < below for above, below in pairwise(sheets))


def _edges(told: Told, numbers: Sequence[Number], side: Side | None) -> list[Edge]:
    """Give the edges of pages; marks and numbers with no text between them are one edge."""
    own = [
        Edge(n.line, n.line, n.line + 1) if side == "foot" else Edge(n.line, n.line - 1, n.line)
        for n in numbers
        if side
    ]
    edges: list[Edge] = []
    for edge in sorted([*told.marks, *own], key=lambda edge: (edge.above, edge.below)):
        if (
            edges
            and edges[-1].above < edge.below
            and not told.has_text(edges[-1].below, edge.above)
        ):
            edges[-1] = edges[-1]._replace(below=max(edges[-1].below, edge.below))
        else:
            edges.append(edge)
    return edges


def _between(edges: Sequence[Edge], first: int, last: int) -> Sequence[Edge]:
    begin = bisect_left(edges, first, key=lambda edge: edge.above)
    end = bisect_left(edges, last + 1, key=lambda edge: edge.below)
    return edges[begin:end]


def _agree(above: Evidence, below: Evidence, edges: Sequence[Edge]) -> bool:
    """Whether there are as many edges between two lines as their pages differ."""
    return len(_between(edges, above.line, below.line)) == below.page - above.page


def _runs(evidence: Evidence, last: int, edges: Sequence[Edge]) -> Iterator[Run]:
    """Give the pages from a line on."""
    first, page = evidence
    for edge in _between(edges, evidence.line, last):
        yield Run(first, edge.above, page)
        first, page = edge.below, page + 1
    yield Run(first, last, page)


def _without_repeated(told: Told) -> Iterator[Number]:
    """Leave out a number that the line above has too: in a running head, beside — 12 —."""
    above: Number | None = None
    for number in told.numbers:
        is_again = above is not None and above.page == number.page
        if above is None or not is_again or told.has_text(above.line, number.line):
            yield number
        above = number


def _without_misread(evidence: Sequence[Evidence], edges: Sequence[Edge]) -> Iterator[Evidence]:
    """Leave out what agrees with neither neighbour, while they agree with each other."""
    for n, own in enumerate(evidence):
        if 0 < n < len(evidence) - 1:
            above, below = evidence[n - 1], evidence[n + 1]
            if (
                not _agree(above, own, edges)
                and not _agree(own, below, edges)
                and _agree(above, below, edges)
            ):
                continue
        yield own


def _side(told: Told, numbers: Sequence[Number]) -> Side | None:
    """Say whether numbers are printed at the head or the foot of pages; None if that is not known.

    The pages in the printed contents say it, and a number with no text before or after it on its
    page.
    """
    if not numbers:
        return None
    votes = Counter[Side]()
    lines = [number.line for number in numbers]
    for one in told.begun:
        n = bisect_left(lines, one.line)
        votes["foot"] += n < len(numbers) and numbers[n].page == one.page
        votes["head"] += n > 0 and numbers[n - 1].page == one.page
    ends = [told.first - 1, *(mark.line for mark in told.marks), told.last + 1]
    for number in numbers:
        n = bisect_left(ends, number.line)
        votes["head"] += not told.has_text(ends[n - 1] + 1, number.line - 1)
        votes["foot"] += not told.has_text(number.line + 1, ends[n] - 1 if n < len(ends) else 0)
    if not votes["head"] and not votes["foot"]:
        # — 12 —: GB/T 9704—2012, 7.5 has it at the foot
        return "foot" if all(number.is_dashed for number in numbers) else None
    if votes["foot"] > PREVAILS * votes["head"]:
        return "foot"
    return "head" if votes["head"] > PREVAILS * votes["foot"] else None


def _laid_out(sheets: Iterable[Run], printed: Iterable[Run]) -> Iterator[OnPage]:
    """Put the sheets and the printed numbers of lines together."""
    by_sheet, by_number = [*_joined(sheets)], [*_joined(printed)]
    cuts = {cut for run in (*by_sheet, *by_number) for cut in (run.first, run.last + 1)}
    above: OnPage | None = None
    s = p = 0
    for first, end in pairwise(sorted(cuts)):
        while s < len(by_sheet) and by_sheet[s].last < first:
            s += 1
        while p < len(by_number) and by_number[p].last < first:
            p += 1
        own = [run.number for run in by_sheet[s : s + 2] if run.first <= first]
        numbers = [run.number for run in by_number[p : p + 2] if run.first <= first]
        count = max(len(own), len(numbers))
        for n in range(count):
            page = Page(
                own[n] if len(own) == count else None,
                str(numbers[n]) if len(numbers) == count else "",
            )
            if above and above.page == page and above.lines.last >= first - 1:
                above = OnPage(Lines(above.lines.first, end - 1), page)
                continue
            if above:
                yield above
            above = OnPage(Lines(first, end - 1), page)
    if above:
        yield above


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Join runs of the same page that follow each other; leave out those without a line."""
    above: Run | None = None
    for run in runs:
        if run.last < run.first:
            continue
        if above and above.number == run.number and above.last >= run.first - 1:
            above = above._replace(last=run.last)
            continue
        if above:
            yield above
        above = run
    if above:
        yield above
