"""The neighbours of a document: those that it cites, that cite it, that are cited beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.model import (
    CitationKey,
    DocumentFact,
    Neighbour,
    Neighbourhood,
    Relation,
    Resolved,
    Summary,
    document_url,
)

MOST = 8  # neighbours kept on each side; a drawing of more would not be readable
# strongest first: of several relations between two documents, the strongest is shown
STRENGTH: tuple[Relation, ...] = ("repeals", "amends", "transmits", "basis", "mentions", "self")

Place = tuple[str, str]  # issue, document


def find_neighbours(
    summaries: Sequence[Summary], resolved: Mapping[tuple[str, str, CitationKey], Resolved]
) -> dict[Place, Neighbourhood]:
    """Find the neighbours of every document that cites or is cited."""
    cites: dict[Place, dict[str, Neighbour]] = defaultdict(dict)
    cited_by: dict[Place, dict[str, Neighbour]] = defaultdict(dict)
    for summary in summaries:
        documents = {d.id: d for d in summary.documents}
        for citation in summary.citations:
            found = resolved[summary.name, citation.document, citation.key]
            target = found.target
            here = (summary.name, citation.document)
            if target and (target.issue, target.document) == here:
                continue
            cited = _cited(found, citation.number, citation.title, citation.relation)
            _add(cites[here], cited)
            if target:
                citing = _citing(summary.name, documents[citation.document], citation.relation)
                _add(cited_by[target.issue, target.document], citing)
    by_address = {document_url(issue, document): (issue, document) for issue, document in cites}
    return {
        place: Neighbourhood(
            _most(cites.get(place, {}).values()),
            _most(cited_by.get(place, {}).values()),
            _together(place, cited_by.get(place, {}), cites, by_address),
        )
        for place in sorted(cites.keys() | cited_by.keys())
    }


def _cited(found: Resolved, number: str, title: str, relation: Relation) -> Neighbour:
    if target := found.target:
        label = target.number or f"《{target.title}》"
        return Neighbour(label, target.title, target.url, "held", relation)
    label = number or f"《{title}》"
    if outside := found.elsewhere:
        return Neighbour(label, outside.title or title, outside.url, "elsewhere", relation)
    return Neighbour(label, title, found.entry, "not-held", relation)


def _citing(issue: str, document: DocumentFact, relation: Relation) -> Neighbour:
    label = document.number or f"《{document.title}》"
    return Neighbour(label, document.title, document_url(issue, document.id), "held", relation)


def _add(into: dict[str, Neighbour], one: Neighbour) -> None:
    """Add a neighbour, or count it once more and keep the strongest relation."""
    known = into.get(one.url)
    if known is None:
        into[one.url] = one
        return
    strongest = min(known.relation, one.relation, key=STRENGTH.index)
    title = known.title or one.title
    into[one.url] = replace(known, count=known.count + 1, relation=strongest, title=title)


def _together(
    place: Place,
    citing: Mapping[str, Neighbour],
    cites: Mapping[Place, Mapping[str, Neighbour]],
    by_address: Mapping[str, Place],
) -> tuple[Neighbour, ...]:
    """Find the documents that are cited together with this one, the most frequent first."""
    own = document_url(*place)
    counts: Counter[str] = Counter()
    seen: dict[str, Neighbour] = {}
    for url in citing:
        for other in cites[by_address[url]].values():
            if other.url not in (own, *citing):
                counts[other.url] += 1
                seen[other.url] = other
    return _most(
        replace(neighbour, count=counts[url], relation="mentions")
        for url, neighbour in seen.items()
    )


def _most(neighbours: Iterable[Neighbour]) -> tuple[Neighbour, ...]:
    ranked = sorted(
        neighbours, key=lambda n: (STRENGTH.index(n.relation), -n.count, n.state != "held", n.url)
    )
    return tuple(ranked[:MOST])
