"""The whole flow on one page: read this first.

load → parse → normalize → find_citations → summarise → resolve_citations → render → build_sites
→ search; bundle/ makes the archives. Per-issue stages see one issue, and run in parallel; only
resolve_citations sees several, and sees their summaries.
"""

from __future__ import annotations

import logging
import pickle
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from generator.audit import audit
from generator.citations import find_citations, resolve_citations, summarise
from generator.collation import render_collations
from generator.diagnose import diagnose, errors
from generator.errors import ContentError, SiteError
from generator.export import dump, issue_data
from generator.extract import extract
from generator.inventory import REGISTER_FILE, read_elsewhere, register_data
from generator.linkcheck import check_links
from generator.model import (
    Diagnostic,
    Elsewhere,
    Gazette,
    Issue,
    Links,
    Paragraph,
    Summary,
)
from generator.normalize import normalize
from generator.parse import parse
from generator.readback import read_back
from generator.render import (
    find_indexes,
    render,
    render_home,
    summary_facts,
    template_environment,
)
from generator.search import build_search
from generator.sites import Nav, Site, Trail, build_site, copy_files, publish, write_pages
from generator.source import GAZETTE_FILE, find_gazettes, find_issues, load, read_gazette

log = logging.getLogger(__name__)

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent  # holds templates/ and mkdocs.yml
HOME_NAME = "政府公报"
Progress = Callable[[str, int, int], None]  # what, done, of


@dataclass(frozen=True, slots=True)
class Places:
    """Where an archive is read from and written to."""

    content: Path
    site: Path
    build: Path
    templates: Path = ROOT / "templates"
    config: Path = ROOT / "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    issues: int
    documents: int
    diagnostics: tuple[tuple[str, Diagnostic], ...]  # (path of issue.md, what)


def convert(folder: Path) -> Issue:
    """Take one issue through its own stages: everything but what other issues say of it."""
    facts = folder.parent / GAZETTE_FILE
    gazette = read_gazette(folder.parent) if facts.is_file() else None
    issue = diagnose(extract(find_citations(normalize(parse(load(folder)))), gazette))
    return replace(issue, diagnostics=issue.diagnostics + audit(issue))


def build(places: Places, jobs: int, progress: Progress) -> Built:
    """Build the website of an archive aside, check it, and put it in the old one's place.

    Raises GazetteError when content, or what became of it, may not be published; the site that
    stood before then still stands.
    """
    gazettes = find_gazettes(places.content)
    folders = issue_folders(places.content, gazettes)
    staged = places.site.parent / f".{places.site.name}.new"
    shutil.rmtree(staged, ignore_errors=True)
    with _executor(jobs, len(folders)) as executor:
        run = executor.map if executor else map
        # summaries of all issues first, pages afterwards
        converted = run(_convert_to_file, folders, [places] * len(folders))
        read = list(_follow(converted, "读取", len(folders), progress))
        summaries = ordered([r.summary for r in read])
        check_numbers(summaries, places.content)
        refuse_errors(read)
        elsewhere = read_all_elsewhere(gazettes, places.content)
        links = resolve_citations(summaries, elsewhere)
        by_id = {g.id: g for g in gazettes}
        own = links.part()
        work = [
            IssueWork(s, by_id[s.name.partition("/")[0]], own.get(s.name, Links()), places, staged)
            for s in summaries
        ]
        built = run(build_issue, work)
        names = list(_follow(built, "排版", len(work), progress))
        build_home(gazettes, summaries, links, places, staged)
        build_search(staged, names, run)
    refuse_dead_links(staged)
    places.site.parent.mkdir(parents=True, exist_ok=True)
    publish(staged, places.site)
    diagnostics = tuple(
        (r.path, d)
        for r in read
        for d in (*r.diagnostics, *links.diagnostics.get(r.summary.name, ()))
    )
    return Built(len(summaries), sum(len(s.documents) for s in summaries), diagnostics)


@dataclass(frozen=True, slots=True)
class Read:
    """What the first pass hands on of an issue; the issue itself waits in a file."""

    path: str
    summary: Summary
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class IssueWork:
    """All that the second pass needs for one issue, ready for another process."""

    summary: Summary
    gazette: Gazette
    links: Links
    places: Places
    staged: Path


def _convert_to_file(folder: Path, places: Places) -> Read:
    issue = convert(folder)
    waiting = _waiting(places, issue.name)
    waiting.parent.mkdir(parents=True, exist_ok=True)
    waiting.write_bytes(pickle.dumps(issue))
    return Read(issue.source.path, summarise(issue), issue.diagnostics)


def _waiting(places: Places, name: str) -> Path:
    return places.build / "cache" / f"{name}.pickle"


def build_issue(work: IssueWork) -> str:
    """Render one issue, build its site, write its data; give its name."""
    name, places, gazette = work.summary.name, work.places, work.gazette
    # written by this build's first pass a moment ago, in our own folder
    issue: Issue = pickle.loads(_waiting(places, name).read_bytes())
    docs, target = places.build / "docs" / name, work.staged / name
    write_pages(render(issue, gazette, work.links, places.templates), docs)
    copy_files(places.content / name, docs, shown_files(issue))
    title = summary_facts(work.summary).title
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
    )
    build_site(site, docs, target, places.config)
    read_back(issue, target)
    for path, page in render_collations(issue, template_environment(places.templates)).items():
        (target / path).write_text(page, "utf-8")
    (target / "issue.json").write_text(dump(issue_data(issue, work.links)), "utf-8")
    return name


def shown_files(issue: Issue) -> list[str]:
    """Name the files of an issue's folder that its pages show: pictures, and the printed issue."""
    scan = issue.source.scan
    blocks = (block for document in issue.documents for block in document.all_blocks())
    wanted = {block.image for block in blocks if isinstance(block, Paragraph)}
    if scan and "{page}" not in scan.file:
        wanted.add(scan.file)
    elif scan:
        pages = (d.entry.page for d in issue.documents if d.entry and d.entry.page)
        wanted |= {scan.address(page) for page in pages}
    return [name for name in issue.source.files if name in wanted]


def issue_nav(issue: Issue) -> Nav:
    """Make navigation of the contents: documents in order, under their categories."""
    nav: Nav = [{"本期目录": "index.md"}]
    for document in issue.documents:
        category = document.entry.category if document.entry else ""
        item: dict[str, str | Nav] = {document.title: f"{document.id}.md"}
        above = nav[-1].get(category) if category else nav
        if isinstance(above, list):
            above.append(item)
        else:
            nav.append({category: [item]})
    if issue.source.corrections:
        nav.append({"勘误": "corrections.md"})
    return nav


def build_home(
    gazettes: Sequence[Gazette],
    summaries: Sequence[Summary],
    links: Links,
    places: Places,
    staged: Path,
) -> None:
    """Build the home site and lay it over the issues' sites."""
    name = gazettes[0].title if len(gazettes) == 1 else HOME_NAME
    docs = places.build / "docs" / "home"
    pages = render_home(gazettes, summaries, links, name, places.templates)
    write_pages(pages, docs)
    nav: Nav = [{"首页": "index.md"}]
    nav += [{g.title: f"{g.id}/index.md"} for g in gazettes]
    nav += [{title: path} for title, path in find_indexes(pages)]
    nav.append({"检索": "search/index.md"})
    # MkDocs empties the folder it builds into, so it never gets one that holds others' work
    aside = places.build / "home"
    site = Site(name=name, nav=nav, root="", trail=(Trail("首页", "index.html"),))
    build_site(site, docs, aside, places.config)
    register = dump(register_data(name, gazettes, summaries))
    (aside / REGISTER_FILE).write_text(register, "utf-8")
    shutil.copytree(aside, staged, dirs_exist_ok=True)


def read_all_elsewhere(gazettes: Iterable[Gazette], content: Path) -> list[Elsewhere]:
    """Read what other sites publish, as every gazette of the archive knows it."""
    return [entry for g in gazettes for entry in read_elsewhere(g, content / g.id)]


def issue_folders(content: Path, gazettes: Iterable[Gazette]) -> list[Path]:
    """List the folders of all issues of an archive."""
    return [folder for g in gazettes for folder in find_issues(content / g.id)]


def read_archive(
    content: Path, converted: Mapping[Path, Issue]
) -> tuple[list[Summary], list[Elsewhere]]:
    """Give what citations resolve over: the summaries of an archive, and what it knows elsewhere.

    Issues that are converted already are taken as such.
    """
    gazettes = find_gazettes(content)
    known = {folder.resolve(): issue for folder, issue in converted.items()}
    issues = (known.get(f.resolve()) or convert(f) for f in issue_folders(content, gazettes))
    return [summarise(issue) for issue in issues], read_all_elsewhere(gazettes, content)


def resolve_archive(content: Path, converted: Mapping[Path, Issue]) -> Links:
    """Resolve the citations of an archive; issues that are converted already are taken as such."""
    return resolve_citations(*read_archive(content, converted))


def ordered(summaries: Sequence[Summary]) -> list[Summary]:
    """Summaries by gazette, then by total number where all bear one, then by folder."""
    return sorted(summaries, key=lambda s: (s.name.partition("/")[0], s.total_number or 0, s.name))


def check_numbers(summaries: Iterable[Summary], content: Path) -> None:
    """Refuse two issues of a gazette with one number."""
    seen: dict[tuple[str, int, int], str] = {}
    for summary in summaries:
        gazette, _, folder = summary.name.partition("/")
        if summary.year is None or summary.number is None or "z" in folder:
            continue
        key = (gazette, summary.year, summary.number)
        if key in seen:
            message = (
                f"{content / summary.name / 'issue.md'}:1: number {summary.number} of "
                f"{summary.year} stands in {content / seen[key] / 'issue.md'} already; "
                "correct the masthead or remove one of the two folders"
            )
            raise ContentError(message)
        seen[key] = summary.name


def refuse_errors(read: Iterable[Read]) -> None:
    """Refuse to publish issues with diagnostics of the severity error."""
    found = [(r.path, d) for r in read for d in errors(r.diagnostics)]
    if found:
        raise ContentError("\n".join(format_diagnostic(path, d) for path, d in found))


def refuse_dead_links(staged: Path) -> None:
    """Refuse to publish a site with a dead link."""
    dead = list(islice(check_links(staged), 20))
    if dead:
        lines = (f"{link.page}: dead link {link.target}: {link.reason}" for link in dead)
        raise SiteError("\n".join(lines))


def format_diagnostic(path: str, diagnostic: Diagnostic) -> str:
    """path:line: CODE message."""
    return f"{path}:{diagnostic.lines.first}: {diagnostic.code} {diagnostic.message}"


def _executor(jobs: int, issues: int) -> AbstractContextManager[Executor | None]:
    return ProcessPoolExecutor(jobs) if min(jobs, issues) > 1 else nullcontext()


def _follow(items: Iterable[T], what: str, count: int, progress: Progress) -> Iterable[T]:
    for done, item in enumerate(items, 1):
        yield item
        progress(what, done, count)
