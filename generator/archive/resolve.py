"""Summaries → Links: the document that each citation means, in the archive or on another site.

It takes one pass over summaries and reads no texts. docs/citations.md has the rules and their
sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from generator.archive.amended import find_amended
from generator.archive.nearby import find_neighbours
from generator.archive.printings import find_printings
from generator.archive.twice import find_twice
from generator.archive.validity import find_states
from generator.language.document_numbers import DocumentNumber
from generator.language.file_names import fit_name
from generator.language.pinyin import number_id, romanise
from generator.language.provisions import Anchors
from generator.model import (
    Backlink,
    CitationFact,
    CitationKey,
    Diagnostic,
    DocumentFact,
    Elsewhere,
    HeldPart,
    Lines,
    Links,
    Resolved,
    Summary,
    Target,
)
from generator.model.amendments import AmendedWork
from generator.model.codes import diagnostic
from generator.stages.citations.names import fold_name, is_name, names_of, title_id, without_tail


def resolve_citations(summaries: Iterable[Summary], elsewhere: Iterable[Elsewhere] = ()) -> Links:
    """Find the document that each citation means, from summaries alone.

    1. The whole number decides. The title decides if no number is given, if the one document of
       that title lacks its number, or if the number is that of a decree that changed the document.
    2. There is exactly one candidate, or none: never a guess. A document of another site counts
       only if the archive holds no document of that number or name.
    3. ``cited_by`` is the inverse of the targets; a document does not cite itself.
    """
    archive = _Archive(tuple(summaries), tuple(elsewhere))
    resolved: dict[tuple[str, str, CitationKey], Resolved] = {}
    candidates: dict[tuple[str, str, CitationKey], list[_Held]] = {}
    parts: dict[tuple[str, str, CitationKey], dict[tuple[str, ...], str]] = defaultdict(dict)
    cited_by: dict[tuple[str, str], list[Backlink]] = defaultdict(list)
    diagnostics: dict[str, list[Diagnostic]] = defaultdict(list, find_twice(archive.summaries))
    for summary in archive.summaries:
        documents = {d.id: d for d in summary.documents}
        for citation in summary.citations:
            citing = _Citing(summary.name, documents[citation.document])
            key = (summary.name, citation.document, citation.key)
            if key not in resolved:
                candidates[key] = archive.candidates(citation, citing)
                resolved[key] = archive.resolve(citation, citing, candidates[key])
            found = resolved[key]
            if found.target and citation.pins:
                parts[key] |= archive.held_parts(found.target, citation.pins)
            diagnostics[summary.name] += (
                d
                for d in _diagnose(citation, found, candidates[key])
                if (d.code, d.lines.first) not in summary.confirmed
            )
            target = found.target
            if target and (target.issue, target.document) != (summary.name, citation.document):
                parts_named = _parts(citation, target, parts.get(key, {}))
                place = Backlink.of(summary.name, citing.document, citation, parts_named)
                cited_by[target.issue, target.document].append(place)
        for reference in summary.references:
            citing = _Citing(summary.name, documents[reference.document])
            key = (summary.name, reference.document, reference.key)
            if key not in resolved:
                found = archive.resolve(reference, citing, archive.candidates(reference, citing))
                resolved[key] = found
            target = resolved[key].target
            if target is None:
                continue
            held_parts = archive.held_parts(target, reference.pins)
            parts[key] |= held_parts
            named = _parts(reference, replace(target, anchor=""), held_parts)
            if named and (target.issue, target.document) != (summary.name, reference.document):
                mention = replace(reference, relation="mentions")
                place = Backlink.of(summary.name, citing.document, mention, named)
                cited_by[target.issue, target.document].append(place)
    for key, held in parts.items():
        target = resolved[key].target
        listed = tuple(
            HeldPart(named, anchor, bool(target and archive.has_exactly(target, named, anchor)))
            for named, anchor in held.items()
        )
        resolved[key] = replace(resolved[key], parts=listed)
    backlinks = {key: tuple(places) for key, places in cited_by.items()}
    amended = find_amended(archive.summaries, archive.versions, archive.held_parts)
    printings = find_printings(archive.summaries)
    return Links(
        resolved,
        backlinks,
        find_neighbours(archive.summaries, resolved),
        {name: tuple(found) for name, found in diagnostics.items() if found},
        amended.amends,
        amended.amended,
        amended.republished,
        find_states(archive.summaries, backlinks, printings),
        printings,
    )


def _parts(
    citation: CitationFact, target: Target, held: Mapping[tuple[str, ...], str]
) -> tuple[str, ...]:
    """Give the anchors of the target that a citation names, else the anchor of a cited plan."""
    named = dict.fromkeys(held[pin] for pin in citation.pins if pin in held)
    return tuple(named) or ((target.anchor,) if target.anchor else ())


@dataclass(frozen=True, slots=True)
class _Citing:
    """The document that cites, with its issue."""

    issue: str
    document: DocumentFact

    @property
    def gazette(self) -> str:
        return self.issue.partition("/")[0]


@dataclass(frozen=True, slots=True)
class _Held:
    """A document of the archive, as a candidate."""

    issue: str
    document: DocumentFact

    @property
    def key(self) -> tuple[str, str]:
        return self.issue, self.document.id

    def target(self, anchor: str = "") -> Target:
        d = self.document
        return Target(self.issue, d.id, d.title, d.number, d.date, anchor)


@dataclass
class _Archive:
    """Indexes of the documents, of the archive and elsewhere, by number and by name."""

    summaries: tuple[Summary, ...]
    elsewhere: tuple[Elsewhere, ...]
    by_number: dict[str, list[_Held]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[_Held]] = field(default_factory=lambda: defaultdict(list))
    held: dict[tuple[str, str], DocumentFact] = field(default_factory=dict)
    anchors: dict[tuple[str, str], Anchors] = field(default_factory=dict)  # filled when needed

    def __post_init__(self) -> None:
        for summary in self.summaries:
            for document in summary.documents:
                candidate = _Held(summary.name, document)
                self.held[candidate.key] = document
                if document.number:
                    self.by_number[document.number].append(candidate)
                for name in document.names:
                    self.by_name[name].append(candidate)
        self.outside_number = _only((item.number, item) for item in self.elsewhere if item.number)
        self.outside_name = _only(
            (name, item)
            for item in self.elsewhere
            for name in item.names or (names_of(item.title, "") if item.title else ())
        )

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Titles that occur with exactly one number: folded title → number."""
        known: dict[str, set[str]] = defaultdict(set)
        pairs = [
            (c.title, c.number)
            for summary in self.summaries
            for c in summary.citations
            if c.title and c.number and not self._disagrees(c)
        ]
        pairs += [(d.title, d.number) for s in self.summaries for d in s.documents if d.number]
        pairs += [(e.title, e.number) for e in self.elsewhere if e.title and e.number]
        for title, number in pairs:
            for name in names_of(title, ""):  # also the plan's: 关于印发X的通知 is known as X
                known[name].add(number)
        # each set has one element, so that its order does not matter
        return {name: next(iter(ids)) for name, ids in known.items() if len(ids) == 1}

    def _disagrees(self, citation: CitationFact) -> bool:
        """Whether the archive holds the cited number, but not under the cited title."""
        held = self.by_number.get(citation.number, ())
        return bool(held) and not any(_agrees(h.document, citation.title) for h in held)

    def resolve(
        self, citation: CitationFact, citing: _Citing, candidates: Sequence[_Held]
    ) -> Resolved:
        """Find the target of a citation: the only candidate, or a document of another site."""
        number = citation.number or self.aliases.get(fold_name(citation.title), "")
        # if only the title is cited and its number is known, the id is made from the number
        own = citation.work if citation.number or not number else ""
        work, page = work_place(own, number, citation.title)
        if len(candidates) == 1:
            held = candidates[0]
            anchor = self._plan_anchor(held.document, citation.title)
            return Resolved(
                work,
                page,
                number or held.document.number,
                held.target(anchor),
                differs=bool(citation.number and citation.title)
                and not _agrees(held.document, citation.title),
                later=_is_later(held.document.date, citing.document.date),
                by_title=bool(citation.number and citation.title)
                and held.document.number != citation.number,
            )
        outside = None if candidates else self._outside(citation)
        alike = [] if candidates or outside else self._alike(citation)
        namesake = alike[0].target() if len(alike) == 1 else None
        return Resolved(work, page, number, elsewhere=outside, namesake=namesake)

    def candidates(self, citation: CitationFact, citing: _Citing) -> list[_Held]:
        """List the documents that a citation can mean; a document printed twice counts once."""
        found = self._candidates(citation, citing)
        if citation.relation == "repeals":
            # 原《民兵工作条例》同时废止, in the new regulation of that name, means an older text
            own = citing.document
            found = [
                h
                for h in found
                if h.document is not own and not _is_later(h.document.date, own.date)
            ]
            if citation.dated and not citation.number:
                found = [h for h in found if h.document.date[:4] == citation.dated]
        return found

    def _candidates(self, citation: CitationFact, citing: _Citing) -> list[_Held]:
        if citation.number:
            found = list(self.by_number.get(citation.number, ()))
            if citation.number.startswith("主席令"):  # each congress numbers from 1 again
                found = [h for h in found if citation.title and _agrees(h.document, citation.title)]
            if not found and citation.title:
                return self._lost_number(citation)
            if citation.title and found and self._is_collective(found, citation):
                found = self._named(citation)
            elif len(found) > 1 and citation.title:
                agreeing = [h for h in found if _agrees(h.document, citation.title)]
                found = agreeing or found
            return _once(found, citing.gazette)
        found = self._named(citation)
        own = citing.document
        if citation.title.startswith("关于"):
            found = [h for h in found if h.document is own or _is_by(h, citation, citing)]
        if len(found) > 1 and citation.relation == "transmits":
            # 《X》…现印发给你们 means the plan that follows this very notice
            found = [h for h in found if h.document is own] or found
        if len(found) > 1 and citation.edition:
            of_year = [h for h in found if citation.edition in h.document.date[:4]]
            found = of_year or found
        return _once(found, citing.gazette)

    def versions(
        self, work: AmendedWork, issue: str, citing: DocumentFact
    ) -> list[tuple[str, DocumentFact]]:
        """List the held texts of a document that a decision changes, with their issues."""
        named = CitationFact(
            citing.id, "", 1, work.title, "", work.title, work.number, "amends", "",
            edition=work.edition, issuer=work.issuer,
        )  # fmt: skip
        by_number = [h for h in self.by_number.get(work.number, ()) if work.number]
        found = [h for h in by_number if not work.title or _agrees(h.document, work.title)]
        # versions of a text may be printed with the numbers of the decisions that changed it
        found += (h for h in self._named(named) if h not in found)
        if work.title.startswith("关于"):
            found = [h for h in found if _is_by(h, named, _Citing(issue, citing))]
        own = issue.partition("/")[0]
        found.sort(key=lambda h: not h.issue.startswith(f"{own}/"))
        return [(h.issue, h.document) for h in found if h.document is not citing]

    def _named(self, citation: CitationFact) -> list[_Held]:
        """List the documents of the cited name, else of the name without （试行）.

        If there is none, those of the number that is known for the name are listed.
        """
        if not is_name(citation.title):
            return []
        found = self.by_name.get(fold_name(citation.title), [])
        if not found and (short := without_tail(citation.title)) != citation.title:
            found = self.by_name.get(fold_name(short), []) if is_name(short) else []
        if not found and (number := self.aliases.get(fold_name(citation.title))):
            found = self.by_number.get(number, [])
        return list(found)

    def _lost_number(self, citation: CitationFact) -> list[_Held]:
        """Find the one document of the cited title that has lost its number in its own text.

        Another version may have the same title, so that its history or its date must agree.
        """
        return [held for held in self._alike(citation) if _bears_out(held.document, citation)]

    def _alike(self, citation: CitationFact) -> list[_Held]:
        """Find the one document of a title that is cited with a number which no document has."""
        # a title that begins with 关于 does not name the issuer
        if not (citation.number and citation.title) or citation.title.startswith("关于"):
            return []
        found = _once(self._named(citation), "")
        is_free = len(found) == 1 and (
            not found[0].document.number or citation.number in found[0].document.history
        )
        return found if is_free else []

    @staticmethod
    def _is_collective(found: Sequence[_Held], citation: CitationFact) -> bool:
        """Whether a number is that of a decree that changes many documents, but the title is not.

        《外国人入境出境管理条例》（国务院令第588号): the title is that of the regulation, but 令588
        is the decree that changed it.
        """
        titles = (h.document.title for h in found)
        return all("修改" in t or "废止" in t for t in titles) and not any(
            _agrees(h.document, citation.title) for h in found
        )

    def _plan_anchor(self, document: DocumentFact, title: str) -> str:
        """Give the anchor of a notice's plan if the citation names the plan; else empty."""
        return document.plan if title and fold_name(title) in document.plan_names else ""

    def _outside(self, citation: CitationFact) -> Elsewhere | None:
        if citation.number:
            return self.outside_number.get(citation.number)
        name = fold_name(citation.title)
        if found := self.outside_name.get(name):
            return found
        return self.outside_number.get(self.aliases.get(name, ""))

    def held_parts(
        self, target: Target, pins: Iterable[tuple[str, ...]]
    ) -> dict[tuple[str, ...], str]:
        """Find the cited provisions in a document, then in its plan; a cited plan comes first."""
        document = self.held[target.issue, target.document]
        key = (target.issue, target.document)
        if key not in self.anchors:
            self.anchors[key] = Anchors(document.anchors, dict(document.provisions))
        anchors = self.anchors[key]
        plan = f"{document.plan}-" if document.plan else ""
        scopes = (plan, "") if target.anchor else ("", plan)
        found: dict[tuple[str, ...], str] = {}
        for pin in pins:
            held = (anchors.find(pin, scope) for scope in dict.fromkeys(scopes))
            found[pin] = next((anchor for anchor in held if anchor), "")
        return {pin: anchor for pin, anchor in found.items() if anchor}

    def has_exactly(self, target: Target, named: tuple[str, ...], anchor: str) -> bool:
        """Whether an anchor is the very provision that is named, and not one that contains it."""
        return self.held_parts(target, [named[:1]]).get(named[:1], "") == anchor


def _diagnose(
    citation: CitationFact, found: Resolved, candidates: Sequence[_Held]
) -> list[Diagnostic]:
    """Report a citation with a wrong title or with several candidates to the editor."""
    where = Lines(citation.line, citation.line)
    if found.differs and found.target:
        message = (
            f"引文“{citation.text}”的标题与文号不符：该文号是《{found.target.title}》，已按文号链接"
        )
        return [diagnostic("citation-differs", where, message)]
    if len(candidates) < 2 or citation.nested:
        return []
    names = "、".join(
        f"{h.issue}/{h.document.id}（{h.document.number or h.document.date or '无文号'}）"
        for h in candidates
    )
    message = f"引文“{citation.text}”可指{len(candidates)}件，未加链接：{names}"
    return [diagnostic("citation-ambiguous", where, message)]


def work_place(work: str, number: str, title: str) -> tuple[str, str]:
    """Give the id of a work and its page under works/ (docs/data.md, Addresses)."""
    parsed = DocumentNumber.parse(number)
    if parsed:
        return work or number_id(parsed), fit_name(romanise(parsed.code)) or "0"
    work = work or title_id(title)
    return work, f"title-{work[0] if work[:1].isalpha() else '0'}"


def _bears_out(document: DocumentFact, citation: CitationFact) -> bool:
    """Whether a document's history or date shows that it is the one of the cited number."""
    if citation.number in document.history:
        return True
    parsed = DocumentNumber.parse(citation.number)
    year = str(parsed.year) if parsed and parsed.year else citation.dated
    # a document of December may be numbered in January, and the other way round
    return bool(year and document.date) and abs(int(document.date[:4]) - int(year)) <= 1


def _agrees(document: DocumentFact, title: str) -> bool:
    """Whether a cited title is one of a document's names, apart from punctuation and issuer."""
    names = {*document.names, fold_name(document.title)}
    cited = {fold_name(title), fold_name(without_tail(title)), *names_of(title, document.issuer)}
    if names & cited:
        return True
    longest = fold_name(title)
    return any(
        len(name) > 5 and (longest.endswith(name) or name.endswith(longest)) for name in names
    )


def _is_by(held: _Held, citation: CitationFact, citing: _Citing) -> bool:
    """Whether a title without issuer can mean a document.

    It can if the organ named before the title issued the document; if none is named, the document
    must be in the citing gazette. The reason: lower organs copy the titles of upper ones.
    """
    if not citation.issuer:
        return held.issue.partition("/")[0] == citing.gazette
    issuer = held.document.issuer.replace("人民政府", "政府")
    return citation.issuer.replace("人民政府", "政府").endswith(issuer) or any(
        organ.endswith(citation.issuer.replace("人民政府", "政府")) for organ in issuer.split("、")
    )


def _is_later(held: str, citing: str) -> bool:
    return bool(held and citing) and held > citing


def _once(found: Iterable[_Held], gazette: str) -> list[_Held]:
    """Keep one copy of each document: that of the citing gazette, else the first.

    Several gazettes may print a document; the same number and the same title are one document.
    """
    prints: dict[tuple[str, str], _Held] = {}
    for candidate in found:
        document = candidate.document
        key = (
            (document.number, fold_name(document.title))
            if document.number
            else (candidate.issue, document.id)
        )
        if key not in prints or (
            candidate.issue.startswith(f"{gazette}/")
            and not prints[key].issue.startswith(f"{gazette}/")
        ):
            prints[key] = candidate
    return list(prints.values())


def _only(pairs: Iterable[tuple[str, Elsewhere]]) -> dict[str, Elsewhere]:
    """Index the documents elsewhere by number or name; a key with two documents is left out."""
    found: dict[str, set[Elsewhere]] = defaultdict(set)
    for key, item in pairs:
        found[key].add(item)
    return {key: next(iter(items)) for key, items in found.items() if len(items) == 1}
