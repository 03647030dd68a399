"""What a build writes down of itself in site/manifests/, so that the next one need not repeat it.

A site with its manifests is the whole cache: restored from anywhere, it is as good as the machine
that built it. What stands there is believed only where it is whole, of our format and of this very
program; all else is as if it were not there. Manifests hold keys and facts, never code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.content import subfolders
from generator.model import Diagnostic, Summary
from generator.runtime.digests import content_key, digest
from generator.runtime.places import Places
from generator.site.keys import issue_key, issue_name, program_key
from generator.site.swap import differing, is_settled, scan

T = TypeVar("T")
FORMAT = "gazette-manifest/1"
FOLDER = "manifests"
BUILD = f"{FOLDER}/build.json"
HOME = f"{FOLDER}/home.json"
SEARCH = f"{FOLDER}/search.json"
OFFERS = f"{FOLDER}/offers.json"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the check of links needs to know of a page that is finished."""

    anchors: str  # all its ids, a blank before, between and behind
    links: str  # a line for each page: its path, a tab, its ids that are wanted, parted by blanks


@dataclass(frozen=True, slots=True)
class IssueLinks:
    """What the check of links needs to know of an issue: links within it were checked."""

    anchors: dict[str, str]  # of each of its pages
    links: str  # out of its folder, of all its pages together


@dataclass(frozen=True, slots=True)
class IssueManifest:
    """What became of an issue's own stages: all that other issues and the home site ask of it."""

    output: str  # key of what its site is made of: its input, and what other issues say of it
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

    program: str
    gazettes: str  # key of all gazette.toml files and inventories
    issues: dict[str, str]  # name → key of its input
    documents: int
    warnings: int
    files: dict[str, int]  # every file of the site but this one, with its size in bytes
    format: str = FORMAT


@dataclass
class Standing:
    """The site that stands, as far as it can be believed."""

    site: Path
    program: str  # the key of the program that is running
    build: BuildManifest | None = None
    damaged: set[str] = field(default_factory=set)
    identity: tuple[int, ...] = ()  # tells the build whose site it is from any other

    def __post_init__(self) -> None:
        self.identity = _identity(self.site / BUILD)
        found = read(self.site / BUILD, BuildManifest)
        if found is None or found.program != self.program or found.format != FORMAT:
            return
        self.build = found
        standing = scan(self.site)
        standing.pop(BUILD, None)
        self.damaged = differing(found.files, standing)
        self._folders: dict[str, list[str]] = defaultdict(list)
        for name in found.files:
            self._folders[_unit(name)].append(name)
        self._broken = {_unit(name) for name in self.damaged}

    def files(self, unit: str) -> list[str]:
        """List the files of an issue, a segment or another unit, when all are there; else none."""
        if self.build is None or unit in self._broken:
            return []
        return self._folders.get(unit, [])

    def has(self, name: str) -> bool:
        """Whether one file stands as it was written."""
        return self.build is not None and name in self.build.files and name not in self.damaged

    def read(self, name: str, kind: type[T]) -> T | None:
        """Read a manifest, if it stands as it was written."""
        return read(self.site / name, kind) if self.has(name) else None

    def issue(self, name: str, key: str) -> IssueManifest | None:
        """Give what is known of an issue, when it was made of the same input."""
        if self.build is None or self.build.issues.get(name) != key:
            return None
        return self.read(issue_manifest(name), IssueManifest)


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


def issue_keys(program: str, folders: Iterable[Path]) -> dict[str, str]:
    """Make the keys of the issues in folders, by their names."""
    return {issue_name(f): issue_key(program, f) for f in folders}


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands, and what there is to build of."""

    standing: Standing
    gazettes: str  # key of what gazettes say of themselves
    issues: dict[str, str]  # name → key of its input
    is_settled: bool

    @property
    def unchanged(self) -> BuildManifest | None:
        """Give what stands when content, program and site are as the last build left them."""
        build, standing = self.standing.build, self.standing
        if build is None or standing.damaged or not self.is_settled:
            return None
        is_same = self.gazettes == build.gazettes and self.issues == build.issues
        return build if is_same else None

    def holds(self, places: Places) -> bool:
        """Whether the site is still the one that was looked at: each build writes a new file."""
        return self.standing.identity == _identity(places.site / BUILD)


def survey(places: Places) -> Survey:
    """Look at the site that stands and at the folders of all issues; believe neither more than so.

    Content that is not there, or is at fault, is no error yet: build says what is wrong with it.
    """
    standing = Standing(places.site, program_key(places))
    settled = is_settled(places.site)
    gazettes = subfolders(places.content) if places.content.is_dir() else []
    folders = [folder for gazette in gazettes for folder in subfolders(gazette)]
    said = gazettes_key(places.content, (g.name for g in gazettes))
    return Survey(standing, said, issue_keys(standing.program, folders), settled)


def _identity(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
