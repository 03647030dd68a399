"""A finished page as its readers get it: its ids, its links, its official text."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from lxml import etree

from generator.runtime.patterns import lazy_regex

# relations of a <link> that a program may follow, but that a browser does not load
POINTERS = ("alternate", "canonical", "next", "prev", "search")
LOADED = " and ".join(f"not(contains(concat(' ', @rel, ' '), ' {rel} '))" for rel in POINTERS)
LOADING = f"//link[{LOADED}]/@href | //script/@src | //img/@src | //source/@src | //iframe/@src"
BLOCKS = " or ".join(
    f"self::{tag}" for tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "li")
)
# a caption that has no class added is printed
BLOCKS += " or self::caption[not(contains(concat(' ', @class, ' '), ' added '))]"
_anchors: Any = etree.XPath("//@id", smart_strings=False)
_links: Any = etree.XPath(f"//a/@href | //link[not({LOADED})]/@href", smart_strings=False)
_loads: Any = etree.XPath(LOADING, smart_strings=False)
_official: Any = etree.XPath("//*[contains(concat(' ', @class, ' '), ' official ')]")
_article: Any = etree.XPath("//article")
UNSEEN = frozenset(("script", "style", "template"))
_blocks: Any = etree.XPath(f".//*[{BLOCKS}]")
PLAIN_ID = lazy_regex(r"<\w+[^<>]* id=\"([^\"]*)\"")
PLAIN_LINK = lazy_regex(r"<a [^<>]*?href=\"([^\"]*)\"")
PLAIN_LOAD = lazy_regex(r"<(?:link|script|img)[^<>]*? (?:href|src)=\"([^\"]*)\"")


class HtmlPage:
    """A page, parsed once for all checks."""

    def __init__(self, data: bytes) -> None:
        # one text of an official table may be larger than libxml2 allows by default
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
        """The blocks of the official text: tag, attributes, text.

        They end where the additions of the site begin.
        """
        found = [] if self._root is None else _official(self._root)
        blocks: list[tuple[str, dict[str, str], str]] = []
        for element in _blocks(found[0]) if found else ():
            if _is_added(element):
                break
            text = "".join(_texts(element)) if len(element) else element.text or ""
            blocks.append((element.tag, dict(element.attrib), one_blank(text)))
        return blocks

    @cached_property
    def shown(self) -> str:
        """The text that readers see: the official text, or of other pages the whole article.

        What the site adds to an official text is left out.
        """
        found = [] if self._root is None else _official(self._root) or _article(self._root)
        pieces: list[str] = []
        for element in found[:1]:
            _collect(element, pieces)
        return "".join(pieces)

    @property
    def texts(self) -> list[str]:
        """The texts of the blocks of the official text, each run of blanks as one blank."""
        return [text for _, _, text in self.official]


class PlainPage:
    """A page that is wholly written by our own template, which escapes: all < > are tags."""

    def __init__(self, data: bytes) -> None:
        text = data.decode()
        self.anchors = PLAIN_ID.findall(text)
        self.links = PLAIN_LINK.findall(text)
        self.loads = PLAIN_LOAD.findall(text)


def _is_added(element: Any) -> bool:
    return "added" in element.get("class", "").split()


def _texts(element: Any) -> list[str]:
    """Give the pieces of text of a block, without those of inner blocks and of additions."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == "br":
            pieces.append("\n")
        elif isinstance(child.tag, str) and not _is_added(child) and not _is_block(child):
            pieces += _texts(child)
        pieces.append(child.tail or "")
    return pieces


def _collect(element: Any, pieces: list[str]) -> None:
    """Collect the texts of an element, without those of additions and scripts."""
    if isinstance(element.tag, str) and element.tag not in UNSEEN and not _is_added(element):
        pieces.append(element.text or "")
        for child in element:
            _collect(child, pieces)
            pieces.append(child.tail or "")


_is_block: Any = etree.XPath(f"boolean(self::*[{BLOCKS}])")


def one_blank(text: str) -> str:
    """Replace each run of blanks and line ends by one blank, and drop those at both ends."""
    return " ".join(text.split())
