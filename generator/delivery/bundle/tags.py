"""Reads the tags of a page as they are written, in time proportional to its length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape

from generator.runtime.patterns import lazy_regex

# <a class="held" href='x.html#p1'>  <?xml-stylesheet href="x.css"?>
# Text with a quotation mark that is never closed is no tag.
# A match ends at a < unless the < is quoted. Matches that overlap can differ only in the part that
# they take as quoted, and at most three of them differ, so no text is read more than three times.
TAG = lazy_regex(
    r"""<\??(?P<name>[a-zA-Z][^\s/<>"']*+)
        (?P<inside>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)
        >""",
    re.VERBOSE,
)
# class="held"  href=x.html  hidden
ATTRIBUTE = lazy_regex(
    r"""(?P<name>[^\s"'/<>=]++)
        (?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'<>]++)))?""",
    re.VERBOSE,
)
ANYTHING = lazy_regex("")
# text between these tags and their end tags is no markup
RAW = {"script": lazy_regex(r"</script", re.IGNORECASE), "style": lazy_regex(r"</style", re.I)}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a tag."""

    name: str  # in lower case; href for xlink:href
    value: str
    written: str  # as it is in the page


@dataclass(frozen=True)
class Tag:
    """One start tag of a page."""

    found: re.Match[str]
    raw: str = ""  # the text up to its end tag, of a script or a style

    @property
    def name(self) -> str:
        """The name in lower case."""
        return self.found["name"].lower()

    @property
    def inside(self) -> str:
        """The text between the name and the closing >."""
        return self.found["inside"]

    @cached_property
    def attributes(self) -> tuple[Attribute, ...]:
        """The attributes in their order."""
        return tuple(
            Attribute(
                _name(found["name"].lower()),
                unescape(found["double"] or found["single"] or found["bare"] or ""),
                found[0],
            )
            for found in ATTRIBUTE.finditer(self.inside)
        )

    def get(self, name: str) -> str:
        """Give the value of an attribute, or an empty text."""
        return next((a.value for a in self.attributes if a.name == name), "")

    def rewrite(self, drop: Iterable[str], add: Mapping[str, str]) -> str:
        """Write the tag without some of its attributes, and with others at the end."""
        kept = [a.written for a in self.attributes if a.name not in drop]
        added = [f'{name}="{escape(value)}"' for name, value in add.items()]
        return f"<{' '.join([self.found['name'], *kept, *added])}>"


def read_tags(text: str, wanted: re.Pattern[str] = ANYTHING) -> Iterator[Tag]:
    """Read the start tags of a page, but none inside scripts and styles.

    Of other tags than scripts and styles, only those that have ``wanted`` after their names.
    """
    at = 0
    while at < len(text):
        for found in TAG.finditer(text, at):
            at = found.end()
            if end := RAW.get(found["name"].lower()):
                closed = end.search(text, at)
                raw = text[at : closed.start() if closed else len(text)]
                at += len(raw)
                yield Tag(found, raw)
                break
            if wanted.search(found["inside"]):
                yield Tag(found)
        else:
            return


def _name(written: str) -> str:
    prefix, _, local = written.rpartition(":")
    return written if prefix == "xmlns" else local
