"""The home site: the pages and files that belong to the whole archive, without the search index."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath

import jinja2

from generator.archive.inventory import REGISTER_FILE, register_text
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
from generator.runtime.digests import digest, key_of
from generator.runtime.parallel import Run
from generator.runtime.places import Places
from generator.site import manifest, records
from generator.site.html_page import HtmlPage
from generator.site.keys import ProgramKeys
from generator.site.link_check import page_facts
from generator.site.manifest import (
    HomeEntry,
    home_pages,
    mentions_manifest,
    pack_facts,
    printings_manifest,
)
from generator.site.mkdocs import Body, Site, Trail, build_site, copy_assets, write_pages
from generator.site.mkdocs_patches import Nav
from generator.site.page_keys import DAMAGED, LISTED, NEW, PROGRAM
from generator.site.records import ExistingSite
from generator.site.swap import keep

ReadSides = dict[str, tuple[Side, ...]]
HOME_NAME = "政府公报"
HOME_CHUNK = 100  # pages of the home site that one process builds at a time
SORTED = 20 * HOME_CHUNK  # pages that are planned, and sorted, before they are built
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
) -> tuple[dict[str, HomeEntry], dict[str, str]]:
    """Build the pages of the home site that changed, and take over the others.

    Gives the ids and links of all pages, and the pages that were built with the reason for each.
    Pages are planned as workers ask for them, so that the plans are never in memory together.
    ``issues`` holds the keys of the issues' own stages. The sites of the issues must be in the
    staged folder already.
    """
    staged = places.staged
    name = gazettes[0].title if len(gazettes) == 1 else HOME_NAME

    def text_of(url: str) -> bytes:
        return (staged / url).with_suffix(".json").read_bytes()

    offers = plan_offers(gazettes, summaries, name, issues, text_of, links.states, links.printings)
    beside = Beside(
        offers.files_beside, offers.calendar_paths, common_address(gazettes), offers.offered_feeds
    )
    nav: Nav = [{"首页": "index.md"}]
    nav += [{g.title: f"{g.id}/index.md"} for g in gazettes]
    nav += [{title: f"{path}.md"} for title, path in find_indexes(summaries, links)]
    nav.append({"检索": "search/index.md"})
    hosts = {gazette.host for gazette in gazettes}
    host = hosts.pop() if len(hosts) == 1 else Host()  # several gazettes may have no common host
    old = home_pages(existing)
    entries: dict[str, HomeEntry] = {}
    keys: dict[str, str] = {}  # of the stale ones
    kept: list[str] = []
    why: dict[str, str] = {}
    before = existing.build.program if existing.build else None
    heads, search = offers.heads, offers.search
    frame = HomeWork((), (), name, nav, host, places, 0)

    def plan_stale() -> Iterator[HomePage]:
        """Plan all pages; give the stale ones, and take over the entries of the others."""
        for page in plan_home(gazettes, summaries, links, name, issues, beside):
            path = f"{page.path}.html"
            leads = (*heads.get(page.path, ()), *search)
            # beside its content: what all pages show around it
            key = key_of((program.home[page.template], name, nav, host, page.key, leads))
            was, is_there = old.pop(path, None), all(map(existing.has, page.files))
            if was and was.key == key and is_there:
                entries[path] = was
                kept.extend(page.files)
            else:
                keys[path] = key
                is_same = before and before.home.get(page.template) == program.home[page.template]
                why[path] = _why(is_known=bool(was), is_there=is_there, is_same=bool(is_same))
                yield page

    def works() -> Iterator[HomeWork]:
        for number, chunk in enumerate(in_chunks(plan_stale())):
            leads = [(*heads.get(page.path, ()), *search) for page in chunk]
            yield replace(frame, pages=tuple(chunk), leads=leads, number=number)

    for built in run(build_home_pages, works()):
        entries |= {path: HomeEntry(keys[path], packed) for path, packed in built.items()}
    keep(existing.site, staged, kept)
    if "index.html" not in keys:
        keep(existing.site, staged, BESIDE_FIRST)
    manifest.write_home(staged / manifest.HOME, entries)
    is_same = before is not None and before.assets == program.assets
    if is_same and (assets := existing.files("assets")):
        keep(existing.site, staged, assets)
    else:
        list(run(partial(copy_assets, staged), [places]))
    write_planned(offers.files, program.files, staged, existing)
    for path, text in sitemaps(gazettes, summaries).items():
        (staged / path).parent.mkdir(exist_ok=True)
        (staged / path).write_text(text, "utf-8")
    with (staged / REGISTER_FILE).open("w", encoding="utf-8", newline="\n") as register:
        register.writelines(register_text(name, gazettes, summaries, links.states))
    return entries, why


def _why(*, is_known: bool, is_there: bool, is_same: bool) -> str:
    """Say why a page is built: by whether it was built before, is there, with the same program."""
    if not is_known:
        return NEW
    if not is_there:
        return DAMAGED
    return LISTED if is_same else PROGRAM


def in_chunks(pages: Iterable[HomePage]) -> Iterator[list[HomePage]]:
    """Group pages; among those in memory together, what quotes one issue comes side by side."""
    left = iter(pages)
    while some := list(islice(left, SORTED)):
        some.sort(key=lambda page: page.quoted[-1:])
        yield from (some[at : at + HOME_CHUNK] for at in range(0, len(some), HOME_CHUNK))


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


def build_home_pages(work: HomeWork) -> dict[str, bytes]:
    """Build some pages of the home site in a folder aside, and move them into the staged site.

    Gives their ids and links, packed.
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
    facts: dict[str, bytes] = {}
    for page in work.pages:
        path = f"{page.path}.html"
        facts[path] = pack_facts(page_facts(path, HtmlPage((aside / path).read_bytes())))
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
