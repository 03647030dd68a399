"""Pages → files and MkDocs sites. The only module that imports mkdocs."""

from __future__ import annotations

import html
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from types import MethodType
from typing import TypeAlias

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.utils.templates import TemplateContext, script_tag_filter, url_filter

from generator.errors import SiteError
from generator.search import write_stub

log = logging.getLogger(__name__)

# Material prints a notice about MkDocs 2 at every start
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

Nav: TypeAlias = "list[dict[str, str | Nav]]"
SEARCH_PLUGIN = "material/search"


@dataclass(frozen=True, slots=True)
class Trail:
    """One step of the way from the archive's home to a page."""

    title: str
    url: str  # relative to the root of the page's own site


@dataclass(frozen=True, slots=True)
class Site:
    """One MkDocs site: an issue's, or the home site."""

    name: str
    nav: Nav
    root: str  # from this site's root to the archive's: ../../ or nothing
    trail: tuple[Trail, ...] = ()
    contact: str = ""  # where readers report an error
    here: str = ""  # an issue's name, whose documents a search shows first


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


def build_site(site: Site, docs: Path, target: Path, config_file: Path) -> None:
    """Build one site with MkDocs in this process, strictly, and say where its search index is.

    An issue's site takes the theme's files from the archive's root; the home site brings them.
    Raises SiteError with what MkDocs found.
    """
    with _Warnings() as warnings:
        try:
            config = _load(site, docs, target, config_file)
            _silence_search(config)
            mkdocs_build(config)
        except MkDocsException as error:
            message = f"{docs}: MkDocs: " + "; ".join([*warnings.messages, str(error)])
            raise SiteError(message) from error
    write_stub(target, site.root, site.here)


def _load(site: Site, docs: Path, target: Path, config_file: Path) -> MkDocsConfig:
    config: MkDocsConfig = load_config(
        str(config_file),
        docs_dir=str(docs.resolve()),
        site_dir=str(target.resolve()),
        site_name=site.name,
        nav=_escaped(site.nav),
        strict=True,
    )
    config.extra.update(
        homepage=f"{site.root}index.html",
        trail=[{"title": step.title, "url": step.url} for step in site.trail],
        archive_root=site.root,
        contact=site.contact,
    )
    is_home = not site.root
    environment = _environment(tuple(config.theme.dirs), site.root)
    # on this one Theme object, whose own method would make an environment for every site
    config.theme.get_env = lambda: environment  # type: ignore[method-assign]
    # a sitemap belongs to the archive, a 404 page to the host's root
    config.theme.static_templates -= {"sitemap.xml"} if is_home else {"sitemap.xml", "404.html"}
    return config


def _escaped(nav: Nav) -> Nav:
    """MkDocs puts titles into pages as they are."""
    return [
        {
            html.escape(title, quote=False): value if isinstance(value, str) else _escaped(value)
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


class _SharedLoader(jinja2.FileSystemLoader):
    """Lists no files, so that MkDocs neither walks nor copies the theme's."""

    def list_templates(self) -> list[str]:
        return []


class _AssetLoader(jinja2.FileSystemLoader):
    """Lists the files that pages ask for: not the theme's icons, nor its source maps."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            assets = Path(folder, "assets")
            files = (path for path in assets.rglob("*") if path.is_file())
            found |= {
                path.relative_to(folder).as_posix() for path in files if path.suffix != ".map"
            }
        return sorted(found)


@cache
def _environment(dirs: tuple[str, ...], root: str) -> jinja2.Environment:
    """One environment a process and kind of site: a stock build compiles 32 templates each time."""
    loader = _SharedLoader(dirs) if root else _AssetLoader(dirs)
    # reloads templates that change under gazette serve
    environment = jinja2.Environment(loader=loader, auto_reload=True)

    @jinja2.pass_context
    def url(context: TemplateContext, value: str) -> str:
        return url_filter(context, f"{root}{value}" if value.startswith("assets/") else value)

    environment.filters["url"] = url
    environment.filters["script_tag"] = script_tag_filter
    return environment


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


def publish(staged: Path, site: Path) -> None:
    """Put a finished site in the place of the one that stands; a reader never sees half of it."""
    old = site.parent / f".{site.name}.old"
    if old.exists():
        shutil.rmtree(old)
    if site.exists():
        site.rename(old)
    staged.rename(site)
    if old.exists():
        shutil.rmtree(old)


def serve(
    site: Path, watched: Sequence[Path], address: tuple[str, int], rebuild: Callable[[], None]
) -> None:
    """Serve a site, and rebuild it when something watched changes; returns on Ctrl-C."""
    host, port = address
    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(site), mount_path="/")
    for path in watched:
        server.watch(str(path))
    try:
        server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        log.info("stopped")
    finally:
        server.server_close()
