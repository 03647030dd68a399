"""A change in one layer rebuilds what that layer makes, and nothing else."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import grimp
import jinja2.meta
import msgspec
import pytest

from generator.archive.issues import resolve_archive
from generator.formats.issue_json import LINKED, issue_files, text_key
from generator.model import Issue
from generator.runtime.parallel import Alone
from generator.runtime.places import PACKAGE, TEMPLATES, Places
from generator.search.passages import entries_of
from generator.site import keys
from generator.site.build import build
from generator.site.keys import BUNDLES, FILES, INDEX, ISSUES, PACKAGES, PAGES
from generator.site.survey import survey
from generator.site.template_keys import OF_ISSUES, closure
from tests.conftest import ROOT, SEED, SMALL, ArchiveMaker, places
from tests.pages import inodes

# products, the layers that their keys hold, and the modules that make them
PRODUCTS = {
    "issues": (ISSUES, ("generator.stages.pipeline", "generator.archive.summary")),
    "files": (FILES, ("generator.formats.offers",)),
    "pages": (PAGES, ("generator.site.issue_site",)),
    "home": (PAGES, ("generator.site.home_site",)),
    "assets": (PAGES, ("generator.site.mkdocs",)),
    "index": (INDEX, ("generator.search",)),
    "bundles": (BUNDLES, ("generator.delivery.bundle",)),
}
ALL = {"issues", "files", "pages", "home", "assets", "index"}
NOT_INDEX = ALL - {"index"}
# products that a build makes again after a change in a layer
REBUILT: dict[str, set[str]] = {
    "runtime": ALL,
    "language": ALL,
    "model": ALL,
    "content": NOT_INDEX,  # the index is made again only if an issue.json changed
    "stages": NOT_INDEX,
    "archive": NOT_INDEX,
    "render": {"files", "pages", "home", "assets"},
    "formats": {"files", "pages", "home", "assets"},
    "search": {"index"},
    "site": {"pages", "home", "assets"},
    "delivery": set(),
    "cli": set(),
}
# small files that depend on all issues, and are written by every build
ALWAYS = {
    "held.js",
    "register.json",
    "search/manifest.js",
    "search/printings.js",
    "search/states.js",
}
STUBS = r"search/search_index\.js(?:on)?"  # MkDocs writes them with every page
OF_DOCUMENTS = rf"moumou/\d{{4}}-\d\d/(?:(?!index)[^/]*(?<!collation\.html)|{STUBS})"
# a template of the program, and the files of the site that are written again after a change of it
TEMPLATE_OF = {
    "document.md.j2": OF_DOCUMENTS,
    "blocks.md.j2": OF_DOCUMENTS,  # used by the one above
    "issue.md.j2": rf"moumou/\d{{4}}-\d\d/(?:index\.html|{STUBS})",
    "collation.html.j2": r"moumou/\d{4}-\d\d/.*\.collation\.html",
    "corrections.md.j2": r"",  # the issue has neither of these pages
    "former.md.j2": r"",
    "gazette.md.j2": r"moumou/index\.html",
    "index.html.j2": r"index\.html|404\.html|search/search_index\.js(on)?",
    "works.html.j2": r"works/(?!index).*\.html",
    "list.html.j2": r"(?!moumou/|search/|compare/)[a-z]+/.*\.html|recent\.html",
    "links.html.j2": r".*\.html|search/search_index\.js(on)?|moumou/\d{4}-\d\d/.*",
    "theme/main.html": r".*\.html|search/search_index\.js(on)?|moumou/\d{4}-\d\d/.*",
    "theme/assets/gazette/gazette.css": r"assets/.*",
    "search/engine.mjs": r"assets/.*",
    "edit/desk.html": r"",
}
# a file of the site for each product, which shows whether the product was made again
SITE = ("pages", "home", "assets")  # what the layers that make sites make
SHOWN_BY = {
    "files": r"moumou/feed\.xml|moumou/gazette\.csv|agencies/.*\.ics",
    "pages": r"moumou/\d{4}-\d\d/.*",
    "home": r"index\.html|moumou/index\.html|issuers/.*\.html|404\.html",
    "assets": r"assets/.*",
    "index": r"search/(pinyin\.js|[0-9a-f]{10}/.*)",
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("generator", include_external_packages=True)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make the cache keys from a copy of the package."""
    copy = tmp_path / "generator"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(keys, "PACKAGE", copy)
    keys.layer_key.cache_clear()
    yield copy
    keys.layer_key.cache_clear()


def change(folder: Path) -> None:
    """Change a byte of the last file of a folder, data included."""
    file = sorted(path for path in folder.rglob("*") if path.is_file())[-1]
    file.write_bytes(file.read_bytes() + b"\n")
    keys.layer_key.cache_clear()


def layer_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_all_layers_have_their_packages_named() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == set(PACKAGES)


@pytest.mark.parametrize("product", PRODUCTS)
def test_what_makes_a_product_imports_only_the_layers_of_its_key(
    product: str, graph: grimp.ImportGraph
) -> None:
    layers, makers = PRODUCTS[product]
    used = {*makers}.union(*(graph.find_upstream_modules(maker) for maker in makers))
    own = {module for module in used if module.startswith("generator")}
    assert own
    assert {layer_of(module) for module in own} <= set(layers)


def test_the_key_of_a_layer_holds_the_versions_of_all_packages_that_it_imports(
    graph: grimp.ImportGraph,
) -> None:
    wanted = {name for name, _ in required()}
    imports = metadata.packages_distributions()
    for layer, packages in PACKAGES.items():
        modules = {f"generator.{layer}", *graph.find_descendants(f"generator.{layer}")}
        outside = {
            module
            for own in modules
            for module in graph.find_modules_directly_imported_by(own)
            if not module.startswith("generator") and module not in sys.stdlib_module_names
        }
        found = {name.lower() for module in outside for name in imports.get(module, ())}
        assert found & wanted <= set(packages), layer


def test_every_package_that_the_program_needs_is_in_some_key() -> None:
    assert {name for name, _ in required()} == {n for names in PACKAGES.values() for n in names}


def required() -> Iterable[tuple[str, str]]:
    for line in metadata.requires("gazette-generator") or ():
        if "extra ==" not in line and (found := re.match(r"[\w.-]+", line)):
            yield found[0].lower(), line


def program(where: Path) -> dict[str, str]:
    found = keys.program_keys(places(where / "content", where))
    own = {field.name: getattr(found, field.name) for field in fields(found)}
    return {**own, "bundles": keys.code_key(BUNDLES)}


@pytest.mark.parametrize("layer", PACKAGES)
def test_a_byte_in_a_layer_changes_the_keys_of_what_it_makes(layer: str, package: Path) -> None:
    before = program(package.parent)
    change(package / layer)
    after = program(package.parent)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {name for name, (layers, _) in PRODUCTS.items() if layer in layers}


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("python-docx", {"issues", "files", *SITE, "bundles"}),
        ("numpy", {"index", "bundles", "issues", "files", *SITE}),
        ("mkdocs-material", {*SITE, "bundles"}),
        ("segno", {"files", *SITE, "bundles"}),
        ("pypinyin", {"issues", "files", *SITE, "index", "bundles"}),
        ("click", set()),
    ],
)
def test_another_version_of_a_package_changes_the_keys_of_what_uses_it(
    name: str, changed: set[str], package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = program(package.parent)
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda n: "99" if n == name else version(n))
    keys.layer_key.cache_clear()
    after = program(package.parent)
    assert {key for key in before if before[key] != after[key]} == changed


def rebuild(where: Places) -> set[str]:
    """Build again, and name the products that were made anew."""
    found = survey(where)
    if found.unchanged:
        return set()
    before, tasks = inodes(where.site), set()
    build(where, Alone(), lambda task, *_: tasks.add(task), found)
    after = inodes(where.site)
    rebuilt = {"issues"} if "读取" in tasks else set()
    for product, pattern in SHOWN_BY.items():
        shown = [name for name in after if re.fullmatch(pattern, name)]
        assert shown
        new = {after[name] != before.get(name) for name in shown}
        assert len(new) == 1, product  # all of it, or nothing
        rebuilt |= {product} if new.pop() else set()
    return rebuilt


@pytest.mark.slow
def test_a_change_in_a_layer_rebuilds_what_it_makes_and_nothing_else(
    make_archive: ArchiveMaker, tmp_path: Path, package: Path
) -> None:
    content = make_archive({"2020-03": SMALL})
    where = places(content, tmp_path)
    build(where, Alone(), lambda *_: None)
    rebuilt: dict[str, set[str]] = {}
    for layer in REBUILT:
        change(package / layer)
        rebuilt[layer] = rebuild(where)
        assert survey(where).unchanged
    assert rebuilt == REBUILT


@pytest.mark.slow
def test_a_change_in_a_template_renews_the_pages_that_use_it_and_nothing_else(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    where = replace(places(make_archive({"2020-03": SMALL}), tmp_path), templates=templates)
    build(where, Alone(), lambda *_: None)
    for name, pattern in TEMPLATE_OF.items():
        before = inodes(where.site)
        file = templates / name
        file.write_bytes(file.read_bytes() + b"\n")
        if not (found := survey(where)).unchanged:
            build(where, Alone(), lambda *_: None, found)
        after = inodes(where.site)
        renewed = {path for path in after if after[path] != before.get(path)}
        ours = {path for path in after if re.fullmatch(pattern, path)}
        changed = {path for path in renewed - ALWAYS if not path.startswith("manifests/")}
        assert changed == ours, name


def test_templates_are_known_by_what_uses_them() -> None:
    environment = jinja2.Environment()
    names = {path.relative_to(TEMPLATES).as_posix(): path for path in TEMPLATES.rglob("*.j2")}
    templates = {name: path.read_bytes() for name, path in names.items()}
    for name, text in templates.items():
        if not name.startswith("edit/"):
            used = jinja2.meta.find_referenced_templates(environment.parse(text.decode()))
            assert {name, *used} <= set(closure(templates, name))
    made = PACKAGE / "render", PACKAGE / "formats"
    code = "".join(path.read_text("utf-8") for folder in made for path in folder.rglob("*.py"))
    assert all(f'"{name}"' in code for kind in OF_ISSUES.values() for name in kind)


def issue_json(seed: Issue) -> bytes:
    links = resolve_archive(ROOT / "content", {SEED: seed})
    return dict(issue_files(seed, links))["issue.json"]


def test_the_index_reads_nothing_that_other_issues_decide(seed: Issue) -> None:
    data: dict[str, Any] = msgspec.json.decode(issue_json(seed))
    for said in (data, *data["documents"]):
        for key in LINKED:
            said.pop(key, None)
    assert list(entries_of(data)) == list(entries_of(msgspec.json.decode(issue_json(seed))))


def test_the_key_of_a_text_is_the_same_whoever_cites_it(seed: Issue) -> None:
    data: dict[str, Any] = msgspec.json.decode(issue_json(seed))
    own = text_key(msgspec.json.encode(data))
    data["documents"][0]["cited_by"].append({"text": "《某某市停车管理办法》"})
    data["diagnostics"] = []
    assert text_key(msgspec.json.encode(data)) == own
    data["documents"][0]["blocks"][0]["text"] += "。"
    assert text_key(msgspec.json.encode(data)) != own
