"""Every link of the finished site leads somewhere: files and anchors, within and across sites."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LINKING = {
    "a": "href",
    "link": "href",
    "script": "src",
    "img": "src",
    "source": "src",
    "iframe": "src",
}


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link that leads nowhere, or out to a host that the page would load from."""

    page: str  # relative to the site's root
    target: str
    reason: str


@dataclass(slots=True)
class _Page:
    anchors: set[str] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)  # (tag, address)


class _Reader(HTMLParser):
    """Collects a page's anchors and links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = _Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.page.anchors.add(value)
            elif value and LINKING.get(tag) == name:
                self.page.links.append((tag, value))


def check_links(site: Path) -> Iterator[DeadLink]:
    """Find the dead links of a site, in the order of pages; 404.html is served at any address."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    names = sorted(name for name in files if name.endswith(".html") and name != "404.html")
    pages = {name: _read(site / name) for name in names}
    for name, page in pages.items():
        for tag, address in dict.fromkeys(page.links):
            if reason := _fault(name, tag, address, files, pages):
                yield DeadLink(name, address, reason)


def _read(path: Path) -> _Page:
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader.page


def _fault(name: str, tag: str, address: str, files: set[str], pages: dict[str, _Page]) -> str:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        # reading must need no other host; a plain link to one is the reader's choice
        return "" if tag == "a" or parts.scheme == "data" else "loads from another host"
    if address.startswith("/"):
        return "absolute path, breaks below a sub-path"
    path = unquote(parts.path)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    if target not in files:
        return "no such file"
    anchor = unquote(parts.fragment)
    if (
        anchor
        and target in pages
        and anchor not in pages[target].anchors
        and not anchor.startswith("__")
    ):
        return "no such anchor"
    return ""
