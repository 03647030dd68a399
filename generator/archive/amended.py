"""Which held text each decision changes, from summaries alone.

A decision changes the text that stood on its day: of several held versions the last one before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Amendment, DocumentFact, Summary, Target
from generator.model.amendments import AmendedWork
from generator.model.links import AmendingDecision, Republished

Key = tuple[str, str]  # issue, id of the document
# the held texts of a work that a decision names: each with its issue
Versions = Callable[[AmendedWork, str, DocumentFact], Sequence[tuple[str, DocumentFact]]]
# the anchors that a target has of those that may name a provision
HeldParts = Callable[[Target, Iterable[tuple[str, ...]]], Mapping[tuple[str, ...], str]]


@dataclass(frozen=True, slots=True)
class Amended:
    """The parts of Links about amendments."""

    amends: Mapping[Key, tuple[Target | None, ...]]
    amended: Mapping[Key, tuple[AmendingDecision, ...]]
    republished: Mapping[Key, Republished]


def find_amended(
    summaries: Iterable[Summary], versions: Versions, held_parts: HeldParts
) -> Amended:
    """Find the provision that each operation changes, and the decisions on each document."""
    amends: dict[Key, tuple[Target | None, ...]] = {}
    decisions: dict[Key, list[AmendingDecision]] = defaultdict(list)
    bases: dict[Key, list[tuple[str, DocumentFact]]] = defaultdict(list)
    held: dict[Key, tuple[str, DocumentFact]] = {}
    for summary in summaries:
        for document in summary.documents:
            if not document.amendments:
                continue
            own: dict[AmendedWork, tuple[str, DocumentFact] | None] = {}
            targets: list[Target | None] = []
            operations: dict[Key, list[tuple[Amendment, str]]] = defaultdict(list)
            for amendment in document.amendments:
                work = amendment.work
                if work not in own:
                    listed = versions(work, summary.name, document)
                    own[work] = _before(listed, document.date)
                    if found := own[work]:
                        key = (found[0], found[1].id)
                        held[key] = found
                        bases[key] += listed
                found = own[work]
                target = _target(found, amendment, held_parts) if found else None
                targets.append(target)
                if target:
                    where = operations[target.issue, target.document]
                    where.append((amendment, target.anchor))
            amends[summary.name, document.id] = tuple(targets)
            for key, told in operations.items():
                decisions[key].append(
                    AmendingDecision(
                        summary.name, document.id, document.title, document.number,
                        document.date, tuple(told), document.unread == 0,
                    )
                )  # fmt: skip
    amended = {
        key: tuple(sorted(found, key=lambda d: (d.date, d.issue, d.document)))
        for key, found in decisions.items()
    }
    return Amended(amends, amended, _republished(held, bases, amended))


def _before(
    listed: Sequence[tuple[str, DocumentFact]], date: str
) -> tuple[str, DocumentFact] | None:
    """Pick the text that a decision of a day changes; None if that is not certain."""
    texts = _once(listed)
    if len(texts) == 1:
        (issue, document) = texts[0]
        is_later = date and document.date and document.date > date
        return None if is_later else (issue, document)
    if not date or not all(document.date for _, document in texts):
        return None
    earlier = sorted((one for one in texts if one[1].date < date), key=lambda one: one[1].date)
    if not earlier or (len(earlier) > 1 and earlier[-1][1].date == earlier[-2][1].date):
        return None
    return earlier[-1]


def _once(listed: Sequence[tuple[str, DocumentFact]]) -> list[tuple[str, DocumentFact]]:
    """Keep one print of each text: the same day and the same articles are the same text."""
    prints: dict[tuple[str, tuple[str, ...]], tuple[str, DocumentFact]] = {}
    for issue, document in listed:
        prints.setdefault((document.date, document.articles), (issue, document))
    return list(prints.values())


def _target(found: tuple[str, DocumentFact], amendment: Amendment, held_parts: HeldParts) -> Target:
    """Give the provision that an operation changes; of a new one, the provision around it."""
    issue, document = found
    plain = Target(issue, document.id, document.title, document.number, document.date)
    anchors = amendment.provision.anchors
    if amendment.kind == "insertion" and not amendment.position:
        near = amendment.others[0].anchors if amendment.others else ()
        # a new paragraph or item: its article; a new article: the one before it
        article = amendment.provision.article
        inner = len(amendment.provision.units) > 1 and article
        anchors = (f"a{article}",) if inner else near
    if not anchors:
        return plain
    part = next(iter(held_parts(plain, [anchors]).values()), "")
    return Target(issue, document.id, document.title, document.number, document.date, part)


def _republished(
    held: Mapping[Key, tuple[str, DocumentFact]],
    bases: Mapping[Key, Sequence[tuple[str, DocumentFact]]],
    amended: Mapping[Key, tuple[AmendingDecision, ...]],
) -> dict[Key, Republished]:
    """Find the texts printed anew after a decision, each with the text before it."""
    found: dict[Key, Republished] = {}
    for key, decisions in amended.items():
        issue, base = held[key]
        target = Target(issue, base.id, base.title, base.number, base.date)
        later = {
            (where, document.id): document
            for where, document in bases[key]
            if document.date and document.date >= decisions[0].date and document.articles
        }
        for place, document in later.items():
            if place == key or not base.articles:
                continue
            own = tuple(d for d in decisions if d.date and d.date <= document.date)
            if own:
                found[place] = Republished(target, base.articles, own)
    return found
