"""What other issues, and the home site, need to know of one issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from generator.model.blocks import CitationKey, Relation

RegisterName: TypeAlias = Literal["agencies", "people"]


@dataclass(frozen=True, slots=True)
class CitationFact:
    """What other issues need to know of one citation."""

    document: str  # the citing document's id
    anchor: str
    line: int
    text: str
    sentence: str
    title: str
    number: str
    relation: Relation
    work: str
    edition: str = ""
    nested: bool = False
    pins: tuple[tuple[str, ...], ...] = ()  # anchors of the parts it names
    issuer: str = ""
    dated: str = ""

    @property
    def key(self) -> CitationKey:
        """See Citation.key."""
        dated = self.dated if self.relation == "repeals" else ""
        number = self.number
        return number, self.title, self.edition, self.issuer, dated, self.relation


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """What other issues need to know of one document."""

    id: str
    title: str
    number: str
    issuer: str
    type: str
    date: str
    category: str
    page: int | None
    names: tuple[str, ...]  # folded titles it goes by
    plan: str = ""  # anchor of the plan it transmits: f1
    plan_names: tuple[str, ...] = ()  # folded titles that name the plan alone
    anchors: str = ""  # of its units, parted by blanks
    first_id: str = ""  # that it was published under, where it was another one


@dataclass(frozen=True, slots=True)
class NamedFact:
    """Whom of those that a register lists a document names, and in how many places each.

    There are hundreds of names an issue, and all issues are held at once: they are one text.
    """

    register: RegisterName
    document: str
    names: str  # a line for each; an agency's as gazette.toml knows it
    counts: tuple[int, ...]

    def each(self) -> Iterator[tuple[str, int]]:
        """Give the names, and in how many places each stands."""
        return zip(self.names.split("\n"), self.counts, strict=True)


class DutyFact(NamedTuple):
    """A task whose deadline names days, and who must do it in one role; flat, as Said is."""

    document: str
    anchor: str
    task: str  # its beginning
    deadline: str  # as printed
    days: str  # a line for each, as Due.__str__ writes it
    role: str
    agencies: str  # a line for each, as gazette.toml knows it


class Said(NamedTuple):
    """What one paragraph or row says of someone; a tuple, for there are hundreds an issue."""

    anchor: str
    text: str  # a post, or the beginning of a task
    note: str  # a deadline


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """Where a document names someone: under each role, numbers of what is said."""

    register: RegisterName
    document: str
    name: str
    roles: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that an issue says of those whom registers list; only their own pages ask for it."""

    said: tuple[Said, ...]
    named: tuple[NamedPlaces, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What other issues, and the home site, need to know of one issue."""

    name: str
    year: int | None
    number: int | None
    total_number: int | None
    documents: tuple[DocumentFact, ...]
    citations: tuple[CitationFact, ...]
    named: tuple[NamedFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()


def document_url(issue: str, document: str) -> str:
    """Address of a document's page relative to the site's root."""
    return f"{issue}/{document}.html"
