"""gazette.toml → Gazette: who publishes, how agencies are called, what other sites publish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from os.path import realpath
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from generator.errors import SourceError
from generator.model import Elsewhere, Gazette, Host, Inventory
from generator.numbering import DocumentNumber
from generator.source.values import line_of, read_toml, refuse_signs, refuse_slips, tables, value

GAZETTE_FILE = "gazette.toml"
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
MAIL = re.compile(r"mailto:[^\s<>\"]+")
LONGEST_ADDRESS = 500  # characters
GAZETTE_KEYS = (
    "title",
    "place",
    "homepage",
    "contact",
    "agencies",
    "addresses",
    "inventory",
    "host",
)


def is_address(text: str) -> bool:
    """Whether a text is an address of the web with a host, and no longer than people write."""
    if len(text) > LONGEST_ADDRESS or not ADDRESS.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # [ in the place of a host, letters or 99999 in that of a port
        return False


def read_gazette(folder: Path) -> Gazette:
    """Read gazette.toml; a title is all it must hold."""
    path = folder / GAZETTE_FILE
    facts = read_toml(path)
    refuse_slips(facts, GAZETTE_KEYS, path)
    if not value(facts, "title", str, path).strip():
        msg = f"{path}:{line_of(path, 'title')}: title must name the gazette"
        raise SourceError(msg)
    agencies = facts.get("agencies", {})
    if not isinstance(agencies, dict):
        msg = f"{path}:1: [agencies] must be a table of known name = [names as printed]"
        raise SourceError(msg)
    names: dict[str, str] = {}
    for known, printed in agencies.items():
        if not isinstance(printed, list) or not all(isinstance(name, str) for name in printed):
            msg = f"{path}:{line_of(path, known)}: {known!r} needs a list of names as printed"
            raise SourceError(msg)
        for name in (known, *printed):
            refuse_signs(name, "a name of [agencies]", path)
        names |= dict.fromkeys(printed, known)
    contact = value(facts, "contact", str, path, "")
    if contact and not (is_address(contact) or MAIL.fullmatch(contact)):
        msg = f"{path}:{line_of(path, 'contact')}: contact must begin with mailto: or https://"
        raise SourceError(msg)
    homepage = value(facts, "homepage", str, path, "")
    if homepage and not is_address(homepage):
        msg = f"{path}:{line_of(path, 'homepage')}: homepage must begin with https://"
        raise SourceError(msg)
    return Gazette(
        id=folder.name,
        title=value(facts, "title", str, path),
        place=value(facts, "place", str, path, ""),
        homepage=homepage,
        contact=contact,
        agencies=names,
        addresses=_read_addresses(facts, path),
        inventories=_read_inventories(facts, path),
        host=_read_host(facts, path),
    )


def _read_host(facts: Mapping[str, object], path: Path) -> Host:
    """Read [host]: who publishes the site; a name that nobody knows is a slip of the pen."""
    table = facts.get("host", {})
    if not isinstance(table, dict):
        msg = f"{path}:1: [host] must be a table of site, domain, code …"
        raise SourceError(msg)
    names = [field.name for field in fields(Host)]
    for name in table:
        if name not in names:
            msg = f"{path}:{line_of(path, name)}: [host] knows {', '.join(names)}, not {name!r}"
            raise SourceError(msg)
    return Host(**{name: value(table, name, str, path) for name in table})


def _read_addresses(facts: Mapping[str, object], path: Path) -> tuple[Elsewhere, ...]:
    """Read [addresses]: a document's number or title = where another site publishes it."""
    table = facts.get("addresses", {})
    if not isinstance(table, dict):
        msg = f"{path}:1: [addresses] must be a table of number or title = address"
        raise SourceError(msg)
    found: list[Elsewhere] = []
    for name, address in table.items():
        if not isinstance(address, str) or not is_address(address):
            msg = f"{path}:{line_of(path, name)}: {name!r} needs an address that begins https://"
            raise SourceError(msg)
        refuse_signs(name, "a name of [addresses]", path)
        number = DocumentNumber.parse(name)
        title = "" if number else name.strip("《》")
        found.append(Elsewhere(address, title, str(number or "")))
    return tuple(found)


def _read_inventories(facts: Mapping[str, object], path: Path) -> tuple[Inventory, ...]:
    """Read [[inventory]]: site, file and, where it is not <site>register.json, source."""
    entries = tables(facts, "inventory", path, "inventories are written as [[inventory]]")
    found: list[Inventory] = []
    for entry in entries:
        site = value(entry, "site", str, path)
        file = value(entry, "file", str, path)
        line = line_of(path, site)
        if not is_address(site) or not site.endswith("/"):
            msg = f"{path}:{line}: site must begin with https:// and end with /, not {site!r}"
            raise SourceError(msg)
        if not is_inside(file) or "/" in file or not file.endswith(".json"):
            msg = f"{path}:{line}: file must name a .json file beside gazette.toml, not {file!r}"
            raise SourceError(msg)
        source = value(entry, "source", str, path, f"{site}register.json")
        refuse_strays(path.parent, path.parent / file)
        if not is_address(source):  # a file, relative to the gazette's folder
            if ADDRESS.match(source):
                msg = f"{path}:{line}: source is no address that can be asked: {source!r}"
                raise SourceError(msg)
            source = (path.parent / source).resolve().as_uri()
        found.append(Inventory(site, file, source))
    return tuple(found)


def refuse_strays(folder: Path, *paths: Path) -> None:
    """Refuse links that lead out of a folder: who may write there may not publish any file."""
    for path in paths:
        # realpath gives an answer for links that lead to themselves, too
        if path.is_symlink() and not Path(realpath(path)).is_relative_to(realpath(folder)):
            msg = f"{path}:1: is a link that leads out of {folder}; put the file itself there"
            raise SourceError(msg)


def is_inside(name: str) -> bool:
    """Whether a relative path stays in the folder it starts from."""
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name
