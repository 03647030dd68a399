"""People with their appointments, agencies with their tasks, over all issues.

What is said of one that is named in many documents is cut into parts of its own, each of whole
years: a new issue adds to the last and leaves the others alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from generator.model import DocumentFact, Summary, document_url
from generator.pinyin import initial, romanise, romanise_name

PART = 50  # documents after which a year ends a part; with fewer all stand on the letter's page


class Said(NamedTuple):
    """What one paragraph or row says of a person or an agency; a tuple, for there are many."""

    anchor: str
    text: str
    note: str  # a deadline


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that names a person or an agency, and all that it says of it."""

    url: str  # relative to the site's root
    number: str  # of the document, or its title where it has none
    title: str
    date: str
    said: tuple[tuple[str, tuple[Said, ...]], ...]  # under each role, in the order of the text

    @property
    def year(self) -> str:
        """Year of the document, empty where its date is unknown."""
        return self.date[:4]


@dataclass(frozen=True, slots=True)
class SubjectPart:
    """A page of its own of a subject that many documents name."""

    page: str
    years: str  # 1990—1993
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A person or an agency, and all that is said of it."""

    name: str
    gazette: str  # the same short name means another agency in another place
    anchor: str
    letter: str
    mentions: tuple[Mention, ...]  # the newest document first

    @property
    def count(self) -> int:
        """How many paragraphs and rows speak of it."""
        return sum(len(said) for mention in self.mentions for _, said in mention.said)

    @property
    def parts(self) -> tuple[SubjectPart, ...]:
        """The pages that it is cut into, the newest first; none where it is not large."""
        if len(self.mentions) <= PART:
            return ()
        parts: list[list[Mention]] = [[]]
        # from the oldest, so that what is full stays as it is
        for _, year in groupby(reversed(self.mentions), key=lambda m: m.year):
            if len(parts[-1]) >= PART:
                parts.append([])
            parts[-1] += year
        return tuple(self._part(part[::-1]) for part in reversed(parts))

    def _part(self, mentions: Sequence[Mention]) -> SubjectPart:
        first, last = mentions[-1].year, mentions[0].year
        years = first if first == last else f"{first}—{last}"
        return SubjectPart(f"{self.anchor}-{first or '0'}", years or "日期不详", tuple(mentions))


# a document, and what it says under each role
_Document = tuple[str, DocumentFact, dict[str, list[Said]]]  # its issue first
# (gazette, name) → the documents that name it, by their addresses
_Found = dict[tuple[str, str], dict[str, _Document]]


def people(summaries: Sequence[Summary], titles: Mapping[str, str]) -> tuple[Subject, ...]:
    """Collect everyone who was appointed or removed, newest first, sorted by pinyin."""
    found: _Found = defaultdict(dict)
    for summary in summaries:
        gazette = summary.name.partition("/")[0]
        documents = {d.id: d for d in summary.documents}
        for document, a in summary.appointments:
            remark = f"（{a.remark}）" if a.remark else ""
            said = Said(a.anchor, f"{a.organisation}{a.post}{remark}", "")
            place = (summary.name, documents[document])
            _add(found[gazette, a.person], place, a.action, said)
    return _subjects(found, titles, romanise_name)


def agencies(summaries: Sequence[Summary], titles: Mapping[str, str]) -> tuple[Subject, ...]:
    """Collect every agency that is named for a task, sorted by pinyin."""
    found: _Found = defaultdict(dict)
    for summary in summaries:
        gazette = summary.name.partition("/")[0]
        documents = {d.id: d for d in summary.documents}
        for task in summary.tasks:
            said = Said(task.anchor, task.text, task.deadline)
            place = (summary.name, documents[task.document])
            for agency, role in task.agencies:
                _add(found[gazette, agency], place, role, said)
    return _subjects(found, titles, romanise)


def _add(
    documents: dict[str, _Document], place: tuple[str, DocumentFact], role: str, said: Said
) -> None:
    issue, document = place
    key = f"{issue}/{document.id}"
    if key not in documents:
        documents[key] = (issue, document, {role: [said]})
    else:
        documents[key][2].setdefault(role, []).append(said)


def by_letter(subjects: Iterable[Subject]) -> list[tuple[str, list[Subject]]]:
    """Group sorted subjects under the first letters of their pinyin."""
    return [(letter, list(group)) for letter, group in groupby(subjects, key=lambda s: s.letter)]


def _subjects(
    found: _Found, titles: Mapping[str, str], spell: Callable[[str], str]
) -> tuple[Subject, ...]:
    subjects = [
        Subject(
            name=name,
            gazette=titles.get(gazette, gazette),
            anchor=f"{spell(name)}-{hashlib.sha256(f'{gazette}/{name}'.encode()).hexdigest()[:4]}",
            letter=initial(spell(name)),
            mentions=_mentions(documents.values()),
        )
        for (gazette, name), documents in found.items()
    ]
    return tuple(sorted(subjects, key=lambda s: (s.letter, spell(s.name), s.name, s.gazette)))


def _mentions(documents: Iterable[_Document]) -> tuple[Mention, ...]:
    mentions = (
        Mention(
            document_url(issue, d.id),
            d.number or d.title,
            d.title,
            d.date,
            tuple([(role, tuple(listed)) for role, listed in said.items()]),
        )
        for issue, d, said in documents
    )
    # stable: of one day, documents stay in the order of the archive
    return tuple(sorted(mentions, key=lambda m: m.date, reverse=True))
