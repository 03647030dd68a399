"""The whole flow on one page: read this first.

load → parse → normalize → find_citations → summarise → resolve_citations → render → build_sites
→ search; bundle/ makes the archives. Per-issue stages see one issue, and run in parallel; only
resolve_citations sees several, and sees their summaries.

What exists already is kept: an issue's own stages run again when its text changes, its site is
built again when that or what others say of it changes, a page of the home site when its lists do,
each of them when the code that makes it changes. keys.py tells; swap.py puts the whole in its place
in one step.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from generator.archive.issues import (
    check_numbers,
    issue_folders,
    ordered,
    read_all_elsewhere,
    refuse_errors,
)
from generator.archive.resolve import resolve_citations
from generator.content import find_gazettes, take_in_texts
from generator.model import share_names
from generator.runtime.errors import SiteError
from generator.runtime.garbage import frozen_objects
from generator.runtime.parallel import Run
from generator.runtime.places import Places
from generator.site import manifest
from generator.site.home_site import build_home
from generator.site.issue_site import (
    ReadWork,
    build_issue,
    forget_pages,
    keep_issues,
    plan_issues,
    read_issue,
    read_unchanged,
)
from generator.site.keys import issue_name
from generator.site.link_check import refuse_dead_links
from generator.site.manifest import BuildManifest, Survey
from generator.site.search_index import build_index
from generator.site.swap import only_builder, publish, recover, scan

T = TypeVar("T")
Progress = Callable[[str, int, int], None]  # what, done, of


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    issues: int
    documents: int
    warnings: int
    renewed: int  # issues whose sites were built; the others stood


def build(places: Places, run: Run, progress: Progress, found: Survey | None = None) -> Built:
    """Build the website of an archive aside, check it, and put it in the old one's place.

    ``found`` is what was looked at a moment ago, so that it need not be looked at again.

    Raises GazetteError when content, or what became of it, may not be published, or when another
    process builds the same site; the site that stood before then still stands.
    """
    with only_builder(places.site):
        recover(places.site)
        places.compiled.mkdir(parents=True, exist_ok=True)
        try:
            return _build(places, run, progress, found)
        except OSError as error:
            message = f"{error.filename or places.site}: {error.strerror}; nothing was published"
            raise SiteError(message) from error
        finally:
            for aside in (places.staged, places.build / "cache", places.build / "home"):
                shutil.rmtree(aside, ignore_errors=True)


def _build(places: Places, run: Run, progress: Progress, found: Survey | None) -> Built:
    gazettes = find_gazettes(places.content)
    folders = issue_folders(places.content, gazettes)
    if take_in_texts(folders) or not found or not found.holds(places):
        found = manifest.survey(places)
    existing, program, keys = found.existing, found.program, found.issues

    forget_pages(places, keys)

    # summaries of all issues first, pages afterwards
    known = read_unchanged(existing, keys)
    new = [ReadWork(f, places) for f in folders if issue_name(f) not in known]
    for read in _follow(run(read_issue, new), "读取", len(new), progress):
        known[read.summary.name] = replace(read, summary=share_names(read.summary))
    summaries = ordered([r.summary for r in known.values()])
    known = {summary.name: known[summary.name] for summary in summaries}
    check_numbers(summaries, places.content)
    refuse_errors(places.content, {name: r.diagnostics for name, r in known.items()})
    elsewhere = read_all_elsewhere(gazettes, places.content)
    links = resolve_citations(summaries, elsewhere)

    texts = {name: read.text for name, read in known.items()}
    work = plan_issues(places, gazettes, known, keys, program.pages, links)
    # what all pages are made of stays; only what sites leave behind is looked through
    with frozen_objects():
        stale = keep_issues(existing, work)
        texts |= dict(_follow(run(build_issue, stale), "排版", len(stale), progress))
        names, renewed = [w.summary.name for w in work], {w.summary.name for w in stale}
        documents = sum(len(s.documents) for s in summaries)
        warnings = sum(w.warnings for w in work)
        del known, work, stale  # the home site needs memory of its own
        build_index(places.staged, program.index, texts, existing, run)
        pages, new_pages = build_home(
            places, gazettes, summaries, links, keys, program, existing, run
        )
        files = scan(places.staged)
        refuse_dead_links(places.staged, files, pages, names, {*new_pages, *renewed})

        record = BuildManifest(program, found.gazettes, keys, documents, warnings, files)
        manifest.write(places.staged / manifest.BUILD, record)
        publish(places.staged, places.site)
    return Built(len(summaries), documents, warnings, len(renewed))


def _follow(items: Iterable[T], what: str, count: int, progress: Progress) -> Iterable[T]:
    for done, item in enumerate(items, 1):
        yield item
        progress(what, done, count)
