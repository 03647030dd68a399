"""The citations and backlinks between the documents of all issues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.model.amendments import Amendment
from generator.model.blocks import Citation, CitationKey, Manner, Relation
from generator.model.gazette import Elsewhere
from generator.model.issue import Diagnostic
from generator.model.printings import Printings
from generator.model.summary import CitationFact, DocumentFact, document_url
from generator.model.validity import State


@dataclass(frozen=True, slots=True)
class Target:
    """A document of the archive that a citation leads to."""

    issue: str
    document: str
    title: str
    number: str
    date: str
    anchor: str = ""  # of the plan, if the citation names the plan and not the notice

    @property
    def url(self) -> str:
        """Address relative to the site's root."""
        return document_url(self.issue, self.document)


@dataclass(frozen=True, slots=True)
class HeldPart:
    """A provision that a citation names (第三条第（二）项) and that the cited document has."""

    named: tuple[str, ...]  # Pin.anchors
    anchor: str  # the first of them that the document has
    is_exact: bool = True  # the provision itself, not one that contains it


@dataclass(frozen=True, slots=True)
class Resolved:
    """The target of a citation: a held document, or one elsewhere, and always the work's entry."""

    work: str  # guofa-2016-13
    page: str  # works/<page>.html: guofa, or title-g
    number: str = ""  # of the work, if known
    target: Target | None = None
    elsewhere: Elsewhere | None = None
    differs: bool = False  # found by its number, but the cited title is not the document's
    later: bool = False  # the held text is newer than the citing document
    # the document has the cited title, but not the cited number in its text: date or history agree
    by_title: bool = False
    # a held document of the cited title, of which nothing shows that it is the cited one
    namesake: Target | None = None
    parts: tuple[HeldPart, ...] = ()  # provisions of the target that citations name

    def part(self, named: tuple[str, ...]) -> str:
        """Give the anchor of a named provision (Pin.anchors); empty if the target lacks it."""
        held = self.held_part(named)
        return held.anchor if held else ""

    def held_part(self, named: tuple[str, ...]) -> HeldPart | None:
        """Give the held provision of a name; None if the target lacks it."""
        return next((part for part in self.parts if part.named == named), None)

    @property
    def entry(self) -> str:
        """Address of the work's entry relative to the site's root."""
        return f"works/{self.page}.html#{self.work}"


@dataclass(frozen=True, slots=True)
class Backlink:
    """One place that cites a document."""

    issue: str
    document: str
    title: str
    number: str
    date: str
    anchor: str
    text: str
    sentence: str
    relation: Relation
    parts: tuple[str, ...] = ()  # anchors of the cited document's provisions that it names
    manner: Manner = ""
    day: str = ""  # since when it repeals or suspends, if its sentence names a day

    @classmethod
    def of(
        cls,
        issue: str,
        document: DocumentFact,
        citation: CitationFact,
        parts: tuple[str, ...] = (),
    ) -> Backlink:
        """Make a backlink from a citation and the document that contains it."""
        return cls(
            issue,
            document.id,
            document.title,
            document.number,
            document.date,
            citation.anchor,
            citation.text,
            citation.sentence,
            citation.relation,
            parts,
            citation.manner,
            citation.day,
        )

    @property
    def url(self) -> str:
        """Address of the citing document relative to the site's root."""
        return document_url(self.issue, self.document)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document near a given one: it cites that one, is cited by it, or is cited beside it."""

    label: str  # its number, else its title
    title: str
    url: str  # relative to the site's root, or of another site
    state: Literal["held", "elsewhere", "not-held"]
    relation: Relation
    count: int = 1


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The neighbours of a document, those with the strongest relation first, then by count."""

    cites: tuple[Neighbour, ...] = ()
    cited_by: tuple[Neighbour, ...] = ()
    together: tuple[Neighbour, ...] = ()  # cited by the same documents


@dataclass(frozen=True, slots=True)
class AmendingDecision:
    """A decision that changes a document: what it does to it, with the places that are held."""

    issue: str
    document: str
    title: str
    number: str
    date: str
    # each with the anchor of the changed provision in the amended document; empty if not found
    operations: tuple[tuple[Amendment, str], ...]
    is_read: bool = True  # no sentence of the decision was left unread

    @property
    def url(self) -> str:
        """Address relative to the site's root."""
        return document_url(self.issue, self.document)


@dataclass(frozen=True, slots=True)
class Republished:
    """An older text of the same title, and the decisions that changed it since."""

    base: Target
    articles: tuple[str, ...]  # DocumentFact.articles of the older text
    decisions: tuple[AmendingDecision, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """How documents cite each other over all summaries; the only value that spans issues."""

    resolved: Mapping[tuple[str, str, CitationKey], Resolved] = field(default_factory=dict)
    cited_by: Mapping[tuple[str, str], tuple[Backlink, ...]] = field(default_factory=dict)
    neighbours: Mapping[tuple[str, str], Neighbourhood] = field(default_factory=dict)
    diagnostics: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    # of a decision: the place that each of its amendments changes, None if it is not held
    amends: Mapping[tuple[str, str], tuple[Target | None, ...]] = field(default_factory=dict)
    # of a document: the decisions that change it, the oldest first
    amended: Mapping[tuple[str, str], tuple[AmendingDecision, ...]] = field(default_factory=dict)
    republished: Mapping[tuple[str, str], Republished] = field(default_factory=dict)
    states: Mapping[tuple[str, str], State] = field(default_factory=dict)
    # of a document that is printed several times: its other printings
    printings: Mapping[tuple[str, str], Printings] = field(default_factory=dict)

    def lookup(self, issue: str, document: str, citation: Citation | CitationFact) -> Resolved:
        """Give the target of a citation of a document."""
        return self.resolved[issue, document, citation.key]

    def part(self) -> dict[str, Links]:
        """Split the links by issue: each gets only the links that its own pages show."""
        resolved: dict[str, dict[tuple[str, str, CitationKey], Resolved]] = {}
        cited_by: dict[str, dict[tuple[str, str], tuple[Backlink, ...]]] = {}
        neighbours: dict[str, dict[tuple[str, str], Neighbourhood]] = {}
        amends: dict[str, dict[tuple[str, str], tuple[Target | None, ...]]] = {}
        amended: dict[str, dict[tuple[str, str], tuple[AmendingDecision, ...]]] = {}
        republished: dict[str, dict[tuple[str, str], Republished]] = {}
        for citation, found in self.resolved.items():
            resolved.setdefault(citation[0], {})[citation] = found
        for document, places in self.cited_by.items():
            cited_by.setdefault(document[0], {})[document] = places
        for document, near in self.neighbours.items():
            neighbours.setdefault(document[0], {})[document] = near
        states: dict[str, dict[tuple[str, str], State]] = {}
        for document, state in self.states.items():
            states.setdefault(document[0], {})[document] = state
        for document, targets in self.amends.items():
            amends.setdefault(document[0], {})[document] = targets
        for document, decisions in self.amended.items():
            amended.setdefault(document[0], {})[document] = decisions
        for document, older in self.republished.items():
            republished.setdefault(document[0], {})[document] = older
        printings: dict[str, dict[tuple[str, str], Printings]] = {}
        for document, others in self.printings.items():
            printings.setdefault(document[0], {})[document] = others
        names = resolved.keys() | cited_by.keys() | neighbours.keys() | self.diagnostics.keys()
        names |= amends.keys() | amended.keys() | republished.keys() | states.keys()
        names |= printings.keys()
        return {
            name: Links(
                resolved.get(name, {}),
                cited_by.get(name, {}),
                neighbours.get(name, {}),
                {name: self.diagnostics.get(name, ())},
                amends.get(name, {}),
                amended.get(name, {}),
                republished.get(name, {}),
                states.get(name, {}),
                printings.get(name, {}),
            )
            for name in sorted(names)
        }
