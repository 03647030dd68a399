"""The manifests of issues and of the home site: what a build made, so that the next reuses it.

records.py says when a manifest is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from sys import intern

import msgspec

from generator.model import Diagnostic, Summary, share_names
from generator.site.records import FOLDER, ExistingSite

HOME = f"{FOLDER}/home.json"
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
    """A page of the home site."""

    key: str
    facts: PageFacts


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
    # decoded one by one, so that a text that many pages have is never in memory many times
    found = existing.read(HOME, dict[str, msgspec.Raw]) or {}
    try:
        return {name: _home_entry(raw) for name, raw in found.items()}
    except msgspec.MsgspecError:
        return {}


def _home_entry(raw: msgspec.Raw) -> HomeEntry:
    entry = msgspec.json.decode(raw, type=HomeEntry)
    return HomeEntry(entry.key, share_facts(entry.facts))


def share_facts(facts: PageFacts) -> PageFacts:
    """Keep each path and each id in memory once, however many pages have it.

    The facts of all pages are in memory at the same time.
    """
    return PageFacts(tuple(map(intern, facts.anchors)), share_texts(facts.links))


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
