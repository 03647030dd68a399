"""Pages → files and MkDocs sites. Only this module and its two neighbours import mkdocs."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath

from markupsafe import escape
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.yaml import yaml_load

from generator.formats.heads import Head
from generator.model import Host
from generator.render.policy import POLICY, REFERRER
from generator.runtime.errors import SiteError, UsageError, reason_of
from generator.runtime.places import Places
from generator.site.mkdocs_patches import (
    MkDocsWarnings,
    Nav,
    choose_static_templates,
    escape_titles,
    keep_other_pages,
    material_notice_restored,
    put_templates_first,
    share_environment,
    silence_search,
    spare_markdown,
)
from generator.site.scripts import join_modules

log = logging.getLogger(__name__)

SEARCH_FOLDER = "search"
# Material's search box reads the language before it passes the index to its worker
SEARCH_CONFIG = {"lang": ["zh"], "separator": "\\s+", "pipeline": []}
# the worker of Material's search box, and its dictionaries: our own worker answers instead
UNUSED = frozenset(
    {PurePosixPath("assets/javascripts/workers"), PurePosixPath("assets/javascripts/lunr")}
)
# scripts joined from modules in a folder of templates/, each by its entry module
JOINED = (
    ("search", "engine.mjs", PurePosixPath("assets/gazette/search/engine.js")),
    ("compare", "compare.mjs", PurePosixPath("assets/gazette/compare/compare.js")),
)
# the styles that are joined to site.css, in the order in which they apply
STYLES = PurePosixPath("assets/gazette")
STYLE_PARTS = ("tokens", "gazette", "frame", "home", "register", "reading", "access", "print")


@dataclass(frozen=True, slots=True)
class Trail:
    """One step of the path from the archive's start page to a page."""

    title: str
    url: str  # relative to the root of the page's own site


@dataclass(frozen=True, slots=True)
class Body:
    """A page that is HTML from the start, with all that MkDocs otherwise takes from Markdown."""

    title: str
    html: str
    headings: tuple[tuple[str, str], ...]  # (anchor, name), for the table of contents
    facts: Mapping[str, object]  # front matter


@dataclass(frozen=True, slots=True)
class Site:
    """One MkDocs site: an issue's, or the home site."""

    name: str
    nav: Nav
    root: str  # path from this site's root to the archive's: ../../ or empty
    trail: tuple[Trail, ...] = ()
    contact: str = ""  # where readers report an error
    here: str = ""  # name of the issue that a search shows first
    # both: path of the Markdown file → value
    bodies: Mapping[str, Body] = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)
    host: Host = field(default_factory=Host)


def write_pages(pages: Mapping[PurePosixPath, str], folder: Path) -> None:
    """Write pages into a folder, and remove everything else from it."""
    if folder.exists():
        shutil.rmtree(folder)
    add_pages(pages, folder)


def add_pages(pages: Mapping[PurePosixPath, str], folder: Path) -> None:
    """Write pages into a folder beside those that are there."""
    for path, text in pages.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def copy_files(source: Path, target: Path, names: Iterable[str]) -> None:
    """Copy the files that pages show, with their folders."""
    for name in names:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, place)


def build_site(
    site: Site, docs: Path, target: Path, places: Places, only: Container[str] | None = None
) -> None:
    """Build one site with MkDocs in this process, strictly, and write where its search index is.

    Every site uses the theme's files in the archive's root, where copy_assets puts them.
    ``only`` names the Markdown files to build, if the others stand in for pages that are kept.
    Raises SiteError with the warnings of MkDocs.
    """
    with MkDocsWarnings() as warnings:
        try:
            config = _load(site, docs, target, places)
            silence_search(config)
            _add_bodies(config, site.bodies)
            if only is not None:
                keep_other_pages(config, only)
            mkdocs_build(config)
        except MkDocsException as error:
            reasons = "；".join([*warnings.messages, str(error)])
            message = f"{docs}: MkDocs 没有生成网页；请检查 mkdocs.yml 和 templates/：{reasons}"
            raise SiteError(message) from error
    _write_search_stub(target, site.root, site.here)


def copy_assets(target: Path, places: Places) -> None:
    """Copy the theme's files that pages use: not its icons, its source maps or its own search.

    The scripts of the search engine and of the comparison are joined from their modules, and the
    styles of all pages are one file, because a page is not painted before it has all of them.
    """
    for modules, entry, place_of in JOINED:
        script = target / place_of
        script.parent.mkdir(parents=True, exist_ok=True)
        sources = [folder / modules for folder in places.template_folders]
        script.write_text(join_modules(entry, sources), "utf-8")
    theme = _read_config(places).theme
    for folder in reversed(theme.dirs):
        for path in sorted(Path(folder, "assets").rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and path.suffix != ".map" and not UNUSED.intersection(name.parents):
                place = target / name
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)
    styles = [(target / STYLES / f"{name}.css").read_text("utf-8") for name in STYLE_PARTS]
    (target / STYLES / "site.css").write_text("".join(styles), "utf-8")


def _write_search_stub(site: Path, root: str, here: str) -> None:
    """Write what Material's search box loads: the place of the archive's index, no documents."""
    folder = site / SEARCH_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    data = {"config": {**SEARCH_CONFIG, "root": root, "here": here}, "docs": []}
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    (folder / "search_index.json").write_text(text, "ascii")
    (folder / "search_index.js").write_text(f"var __index={text}", "ascii")


def _load(site: Site, docs: Path, target: Path, places: Places) -> MkDocsConfig:
    # reading and checking mkdocs.yml takes as long as a page: once per process is enough
    config = deepcopy(_read_config(places))
    config.docs_dir, config.site_dir = str(docs.resolve()), str(target.resolve())
    escape_titles(config, site.name, site.nav)
    config.extra.update(
        homepage=f"{site.root}index.html",
        trail=[{"title": step.title, "url": step.url} for step in site.trail],
        archive_root=site.root,
        contact=site.contact,
        heads=site.heads,
        host=site.host,
        policy=POLICY,
        referrer=REFERRER,
    )
    share_environment(config, site.root, places.compiled)
    choose_static_templates(config, is_home=not site.root)
    return config


def _read_config(places: Places) -> MkDocsConfig:
    """Read mkdocs.yml; check it again only if its text changed."""
    themes = tuple(str(folder / "theme") for folder in places.template_folders)
    with MkDocsWarnings() as warnings:
        try:
            return _checked(places.config, places.config.read_text("utf-8"), themes)
        except MkDocsException as error:
            reasons = "；".join([*warnings.messages, str(error)])
            message = f"{places.config}: 不能用作 MkDocs 的配置；请改正：{reasons}"
            raise UsageError(message) from error


@cache
def _checked(config_file: Path, text: str, themes: tuple[str, ...]) -> MkDocsConfig:
    """Check mkdocs.yml; every site then sets its own folders."""
    # custom_dir is for plain MkDocs builds: it is one folder, and relative to mkdocs.yml
    theme = yaml_load(text).get("theme")
    theme = dict(theme) if isinstance(theme, dict) else {"name": theme}
    theme.pop("custom_dir", None)
    with material_notice_restored():
        config: MkDocsConfig = load_config(
            BytesIO(text.encode()),
            config_file_path=str(config_file),
            # MkDocs wants a folder that exists, and a different one
            docs_dir=str(Path(__file__).parent),
            site_dir=str(Path(__file__).parent.with_name("never")),
            strict=True,
            theme=theme,
        )
    put_templates_first(config, themes)
    return config


def _add_bodies(config: MkDocsConfig, bodies: Mapping[str, Body]) -> None:
    """Let pages that are HTML from the start skip Markdown.

    MkDocs sets up Python-Markdown again for every page.
    """

    def put(page: Page, **_: object) -> Page:
        if body := bodies.get(page.file.src_uri):
            title = escape(body.title)
            # a name in the navigation stays: other processes, without this body, show it too
            page.title = page.title or title
            page.meta, page.markdown, page.content = dict(body.facts), "", body.html
            first = AnchorLink(title, "title", 1)
            first.children = [AnchorLink(escape(name), at, 2) for at, name in body.headings]
            page.toc = TableOfContents([first])
            spare_markdown(page)
        return page

    config.plugins.events["pre_page"].append(put)


def serve(
    site: Path,
    watched: Sequence[Path],
    address: tuple[str, int],
    rebuild: Callable[[], str],
    fault: str,
) -> None:
    """Serve a site, and rebuild it when a watched file or folder changes; return on Ctrl-C.

    ``rebuild`` gives what is wrong with the content, "" when it has built; ``fault`` is that of the
    build before.
    """
    # this import loads a web server, which a build does not need
    from generator.site.mkdocs_preview import Preview

    host, port = address
    server = Preview(site, address, rebuild, fault)
    for path in watched:
        server.watch(str(path))
    try:
        server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        log.info("已停止")
    except OSError as error:  # another program has the port, or no host has the name
        msg = f"{host}:{port}: 不能在这里预览（{reason_of(error)}）；请换一个 --address"
        raise UsageError(msg) from error
    finally:
        server.server_close()
