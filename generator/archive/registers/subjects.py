"""Registers of people, of posts and their holders, of agencies with their tasks, over all issues.

If there are more statements about a subject than fit on a page, its mentions are split by the years
of the documents, each with its own page: a new issue adds to the last one and changes no other. A
subject only knows the documents that name it; the pages read the statements from the mentions of
each issue.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.archive.registers.page_pieces import in_pieces
from generator.language.organ_ranks import OrganRank, organ_rank
from generator.language.pinyin import initial, romanise, romanise_name
from generator.model import (
    NO_MARK,
    NO_STATES,
    RegisterName,
    StateMark,
    States,
    Summary,
    document_url,
    mark_of,
)

PART = 120  # the most statements about a subject on one page
FORMER_PART = 100  # documents that filled a page of whole years when subjects were split by them
SPELL: dict[RegisterName, Callable[[str], str]] = {
    "people": romanise_name,
    "offices": romanise,
    "agencies": romanise,
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that names a person, a post or an agency."""

    issue: str
    document: str
    number: str
    title: str
    date: str
    count: int  # paragraphs and rows
    mark: StateMark = NO_MARK

    @property
    def url(self) -> str:
        """Address of the document relative to the site's root."""
        return document_url(self.issue, self.document)


@dataclass(frozen=True, slots=True)
class SubjectPart:
    """A separate page of a subject that many documents name."""

    page: str
    year: str  # 1990年, or 1990年（之一）; 日期不详
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, a post or an agency, and the documents that name it."""

    name: str
    gazette: str  # the same short name means another agency in another place
    anchor: str
    letter: str
    mentions: tuple[Mention, ...]  # the newest document first
    parts: tuple[SubjectPart, ...]  # its separate pages, the newest first; often none
    rank: OrganRank  # of an agency; of others it is the letter alone

    @property
    def count(self) -> int:
        """Number of paragraphs and rows that name it."""
        return sum(mention.count for mention in self.mentions)

    @property
    def newest(self) -> Mention:
        """The newest document that names it."""
        return self.mentions[0]

    @property
    def former_pages(self) -> tuple[str, ...]:
        """The addresses of its pages for years before subjects were split by their statements.

        They begin with the oldest documents, so that later issues do not move them.
        """
        if len(self.mentions) <= FORMER_PART:
            return ()
        pages: list[str] = []
        room = 0
        for year, group in groupby(reversed(self.mentions), key=lambda m: m.date[:4]):
            if room <= 0:
                pages.append(f"{self.anchor}-{year or '0'}")
                room = FORMER_PART
            room -= len(list(group))
        return tuple(pages)


def subjects(
    register: RegisterName,
    summaries: Iterable[Summary],
    titles: Mapping[str, str],
    states: States = NO_STATES,
) -> tuple[Subject, ...]:
    """Collect the subjects of a register; their newest documents come first.

    People and posts are sorted by pinyin, agencies by level (省, 市, 县) and the pinyin of the name
    proper.
    """
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for summary in summaries:
        gazette = summary.name.partition("/")[0]
        documents = {d.id: d for d in summary.documents}
        for fact in summary.named:
            if fact.register == register:
                d = documents[fact.document]
                mark = mark_of(states.get((summary.name, d.id)))
                for name, count in zip(fact.names, fact.counts, strict=True):
                    mention = Mention(summary.name, d.id, d.number, d.title, d.date, count, mark)
                    found[gazette, name].append(mention)
    spell = SPELL[register]
    listed = []
    for (gazette, name), mentions in found.items():
        anchor = subject_anchor(register, gazette, name)
        # the sort is stable: documents of one day keep the order of the archive
        newest = tuple(sorted(mentions, key=lambda m: m.date, reverse=True))
        title, letter = titles.get(gazette, gazette), initial(spell(name))
        rank = organ_rank(name) if register == "agencies" else OrganRank(0, letter, ())
        parts = _parts(anchor, newest)
        listed.append(Subject(name, title, anchor, letter, newest, parts, rank))

    def order(subject: Subject) -> tuple[object, ...]:
        rank = subject.rank
        return (
            rank.level,
            rank.letter,
            rank.spelt,
            spell(subject.name),
            subject.name,
            subject.gazette,
        )

    return tuple(sorted(listed, key=order))


def subject_anchor(register: RegisterName, gazette: str, name: str) -> str:
    """Make the anchor of a subject on the page of its letter: its pinyin and a short digest."""
    digest = hashlib.sha256(f"{gazette}/{name}".encode()).hexdigest()[:4]
    return f"{SPELL[register](name)}-{digest}"


def subject_url(register: RegisterName, gazette: str, name: str) -> str:
    """Give the address of a person or a post relative to the site's root."""
    letter = initial(SPELL[register](name))
    return f"{register}/{letter}.html#{subject_anchor(register, gazette, name)}"


def _parts(anchor: str, mentions: Sequence[Mention]) -> tuple[SubjectPart, ...]:
    """Split mentions by year; a year with too many statements is split between documents.

    Every year has its page, so that its address does not depend on the other years. The older
    documents of a large year fill pages of their own, which later issues leave as they are.
    """
    if sum(mention.count for mention in mentions) <= PART:
        return ()
    parts: list[SubjectPart] = []
    for year, group in groupby(mentions, key=lambda m: m.date[:4]):
        pieces = in_pieces(reversed(list(group)), lambda mention: mention.count, PART)
        page, title = f"{anchor}-{year or '0'}", f"{year}年" if year else "日期不详"
        for nth in range(len(pieces), 0, -1):
            is_last = nth == len(pieces)
            parts.append(
                SubjectPart(
                    page if is_last else f"{page}-{nth}",
                    title if len(pieces) == 1 else f"{title}（{nth}）",
                    tuple(reversed(pieces[nth - 1])),
                )
            )
    return tuple(parts)


def by_letter(listed: Iterable[Subject]) -> list[tuple[str, list[Subject]]]:
    """Group subjects under the first letters of their pinyin, in their order."""
    letters = sorted(listed, key=lambda s: s.letter)
    return [(letter, list(group)) for letter, group in groupby(letters, key=lambda s: s.letter)]
