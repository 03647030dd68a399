"""The rows of the registers of agencies and people: what each issue says of a subject.

Most rows of an archive's registers are of this kind. Their HTML is written here and not in a
template, because a template takes ten times as long for a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import NamedTuple, TypeAlias

from markupsafe import Markup

from generator.archive.registers import Mention
from generator.language.dates import first_day
from generator.language.deadlines import parse_deadline, years_named
from generator.model import Mentions, RegisterName, Said, StateMark

QUOTED = 120  # issues kept in memory: more than one part of a register quotes

# (register, id of a document, name of a subject) → its role in each statement of one issue
SaidOf: TypeAlias = Callable[[RegisterName, str, str], Sequence[tuple[str, Said]]]
# words of a role, and the kind that readers choose by; the first row that fits decides
ROLE_KINDS = (
    ("牵头", ("牵头", "主办", "牵头单位")),
    ("配合", ("配合", "参与", "协办", "协助", "参加")),
)
OTHER_ROLE = "负责"
NO_YEAR = "未写明日期"


class Statement(NamedTuple):
    """A row about someone: a task with its role and deadline, or a post."""

    role: str  # as printed
    text: str
    note: str  # as printed: a deadline, or a remark on a post
    day: str  # the last day that the deadline names; empty if it names none
    recurs: bool
    years: tuple[str, ...]  # in which it is due
    url: str  # of the paragraph, relative to the site's root
    page: str  # of the document
    title: str
    number: str
    date: str
    mark: StateMark

    @property
    def year(self) -> str:
        """Give the year in which it is due, else the words for none."""
        return f"{self.years[-1]}年" if self.years else NO_YEAR

    @property
    def role_kind(self) -> str:
        """Give the kind of its role: 牵头, 配合 or 负责."""
        found = (kind for kind, words in ROLE_KINDS if any(word in self.role for word in words))
        return next(found, OTHER_ROLE)


def sayings(read: Callable[[str], Mentions | None]) -> Callable[[str], SaidOf]:
    """Give a function from the name of an issue to its `SaidOf`; it keeps the last 120 of them.

    ``read`` fetches the mentions of one issue; None counts as no mentions.
    """
    return lru_cache(QUOTED)(lambda issue: _sayings(read(issue) or Mentions((), ())))


def _sayings(mentions: Mentions) -> SaidOf:
    named = {(one.register, one.document, one.name): one.roles for one in mentions.named}

    def said(register: RegisterName, document: str, name: str) -> list[tuple[str, Said]]:
        roles = named.get((register, document, name), ())
        return [(role, mentions.said[number]) for role, numbers in roles for number in numbers]

    return said


def statements(
    register: RegisterName,
    name: str,
    mentions: Iterable[Mention],
    sayings: Callable[[str], SaidOf],
) -> list[Statement]:
    """List the statements about a subject, in the order of the documents."""
    return [
        statement_of(mention, role, said.anchor, said.text, said.note)
        for mention in mentions
        for role, said in sayings(mention.issue)(register, mention.document, name)
    ]


def statement_of(mention: Mention, role: str, anchor: str, text: str, note: str) -> Statement:
    """Make a statement of a document."""
    day, recurs, years = _due(note, mention.date)
    return Statement(
        role=role,
        text=text or "见原文",
        note=note,
        day=day,
        recurs=recurs,
        years=years,
        url=f"{mention.url}#{anchor}",
        page=mention.url,
        title=mention.title,
        number=mention.number,
        date=mention.date,
        mark=mention.mark,
    )


@lru_cache(4000)
def _due(deadline: str, date: str) -> tuple[str, bool, tuple[str, ...]]:
    due = parse_deadline(deadline, first_day(date)) if deadline else ()
    days = {one.day[:4] for one in due} | set(years_named(deadline))
    last = max(due, key=lambda one: one.day) if due else None
    return (
        (last.day, bool(last.rule), tuple(sorted(days)))
        if last
        else ("", False, tuple(sorted(days)))
    )


def by_due_year(tasks: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
    """Group tasks by the year in which they are due, the latest first; undated ones come last."""

    def order(task: Statement) -> tuple[str, str]:
        return (task.years[-1] if task.years else "", task.day)

    listed = sorted(tasks, key=order, reverse=True)
    return [(year, list(group)) for year, group in groupby(listed, key=lambda task: task.year)]


def task_rows(tasks: Iterable[Statement]) -> Markup:
    """Write tasks as the rows of a table, with links from a page one folder below the root."""
    return Markup("\n".join(map(_task_row, tasks)))


def _task_row(task: Statement) -> str:
    due = f'<time datetime="{task.day}">{task.day}</time>' if task.day else ""
    printed = f'<span class="cell-note">{escape(task.note)}</span>' if task.note else ""
    told = f"{due}{printed}"
    state = ' data-recurs=""' if task.recurs else f' data-due="{task.day}"' if task.day else ""
    years = " ".join(f"{year}年" for year in task.years) or NO_YEAR
    return (
        f'<tr data-year="{years}" data-role="{task.role_kind}"{state}>'
        f'<td class="day{"" if told else " none"}" data-label="期限">{told or "—"}</td>'
        f'<th scope="row"><a href="../{task.url}">{escape(task.text)}</a></th>'
        f'<td class="short" data-label="角色">{escape(task.role or OTHER_ROLE)}</td>'
        f'<td data-label="公文">{document_cell(task)}</td></tr>'
    )


def document_cell(statement: Statement) -> str:
    """Write the document of a row: its title as a link, its number, date and state."""
    number = statement.number if statement.number != statement.title else ""
    facts = " · ".join(filter(None, (number, statement.date)))
    return (
        f'<a href="../{statement.page}">{escape(statement.title)}</a>{state_html(statement.mark)}'
        f'<span class="cell-note">{escape(facts)}</span>'
    )


def state_html(mark: StateMark) -> str:
    """Write the mark of a state beside a title; empty if there is none."""
    since = f' data-since="{mark.day}"' if mark.day else ""
    label = mark.label
    return f' <em class="state" data-state="{mark.kind}"{since}>{label}</em>' if label else ""
