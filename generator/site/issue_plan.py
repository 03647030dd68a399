"""Which sites of issues are stale, and what each of them needs to be built, page by page."""

from __future__ import annotations

import shutil
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from generator.model import Diagnostic, Gazette, Links, Summary
from generator.runtime.digests import digest, key_of
from generator.runtime.places import Places
from generator.site import manifest
from generator.site.keys import ProgramKeys, issue_name
from generator.site.manifest import issue_of
from generator.site.page_keys import why_whole
from generator.site.records import ExistingSite
from generator.site.swap import keep


@dataclass(frozen=True, slots=True)
class Read:
    """The result of the first pass for an issue; the issue itself waits in a file."""

    summary: Summary
    diagnostics: tuple[Diagnostic, ...]
    existing: str = ""  # key of its existing site, if its own text did not change
    text: str = ""  # IssueManifest.text of that site


def forget_pages(places: Places, names: Container[str]) -> None:
    """Remove what build/ has of issues that no longer exist, and what a killed build left."""
    for folder in (places.build / "docs").glob("*/*/"):
        if issue_name(folder) not in names and folder.parent.name != "home":
            shutil.rmtree(folder)
    shutil.rmtree(places.build / "cache", ignore_errors=True)
    for file in (places.build / "issues").glob("*/*"):
        if f"{file.parent.name}/{file.stem}" not in names:
            file.unlink()


def read_unchanged(existing: ExistingSite, keys: Mapping[str, str]) -> dict[str, Read]:
    """Give the issues whose texts did not change, from the manifests of the existing site."""
    found = ((name, issue_of(existing, name, key)) for name, key in keys.items())
    return {
        name: Read(old.summary, old.diagnostics, old.output, old.text) for name, old in found if old
    }


def waiting_file(places: Places, name: str) -> Path:
    """Name the file in which an issue waits, as its own stages leave it."""
    return places.build / "issues" / f"{name}.issue"


@dataclass(frozen=True, slots=True)
class IssueWork:
    """All that the second pass needs for one issue, ready for another process."""

    summary: Summary
    diagnostics: tuple[Diagnostic, ...]
    gazette: Gazette
    links: Links
    places: Places
    key: str  # of the input of its own stages
    output: str  # cache key of its site
    templates: Mapping[str, str]  # ProgramKeys.templates
    existing: str  # key of its existing site, or empty
    text: str = ""  # IssueManifest.text of that site
    why: str = ""  # why all pages are built; empty if only links or templates changed
    kept: tuple[str, ...] = ()  # then: the files of its existing site, of which most stay

    @property
    def warnings(self) -> int:
        """The number of warnings: places that an editor should look at."""
        found = (*self.diagnostics, *self.links.diagnostics.get(self.summary.name, ()))
        return sum(d.severity == "warning" for d in found)


def plan_issues(
    places: Places,
    gazettes: Sequence[Gazette],
    known: Mapping[str, Read],
    keys: Mapping[str, str],
    program: ProgramKeys,
    links: Links,
) -> list[IssueWork]:
    """Give each issue the part of the links that its pages show, and the cache key of its site.

    ``known`` is in the order of the archive, ``keys`` are the keys of the issues' own stages.
    """
    by_id = {g.id: g for g in gazettes}
    own = links.part()
    code = digest(program.pages, *program.templates.values())
    work = []
    for name, read in known.items():
        part = own.get(name, Links())
        one = IssueWork(
            summary=read.summary,
            diagnostics=read.diagnostics,
            gazette=by_id[name.partition("/")[0]],
            links=part,
            places=places,
            key=keys[name],
            output=digest(code, keys[name], links_key(part)),
            templates=program.templates,
            existing=read.existing,
            text=read.text,
        )
        work.append(one)
    return work


def links_key(links: Links) -> str:
    """Make the key of the links that an issue's pages show."""
    # keys in JSON must be texts, so mappings become lists of pairs
    return key_of([list(getattr(links, field.name).items()) for field in fields(links)])


KEPT_MANIFESTS = (manifest.mentions_manifest, manifest.sheets_manifest)  # whatever links change
MANIFESTS = (
    manifest.issue_manifest,
    manifest.links_manifest,
    manifest.pages_manifest,
    manifest.printings_manifest,
    *KEPT_MANIFESTS,
)


def keep_issues(existing: ExistingSite, work: Iterable[IssueWork], program: str) -> list[IssueWork]:
    """Take over the existing sites of issues whose cache keys are the same; give the stale ones.

    An issue of which only the links or templates changed keeps the pages that do not show them: it
    gets the names of its existing files. ``program`` is the key of the code that makes pages.
    """
    is_same = existing.build is not None and existing.build.program.pages == program
    stale = []
    for one in work:
        name = one.summary.name
        files = existing.files(name)
        manifests = [name_of(name) for name_of in MANIFESTS]
        is_there = files and all(map(existing.has, manifests))
        if is_there and one.existing == one.output:
            keep(existing.site, one.places.staged, [*files, *manifests])
        elif is_there and one.existing and is_same:
            stale.append(replace(one, kept=tuple(files)))
        else:
            stale.append(replace(one, why=why_whole(existing, name, one.key, program)))
    return stale
