"""Issue → its statements about agencies that have tasks, people who are appointed, their posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.language.dates import first_day
from generator.language.deadlines import parse_deadline
from generator.language.person_names import with_one_dot
from generator.model import (
    Document,
    DutyFact,
    Issue,
    Mentions,
    NamedPlaces,
    RegisterName,
    Responsibility,
    Said,
)

TASK_LENGTH = 40  # characters of a task in a register or a calendar; its link leads to the text

# register, name of the person or agency, role, statement
_Saying = tuple[RegisterName, str, str, Said]


def mentions_of(issue: Issue) -> Mentions:
    """Gather the statements about people, posts and agencies, in the order of the pages."""
    said: dict[Said, int] = {}
    named: list[NamedPlaces] = []
    for document in issue.documents:
        found: dict[tuple[RegisterName, str], dict[str, list[int]]] = defaultdict(dict)
        for register, name, role, statement in _sayings(document):
            number = said.setdefault(statement, len(said))
            found[register, name].setdefault(role, []).append(number)
        named += [
            NamedPlaces(
                register,
                document.id,
                name,
                tuple((role, tuple(numbers)) for role, numbers in roles.items()),
            )
            for (register, name), roles in found.items()
        ]
    return Mentions(tuple(said), tuple(named))


def duties_of(document: Document) -> Iterator[DutyFact]:
    """Yield the tasks with deadlines that name a day, in the order of the page."""
    # an agency that is named twice for one task counts once
    tasks: dict[tuple[str, str, str, str], dict[str, None]] = defaultdict(dict)
    for r in document.responsibilities:
        if r.deadline:
            tasks[r.anchor, r.task, r.deadline, role_of(r)][r.agency_id] = None
    for (anchor, task, deadline, role), names in tasks.items():
        if due := parse_deadline(deadline, first_day(document.date)):
            shown = beginning(" ".join(task.split()), TASK_LENGTH)
            yield DutyFact(
                document=document.id,
                anchor=anchor,
                task=shown,
                deadline=deadline,
                days=due,
                role=role,
                agencies=tuple(names),
            )


def _sayings(document: Document) -> Iterator[_Saying]:
    for a in document.appointments:
        person, office = with_one_dot(a.person), f"{a.organisation}{a.post}"
        yield "people", person, a.action, Said(a.anchor, office, a.remark)
        yield "offices", office, a.action, Said(a.anchor, person, a.remark)
    for r in document.responsibilities:
        said = Said(r.anchor, beginning(" ".join(r.task.split()), TASK_LENGTH), r.deadline)
        yield "agencies", r.agency_id, role_of(r), said


def beginning(text: str, length: int) -> str:
    """Cut a text to a length; … marks the cut."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def role_of(responsibility: Responsibility) -> str:
    """Give the printed role of an agency, with （牵头） if it leads under another role."""
    role = responsibility.role
    return f"{role}（牵头）" if responsibility.lead and "牵头" not in role else role
