"""What the pages remember: zoom and panes for all issues, unsent text of each.

It lies in build/edit/, not in the browser: a browser's store belongs to one port, and the port is
another one at the next start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import msgspec

from generator.edit.files import write_text

MOST_LETTERS = 4_000  # of an unsent text


class View(msgspec.Struct, frozen=True):
    """How an editor has set up the desk."""

    zoom: float = 1.0
    turned: int = 0
    dark: bool = False
    left: float = 37.5  # share of the window that the sheet takes, in hundredths
    right: float = 23.5  # … that the queue takes
    marked: bool = False  # the changes of the program are shown in the text


class Unsent(msgspec.Struct, frozen=True):
    """A reading that was typed and not stored yet."""

    line: int
    words: str  # that it is to replace
    to: str
    printed: str = ""
    start: int = 0
    end: int = 0
    of: str = "scan"
    why: str = ""
    finding: str = ""


class _Kept(msgspec.Struct):
    view: View = View()
    unsent: dict[str, Unsent] = {}  # by issue


@dataclass(slots=True)
class Remembered:
    """The file of what is remembered; every change is stored at once."""

    path: Path
    lock: Lock = field(default_factory=Lock)

    def view(self) -> View:
        """Give how the desk was set up last."""
        return self._read().view

    def unsent(self, name: str) -> Unsent | None:
        """Give what was typed for an issue and never stored."""
        return self._read().unsent.get(name)

    def keep_view(self, view: View) -> None:
        """Remember how the desk is set up."""
        with self.lock:
            kept = self._read()
            kept.view = view
            self._store(kept)

    def keep_unsent(self, name: str, unsent: Unsent | None) -> None:
        """Remember what is being typed for an issue; None forgets it."""
        with self.lock:
            kept = self._read()
            if unsent is None:
                if kept.unsent.pop(name, None) is None:
                    return
            elif len(unsent.to) + len(unsent.words) <= MOST_LETTERS:
                kept.unsent[name] = unsent
            self._store(kept)

    def _read(self) -> _Kept:
        """Read the file; what is damaged is forgotten, for nothing that counts is in it."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError):
            return _Kept()

    def _store(self, kept: _Kept) -> None:
        write_text(self.path, msgspec.json.encode(kept).decode() + "\n")
