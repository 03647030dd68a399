"""gazette.toml → Gazette: publisher, names of agencies, and documents of other sites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from os.path import realpath
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import msgspec

from generator.content.toml_tables import Text, line_of, read_tables, with_lines
from generator.language.document_numbers import DocumentNumber
from generator.model import Elsewhere, Gazette, Host, Inventory
from generator.runtime.errors import SourceError
from generator.runtime.patterns import lazy_regex
from generator.runtime.places import GAZETTE_FILE

ADDRESS = lazy_regex(r"https?://[^\s<>\"]+")
MAIL = lazy_regex(r"mailto:[^\s<>\"]+")
# characters that must be percent-encoded in an address
UNWRITTEN = lazy_regex(r"[\[\]{}|\\^`]|%(?![0-9A-Fa-f]{2})")
LONGEST_ADDRESS = 500  # characters


class InventoryTable(msgspec.Struct, frozen=True):
    """[[inventory]]: the list of documents that another site publishes."""

    site: Text
    file: Text  # the copy beside gazette.toml
    source: Text = ""  # the original of the copy, if it is not <site>register.json


class GazetteTables(msgspec.Struct, frozen=True):
    """All of gazette.toml."""

    title: Text
    place: Text = ""
    homepage: Text = ""
    contact: Text = ""
    agencies: dict[str, object] = {}  # known name = [names as printed]
    synonyms: dict[str, object] = {}  # known name = [former and short names], for the search
    addresses: dict[str, object] = {}  # number or title = address on another site
    inventory: tuple[InventoryTable, ...] = ()
    host: dict[str, object] = {}  # the publisher of the site


def web_address(text: str) -> str:
    """Encode a web address as RFC 3987 requires: ``…/?q[]=1`` → ``…/?q%5B%5D=1``.

    Empty for a text that is no web address, has no host, or is longer than LONGEST_ADDRESS.
    """
    if len(text) > LONGEST_ADDRESS or not ADDRESS.fullmatch(text):
        return ""
    try:
        parts = urlsplit(text)
        if not parts.hostname or parts.port == 0:
            return ""
    except ValueError:  # [ in the host, letters or 99999 as the port
        return ""
    host = text[: text.index("//") + 2 + len(parts.netloc)]  # not encoded: it may be [::1]
    return host + UNWRITTEN.sub(_percent, text[len(host) :])


def _mail_address(text: str) -> str:
    return UNWRITTEN.sub(_percent, text) if MAIL.fullmatch(text) else ""


def _percent(character: re.Match[str]) -> str:
    return f"%{ord(character[0]):02X}"


def read_gazette(folder: Path) -> Gazette:
    """Read gazette.toml; only the title is required.

    Raises SourceError, with file and line, for a value that cannot be used.
    """
    path = folder / GAZETTE_FILE
    tables = read_tables(path, GazetteTables)
    homepage = web_address(tables.homepage)
    contact = web_address(tables.contact) or _mail_address(tables.contact)
    for key, is_wrong, wanted in (
        ("title", not tables.title.strip(), "应写公报的名称"),
        ("contact", tables.contact and not contact, "应以 mailto: 或 https:// 开头"),
        ("homepage", tables.homepage and not homepage, "应以 https:// 开头"),
        # addresses of documents begin with it
        ("homepage", {"?", "#"} & {*homepage}, "不能有 ? 和 #"),
    ):
        if is_wrong:
            msg = f"{path}:{line_of(path, (key,))}: {key} {wanted}；请改正"
            raise SourceError(msg)
    agencies = tuple(_groups(tables.agencies, "agencies", "公报上的各种写法", path))
    return Gazette(
        id=folder.name,
        title=tables.title,
        place=tables.place,
        homepage=homepage,
        contact=contact,
        agencies={printed: known for known, *others in agencies for printed in others},
        synonyms=(*agencies, *_groups(tables.synonyms, "synonyms", "曾用名和简称", path)),
        addresses=_addresses(tables, path),
        inventories=_inventories(tables, path),
        host=_host(tables, path),
    )


def _groups(
    tables: Mapping[str, object], key: str, meaning: str, path: Path
) -> Iterator[tuple[str, ...]]:
    """Yield the names of each agency in a table: the known one, then the others."""
    for known, others in tables.items():
        if not isinstance(others, list) or not all(isinstance(name, str) for name in others):
            line = line_of(path, (key, known))
            msg = (
                f"{path}:{line}: “{known}”应等于一列名称，即{meaning}，"
                f'例如 "{known}" = ["另一种写法"]；请改正'
            )
            raise SourceError(msg)
        yield known, *others


def _host(tables: GazetteTables, path: Path) -> Host:
    """Read the publisher of the site; an unknown key is refused as a slip of the pen."""
    known = [field.name for field in fields(Host)]
    texts = {name: text for name, text in tables.host.items() if isinstance(text, str)}
    for name in tables.host:
        if name not in known or name not in texts:
            line = line_of(path, ("host", name))
            problem = "不是其中之一" if name not in known else "的值应为引号括起的文字"
            msg = f"{path}:{line}: [host] 只有 {'、'.join(known)}；“{name}”{problem}，请改正"
            raise SourceError(msg)
    return Host(**texts)


def _addresses(tables: GazetteTables, path: Path) -> tuple[Elsewhere, ...]:
    """List the documents of other sites, each with its address and its number or title."""
    found: list[Elsewhere] = []
    for name, written in tables.addresses.items():
        address = web_address(written) if isinstance(written, str) else ""
        if not address:
            line = line_of(path, ("addresses", name))
            msg = f"{path}:{line}: “{name}”应等于一个以 https:// 开头的网址；请改正"
            raise SourceError(msg)
        number = DocumentNumber.parse(name)
        title = "" if number else name.strip("《》")
        found.append(Elsewhere(address, title, str(number or "")))
    return tuple(found)


def _inventories(tables: GazetteTables, path: Path) -> tuple[Inventory, ...]:
    """List the inventories of other sites, each with the address of its original."""
    found: list[Inventory] = []
    for table, line in with_lines(tables.inventory, path, "inventory", "site"):
        site, file, source = table.site, table.file, table.source or f"{table.site}register.json"
        if not web_address(site) or not site.endswith("/"):
            msg = f"{path}:{line}: site 应为以 https:// 开头、以 / 结尾的网址，现为“{site}”；请改正"
            raise SourceError(msg)
        if not is_inside(file) or "/" in file or not file.endswith(".json"):
            msg = (
                f"{path}:{line}: file 应为 gazette.toml 所在文件夹里的 .json 文件，"
                f"现为“{file}”；请改正"
            )
            raise SourceError(msg)
        refuse_strays(path.parent, path.parent / file)
        if not web_address(source):  # then it is a file, relative to the gazette's folder
            if ADDRESS.match(source):
                msg = f"{path}:{line}: source 不是能访问的网址：“{source}”；请改正"
                raise SourceError(msg)
            source = (path.parent / source).resolve().as_uri()
        found.append(Inventory(site, file, source))
    return tuple(found)


def refuse_strays(folder: Path, *paths: Path) -> None:
    """Refuse symbolic links that lead out of a folder.

    Otherwise anybody who may write into the folder could publish any file of the machine.
    """
    for path in paths:
        # unlike Path.resolve, realpath also answers for links that lead to themselves
        if path.is_symlink() and not Path(realpath(path)).is_relative_to(realpath(folder)):
            msg = f"{path}:1: 是通到 {folder} 以外的链接；请放入文件或文件夹本身"
            raise SourceError(msg)


def is_inside(name: str) -> bool:
    """Whether a path is relative and stays in the folder that it starts from."""
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name
