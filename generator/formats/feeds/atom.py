"""Feeds → Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from html import escape

from generator.formats.feeds.entries import (
    ATOM,
    ATOM_TYPE,
    FULL,
    JSON,
    JSON_TYPE,
    Entries,
    Entry,
    Feed,
)
from generator.formats.feeds.whole_text import WholeTextOf, whole_text
from generator.runtime.patterns import lazy_regex

SPACE = "http://www.w3.org/2005/Atom"  # an XML name, never loaded
HEAD = f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{SPACE}" xml:lang="zh-CN">\n'
MIDNIGHT = "T00:00:00Z"  # dates have no hour; this one is on the same day in China
LONGEST_FULL = 20  # documents of a feed with whole texts
LARGEST_FULL = 300_000  # characters of its texts
FORBIDDEN = lazy_regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML cannot contain these


def atom_feed(feed: Feed, entries: Entries, texts: WholeTextOf | None = None) -> str:
    """Write a feed as Atom: with summaries, or the newest with whole texts if ``texts`` has them.

    A document that is too long, or for which the feed has no room, has its summary alone.
    """
    listed = entries.of(feed)[: LONGEST_FULL if texts else None]
    newest = max(entry.updated for entry in listed)
    room = LARGEST_FULL
    written = []
    for entry in listed:
        whole = whole_text(texts(entry.url)) if texts else ""
        if len(whole) > room:
            whole = ""
        room -= len(whole)
        written.append(_entry(entry, entry.link(feed.above), whole))
    suffix = FULL if texts else ATOM
    return f"{_head(feed, newest, suffix)}{''.join(written)}</feed>\n"


def _head(feed: Feed, day: str, suffix: str) -> str:
    own = xml_text(feed.link(f"{feed.path}{suffix}"))
    other = xml_text(feed.link(f"{feed.path}{JSON}"))
    page = xml_text(feed.link(f"{feed.page}.html"))
    json = f'<link rel="alternate" type="{JSON_TYPE}" href="{other}"/>\n' if feed.has_json else ""
    return (
        f"{HEAD}<id>{xml_text(feed.id(suffix))}</id>\n<title>{xml_text(feed.title)}</title>\n"
        f"<updated>{day}{MIDNIGHT}</updated>\n"
        f"<author><name>{xml_text(feed.publisher)}</name></author>\n"
        f'<link rel="self" type="{ATOM_TYPE}" href="{own}"/>\n'
        f'<link rel="alternate" type="text/html" href="{page}"/>\n{json}'
    )


def _entry(entry: Entry, link: str, whole: str) -> str:
    day = entry.published
    published = f"<published>{day}{MIDNIGHT}</published>\n" if day else ""
    authors = [f"<author><name>{xml_text(name)}</name></author>\n" for name in entry.authors]
    categories = [f'<category term="{xml_text(name)}"/>\n' for name in entry.categories]
    content = f'<content type="html">{xml_text(whole)}</content>\n' if whole else ""
    return (
        f"<entry>\n<id>{xml_text(entry.id)}</id>\n<title>{xml_text(entry.document.title)}</title>\n"
        f"<updated>{entry.updated}{MIDNIGHT}</updated>\n{published}{''.join(authors)}"
        f'<link rel="alternate" type="text/html" href="{xml_text(link)}"/>\n'
        f"{''.join(categories)}<summary>{xml_text(entry.about)}</summary>\n{content}</entry>\n"
    )


def xml_text(text: str) -> str:
    """Escape a text for XML, and drop the characters that XML cannot contain."""
    return escape(text if text.isprintable() else FORBIDDEN.sub("", text))
