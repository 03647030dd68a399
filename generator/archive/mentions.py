"""Issue → what it says of those whom registers list: agencies with tasks, people appointed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.language.deadlines import parse_deadline
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

TASK_LENGTH = 16  # characters of a task that registers show; its link leads to the whole

DUTY_LENGTH = 40  # of one that a calendar shows

# of whom (register, name), in which role, what
_Saying = tuple[RegisterName, str, str, Said]


def mentions_of(issue: Issue) -> Mentions:
    """Gather what an issue says of whom, under roles, in the order of its pages."""
    said: dict[Said, int] = {}
    named: list[NamedPlaces] = []
    for document in issue.documents:
        found: dict[tuple[RegisterName, str], dict[str, list[int]]] = defaultdict(dict)
        for register, name, role, one in _sayings(document):
            number = said.setdefault(one, len(said))
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
    """Give the tasks whose deadlines name a day, in the order of the page."""
    # an agency that is named twice must act once
    tasks: dict[tuple[str, str, str, str], dict[str, None]] = defaultdict(dict)
    for r in document.responsibilities:
        if r.deadline:
            tasks[r.anchor, r.task, r.deadline, role_of(r)][r.agency_id] = None
    for (anchor, task, deadline, role), names in tasks.items():
        if due := parse_deadline(deadline, document.date):
            begun = beginning(" ".join(task.split()), DUTY_LENGTH)
            yield DutyFact(
                document=document.id,
                anchor=anchor,
                task=begun,
                deadline=deadline,
                days=due,
                role=role,
                agencies=tuple(names),
            )


def _sayings(document: Document) -> Iterator[_Saying]:
    for a in document.appointments:
        remark = f"（{a.remark}）" if a.remark else ""
        said = Said(a.anchor, f"{a.organisation}{a.post}{remark}", "")
        yield "people", a.person, a.action, said
    for r in document.responsibilities:
        said = Said(r.anchor, beginning(r.task, TASK_LENGTH), r.deadline)
        yield "agencies", r.agency_id, role_of(r), said


def beginning(text: str, length: int) -> str:
    """Cut a text to a length, and say so."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def role_of(responsibility: Responsibility) -> str:
    """Name the role of an agency as printed, and that it leads where the role does not say so."""
    role = responsibility.role
    return f"{role}（牵头）" if responsibility.lead and "牵头" not in role else role
