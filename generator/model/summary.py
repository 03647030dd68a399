"""What other issues, and the home site, need to know of one issue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from sys import intern
from typing import Literal, NamedTuple, TypeAlias

from generator.language.deadlines import Due
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
    anchors: tuple[str, ...] = ()  # of its units, in the order of the page
    first_id: str = ""  # that it was published under, where it was another one


@dataclass(frozen=True, slots=True)
class NamedFact:
    """Whom of those that a register lists a document names, and in how many places each."""

    register: RegisterName
    document: str
    names: tuple[str, ...]  # an agency's as gazette.toml knows it
    counts: tuple[int, ...]  # in how many places the document names each


class DutyFact(NamedTuple):
    """A task whose deadline names days, and who must do it in one role; flat, as Said is."""

    document: str
    anchor: str
    task: str  # its beginning
    deadline: str  # as printed
    days: tuple[Due, ...]
    role: str
    agencies: tuple[str, ...]  # as gazette.toml knows them


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


def share_names(summary: Summary) -> Summary:
    """Hold each anchor, name, title and number once, however many documents and issues have it.

    All summaries of an archive are held at the same time; each is read, or comes from another
    process, with texts of its own.
    """
    return replace(
        summary,
        documents=tuple(
            replace(document, anchors=tuple(map(intern, document.anchors)))
            for document in summary.documents
        ),
        citations=tuple(
            replace(
                citation,
                document=intern(citation.document),
                title=intern(citation.title),
                number=intern(citation.number),
                work=intern(citation.work),
                issuer=intern(citation.issuer),
            )
            for citation in summary.citations
        ),
        named=tuple(replace(fact, names=tuple(map(intern, fact.names))) for fact in summary.named),
        duties=tuple(
            duty._replace(agencies=tuple(map(intern, duty.agencies))) for duty in summary.duties
        ),
    )


def document_url(issue: str, document: str) -> str:
    """Address of a document's page relative to the site's root."""
    return f"{issue}/{document}.html"
