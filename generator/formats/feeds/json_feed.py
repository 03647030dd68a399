"""Feeds → JSON Feed 1.1."""

from __future__ import annotations

import msgspec

from generator.formats.feeds.atom import MIDNIGHT
from generator.formats.feeds.entries import Entries, Entry, Feed

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed, entries: Entries) -> str:
    """Write a feed as JSON Feed."""
    data = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.link(f"{feed.page}.html"),
        # must be an absolute address, and is left out if there is none
        **({"feed_url": feed.link(f"{feed.path}.json")} if feed.site else {}),
        "language": "zh-CN",
        "authors": [{"name": feed.publisher}],
        "items": [_item(entry, entry.link(feed.above)) for entry in entries.of(feed)],
    }
    return msgspec.json.encode(data).decode() + "\n"


def _item(entry: Entry, link: str) -> dict[str, object]:
    document = entry.document
    return {
        "id": entry.id,
        "url": link,
        "title": document.title,
        "content_text": entry.about,
        **({"date_published": f"{entry.published}{MIDNIGHT}"} if entry.published else {}),
        "date_modified": f"{entry.updated}{MIDNIGHT}",
        "authors": [{"name": name} for name in entry.authors],
        "tags": entry.categories,
        "_gazette": {
            "issue": entry.issue,
            "number": document.number or None,
            "issuer": document.issuer or None,
            "type": document.type or None,
            "date": document.date or None,
            "category": document.category,
            "page": document.page,
        },
    }
