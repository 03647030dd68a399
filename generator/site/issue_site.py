"""The site of one issue: a first pass reads the issue, a second pass builds the site.

Between the passes, the citations of all issues are resolved.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from generator.archive.comparing import compare_republished
from generator.archive.mentions import mentions_of
from generator.archive.summary import summarise
from generator.formats.akoma_ntoso import akoma_ntoso
from generator.formats.heads import write_heads
from generator.formats.iiif import iiif_manifest
from generator.formats.issue_json import ISSUE_FILE, issue_files, text_key
from generator.model import Diagnostic, Gazette, Issue, Links, Paragraph, Summary
from generator.model.codes import format_diagnostic
from generator.render import has_corrections, render, summary_title, template_environment
from generator.render.collation import COLLATION, render_collations
from generator.render.document_script import SCRIPT, document_scripts
from generator.render.issue import IIIF_FILE, own_title
from generator.render.printings import sides_of
from generator.render.sheet_places import PLACES, sheet_script
from generator.runtime.digests import digest, key_of
from generator.runtime.errors import SourceError
from generator.runtime.places import Places
from generator.site import manifest
from generator.site.html_page import HtmlPage, PlainPage
from generator.site.keys import issue_name
from generator.site.link_check import dead_links, issue_links, page_facts, refuse
from generator.site.manifest import ExistingSite, IssueManifest, PageFacts
from generator.site.mkdocs import Site, Trail, build_site, copy_files, write_pages
from generator.site.mkdocs_patches import Nav
from generator.site.read_back import read_back
from generator.site.sheet_pictures import draw_sheets
from generator.site.source_proof import prove, shows_text
from generator.site.swap import keep, scan
from generator.site.waiting import put_aside, take_up
from generator.stages.pipeline import convert

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """The result of the first pass for an issue; the issue itself waits in a file."""

    summary: Summary
    diagnostics: tuple[Diagnostic, ...]
    existing: str = ""  # key of its existing site, if its own text did not change
    text: str = ""  # IssueManifest.text of that site


@dataclass(frozen=True, slots=True)
class Unread:
    """An issue that cannot be read; the others are read all the same."""

    fault: str  # for the editor, a line each


@dataclass(frozen=True, slots=True)
class ReadWork:
    """An issue to take through its own stages, ready for another process."""

    folder: Path
    places: Places


def forget_pages(places: Places, names: Container[str]) -> None:
    """Remove the Markdown of issues that no longer exist, and issues that a killed build left."""
    for folder in (places.build / "docs").glob("*/*/"):
        if issue_name(folder) not in names and folder.parent.name != "home":
            shutil.rmtree(folder)
    shutil.rmtree(places.build / "cache", ignore_errors=True)


def read_unchanged(existing: ExistingSite, keys: Mapping[str, str]) -> dict[str, Read]:
    """Give the issues whose texts did not change, from the manifests of the existing site."""
    found = ((name, existing.issue(name, key)) for name, key in keys.items())
    return {
        name: Read(old.summary, old.diagnostics, old.output, old.text) for name, old in found if old
    }


def read_issue(work: ReadWork) -> Read | Unread:
    """Take an issue through its own stages, and put it aside for the second pass."""
    try:
        issue = convert(work.folder)
    except SourceError as error:
        return Unread(str(error))
    put_aside(issue, _waiting(work.places, issue.name))
    return Read(summarise(issue), issue.diagnostics)


def _waiting(places: Places, name: str) -> Path:
    return places.build / "cache" / f"{name}.pickle"


@dataclass(frozen=True, slots=True)
class IssueWork:
    """All that the second pass needs for one issue, ready for another process."""

    summary: Summary
    diagnostics: tuple[Diagnostic, ...]
    gazette: Gazette
    links: Links
    places: Places
    output: str  # cache key of its site
    existing: str  # key of its existing site, or empty

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
    program: str,
    links: Links,
) -> list[IssueWork]:
    """Give each issue the part of the links that its pages show, and the cache key of its site.

    ``known`` is in the order of the archive, ``keys`` are the keys of the issues' own stages,
    ``program`` is the key of the code that makes pages.
    """
    by_id = {g.id: g for g in gazettes}
    own = links.part()
    work = []
    for name, read in known.items():
        part = own.get(name, Links())
        one = IssueWork(
            summary=read.summary,
            diagnostics=read.diagnostics,
            gazette=by_id[name.partition("/")[0]],
            links=part,
            places=places,
            output=digest(program, keys[name], links_key(part)),
            existing=read.existing,
        )
        work.append(one)
    return work


def links_key(links: Links) -> str:
    """Make the key of the links that an issue's pages show."""
    # keys in JSON must be texts, so mappings become lists of pairs
    return key_of([list(getattr(links, field.name).items()) for field in fields(links)])


MANIFESTS = (
    manifest.issue_manifest,
    manifest.links_manifest,
    manifest.mentions_manifest,
    manifest.printings_manifest,
    manifest.sheets_manifest,
)


def keep_issues(existing: ExistingSite, work: Iterable[IssueWork]) -> list[IssueWork]:
    """Take over the existing sites of issues whose cache keys are the same; give the stale ones."""
    stale = []
    for one in work:
        name = one.summary.name
        files = existing.files(name)
        manifests = [name_of(name) for name_of in MANIFESTS]
        is_there = files and all(map(existing.has, manifests))
        if is_there and one.existing == one.output:
            keep(existing.site, one.places.staged, [*files, *manifests])
        else:
            stale.append(one)
    return stale


def build_issue(work: IssueWork) -> tuple[str, str]:
    """Render one issue, build its site, write its data and its manifests.

    Gives its name, and the key of the part of issue.json that does not depend on other issues.
    """
    name, places = work.summary.name, work.places
    waiting = _waiting(places, name)
    # the first pass put aside the issues that it read; one with an unchanged text is read now
    issue = take_up(waiting) if waiting.exists() else convert(places.content / name)
    aside = places.build / "cache" / f"{name}.sheets"
    drawn = draw_sheets(issue, places, aside)
    compared = compare_republished(issue, work.links)
    warn(issue, compared)
    issue = replace(issue, sheets=drawn.sheets, diagnostics=(*issue.diagnostics, *compared))
    build_pages(issue, work.summary, work.gazette, work.links, places)
    target = places.staged / name
    drawn.put(target)
    environment = template_environment(places.template_folders, places.compiled)
    name_of_issue = f"{work.gazette.title} {own_title(issue)}"
    for path, page in render_collations(issue, name_of_issue, environment).items():
        (target / path).write_text(page, "utf-8")
    write_data(issue, work.gazette, work.links, places)
    write_places(issue, work.gazette, drawn.sizes, target)
    facts = check_pages(issue, target)
    manifest.write(places.staged / manifest.links_manifest(name), issue_links(facts, name))
    manifest.write(places.staged / manifest.mentions_manifest(name), mentions_of(issue))
    sides = sides_of(issue.documents, name, work.links)
    manifest.write(places.staged / manifest.printings_manifest(name), sides)
    text = text_key((target / ISSUE_FILE).read_bytes())
    record = IssueManifest(work.output, text, work.diagnostics, work.summary)
    manifest.write(places.staged / manifest.issue_manifest(name), record)
    return name, text


def build_pages(
    issue: Issue, summary: Summary, gazette: Gazette, links: Links, places: Places
) -> None:
    """Render the pages of an issue, and build its site from them."""
    name = issue.name
    docs = places.build / "docs" / name
    environment = template_environment(places.template_folders, places.compiled)
    write_pages(render(issue, gazette, links, environment), docs)
    copy_files(places.content / name, docs, shown_files(issue))
    title = summary_title(summary)
    site = Site(
        name=f"{gazette.title} {title}",
        nav=issue_nav(issue),
        root="../../",
        trail=(
            Trail("首页", "../../index.html"),
            Trail(gazette.title, "../index.html"),
            Trail(title, "index.html"),
        ),
        contact=gazette.contact,
        here=name,
        heads=write_heads(issue, gazette, links, environment),
        host=gazette.host,
    )
    build_site(site, docs, places.staged / name, places)


def write_data(issue: Issue, gazette: Gazette, links: Links, places: Places) -> None:
    """Write issue.json, and each document as .json, .xml, .md and .js beside its page."""
    target = places.staged / issue.name
    for path, data in issue_files(issue, links):
        (target / path).write_bytes(data)
    for document in issue.documents:
        xml = akoma_ntoso(document, issue, gazette, links)
        (target / f"{document.id}.xml").write_bytes(xml)
        for script, text in document_scripts(document, issue, gazette, links):
            (target / f"{script}{SCRIPT}").write_text(text, "ascii")
    copy_files(places.build / "docs" / issue.name, target, [f"{d.id}.md" for d in issue.documents])
    for former in issue.formers:
        for suffix in (".json", ".xml", ".md", COLLATION) if former.to else ():
            # these files cannot redirect to the new address, so each is a copy
            shutil.copyfile(target / f"{former.to}{suffix}", target / f"{former.id}{suffix}")


def write_places(
    issue: Issue, gazette: Gazette, sizes: Mapping[str, tuple[int, int]], target: Path
) -> None:
    """Write where the paragraphs are on the sheets: for pages, and for viewers of IIIF."""
    for document in issue.documents:
        if script := sheet_script(document, issue, sizes):
            (target / f"{document.id}{PLACES}").write_text(script, "ascii")
    if written := iiif_manifest(issue, gazette, sizes):
        (target / IIIF_FILE).write_text(written, "utf-8")


def check_pages(issue: Issue, target: Path) -> dict[str, PageFacts]:
    """Check the finished pages of an issue: texts against the model, links within the issue.

    Also looks for each line of the source on them. Gives the ids and links of each page.
    """
    documents = {f"{d.id}.html": d for d in issue.documents}
    files = {f"{issue.name}/{path}" for path in scan(target)}
    facts: dict[str, PageFacts] = {}
    pages: dict[str, HtmlPage] = {}
    for path in sorted(target.rglob("*.html")):
        file = path.relative_to(target).as_posix()
        data = path.read_bytes()
        page = PlainPage(data) if file.endswith(COLLATION) else HtmlPage(data)
        if isinstance(page, HtmlPage) and file in documents:
            read_back(documents[file], page)
        if isinstance(page, HtmlPage) and shows_text(file):
            pages[file] = page
        facts[f"{issue.name}/{file}"] = page_facts(f"{issue.name}/{file}", page)
    refuse(
        link
        for link in dead_links(facts, {name: f.anchors for name, f in facts.items()}, files)
        if link.target.startswith(f"{issue.name}/")
    )
    warn(issue, prove(issue, pages).faults)
    return facts


def warn(issue: Issue, faults: Iterable[Diagnostic]) -> None:
    """Log what the finished pages show to be missing, if no stage has reported the line before."""
    known = {(d.code, d.lines.first) for d in issue.diagnostics}
    for fault in faults:
        if (fault.code, fault.lines.first) not in known:
            log.warning("%s", format_diagnostic(issue.source.place_of(fault.lines.first), fault))


def shown_files(issue: Issue) -> list[str]:
    """List the files of an issue's folder that its pages show: pictures, and scans."""
    scan = issue.source.scan
    blocks = (block for document in issue.documents for block in document.all_blocks())
    wanted = {block.image for block in blocks if isinstance(block, Paragraph)}
    if scan and "{page}" not in scan.file:
        wanted.add(scan.file)
    elif scan:
        pages = (d.entry.page for d in issue.documents if d.entry and d.entry.page)
        wanted |= {scan.name(page) for page in pages}
    return [name for name in issue.source.files if name in wanted]


def issue_nav(issue: Issue) -> Nav:
    """Make the navigation from the contents: documents in order, under their categories."""
    nav: Nav = [{"本期目录": "index.md"}]
    for document in issue.documents:
        category = document.entry.category if document.entry else ""
        item: dict[str, str | Nav] = {document.title: f"{document.id}.md"}
        above = nav[-1].get(category) if category else nav
        if isinstance(above, list):
            above.append(item)
        else:
            nav.append({category: [item]})
    if has_corrections(issue):
        nav.append({"勘误": "corrections.md"})
    return nav
