"""All changes to the behaviour of MkDocs and Material, in one place.

Each function says what upstream does, where (as of MkDocs 1.6.1 and Material 9.8.1), and why our
sites need something else. All of them change objects of one build, never a module or a class of
MkDocs. tests/site/test_upstream.py fails when one of the places changes.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MethodType
from typing import TypeAlias

import jinja2
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext, script_tag_filter, url_filter

from generator.runtime.patterns import lazy_regex

Nav: TypeAlias = "list[dict[str, str | Nav]]"
SEARCH_PLUGIN = "material/search"
MATERIAL_NOTICE = "NO_MKDOCS_2_WARNING"
LINE_END = lazy_regex(r"[ \t]*\n\s*")


@contextmanager
def material_notice_restored() -> Iterator[None]:
    """Restore the environment variable that Material sets.

    Upstream: the module material/templates/__init__.py, imported when a configuration names the
    theme, sets NO_MKDOCS_2_WARNING for the whole process and all its child processes.
    """
    before = os.environ.get(MATERIAL_NOTICE)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(MATERIAL_NOTICE, None)
        else:
            os.environ[MATERIAL_NOTICE] = before


class MkDocsWarnings(logging.Handler):
    """Collects the warnings of MkDocs inside a with block.

    Upstream: mkdocs/commands/build.py, build, and mkdocs/config/base.py, load_config, log their
    warnings and then raise an Abort that only counts them. Our errors contain the warnings, in one
    line, and nothing else is printed.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._propagated: list[bool] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Store the message of a record."""
        self.messages.append(record.getMessage())

    def __enter__(self) -> MkDocsWarnings:
        logger = logging.getLogger("mkdocs")
        self._propagated.append(logger.propagate)
        logger.addHandler(self)
        logger.propagate = False
        return self

    def __exit__(self, *_: object) -> None:
        logger = logging.getLogger("mkdocs")
        logger.removeHandler(self)
        logger.propagate = self._propagated.pop()


def put_templates_first(config: MkDocsConfig, folders: Sequence[str]) -> None:
    """Look for templates in several folders before those of Material.

    Upstream: mkdocs/theme.py, Theme.__init__, takes one custom_dir, relative to mkdocs.yml. An
    archive has templates of its own beside its content, and the program has its own elsewhere.
    """
    config.theme.dirs[:0] = [folder for folder in folders if Path(folder).is_dir()]


def choose_static_templates(config: MkDocsConfig, *, is_home: bool) -> None:
    """Write a 404 page for the home site only, and no sitemap.

    Upstream: mkdocs/theme.py, Theme.__init__, and material/templates/mkdocs_theme.yml have every
    site write sitemap.xml and 404.html. A 404 page belongs to the root of the host, and the
    archive's sitemap lists the pages of all its sites (formats/sitemap.py).
    """
    config.theme.static_templates -= {"sitemap.xml"} if is_home else {"sitemap.xml", "404.html"}


def escape_titles(config: MkDocsConfig, name: str, nav: Nav) -> None:
    """Set the site's name and navigation as escaped HTML (``Markup``).

    Upstream: mkdocs/structure/nav.py, _data_to_navigation, passes titles on unchanged; templates
    of Material print them unchanged in some places and escape them in others. ``Markup`` comes out
    the same in both, because it is not escaped again.
    """
    config.site_name, config.nav = escape(name), _escaped(nav)


def _escaped(nav: Nav) -> Nav:
    return [
        {
            escape(title): value if isinstance(value, str) else _escaped(value)
            for title, value in item.items()
        }
        for item in nav
    ]


def silence_search(config: MkDocsConfig) -> None:
    """Keep Material's search box and switch off its index.

    Upstream: material/plugins/search/plugin.py, SearchPlugin.on_page_context, on_post_build and
    on_serve, index every page and write search/search_index.json. Our search has an index of its
    own over the whole archive (generator/search/). Without the plugin there would be no box: the
    templates ask for it.
    """
    plugin = config.plugins[SEARCH_PLUGIN]
    for event, methods in config.plugins.events.items():
        if event in ("page_context", "post_build", "serve"):
            methods[:] = [
                m for m in methods if not (isinstance(m, MethodType) and m.__self__ is plugin)
            ]


def spare_markdown(page: Page) -> None:
    """Skip the reading and the rendering of a page whose content is set already.

    Upstream: mkdocs/commands/build.py, _populate_page, calls mkdocs/structure/pages.py,
    Page.read_source and Page.render after the event pre_page, and render sets up Python-Markdown
    again for every page. The long lists of the home site are HTML from the start.
    """
    page.read_source = lambda _: None  # type: ignore[method-assign,assignment]
    page.render = lambda *_: None  # type: ignore[method-assign]


def keep_other_pages(config: MkDocsConfig, only: Container[str]) -> None:
    """Build some files of a site; the others are in the navigation, and links may lead to them.

    Upstream: mkdocs/commands/build.py, build, reads, renders and writes every page. Once the
    navigation has them, the pages that did not change are excluded, as a draft would be: MkDocs
    neither reads nor writes them.
    """

    def exclude(nav: Navigation, *, files: Files, **_: object) -> Navigation:
        for file in files:
            if file.src_uri not in only:
                file.inclusion = InclusionLevel.EXCLUDED
        return nav

    config.plugins.events["nav"].append(exclude)


def share_environment(config: MkDocsConfig, root: str, compiled: Path) -> None:
    """Use one Jinja environment per process and kind of site.

    Upstream: mkdocs/theme.py, Theme.get_env, makes a new environment for every site, which
    compiles 32 templates again; an archive has a site for each issue. ``root`` leads from the site
    to the root of the archive, ``compiled`` is a folder that keeps compiled templates.
    """
    environment = _environment(tuple(config.theme.dirs), root, compiled)
    config.theme.get_env = lambda: environment  # type: ignore[method-assign]


def forget_templates() -> None:
    """Let templates be read again: they may have changed under gazette serve."""
    _environment.cache_clear()


@cache
def _environment(dirs: tuple[str, ...], root: str, compiled: Path) -> jinja2.Environment:
    """Make the environment of Theme.get_env with the additions that our sites need.

    Upstream: mkdocs/utils/templates.py, url_filter, looks for the theme's files in the page's own
    site; our sites share one copy, at the root of the archive.
    """
    compiled.mkdir(parents=True, exist_ok=True)
    environment = jinja2.Environment(
        loader=_ThemeLoader(dirs),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled)),
    )
    # Chinese characters stay: as escapes they would be twice as long
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


class _ThemeLoader(jinja2.FileSystemLoader):
    """Loads templates of the theme, and lists none.

    Upstream: mkdocs/structure/files.py, Files.add_files_from_theme, lists the theme's 14,509 files
    and copies them into every site; copy_assets copies those that pages use into the
    archive's root, once. Blanks around line ends mean nothing in HTML, and are half of a short
    page: they are removed when a template is read.
    """

    def list_templates(self) -> list[str]:
        """List nothing."""
        return []

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Give a template without the blanks around its line ends."""
        source, name, is_fresh = super().get_source(environment, template)
        return LINE_END.sub("\n", source), name, is_fresh
