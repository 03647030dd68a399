"""The archive that is edited: its issues, their journals, and who has which page open."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from generator.content import FACTS_FILE, TERMS_FILE, load
from generator.content.intake.taken import ISSUE_FILE
from generator.content.learned import read_learned
from generator.content.misplaced import MisplacedError
from generator.edit.acts import Conflict, Cut, Files, Move
from generator.edit.desk import Desk, identified, read_desk, still_there
from generator.edit.files import version_of
from generator.edit.journal import Act, Journal
from generator.edit.remembered import Remembered
from generator.edit.requests import Request, act_of, entry_act
from generator.model import Diagnostic, Issue
from generator.runtime.digests import digest
from generator.runtime.errors import GazetteError, SourceError, UsageError
from generator.runtime.places import Places
from generator.stages.check.misreadings import find_misreadings
from generator.stages.pipeline import convert

MOST_DESKS = 6  # issues that are kept as they were read; a large one takes some ten MB
PRESENT = 30.0  # seconds after its last sign that a page counts as open
QUIET, LOOK = 1.5, 0.25  # seconds without an act before misreadings are looked for; between looks


@dataclass(slots=True)
class Workspace:
    """What the server works on; one act at a time."""

    places: Places
    lock: threading.Lock = field(default_factory=threading.Lock)  # of acts
    reading: threading.Lock = field(default_factory=threading.Lock)
    remembering: threading.Lock = field(default_factory=threading.Lock)
    read: dict[str, tuple[str, Desk]] = field(default_factory=dict)  # by issue: version, desk
    misread: dict[str, tuple[str, tuple[Diagnostic, ...]]] = field(default_factory=dict)
    searching: set[str] = field(default_factory=set)  # issues in which misreadings are looked for
    news: dict[str, int] = field(default_factory=dict)  # how often they were found
    acted: float = 0.0  # when the last act was done
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

    @property
    def remembered(self) -> Remembered:
        """What the pages of this archive remember."""
        return Remembered(self.places.build / "edit" / "page.json", self.remembering)

    def version(self, name: str) -> str:
        """Give a digest of the files that the desk of an issue is read from."""
        folder = self.folder(name)
        files = (folder / FACTS_FILE, folder / ISSUE_FILE, folder.parent / TERMS_FILE)
        return "-".join([*(version_of(path)[:8] for path in files), str(self.news.get(name, 0))])

    def desk(self, name: str) -> Desk:
        """Read an issue, unless its files are as they were; SourceError when it cannot be read."""
        with self.reading:  # a page asks for several things at once
            version = self.version(name)
            known = self.read.pop(name, None)
            if known and known[0] == version:
                self.read[name] = known  # the last used is the last to be forgotten
                return known[1]
            files = version.rpartition("-")[0]
            folder = self.folder(name)
            # where only misreadings are news the text is as it was
            is_same = known and known[0].rpartition("-")[0] == files
            issue = known[1].issue if known and is_same else convert(folder)
            desk = read_desk(folder, issue, self._misread(name, issue))
            self.read[name] = (version, desk)
            while len(self.read) > MOST_DESKS:
                del self.read[next(iter(self.read))]
            return desk

    def _misread(self, name: str, issue: Issue) -> Iterable[Diagnostic]:
        """Give the misreadings of an issue; those of its earlier text until the new are found.

        They take longer than all else: an editor must not wait for them at each keystroke.
        """
        key = digest(issue.source.text)
        text, found = self.misread.get(name, ("", ()))
        if text == key:
            return found
        if name not in self.searching:
            self.searching.add(name)
            threading.Thread(target=self._search, args=(name, issue), daemon=True).start()
        return still_there(found, issue)

    def _search(self, name: str, issue: Issue) -> None:
        """Look for misreadings once the editor pauses, in the text as it is then.

        Two threads share one interpreter: a search at each keystroke doubled the time that the
        keystroke took.
        """
        while time.monotonic() - self.acted < QUIET:
            time.sleep(LOOK)
        if name in self.read:
            issue = self.read[name][1].issue
        key = digest(issue.source.text)
        try:
            found = find_misreadings(issue, read_learned(self.folder(name).parent))
            self.misread[name] = (key, found)
        except GazetteError:  # a damaged learned file: `check` says so
            self.misread[name] = (key, ())
        finally:
            self.searching.discard(name)
            self.news[name] = self.news.get(name, 0) + 1

    def act(self, name: str, request: Request) -> Act:
        """Do what a page asks for; Conflict or SourceError, and nothing is done."""
        with self.lock:
            self.acted = time.monotonic()
            if isinstance(request, Cut | Move):  # they mend an issue that cannot be read
                act = entry_act(request)
            else:
                desk = self.desk(name)
                places = {name: (f.code, f.lines.first) for name, _, f in identified(desk)}
                act = act_of(request, desk, places)
            self._do(name, act, checked=not isinstance(request, Cut | Move))
            return act

    def _do(self, name: str, act: Act, *, checked: bool) -> None:
        """Make the changes of an act; take them back if another entry's text were lost by them."""
        folder, journal = self.folder(name), self.journal(name)
        redone = list(journal.kept.undone)
        journal.do(act, Files(folder))
        if not checked:
            return
        try:
            load(folder)
        except SourceError as error:
            journal.undo(Files(folder))
            journal.kept.undone = redone
            journal.store()
            msg = f"没有保存：这样改，issue.toml 里就有一条不成立了（{error}）"
            if isinstance(error, MisplacedError):
                told = error.entries[0].message
                msg = f"没有保存：另一条会找不到它的字，请先撤回那一条（{told}）"
            raise Conflict(msg) from error

    def undo(self, name: str) -> Act | None:
        """Undo the last act at an issue."""
        with self.lock:
            self.acted = time.monotonic()
            return self.journal(name).undo(Files(self.folder(name)))

    def redo(self, name: str) -> Act | None:
        """Do the last undone act again."""
        with self.lock:
            self.acted = time.monotonic()
            return self.journal(name).redo(Files(self.folder(name)))

    def sign(self, name: str, page: str) -> int:
        """Note that a page has an issue open; give how many other pages have, too."""
        now = time.monotonic()
        open_pages = self.seen.setdefault(name, {})
        open_pages[page] = now
        for other in [p for p, last in open_pages.items() if now - last > PRESENT]:
            del open_pages[other]
        return len(open_pages) - 1
