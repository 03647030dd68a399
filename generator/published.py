"""What was published at which address: addresses.json, which ``gazette freeze`` keeps.

It lies beside the issue's text and says, of each document and each of its paragraphs, the address
and the reading that readers have been given. keep.py holds later builds to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from generator.errors import SourceError

ADDRESSES_FILE = "addresses.json"
FORMAT = "gazette-addresses/1"
# an id becomes the name of a file, an anchor stands in one
NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
OTHER_PAGES = frozenset(("index", "corrections", "404"))  # of an issue's folder
PLACE = re.compile(r"\[\s+(\d+),\s+(\"(?:[^\"\\]|\\.)*\")\s+\]")


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """A document as it was published last."""

    title: str
    since: str  # the day on which this address was first published
    places: Mapping[str, tuple[int, str]]  # anchor → source line, text; rows of tables too
    aliases: Mapping[str, str] = field(default_factory=dict)  # former anchor → anchor


@dataclass(frozen=True, slots=True)
class Moved:
    """An id that a document was published under before it got another."""

    to: str
    title: str
    anchors: Mapping[str, str] = field(default_factory=dict)  # those that changed


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A document that was published and is no longer."""

    title: str
    why: str
    date: str  # the day from which on it was not


@dataclass(frozen=True, slots=True)
class Reading:
    """How a paragraph read before."""

    document: str
    anchor: str  # of the paragraph as it reads now; empty where it is gone
    text: str
    until: str = ""  # the day on which another reading was published; empty where that is to come


@dataclass(frozen=True, slots=True)
class Published:
    """All that was published of an issue."""

    issue: str  # <gazette>/<issue folder>: the beginning of its addresses
    source: str  # sha256 of the text that it was made of
    documents: Mapping[str, PublishedDocument]
    moved: Mapping[str, Moved] = field(default_factory=dict)
    withdrawn: Mapping[str, Withdrawn] = field(default_factory=dict)
    earlier: tuple[Reading, ...] = ()
    format: str = FORMAT


def read_published(path: Path, issue: str) -> Published | None:
    """Read what was published of an issue; nothing where nothing was.

    Raises SourceError for a file of another form, with a name that cannot be an address, or of
    another issue: its folder's name is part of every address.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        msg = f"{path}:1: cannot be read ({error.strerror})"
        raise SourceError(msg) from error
    try:
        found = msgspec.json.decode(data, type=Published)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        msg = f"{path}:1: not written by gazette freeze, or changed since: {error}"
        raise SourceError(msg) from error
    if found.format != FORMAT:
        msg = f"{path}:1: is of format {found.format!r}; this program reads {FORMAT!r}"
        raise SourceError(msg)
    if found.issue != issue:
        msg = (
            f"{path}:1: the issue was published as {found.issue!r}, which all its addresses begin "
            f"with; give its folder that name again, or remove {path.name} if it never was"
        )
        raise SourceError(msg)
    for name in _names(found):
        if not NAME.fullmatch(name):
            msg = f"{path}:1: {name[:60]!r} cannot be an address"
            raise SourceError(msg)
    for name in (*found.documents, *found.moved, *found.withdrawn):
        if name.lower() in OTHER_PAGES:
            msg = f"{path}:1: {name!r} is the address of another page"
            raise SourceError(msg)
    return found


def _names(published: Published) -> Iterator[str]:
    for name, document in published.documents.items():
        yield name
        yield from document.places
        yield from document.aliases
    for name, moved in published.moved.items():
        yield name
        yield from moved.anchors
    yield from published.withdrawn


def write_published(path: Path, published: Published) -> bool:
    """Write what was published, a line for each paragraph; say whether the file is a new one.

    The same bytes for the same value; a file that says it already is left alone.
    """
    data = msgspec.to_builtins(published)
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    text = PLACE.sub(r"[\1, \2]", text)
    if path.is_file() and path.read_text("utf-8") == text:
        return False
    path.write_text(text, "utf-8")
    return True
