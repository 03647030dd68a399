"""Prove on the finished pages that each character of the source is on one of them.

``audit`` proves that the model keeps the source, ``read_back`` that a page shows the model. Here
the text of issue.md is compared with the pages as they are served, and the model is not asked: each
line must be on a page, all of it, in a place that no other line has taken. Only ideographs, letters
and digits count.

Not compared are the markup of engines, lines that the ledger removes (page numbers, running heads,
repeated headers), what it removes from other lines, lines that an editor confirmed, and those of
withdrawn documents. The printed contents, the names of categories between documents and the
masthead are compared with the cover.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.formats.issue_json import ISSUE_FILE
from generator.model import Diagnostic, Issue, Lines
from generator.model.codes import diagnostic
from generator.runtime.patterns import lazy_regex
from generator.site.html_page import HtmlPage
from generator.stages.check.audit import (
    Piece,
    markup_by_line,
    removed_pieces,
    restores,
    signs,
    without_markup,
)

COVER = "index.html"
CONTENTS_WORD = "目录"
NUMBER_AT_END, NUMBER_IN_FRONT = lazy_regex(r"[\dlIOo]{1,4}$"), lazy_regex(r"^\d{1,3}")
NO_PAGE = lazy_regex(r"[^\dlIOo]")
MOST_PLACES = 50  # places of a page that are tried for a line
LONGEST_SHOWN = 40  # characters of a line that a message repeats


@dataclass(slots=True)
class _Page:
    """The characters of a page, and which of them a line of the source has taken."""

    text: str
    taken: bytearray = field(init=False)
    at: int = 0  # behind the last line found

    def __post_init__(self) -> None:
        self.taken = bytearray(len(self.text))

    def take(self, start: int, end: int) -> None:
        self.taken[start:end] = b"\1" * (end - start)
        self.at = end

    def is_free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])


@dataclass(frozen=True, slots=True)
class Proof:
    """The result for one issue."""

    compared: int  # lines of the source with something to compare
    found: int  # those on a page
    masthead: tuple[int, ...]  # lines of the masthead that the cover does not repeat
    faults: tuple[Diagnostic, ...]

    def in_words(self) -> str:
        """Say the result in one line."""
        masthead = f"；刊头另有{len(self.masthead)}行封面不重复" if self.masthead else ""
        lacking = f"，{len(self.faults)}行不在网页上" if self.faults else ""
        return f"对照网页：原文{self.compared}行，{self.found}行在网页上{lacking}{masthead}"


def prove(issue: Issue, pages: Mapping[str, HtmlPage]) -> Proof:
    """Look for each line of the source on the pages of its issue, by their file names."""
    removed = removed_pieces(issue.ledger)
    markup = markup_by_line(issue.ledger)
    cover = _Cover(signs(pages[COVER].shown) if COVER in pages else "")
    # in the order of the text: of two places that a line fits, the one on the next page is likelier
    order = {f"{document.id}.html": n for n, document in enumerate(issue.documents)}
    names = sorted(pages.keys() - {COVER}, key=lambda name: (order.get(name, len(order)), name))
    seeker = _Seeker([_Page(signs(pages[name].shown)) for name in names])
    compared = 0
    missing: list[tuple[int, str]] = []
    masthead: list[int] = []
    own = _LineKinds.of(issue)
    lines = [*enumerate(issue.source.text.split("\n"), 1)]
    # entries first: what the masthead says may be a part of their titles
    for number, line in sorted(lines, key=lambda item: item[0] not in own.entries):
        wanted = signs(without_markup(line, markup.get(number, ())))
        pieces = removed.get(number, ())
        if not wanted or number in own.skipped or not _without(wanted, pieces):
            continue
        compared += 1
        if number in own.entries:
            titles = own.titles.get(number, ())
            if not (cover.takes(wanted, pieces) or cover.takes_each(wanted, titles)):
                missing.append((number, line))
        elif number <= own.masthead:
            if not cover.shows(wanted, pieces):
                masthead.append(number)
        elif number <= own.contents or number in own.dividers:
            is_head = number <= own.contents and number in own.dividers  # of columns or pages
            on_page = cover.shows(wanted, pieces) or seeker.finds(wanted, pieces)
            if not is_head and not on_page:
                missing.append((number, line))
        elif not seeker.finds(wanted, pieces):
            missing.append((number, line))
    faults = tuple(_fault(number, line) for number, line in missing)
    return Proof(compared, compared - len(missing) - len(masthead), tuple(masthead), faults)


def _fault(number: int, line: str) -> Diagnostic:
    message = (
        f"这一行不在本期的任何网页上：“{line.strip()[:LONGEST_SHOWN]}”，请核对它属于哪一篇公文"
    )
    return diagnostic("page-lacks", Lines(number, number), message)


@dataclass(slots=True)
class _Cover(_Page):
    """The cover, which shows the contents, the names of categories and the masthead."""

    def takes(self, wanted: str, pieces: Sequence[Piece]) -> bool:
        """Whether the cover shows a line of an entry, in a place of its own; take the place.

        The page of an entry is beside its title there, and its serial number is not shown.
        """
        for rest in _titles(wanted, pieces):
            for begin in (self.at, 0):
                at = self.text.find(rest, begin)
                for _ in range(MOST_PLACES):
                    if at < 0:
                        break
                    if self.is_free(at, at + len(rest)):
                        self.take(at, at + len(rest))
                        return True
                    at = self.text.find(rest, at + 1)
        return False

    def takes_each(self, wanted: str, titles: Sequence[str]) -> bool:
        """Whether the cover shows each entry of a line that holds several; take their places.

        Nothing but the pages of the entries may be left of the line.
        """
        for title in titles:
            if title not in wanted or not self.takes(title, ()):
                return False
            wanted = wanted.replace(title, "", 1)
        return bool(titles) and not NO_PAGE.search(wanted)

    def shows(self, wanted: str, pieces: Sequence[Piece]) -> bool:
        """Whether the cover shows a name of a category or a line of the masthead, anywhere."""
        return wanted == CONTENTS_WORD or any(r in self.text for r in _titles(wanted, pieces))


def _titles(wanted: str, pieces: Sequence[Piece]) -> Iterator[str]:
    """Give a line of the contents in whole, and without its pages and its serial number."""
    rests = [wanted, _without(wanted, pieces)]
    rests += [NUMBER_AT_END.sub("", rest) for rest in rests]
    rests += [NUMBER_AT_END.sub("", rest) for rest in rests]  # a range of pages: 2-5
    rests += [NUMBER_IN_FRONT.sub("", rest) for rest in rests]
    yield from dict.fromkeys(rests)


def _without(wanted: str, pieces: Sequence[Piece]) -> str:
    for taken, put_in in pieces:
        wanted = wanted.replace(taken, put_in, 1)
    return wanted


@dataclass(frozen=True, slots=True)
class _LineKinds:
    """Which lines are compared with what."""

    masthead: int  # its last line
    contents: int  # the last line of the contents
    entries: frozenset[int]
    titles: Mapping[int, tuple[str, ...]]  # of the entries of a line that holds several: a table
    dividers: frozenset[int]
    skipped: frozenset[int]

    @classmethod
    def of(cls, issue: Issue) -> _LineKinds:
        contents = max((entry.lines.last for entry in issue.contents), default=0)
        first = min((d.lines.first for d in issue.documents), default=0)
        if contents >= first:  # made from the titles: there are no printed contents
            contents = 0
        lines = [] if not contents else [entry.lines for entry in issue.contents]
        entries = frozenset(n for one in lines for n in range(one.first, one.last + 1))
        titles: dict[int, tuple[str, ...]] = {}
        for entry in issue.contents if contents else ():
            line = entry.lines.first
            titles[line] = (*titles.get(line, ()), signs(entry.title))
        several = {line: found for line, found in titles.items() if len(found) > 1}
        dividers = frozenset(p.lines.first for p in issue.dividers)
        skipped = {c.line for c in issue.source.confirmed if c.code == "page-lacks"}
        if any(former.why for former in issue.formers):
            shown = {n for d in issue.documents for n in range(d.lines.first, d.lines.last + 1)}
            last = issue.source.text.count("\n") + 1
            skipped |= {n for n in range(contents + 1, last + 1) if n not in shown}
        return cls(
            issue.masthead.lines.last, contents, entries, several, dividers, frozenset(skipped)
        )


@dataclass(slots=True)
class _Seeker:
    """Finds lines on pages: mostly each directly behind the line before it."""

    pages: list[_Page]
    here: int = 0

    def finds(self, wanted: str, pieces: Sequence[Piece]) -> bool:
        """Whether a line is on a page, in a place of its own; take the place."""
        for number, start, end in self._places(wanted, pieces):
            page = self.pages[number]
            if page.is_free(start, end):
                page.take(start, end)
                self.here = number
                return True
        return False

    def _places(self, wanted: str, pieces: Sequence[Piece]) -> Iterator[tuple[int, int, int]]:
        """Give the places where a line may be, the likeliest first."""
        if not self.pages:
            return
        length = len(wanted) - sum(len(taken) - len(put_in) for taken, put_in in pieces)
        others = [*range(self.here + 1, len(self.pages)), *range(self.here)]
        # directly behind the line before, at the beginning of a page, or where another page stopped
        for number in (self.here, *others):
            page = self.pages[number]
            for size, lost in ((length, pieces), (len(wanted), ())):
                part = page.text[page.at : page.at + size]
                if size > 0 and len(part) == size and restores(wanted, part, lost):
                    yield number, page.at, page.at + size
                if not pieces:
                    break
        rest = _without(wanted, pieces)
        for number in (self.here, *others):
            text = self.pages[number].text
            for sought in dict.fromkeys((wanted, rest)):
                at = text.find(sought) if sought else -1
                for _ in range(MOST_PLACES):
                    if at < 0:
                        break
                    yield number, at, at + len(sought)
                    at = text.find(sought, at + 1)


def shows_text(name: str) -> bool:
    """Whether a file is a page that shows the text of an issue: a collation page shows it twice."""
    return name.endswith(".html") and name.count(".") == 1


def read_pages(folder: Path) -> dict[str, HtmlPage]:
    """Read the pages of an issue that show its text."""
    paths = sorted(folder.glob("*.html"))
    return {path.name: HtmlPage(path.read_bytes()) for path in paths if shows_text(path.name)}


def is_of(issue: Issue, folder: Path) -> bool:
    """Whether the pages in a folder were built from the text as it is now."""
    data = folder / ISSUE_FILE
    return data.is_file() and f'"{issue.source.sha256}"' in data.read_text("utf-8")[:4000]
