"""Report printed page numbers that tell of sheets missing, doubled or in the wrong order.

The numbers are those that layout.json has of each sheet, or those that were removed from the text.
A spread has two. Sheets without a number (covers, plates) and Roman numbers (front matter) are
counted, not read; numbering may begin again at 1.
"""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple, TypeAlias

from generator.model import Diagnostic, Issue, Lines, SheetNumbers
from generator.model.codes import diagnostic
from generator.runtime.patterns import lazy_regex
from generator.stages.extract.pages import printed_numbers

FEWEST = 3  # numbers that tell an order
MOST_NUMBERS = 20_000  # of one file; more are no page numbers
MOST_MISSING = 300  # pages in a row; a larger step is another count, or a misread number
LOOKED_AHEAD = 12  # numbers among which the count may go on again, and that may be doubled
DIGITS = lazy_regex(r"\d{1,5}")
MOST_NAMED = 8  # pages that a message names
# In a text, numbers get lost: without the sheets, a gap counts only where most numbers count on,
# and where no more text is between two numbers than a page has.
FEWEST_COUNTED = 4
COUNTING = 0.5
LONGER = 1.5
SECOND = 2  # page 1 may have no number


class Numbered(NamedTuple):
    """A sheet with the numbers that are printed on it, one or two."""

    sheet: int  # of a text without sheets: the place among its numbers
    first: int
    last: int
    line: int  # at which a finding is reported
    length: int = 0  # characters since the number before, in a text without sheets


Verdict: TypeAlias = Literal["missing", "doubled", "back", "astray"]


class Break(NamedTuple):
    """A sheet whose number does not follow that of the sheet above."""

    verdict: Verdict
    above: Numbered
    own: Numbered
    numbering: int = 0  # counts how often the numbers began again
    missing: range = range(0)  # the numbers that were expected before it
    between: int = 0  # how many of them sheets without a number may have
    is_last: bool = False


def find_page_order(issue: Issue) -> Iterator[Diagnostic]:
    """Give a diagnostic for each place where the numbers of pages do not count on."""
    told = {sheets.lines.first for sheets in issue.source.sheet_numbers if _has_numbers(sheets)}
    for sheets in issue.source.sheet_numbers:
        if sheets.lines.first in told:
            listed = _of_sheets(issue, sheets)
            yield from _report(find_breaks(listed), is_sheets=True)
    numbers = sorted(printed_numbers(issue))[:MOST_NUMBERS]
    if not numbers:
        return
    lengths = [0, *accumulate(len(line) for line in issue.source.text.split("\n"))]
    spans = [(part.first, part.last) for part in issue.source.parts] or [(1, len(lengths) - 1)]
    for first, last in spans:
        if first in told:
            continue
        begin = bisect_left(numbers, first, key=lambda one: one.line)
        end = bisect_left(numbers, last + 1, key=lambda one: one.line)
        own = _of_text([(one.line, one.page) for one in numbers[begin:end]], lengths)
        yield from _report(_kept_in_text(own, find_breaks(own)), is_sheets=False)


def _has_numbers(sheets: SheetNumbers) -> bool:
    return any(DIGITS.search(page.printed) for page in sheets.pages)


def _of_sheets(issue: Issue, sheets: SheetNumbers) -> list[Numbered]:
    """List the sheets of a file that have a number, each with its first line."""
    first, last = sheets.lines.first, sheets.lines.last
    lines: dict[int, int] = {}
    places = issue.source.paper.places
    begin = bisect_left(places, first, key=lambda place: place.lines.first)
    end = bisect_left(places, last + 1, key=lambda place: place.lines.first)
    for place in places[begin:end]:
        lines.setdefault(place.page.sheet or 0, place.lines.first)
    found: list[Numbered] = []
    line = first
    for page in sheets.pages[:MOST_NUMBERS]:
        sheet = page.sheet or 0
        line = lines.get(sheet, line)
        numbers = [int(number) for number in DIGITS.findall(page.printed)]
        if len(numbers) in (1, 2):
            found.append(Numbered(sheet, numbers[0], numbers[-1], line))
    return found


def _of_text(numbers: Sequence[tuple[int, int]], lengths: Sequence[int]) -> list[Numbered]:
    """List the numbers of a text; a number at both head and foot of its page counts once."""
    pairs = [*pairwise(numbers)]
    twice = sum(page == other for (_, page), (_, other) in pairs) * 3 >= len(numbers)
    found: list[Numbered] = []
    for line, page in numbers:
        if found and twice and found[-1].last == page:
            found[-1] = found[-1]._replace(line=line)
            continue
        length = lengths[line - 1] - lengths[found[-1].line] if found else 0
        found.append(Numbered(len(found) + 1, page, page, line, length))
    return found


def _kept_in_text(listed: Sequence[Numbered], breaks: Sequence[Break]) -> Iterator[Break]:
    """Keep the breaks that no lost number explains; none where the numbers are not to be trusted.

    A page 1 whose number was lost does not make page 2 a step back.
    """
    steps = [below.length for above, below in pairwise(listed) if below.first == above.last + 1]
    if len(steps) < max(FEWEST_COUNTED, COUNTING * (len(listed) - 1)):
        return
    longest = statistics.median(steps) * LONGER
    for one in breaks:
        if one.verdict == "missing" and (one.own.length > longest or one.is_last):
            continue
        if one.verdict != "back" or one.own.first > SECOND:
            yield one


def find_breaks(listed: Sequence[Numbered]) -> list[Break]:
    """Find the places where the numbers do not count on; linear in the number of sheets.

    1. A number that agrees with neither neighbour, while they agree with each other, is misread.
    2. A count that begins again at 1 is a new one.
    """
    if len(listed) < FEWEST:
        return []
    if _is_reversed(listed):
        return [Break("back", listed[0], listed[1])]
    is_spread = sum(one.last > one.first for one in listed) * 2 > len(listed)
    found: list[Break] = []
    present: list[set[int]] = [{listed[0].first, listed[0].last}]
    above, n = listed[0], 1
    while n < len(listed):
        own = listed[n]
        below = listed[n + 1] if n + 1 < len(listed) else None
        agrees = below is None or _goes_on(own, below, is_spread=is_spread)
        numbering = len(present) - 1
        if _goes_on(above, own, is_spread=is_spread):
            above = own
        elif (_begins_anew(above, own) and (agrees or (below and _begins_anew(own, below)))) or (
            agrees and own.first - above.last > MOST_MISSING
        ):
            above = own
            present.append(set())
        elif count := _doubled(listed, n):
            found += [Break("doubled", listed[m - count], listed[m]) for m in range(n, n + count)]
            n += count - 1
            above = listed[n]
        elif agrees and own.first > above.last:
            gap = range(above.last + 1, own.first)
            between = (own.sheet - above.sheet - 1) * (2 if is_spread else 1)
            found.append(Break("missing", above, own, numbering, gap, between, below is None))
            above = own
        elif resumed := _resumed(listed, n, above, is_spread=is_spread):
            if n == 1 and _is_shuffled(listed[: resumed + 1]):
                found.append(Break("back", above, own))
            else:
                found += [Break("astray", above, one, numbering) for one in listed[n:resumed]]
            present[-1] |= {m for one in listed[n:resumed] for m in (one.first, one.last)}
            n, above = resumed, listed[resumed]
        elif agrees:
            found.append(Break("back", above, own))
            above = own
        present[-1] |= {above.first, above.last}
        n += 1
    return [*_explained(found, present)]


def _goes_on(above: Numbered, below: Numbered, *, is_spread: bool) -> bool:
    """Whether one number follows another: sheets between them may have counted or not."""
    between = below.sheet - above.sheet - 1
    width = max(above.last - above.first, below.last - below.first) + 1
    most = above.last + 1 + between * (2 if is_spread else width)
    if is_spread:  # of two numbers on a sheet only one may have been read
        most += (above.first == above.last) + (below.first == below.last)
    return above.last < below.first <= most


def _begins_anew(above: Numbered, own: Numbered) -> bool:
    """Whether a number may be the first of a new count; sheets without a number may be before."""
    return own.first <= own.sheet - above.sheet


def _doubled(listed: Sequence[Numbered], n: int) -> int:
    """Give how many sheets from ``n`` on repeat the numbers of as many before them; else 0."""
    for count in range(1, min(n, len(listed) - n, LOOKED_AHEAD) + 1):
        pairs = zip(listed[n - count : n], listed[n : n + count], strict=True)
        if all((a.first, a.last) == (b.first, b.last) for a, b in pairs):
            return count
    return 0


def _resumed(listed: Sequence[Numbered], n: int, above: Numbered, *, is_spread: bool) -> int:
    """Give the next sheet after ``n`` that goes on from the one above; 0 if there is none near."""
    ahead = range(n + 1, min(n + 1 + LOOKED_AHEAD, len(listed)))
    return next((m for m in ahead if _goes_on(above, listed[m], is_spread=is_spread)), 0)


def _is_reversed(listed: Sequence[Numbered]) -> bool:
    back = sum(below.last + 1 == above.first for above, below in pairwise(listed))
    return back * 2 > len(listed) - 1


def _is_shuffled(listed: Sequence[Numbered]) -> bool:
    """Whether the first sheets have the numbers before the last one, in another order."""
    numbers = sorted(number for one in listed[:-1] for number in {one.first, one.last})
    return numbers == [*range(listed[-1].first - len(numbers), listed[-1].first)]


def _explained(found: Sequence[Break], present: Sequence[set[int]]) -> Iterator[Break]:
    """Leave out numbers that were misread: only one that is missing elsewhere is astray.

    Numbers that are not missing, but on a sheet in another place, are told at that sheet.
    """
    missing = {(one.numbering, number) for one in found for number in one.missing}
    for one in found:
        if one.verdict == "astray" and (one.numbering, one.own.first) not in missing:
            continue
        if one.verdict == "missing" and present[one.numbering].issuperset(one.missing):
            continue
        yield one


def _report(breaks: Iterable[Break], *, is_sheets: bool) -> Iterator[Diagnostic]:
    """Give a diagnostic for each place; sheets that follow each other are told together."""
    runs: list[list[Break]] = []
    for one in breaks:
        last = runs[-1][-1] if runs else None
        if last and last.verdict == one.verdict and one.own.sheet == last.own.sheet + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    for run in runs:
        line = run[0].own.line
        yield diagnostic("page-order", Lines(line, line), _message(run, is_sheets=is_sheets))


def _message(run: Sequence[Break], *, is_sheets: bool) -> str:
    above = run[0].above
    where = f"（{_sheets([one.own.sheet for one in run])}）" if is_sheets else ""
    pages = "、".join(_pages(one.own) for one in run[:MOST_NAMED])
    pages = f"{pages}等{len(run)}张" if len(run) > MOST_NAMED else f"第{pages}页"
    match run[0].verdict:
        case "missing":
            gap = run[0].missing
            lacking = f"{gap[0]}" if len(gap) == 1 else f"{gap[0]}至{gap[-1]}"
            some = f"中的{len(gap) - run[0].between}页" if run[0].between else ""
            doubt = "，也可能是页码误识" if run[0].is_last else ""
            return (
                f"第{_pages(above)}页之后应是第{gap[0]}页，现为{pages}{where}："
                f"缺第{lacking}页{some}{doubt}；请对照原件补入"
            )
        case "doubled":
            return f"{pages}重复{where}：可能扫描了两次，或缺了别的一页；请对照原件核对"
        case "back" | "astray":
            return (
                f"第{_pages(above)}页之后应是第{above.last + 1}页，现为{pages}{where}："
                "页的次序可能颠倒；请对照原件核对"
            )


def _pages(one: Numbered) -> str:
    return f"{one.first}" if one.first == one.last else f"{one.first}-{one.last}"


def _sheets(sheets: Sequence[int]) -> str:
    """Name sheets of the file: 第3张, 第3至5张."""
    first, last = sheets[0], sheets[-1]
    return f"第{first}张" if first == last else f"第{first}至{last}张"
