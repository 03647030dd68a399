"""Summaries → the entries of feeds: the documents, their order, their ids and dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias
from urllib.parse import quote

from generator.archive.registers import issuers_of, newest_day, possible_day, shelf_page
from generator.language.dates import printed_date
from generator.model import NO_STATES, DocumentFact, Gazette, States, Summary, document_url
from generator.model.addresses import common_address, issue_path, lasting_id, site_address
from generator.render import summary_title
from generator.runtime.digests import digest

ATOM_TYPE, JSON_TYPE = "application/atom+xml", "application/feed+json"
LONGEST_FEED = 60  # entries of a feed


@dataclass(frozen=True, slots=True)
class Entry:
    """One document in a feed."""

    id: str  # stays the same if the document gets another address: first_address
    url: str  # relative to the site's root
    site: str  # the public address of the site; empty if it has none
    issue: str
    document: DocumentFact
    is_dated: bool
    day: str  # its date; without one, the newest date of its issue
    authors: tuple[str, ...]  # each organ of a joint document
    about: str  # its number, issuer, date and issue in words
    label: str = ""  # 已废止, 已修改 …

    @property
    def categories(self) -> list[str]:
        """Give its type (文种), its category in the contents (栏目), and what it became."""
        names = (self.document.type, self.document.category, self.label)
        return [name for name in names if name]

    def link(self, above: str) -> str:
        """Give the address of its page; ``above`` leads from the feed to the site's root."""
        return f"{self.site or above}{self.url}"


@dataclass(frozen=True, slots=True)
class FeedIssue:
    """An issue, and the facts that its entries have in common."""

    gazette: Gazette
    summary: Summary
    newest: str  # the newest date of its documents, else the first day of its year
    place: str  # 载《攀枝花市人民政府公报》2017年第1期（总第227期）
    labels: Mapping[str, str]  # 已废止, 已修改 …, by the ids of its documents; most have none


FeedDocument: TypeAlias = tuple[FeedIssue, DocumentFact]


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest documents of a site, a gazette or an issuer."""

    path: str  # relative to the site's root, without its suffix: panzhihua/feed
    page: str  # the page of the same list, without its suffix: panzhihua/index
    title: str
    publisher: str
    site: str  # the public address of the site; empty if it has none
    told: tuple[FeedDocument, ...]  # its documents, at least one

    @property
    def above(self) -> str:
        """Give the relative address of the site's root from the feed."""
        return "../" * self.path.count("/")

    def id(self, suffix: str) -> str:
        """Give the lasting id of one of its files."""
        path = f"{self.path}{suffix}"
        # without an address, the publisher distinguishes feeds of the same path on two sites
        return lasting_id(self.site, path if self.site else f"{self.publisher}/{path}")

    def link(self, path: str) -> str:
        """Give the address of a file of the site, for use in the feed."""
        return f"{self.site or self.above}{quote(path)}"

    def key(self, keys: Mapping[str, str]) -> str:
        """Give its cache key; ``keys`` are the keys of the issues' own stages."""
        own = (self.path, self.page, self.title, self.publisher, self.site)
        told = (
            f"{keys[issue.summary.name]} {d.id} {issue.labels.get(d.id, '')}"
            for issue, d in self.told
        )
        return digest(*own, *told)


def plan_feeds(
    gazettes: Sequence[Gazette],
    summaries: Sequence[Summary],
    name: str,
    states: States = NO_STATES,
) -> list[Feed]:
    """Plan the feeds of a site, its gazettes and its issuers; one without documents is left out.

    The newest issue comes first, and its documents are in the order of its pages.
    """
    issues = _newest_first(gazettes, summaries, states)
    documents = [(issue, document) for issue in issues for document in issue.summary.documents]
    site = common_address(gazettes)
    feeds = [Feed("feed", "index", name, name, site, _newest(documents))]
    for gazette in gazettes:
        own = (one for one in documents if one[0].gazette is gazette)
        path, page, title = f"{gazette.id}/feed", f"{gazette.id}/index", gazette.title
        feeds.append(Feed(path, page, title, title, site_address(gazette), _newest(own)))
    for page, issuers, of_issuer in _by_issuer(documents):
        path = f"issuers/{page}"
        feeds.append(Feed(path, path, f"{issuers}（{name}）", name, site, _newest(of_issuer)))
    return [feed for feed in feeds if feed.told]


def _newest(documents: Iterable[FeedDocument]) -> tuple[FeedDocument, ...]:
    return tuple(islice(documents, LONGEST_FEED))


def _newest_first(
    gazettes: Iterable[Gazette], summaries: Iterable[Summary], states: States
) -> list[FeedIssue]:
    """Sort the issues of all gazettes by date; those of one gazette keep the archive's order."""
    known = {gazette.id: gazette for gazette in gazettes}
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for (issue, document), state in states.items():
        if state.label:
            labels[issue][document] = state.label
    latest = dict.fromkeys(known, "")
    order: list[tuple[str, int, FeedIssue]] = []
    for at, summary in enumerate(summaries):
        gazette = known[summary.name.partition("/")[0]]
        newest = newest_day(summary)
        latest[gazette.id] = max(latest[gazette.id], newest)
        place = f"载《{gazette.title}》{summary_title(summary)}"
        own = FeedIssue(gazette, summary, newest, place, labels.get(summary.name, {}))
        order.append((latest[gazette.id], at, own))
    return [issue for _, _, issue in sorted(order, key=lambda o: o[:2], reverse=True)]


def _by_issuer(
    documents: Iterable[FeedDocument],
) -> list[tuple[str, str, list[FeedDocument]]]:
    """Give the page, the names and the documents of issuers; names of one spelling share a page."""
    pages: dict[str, dict[str, str]] = {}
    found: dict[str, list[FeedDocument]] = defaultdict(list)
    for one in documents:
        issuer = one[1].issuer
        if issuer not in pages:
            pages[issuer] = {shelf_page(name): name for name in issuers_of(issuer)}
        for page in pages[issuer]:
            found[page].append(one)
    names: dict[str, set[str]] = defaultdict(set)
    for listed in pages.values():
        for page, name in listed.items():
            names[page].add(name)
    return [(page, "、".join(sorted(names[page])), found[page]) for page in sorted(found)]


class Entries:
    """Makes the entries of feeds on demand, each once, because most are in three feeds."""

    def __init__(self) -> None:
        self._made: dict[str, Entry] = {}

    def of(self, feed: Feed) -> list[Entry]:
        """Give the entries of a feed."""
        return [self._entry(issue, document) for issue, document in feed.told]

    def _entry(self, issue: FeedIssue, document: DocumentFact) -> Entry:
        url = document_url(issue.summary.name, document.id)
        if url not in self._made:
            self._made[url] = _entry(issue, document)
        return self._made[url]


def _entry(issue: FeedIssue, document: DocumentFact) -> Entry:
    site = site_address(issue.gazette)
    day = possible_day(issue.summary, document)
    facts = (
        document.number,
        document.issuer,
        printed_date(document.date),
        issue.place,
        issue.labels.get(document.id, ""),
    )
    return Entry(
        id=first_address(issue.gazette, issue.summary, document),
        url=document_url(issue_path(issue.summary.name), document.id),
        site=site,
        issue=issue.summary.name,
        document=document,
        is_dated=bool(day),
        day=day or issue.newest,
        authors=tuple(issuers_of(document.issuer)),
        about="，".join(fact for fact in facts if fact),
        label=issue.labels.get(document.id, ""),
    )


def first_address(gazette: Gazette, issue: Summary, document: DocumentFact) -> str:
    """Give the lasting id of a document: its first published address, or a urn without one.

    The urn is made of its path and the gazette's title, because two archives may have folders of
    the same name.
    """
    site = site_address(gazette)
    path = document_url(issue.name, document.first_id or document.id)
    return lasting_id(site, path if site else f"{gazette.title}/{path}")


def day_of(issue: Summary, document: DocumentFact) -> str:
    """Give a document's date; without one that is possible, the newest date of its issue."""
    return possible_day(issue, document) or newest_day(issue)
