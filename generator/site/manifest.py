"""The manifests: a build records in site/manifests/ what it made, so that the next reuses it.

A site with its manifests is the whole cache, wherever the site was restored from. A manifest is
believed only if it is whole, has this format, and has the key that is wanted, which includes the
code that made the product; otherwise it counts as missing. Manifests hold keys and facts, never
code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from sys import intern
from typing import TypeVar

import msgspec

from generator.content import is_draft, subfolders
from generator.model import Diagnostic, Summary, share_names
from generator.runtime.digests import content_key, digest
from generator.runtime.errors import SourceError
from generator.runtime.places import Places
from generator.site.keys import ProgramKeys, issue_key, issue_name, program_keys
from generator.site.swap import differing, is_settled, scan

T = TypeVar("T")
FORMAT = "gazette-manifest/2"
FOLDER = "manifests"
BUILD = f"{FOLDER}/build.json"
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


@dataclass(frozen=True, slots=True)
class BuildManifest:
    """The record of a whole site: the keys of its input, and its files."""

    program: ProgramKeys
    gazettes: str  # key of all gazette.toml files and inventories
    issues: dict[str, str]  # name → key of its input
    documents: int
    warnings: int
    files: dict[str, int]  # every file of the site except this one → its size in bytes
    format: str = FORMAT


@dataclass(frozen=True, slots=True)
class ExistingSite:
    """The existing site, as far as its manifests can be believed."""

    site: Path
    build: BuildManifest | None = None  # None if nothing can be believed
    damaged: frozenset[str] = frozenset()  # files that are not as the build wrote them
    units: Mapping[str, Sequence[str]] = field(default_factory=dict)  # unit → its files, all whole
    identity: tuple[int, ...] = ()  # differs for each build that wrote the site

    def files(self, unit: str) -> Sequence[str]:
        """List the files of an issue, a segment or another unit if all are whole; else none."""
        return self.units.get(unit, ())

    def has(self, name: str) -> bool:
        """Whether a file is there, with the size that the build recorded."""
        return self.build is not None and name in self.build.files and name not in self.damaged

    def read(self, name: str, kind: type[T]) -> T | None:
        """Read a manifest, if it is there with the size that the build recorded."""
        return read(self.site / name, kind) if self.has(name) else None

    def issue(self, name: str, key: str) -> IssueManifest | None:
        """Give the manifest of an issue, if the issue was made from the same input."""
        if self.build is None or self.build.issues.get(name) != key:
            return None
        found = self.read(issue_manifest(name), IssueManifest)
        return found and replace(found, summary=share_names(found.summary))

    def pages(self) -> dict[str, HomeEntry]:
        """Give the entries of the pages of the home site."""
        # decoded one by one, so that a text that many pages have is never in memory many times
        found = self.read(HOME, dict[str, msgspec.Raw]) or {}
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


def read_existing(site: Path) -> ExistingSite:
    """Look at the files of the existing site, and believe those that have the recorded sizes."""
    identity = _identity(site / BUILD)
    build = read(site / BUILD, BuildManifest)
    if build is None or build.format != FORMAT:
        return ExistingSite(site, identity=identity)
    existing = scan(site)
    existing.pop(BUILD, None)
    damaged = differing(build.files, existing)
    broken = {_unit(name) for name in damaged}
    units: dict[str, list[str]] = defaultdict(list)
    for name in build.files:
        if (unit := _unit(name)) not in broken:
            units[unit].append(name)
    return ExistingSite(site, build, frozenset(damaged), units, identity)


def _unit(name: str) -> str:
    """Name the unit of a file: the files that are built and kept together.

    assets/ is a unit, and so is each folder of the second level: an issue, a segment in search/. A
    file outside of such a folder is a unit of its own.
    """
    parts = name.split("/")
    if parts[0] == "assets":
        return parts[0]
    return "/".join(parts[:2]) if len(parts) > 2 else name


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


def read(path: Path, kind: type[T]) -> T | None:
    """Read a manifest; None if it is missing or does not have this form."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return None


def write(path: Path, value: object) -> None:
    """Write a manifest: the same bytes for the same value."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(value))


def gazettes_key(content: Path, gazettes: Iterable[str]) -> str:
    """Make the key of the files that describe the gazettes: gazette.toml and inventories."""
    parts: list[bytes | str] = []
    for name in sorted(gazettes):
        parts.append(name)
        for path in sorted((content / name).iterdir()):
            if path.is_file() and path.suffix in (".toml", ".json"):
                parts += (path.name, content_key(path))
    return digest(*parts)


@dataclass(frozen=True, slots=True)
class Survey:
    """The existing site, and the keys of the content and the program."""

    existing: ExistingSite
    program: ProgramKeys
    gazettes: str  # key of all gazette.toml files and inventories
    issues: dict[str, str]  # name → key of its input
    is_settled: bool

    @property
    def unchanged(self) -> BuildManifest | None:
        """Give the record of the existing site if content, program and site are unchanged."""
        build = self.existing.build
        if build is None or self.existing.damaged or not self.is_settled:
            return None
        was = (build.program, build.gazettes, build.issues)
        return build if (self.program, self.gazettes, self.issues) == was else None

    def holds(self, places: Places) -> bool:
        """Whether the site is still the surveyed one: each build writes a new build.json."""
        return self.existing.identity == _identity(places.site / BUILD)


def survey(places: Places) -> Survey:
    """Look at the existing site and at the folders of all issues.

    Missing or faulty content is no error here: ``build`` reports it.
    """
    existing = read_existing(places.site)
    settled = is_settled(places.site)
    program = program_keys(places)
    gazettes = subfolders(places.content) if places.content.is_dir() else []
    folders = [f for gazette in gazettes for f in subfolders(gazette) if not _is_draft(f)]
    described = gazettes_key(places.content, (g.name for g in gazettes))
    issues = {issue_name(folder): issue_key(program.issues, folder) for folder in folders}
    return Survey(existing, program, described, issues, settled)


def _is_draft(folder: Path) -> bool:
    try:
        return is_draft(folder)
    except SourceError:  # ``build`` reports it
        return False


def _identity(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
