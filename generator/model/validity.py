"""Whether a document still stands: what its own words say, and what later documents say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.language.dates import printed_date
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
    def name(self) -> str:
        """The name to show of the document that says it: its number, else its title."""
        return self.number or f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a document's validity: the gravest first, then by day."""

    notes: tuple[StateNote, ...]

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

    @property
    def begins(self) -> str:
        """The one day on which it comes into force; empty if it names none or several."""
        return self._only("effective")

    @property
    def ends(self) -> str:
        """The one last day on which it is in force; empty if it names none or several."""
        return self._only("expires")

    def _only(self, kind: StateKind) -> str:
        days = {note.day for note in self.notes if note.kind == kind}
        return days.pop() if len(days) == 1 else ""


@dataclass(frozen=True, slots=True)
class StateMark:
    """A document's state, as lists show it behind its title."""

    kind: str = ""
    label: str = ""
    day: str = ""
    begins: str = ""  # only where it is later than the document
    ends: str = ""

    @property
    def printed_end(self) -> str:
        """Its last day in words: 2021年12月31日."""
        return printed_date(self.ends)


NO_MARK = StateMark()


def mark_of(state: State | None, date: str) -> StateMark:
    """Give the mark of a document of a date in lists."""
    if state is None:
        return NO_MARK
    begins = state.begins if date and state.begins > date else ""
    return StateMark(state.kind or "", state.label, state.day, begins, state.ends)
