"""The source while it is read: each line with what rules have cut out of it.

A rule sees a line as its *view*: as long as the line, but with a mask in place of what other rules
have already read. So every cut has its place in the received line, which is what the audit needs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from generator.model import Diagnostic, LedgerEntry, Lines, PageMark
from generator.model.codes import diagnostic
from generator.runtime.patterns import lazy_regex

MASK = "\x00"  # in a view, a character that is read already
BORDER = "\n"  # … at which a cell of a table ends: no markup goes on beyond it
READ, NOT_READ = lazy_regex(rf"[{MASK}{BORDER}]"), lazy_regex(rf"[^{MASK}{BORDER}]+")


class Cut(NamedTuple):
    """``line[start:end]`` is markup; ``text`` takes its place."""

    start: int
    end: int
    text: str = ""


class Part(NamedTuple):
    """A stretch of a line that belongs to a cell of a table; ``line`` is an index."""

    line: int
    start: int
    end: int


class DraftCell(NamedTuple):
    """A cell of a table, by the stretches of lines that hold its text."""

    parts: tuple[Part, ...]
    row_span: int = 1
    col_span: int = 1
    is_head: bool = False


class DraftRow(NamedTuple):
    """A row of a table; the place where it begins is a line's index and an offset."""

    line: int
    start: int
    cells: tuple[DraftCell, ...]


class DraftTable(NamedTuple):
    """A table before the markup in its cells is read."""

    rows: tuple[DraftRow, ...]
    begin: tuple[int, int]  # a line's index, an offset
    end: tuple[int, int]
    header_rows: int = 0  # 0: no row is marked as one


class Draft:
    """A line, what was cut out of it, and which parts of it belong to a table."""

    __slots__ = ("areas", "cuts", "is_item", "is_plain", "text", "view")

    def __init__(self, text: str) -> None:
        self.text = text
        self.view = text
        self.cuts: list[tuple[Cut, str]] = []  # with the name of the rule
        self.areas: list[tuple[int, int]] = []  # of tables
        self.is_plain = False  # a # at its beginning is a character, not a heading
        self.is_item = False  # the same of a dash: a printed item of a list

    def cut(self, rule: str, cuts: Iterable[Cut], mask: str = MASK) -> None:
        """Cut markup out of the line; all cuts of a rule at once.

        Of two that overlap the first is made, and none over what another rule has read.
        """
        view: list[str] = []
        end = 0
        for cut in sorted(cuts):
            if cut.start < end or READ.search(self.view, cut.start, cut.end):
                continue
            view += [self.view[end : cut.start], mask * (cut.end - cut.start)]
            end = cut.end
            if self.text[cut.start : cut.end] != cut.text:
                self.cuts.append((cut, rule))
        self.view = "".join([*view, self.view[end:]])

    def cut_all(self, rule: str) -> None:
        """Cut out whatever the line still holds."""
        self.cut(rule, [Cut(*found.span()) for found in NOT_READ.finditer(self.view)])

    def outside(self) -> list[tuple[int, str]]:
        """Give the texts of the line outside tables, each with its offset."""
        pieces: list[tuple[int, str]] = []
        start = 0
        for begin, end in sorted(self.areas):
            if begin > start:
                pieces.append((start, self.clean(start, begin)))
            start = max(start, end)
        if start < len(self.text) or not self.areas:
            pieces.append((start, self.clean(start, len(self.text))))
        return pieces

    def clean(self, start: int, end: int) -> str:
        """Give a stretch of the line without its markup; the cuts must be in their order."""
        parts: list[str] = []
        at = start
        first = bisect_left(self.cuts, start, key=lambda made: made[0].start)
        for cut, _ in islice(self.cuts, first, None):
            if cut.end > end:
                break
            parts += [self.text[at : cut.start], cut.text]
            at = cut.end
        return "".join([*parts, self.text[at:end]])


class Sheet:
    """The lines of a source, with what the rules found in them."""

    def __init__(self, lines: Sequence[str], marked: Sequence[int]) -> None:
        self.lines = lines
        self.marked = marked  # indexes of the lines that may hold markup
        self.drafts: dict[int, Draft] = {}
        self.tables: list[DraftTable] = []
        self.pages: list[PageMark] = []
        self.diagnostics: list[Diagnostic] = []
        self.edges: set[int] = set()  # indexes of lines at which a page ends
        self.captions: set[int] = set()  # indexes of lines that are words of the picture above

    def draft(self, index: int) -> Draft:
        """Give the draft of a line, to be changed."""
        found = self.drafts.get(index)
        if found is None:
            found = self.drafts[index] = Draft(self.lines[index])
        return found

    def view(self, index: int) -> str:
        """Give what rules may still read of a line."""
        found = self.drafts.get(index)
        return self.lines[index] if found is None else found.view

    def in_table(self, index: int) -> bool:
        """Whether a part of a line belongs to a table that is read already."""
        return index in self.drafts and bool(self.drafts[index].areas)

    def shown(self, index: int) -> str:
        """Give the view of a line without masks and surrounding blanks."""
        return self.view(index).replace(MASK, "").strip()

    def is_blank(self, begin: tuple[int, int], end: tuple[int, int]) -> bool:
        """Whether nothing is left to read between two places, each a line's index and an offset."""
        (first, start), (last, stop) = begin, end
        if first == last:
            return not READ.sub("", self.view(first)[start:stop]).strip()
        if READ.sub("", self.view(first)[start:]).strip():
            return False
        if READ.sub("", self.view(last)[:stop]).strip():
            return False
        return not any(self.shown(index) for index in range(first + 1, last))

    def mark_page(self, index: int, sheet: int | None = None, printed: str = "") -> None:
        """Note that a page begins at a line."""
        self.edges.add(index)
        self.pages.append(PageMark(index + 1, sheet, printed))

    def report(self, code: str, index: int, message: str) -> None:
        """Report a place that an editor should look at."""
        self.diagnostics.append(diagnostic(code, Lines(index + 1, index + 1), message))

    def ledger(self) -> list[LedgerEntry]:
        """List what was cut out of each line; cuts that touch each other are one."""
        entries: list[LedgerEntry] = []
        for index in sorted(self.drafts):
            draft = self.drafts[index]
            draft.cuts.sort()
            end = -1
            for cut, rule in draft.cuts:
                before = draft.text[cut.start : cut.end]
                last = entries[-1] if entries else None
                if last and cut.start == end and last.rule == rule:
                    before, after = last.before + before, last.after + cut.text
                    entries[-1] = LedgerEntry(rule, index + 1, before, after, at=last.at)
                else:
                    entries.append(LedgerEntry(rule, index + 1, before, cut.text, at=cut.start))
                end = cut.end
        return entries
