"""gazette.toml → Gazette: who publishes, how agencies are called, what other sites publish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from os.path import realpath
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from generator.content.toml_values import (
    line_of,
    read_toml,
    refuse_signs,
    refuse_slips,
    tables,
    value,
)
from generator.language.document_numbers import DocumentNumber
from generator.model import Elsewhere, Gazette, Host, Inventory
from generator.runtime.errors import SourceError

GAZETTE_FILE = "gazette.toml"
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
MAIL = re.compile(r"mailto:[^\s<>\"]+")
# what an address never holds by itself
UNWRITTEN = re.compile(r"[\[\]{}|\\^`]|%(?![0-9A-Fa-f]{2})")
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


def web_address(text: str) -> str:
    """Give an address of the web as RFC 3987 writes it: ``…/?q[]=1`` → ``…/?q%5B%5D=1``.

    Empty for what is none, has no host, or is longer than people write.
    """
    if len(text) > LONGEST_ADDRESS or not ADDRESS.fullmatch(text):
        return ""
    try:
        parts = urlsplit(text)
        if not parts.hostname or parts.port == 0:
            return ""
    except ValueError:  # [ in the place of a host, letters or 99999 in that of a port
        return ""
    host = text[: text.index("//") + 2 + len(parts.netloc)]  # [::1] may stand in it
    return host + UNWRITTEN.sub(_percent, text[len(host) :])


def _mail_address(text: str) -> str:
    return UNWRITTEN.sub(_percent, text) if MAIL.fullmatch(text) else ""


def _percent(sign: re.Match[str]) -> str:
    return f"%{ord(sign[0]):02X}"


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
    named = value(facts, "contact", str, path, "")
    contact = web_address(named) or _mail_address(named)
    if named and not contact:
        msg = f"{path}:{line_of(path, 'contact')}: contact must begin with mailto: or https://"
        raise SourceError(msg)
    named = value(facts, "homepage", str, path, "")
    homepage = web_address(named)
    if named and not homepage:
        msg = f"{path}:{line_of(path, 'homepage')}: homepage must begin with https://"
        raise SourceError(msg)
    if "?" in homepage or "#" in homepage:  # addresses of documents go on from it
        msg = f"{path}:{line_of(path, 'homepage')}: homepage must not hold ? or #"
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
    for name, printed in table.items():
        address = web_address(printed) if isinstance(printed, str) else ""
        if not address:
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
        if not web_address(site) or not site.endswith("/"):
            msg = f"{path}:{line}: site must begin with https:// and end with /, not {site!r}"
            raise SourceError(msg)
        if not is_inside(file) or "/" in file or not file.endswith(".json"):
            msg = f"{path}:{line}: file must name a .json file beside gazette.toml, not {file!r}"
            raise SourceError(msg)
        source = value(entry, "source", str, path, f"{site}register.json")
        refuse_strays(path.parent, path.parent / file)
        if not web_address(source):  # a file, relative to the gazette's folder
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
