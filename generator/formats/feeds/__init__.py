"""Feeds of the newest documents: Atom 1.0 (RFC 4287) and JSON Feed 1.1.

The whole site, each gazette, issuer, type and agency, and the documents with a term have feeds,
beside the pages that list the same documents. Every date is that of a document or of its first
publication (``gazette freeze``), never of a build. If gazette.toml names a public address, links
are absolute. Else they are relative to the feed, and there is no xml:base, which would need an
absolute address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from generator.formats.feeds.atom import atom_feed, xml_text
from generator.formats.feeds.entries import (
    ATOM,
    ATOM_TYPE,
    FULL,
    JSON,
    JSON_TYPE,
    Entries,
    Feed,
    FeedKind,
    day_of,
    first_address,
)
from generator.formats.feeds.json_feed import json_feed
from generator.formats.feeds.plan import plan_feeds
from generator.formats.feeds.whole_text import WholeTextOf
from generator.formats.planned import PlannedFile

__all__ = [
    "ATOM_TYPE",
    "JSON_TYPE",
    "Feed",
    "FeedKind",
    "WholeTextOf",
    "day_of",
    "feed_files",
    "first_address",
    "plan_feeds",
    "xml_text",
]


def feed_files(
    feeds: Iterable[Feed], keys: Mapping[str, str], texts: WholeTextOf
) -> Iterator[PlannedFile]:
    """Plan the files of feeds.

    ``keys`` are the keys of the issues' own stages; ``texts`` gives the published JSON of a
    document when a file is written.
    """
    entries = Entries()
    for feed in feeds:
        key = feed.key(keys)
        for suffix, *_ in feed.files:
            write = {
                ATOM: partial(atom_feed, feed, entries),
                JSON: partial(json_feed, feed, entries),
                FULL: partial(atom_feed, feed, entries, texts),
            }[suffix]
            yield PlannedFile(f"{feed.path}{suffix}", key, write)
