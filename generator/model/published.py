"""The record of the addresses that an issue was published at (addresses.json)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FORMAT = "gazette-addresses/1"


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """A document in the state in which it was published last."""

    title: str
    since: str  # the day on which the document was first published
    places: Mapping[str, tuple[int, str]]  # anchor → source line, text; rows of tables too
    aliases: Mapping[str, str] = field(default_factory=dict)  # former anchor → anchor


@dataclass(frozen=True, slots=True)
class Moved:
    """A former id of a document that has another id now.

    If the document was withdrawn later, the former id stays in this list, too, because it still
    belongs to the document.
    """

    to: str  # the present id
    title: str
    anchors: Mapping[str, str] = field(default_factory=dict)  # changed: former → present, or empty


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A document that was published and is not published any more."""

    title: str
    why: str
    date: str  # the first day on which it was not published


@dataclass(frozen=True, slots=True)
class Reading:
    """An earlier text of a paragraph."""

    document: str
    anchor: str  # of the present paragraph; empty if the paragraph is gone
    text: str
    until: str = ""  # the day on which another text was published; empty if that is still to come
    # document and anchor at which it was published, if others: an editor may still withhold it
    published_in: str = ""
    published_at: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that was published of an issue, with its addresses."""

    issue: str  # <gazette>/<issue folder>: the beginning of its addresses
    source: str  # sha256 of the text that it was made from
    documents: Mapping[str, PublishedDocument]
    moved: Mapping[str, Moved] = field(default_factory=dict)
    withdrawn: Mapping[str, Withdrawn] = field(default_factory=dict)
    earlier: tuple[Reading, ...] = ()
    format: str = FORMAT
