"""What a site is made of, as keys: equal keys mean equal bytes, and nothing else decides.

No clock, no path, no user goes into a key; only the names and the contents of files, the versions
of the packages that work on them, and what other issues say.
"""

from __future__ import annotations

import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from generator.content import GAZETTE_FILE
from generator.runtime.digests import content_key, digest
from generator.runtime.places import PACKAGE, SHIPPED, Places

DISTRIBUTION = "gazette-generator"
REQUIREMENT_NAME = re.compile(r"[A-Za-z0-9._-]+")


def program_key(places: Places) -> str:
    """Make the key of the program: its code, its templates, its configuration, its packages."""
    templates: dict[str, Path] = {}
    for folder in reversed(places.template_folders):
        templates |= {f"templates/{name}": path for name, path in _files(folder)}
    files = [*sorted(templates.items()), ("mkdocs.yml", places.config)]
    parts = [part for name, path in files for part in (name, path.read_bytes())]
    return digest(code_key(), *parts)


@cache
def code_key() -> str:
    """Make the key of the code that runs, and of the packages that work on a site.

    What is edited meanwhile runs in the next process. Templates that a wheel carries inside of the
    package count where they are used: a site is the same whichever way the program came.
    """
    code = [found for found in _files(PACKAGE) if not found[0].startswith(f"{SHIPPED}/")]
    parts = [part for name, path in code for part in (name, path.read_bytes())]
    return digest(*_versions(), *parts)


def issue_name(folder: Path) -> str:
    """Name the issue in a folder: panzhihua/2017-01."""
    return f"{folder.parent.name}/{folder.name}"


def issue_key(program: str, folder: Path) -> str:
    """Make the key of what an issue's own stages read: its folder, and its gazette's facts."""
    facts = folder.parent / GAZETTE_FILE
    parts: list[bytes | str] = [program, issue_name(folder)]
    parts.append(content_key(facts) if facts.is_file() else b"")
    for name, path in _files(folder):
        parts += (name, content_key(path))
    return digest(*parts)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the files of a folder in the order of their names; hidden ones are nobody's input."""
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


def _versions() -> Iterable[str]:
    """Name the versions of all that the bytes of a site may depend on."""
    yield f"python {sys.version_info.major}.{sys.version_info.minor}"
    yield f"zlib {zlib.ZLIB_RUNTIME_VERSION}"
    for wanted in sorted(metadata.requires(DISTRIBUTION) or ()):
        found = REQUIREMENT_NAME.match(wanted)
        if found and "extra ==" not in wanted:
            yield f"{found[0]} {metadata.version(found[0])}"
