"""Pages → files and MkDocs sites. The only module that imports mkdocs."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from types import MethodType
from typing import TypeAlias

import jinja2
from markupsafe import escape
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext, script_tag_filter, url_filter
from mkdocs.utils.yaml import yaml_load

from generator.formats.heads import Head
from generator.model import Host
from generator.render.policy import POLICY, REFERRER
from generator.runtime.errors import SiteError, UsageError
from generator.runtime.places import Places
from generator.site.scripts import join_modules

log = logging.getLogger(__name__)

# Material prints a notice about MkDocs 2 at every start
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

Nav: TypeAlias = "list[dict[str, str | Nav]]"
SEARCH_PLUGIN = "material/search"
SEARCH_FOLDER = "search"
# Material's box reads the language before it hands the index to the worker
SEARCH_CONFIG = {"lang": ["zh"], "separator": "\\s+", "pipeline": []}
# the worker of Material's box, and the dictionaries that it loads: ours answers instead
UNUSED = frozenset(
    {PurePosixPath("assets/javascripts/workers"), PurePosixPath("assets/javascripts/lunr")}
)
# the search engine: the first of its modules in templates/search/, and the script made of them
ENGINE = "engine.mjs"
ENGINE_SCRIPT = PurePosixPath("assets/gazette/search/engine.js")
LINE_END = re.compile(r"[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Trail:
    """One step of the way from the archive's home to a page."""

    title: str
    url: str  # relative to the root of the page's own site


@dataclass(frozen=True, slots=True)
class Body:
    """A page that is HTML from the start, and what MkDocs takes from Markdown elsewhere."""

    title: str
    html: str
    headings: tuple[tuple[str, str], ...]  # (anchor, name), for the table of contents
    facts: Mapping[str, object]  # what else has in its front matter


@dataclass(frozen=True, slots=True)
class Site:
    """One MkDocs site: an issue's, or the home site."""

    name: str
    nav: Nav
    root: str  # from this site's root to the archive's: ../../ or nothing
    trail: tuple[Trail, ...] = ()
    contact: str = ""  # where readers report an error
    here: str = ""  # an issue's name, whose documents a search shows first
    # both by the path of the Markdown
    bodies: Mapping[str, Body] = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)
    host: Host = field(default_factory=Host)


def write_pages(pages: Mapping[PurePosixPath, str], folder: Path) -> None:
    """Write pages into a folder that holds nothing else afterwards."""
    if folder.exists():
        shutil.rmtree(folder)
    for path, text in pages.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def copy_files(source: Path, target: Path, names: Iterable[str]) -> None:
    """Copy files that pages show, with their folders."""
    for name in names:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, place)


def build_site(site: Site, docs: Path, target: Path, places: Places) -> None:
    """Build one site with MkDocs in this process, strictly, and say where its search index is.

    Every site takes the theme's files from the archive's root, where copy_assets puts them.
    Raises SiteError with what MkDocs found.
    """
    with _Warnings() as warnings:
        try:
            config = _load(site, docs, target, places)
            _silence_search(config)
            _add_bodies(config, site.bodies)
            mkdocs_build(config)
        except MkDocsException as error:
            message = f"{docs}: MkDocs: " + "; ".join([*warnings.messages, str(error)])
            raise SiteError(message) from error
    _write_search_stub(target, site.root, site.here)


def copy_assets(target: Path, places: Places) -> None:
    """Copy the theme's files that pages ask for: not its icons, source maps nor its own search.

    The script of the search engine is joined from its modules.
    """
    engine = target / ENGINE_SCRIPT
    engine.parent.mkdir(parents=True, exist_ok=True)
    sources = [folder / "search" for folder in places.template_folders]
    engine.write_text(join_modules(ENGINE, sources), "utf-8")
    theme = _read_config(places).theme
    for folder in reversed(theme.dirs):
        for path in sorted(Path(folder, "assets").rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and path.suffix != ".map" and not UNUSED.intersection(name.parents):
                place = target / name
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)


def _write_search_stub(site: Path, root: str, here: str) -> None:
    """Write what Material's box loads of a site: where the archive's index is, and no documents."""
    folder = site / SEARCH_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    data = {"config": {**SEARCH_CONFIG, "root": root, "here": here}, "docs": []}
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    (folder / "search_index.json").write_text(text, "ascii")
    (folder / "search_index.js").write_text(f"var __index={text}", "ascii")


def _load(site: Site, docs: Path, target: Path, places: Places) -> MkDocsConfig:
    # reading and checking mkdocs.yml takes as long as a page: once a process is enough
    config = deepcopy(_read_config(places))
    config.docs_dir, config.site_dir = str(docs.resolve()), str(target.resolve())
    # Material prints names as they are in some places and escapes them in others: what is escaped
    # already, and knows it, stands in both
    config.site_name, config.nav = escape(site.name), _escaped(site.nav)
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
    is_home = not site.root
    environment = _environment(tuple(config.theme.dirs), site.root, places.compiled)
    # on this one Theme object, whose own method would make an environment for every site
    config.theme.get_env = lambda: environment  # type: ignore[method-assign]
    # a sitemap belongs to the archive, a 404 page to the host's root
    config.theme.static_templates -= {"sitemap.xml"} if is_home else {"sitemap.xml", "404.html"}
    return config


def _read_config(places: Places) -> MkDocsConfig:
    """Read mkdocs.yml, whose text tells whether it changed."""
    themes = tuple(str(folder / "theme") for folder in places.template_folders)
    with _Warnings() as warnings:
        try:
            return _checked(places.config, places.config.read_text("utf-8"), themes)
        except MkDocsException as error:
            message = f"{places.config}: " + "; ".join([*warnings.messages, str(error)])
            raise UsageError(message) from error


@cache
def _checked(config_file: Path, text: str, themes: tuple[str, ...]) -> MkDocsConfig:
    """Check mkdocs.yml; every site sets its own folders."""
    # custom_dir is for stock builds: MkDocs wants one folder, and looks for it beside mkdocs.yml
    theme = yaml_load(text).get("theme")
    theme = dict(theme) if isinstance(theme, dict) else {"name": theme}
    theme.pop("custom_dir", None)
    config: MkDocsConfig = load_config(
        BytesIO(text.encode()),
        config_file_path=str(config_file),
        # any folder that exists, and another one
        docs_dir=str(Path(__file__).parent),
        site_dir=str(Path(__file__).parent.with_name("never")),
        strict=True,
        theme=theme,
    )
    config.theme.dirs[:0] = [folder for folder in themes if Path(folder).is_dir()]
    return config


def _escaped(nav: Nav) -> Nav:
    """Escape titles, which MkDocs puts into pages as they are."""
    return [
        {
            escape(title): value if isinstance(value, str) else _escaped(value)
            for title, value in item.items()
        }
        for item in nav
    ]


def _silence_search(config: MkDocsConfig) -> None:
    """Switch off Material's own indexing, keep its box."""
    plugin = config.plugins[SEARCH_PLUGIN]
    for event, methods in config.plugins.events.items():
        if event in ("page_context", "post_build", "serve"):
            methods[:] = [
                m for m in methods if not (isinstance(m, MethodType) and m.__self__ is plugin)
            ]


def _add_bodies(config: MkDocsConfig, bodies: Mapping[str, Body]) -> None:
    """Spare pages that are HTML from the start their Markdown: MkDocs sets it up page by page."""

    def put(page: Page, **_: object) -> Page:
        if body := bodies.get(page.file.src_uri):
            page.title = escape(body.title)
            page.meta, page.markdown, page.content = dict(body.facts), "", body.html
            first = AnchorLink(page.title, "title", 1)
            first.children = [AnchorLink(escape(name), at, 2) for at, name in body.headings]
            page.toc = TableOfContents([first])
            # on this one page, which has all that these would read and make
            page.read_source = lambda _: None  # type: ignore[method-assign,assignment]
            page.render = lambda *_: None  # type: ignore[method-assign]
        return page

    config.plugins.events["pre_page"].append(put)


class _ThemeLoader(jinja2.FileSystemLoader):
    """Lists no files, so that MkDocs neither walks nor copies the theme's 14,509.

    Blanks round line ends say nothing in HTML, and are half of a short page: they go here, once.
    """

    def list_templates(self) -> list[str]:
        return []

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, name, is_fresh = super().get_source(environment, template)
        return LINE_END.sub("\n", source), name, is_fresh


@cache
def _environment(dirs: tuple[str, ...], root: str, compiled: Path) -> jinja2.Environment:
    """One environment a process and kind of site: a stock build compiles 32 templates each time."""
    compiled.mkdir(parents=True, exist_ok=True)
    environment = jinja2.Environment(
        loader=_ThemeLoader(dirs),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled)),
    )

    # Chinese as it is: a page says no line of it twice as long
    environment.policies["json.dumps_kwargs"] = {
        "sort_keys": True,
        "ensure_ascii": False,
        "separators": (",", ":"),
    }

    @jinja2.pass_context
    def url(context: TemplateContext, value: str) -> str:
        return url_filter(context, f"{root}{value}" if value.startswith("assets/") else value)

    environment.filters["url"] = url
    environment.filters["script_tag"] = script_tag_filter
    return environment


def forget_templates() -> None:
    """Read templates anew: they may have changed under gazette serve."""
    _environment.cache_clear()


class _Warnings(logging.Handler):
    """Collects what MkDocs warns of, which a strict build only counts."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def __enter__(self) -> _Warnings:
        logger = logging.getLogger("mkdocs")
        logger.addHandler(self)
        logger.propagate = False
        return self

    def __exit__(self, *_: object) -> None:
        logger = logging.getLogger("mkdocs")
        logger.removeHandler(self)
        logger.propagate = True


def serve(
    site: Path, watched: Sequence[Path], address: tuple[str, int], rebuild: Callable[[], None]
) -> None:
    """Serve a site, and rebuild it when something watched changes; returns on Ctrl-C."""
    # loads a web server, which a build does not need
    from mkdocs.livereload import LiveReloadServer

    host, port = address
    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(site), mount_path="/")
    for path in watched:
        server.watch(str(path))
    try:
        server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        log.info("stopped")
    except OSError as error:  # taken by another program, or no host of that name
        msg = f"{host}:{port}: cannot be listened on ({error.strerror}); choose another --address"
        raise UsageError(msg) from error
    finally:
        server.server_close()
