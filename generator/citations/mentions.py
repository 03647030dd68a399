"""Issue → what it says of those whom registers list: agencies with tasks, people appointed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.model import (
    Document,
    Issue,
    Mentions,
    NamedPlaces,
    RegisterName,
    Responsibility,
    Said,
)

TASK_LENGTH = 16  # characters of a task that registers show; its link leads to the whole

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


def _sayings(document: Document) -> Iterator[_Saying]:
    for a in document.appointments:
        remark = f"（{a.remark}）" if a.remark else ""
        said = Said(a.anchor, f"{a.organisation}{a.post}{remark}", "")
        yield "people", a.person, a.action, said
    for r in document.responsibilities:
        task = r.task if len(r.task) <= TASK_LENGTH else f"{r.task[: TASK_LENGTH - 1]}…"
        yield "agencies", r.agency_id, _role(r), Said(r.anchor, task, r.deadline)


def _role(responsibility: Responsibility) -> str:
    role = responsibility.role
    return f"{role}（牵头）" if responsibility.lead and "牵头" not in role else role
