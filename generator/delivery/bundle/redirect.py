"""The pages of one issue as its bundle holds them, without dead links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from generator.delivery.bundle.outside import LINKS, loaded
from generator.delivery.bundle.tags import Tag, read_tags
from generator.runtime.errors import SiteError
from generator.runtime.patterns import lazy_regex

NOT_INSIDE = "不在本离线包内"
ONLINE = "在公开网站上，需要联网"
# an attribute with an address; few tags have one
ADDRESSED = lazy_regex(r"(?:href|src|srcset|poster|data|background|manifest|codebase|places)\s*+=")
# a link in an SVG picture has its title in its first child, other links in an attribute
TITLE = lazy_regex(r"\s*+<title>[^<]*+")


@dataclass(frozen=True, slots=True)
class Redirection:
    """The facts that decide where the links of an issue's pages lead."""

    names: Collection[str]  # all files of the bundle
    start: str  # the page that replaces the archive's start page
    homepage: str  # the public address of the archive's root, or empty

    def redirect(self, name: str, text: str) -> str:
        """Make links that lead out of the bundle lead to the public site, or mark them.

        1. A link to a file of the bundle stays, byte for byte; so does a link to another host.
        2. Any other link gets the public address, or data-outside and no href; its title says so.
        3. The logo leads to the issue's first page; a <link> to a missing file is left out, and so
           is the view of the sheets if its places are missing.

        Raises SiteError when the page itself needs a file that is not in the bundle.
        """
        parts: list[str] = []
        at = 0
        for tag in read_tags(text, ADDRESSED):
            if not ADDRESSED.search(tag.inside):
                continue
            self._refuse_missing(name, tag)
            path = _path(name, tag.get("href"))
            is_inside = not path or path in self.names
            if "md-logo" in tag.get("class").split():
                here = posixpath.relpath(self.start, posixpath.dirname(name))
                parts += [text[at : tag.found.start()], tag.rewrite(["href"], {"href": here})]
                at = tag.found.end()
            elif (places := tag.get("data-places")) and _path(name, places) not in self.names:
                parts += [text[at : tag.found.start()], tag.rewrite(["data-places"], {})]
                at = tag.found.end()
            elif tag.name == "link" and not is_inside:
                parts.append(text[at : tag.found.start()])
                at = tag.found.end()
            elif tag.name in LINKS and not is_inside:
                title = TITLE.match(text, tag.found.end())
                parts += [text[at : tag.found.start()], *self._lead_out(tag, path, title)]
                at = title.end() if title else tag.found.end()
        return "".join([*parts, text[at:]])

    def _refuse_missing(self, name: str, tag: Tag) -> None:
        for address in loaded(tag):
            path = _path(name, address)
            if path and path not in self.names:
                message = (
                    f"{name}: 要用 {address}，这一期的离线阅读包里没有；"
                    "请把它放在这一期的文件夹或 assets/ 里"
                )
                raise SiteError(message)

    def _lead_out(self, tag: Tag, path: str, title: re.Match[str] | None) -> list[str]:
        """Write a link that leads out of the bundle, up to the end of its title."""
        parts = urlsplit(tag.get("href"))
        address = quote(path) + (f"?{parts.query}" if parts.query else "")
        address += f"#{parts.fragment}" if parts.fragment else ""
        if self.homepage:
            note = ONLINE
            marks = {
                "href": f"{self.homepage}{address}",
                "data-online": "",
            }
        else:
            note = NOT_INSIDE
            # a link without href is not reached by keyboard unless it has a tabindex
            marks = {"role": "link", "aria-disabled": "true", "tabindex": "0"}
            marks["data-outside"] = address
        if title:
            return [tag.rewrite(["href"], marks), title[0], f"（{note}）"]
        said = tag.get("title")
        marks["title"] = f"{said}（{note}）" if said else note
        return [tag.rewrite(["href", "title"], marks)]


def _path(name: str, address: str) -> str:
    """Give the file that an address leads to; empty for another host or for the page itself."""
    return _path_from(posixpath.dirname(name), address)


@lru_cache(4096)  # the pages of an issue share most of their links
def _path_from(folder: str, address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:  # [ where a host should be: no file of the site
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    return posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
