"""The build of a whole site, from content/ to the published folder, on one page: read this first.

``_build`` takes these steps, one after another. Each line below a step names the files that hold
it, from the caller to the callee; a file without a folder is in site/.

(1) Look: list the issues; compare content, program and existing site by their cache keys.
    content/folders.py, survey.py, records.py, keys.py
(2) Read, the first pass: take each new or changed issue through its own stages, and keep its
    summary; the summaries of the other issues are in the manifests.
    issue_site.py (read_issue), stages/pipeline.py, archive/summary.py, waiting.py
(3) Join: order and check the summaries, and resolve the citations of the whole archive.
    archive/issues.py, archive/resolve.py
(4) Build the sites of issues, the second pass: render the stale issues, and take over the others.
    issue_plan.py, page_keys.py, issue_site.py (build_issue), render/, mkdocs.py, page_check.py,
    formats/
(5) Index: write the segments of the search index from the issue.json files.
    search_index.py, search/
(6) Build the home site: start page, registers, works, feeds, lists, and the theme's files.
    home_site.py, render/home.py, mkdocs.py, formats/offers.py
(7) Check all links of the new site.
    link_check.py
(8) Publish: write the record of the build, and exchange the new site for the existing one.
    records.py (BuildManifest), swap.py

Steps 2 and 4 see one issue at a time and run in parallel (runtime/parallel.py), and so do the parts
of steps 5 and 6. Steps 3 and 6 join all issues, but from their summaries, not from their texts: so
the texts of an archive are never in memory together.

A build makes only what changed, and takes over the rest from the existing site. The stages of an
issue run again if its folder or its gazette.toml changed. Its site is built again if its stages ran
again; if only templates, or links from and to other issues changed, the pages that show them are. A
page of the home site is built again if its content changed. Each of them is made again if the code
that makes it changed.

delivery/ makes zip files, PDF files and reports from a finished site.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from generator.archive.issues import (
    ordered,
    published,
    read_all_elsewhere,
    refuse_errors,
    same_numbers,
)
from generator.archive.resolve import resolve_citations
from generator.content import take_in_texts
from generator.model import Elsewhere, for_registers, share_names
from generator.runtime.errors import Faults, SiteError, reason_of
from generator.runtime.garbage import frozen_objects
from generator.runtime.parallel import Run
from generator.runtime.places import Places
from generator.site import records
from generator.site.home_site import build_home
from generator.site.issue_plan import forget_pages, keep_issues, plan_issues, read_unchanged
from generator.site.issue_site import ReadWork, Unread, build_issue, read_issue
from generator.site.keys import issue_name
from generator.site.link_check import refuse_dead_links
from generator.site.records import BuildManifest
from generator.site.search_index import build_index, index_states
from generator.site.survey import Survey, survey
from generator.site.swap import only_builder, publish, recover, scan

T = TypeVar("T")
Progress = Callable[[str, int, int], None]  # name of the step, items done, items in all


@dataclass(frozen=True, slots=True)
class Built:
    """The counts of a build."""

    issues: int
    documents: int
    warnings: int
    renewed: int  # issues of which pages were built; the sites of the others were taken over
    # page that was built, or folder of an issue of which all were → reasons (page_keys.py)
    why: Mapping[str, tuple[str, ...]]


def build(places: Places, run: Run, progress: Progress, found: Survey | None = None) -> Built:
    """Build the website of an archive aside, check it, and replace the existing site by it.

    ``found`` is a survey that the caller made a moment ago, so that it need not be made again.

    Raises GazetteError when content, or a page made from it, may not be published, or when another
    process builds the same site; then the existing site stays as it is.
    """
    with only_builder(places.site):
        recover(places.site)
        places.compiled.mkdir(parents=True, exist_ok=True)
        try:
            return _build(places, run, progress, found)
        except OSError as error:
            message = (
                f"{error.filename or places.site}: 读写出错（{reason_of(error)}），没有发布，"
                "原来的网站不变；请排除后再运行一次"
            )
            raise SiteError(message) from error
        finally:
            # only this build uses these: the new site, the issues put aside, pages of the home site
            for aside in (places.staged, places.build / "cache", places.build / "home"):
                shutil.rmtree(aside, ignore_errors=True)


def _build(places: Places, run: Run, progress: Progress, found: Survey | None) -> Built:
    # (1) look: compare what is there with what the last build recorded
    faults = Faults()  # of all issues: each is said, so that an editor mends them at once
    gazettes, folders = published(places.content, faults)
    # a Word or PDF file that becomes issue.md changes content/, so the caller's survey is too old
    if take_in_texts(folders, faults) or not found or not found.holds(places):
        found = survey(places)
    existing, program, keys = found.existing, found.program, found.issues
    forget_pages(places, keys)

    # (2) read: the summaries of all issues come first, pages afterwards
    known = read_unchanged(existing, keys)
    new = [ReadWork(f, places, keys[issue_name(f)]) for f in folders if issue_name(f) not in known]
    for read in _follow(run(read_issue, new), "读取", len(new), progress):
        if isinstance(read, Unread):
            faults.add(read.fault)
        else:
            known[read.summary.name] = replace(read, summary=share_names(read.summary))

    # (3) join: from here on, all issues are in the order of the archive
    summaries = ordered([r.summary for r in known.values()])
    known = {summary.name: known[summary.name] for summary in summaries}
    elsewhere: list[Elsewhere] = []
    with faults.noted():
        elsewhere = read_all_elsewhere(gazettes, places.content)
    refuse_errors(
        places.content,
        [(r.summary, r.diagnostics) for r in known.values()],
        same_numbers(summaries, places.content),
        faults.lines,
    )
    links = resolve_citations(summaries, elsewhere)

    # (4) build the sites of issues: each gets only its own part of the links
    texts = {name: read.text for name, read in known.items()}
    why: dict[str, tuple[str, ...]] = {}
    work = plan_issues(places, gazettes, known, keys, program, links)
    # the summaries and links stay to the end: the garbage collector need not look at them again
    with frozen_objects():
        stale = keep_issues(existing, work, program.pages)
        for one in _follow(run(build_issue, stale), "排版", len(stale), progress):
            texts[one.name] = one.text
            why |= one.why
        names, renewed = [w.summary.name for w in work], {w.summary.name for w in stale}
        documents = sum(len(s.documents) for s in summaries)
        warnings = sum(w.warnings for w in work)
        # frees memory for the home site
        del known, work, stale
        summaries, links = [for_registers(s) for s in summaries], links.for_registers()

        # (5) index: only the segments with a changed text are written again
        synonyms = [group for gazette in gazettes for group in gazette.synonyms]
        build_index(places.staged, program.index, texts, synonyms, existing, run)
        index_states(places.staged, summaries, links)

        # (6) build the home site: after the issues, because its pages quote from their manifests
        pages, new_pages = build_home(
            places, gazettes, summaries, links, keys, program, existing, run
        )
        count = len(summaries)
        del summaries, links  # frees memory for the check and the record

        # (7) check: kept pages too, because a target of their links may be gone
        files = scan(places.staged)
        why |= {page: (reason,) for page, reason in new_pages.items()}
        refuse_dead_links(places.staged, files, pages, names, {*new_pages, *renewed})

        # (8) publish: the record comes last, because it lists all other files
        record = BuildManifest(program, found.gazettes, keys, documents, warnings, files)
        records.write(places.staged / records.BUILD, record)
        publish(places.staged, places.site)
    return Built(count, documents, warnings, len(renewed), why)


def _follow(items: Iterable[T], step: str, count: int, progress: Progress) -> Iterable[T]:
    """Pass items on, and report each of them to ``progress`` when the caller has used it."""
    for done, item in enumerate(items, 1):
        yield item
        progress(step, done, count)
