"""The entries of feeds: the documents, their ids and dates. plan.py says which feeds there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias
from urllib.parse import quote

from generator.archive.registers import issuers_of, newest_day, possible_day
from generator.language.dates import printed_date
from generator.language.validity import TermKind
from generator.model import DocumentFact, Gazette, Summary, document_url
from generator.model.addresses import issue_path, lasting_id, site_address
from generator.runtime.digests import digest

ATOM_TYPE, JSON_TYPE = "application/atom+xml", "application/feed+json"
ATOM, JSON, FULL = ".xml", ".json", ".full.xml"
TERM_WORDS: Mapping[TermKind, str] = {"effective": "施行", "expires": "有效期至"}


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
    about: str  # its number, issuer, dates and issue in words
    label: str = ""  # 已废止, 已修改 …
    since: str = ""  # the day on which it was first published on the site; empty if not recorded

    @property
    def updated(self) -> str:
        """Give the day by which feeds run: that of its first publication, else its own date."""
        return self.since or self.day

    @property
    def published(self) -> str:
        """Give the day of its first publication, else its own date; empty if it has neither."""
        return self.since or (self.day if self.is_dated else "")

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


FeedKind: TypeAlias = Literal["site", "gazette", "issuer", "agency", "type", "terms"]
FeedDocument: TypeAlias = tuple[FeedIssue, DocumentFact]


class FeedFile(NamedTuple):
    """A file of a feed."""

    suffix: str
    type: str
    label: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest documents of a site, a gazette, an issuer, a type, an agency, or with a term."""

    path: str  # relative to the site's root, without its suffix: panzhihua/feed
    page: str  # the page of the same list, without its suffix: panzhihua/index
    title: str
    publisher: str
    site: str  # the public address of the site; empty if it has none
    told: tuple[FeedDocument, ...]  # its documents, at least one
    kind: FeedKind
    name: str  # what a reader chooses it by: 市财政局, 通知
    has_json: bool = True  # there is a file in the other format
    is_full: bool = False  # there is a file with whole texts

    @property
    def above(self) -> str:
        """Give the relative address of the site's root from the feed."""
        return "../" * self.path.count("/")

    @property
    def files(self) -> tuple[FeedFile, ...]:
        """Give its files: the suffix, the media type and what readers call each."""
        return tuple(
            file
            for file, is_there in (
                (FeedFile(ATOM, ATOM_TYPE, "订阅新公文（Atom）"), True),
                (FeedFile(FULL, ATOM_TYPE, "订阅新公文，带全文（Atom）"), self.is_full),
                (FeedFile(JSON, JSON_TYPE, "订阅新公文（JSON Feed）"), self.has_json),
            )
            if is_there
        )

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
            f"{keys[issue.summary.name]} {d.id} {d.since} {issue.labels.get(d.id, '')}"
            for issue, d in self.told
        )
        return digest(*own, *told)


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
        *(f"{TERM_WORDS[term.kind]}{term.day}" for term in document.terms),
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
        since=document.since,
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
