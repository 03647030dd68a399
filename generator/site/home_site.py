"""The home site: the pages and files that belong to the whole archive, without the search index."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

import jinja2

from generator.archive.inventory import REGISTER_FILE, register_data
from generator.formats.heads import Head
from generator.formats.offers import HeadLink, plan_offers
from generator.formats.planned import PlannedFile
from generator.formats.sitemap import sitemaps
from generator.formats.task_list import task_list
from generator.model import Gazette, Host, Links, Mentions, Summary
from generator.model.addresses import common_address
from generator.model.printings import Side
from generator.render import (
    Beside,
    HomePage,
    find_indexes,
    plan_home,
    sayings,
    template_environment,
)
from generator.render.printings import comparer
from generator.runtime.data import dump
from generator.runtime.digests import digest, key_of
from generator.runtime.parallel import Run
from generator.runtime.places import Places
from generator.site import manifest, records
from generator.site.html_page import HtmlPage
from generator.site.keys import ProgramKeys
from generator.site.link_check import page_facts
from generator.site.manifest import (
    HomeEntry,
    PageFacts,
    home_pages,
    mentions_manifest,
    printings_manifest,
    share_facts,
)
from generator.site.mkdocs import Body, Site, Trail, build_site, copy_assets, write_pages
from generator.site.mkdocs_patches import Nav
from generator.site.page_keys import DAMAGED, LISTED, NEW, PROGRAM
from generator.site.records import ExistingSite
from generator.site.swap import keep

ReadSides = dict[str, tuple[Side, ...]]
HOME_NAME = "政府公报"
HOME_CHUNK = 100  # pages of the home site that one process builds at a time
BESIDE_FIRST = ("404.html", "search/search_index.json", "search/search_index.js")


@dataclass(frozen=True, slots=True)
class HomeWork:
    """Some pages of the home site, ready for another process."""

    pages: tuple[HomePage, ...]
    leads: Sequence[tuple[HeadLink, ...]]  # for each page, the links in its head
    name: str
    nav: Nav
    host: Host
    places: Places
    number: int


def build_home(
    places: Places,
    gazettes: Sequence[Gazette],
    summaries: Sequence[Summary],
    links: Links,
    issues: Mapping[str, str],
    program: ProgramKeys,
    existing: ExistingSite,
    run: Run,
) -> tuple[dict[str, PageFacts], dict[str, str]]:
    """Build the pages of the home site that changed, and take over the others.

    Gives the ids and links of all pages, and the pages that were built with the reason for each.
    ``issues`` holds the keys of the issues' own stages. The sites of the issues must be in the
    staged folder already.
    """
    staged = places.staged
    name = gazettes[0].title if len(gazettes) == 1 else HOME_NAME
    offers = plan_offers(gazettes, summaries, name, issues, links.states, links.printings)
    beside = Beside(offers.files_beside, offers.calendar_paths, common_address(gazettes))
    pages = plan_home(gazettes, summaries, links, name, issues, beside)
    nav: Nav = [{"首页": "index.md"}]
    nav += [{g.title: f"{g.id}/index.md"} for g in gazettes]
    nav += [{title: f"{path}.md"} for title, path in find_indexes(pages)]
    nav.append({"检索": "search/index.md"})
    hosts = {gazette.host for gazette in gazettes}
    host = hosts.pop() if len(hosts) == 1 else Host()  # several gazettes may have no common host
    frame = key_of((program.pages, name, nav, host))  # what all pages show around their own content
    old = home_pages(existing)
    entries: dict[str, HomeEntry] = {}
    keys: dict[str, str] = {}
    stale: list[HomePage] = []
    kept: list[str] = []
    why: dict[str, str] = {}
    is_same = existing.build is not None and existing.build.program.pages == program.pages
    leads: dict[str, tuple[HeadLink, ...]] = {}
    heads, search = offers.heads, offers.search
    for page in pages:
        path = f"{page.path}.html"
        leads[page.path] = (*heads.get(page.path, ()), *search)
        key = keys[path] = key_of((frame, page.key, leads[page.path]))
        if path in old and old[path].key == key and all(map(existing.has, page.files)):
            entries[path] = old[path]
            kept += page.files
        else:
            stale.append(page)
            is_there = all(map(existing.has, page.files))
            why[path] = _why(is_known=path in old, is_there=is_there, is_same=is_same)
    keep(existing.site, staged, kept)
    if "index.html" in entries:
        keep(existing.site, staged, BESIDE_FIRST)
    stale.sort(key=lambda page: page.quoted[-1:])  # pages that quote the same issue side by side
    chunks = [tuple(stale[at : at + HOME_CHUNK]) for at in range(0, len(stale), HOME_CHUNK)]
    work = [
        HomeWork(chunk, [leads[p.path] for p in chunk], name, nav, host, places, n)
        for n, chunk in enumerate(chunks)
    ]
    for built in run(build_home_pages, work):
        entries |= {p: HomeEntry(keys[p], share_facts(facts)) for p, facts in built.items()}
    records.write(staged / manifest.HOME, dict(sorted(entries.items())))
    if is_same and (assets := existing.files("assets")):
        keep(existing.site, staged, assets)
    else:
        list(run(partial(copy_assets, staged), [places]))
    write_planned(offers.files, program.files, staged, existing)
    for path, text in sitemaps(gazettes, summaries).items():
        (staged / path).parent.mkdir(exist_ok=True)
        (staged / path).write_text(text, "utf-8")
    register = dump(register_data(name, gazettes, summaries, links.states))
    (staged / REGISTER_FILE).write_text(register, "utf-8")
    facts = {path: entry.facts for path, entry in entries.items()}
    return facts, why


def _why(*, is_known: bool, is_there: bool, is_same: bool) -> str:
    """Say why a page is built: by whether it was built before, is there, with the same program."""
    if not is_known:
        return NEW
    if not is_there:
        return DAMAGED
    return LISTED if is_same else PROGRAM


def write_planned(
    files: Iterable[PlannedFile], program: str, staged: Path, existing: ExistingSite
) -> None:
    """Write the files whose keys have changed, and take over the others.

    ``program`` is the key of the code that makes them.
    """
    old = existing.read(manifest.OFFERS, dict[str, str]) or {}
    keys: dict[str, str] = {}
    kept: list[str] = []
    for file in files:
        key = keys[file.path] = digest(program, file.key)
        if old.get(file.path) == key and existing.has(file.path):
            kept.append(file.path)
        else:
            target = staged / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.write().encode())  # as bytes, so that line ends stay
    keep(existing.site, staged, kept)
    records.write(staged / manifest.OFFERS, dict(sorted(keys.items())))


def build_home_pages(work: HomeWork) -> dict[str, PageFacts]:
    """Build some pages of the home site in a folder aside, and move them into the staged site.

    Gives their ids and links.
    """
    places, staged = work.places, work.places.staged
    environment = template_environment(places.template_folders, places.compiled)
    docs = places.build / "docs" / "home" / f"{work.number}"
    # MkDocs empties the folder that it builds into, so each process gives it a folder of its own
    aside = places.build / "home" / f"{work.number}"
    # MkDocs needs all pages of the navigation: those that other processes build are only a title
    texts = {PurePosixPath(str(p)): "# 公报\n" for item in work.nav for p in item.values()}
    texts |= {PurePosixPath(f"{p.path}.md"): p.markdown(environment) for p in work.pages}
    write_pages(texts, docs)
    said = sayings(lambda issue: records.read(staged / mentions_manifest(issue), Mentions))
    compared = comparer(lambda issue: records.read(staged / printings_manifest(issue), ReadSides))
    bodies = {
        f"{p.path}.md": Body(
            str(p.values["title"]), p.html(environment, said, compared), p.headings, p.facts
        )
        for p in work.pages
        if p.is_html
    }
    site = Site(
        name=work.name,
        nav=work.nav,
        root="",
        trail=(Trail("首页", "index.html"),),
        bodies=bodies,
        heads=_heads(work, environment),
        host=work.host,
    )
    build_site(site, docs, aside, places)
    facts: dict[str, PageFacts] = {}
    for page in work.pages:
        path = f"{page.path}.html"
        facts[path] = page_facts(path, HtmlPage((aside / path).read_bytes()))
        _move(aside / path, staged / path)
        if page.task_file:
            text = task_list(page.tasks(said), page.task_file.site)
            (staged / page.task_file.path).write_bytes(text.encode())  # so that line ends stay
        if path == "index.html":
            for name in BESIDE_FIRST:
                _move(aside / name, staged / name)
    shutil.rmtree(aside)
    return facts


def _heads(work: HomeWork, environment: jinja2.Environment) -> dict[str, Head]:
    template = environment.get_template("links.html.j2")
    return {
        f"{page.path}.md": Head(template.render(links=links, root="../" * page.path.count("/")))
        for page, links in zip(work.pages, work.leads, strict=True)
        if links
    }


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)
