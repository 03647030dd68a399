"""Whether a document still stands: what its own words say, and what later documents say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from generator.language.validity import TermKind

StateKind: TypeAlias = Literal[
    "repealed", "partly-repealed", "amended", "suspended", "superseded", "effective", "expires"
]
# the gravest first; a label is that of the first kind that a document has
LABELS: dict[StateKind, str] = {
    "repealed": "已废止",
    "suspended": "停止执行",
    "partly-repealed": "部分废止",
    "amended": "已修改",
    "superseded": "有新的同名文件",
}
UNCHANGED = "本站未见修改、废止"


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A day on which a document comes into force, or the last on which it is, by its own words."""

    kind: TermKind
    day: str  # 2017-01-01
    anchor: str  # of the paragraph that says it
    sentence: str


@dataclass(frozen=True, slots=True)
class StateNote:
    """One thing that the archive says of a document's validity, and where it says it."""

    kind: StateKind
    day: str  # since when, if it is known; of "expires" the last day in force
    sentence: str  # that says it; empty where only a title does
    issue: str  # of the document that says it
    document: str
    title: str
    number: str
    anchor: str
    date: str = ""  # of the document that says it

    @property
    def place(self) -> tuple[str, str]:
        """The issue and the id of the document that says it."""
        return self.issue, self.document

    @property
    def name(self) -> str:
        """The name to show of the document that says it: its number, else its title."""
        return self.number or f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a document's validity: the gravest first, then by day."""

    notes: tuple[StateNote, ...]
    # the one day on which it comes into force, if that is later than all dates of its issue: only
    # then a reader of the issue may not have reached it
    awaited: str = ""
    ends: str = ""  # the one last day on which it is in force; empty if none or several are named

    @property
    def kind(self) -> StateKind | None:
        """The gravest kind that later documents make it; None if none of them changed it."""
        kinds = {note.kind for note in self.notes}
        return next((kind for kind in LABELS if kind in kinds), None)

    @property
    def day(self) -> str:
        """Since when it is in the state of its kind; empty if that is not known."""
        return next((note.day for note in self.notes if note.kind == self.kind), "")

    @property
    def label(self) -> str:
        """The words for its kind; empty if no later document changed it."""
        return LABELS[self.kind] if self.kind else ""


States: TypeAlias = "Mapping[tuple[str, str], State]"  # by issue and document
NO_STATES: States = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class StateMark:
    """A document's state, as lists show it behind its title."""

    kind: str = ""
    label: str = ""
    day: str = ""
    begins: str = ""  # State.awaited
    ends: str = ""


NO_MARK = StateMark()


def mark_of(state: State | None) -> StateMark:
    """Give the mark of a document in lists."""
    if state is None:
        return NO_MARK
    return StateMark(state.kind or "", state.label, state.day, state.awaited, state.ends)
