"""Feeds of the newest documents: Atom 1.0 (RFC 4287) and JSON Feed 1.1.

The whole site, each gazette and each issuer has a feed, beside the page that lists the same
documents. Every date is that of a document, never of a build. If gazette.toml names a public
address, links are absolute. Else they are relative to the feed, and there is no xml:base, which
would need an absolute address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from generator.formats.feeds.atom import atom_feed, xml_text
from generator.formats.feeds.entries import (
    ATOM_TYPE,
    JSON_TYPE,
    Entries,
    Feed,
    day_of,
    first_address,
    plan_feeds,
)
from generator.formats.feeds.json_feed import json_feed
from generator.formats.planned import PlannedFile

__all__ = [
    "ATOM_TYPE",
    "JSON_TYPE",
    "Feed",
    "day_of",
    "feed_files",
    "first_address",
    "plan_feeds",
    "xml_text",
]


def feed_files(feeds: Iterable[Feed], keys: Mapping[str, str]) -> Iterator[PlannedFile]:
    """Plan the files of feeds; ``keys`` are the keys of the issues' own stages."""
    entries = Entries()
    for feed in feeds:
        key = feed.key(keys)
        yield PlannedFile(f"{feed.path}.xml", key, partial(atom_feed, feed, entries))
        yield PlannedFile(f"{feed.path}.json", key, partial(json_feed, feed, entries))
