"""What a build writes down of itself in site/manifests/, so that the next one need not repeat it.

A site with its manifests is the whole cache: restored from anywhere, it is as good as the machine
that built it. What they say is believed only where it is whole, of our format and of the key that
is wanted, which holds the code that made it; all else is as if it were not there. Manifests hold
keys and facts, never code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from sys import intern
from typing import TypeVar

import msgspec

from generator.content import subfolders
from generator.model import Diagnostic, Summary, share_names
from generator.runtime.digests import content_key, digest
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
    """What the check of links needs to know of a page that is finished."""

    anchors: tuple[str, ...]  # all its ids, in the order of the page
    links: Mapping[str, tuple[str, ...]]  # file it links to → ids of that file, often none


@dataclass(frozen=True, slots=True)
class IssueLinks:
    """What the check of links needs to know of an issue: links within it were checked."""

    anchors: Mapping[str, tuple[str, ...]]  # page → all its ids
    links: Mapping[str, tuple[str, ...]]  # out of its folder, of all its pages together


@dataclass(frozen=True, slots=True)
class IssueManifest:
    """What became of an issue's own stages: all that other issues and the home site ask of it."""

    output: str  # key of what its site is made of: its input, and what other issues say of it
    text: str  # key of what its issue.json says without asking other issues
    diagnostics: tuple[Diagnostic, ...]  # its own
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
    listed: dict[str, object]  # what the index's manifest says of it


@dataclass(frozen=True, slots=True)
class BuildManifest:
    """What a whole site was made of, and its files."""

    program: ProgramKeys
    gazettes: str  # key of all gazette.toml files and inventories
    issues: dict[str, str]  # name → key of its input
    documents: int
    warnings: int
    files: dict[str, int]  # every file of the site but this one, with its size in bytes
    format: str = FORMAT


@dataclass(frozen=True, slots=True)
class ExistingSite:
    """The site that a build finds, as far as it can be believed."""

    site: Path
    build: BuildManifest | None = None  # None where nothing can be believed
    damaged: frozenset[str] = frozenset()  # files that are not as the build wrote them
    units: Mapping[str, Sequence[str]] = field(default_factory=dict)  # unit → its files, all whole
    identity: tuple[int, ...] = ()  # tells the build whose site it is from any other

    def files(self, unit: str) -> Sequence[str]:
        """List the files of an issue, a segment or another unit, when all are there; else none."""
        return self.units.get(unit, ())

    def has(self, name: str) -> bool:
        """Whether a file is there as it was written."""
        return self.build is not None and name in self.build.files and name not in self.damaged

    def read(self, name: str, kind: type[T]) -> T | None:
        """Read a manifest, if it is there as it was written."""
        return read(self.site / name, kind) if self.has(name) else None

    def issue(self, name: str, key: str) -> IssueManifest | None:
        """Give what is known of an issue, when it was made of the same input."""
        if self.build is None or self.build.issues.get(name) != key:
            return None
        found = self.read(issue_manifest(name), IssueManifest)
        return found and replace(found, summary=share_names(found.summary))

    def pages(self) -> dict[str, HomeEntry]:
        """Give what is known of the pages of the home site."""
        # one by one, so that a text that many pages have is never held as often
        found = self.read(HOME, dict[str, msgspec.Raw]) or {}
        try:
            return {name: _home_entry(raw) for name, raw in found.items()}
        except msgspec.MsgspecError:
            return {}


def _home_entry(raw: msgspec.Raw) -> HomeEntry:
    entry = msgspec.json.decode(raw, type=HomeEntry)
    return HomeEntry(entry.key, share_facts(entry.facts))


def share_facts(facts: PageFacts) -> PageFacts:
    """Hold each path and each id once, however many pages have it: all pages are held at once."""
    return PageFacts(tuple(map(intern, facts.anchors)), share_texts(facts.links))


def share_texts(named: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Hold each name, and each text under it, once."""
    return {intern(name): tuple(map(intern, texts)) for name, texts in named.items()}


def read_existing(site: Path) -> ExistingSite:
    """Look at the files of a site that a build left, and believe those of the sizes it noted."""
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
    """Name what a file is made together with: an issue's folder, a segment, else itself.

    Of search/ each folder is a segment; a file of the home site is a unit of its own.
    """
    parts = name.split("/")
    if parts[0] == "assets":
        return parts[0]
    return "/".join(parts[:2]) if len(parts) > 2 else name


def issue_manifest(name: str) -> str:
    """Name the manifest of an issue."""
    return f"{FOLDER}/{name}.json"


def mentions_manifest(name: str) -> str:
    """Name what an issue says of those whom registers list: few pages ask for it."""
    return f"{FOLDER}/{name}.mentions.json"


def links_manifest(name: str) -> str:
    """Name what an issue's manifest says of links: kept apart, for it is read when all else is."""
    return f"{FOLDER}/{name}.links.json"


def read(path: Path, kind: type[T]) -> T | None:
    """Read a manifest; nothing where there is none, or none of this form."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return None


def write(path: Path, value: object) -> None:
    """Write a manifest: the same bytes for the same value."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(value))


def gazettes_key(content: Path, gazettes: Iterable[str]) -> str:
    """Make the key of what gazettes say of themselves: gazette.toml, and their inventories."""
    parts: list[bytes | str] = []
    for name in sorted(gazettes):
        parts.append(name)
        for path in sorted((content / name).iterdir()):
            if path.is_file() and path.suffix in (".toml", ".json"):
                parts += (path.name, content_key(path))
    return digest(*parts)


@dataclass(frozen=True, slots=True)
class Survey:
    """The existing site, and what there is to build of."""

    existing: ExistingSite
    program: ProgramKeys
    gazettes: str  # key of what gazettes say of themselves
    issues: dict[str, str]  # name → key of its input
    is_settled: bool

    @property
    def unchanged(self) -> BuildManifest | None:
        """Give the existing site when content, program and site are as the last build left them."""
        build = self.existing.build
        if build is None or self.existing.damaged or not self.is_settled:
            return None
        was = (build.program, build.gazettes, build.issues)
        return build if (self.program, self.gazettes, self.issues) == was else None

    def holds(self, places: Places) -> bool:
        """Whether the site is still the one that was looked at: each build writes a new file."""
        return self.existing.identity == _identity(places.site / BUILD)


def survey(places: Places) -> Survey:
    """Look at the existing site and at the folders of all issues.

    Content that is not there, or is at fault, is no error yet: build says what is wrong with it.
    """
    existing = read_existing(places.site)
    settled = is_settled(places.site)
    program = program_keys(places)
    gazettes = subfolders(places.content) if places.content.is_dir() else []
    folders = [folder for gazette in gazettes for folder in subfolders(gazette)]
    said = gazettes_key(places.content, (g.name for g in gazettes))
    issues = {issue_name(folder): issue_key(program.issues, folder) for folder in folders}
    return Survey(existing, program, said, issues, settled)


def _identity(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
