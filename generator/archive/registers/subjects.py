"""Registers of people with their appointments and agencies with their tasks, over all issues.

The mentions of a subject that many documents name are split into parts of whole years, each with
its own page: a new issue adds to the last part and changes no other. A subject only knows the
documents that name it; the pages read the statements from the mentions of each issue.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.language.pinyin import initial, romanise, romanise_name
from generator.model import RegisterName, Summary, document_url

PART = 100  # a part ends with the year that reaches so many documents; fewer are not split
SPELL: dict[RegisterName, Callable[[str], str]] = {"people": romanise_name, "agencies": romanise}


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that names a person or an agency."""

    issue: str
    document: str
    number: str  # of the document, or its title if it has none
    title: str
    date: str
    count: int  # paragraphs and rows

    @property
    def url(self) -> str:
        """Address of the document relative to the site's root."""
        return document_url(self.issue, self.document)


@dataclass(frozen=True, slots=True)
class SubjectPart:
    """A separate page of a subject that many documents name."""

    page: str
    years: str  # 1990—1993
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A person or an agency, and the documents that name it."""

    name: str
    gazette: str  # the same short name means another agency in another place
    anchor: str
    letter: str
    mentions: tuple[Mention, ...]  # the newest document first
    parts: tuple[SubjectPart, ...]  # its separate pages, the newest first; often none

    @property
    def count(self) -> int:
        """Number of paragraphs and rows that name it."""
        return sum(mention.count for mention in self.mentions)


def subjects(
    register: RegisterName, summaries: Iterable[Summary], titles: Mapping[str, str]
) -> tuple[Subject, ...]:
    """Collect the subjects of a register, sorted by pinyin; their newest documents come first."""
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for summary in summaries:
        gazette = summary.name.partition("/")[0]
        documents = {d.id: d for d in summary.documents}
        for fact in summary.named:
            if fact.register == register:
                d = documents[fact.document]
                number = d.number or d.title
                for name, count in zip(fact.names, fact.counts, strict=True):
                    mention = Mention(summary.name, d.id, number, d.title, d.date, count)
                    found[gazette, name].append(mention)
    spell = SPELL[register]
    listed = []
    for (gazette, name), mentions in found.items():
        anchor = subject_anchor(register, gazette, name)
        # the sort is stable: documents of one day keep the order of the archive
        newest = tuple(sorted(mentions, key=lambda m: m.date, reverse=True))
        title, letter = titles.get(gazette, gazette), initial(spell(name))
        listed.append(Subject(name, title, anchor, letter, newest, _parts(anchor, newest)))
    return tuple(sorted(listed, key=lambda s: (s.letter, spell(s.name), s.name, s.gazette)))


def subject_anchor(register: RegisterName, gazette: str, name: str) -> str:
    """Make the anchor of a subject on the page of its letter: its pinyin and a short digest."""
    digest = hashlib.sha256(f"{gazette}/{name}".encode()).hexdigest()[:4]
    return f"{SPELL[register](name)}-{digest}"


def _parts(anchor: str, mentions: Sequence[Mention]) -> tuple[SubjectPart, ...]:
    if len(mentions) <= PART:
        return ()
    parts: list[list[Mention]] = [[]]
    # begin with the oldest, so that full parts do not change
    for _, year in groupby(reversed(mentions), key=lambda m: m.date[:4]):
        if len(parts[-1]) >= PART:
            parts.append([])
        parts[-1] += year
    return tuple(_part(anchor, part[::-1]) for part in reversed(parts))


def _part(anchor: str, mentions: Sequence[Mention]) -> SubjectPart:
    first, last = mentions[-1].date[:4], mentions[0].date[:4]
    years = first if first == last else f"{first}—{last}"
    return SubjectPart(f"{anchor}-{first or '0'}", years or "日期不详", tuple(mentions))


def by_letter(listed: Iterable[Subject]) -> list[tuple[str, list[Subject]]]:
    """Group sorted subjects under the first letters of their pinyin."""
    return [(letter, list(group)) for letter, group in groupby(listed, key=lambda s: s.letter)]
