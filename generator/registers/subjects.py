"""People with their appointments, agencies with their tasks, over all issues."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.model import DocumentFact, Summary, document_url
from generator.pinyin import initial, romanise, romanise_name


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names a person or an agency."""

    url: str  # of the very paragraph or row, relative to the site's root
    number: str  # of the document, or its title where it has none
    title: str
    date: str
    role: str
    text: str
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A person or an agency, and all that is said of it."""

    name: str
    gazette: str  # the same short name means another agency in another place
    anchor: str
    letter: str
    mentions: tuple[Mention, ...]


def people(summaries: Sequence[Summary], titles: Mapping[str, str]) -> tuple[Subject, ...]:
    """Collect everyone who was appointed or removed, newest first, sorted by pinyin."""
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for summary in summaries:
        documents = {d.id: d for d in summary.documents}
        for document, a in summary.appointments:
            remark = f"（{a.remark}）" if a.remark else ""
            text = f"{a.organisation}{a.post}{remark}"
            where = (summary.name, documents[document], a.anchor)
            key = (_gazette(summary), a.person)
            found[key].append(_mention(where, a.action, text))
    return _subjects(found, titles, romanise_name)


def agencies(summaries: Sequence[Summary], titles: Mapping[str, str]) -> tuple[Subject, ...]:
    """Collect every agency that is named for a task, sorted by pinyin."""
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for summary in summaries:
        documents = {d.id: d for d in summary.documents}
        for document, r in summary.responsibilities:
            role = f"{r.role}（牵头）" if r.lead and "牵头" not in r.role else r.role
            where = (summary.name, documents[document], r.anchor)
            key = (_gazette(summary), r.agency_id)
            found[key].append(_mention(where, role, r.task, r.deadline))
    return _subjects(found, titles, romanise)


def by_letter(subjects: Iterable[Subject]) -> list[tuple[str, list[Subject]]]:
    """Group sorted subjects under the first letters of their pinyin."""
    return [(letter, list(group)) for letter, group in groupby(subjects, key=lambda s: s.letter)]


def _gazette(summary: Summary) -> str:
    return summary.name.partition("/")[0]


def _mention(
    where: tuple[str, DocumentFact, str], role: str, text: str, deadline: str = ""
) -> Mention:
    issue, document, anchor = where
    return Mention(
        url=f"{document_url(issue, document.id)}#{anchor}",
        number=document.number or document.title,
        title=document.title,
        date=document.date,
        role=role,
        text=text,
        deadline=deadline,
    )


def _subjects(
    found: Mapping[tuple[str, str], list[Mention]],
    titles: Mapping[str, str],
    spell: Callable[[str], str],
) -> tuple[Subject, ...]:
    subjects = [
        Subject(
            name=name,
            gazette=titles.get(gazette, gazette),
            anchor=f"{spell(name)}-{hashlib.sha256(f'{gazette}/{name}'.encode()).hexdigest()[:4]}",
            letter=initial(spell(name)),
            # stable: within a document the order of the text stays
            mentions=tuple(sorted(mentions, key=lambda m: m.date, reverse=True)),
        )
        for (gazette, name), mentions in found.items()
    ]
    return tuple(sorted(subjects, key=lambda s: (s.letter, spell(s.name), s.name, s.gazette)))
