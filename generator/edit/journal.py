"""What was done in the sittings at an issue: for undo and redo, and what the editor put aside.

It lies in build/edit/, which git ignores: all that counts is in the files of content/.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from generator.edit.acts import Change, Conflict, Files, apply, inverse_of
from generator.edit.files import write_text

MOST_ACTS = 5_000  # of an issue that can be undone


class Act(msgspec.Struct, frozen=True):
    """Changes that an editor made with one keystroke."""

    label: str  # for the editor: 第57行：己经 → 已经
    changes: tuple[Change, ...]
    when: int = 0  # seconds since 1970
    finding: str = ""  # the finding that it settles


class Kept(msgspec.Struct):
    """The file of a journal."""

    done: list[Act] = []
    undone: list[Act] = []
    doubtful: list[str] = []  # findings put aside (存疑)
    proofed: dict[str, list[str]] = {}  # printed page: who read it, first and second time
    read_text: dict[str, str] = {}  # … the digest of what was read there
    taken: list[str] = []  # files of the issue that the desk took in, for git


@dataclass(slots=True)
class Journal:
    """The journal of one issue; every change is stored at once."""

    path: Path
    kept: Kept = field(default_factory=Kept)

    @classmethod
    def open(cls, path: Path) -> Journal:
        """Read a journal; a damaged one is put aside, for nothing that counts is in it."""
        try:
            return cls(path, msgspec.json.decode(path.read_bytes(), type=Kept))
        except FileNotFoundError:
            return cls(path)
        except (OSError, msgspec.DecodeError):
            if path.exists():
                path.replace(path.with_name(f"{path.name}.damaged"))
            return cls(path)

    def store(self) -> None:
        """Write the journal."""
        self.kept.done = self.kept.done[-MOST_ACTS:]
        write_text(self.path, msgspec.json.encode(self.kept).decode() + "\n")

    def do(self, act: Act, files: Files) -> None:
        """Make an act's changes and remember it; Conflict or SourceError, and nothing is done."""
        apply(act.changes, files)
        act = msgspec.structs.replace(act, when=int(time.time()))
        self.kept.done.append(act)
        self.kept.undone.clear()
        self.store()

    def undo(self, files: Files) -> Act | None:
        """Undo the last act; None if there is none.

        What cannot be undone, because its entry was changed by hand, is forgotten, and Conflict
        says so.
        """
        if not self.kept.done:
            return None
        act = self.kept.done.pop()
        try:
            apply([inverse_of(change) for change in reversed(act.changes)], files)
        except Conflict:
            self.store()
            raise
        self.kept.undone.append(act)
        self.store()
        return act

    def redo(self, files: Files) -> Act | None:
        """Do the last undone act again; None if there is none."""
        if not self.kept.undone:
            return None
        act = self.kept.undone.pop()
        try:
            apply(act.changes, files)
        except Conflict:
            self.store()
            raise
        self.kept.done.append(act)
        self.store()
        return act
