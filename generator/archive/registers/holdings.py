"""收录情况: the issues of a gazette that the archive holds and lacks in each year; their dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.language.dates import valid_date
from generator.model import DocumentFact, Summary
from generator.runtime.patterns import lazy_regex

JOINT = lazy_regex(r"\d{4}-0*(?P<first>\d+)-0*(?P<last>\d+)")
LONGEST_YEAR = 120  # issues; a larger number is a misprint, from which no gaps are inferred

UNKNOWN_DAY = "1970-01-01"  # day of an issue that has no year and no dated documents


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a year: held, or known to be missing."""

    number: int
    issue: str  # panzhihua/2017-01; empty if the archive lacks it


@dataclass(frozen=True, slots=True)
class Year:
    """The numbers of one year that are known to have been printed."""

    year: int
    numbers: tuple[Number, ...]

    @property
    def missing(self) -> int:
        """Number of issues that the archive lacks."""
        return sum(not number.issue for number in self.numbers)


def holdings(summaries: Iterable[Summary]) -> tuple[Year, ...]:
    """List the years of one gazette's issues, the newest first.

    1. Every number below the highest held number was printed.
    2. Total numbers run through all years, so that two successive years show how many issues the
       older one had.
    3. A joint issue (合刊) holds all its numbers; a supplement (增刊) has none.
    """
    held: dict[int, dict[int, str]] = defaultdict(dict)
    before: dict[int, int] = {}  # year → total number of the last issue before it
    for summary in summaries:
        numbers = _numbers(summary)
        if summary.year is None or not numbers:
            continue
        held[summary.year] |= dict.fromkeys(numbers, summary.name)
        if summary.total_number:
            before[summary.year] = summary.total_number - numbers[-1]
    return tuple(_year(year, held[year], before) for year in sorted(held, reverse=True))


def _numbers(summary: Summary) -> Sequence[int]:
    folder = summary.name.rpartition("/")[2]
    if summary.number is None or "z" in folder:
        return ()
    joint = JOINT.fullmatch(folder)
    last = int(joint["last"]) if joint else summary.number
    return range(min(summary.number, last), last + 1)


def _year(year: int, held: Mapping[int, str], before: Mapping[int, int]) -> Year:
    highest = max(held)
    if year in before and year + 1 in before:
        highest = max(highest, before[year + 1] - before[year])
    known = range(1, highest + 1) if highest <= LONGEST_YEAR else sorted(held)
    return Year(year, tuple(Number(number, held.get(number, "")) for number in known))


def newest_day(issue: Summary) -> str:
    """Give the newest date of an issue's documents, else the first day of its year.

    A date after the issue's year does not count, because it is misprinted or misread.
    """
    first = valid_date(f"{_year_of(issue)}-01-01") or UNKNOWN_DAY
    days = (possible_day(issue, document) for document in issue.documents)
    return max(filter(None, days), default=first)


def possible_day(issue: Summary, document: DocumentFact) -> str:
    """Give a document's date if it is a day that its issue can know; empty for any other."""
    year = _year_of(issue)
    last = year if valid_date(f"{year}-01-01") else "9999"
    return valid_date(document.date) if document.date[:4] <= last else ""


def _year_of(issue: Summary) -> str:
    return f"{issue.year:04}" if issue.year else issue.name.rpartition("/")[2][:4]
