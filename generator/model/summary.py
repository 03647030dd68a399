"""Summaries: the facts about one issue that other issues and the home site need."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from sys import intern
from typing import Literal, NamedTuple, TypeAlias

from generator.language.deadlines import Due
from generator.model.amendments import Amendment
from generator.model.blocks import CitationKey, Manner, Relation
from generator.model.validity import OwnTerm

RegisterName: TypeAlias = Literal["agencies", "people", "offices"]


@dataclass(frozen=True, slots=True)
class CitationFact:
    """The facts about one citation that other issues need."""

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
    pins: tuple[tuple[str, ...], ...] = ()  # Pin.anchors of each provision that it names
    issuer: str = ""
    dated: str = ""
    manner: Manner = ""
    day: str = ""  # since when it repeals or suspends, if its sentence names a day

    @property
    def key(self) -> CitationKey:
        """See Citation.key."""
        dated = self.dated if self.relation == "repeals" else ""
        number = self.number
        return number, self.title, self.edition, self.issuer, dated, self.relation


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """The facts about one document that other issues need."""

    id: str
    title: str
    number: str
    issuer: str
    type: str
    date: str
    category: str
    page: int | None
    names: tuple[str, ...]  # folded titles under which it is cited
    plan: str = ""  # anchor of the plan that it transmits: f1
    plan_names: tuple[str, ...] = ()  # folded titles of the plan itself, without the notice's
    anchors: tuple[str, ...] = ()  # of its units, in the order of the page
    # names of provisions that are not their anchors → anchors (generator/model/provisions.py)
    provisions: tuple[tuple[str, str], ...] = ()
    # the printed page on which each of them begins, empty if not known; none if none is known
    printed: tuple[str, ...] = ()
    history: tuple[str, ...] = ()  # numbers in the note under its title, of all its versions
    first_id: str = ""  # the id of its first publication, if it was another one
    since: str = ""  # the day on which it was first published on the site; empty until it is frozen
    line: int = 1  # of its number, else its first line; where findings about it are reported
    terms: tuple[OwnTerm, ...] = ()
    amendments: tuple[Amendment, ...] = ()  # of other documents
    unread: int = 0  # sentences of a decision on amendment that were not read
    articles: tuple[str, ...] = ()  # number and digest of each article: 5:0a1b2c3d4e5f
    text: str = ""  # fingerprint of its text (archive/fingerprints.py)

    def printed_page(self, anchor: str) -> str:
        """Give the printed page of a unit, else of the document; empty if neither is known."""
        page = str(self.page or "")
        if anchor in self.anchors and self.printed:
            return self.printed[self.anchors.index(anchor)] or page
        return page


@dataclass(frozen=True, slots=True)
class NamedFact:
    """The people, posts or agencies that a document names, with the number of places of each."""

    register: RegisterName
    document: str
    names: tuple[str, ...]  # of agencies: as in gazette.toml
    counts: tuple[int, ...]  # in how many places the document names each


class StandardFact(NamedTuple):
    """A standard (标准) that a document cites in one place; a tuple like Said."""

    document: str
    anchor: str
    line: int
    id: str  # gb-t-9704-2012
    name: str  # GB/T 9704—2012
    family: str  # GB
    title: str  # that stands beside the number; empty if none does
    text: str  # as printed
    sentence: str


class DutyFact(NamedTuple):
    """A task with a deadline on certain days, and its agencies in one role; a tuple like Said."""

    document: str
    anchor: str
    task: str  # its beginning
    deadline: str  # as printed
    days: tuple[Due, ...]
    role: str
    agencies: tuple[str, ...]  # names as in gazette.toml


class Said(NamedTuple):
    """A statement of a paragraph or row about someone; a tuple, as an issue has hundreds."""

    anchor: str
    text: str  # a post, a person, or the beginning of a task
    note: str  # a deadline, or a remark on a post (试用期一年)


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """The places where a document names someone: each role with indexes into Mentions.said."""

    register: RegisterName
    document: str
    name: str
    roles: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """What an issue says about people, posts and agencies; only the registers' pages need it.

    ``said`` has each statement once; ``named`` refers to statements by their index.
    """

    said: tuple[Said, ...]
    named: tuple[NamedPlaces, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts about one issue that other issues and the home site need."""

    name: str
    year: int | None
    number: int | None
    total_number: int | None
    documents: tuple[DocumentFact, ...]
    citations: tuple[CitationFact, ...]
    named: tuple[NamedFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    confirmed: tuple[tuple[str, int], ...] = ()  # code and line of findings right as printed
    files: tuple[tuple[str, int], ...] = ()  # of several files: name, first line of each
    # provisions named by a short name, or by a name without 《》; the relation is that of the key
    references: tuple[CitationFact, ...] = ()
    gazette: str = ""  # title, as printed on the masthead
    standards: tuple[StandardFact, ...] = ()

    def place_of(self, content: str, line: int) -> tuple[str, int]:
        """Give the path of the file that a line is from, and the number of the line in it."""
        if not self.files:
            return f"{content}/{self.name}/issue.md", line
        nth = bisect_right(self.files, line, key=lambda file: file[1])
        name, first = self.files[max(nth - 1, 0)]
        return f"{content}/{self.name}/documents/{name}", line - first + 1


def share_names(summary: Summary) -> Summary:
    """Keep one copy in memory of each anchor, name, title and number of all documents and issues.

    All summaries of an archive are in memory at the same time. Each was read from a file or came
    from another process, so that it has its own copy of every text.
    """
    return replace(
        summary,
        documents=tuple(
            replace(document, anchors=tuple(map(intern, document.anchors)))
            for document in summary.documents
        ),
        citations=tuple(map(_share, summary.citations)),
        references=tuple(map(_share, summary.references)),
        named=tuple(replace(fact, names=tuple(map(intern, fact.names))) for fact in summary.named),
        duties=tuple(
            duty._replace(agencies=tuple(map(intern, duty.agencies))) for duty in summary.duties
        ),
    )


def _share(citation: CitationFact) -> CitationFact:
    return replace(
        citation,
        document=intern(citation.document),
        title=intern(citation.title),
        number=intern(citation.number),
        work=intern(citation.work),
        issuer=intern(citation.issuer),
    )


def document_url(issue: str, document: str) -> str:
    """Give the address of a document's page, relative to the site's root."""
    return f"{issue}/{document}.html"
