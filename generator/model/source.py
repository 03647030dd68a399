"""The received text of an issue, with the facts of its issue.toml."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from urllib.parse import quote

from generator.model.blocks import Begins, CorrectionOf
from generator.model.formulas import Formula
from generator.model.pages import NO_PAPER, Loss, Paper, SheetNumbers
from generator.model.published import Published
from generator.model.sheets import SheetPicture


@dataclass(frozen=True, slots=True)
class Correction:
    """One misprint that an editor repaired in issue.toml (勘误)."""

    line: int
    printed: str
    corrected: str
    why: str
    of: CorrectionOf = "scan"


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
class SourceFile:
    """One of the files of an issue that came in several, and its lines in the joined text."""

    name: str  # 01-….md, or 01-市政府文件/01-….md: relative to documents/
    sha256: str  # of the file's bytes
    encoding: str
    first: int  # the line of the joined text at which it begins
    lines: int  # how many it has
    category: str = ""  # by its folder, or by issue.toml

    @property
    def last(self) -> int:
        """The last of its lines in the joined text."""
        return self.first + self.lines - 1


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A correction or decision of issue.toml that was not found in a new reading of the sheets."""

    kind: str  # correction, decision
    words: str
    line: int  # of issue.toml


@dataclass(frozen=True, slots=True)
class Received:
    """A file that an issue came as."""

    file: str  # relative to the folder of the issue
    sha256: str
    engine: str = ""  # what read it; empty if nothing did, as of a text
    version: str = ""


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """What issue.toml says of an issue that prints no masthead; empty where it says nothing."""

    year: int | None = None
    number: int | None = None
    total_number: int | None = None
    categories: tuple[tuple[str, str], ...] = ()  # code of numbers (某府发), category


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
    file: str  # issue.md; documents for an issue of several files
    sha256: str  # of the file's bytes; of several files, of the list of their digests
    encoding: str
    corrections: tuple[Correction, ...] = ()
    scan: Scan | None = None
    lifted: tuple[int, ...] = ()  # lines with a secrecy label that an editor lifted, with a reason
    files: tuple[str, ...] = ()  # pictures and scans in the issue's folder, relative to it
    received: str = ""  # the text before its corrections; empty if there are none
    published: Published | None = None
    withdrawn: tuple[Withdrawal, ...] = ()
    withheld: tuple[tuple[str, str], ...] = ()  # document, anchor: earlier readings not shown
    decisions: tuple[Decision, ...] = ()
    confirmed: tuple[Confirmation, ...] = ()  # those whose line still has the text
    parts: tuple[SourceFile, ...] = ()  # of an issue of several files, in the order of the text
    facts: IssueFacts = IssueFacts()
    paper: Paper = NO_PAPER  # of layout.json, as are the five below
    sheet_numbers: tuple[SheetNumbers, ...] = ()
    losses: tuple[Loss, ...] = ()
    formulas: tuple[Formula, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    came_as: tuple[Received, ...] = ()  # the files that were handed in
    sheets: tuple[SheetPicture, ...] = ()  # those of which there is a picture
    covered: tuple[int, ...] = ()  # lines of which an editor covers a part (issue.toml)

    def part_of(self, line: int) -> SourceFile | None:
        """Give the file that a line of the joined text is from; None for an issue of one file."""
        nth = bisect_right(self.parts, line, key=lambda part: part.first)
        return self.parts[max(nth - 1, 0)] if self.parts else None

    def place_of(self, line: int) -> tuple[str, int]:
        """Give the path of the file that a line is from, and the number of the line in it."""
        part = self.part_of(line)
        return (f"{self.path}/{part.name}", line - part.first + 1) if part else (self.path, line)

    def shown(self, line: int) -> str:
        """Name a line for an editor: 第12行, or 01-通知.md第12行 where there are several files."""
        part = self.part_of(line)
        return f"{part.name}第{line - part.first + 1}行" if part else f"第{line}行"

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
