"""Cache keys: equal keys mean equal bytes, and nothing else decides what is built again.

A key is a digest of the names and contents of files, the versions of the packages that work on
them, and the links from and to other issues; no clock, no path, no user goes into it. The key of a
product includes the code of the layers that make it, and of no others: a change in delivery/ or
cli/ rebuilds no part of a site.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from generator.runtime.digests import content_key, digest
from generator.runtime.places import GAZETTE_FILE, PACKAGE, Places
from generator.site.template_keys import template_keys

# the folders of generator/, and the packages that each imports or uses indirectly
PACKAGES: dict[str, tuple[str, ...]] = {
    "runtime": ("msgspec", "rapidfuzz"),
    "language": ("msgspec", "numpy", "pypinyin", "python-stdnum"),
    "model": (),
    "content": (
        *("charset-normalizer", "lxml", "msgspec", "numpy", "pillow", "pypdfium2", "python-docx"),
        "rapidfuzz",
    ),
    "stages": ("markdown-it-py", "rapidfuzz"),
    "archive": (),
    "render": ("jinja2", "markdown", "msgspec", "pyyaml", "rapidfuzz"),
    "formats": ("jinja2", "msgspec", "segno"),
    "search": ("msgspec", "numpy", "pypinyin"),
    "site": (
        "filelock",
        "jinja2",
        "lxml",
        "markdown",
        "mkdocs",
        "mkdocs-material",
        "msgspec",
        "pillow",
        "pypdfium2",
    ),
    "delivery": ("lxml", "msgspec"),
    "edit": ("jinja2", "msgspec", "pypdfium2", "rapidfuzz", "starlette", "uvicorn"),
    "cli": ("click", "msgspec", "rich"),
}
# The products, and the layers that make each. The modules that make a product import from no other
# layer; tests/site/test_keys.py proves it.
ISSUES = ("runtime", "language", "model", "content", "stages", "archive")  # the issues' own stages
FILES = (*ISSUES, "render", "formats")  # feeds, lists, calendars
PAGES = (*FILES, "site")  # pages of issues and of the home site, the data beside them
INDEX = ("runtime", "language", "model", "search")  # made from the issue.json files of a site
BUNDLES = (*PAGES, "search", "delivery")


@dataclass(frozen=True, slots=True)
class ProgramKeys:
    """The key of the program for each kind of product."""

    issues: str  # the issues' own stages
    files: str
    pages: str  # the sites of issues, with mkdocs.yml and what surrounds the content of each page
    templates: Mapping[str, str]  # the content of the pages of issues, by their kind
    home: Mapping[str, str]  # the pages of the home site, by their template
    assets: str
    index: str


def program_keys(places: Places) -> ProgramKeys:
    """Make the keys of the running program, with the templates and the mkdocs.yml that it uses."""
    base = digest(code_key(PAGES), places.config.read_bytes())
    own = template_keys(read_templates(places))
    return ProgramKeys(
        issues=code_key(ISSUES),
        files=code_key(FILES),
        pages=digest(base, own.around),
        templates=own.issues,
        home={name: digest(base, key) for name, key in own.home.items()},
        assets=digest(base, own.assets),
        index=code_key(INDEX),
    )


def read_templates(places: Places) -> dict[str, bytes]:
    """Read the templates, the archive's own before those of the program.

    Templates in a wheel are inside the package, but have the same names: a checkout and a wheel
    make the same keys.
    """
    templates: dict[str, Path] = {}
    for folder in reversed(places.template_folders):
        templates |= dict(_files(folder))
    return {name: path.read_bytes() for name, path in templates.items()}


def code_key(layers: Iterable[str]) -> str:
    """Make the key of the code of some layers, and of Python and zlib."""
    python = f"python {sys.version_info.major}.{sys.version_info.minor}"
    zlib_version = f"zlib {zlib.ZLIB_RUNTIME_VERSION}"
    return digest(python, zlib_version, *map(layer_key, layers))


@cache
def layer_key(layer: str) -> str:
    """Make the key of the code of one layer, and of the packages that it uses.

    It is made once per process: code that is edited meanwhile runs only in the next process.
    """
    versions = (f"{name} {metadata.version(name)}" for name in PACKAGES[layer])
    code = _files(PACKAGE / layer)
    return digest(layer, *versions, *(p for name, path in code for p in (name, path.read_bytes())))


def issue_name(folder: Path) -> str:
    """Give the name of the issue in a folder: panzhihua/2017-01."""
    return f"{folder.parent.name}/{folder.name}"


def issue_key(code: str, folder: Path) -> str:
    """Make the key of all that an issue's own stages read: its folder, and its gazette.toml."""
    facts = folder.parent / GAZETTE_FILE
    parts: list[bytes | str] = [code, issue_name(folder)]
    parts.append(content_key(facts) if facts.is_file() else b"")
    for name, path in _files(folder):
        parts += (name, content_key(path))
    return digest(*parts)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the files of a folder in the order of their names, without hidden ones."""
    found = []
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if _is_input(name)]
        below = os.path.relpath(where, folder) + "/" if where != str(folder) else ""
        found += [(f"{below}{name}", f"{where}/{name}") for name in names if _is_input(name)]
    for name, path in sorted(found):
        if os.path.isfile(path):  # noqa: PTH113 - a Path for each file costs more than its bytes
            yield name.replace(os.sep, "/"), Path(path)


def _is_input(name: str) -> bool:
    return not name.startswith((".", "__pycache__"))
