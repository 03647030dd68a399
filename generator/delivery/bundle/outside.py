"""Finds what a file loads from another host by itself: a bundle must not hold such a file.

A link that a reader may follow loads nothing. The search rather finds a harmless address too many
than misses one that loads: for example, it counts all addresses in a script.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeAlias

from generator.delivery.bundle.tags import Tag, read_tags
from generator.runtime.errors import SiteError
from generator.runtime.patterns import lazy_regex

Outside: TypeAlias = tuple[int, str]  # offset in the text, address


@dataclass(frozen=True, slots=True)
class Dormant:
    """An address in a vendored script that none of our pages makes the script load."""

    file: str  # a pattern of paths
    address: str  # the beginning of the address
    reason: str
    wakes: re.Pattern[str] | None = None  # markup on a page that makes the script load it


MATERIAL = "assets/javascripts/bundle.*.min.js"
SOURCE = lazy_regex(r"""data-md-component=["']?source\b""")
DORMANT = (
    Dormant(
        MATERIAL,
        "https://unpkg.com/resize-observer-polyfill",
        "for browsers without ResizeObserver, which all have had since 2020",
    ),
    Dormant(
        MATERIAL,
        "https://unpkg.com/mermaid@",
        "for pages with a Mermaid diagram",
        lazy_regex(r"""<pre\s[^<>]*\bmermaid\b"""),
    ),
    Dormant(MATERIAL, "https://api.github.com/", "for sites with a repo_url", SOURCE),
    Dormant(MATERIAL, "https://${e}/api/v4/", "for sites with a repo_url at GitLab", SOURCE),
)

# names of XML vocabularies, which look like addresses
VOCABULARIES = frozenset(
    {
        "http://www.w3.org/1998/Math/MathML",
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/2000/xmlns/",
        "http://www.w3.org/XML/1998/namespace",
    }
)

# attributes whose address is loaded, on any element; for href except on LINKS and PASSIVE ones
ADDRESSES = frozenset(
    {"src", "href", "poster", "data", "background", "manifest", "codebase", "lowsrc", "ping"}
)
SETS = frozenset({"srcset", "imagesrcset"})
LINKS = frozenset({"a", "area"})
# relations of a <link> that only points to another page
PASSIVE = frozenset(
    {"alternate", "author", "canonical", "describedby", "help", "license", "next", "prev", "search"}
)

# https://…, //…, \\…, file://…; a browser drops blanks before an address and line ends inside it
ELSEWHERE = lazy_regex(r"(?!(?:data|blob|about|javascript):)(?:[a-z][a-z0-9+.-]*+:|[/\\]{2})", re.I)
BLANKS = dict.fromkeys(map(ord, "\t\n\r"))
LEADING = "".join(map(chr, range(33)))
PAGES, STYLES, SCRIPTS = {".html", ".htm", ".xhtml", ".svg"}, {".css"}, {".js", ".mjs"}
LOADERS = PAGES | STYLES | SCRIPTS
# attributes that contain CSS, and those of SVG pictures that may: fill="url(…)"
STYLED = frozenset(
    {"style", "fill", "stroke", "filter", "mask", "clip-path", "cursor", "values", "from", "to"}
    | {"by", "marker", "marker-start", "marker-mid", "marker-end"}
)
# most tags contain none of these, and so no address of another host
SUSPECT = lazy_regex(r"[:&\\]|/\s*+/")
CANDIDATE = lazy_regex(r"(?:^|,)\s*+(?P<address>\S++)")
# 0; url=https://… or 5;https://…
REFRESH = lazy_regex(r"""[\d.\s]*+[;,]?\s*+(?:url\s*+=)?\s*+["']?(?P<address>.*)""", re.I | re.S)

# \75 rl(…) means url(…)
STYLE_ESCAPE = lazy_regex(r"\\(?:(?P<code>[0-9a-f]{1,6})\s?|(?P<char>.))", re.I | re.S)
# url(//…)  @import "https://…"  image-set("https://…" 2x)
STYLE = lazy_regex(
    rf"""(?: url\(\s*+["']?
           | @import(?:\s|/\*(?:[^*]|\*(?!/)){{0,500}}+\*/)*+["']
           | image-set\((?=(?P<set>[^{{}}]{{0,1000}}+))
         )\s*+(?P<address>(?:{ELSEWHERE.pattern})[^"'\s)]*+)?""",
    re.VERBOSE | re.IGNORECASE,
)
STRING = lazy_regex(rf"""["']\s*+(?P<address>(?:{ELSEWHERE.pattern})[^"'\s)]*+)""", re.IGNORECASE)
# "https://…"  `wss://…`  "https:\/\/…"  '//host.name/…'; not "a"//comment
SCRIPT = lazy_regex(
    r"""["'`](?P<address>
        (?:\s*+(?:https?|wss?|ftp):(?:\\?/){2}
          |(?:\\?/){2}(?=[\w-]++\.\w|\[|\$\{)
        )[^"'`\s]*+)""",
    re.VERBOSE | re.IGNORECASE,
)


def refuse_outside(name: str, text: str) -> None:
    """Raise SiteError when a file loads from another host."""
    for at, address in find_outside(name, text):
        line = text.count("\n", 0, at) + 1
        message = (
            f"{name}:{line}: 要从别的网站加载 {address[:80]}，离线时打不开；"
            "请把它的副本放进本站，改用副本"
        )
        raise SiteError(message)


def find_outside(name: str, text: str) -> Iterator[Outside]:
    """Find the addresses that a file loads from another host; its suffix says how to read it."""
    suffix = _suffix(name)
    if suffix in PAGES:
        yield from _in_page(text)
    elif suffix in STYLES:
        yield from _in_style(text)
    elif suffix in SCRIPTS:
        known = tuple(d.address for d in DORMANT if fnmatchcase(name, d.file))
        yield from (o for o in _in_script(text) if not o[1].startswith(known))


def may_load(name: str) -> bool:
    """Whether a file of this name can load other files."""
    return _suffix(name) in LOADERS


def _suffix(name: str) -> str:
    return posixpath.splitext(name)[1].lower()  # a PurePosixPath takes ten times as long


def loaded(tag: Tag) -> Iterator[str]:
    """List the addresses that a browser loads for a tag."""
    relations = tag.get("rel").lower().split() if tag.name == "link" else []
    passive = tag.name in LINKS or (relations and PASSIVE.issuperset(relations))
    for attribute in tag.attributes:
        if attribute.name in SETS:
            yield from (found["address"] for found in CANDIDATE.finditer(attribute.value))
        elif attribute.name in ADDRESSES and not (passive and attribute.name == "href"):
            yield attribute.value
    if tag.name == "meta" and tag.get("http-equiv").lower() == "refresh":
        found = REFRESH.match(tag.get("content"))
        yield found["address"] if found else ""


def _in_page(text: str) -> Iterator[Outside]:
    for dormant in DORMANT:
        if dormant.wakes and (found := dormant.wakes.search(text)):
            yield found.start(), dormant.address
    for tag in read_tags(text, SUSPECT):
        at, end = tag.found.span()
        if tag.raw and tag.name == "style":
            yield from ((end + place, address) for place, address in _in_style(tag.raw))
        elif tag.raw and "json" not in tag.get("type"):
            yield from ((end + place, address) for place, address in _in_script(tag.raw))
        if SUSPECT.search(tag.inside):
            yield from ((at, address) for address in loaded(tag) if _is_outside(address))
            yield from ((at, address) for address in _in_values(tag))


def _in_values(tag: Tag) -> Iterator[str]:
    """Find the addresses that a style, a script or a page inside an attribute loads."""
    for attribute in tag.attributes:
        if attribute.name in STYLED:
            yield from (address for _, address in _in_style(attribute.value))
        if attribute.name.startswith("on") or attribute.value.startswith("javascript:"):
            yield from (address for _, address in _in_script(attribute.value))
        if attribute.name == "srcdoc":
            yield from (address for _, address in _in_page(attribute.value))


def _is_outside(address: str) -> bool:
    return bool(ELSEWHERE.match(address.translate(BLANKS).lstrip(LEADING)))


def _in_style(text: str) -> Iterator[Outside]:
    plain = STYLE_ESCAPE.sub(_unescape_style, text) if "\\" in text else text
    for found in STYLE.finditer(plain):
        # after an escape, the offset is a few characters wrong
        if found["address"]:
            yield found.start(), found["address"]
        elif found["set"]:
            yield from ((found.start(), s["address"]) for s in STRING.finditer(found["set"]))


def _unescape_style(found: re.Match[str]) -> str:
    if found["char"]:
        return found["char"].strip("\n")
    code = int(found["code"], 16)
    return chr(code) if code < 0x110000 else "\ufffd"


def _in_script(text: str) -> Iterator[Outside]:
    for found in SCRIPT.finditer(text):
        address = found["address"].replace("\\", "").strip()
        if address not in VOCABULARIES:
            yield found.start(), address
