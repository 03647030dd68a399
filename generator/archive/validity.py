"""What later documents of the archive, and its own words, say of each document's validity.

Nothing is inferred from silence: a document without notes may have been repealed by one that the
archive does not hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from generator.archive.registers.holdings import newest_day
from generator.language.document_types import any_of
from generator.model import (
    Backlink,
    DocumentFact,
    Manner,
    State,
    StateKind,
    StateNote,
    Summary,
)
from generator.model.printings import NO_PRINTINGS, PrintingsOf
from generator.model.validity import LABELS
from generator.runtime.patterns import lazy_regex
from generator.stages.citations.names import fold_name, without_tail

Place: TypeAlias = "tuple[str, str]"  # issue and document
# 某某市停车管理办法: a text that a later one of the same title takes the place of; a notice or a
# list of appointments of the same title is another one
REPLACED = lazy_regex(rf"{any_of('rules')}$|(?:预案|标准|目录|规范|准则|章程)$")
SHORTEST_TITLE = 6  # characters of a folded title: 暂行规定 names no text
BY_MANNER: dict[Manner, StateKind] = {
    "partly": "partly-repealed",
    "suspended": "suspended",
    "extended": "expires",
}
ORDER: tuple[StateKind, ...] = (*LABELS, "effective", "expires")


def find_states(
    summaries: Sequence[Summary],
    cited_by: Mapping[Place, Sequence[Backlink]],
    several: PrintingsOf = NO_PRINTINGS,
) -> dict[Place, State]:
    """Gather the notes on each document: the gravest first, then by day; none without notes.

    1. A document repeals, amends, suspends or extends another if a sentence of it says so and it
       is not older. What is said of one printing of a document is said of all.
    2. The day of a repeal is the one that its sentence names, else the one on which the document
       that says it comes into force, if it names one, else that document's date.
    3. A newer document of the same title and issuer is noted, unless it is noted already.

    ``several`` has the documents of which fingerprints show that they are printed several times.
    """
    held = {(s.name, d.id): d for s in summaries for d in s.documents}
    found: dict[Place, list[StateNote]] = defaultdict(list)
    printings = _printings(held, several)
    for place, backlinks in cited_by.items():
        notes = _once(note for link in backlinks if (note := _note_of(link, place, held)))
        for copy in printings.get(place, (place,)) if notes else ():
            found[copy] += [note for note in notes if note.place != copy]
    for place, note in _succeeded(held):
        if note.place not in {known.place for known in found.get(place, ())}:
            found[place].append(note)
    for (issue, name), document in held.items():
        for term in document.terms:
            found[issue, name].append(
                StateNote(
                    term.kind, term.day, term.sentence, issue, name,
                    document.title, document.number, term.anchor, document.date,
                )
            )  # fmt: skip
    newest = {summary.name: newest_day(summary) for summary in summaries}
    return {
        place: State(
            tuple(sorted(found[place], key=_order)),
            _awaited(document, newest[place[0]]),
            _last_day(found[place], place),
        )
        for place, document in held.items()
        if found[place]
    }


def _once(notes: Iterable[StateNote]) -> list[StateNote]:
    """Keep one of several notes that say the same: of a number and a title, of two printings."""
    found: dict[tuple[str, ...], StateNote] = {}
    for note in notes:
        by = (note.number, note.title) if note.number else note.place
        found.setdefault((note.kind, note.day, note.sentence, *by), note)
    return list(found.values())


def _last_day(notes: Sequence[StateNote], place: Place) -> str:
    """Give the one last day in force; that of the newest document that extends it, if one does."""
    own = {note.day for note in notes if note.kind == "expires"}
    extended = [note for note in notes if note.kind == "expires" and note.place != place]
    if extended:
        return max(extended, key=lambda note: (note.date, note.issue)).day
    return own.pop() if len(own) == 1 else ""


def _awaited(document: DocumentFact, newest: str) -> str:
    day = _in_force(document)
    return day if day > newest else ""


def _order(note: StateNote) -> tuple[int, str, str, str]:
    return ORDER.index(note.kind), note.day, note.issue, note.document


def _note_of(link: Backlink, place: Place, held: Mapping[Place, DocumentFact]) -> StateNote | None:
    kind: StateKind
    if link.manner:
        kind = BY_MANNER[link.manner]
    elif link.relation in ("repeals", "amends"):
        kind = "repealed" if link.relation == "repeals" else "amended"
    else:
        return None
    if not _is_after(link, place, held[place]):
        return None
    day = link.day
    if not day and kind != "expires":
        day = _in_force(held[link.issue, link.document]) or link.date
    return StateNote(
        kind, day, link.sentence, link.issue, link.document, link.title, link.number, link.anchor,
        link.date,
    )  # fmt: skip


def _in_force(document: DocumentFact) -> str:
    days = {term.day for term in document.terms if term.kind == "effective"}
    return days.pop() if len(days) == 1 else ""


def _is_after(link: Backlink, place: Place, document: DocumentFact) -> bool:
    """Whether a document is not older than the one that it cites."""
    if link.date and document.date:
        return link.date >= document.date
    return link.issue.partition("/")[2] >= place[0].partition("/")[2]


def _printings(
    held: Mapping[Place, DocumentFact], several: PrintingsOf
) -> dict[Place, tuple[Place, ...]]:
    """Give, for each document that is printed several times, all its places."""
    same: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place, document in held.items():
        if document.number:
            same[document.number, fold_name(document.title), document.date].append(place)
    found = {place: places for places in same.values() if len(places) > 1 for place in places}
    for place, work in several.items():
        known = found.get(place, [place])
        found[place] = [*dict.fromkeys([*known, *(other.place for other in work.others)])]
    return {place: tuple(places) for place, places in found.items()}


def _succeeded(held: Mapping[Place, DocumentFact]) -> Iterator[tuple[Place, StateNote]]:
    """Find the documents of which the archive holds a newer one of the same title and issuer."""
    same: dict[tuple[str, str], dict[Place, DocumentFact]] = defaultdict(dict)
    for place, document in held.items():
        if document.date and document.issuer:
            for name in _titles(document):
                same[name, document.issuer][place] = document
    for documents in same.values():
        if len(documents) == 1:
            continue
        listed = sorted(documents.items(), key=lambda item: (item[1].date, item[0]))
        for (place, _), later in zip(listed, _newer(listed), strict=True):
            if later:
                (issue, name), new = later
                yield (
                    place,
                    StateNote(
                        "superseded", new.date, "", issue, name, new.title, new.number, "", new.date
                    ),
                )


Listed: TypeAlias = "tuple[Place, DocumentFact]"


def _newer(listed: Sequence[Listed]) -> Iterator[Listed | None]:
    """Give for each document, sorted by date, the next one that is no reprint of it."""
    for n, (_, old) in enumerate(listed):
        yield next((new for new in listed[n + 1 :] if _is_another(old, new[1])), None)


def _is_another(old: DocumentFact, new: DocumentFact) -> bool:
    if old.number and new.number:
        return new.date > old.date and new.number != old.number
    # without numbers a second printing may have a date of its own: a year lies between two texts
    return not old.number and not new.number and new.date[:4] > old.date[:4]


def _titles(document: DocumentFact) -> Iterable[str]:
    """Give the titles, folded, under which a text can be replaced: its own and its plan's."""
    title = without_tail(document.title.removeprefix(document.issuer))
    own = (fold_name(title),) if REPLACED.search(title) else ()
    plans = (name for name in document.plan_names if REPLACED.search(name))
    return dict.fromkeys(name for name in (*own, *plans) if len(name) >= SHORTEST_TITLE)
