"""The parts of MkDocs and Material that we patch or override have not changed since we did so.

A test fails here when a new version changes one of these places: compare the two versions, see
whether our patch (generator/site/mkdocs_patches.py) or template (templates/theme/) should follow,
and write the new version and the new digest into the table.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import inspect
import re
from dataclasses import dataclass
from functools import reduce
from importlib.metadata import version
from pathlib import Path

import pytest

from generator.site import mkdocs_patches
from tests.conftest import ROOT

TEMPLATES = Path(importlib.import_module("material.templates").__file__ or "").parent
THEME = ROOT / "templates" / "theme"
# blocks of base.html that main.html replaces or wraps
BLOCK = re.compile(r"{%-? block (\w+)")


@dataclass(frozen=True, slots=True)
class Upstream:
    """A function or a file as it was in a version of its package."""

    module: str
    name: str  # of a function; of a file below material/templates; "" for a whole module
    version: str
    digest: str

    @property
    def place(self) -> str:
        """Name it as docstrings do: mkdocs/theme.py, Theme.get_env."""
        path = inspect.getsourcefile(importlib.import_module(self.module)) or ""
        package = self.module.split(".")[0]
        path = f"{package}{path.rpartition(f'/site-packages/{package}')[2]}"
        return f"{path}, {self.name}" if self.name else path

    def read(self) -> str:
        """Read the source that is installed."""
        module = importlib.import_module(self.module)
        return inspect.getsource(reduce(getattr, filter(None, self.name.split(".")), module))


MKDOCS, MATERIAL = "1.6.1", "9.8.1"  # compared last
SEARCH = "material.plugins.search.plugin"
PATCHED = {
    "material_notice_restored": (
        Upstream("material.templates", "", MATERIAL, "35cdf3af141e7090"),
    ),
    "MkDocsWarnings": (
        Upstream("mkdocs.commands.build", "build", MKDOCS, "c476b64474acfaa2"),
        Upstream("mkdocs.config.base", "load_config", MKDOCS, "d1d155dc5c4998ba"),
    ),
    "put_templates_first": (
        Upstream("mkdocs.theme", "Theme.__init__", MKDOCS, "b9676754ad860ab0"),
    ),
    "choose_static_templates": (
        Upstream("mkdocs.theme", "Theme.__init__", MKDOCS, "b9676754ad860ab0"),
    ),
    "escape_titles": (
        Upstream("mkdocs.structure.nav", "_data_to_navigation", MKDOCS, "584d54adaf3add6e"),
    ),
    "silence_search": (
        Upstream(SEARCH, "SearchPlugin.on_page_context", MATERIAL, "33eb62fd1688be4d"),
        Upstream(SEARCH, "SearchPlugin.on_post_build", MATERIAL, "fa24b7a906c9eccf"),
        Upstream(SEARCH, "SearchPlugin.on_serve", MATERIAL, "f85f5bf65fa3e945"),
    ),
    "spare_markdown": (
        Upstream("mkdocs.commands.build", "_populate_page", MKDOCS, "31a70ea4caef1e12"),
        Upstream("mkdocs.structure.pages", "Page.read_source", MKDOCS, "b35101eabf605b08"),
        Upstream("mkdocs.structure.pages", "Page.render", MKDOCS, "320529348f7a8af1"),
    ),
    "keep_other_pages": (
        Upstream("mkdocs.commands.build", "build", MKDOCS, "c476b64474acfaa2"),
    ),
    "share_environment": (
        Upstream("mkdocs.theme", "Theme.get_env", MKDOCS, "9c26120fb96f9204"),
    ),
    "_environment": (
        Upstream("mkdocs.utils.templates", "url_filter", MKDOCS, "aa52bb2422f2048e"),
    ),
    "_ThemeLoader": (
        Upstream(
            "mkdocs.structure.files", "Files.add_files_from_theme", MKDOCS, "0169dd2b1c22ca13"
        ),
    ),
}  # fmt: skip
# Material's files that ours replace, extend or exchange messages with
OVERRIDDEN = {
    "404.html": "80c93494b5432b1b",
    "main.html": "9948b55a7bc979c3",
    "partials/copyright.html": "bc86bca3bf75070f",
    "partials/footer.html": "50c2a75f013b7b03",
    "partials/header.html": "8cf3fb15bcf969ff",
    "partials/javascripts/base.html": "d6113712bc4deb30",
    "partials/javascripts/content.html": "3722e156f0f6339d",
    "partials/javascripts/palette.html": "8790389765ea6036",
    "partials/nav-item.html": "89895208f22d68ce",
    "partials/nav.html": "af33f6e032f632eb",
    "partials/path.html": "cbde0642861fe915",
    "partials/search.html": "bfd556535abcddb9",
    "partials/toc.html": "fde48f583563364b",
}
USED = {
    # main.html replaces blocks of it, and cuts the worker's address out of one
    "base.html": "e4b0f0ddf45cd1d2",
    # the static templates that choose_static_templates takes out
    "mkdocs_theme.yml": "7762893939c35c14",
    # asks languages/zh-CN.html for words, which takes most of them from the next
    "partials/language.html": "3a44516f305006ac",
    "partials/languages/zh.html": "7114aa64aa8e4899",
}
# named by their content: our worker answers the first one's messages in place of the second
SCRIPTS = {"bundle.a5f9d56c.min.js", "workers/search.a7633da7.min.js"}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("patch", "upstream"),
    [(patch, upstream) for patch, found in PATCHED.items() for upstream in found],
    ids=lambda value: value if isinstance(value, str) else f"{value.module}.{value.name}",
)
def test_what_a_patch_changes_is_unchanged_upstream(patch: str, upstream: Upstream) -> None:
    package = "mkdocs" if upstream.module.startswith("mkdocs.") else "mkdocs-material"
    assert digest(upstream.read()) == upstream.digest, (
        f"{package} {version(package)} has another {upstream.place} than {upstream.version}: "
        f"compare, see whether {patch} should follow, and renew its digest here"
    )


@pytest.mark.parametrize("patch", PATCHED)
def test_a_patch_names_the_place_that_it_changes(patch: str) -> None:
    about = " ".join((inspect.getdoc(getattr(mkdocs_patches, patch)) or "").split())
    assert "Upstream: " in about
    for upstream in PATCHED[patch]:
        path, _, name = upstream.place.partition(", ")
        assert path in about
        # methods of one class: SearchPlugin.on_page_context, on_post_build and on_serve
        assert name.rpartition(".")[2] in about


def test_each_patch_is_watched() -> None:
    """The table has exactly the functions and classes with "Upstream:" in their docstrings."""
    tree = ast.parse(inspect.getsource(mkdocs_patches))
    named = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and "Upstream: " in (ast.get_docstring(node) or "")
    }
    assert named == set(PATCHED)


@pytest.mark.parametrize("name", [*OVERRIDDEN, *USED])
def test_what_a_template_overrides_is_unchanged_upstream(name: str) -> None:
    text = (TEMPLATES / name).read_text("utf-8")
    # base.html names the version
    found = digest(text.replace(f"mkdocs-material-{version('mkdocs-material')}", ""))
    assert found == (OVERRIDDEN | USED)[name], (
        f"Material {version('mkdocs-material')} has another {name} than {MATERIAL}: "
        "compare, see whether ours in templates/theme/ should follow, and renew its digest here"
    )


def test_each_override_is_watched() -> None:
    ours = {str(path.relative_to(THEME)) for path in THEME.rglob("*.*")}
    assert {name for name in ours if (TEMPLATES / name).exists()} == set(OVERRIDDEN)


def test_the_blocks_that_main_html_fills_exist_upstream() -> None:
    filled = set(BLOCK.findall((THEME / "main.html").read_text("utf-8")))
    assert filled <= set(BLOCK.findall((TEMPLATES / "base.html").read_text("utf-8")))


def test_the_scripts_that_ours_speak_to_are_unchanged_upstream() -> None:
    scripts = TEMPLATES / "assets" / "javascripts"
    found = {str(path.relative_to(scripts)) for path in scripts.rglob("*.min.js")}
    assert {name for name in found if not name.startswith("lunr/")} == SCRIPTS
