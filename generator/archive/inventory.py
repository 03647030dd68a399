"""register.json: every document of a site with its names, number and address, for other sites.

gazette.toml lists the inventories of other sites, as Sphinx's intersphinx does for code;
``gazette fetch`` copies them into content/, so that no build needs the network.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from generator.content import web_address
from generator.language.document_numbers import DocumentNumber
from generator.language.unseen import INVISIBLE
from generator.model import (
    NO_STATES,
    Elsewhere,
    Gazette,
    Inventory,
    State,
    States,
    Summary,
    document_url,
)
from generator.runtime.data import Json, dump
from generator.runtime.errors import SourceError, UsageError

log = logging.getLogger(__name__)

FORMAT = "gazette-register/1"
REGISTER_FILE = "register.json"
LARGEST = 64_000_000  # bytes: some 200,000 documents
TIMEOUT = 60  # seconds


def register_text(
    name: str,
    gazettes: Iterable[Gazette],
    summaries: Iterable[Summary],
    states: States = NO_STATES,
) -> Iterator[str]:
    """Write the inventory of a site: its documents in the order of the archive, one by one."""
    titles: dict[str, Json] = {gazette.id: gazette.title for gazette in gazettes}
    head = dump({"format": FORMAT, "site": name, "gazettes": titles, "documents": []})
    before, after = head[: -len("]\n}\n")], head[-len("]\n}\n") :]
    yield before
    first, between = "\n  ", ",\n  "
    lead = first
    for summary in summaries:
        for document in summary.documents:
            data: dict[str, Json] = {
                "number": document.number or None,
                "title": document.title,
                "names": list(document.names),
                "issuer": document.issuer or None,
                "type": document.type or None,
                "date": document.date or None,
                "issue": summary.name,
                "id": document.id,
                "url": document_url(summary.name, document.id),
                **_state(states.get((summary.name, document.id))),
            }
            # not textwrap.indent, for which U+2028 in a title ends a line, too
            yield lead + dump(data).rstrip("\n").replace("\n", "\n  ")
            lead = between
    yield after if lead == first else f"\n {after}"


def _state(state: State | None) -> dict[str, Json]:
    """Give what later documents made of a document; the key only if they changed it."""
    return {"state": {"kind": state.kind, "day": state.day or None}} if state and state.kind else {}


def read_elsewhere(gazette: Gazette, folder: Path) -> tuple[Elsewhere, ...]:
    """Read the documents of other sites: the addresses in gazette.toml, then its inventories.

    Raises SourceError if an inventory is missing, too large, or not an inventory.
    """
    found = [*gazette.addresses]
    for inventory in gazette.inventories:
        path = folder / inventory.file
        if not path.is_file():
            msg = f"{path}: 没有这个文件；请运行 gazette fetch，从 {inventory.source} 复制"
            raise SourceError(msg)
        if (size := path.stat().st_size) > LARGEST:
            msg = f"{path}:1: 有 {size:,} 字节，最多读 {LARGEST:,} 字节；请核对是不是清单"
            raise SourceError(msg)
        found += parse_inventory(path.read_bytes(), inventory.site, str(path))
    return tuple(found)


def parse_inventory(data: bytes, site: str, path: str) -> tuple[Elsewhere, ...]:
    """Read an inventory: addresses become absolute; only http(s) ones of its own site are kept.

    Raises SourceError if the data is not an inventory.
    """
    try:
        register = json.loads(data)
    except (ValueError, RecursionError) as error:
        msg = f"{path}: 不是 JSON，不能用作清单；请核对 gazette.toml 的 [[inventory]]：{error}"
        raise SourceError(msg) from error
    if not isinstance(register, dict) or register.get("format") != FORMAT:
        msg = f"{path}: 不是 {FORMAT} 格式的清单；请核对 gazette.toml 的 [[inventory]]"
        raise SourceError(msg)
    documents = register.get("documents")
    if not isinstance(documents, list):
        msg = f"{path}: 清单的 documents 应为列表；请核对 gazette.toml 的 [[inventory]]"
        raise SourceError(msg)
    name = register.get("site")
    label = _plain(name) if isinstance(name, str) else ""
    read = (_entry(document, site, label) for document in documents)
    return tuple(entry for entry in read if entry)


def _entry(document: object, site: str, label: str) -> Elsewhere | None:
    """Read one document of an inventory; None if it cannot be linked."""
    if not isinstance(document, Mapping):
        return None
    url, title, number = (document.get(key) for key in ("url", "title", "number"))
    names = document.get("names")
    if not isinstance(url, str) or not isinstance(title, str):
        return None
    # an inventory may list only its own site: no address of another scheme or host
    try:
        address = web_address(urljoin(site, url))
        is_its_own = urlsplit(address)[:2] == urlsplit(site)[:2]
    except ValueError:  # [ at the beginning of a host
        return None
    if not is_its_own:
        return None
    parsed = DocumentNumber.parse(number) if isinstance(number, str) else None
    listed = names if isinstance(names, list) else ()
    return Elsewhere(
        address,
        _plain(title),
        str(parsed or ""),
        label,
        tuple(_plain(n) for n in listed if isinstance(n, str) and len(n) > 1),
    )


def _plain(text: str) -> str:
    """Remove invisible characters, replace lone surrogates (no file can hold them), join lines."""
    whole = text.encode("utf-8", "replace").decode()
    return " ".join(INVISIBLE.sub("", whole).split())


def fetch_inventory(inventory: Inventory, folder: Path) -> tuple[Path, int]:
    """Copy an inventory into a gazette's folder; give its path and its number of documents.

    Raises UsageError if it cannot be fetched or is too large, SourceError if it is not an
    inventory; the old copy stays then.
    """
    # imported here because they load slowly, and no build needs the network
    import http.client
    import urllib.error
    import urllib.request

    request = urllib.request.Request(inventory.source, headers={"Accept": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            data = answer.read(LARGEST + 1)
    except (OSError, urllib.error.URLError, http.client.HTTPException, ValueError) as error:
        msg = f"{inventory.source}: 取不到清单；请检查网络和 gazette.toml 里的地址：{error}"
        raise UsageError(msg) from error
    if len(data) > LARGEST:
        msg = f"{inventory.source}: 超过 {LARGEST:,} 字节，没有复制；请核对是不是清单"
        raise UsageError(msg)
    listed = parse_inventory(data, inventory.site, inventory.source)
    path = folder / inventory.file
    path.write_bytes(data)
    return path, len(listed)
