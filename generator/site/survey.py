"""The survey before a build: the existing site, and the keys of the content and the program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.runtime.digests import content_key, digest
from generator.runtime.errors import SourceError
from generator.runtime.places import FACTS_FILE, Places, subfolders
from generator.site.keys import ProgramKeys, issue_key, issue_name, program_keys
from generator.site.records import (
    BUILD,
    BuildManifest,
    ExistingSite,
    identity_of,
    read_existing,
)
from generator.site.swap import is_settled


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
        return self.existing.identity == identity_of(places.site / BUILD)


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
    path = folder / FACTS_FILE
    if not path.is_file() or b"draft" not in path.read_bytes():
        return False
    # this import loads all that reads content/
    from generator.content import is_draft

    try:
        return is_draft(folder)
    except SourceError:  # ``build`` reports it
        return False
