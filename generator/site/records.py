"""The records of a build: what it wrote down of a site, and how much of it the next can believe.

A site with its records is the whole cache, wherever the site was restored from. A record is
believed only if it is whole, has this format, and has the key that is wanted, which includes the
code that made the product; otherwise it counts as missing. Records hold keys and facts, never code.
A build that finds nothing changed loads this module and survey.py, but not manifest.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.runtime.deflated import written_out
from generator.site.keys import ProgramKeys
from generator.site.swap import differing, scan

T = TypeVar("T")
FORMAT = "gazette-manifest/2"
FOLDER = "manifests"
BUILD = f"{FOLDER}/build.json"


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


def read_existing(site: Path) -> ExistingSite:
    """Look at the files of the existing site, and believe those that have the recorded sizes."""
    identity = identity_of(site / BUILD)
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


def read(path: Path, kind: type[T]) -> T | None:
    """Read a manifest; None if it is missing or does not have this form."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return None


def write(path: Path, value: object) -> None:
    """Write a manifest: the same bytes for the same value."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(value, enc_hook=written_out))


def identity_of(path: Path) -> tuple[int, ...]:
    """Tell a file from each other one that is written in its place."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
