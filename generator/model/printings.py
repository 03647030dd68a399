"""Works that the archive holds in several printings: one document in several issues or gazettes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from generator.model.summary import document_url

FOLDER = "printings"  # of the pages that compare the printings of a work


@dataclass(frozen=True, slots=True)
class Difference:
    """Paragraphs that two printings have differently, by their place among the compared ones.

    A range is empty where its printing lacks the text that the other one has there.
    """

    own: tuple[int, int]  # the first paragraph, and the one behind the last
    other: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Printing:
    """Another printing of a document, as seen from the document itself."""

    issue: str
    document: str
    title: str
    number: str
    date: str
    page: int | None  # printed
    gazette: str  # title, as printed on the masthead
    year: int | None
    nth: int | None  # number of the issue in its year
    total: int | None
    differences: tuple[Difference, ...] = ()

    @property
    def url(self) -> str:
        """Address relative to the site's root."""
        return document_url(self.issue, self.document)

    @property
    def place(self) -> tuple[str, str]:
        """Its issue and document."""
        return self.issue, self.document


@dataclass(frozen=True, slots=True)
class Printings:
    """The work that a document is a printing of, and the other printings of it."""

    work: str  # guofa-2016-13: also the name of the page that compares them
    others: tuple[Printing, ...]  # that of the oldest issue first
    first: tuple[str, str]  # issue and document of the printing that lists show

    @property
    def path(self) -> str:
        """Path of the page that compares the printings, from the site's root, with no suffix."""
        return f"{FOLDER}/{self.work}"


PrintingsOf: TypeAlias = Mapping[tuple[str, str], Printings]  # by issue and document
NO_PRINTINGS: PrintingsOf = {}


class Side(NamedTuple):
    """What one printing has at a difference; its text is empty if it lacks the passage."""

    anchor: str  # of the passage, else of the one behind it
    label: str  # 第二条第一款
    text: str


# what the documents of an issue have at each difference from other printings: the document's id and
# the other printing (see pair_key)
Sides: TypeAlias = Mapping[str, tuple[Side, ...]]


def pair_key(document: str, other: tuple[str, str]) -> str:
    """Make the key of a document and another printing of it."""
    return f"{document} {other[0]}/{other[1]}"
