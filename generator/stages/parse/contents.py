"""目录: the printed contents, whose titles are the spine the issue is cut along.

A line is taken apart by its form (entry_lines.py). Where the form leaves open what a line is (a
title that goes on, an entry without page, a category), the text below is the witness
(listed_titles.py): a title that is listed comes again there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from generator.language.ordinals import parse_ordinal
from generator.model import Diagnostic, LedgerEntry, Lines, Paragraph, TocEntry
from generator.stages.parse.entry_lines import (
    FRAMED_CATEGORY,
    ITEM_ENDS,
    LONG_CATEGORY,
    LONGEST_ENTRY,
    OF_A_PLAN,
    PAGE_INSIDE,
    Item,
    category_of,
    dropped_of,
    is_column_heads,
    is_contents_word,
    may_be_category,
    page_alone,
    plain_lines,
    serial_of,
    take_apart,
    title_ahead,
)
from generator.stages.parse.heads import Head, find_heads, judge
from generator.stages.parse.lines import Lazily, Line, fold_title
from generator.stages.parse.listed_titles import (
    MOST_LISTED,
    NO_TITLE_ENDS,
    WRAPPED,
    Again,
    TitlesBelow,
    names_listed,
)
from generator.stages.parse.number_lines import is_number_line

# between two entries of one contents stand at most a category and a wrapped title
GAP = 6
MOST_INSIDE = 3  # numbers inside a title that may be its page
SHORT = 12  # characters of a line without bullet that is taken for a category


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries, the lines they occupy, and what was wrong with them."""

    start: int  # index of the first line that belongs to the contents
    end: int  # index of the first line after them
    entries: tuple[TocEntry, ...] = ()
    headings: tuple[Paragraph, ...] = ()  # 目录 and the names of categories
    diagnostics: tuple[Diagnostic, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()  # the serials that are no part of a title


def read_contents(lines: Sequence[Line]) -> Contents:
    """Find and read the contents; without any, ``start`` and ``end`` are 0."""
    word = next((n for n, line in enumerate(lines) if is_contents_word(line)), None)
    first = 0 if word is None else word + 1
    plain = plain_lines(lines, range(first, first + MOST_LISTED))
    contents = _read_plain(plain.lines, word)
    if not contents.end:
        return contents
    start, end = plain.origins[contents.start], plain.origins[contents.end - 1] + 1
    dropped = tuple(entry for n, entry in plain.dropped if start <= n < end)
    return replace(
        contents,
        start=start,
        end=end,
        entries=_in_order(contents.entries),
        ledger=(*dropped, *contents.ledger),
    )


def _read_plain(lines: Sequence[Line], word: int | None) -> Contents:
    """Read contents in which each entry has a line of its own, or several."""
    items = Lazily(take_apart, lines)
    paged = [
        n
        for n, line in enumerate(lines)
        if line.text[-1:] in ITEM_ENDS and items[n].page is not None
    ]
    marked = [n for n in paged if items[n].sure]
    listed = _read_listed(lines, items, word) if word is not None else None
    if listed:
        return _without_serials(listed, TitlesBelow(lines))
    if not marked and word is not None:  # 目录 is printed, its pages are set apart by blanks only
        marked = [n for n in paged if n > word]
    if not marked:
        return Contents(0, 0)
    titles = TitlesBelow(lines)
    first = marked[0]
    last = _last_entry(lines, items, marked, titles)
    start = _first_category(lines, items, first)
    if word is not None and word < first and _leads_to(lines, items, titles, word, first):
        start = word
    while start and lines[start - 1].number == lines[start].number:  # a picture within the line
        start -= 1
    end = last + 1
    while end < len(lines) and lines[end].number == lines[last].number:  # of the same row
        end += 1
    contents = _Region(lines, items, start, titles).read(end)
    if _are_of_a_plan(contents.entries) or not _are_of_the_issue(lines, contents, word, titles):
        return Contents(0, 0)  # the issue's own could not be read
    return _without_serials(contents, titles)


def _are_of_the_issue(
    lines: Sequence[Line], contents: Contents, word: int | None, titles: TitlesBelow
) -> bool:
    """Whether contents are those of the issue, and not a table, or the contents of a document.

    Without 目录 above them a title must come again; below a document, as the title of another one.
    """
    if any(documents_above(lines[: contents.start])):
        below = {
            fold_title(head.title)
            for head in find_heads(lines[contents.end :])
            if judge(head).verdict == "document"
        }
        return any(name in below for e in contents.entries for name in names_listed(e.title))
    return word is not None or any(
        titles.has(entry.title, contents.end) for entry in contents.entries
    )


def documents_above(lines: Sequence[Line]) -> Iterator[Head]:
    """Find the documents that begin above the contents; a masthead has a number, but no issuer."""
    return (
        head
        for head in find_heads(lines)
        if judge(head).verdict == "document" and (head.has_issuer or head.under_letterhead)
    )


def _are_of_a_plan(entries: Sequence[TocEntry]) -> bool:
    """Whether all entries are parts of one document: 第一章 总则, or 一、 and （一） under it."""
    styles = set()
    for entry in entries:
        if ordinal := parse_ordinal(entry.title):
            styles.add(ordinal.style)
        elif not OF_A_PLAN.match(entry.title):
            return False
    chapters = styles & {"part", "chapter", "clause"}
    return bool(chapters) or not styles or styles >= {"section", "item"}


def _without_serials(contents: Contents, titles: TitlesBelow) -> Contents:
    """Drop the serials of entries where they run 1, 2, 3 … through all, or through a category.

    一、 is part of a title where the text has it too.
    """
    found = [serial_of(entry.title) for entry in contents.entries]
    above, category = 0, ""
    for entry, (number, _, _) in zip(contents.entries, found, strict=True):
        restarts = number == 1 and entry.category != category
        if number != above + 1 and not restarts:
            return contents
        above, category = number, entry.category
    styles = {style for _, _, style in found}
    if len(found) < 2 or len(styles) > 1:
        return contents
    if styles != {"point"} and any(
        titles.has_as_printed(entry.title, contents.end) for entry in contents.entries
    ):
        return contents
    entries, ledger = [], list(contents.ledger)
    for entry, (_, end, _) in zip(contents.entries, found, strict=True):
        dropped = entry.title[:end]
        entries.append(replace(entry, title=entry.title[end:]))
        ledger.append(LedgerEntry("drop_serials", entry.lines.first, dropped.strip(), ""))
    return replace(contents, entries=tuple(entries), ledger=tuple(ledger))


def _in_order(entries: Sequence[TocEntry]) -> tuple[TocEntry, ...]:
    """Give each entry its place among those of its lines; put columns in the order of pages."""
    numbered: list[TocEntry] = []
    nth = 0
    for entry in entries:
        nth = nth + 1 if numbered and numbered[-1].lines == entry.lines else 0
        numbered.append(replace(entry, nth=nth))
    by_column = sorted(numbered, key=lambda entry: entry.nth)
    if _ascend(by_column) and not _ascend(numbered):
        return tuple(by_column)
    return tuple(numbered)


def _ascend(entries: Sequence[TocEntry]) -> bool:
    """Whether all entries have pages, in ascending order."""
    pages = [entry.page for entry in entries if entry.page is not None]
    return len(pages) == len(entries) and pages == sorted(pages)


def _last_entry(
    lines: Sequence[Line], items: Sequence[Item], marked: Sequence[int], titles: TitlesBelow
) -> int:
    """Index of the last entry: the contents end in a gap, or where a listed title comes again."""
    last = marked[0]
    listed = _listed_at(items, last)
    sure = set(marked)
    n = last + 1
    while n < len(lines) and n - last <= GAP:
        if fold_title(lines[n].text) in listed:
            break
        item = items[n]
        if (
            n in sure
            or item.is_open
            # a blank before the page is enough where the title comes again
            or (item.page is not None and titles.has(item.title, n + 1))
        ):
            listed |= _listed_at(items, n)
            last = n
        elif lines[n].text[-1:] in NO_TITLE_ENDS or is_number_line(lines[n]):
            break  # the text has begun
        elif page_alone(lines[n]) and last == n - 1 and not items[last].page:
            last = n
        elif taken := titles.unpaged(n):
            listed |= set(names_listed("".join(line.text for line in lines[n : n + taken])))
            last = n + taken - 1
        elif last == n - 1 and not lines[n].hashes and titles.goes_on(items[last].title, n):
            last = n
        n = max(n + 1, last + 1)
    return last


def _listed_at(items: Sequence[Item], n: int) -> set[str]:
    """Fold what the title of the entry that ends at a line may be: it may have begun above."""
    starts = range(max(n - WRAPPED + 1, 0), n + 1)
    joined = ("".join(item.title for item in items[start : n + 1]) for start in starts)
    return {name for title in joined for name in names_listed(title[-LONGEST_ENTRY:])}


def _leads_to(
    lines: Sequence[Line], items: Sequence[Item], titles: TitlesBelow, word: int, first: int
) -> bool:
    """Whether nothing but entries without page and categories stands from 目录 to an entry."""
    if first - GAP <= word:
        return True
    n = word + 1
    while n < first:
        if first - n < WRAPPED:  # the title of the entry may have begun above its page
            above = "".join(line.text for line in lines[n:first])
            if titles.has(above + items[first].title, first + 1):
                return True
        taken = titles.unpaged(n)
        if not taken and not may_be_category(category_of(lines[n])) and not page_alone(lines[n]):
            return False
        n += taken or 1
    return True


def _first_category(lines: Sequence[Line], items: Sequence[Item], first: int) -> int:
    """Index of the category, or of the head of a wrapped title, above the first entry."""
    start = first
    while start and first - start < 2:
        above = lines[start - 1]
        named = above.hashes or items[start - 1].bullet or may_be_category(above.compact)
        if not named or is_contents_word(above):
            break
        start -= 1
    return start


@dataclass(slots=True)
class _Region:
    """Reads the lines of the contents one after another."""

    lines: Sequence[Line]
    items: Sequence[Item]
    start: int
    titles: TitlesBelow
    category: str = ""
    entries: list[TocEntry] = field(default_factory=list)
    headings: list[Paragraph] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    ledger: list[LedgerEntry] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)  # lines of which it is open what they are
    ended: int = -1  # the last line of the entry before
    end: int = 0

    def read(self, end: int) -> Contents:
        """Read the lines as far as ``end``."""
        self.end = end
        marked = (n for n in range(self.start, end) if self.items[n].page is not None)
        bullets = any(self.items[n].bullet for n in marked)
        masthead = {line.compact for line in self.lines[: self.start]}
        for n in range(self.start, end):
            line, item = self.lines[n], self.items[n]
            if is_contents_word(line):
                self._settle_at_word()
                self.headings.append(line.paragraph("label"))
            elif is_column_heads(line.cells) or line.compact in masthead:
                self.headings.append(line.paragraph("label"))
            elif item.ends_entry:
                self._add(n, item)
            elif page := page_alone(line):
                self._add_page(n, int(page["page"] or page["framed"]), page["mark"] or "")
            elif inside := self._page_inside(n):
                title, page_number = inside
                self._loose()
                self._append(title, page_number, n, n)
            elif FRAMED_CATEGORY.fullmatch(line.compact):
                self._loose()
                self._name_category(n)
            elif item.bullet and self.waiting:
                self._loose()
                self.waiting = [n]
            elif self.waiting or self._goes_on(n):
                self.waiting.append(n)
            elif item.bullet or not (line.hashes or bullets or len(line.compact) <= SHORT):
                self.waiting = [n]
            else:
                self._name_category(n)
        self._loose()
        found = self.diagnostics
        found += [_without_page(e.title, e.lines.first) for e in self.entries if e.page is None]
        return Contents(
            self.start,
            end,
            tuple(self.entries),
            tuple(self.headings),
            tuple(found),
            tuple(self.ledger),
        )

    def _add(self, n: int, item: Item) -> None:
        """End an entry at its page: with the lines that wait, as far as they are of its title."""
        self._continue_last()
        waiting = self.waiting
        taken = len(waiting)  # nothing is known: all are of the title
        if waiting:
            joins = range(len(waiting) + 1)
            known = (k for k in joins if self.titles.has(self._join(waiting[k:], item), self.end))
            taken = len(waiting) - next(known, 0)
        own = waiting[len(waiting) - taken :]
        self.waiting = waiting[: len(waiting) - taken]
        self._loose(self._join(own, item))
        self._append(self._join(own, item), item.page, own[0] if own else n, n)
        self.ledger += dropped_of(item, self.lines[n])

    def _add_page(self, n: int, page: int, mark: str) -> None:
        """Read a page that stands alone: of the entry above it, else of the contents themselves."""
        item = Item("", page, bullet=False, sure=True, mark=mark)
        if self.waiting:
            self._add(n, item)
        elif self.entries and self.entries[-1].page is None:
            entry = self.entries[-1]
            lines = Lines(entry.lines.first, self.lines[n].number)
            self.entries[-1] = replace(entry, page=page, lines=lines)
            self.ledger += dropped_of(item, self.lines[n])
            self.ended = n
        else:
            self.headings.append(self.lines[n].paragraph("label"))

    def _page_inside(self, n: int) -> tuple[str, int] | None:
        """Read a page between the halves of a wrapped title, which the text prints without it."""
        text = self.items[n].title
        if len(text) > LONGEST_ENTRY:
            return None
        numbers = list(islice(PAGE_INSIDE.finditer(text), MOST_INSIDE + 1))
        if len(numbers) > MOST_INSIDE:
            return None
        for found in numbers:
            title = text[: found.start()] + text[found.end() :]
            if self.titles.has(title, self.end) and not self.titles.has(text, self.end):
                return title, int(found["framed"] or found["page"])
        return None

    def _goes_on(self, n: int) -> bool:
        """Whether a line is the rest of the title of the entry above it."""
        above = self.ended == n - 1 and bool(self.entries)
        return above and self.titles.goes_on(self.entries[-1].title, n)

    def _continue_last(self) -> None:
        """Give the entry before the lines in which its title goes on below its page."""
        if not self.waiting or not self.entries or self.waiting[0] != self.ended + 1:
            return
        entry = self.entries[-1]
        if self.titles.has(entry.title, self.end):
            return
        for taken in range(1, min(len(self.waiting), WRAPPED) + 1):
            title = entry.title + self._join(self.waiting[:taken])
            if self.titles.has(title, self.end):
                self.ended = self.waiting[taken - 1]
                lines = Lines(entry.lines.first, self.lines[self.ended].number)
                self.entries[-1] = replace(entry, title=title, lines=lines)
                self.waiting = self.waiting[taken:]
                return

    def _loose(self, following: str = "") -> None:
        """Settle the lines that wait and are of no entry with a page.

        A title that comes again in the text is an entry; a name of a kind of documents, or a title
        that the text has right above the following one, is a category.
        """
        self._continue_last()
        n = 0
        while n < len(self.waiting):
            left = len(self.waiting) - n
            joins = (
                (t, self._join(self.waiting[n : n + t])) for t in range(min(left, WRAPPED), 0, -1)
            )
            found = next((j for j in joins if self.titles.has(j[1], self.end)), None)
            taken, title = found or (1, self._join(self.waiting[n : n + 1]))
            first, last = self.waiting[n], self.waiting[n + taken - 1]
            after = self._join(self.waiting[n + taken :][:1]) or following
            if self._is_category(title, after, known=found is not None):
                self._name_category(first)
            else:
                self._append(title, None, first, last)
            n += taken
        self.waiting = []

    def _is_category(self, name: str, following: str, *, known: bool) -> bool:
        if known and not self.titles.is_divider(name, following, self.end):
            return False
        return bool(LONG_CATEGORY.fullmatch(name)) and "关于" not in name

    def _settle_at_word(self) -> None:
        """Settle the lines that wait above 目录, over which no title goes on."""
        if self.entries:
            self._loose()
            return
        self.headings += [self.lines[n].paragraph("label") for n in self.waiting]
        if self.waiting:
            first = self.waiting[0]
            self.diagnostics.append(
                _without_page(self._join(self.waiting), self.lines[first].number)
            )
        self.waiting = []

    def _append(self, title: str, page: int | None, first: int, last: int) -> None:
        lines = Lines(self.lines[first].number, self.lines[last].number)
        self.entries.append(TocEntry(self.category, title, page, lines))
        self.ended = last

    def _name_category(self, n: int) -> None:
        self.category = category_of(self.lines[n])
        self.headings.append(self.lines[n].paragraph("label"))

    def _join(self, numbers: Sequence[int], item: Item | None = None) -> str:
        return "".join(self.items[n].title for n in numbers) + (item.title if item else "")


def _without_page(title: str, line: int) -> Diagnostic:
    message = f"目录中“{title[:30]}”没有页码"
    return Diagnostic("contents-entry", "warning", Lines(line, line), message)


def _has_leaders(lines: Sequence[Line], items: Sequence[Item], word: int) -> bool:
    """Whether leaders lead to pages below 目录; a row of a table further down is none of them."""
    return any(
        items[n].sure and (n <= word + GAP or not lines[n].cells)
        for n in range(word + 1, min(word + 1 + MOST_LISTED // 4, len(lines)))
    )


def _read_listed(lines: Sequence[Line], items: Sequence[Item], word: int) -> Contents | None:
    """Read contents whose titles bear no page, or one before or below them.

    What tells a title is that it comes again further down; None where not all of them do.
    """
    if _has_leaders(lines, items, word):
        return None
    again = Again(lines, word)
    entries: list[TocEntry] = []
    serials: list[int | None] = []  # the number before each title
    ledger: list[LedgerEntry] = []
    headings = [(word, lines[word].paragraph("label"))]
    category, end, n = "", word + 1, word + 1
    while n < min(word + MOST_LISTED, len(lines)):
        line = lines[n]
        if entries and entries[-1].page is None and end == n and page_alone(line):
            entries[-1], dropped = _with_page_below(entries[-1], line)
            ledger += dropped
            end = n = n + 1
        elif taken := again.title_lines(n):
            title, number = title_ahead(lines[n])
            title += "".join(wrapped.text for wrapped in lines[n + 1 : n + taken])
            span = Lines(line.number, lines[n + taken - 1].number)
            entries.append(TocEntry(category, title, None, span))
            serials.append(number)
            end = n = n + taken
        elif is_contents_word(line) or is_column_heads(line.cells):
            headings.append((n, line.paragraph("label")))
            n += 1
        elif line.is_text and _names_category(line):
            category = category_of(line)
            headings.append((n, line.paragraph("label")))
            n += 1
        else:
            break
    if not entries or _are_of_a_plan(entries) or not again.begins_near(end):
        return None
    paged = _with_pages_ahead(entries, serials)
    if paged is None:
        return None
    entries, serials_dropped = paged
    kept = tuple(heading for place, heading in headings if place < end)
    return Contents(word, end, tuple(entries), kept, (), (*ledger, *serials_dropped))


def _names_category(line: Line) -> bool:
    return may_be_category(category_of(line)) or bool(FRAMED_CATEGORY.fullmatch(line.compact))


def _with_page_below(entry: TocEntry, line: Line) -> tuple[TocEntry, Iterator[LedgerEntry]]:
    """Give an entry the page that stands alone on the line below it."""
    found = page_alone(line)
    if found is None:
        return entry, iter(())
    page = int(found["page"] or found["framed"])
    lines = Lines(entry.lines.first, line.number)
    item = Item("", page, bullet=False, sure=True, mark=found["mark"] or "")
    return replace(entry, page=page, lines=lines), dropped_of(item, line)


def _with_pages_ahead(
    entries: list[TocEntry], numbers: Sequence[int | None]
) -> tuple[list[TocEntry], list[LedgerEntry]] | None:
    """Give entries the pages before them; None where the pages are not those of contents.

    1, 2, 3 … may be serials as well: no page is better than a wrong one.
    """
    if all(number is None for number in numbers):
        pages = [entry.page for entry in entries]
        known = [page for page in pages if page is not None]
        return (entries, []) if known == sorted(known) else None
    given = [number for number in numbers if number is not None]
    if len(given) < len(numbers) or given != sorted(given) or any(e.page for e in entries):
        return None
    if given == list(range(1, len(given) + 1)):
        return entries, [
            LedgerEntry("drop_serials", entry.lines.first, str(number), "")
            for entry, number in zip(entries, given, strict=True)
        ]
    paged = zip(entries, given, strict=True)
    return [replace(entry, page=page) for entry, page in paged], []
