"""What was published of an issue at which address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FORMAT = "gazette-addresses/1"


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """A document as it was published last."""

    title: str
    since: str  # the day on which this address was first published
    places: Mapping[str, tuple[int, str]]  # anchor → source line, text; rows of tables too
    aliases: Mapping[str, str] = field(default_factory=dict)  # former anchor → anchor


@dataclass(frozen=True, slots=True)
class Moved:
    """An id that a document was published under before it got another.

    Where the document was withdrawn since, the id stays here as well: it is still the document's.
    """

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
    # where it was published, when that is elsewhere: by these a reading can still be withheld
    published_in: str = ""
    published_at: str = ""


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
