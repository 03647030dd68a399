"""The manifests of issues and of the home site: what a build made, so that the next reuses it.

records.py says when a manifest is believed.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from sys import intern

import msgspec

from generator.model import Diagnostic, Summary, share_names
from generator.runtime.deflated import FAST
from generator.site.records import FOLDER, ExistingSite

HOME = f"{FOLDER}/home.json"  # a line for each page
SEARCH = f"{FOLDER}/search.json"
OFFERS = f"{FOLDER}/offers.json"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the link check needs to know of a finished page."""

    anchors: tuple[str, ...]  # all its ids, in the order of the page
    links: Mapping[str, tuple[str, ...]]  # file it links to → ids of that file, often none


@dataclass(frozen=True, slots=True)
class IssueLinks:
    """What the link check needs to know of an issue; the links within it are checked already."""

    anchors: Mapping[str, tuple[str, ...]]  # page → all its ids
    links: Mapping[str, tuple[str, ...]]  # file outside its folder → ids; all pages together


@dataclass(frozen=True, slots=True)
class IssuePages:
    """What the pages of an issue were made of, and their links: read only if some are stale."""

    # name of a page (index, id of a document), or issue.json → kind of links that it shows → key
    keys: Mapping[str, Mapping[str, str]]
    links: Mapping[str, Mapping[str, tuple[str, ...]]]  # page → PageFacts.links


@dataclass(frozen=True, slots=True)
class IssueManifest:
    """The record of an issue: all that other issues and the home site need to know of it."""

    output: str  # cache key of its site: its input, the program, and its links
    text: str  # key of the part of issue.json that does not depend on other issues
    diagnostics: tuple[Diagnostic, ...]  # of its own stages
    summary: Summary


@dataclass(frozen=True, slots=True)
class HomeEntry:
    """A page of the home site; its facts are packed, as those of all pages are in memory."""

    key: str
    packed: bytes  # see pack_facts

    @property
    def facts(self) -> PageFacts:
        """Give its ids and links."""
        return msgspec.json.decode(zlib.decompress(self.packed), type=PageFacts)


def pack_facts(facts: PageFacts) -> bytes:
    """Write the facts of a page as JSON, and deflate it."""
    return zlib.compress(msgspec.json.encode(facts), FAST)


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment of the search index."""

    key: str
    listed: dict[str, object]  # its entry in the manifest of the index


def issue_of(existing: ExistingSite, name: str, key: str) -> IssueManifest | None:
    """Give the manifest of an issue, if the issue was made from the same input."""
    if existing.build is None or existing.build.issues.get(name) != key:
        return None
    found = existing.read(issue_manifest(name), IssueManifest)
    return found and replace(found, summary=share_names(found.summary))


def home_pages(existing: ExistingSite) -> dict[str, HomeEntry]:
    """Give the entries of the pages of the home site."""
    try:
        return read_home(existing.site / HOME) if existing.has(HOME) else {}
    except (OSError, msgspec.MsgspecError):
        return {}


class _Entry(msgspec.Struct):
    """A page of the home site, as it is written in the manifest."""

    key: str
    facts: msgspec.Raw


def read_home(path: Path) -> dict[str, HomeEntry]:
    """Read the manifest of the home site's pages, a line after another: it is large."""
    decoder = msgspec.json.Decoder(dict[str, _Entry])
    found: dict[str, HomeEntry] = {}
    with path.open("rb") as file:
        for line in file:
            if len(line) > 2:  # not the line of a bracket
                pages = decoder.decode(b"{%b}" % line.rstrip(b",\n"))
                found |= {
                    name: HomeEntry(entry.key, zlib.compress(entry.facts, FAST))
                    for name, entry in pages.items()
                }
    return found


def write_home(path: Path, entries: Mapping[str, HomeEntry]) -> None:
    """Write the manifest of the home site's pages, a line after another."""
    with path.open("wb") as file:
        file.write(b"{")
        before = b"\n"
        for name, entry in sorted(entries.items()):
            facts = msgspec.Raw(zlib.decompress(entry.packed))
            page = msgspec.json.encode({name: _Entry(entry.key, facts)})
            file.write(before + page[1:-1])
            before = b",\n"
        file.write(b"\n}\n")


def share_texts(named: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Keep each name, and each text under it, in memory once."""
    return {intern(name): tuple(map(intern, texts)) for name, texts in named.items()}


def issue_manifest(name: str) -> str:
    """Name the manifest of an issue."""
    return f"{FOLDER}/{name}.json"


def mentions_manifest(name: str) -> str:
    """Name the manifest of an issue's mentions: separate, because few pages need it."""
    return f"{FOLDER}/{name}.mentions.json"


def printings_manifest(name: str) -> str:
    """Name the manifest of what an issue has at differences from other printings."""
    return f"{FOLDER}/{name}.printings.json"


def sheets_manifest(name: str) -> str:
    """Name the manifest of the pictures of an issue's sheets."""
    return f"{FOLDER}/{name}.sheets.json"


def links_manifest(name: str) -> str:
    """Name the manifest of an issue's links: separate, because only the link check reads it."""
    return f"{FOLDER}/{name}.links.json"


def pages_manifest(name: str) -> str:
    """Name the manifest of an issue's pages."""
    return f"{FOLDER}/{name}.pages.json"
