"""Feeds → Atom 1.0 (RFC 4287)."""

from __future__ import annotations

import re
from html import escape

from generator.formats.feeds.entries import ATOM_TYPE, JSON_TYPE, Entries, Entry, Feed

SPACE = "http://www.w3.org/2005/Atom"  # an XML name, never loaded
HEAD = f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{SPACE}" xml:lang="zh-CN">\n'
MIDNIGHT = "T00:00:00Z"  # dates have no hour; this one is on the same day in China
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML cannot contain these


def atom_feed(feed: Feed, entries: Entries) -> str:
    """Write a feed as Atom."""
    listed = entries.of(feed)
    newest = max(entry.day for entry in listed)
    written = [_entry(entry, entry.link(feed.above)) for entry in listed]
    return f"{_head(feed, newest)}{''.join(written)}</feed>\n"


def _head(feed: Feed, day: str) -> str:
    own = xml_text(feed.link(f"{feed.path}.xml"))
    other = xml_text(feed.link(f"{feed.path}.json"))
    page = xml_text(feed.link(f"{feed.page}.html"))
    return (
        f"{HEAD}<id>{xml_text(feed.id('.xml'))}</id>\n<title>{xml_text(feed.title)}</title>\n"
        f"<updated>{day}{MIDNIGHT}</updated>\n"
        f"<author><name>{xml_text(feed.publisher)}</name></author>\n"
        f'<link rel="self" type="{ATOM_TYPE}" href="{own}"/>\n'
        f'<link rel="alternate" type="text/html" href="{page}"/>\n'
        f'<link rel="alternate" type="{JSON_TYPE}" href="{other}"/>\n'
    )


def _entry(entry: Entry, link: str) -> str:
    moment = f"{entry.day}{MIDNIGHT}"
    published = f"<published>{moment}</published>\n" if entry.is_dated else ""
    authors = [f"<author><name>{xml_text(name)}</name></author>\n" for name in entry.authors]
    categories = [f'<category term="{xml_text(name)}"/>\n' for name in entry.categories]
    return (
        f"<entry>\n<id>{xml_text(entry.id)}</id>\n<title>{xml_text(entry.document.title)}</title>\n"
        f"<updated>{moment}</updated>\n{published}{''.join(authors)}"
        f'<link rel="alternate" type="text/html" href="{xml_text(link)}"/>\n'
        f"{''.join(categories)}<summary>{xml_text(entry.about)}</summary>\n</entry>\n"
    )


def xml_text(text: str) -> str:
    """Escape a text for XML, and drop the characters that XML cannot contain."""
    return escape(text if text.isprintable() else FORBIDDEN.sub("", text))
