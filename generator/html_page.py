"""A finished page as its readers get it: its ids, its links, its official text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lxml import etree

BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "li"})
LOADING = "//link/@href | //script/@src | //img/@src | //source/@src | //iframe/@src"
_anchors: Any = etree.XPath("//@id", smart_strings=False)
_links: Any = etree.XPath("//a/@href", smart_strings=False)
_loads: Any = etree.XPath(LOADING, smart_strings=False)
_official: Any = etree.XPath("//*[contains(concat(' ', @class, ' '), ' official ')]")
BLANKS = re.compile(r"\s+")


class HtmlPage:
    """A page, parsed once for all who ask of it."""

    def __init__(self, data: bytes) -> None:
        # one text of an official table may be larger than libxml2 thinks sane
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
        self._root: Any = etree.fromstring(data, parser)

    @property
    def anchors(self) -> list[str]:
        """All ids, in the order of the page."""
        return [] if self._root is None else list(_anchors(self._root))

    @property
    def links(self) -> list[str]:
        """Addresses that a reader can follow."""
        return [] if self._root is None else list(_links(self._root))

    @property
    def loads(self) -> list[str]:
        """Addresses that the page loads by itself: styles, scripts, pictures."""
        return [] if self._root is None else list(_loads(self._root))

    @cached_property
    def official(self) -> list[tuple[str, dict[str, str], str]]:
        """The blocks of the official text, up to what the site adds: tag, attributes, text."""
        found = [] if self._root is None else _official(self._root)
        blocks: list[tuple[str, dict[str, str], list[str]]] = []
        if found:
            try:
                for element, text in _walk(found[0]):
                    if element is not None:
                        blocks.append((element.tag, dict(element.attrib), []))
                    elif blocks:
                        blocks[-1][2].append(text)
            except _Added:
                pass
        return [(tag, attributes, _one_blank("".join(text))) for tag, attributes, text in blocks]

    @property
    def texts(self) -> list[str]:
        """The texts of the blocks of the official text; blanks count as one."""
        return [text for _, _, text in self.official]


class _Added(Exception):  # noqa: N818 - it ends the walk, and is no fault
    """The official text ends: what follows is the site's own."""


def _walk(element: Any) -> Iterator[tuple[Any, str]]:
    """Give each block where it begins, and each piece of text, in the order of the page."""
    if element.text:
        yield None, element.text
    for child in element:
        if isinstance(child.tag, str):
            if "added" in child.get("class", "").split():
                if child.tag != "a":  # a link that the site adds stands inside a paragraph
                    raise _Added
            else:
                if child.tag in BLOCKS:
                    yield child, ""
                yield from _walk(child)
        if child.tail:
            yield None, child.tail


def _one_blank(text: str) -> str:
    return BLANKS.sub(" ", text).strip()
