"""最近收入: the documents in the order in which they came into the archive, the newest first.

The day is the one that ``gazette freeze`` recorded when a document was first published, not the
document's own date: an old issue that is digitised now is new. No clock has a part in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from generator.archive.registers.holdings import newest_day
from generator.model import DocumentFact, Summary, document_url

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


def by_arrival(summaries: Iterable[Summary]) -> list[tuple[Summary, DocumentFact]]:
    """List the documents in the order of lists and feeds, the newest first.

    Documents of one day are in the order of their issues, the newest issue first, and those of one
    issue as it prints them. The issues of a gazette keep the archive's order.
    """
    latest: dict[str, str] = defaultdict(str)
    order: list[tuple[str, int, Summary]] = []
    for at, summary in enumerate(summaries):
        gazette = summary.name.partition("/")[0]
        latest[gazette] = max(latest[gazette], newest_day(summary))
        order.append((latest[gazette], at, summary))
    newest_first = sorted(order, key=lambda one: one[:2], reverse=True)
    documents = [(summary, d) for _, _, summary in newest_first for d in summary.documents]
    # the sort is stable, also from the last to the first
    return sorted(documents, key=lambda one: one[1].since or LAST, reverse=True)


def arrivals(
    summaries: Sequence[Summary], titles: Mapping[str, str], most: int
) -> tuple[Arrival, ...]:
    """List the newest documents; ``titles`` are the titles of the gazettes by their ids."""
    return tuple(
        Arrival(
            d.since, d.title, d.number, d.date, summary.name, d.id,
            titles[summary.name.partition("/")[0]],
        )
        for summary, d in islice(by_arrival(summaries), most)
    )  # fmt: skip
