"""The archive that is edited: its issues, their journals, and who has which page open."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from generator.content import FACTS_FILE, TERMS_FILE
from generator.content.intake.taken import ISSUE_FILE
from generator.edit.acts import Files
from generator.edit.desk import Desk, finding_id, read_desk
from generator.edit.files import version_of
from generator.edit.journal import Act, Journal
from generator.edit.requests import Drop, MoveTo, Request, act_of, entry_act
from generator.runtime.errors import UsageError
from generator.runtime.places import Places

PRESENT = 30.0  # seconds after its last sign that a page counts as open


@dataclass(slots=True)
class Workspace:
    """What the server works on; one act at a time."""

    places: Places
    lock: threading.Lock = field(default_factory=threading.Lock)
    read: dict[str, tuple[str, Desk]] = field(default_factory=dict)  # by issue: version, desk
    seen: dict[str, dict[str, float]] = field(default_factory=dict)  # issue → page → last sign

    def folder(self, name: str) -> Path:
        """Give the folder of an issue; UsageError for a name that is none of the archive's."""
        parts = name.split("/")
        folder = self.places.content.joinpath(*parts)
        fits = len(parts) == 2 and all(part and part[0] != "." for part in parts)
        if not fits or "\\" in name or not folder.is_dir():
            msg = f"没有这一期：{name}"
            raise UsageError(msg)
        return folder

    def journal(self, name: str) -> Journal:
        """Open the journal of an issue."""
        return Journal.open(self.places.build / "edit" / f"{name}.json")

    def version(self, name: str) -> str:
        """Give a digest of the files that the desk of an issue is read from."""
        folder = self.folder(name)
        files = (folder / FACTS_FILE, folder / ISSUE_FILE, folder.parent / TERMS_FILE)
        return "-".join(version_of(path)[:8] for path in files)

    def desk(self, name: str) -> Desk:
        """Read an issue, unless its files are as they were; SourceError when it cannot be read."""
        version = self.version(name)
        known = self.read.get(name)
        if known and known[0] == version:
            return known[1]
        desk = read_desk(self.folder(name))
        self.read[name] = (version, desk)
        return desk

    def act(self, name: str, request: Request) -> Act:
        """Do what a page asks for; Conflict or SourceError, and nothing is done."""
        with self.lock:
            if isinstance(request, Drop | MoveTo):  # they mend an issue that cannot be read
                act = entry_act(request)
            else:
                desk = self.desk(name)
                act = act_of(request, desk, finding_words(desk))
            self.journal(name).do(act, Files(self.folder(name)))
            return act

    def undo(self, name: str) -> Act | None:
        """Undo the last act at an issue."""
        with self.lock:
            return self.journal(name).undo(Files(self.folder(name)))

    def redo(self, name: str) -> Act | None:
        """Do the last undone act again."""
        with self.lock:
            return self.journal(name).redo(Files(self.folder(name)))

    def sign(self, name: str, page: str) -> int:
        """Note that a page has an issue open; give how many other pages have, too."""
        now = time.monotonic()
        open_pages = self.seen.setdefault(name, {})
        open_pages[page] = now
        for other in [p for p, last in open_pages.items() if now - last > PRESENT]:
            del open_pages[other]
        return len(open_pages) - 1


def finding_words(desk: Desk) -> dict[str, tuple[str, int]]:
    """Map the ids of findings to their codes and lines."""
    lines = desk.issue.source.original.split("\n")
    found = {}
    for finding in desk.findings:
        line = finding.lines.first
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        found[finding_id(finding, text)] = (finding.code, line)
    return found
