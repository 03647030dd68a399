"""The files of a site for programs: feeds, lists, calendars, search; and the links to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.formats.duties import (
    CALENDAR_TYPE,
    Calendar,
    calendar_files,
    plan_calendars,
)
from generator.formats.feeds import ATOM_TYPE, JSON_TYPE, Feed, feed_files, plan_feeds
from generator.formats.listing import CSV_TYPE, JSONL_TYPE, listings
from generator.formats.opensearch import OPENSEARCH_FILE, OPENSEARCH_TYPE, opensearch
from generator.formats.planned import PlannedFile
from generator.formats.terms import CALENDAR, LIST, term_files
from generator.model import NO_STATES, Gazette, States, Summary
from generator.model.addresses import common_address
from generator.model.printings import NO_PRINTINGS, PrintingsOf

LABELS = {
    ATOM_TYPE: "订阅新公文（Atom）",
    JSON_TYPE: "订阅新公文（JSON Feed）",
    CSV_TYPE: "全部公文目录（CSV）",
    JSONL_TYPE: "全部公文目录（JSONL）",
}
TERMS_PAGE, TERMS_TITLE = "terms/index", "施行与有效期"
TERM_FILES = (("日历（.ics）", CALENDAR_TYPE, CALENDAR), ("列表（.csv）", CSV_TYPE, LIST))


@dataclass(frozen=True, slots=True)
class HeadLink:
    """A <link> in the head of a page."""

    rel: str
    type: str
    title: str
    path: str  # relative to the site's root


@dataclass(frozen=True, slots=True)
class Offers:
    """The files of a site for programs, planned and not written yet."""

    name: str
    gazettes: tuple[Gazette, ...]
    feeds: tuple[Feed, ...]
    calendars: tuple[Calendar, ...]
    files: tuple[PlannedFile, ...]

    @property
    def search(self) -> tuple[HeadLink, ...]:
        """Give the link to the search description, for every page; none without an address."""
        if not common_address(self.gazettes):
            return ()
        return (HeadLink("search", OPENSEARCH_TYPE, self.name, OPENSEARCH_FILE),)

    @property
    def heads(self) -> dict[str, tuple[HeadLink, ...]]:
        """Give the links in the heads of home site pages, by the page's path without suffix.

        The start page and issuers' pages link feeds; the page of a gazette links feeds and lists.
        """
        heads: dict[str, tuple[HeadLink, ...]] = {
            feed.page: (
                HeadLink("alternate", ATOM_TYPE, feed.title, f"{feed.path}.xml"),
                HeadLink("alternate", JSON_TYPE, feed.title, f"{feed.path}.json"),
            )
            for feed in self.feeds
        }
        for gazette in self.gazettes:
            page, title = f"{gazette.id}/index", f"{gazette.title}目录"
            heads[page] = (
                *heads.get(page, ()),
                HeadLink("alternate", CSV_TYPE, title, f"{gazette.id}/gazette.csv"),
                HeadLink("alternate", JSONL_TYPE, title, f"{gazette.id}/gazette.jsonl"),
            )
        if any(file.path == CALENDAR for file in self.files):
            heads[TERMS_PAGE] = tuple(
                HeadLink("alternate", kind, TERMS_TITLE, path) for _, kind, path in TERM_FILES
            )
        return heads

    @property
    def files_beside(self) -> dict[str, list[tuple[str, str]]]:
        """Give the files that a page offers to readers, by page: label and path of each."""
        return {
            page: [(label, path) for label, _, path in TERM_FILES]
            if page == TERMS_PAGE
            else [(LABELS[link.type], link.path) for link in links]
            for page, links in self.heads.items()
        }

    @property
    def calendar_paths(self) -> dict[str, str]:
        """Give the paths of the calendars by the anchors of agencies; most agencies have none."""
        return {calendar.anchor: calendar.path for calendar in self.calendars}


def plan_offers(
    gazettes: Sequence[Gazette],
    summaries: Sequence[Summary],
    name: str,
    keys: Mapping[str, str],
    states: States = NO_STATES,
    printings: PrintingsOf = NO_PRINTINGS,
) -> Offers:
    """Plan the files for programs; ``keys`` are the keys of the issues' own stages."""
    feeds = plan_feeds(gazettes, summaries, name, states)
    calendars = plan_calendars(gazettes, summaries)
    files = (
        *feed_files(feeds, keys),
        *listings(gazettes, summaries, keys, states, printings),
        *term_files(gazettes, summaries, states),
        *calendar_files(calendars, keys),
        *opensearch(gazettes, name),
    )
    return Offers(name, tuple(gazettes), tuple(feeds), tuple(calendars), files)
