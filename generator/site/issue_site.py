"""The site of one issue: a first pass reads the issue, a second pass builds the site.

Between the passes, the citations of all issues are resolved.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from generator.archive.comparing import compare_republished
from generator.archive.mentions import mentions_of
from generator.archive.summary import summarise
from generator.formats.heads import write_heads
from generator.formats.issue_json import ISSUE_FILE, text_key
from generator.model import Gazette, Issue, Links, Paragraph, Summary
from generator.render import has_corrections, render, summary_title, template_environment
from generator.render.collation import COLLATION
from generator.render.issue import ALL_PAGES, CORRECTIONS, COVER
from generator.render.printings import sides_of
from generator.render.sheet_places import PLACES
from generator.runtime.errors import SourceError
from generator.runtime.places import Places
from generator.site import manifest, records
from generator.site.drawn_sheets import draw_any_sheets, drawn_before
from generator.site.issue_data import write_collations, write_data, write_places
from generator.site.issue_plan import KEPT_MANIFESTS, IssueWork, Read, waiting_file
from generator.site.keys import issue_name
from generator.site.link_check import issue_links
from generator.site.manifest import IssueLinks, IssueManifest, IssuePages, PageFacts
from generator.site.mkdocs import Site, Trail, add_pages, build_site, copy_files, write_pages
from generator.site.mkdocs_patches import Nav
from generator.site.page_check import check_own_links, check_texts, prove_pages, warn
from generator.site.page_keys import (
    COLLATIONS,
    DAMAGED,
    FORMERS,
    TEMPLATE,
    page_keys,
    stale_pages,
)
from generator.site.swap import keep, scan
from generator.site.waiting import put_aside, take_up
from generator.stages.pipeline import convert

ISSUE_DEPTH = 2  # <gazette>/<issue>/<file>


@dataclass(frozen=True, slots=True)
class Unread:
    """An issue that cannot be read; the others are read all the same."""

    fault: str  # for the editor, a line each


@dataclass(frozen=True, slots=True)
class ReadWork:
    """An issue to take through its own stages, ready for another process."""

    folder: Path
    places: Places
    key: str  # of the input of its stages


@dataclass(frozen=True, slots=True)
class BuiltIssue:
    """The result of the second pass for an issue."""

    name: str
    text: str  # key of the part of issue.json that does not depend on other issues
    # page that was built, or issue.json → reasons (page_keys.py); the folder of the issue if all
    # pages were built
    why: Mapping[str, tuple[str, ...]]


def read_issue(work: ReadWork) -> Read | Unread:
    """Take an issue through its own stages, and put it aside for the second pass."""
    try:
        issue = _read(work.folder, work.places, work.key)
    except SourceError as error:
        return Unread(str(error))
    return Read(summarise(issue), issue.diagnostics)


def _read(folder: Path, places: Places, key: str) -> Issue:
    """Take an issue up as its stages left it, or take it through them."""
    waiting = waiting_file(places, issue_name(folder))
    issue = take_up(waiting, key)
    if issue is None:
        issue = convert(folder)
        put_aside(issue, waiting, key)
    # the path is for messages: content/ may have been elsewhere when the issue was put aside
    return replace(issue, source=replace(issue.source, path=str(folder / issue.source.file)))


def build_issue(work: IssueWork) -> BuiltIssue:
    """Build the site of an issue: all of it, or the pages whose links or templates changed."""
    name, places = work.summary.name, work.places
    keys = page_keys(work.summary, work.links, work.templates)
    old = records.read(places.site / manifest.pages_manifest(name), IssuePages)
    issue = _read(places.content / name, places, work.key)
    if work.why or old is None:
        facts, text = _build_whole(issue, work)
        why: Mapping[str, tuple[str, ...]] = {f"{name}/": (work.why or DAMAGED,)}
    else:
        stale = _each(stale_pages(old, keys), issue)
        facts = _build_stale(issue, work, stale, old)
        text = work.text
        why = {f"{name}/{_file_of(page)}": reasons for page, reasons in stale.items()}
        # the data at a former address are those of the document
        formers = [former for former in issue.formers if former.to in stale]
        why |= {f"{name}/{former.id}.json": stale[former.to] for former in formers}
    sides = sides_of(issue.documents, name, work.links)
    records.write(places.staged / manifest.printings_manifest(name), sides)
    links = {page: known.links for page, known in facts.items()}
    records.write(places.staged / manifest.pages_manifest(name), IssuePages(keys, links))
    records.write(places.staged / manifest.links_manifest(name), issue_links(facts, name))
    record = IssueManifest(work.output, text, work.diagnostics, work.summary)
    records.write(places.staged / manifest.issue_manifest(name), record)
    return BuiltIssue(name, text, why)


def _build_whole(issue: Issue, work: IssueWork) -> tuple[dict[str, PageFacts], str]:
    """Build all pages and data of an issue; give the facts of the pages, the key of the text."""
    name, places = issue.name, work.places
    drawn = draw_any_sheets(issue, places, places.build / "cache" / f"{name}.sheets")
    issue = _compared(replace(issue, sheets=drawn.sheets), work.links, is_new=True)
    build_pages(issue, work.summary, work.gazette, work.links, places)
    target = places.staged / name
    drawn.put(target)
    write_collations(issue, work.gazette, places)
    write_data(issue, work.gazette, work.links, places)
    write_places(issue, work.gazette, drawn.sizes, target)
    facts = check_texts(issue, target, is_whole=True)
    check_own_links(name, facts, target)
    records.write(places.staged / manifest.mentions_manifest(name), mentions_of(issue))
    return facts, text_key((target / ISSUE_FILE).read_bytes())


def _build_stale(
    issue: Issue, work: IssueWork, stale: Mapping[str, tuple[str, ...]], old: IssuePages
) -> dict[str, PageFacts]:
    """Build the stale pages of an issue and their data, and take over the others.

    Gives the facts of all pages.
    """
    name, places = issue.name, work.places
    target = places.staged / name
    target.mkdir(parents=True, exist_ok=True)
    issue = replace(issue, sheets=drawn_before(issue, places))
    is_new = "republished" in stale.get(ISSUE_FILE, ())
    issue = _compared(issue, work.links, is_new=is_new)
    pages = {page for page in stale if not page.endswith((ISSUE_FILE, COLLATION))}
    if pages:
        build_pages(issue, work.summary, work.gazette, work.links, places, pages)
    if any(page.endswith(COLLATION) for page in stale):
        write_collations(issue, work.gazette, places)
    if ISSUE_FILE in stale or pages & {document.id for document in issue.documents}:
        write_data(issue, work.gazette, work.links, places, pages)
    facts = check_texts(issue, target, is_whole=False)
    made = {f"{name}/{path}" for path in scan(target)}
    # the page of a changed text, <id>.<day>.html, and its script may be gone
    shown = pages - {former.id for former in issue.formers}
    gone = {f for f in work.kept if _shows_links(f, shown)} - made
    keep(places.site, places.staged, [f for f in work.kept if f not in made and f not in gone])
    keep(places.site, places.staged, [of(name) for of in KEPT_MANIFESTS])
    anchors = records.read(places.site / manifest.links_manifest(name), IssueLinks)
    known = anchors.anchors if anchors else {}
    facts |= {
        page: PageFacts(known.get(page, ()), links)
        for page, links in old.links.items()
        if page not in made and page not in gone
    }
    facts = dict(sorted(facts.items()))
    check_own_links(name, facts, target)
    if any(TEMPLATE in stale[page] for page in pages):
        prove_pages(issue, target)
    return facts


def _each(stale: Mapping[str, tuple[str, ...]], issue: Issue) -> dict[str, tuple[str, ...]]:
    """Name each page at a former address and each collation page, instead of all of them."""
    found = dict(stale)
    kinds = found.pop(FORMERS, None)
    found |= {former.id: kinds for former in issue.formers if kinds}
    kinds = found.pop(COLLATIONS, None)
    shown = [d.id for d in issue.documents] + [f.id for f in issue.formers if f.to]
    found |= {f"{page}{COLLATION}": kinds for page in shown if kinds}
    if not has_corrections(issue):
        found.pop(CORRECTIONS, None)
    return found


def _page_of(path: str) -> str:
    """Give the name of the page that a file belongs to: COVER, the id of a document."""
    return path.rpartition("/")[2].partition(".")[0]


def _file_of(page: str) -> str:
    """Give the file of a page by its name; issue.json and a collation page are files themselves."""
    return page if page.endswith((ISSUE_FILE, COLLATION)) else f"{page}.html"


def _shows_links(path: str, pages: Container[str]) -> bool:
    """Whether a file of an issue belongs to one of these pages and shows links, not text alone."""
    is_beside = path.count("/") == ISSUE_DEPTH and _page_of(path) in pages
    return is_beside and not path.endswith((COLLATION, PLACES))


def _compared(issue: Issue, links: Links, *, is_new: bool) -> Issue:
    """Add what the comparison with older texts finds; log it if it may be new."""
    found = compare_republished(issue, links)
    if is_new:
        warn(issue, found)
    return replace(issue, diagnostics=(*issue.diagnostics, *found))


def build_pages(
    issue: Issue,
    summary: Summary,
    gazette: Gazette,
    links: Links,
    places: Places,
    wanted: Container[object] = ALL_PAGES,
) -> None:
    """Render the pages of an issue, and build its site from them, or only the wanted pages."""
    name = issue.name
    docs = places.build / "docs" / name
    environment = template_environment(places.template_folders, places.compiled)
    pages = render(issue, gazette, links, environment, wanted)
    if wanted is ALL_PAGES:
        write_docs(issue, pages, docs, places)
    elif not has_docs(issue, docs):  # the site was restored without them
        write_docs(issue, render(issue, gazette, links, environment), docs, places)
    else:
        for path in docs.glob("*.md"):
            if _page_of(path.name) in wanted:
                path.unlink()
        add_pages(pages, docs)
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
        heads=write_heads(issue, gazette, links, environment, wanted),
        host=gazette.host,
    )
    only = None if wanted is ALL_PAGES else {path.as_posix() for path in pages}
    build_site(site, docs, places.staged / name, places, only)


def write_docs(
    issue: Issue, pages: Mapping[PurePosixPath, str], docs: Path, places: Places
) -> None:
    """Write the Markdown of an issue's pages, and the pictures that they show."""
    write_pages(pages, docs)
    copy_files(places.content / issue.name, docs, shown_files(issue))


def has_docs(issue: Issue, docs: Path) -> bool:
    """Whether the Markdown of all pages of an issue is there."""
    ids = [COVER, *(d.id for d in issue.documents), *(f.id for f in issue.formers)]
    return all((docs / f"{page}.md").is_file() for page in ids)


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
