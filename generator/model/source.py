"""The received text of an issue, with the facts of its issue.toml."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from generator.model.blocks import Begins
from generator.model.published import Published


@dataclass(frozen=True, slots=True)
class Correction:
    """One misprint that an editor repaired in issue.toml (勘误)."""

    line: int
    printed: str
    corrected: str
    why: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The scan of the printed issue (issue.toml), with which readers can compare the text."""

    file: str  # scan.pdf, or pages/{page}.jpg with one file for each page
    first: int  # the printed page that the file's first page shows

    def address(self, page: int) -> str:
        """Give the address of a printed page, relative to the issue's folder."""
        if "{page}" in self.file:
            return quote(self.name(page))
        return f"{quote(self.file)}#page={max(page - self.first + 1, 1)}"

    def name(self, page: int) -> str:
        """Give the name of the file that shows a printed page."""
        return self.file.replace("{page}", str(page))


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A document that an editor took off the site (issue.toml), and why."""

    id: str
    why: str
    line: int  # of issue.toml


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decided about the structure at one line (issue.toml), and why."""

    line: int  # of issue.md
    text: str  # in that line; where it stands within the line, the line is split there
    begins: Begins
    why: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A finding that an editor has looked at and found right as printed (issue.toml)."""

    code: str
    line: int  # of issue.md
    text: str  # in that line: the finding comes back when the line changes
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """An issue's text as received, decoded, with its corrections applied."""

    name: str  # <gazette>/<issue folder>, as in panzhihua/2017-01
    text: str
    path: str  # for messages
    file: str  # issue.md
    sha256: str  # of the file's bytes
    encoding: str
    corrections: tuple[Correction, ...] = ()
    scan: Scan | None = None
    lifted: tuple[int, ...] = ()  # lines with a secrecy label that an editor lifted, with a reason
    files: tuple[str, ...] = ()  # pictures and scans in the folder, relative to it
    received: str = ""  # the text before its corrections; empty if there are none
    published: Published | None = None
    withdrawn: tuple[Withdrawal, ...] = ()
    withheld: tuple[tuple[str, str], ...] = ()  # document, anchor: earlier readings not shown
    decisions: tuple[Decision, ...] = ()
    confirmed: tuple[Confirmation, ...] = ()  # those whose line still has the text

    @property
    def original(self) -> str:
        """The text as received, without corrections."""
        return self.received or self.text

    @property
    def facts_path(self) -> str:
        """Path of the issue's issue.toml for messages; the file need not exist."""
        return f"{self.path.rpartition('/')[0]}/issue.toml"

    def scan_of(self, page: int | None) -> str:
        """Give the address of a page's scan, relative to the issue's folder; empty if none."""
        if self.scan is None or not page or self.scan.name(page) not in self.files:
            return ""
        return self.scan.address(page)

    @property
    def withdrawn_ids(self) -> frozenset[str]:
        """The ids of documents that are not to be published."""
        return frozenset(w.id for w in self.withdrawn)
