"""施行与有效期: the days on which documents come into force and expire, by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from generator.model import OwnTerm, StateMark, States, Summary, document_url, mark_of

LARGEST = 150  # days in the list of one year; more are split by month


@dataclass(frozen=True, slots=True)
class TermDay:
    """A day that a document names for its own coming into force or its expiry."""

    issue: str
    document: str
    title: str
    number: str
    date: str
    term: OwnTerm
    mark: StateMark

    @property
    def url(self) -> str:
        """Address of the paragraph that names the day, relative to the site's root."""
        return f"{document_url(self.issue, self.document)}#{self.term.anchor}"


@dataclass(frozen=True, slots=True)
class TermPage:
    """The days of a year, or of a month of it."""

    page: str  # 2017, or 2017-03
    title: str  # 2017年, or 2017年3月
    days: tuple[TermDay, ...]


@dataclass(frozen=True, slots=True)
class TermYear:
    """The days of one year: on one page, or on a page for each month."""

    year: str
    pages: tuple[TermPage, ...]

    @property
    def count(self) -> int:
        """Number of days in the year."""
        return sum(len(page.days) for page in self.pages)


def term_days(summaries: Iterable[Summary], states: States) -> list[TermDay]:
    """List the days that the documents of all issues name, the first day first."""
    found = [
        TermDay(
            summary.name, d.id, d.title, d.number, d.date, term,
            mark_of(states.get((summary.name, d.id))),
        )
        for summary in summaries
        for d in summary.documents
        for term in d.terms
    ]  # fmt: skip
    return sorted(found, key=lambda t: (t.term.day, t.term.kind, t.issue, t.document))


def term_years(days: Iterable[TermDay]) -> tuple[TermYear, ...]:
    """Group sorted days by year, the newest year first; a large year is split by month."""
    years = []
    for year, group in groupby(days, key=lambda t: t.term.day[:4]):
        listed = list(group)
        if len(listed) <= LARGEST:
            pages = [TermPage(year, f"{int(year)}年", tuple(listed))]
        else:
            pages = [
                TermPage(month, f"{int(year)}年{int(month[5:])}月", tuple(of_month))
                for month, of_month in groupby(listed, key=lambda t: t.term.day[:7])
            ]
        years.append(TermYear(year, tuple(pages)))
    return tuple(reversed(years))
