"""Summaries → what feeds tell: which documents, in which order, under which ids and dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias
from urllib.parse import quote

from generator.archive.registers import issuers_of, newest_day, shelf_page
from generator.language.dates import printed_date, valid_date
from generator.model import DocumentFact, Gazette, Summary, document_url
from generator.model.addresses import common_address, issue_path, lasting_id, site_address
from generator.render import summary_title
from generator.runtime.digests import digest

ATOM_TYPE, JSON_TYPE = "application/atom+xml", "application/feed+json"
LONGEST_FEED = 60  # entries of a feed


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as feeds tell of it."""

    id: str  # for good, wherever the site stands and whatever address the document gets
    url: str  # relative to the site's root
    site: str  # the public address of the site, or nothing
    issue: str
    document: DocumentFact
    is_dated: bool
    day: str  # its date; of a document without one the newest of its issue
    authors: tuple[str, ...]  # of a joint document each organ
    about: str  # what the archive knows of it

    @property
    def categories(self) -> list[str]:
        """Give its type (文种) and the part of the contents that it stands in (栏目)."""
        return [name for name in (self.document.type, self.document.category) if name]

    def link(self, above: str) -> str:
        """Give the address of its page for a feed; ``above`` leads from there to the root."""
        return f"{self.site or above}{self.url}"


@dataclass(frozen=True, slots=True)
class ToldIssue:
    """An issue, and what its entries say in common."""

    gazette: Gazette
    summary: Summary
    newest: str
    place: str


Told: TypeAlias = tuple[ToldIssue, DocumentFact]


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest documents of a site, a gazette or an issuer."""

    path: str  # relative to the site's root, without its suffix: panzhihua/feed
    page: str  # the page of the same list, without its suffix: panzhihua/index
    title: str
    publisher: str
    site: str  # the public address of the site, or nothing
    told: tuple[Told, ...]  # one at least

    @property
    def above(self) -> str:
        """Lead from the feed to the site's root."""
        return "../" * self.path.count("/")

    def id(self, suffix: str) -> str:
        """Name one of its files for good."""
        path = f"{self.path}{suffix}"
        # without an address, two sites with a feed of one path are told by what they publish
        return lasting_id(self.site, path if self.site else f"{self.publisher}/{path}")

    def link(self, path: str) -> str:
        """Give an address of the site for the feed."""
        return f"{self.site or self.above}{quote(path)}"

    def key(self, keys: Mapping[str, str]) -> str:
        """Tell it from itself with other entries; ``keys`` are those of the issues' own stages."""
        own = (self.path, self.page, self.title, self.publisher, self.site)
        return digest(*own, *(f"{keys[issue.summary.name]} {d.id}" for issue, d in self.told))


def plan_feeds(gazettes: Sequence[Gazette], summaries: Sequence[Summary], name: str) -> list[Feed]:
    """Plan the feeds of a site; what has no documents has none.

    The newest issue comes first, and its documents in the order of its pages.
    """
    issues = _newest_first(gazettes, summaries)
    told = [(issue, document) for issue in issues for document in issue.summary.documents]
    site = common_address(gazettes)
    feeds = [Feed("feed", "index", name, name, site, _newest(told))]
    for gazette in gazettes:
        own = (one for one in told if one[0].gazette is gazette)
        path, page, title = f"{gazette.id}/feed", f"{gazette.id}/index", gazette.title
        feeds.append(Feed(path, page, title, title, site_address(gazette), _newest(own)))
    for page, issuers, of_issuer in _by_issuer(told):
        path = f"issuers/{page}"
        feeds.append(Feed(path, path, f"{issuers}（{name}）", name, site, _newest(of_issuer)))
    return [feed for feed in feeds if feed.told]


def _newest(told: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(islice(told, LONGEST_FEED))


def _newest_first(gazettes: Iterable[Gazette], summaries: Iterable[Summary]) -> list[ToldIssue]:
    """Order the issues of all gazettes by date, those of each as the archive does."""
    known = {gazette.id: gazette for gazette in gazettes}
    latest = dict.fromkeys(known, "")
    order: list[tuple[str, int, ToldIssue]] = []
    for at, summary in enumerate(summaries):
        gazette = known[summary.name.partition("/")[0]]
        newest = newest_day(summary)
        latest[gazette.id] = max(latest[gazette.id], newest)
        place = f"载《{gazette.title}》{summary_title(summary)}"
        order.append((latest[gazette.id], at, ToldIssue(gazette, summary, newest, place)))
    return [issue for _, _, issue in sorted(order, key=lambda o: o[:2], reverse=True)]


def _by_issuer(told: Iterable[Told]) -> list[tuple[str, str, list[Told]]]:
    """Give the pages of issuers with their names and documents; names spelt alike share one."""
    pages: dict[str, dict[str, str]] = {}
    found: dict[str, list[Told]] = defaultdict(list)
    for one in told:
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
    """Makes the entries of feeds when they are asked for, each once: most stand in three feeds."""

    def __init__(self) -> None:
        self._made: dict[str, Entry] = {}

    def of(self, feed: Feed) -> list[Entry]:
        """Give the entries of a feed."""
        return [self._entry(issue, document) for issue, document in feed.told]

    def _entry(self, issue: ToldIssue, document: DocumentFact) -> Entry:
        url = document_url(issue.summary.name, document.id)
        if url not in self._made:
            self._made[url] = _entry(issue, document)
        return self._made[url]


def _entry(issue: ToldIssue, document: DocumentFact) -> Entry:
    site = site_address(issue.gazette)
    is_dated = bool(valid_date(document.date))
    facts = (
        document.number,
        document.issuer,
        printed_date(document.date) if is_dated else "",
        issue.place,
    )
    return Entry(
        id=first_address(issue.gazette, issue.summary, document),
        url=document_url(issue_path(issue.summary.name), document.id),
        site=site,
        issue=issue.summary.name,
        document=document,
        is_dated=is_dated,
        day=document.date if is_dated else issue.newest,
        authors=tuple(issuers_of(document.issuer)),
        about="，".join(fact for fact in facts if fact),
    )


def first_address(gazette: Gazette, issue: Summary, document: DocumentFact) -> str:
    """Name a document for good: by the address it was published under first, else by a urn.

    A urn is made of its path and the gazette's title: folders of two archives may be called alike.
    """
    site = site_address(gazette)
    path = document_url(issue.name, document.first_id or document.id)
    return lasting_id(site, path if site else f"{gazette.title}/{path}")


def day_of(issue: Summary, document: DocumentFact) -> str:
    """Give a document's date; of one without the newest of its issue."""
    return valid_date(document.date) or newest_day(issue)
