"""最近收入: the documents in the order in which they came into the archive, the newest first.

The day is the one that ``gazette freeze`` recorded when a document was first published, not the
document's own date: an old issue that is digitised now is new. No clock has a part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.archive.registers.holdings import newest_day
from generator.model import Summary, document_url

LAST = "9999"  # what is not frozen yet will be published next, so it is the newest


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that came into the archive."""

    since: str  # 2026-11-24; empty if it is not recorded
    title: str
    number: str
    date: str  # the document's own
    issue: str  # name: panzhihua/2017-01
    document: str  # id
    gazette: str  # title

    @property
    def url(self) -> str:
        """Address of its page, relative to the site's root."""
        return document_url(self.issue, self.document)


def arrivals(
    summaries: Sequence[Summary], titles: Mapping[str, str], most: int
) -> tuple[Arrival, ...]:
    """List the newest documents, those of one day by the dates of their issues.

    ``titles`` are the titles of the gazettes by their ids.
    """
    found: list[Arrival] = []
    for summary in sorted(summaries, key=_age, reverse=True):
        found += _of_issue(summary, titles)
        if len(found) >= most:
            break
    return tuple(found[:most])


def _age(summary: Summary) -> tuple[str, str, str]:
    since = max((d.since or LAST for d in summary.documents), default="")
    return since, newest_day(summary), summary.name


def _of_issue(summary: Summary, titles: Mapping[str, str]) -> Iterable[Arrival]:
    gazette = titles[summary.name.partition("/")[0]]
    for d in summary.documents:
        yield Arrival(d.since, d.title, d.number, d.date, summary.name, d.id, gazette)
