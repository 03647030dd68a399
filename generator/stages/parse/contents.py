"""目录: the printed contents, whose titles are the spine the issue is cut along."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.language.ordinals import parse_ordinal
from generator.language.organs import ORGAN
from generator.model import Diagnostic, LedgerEntry, Lines, Paragraph, TocEntry
from generator.stages.parse.lines import Line, fold_title, without_footnote
from generator.stages.parse.number_lines import names_of

BULLET = re.compile(r"^[-*+•·●○◆■]\s*")
# the page at the end: ..... 2 · …………(12) · ……（12） · ……P12 · …… - 12 - · …… ·12·
PAGE = re.compile(
    r"(?:[（(〔\[]\s*)?(?P<mark>(?<![A-Za-z])[PpＰｐ][.．]?\s*)?"
    r"(?P<page>\d{1,4})\s*[）)〕\]]?$"
    r"|[·•・—－–-]\s*(?P<framed>\d{1,4})\s*[·•・—－–-]$"
)
# ..... 2-4: the pages from the first to the last; behind leaders only, for a title may end in 1-2
RANGE = re.compile(
    r"(?<=[.．…·・‥\t （(])(?P<page>\d{1,4})(?P<last>\s*[-－–—~～至]\s*\d{1,4})\s*[）)]?$"
)
# ..... l5, ..... 1O: a page whose 1 or 0 was read as a letter
MISREAD = re.compile(
    r"(?<=[.．…·・‥\t])\s*[（(]?(?P<page>(?=\d*[lIOo])(?=[lIOo]*\d)[\dlIOo]{2,4})[）)]?$"
)
READ_AS_DIGITS = str.maketrans("lIOo", "1100")
# leaders that lead to no page: …………, ......, . . . .
LEADERS_ALONE = re.compile(r"(?:…|[.．·・‥](?:\s?[.．·・‥]){2})[\s.．…·・‥]*$")
PAGE_ENDS, LONGEST_ENTRY = "0123456789０１２３４５６７８９)）〕] ·•・—－–-", 300
LEADER_ENDS = frozenset(".．…‥")
ITEM_ENDS = frozenset(PAGE_ENDS + "lIOo") | LEADER_ENDS
CATEGORY = re.compile(r"[【〔（]?[\u4e00-\u9fff、·]{2,12}[】〕）]?")
LEADERS = " \t.．…·・‥。—-_\u3000"
SLASHES = ("/", "／")  # …… / 3 · …的通知 /3
SLASH_AFTER = re.compile(r"[\u4e00-\u9fff》”）)\s…·・.．]$")
BRACKETS = "【】〔〕［］[]（）()"
ORNAMENTS = "◆●■○★☆"  # ◆规范性文件◆
CONTENTS_WORD = frozenset({"目录", "本期目录", "目次", "要目"})
LONGEST_WORD = 12  # characters of 【 本 期 目 录 】
# 1.某市人民政府关于…的通知 ..... 1, where every entry bears the next number
SERIAL = re.compile(r"(?P<serial>[0-9]{1,3})[.．、]\s*+(?!\d)")
# what else the contents of a plan or of rules list, beside their chapters
OF_A_PLAN = re.compile(r"附[件表录则图]|前言|序言|引言|目录")
# between two entries of one contents stand at most a category and a wrapped title
GAP = 6
# contents without leaders: 3 某某市人民政府关于…的通知
PAGE_AHEAD = re.compile(r"(?P<page>[0-9]{1,4})\s++")
MOST_LISTED, WRAPPED = 300, 3  # lines of such contents, and of one title in them
TITLE_LINES = 4  # of such a title in the text
SHORTEST = 3  # characters of a title: 大事记
MOST_AGAIN = 3  # times that a title comes again; a running head comes again on each page
NO_TITLE_ENDS = frozenset("。；：;:")
HEAD = 3  # lines from a category in the text to the title below it
NEAR = 15  # lines from the contents to the first title: a category, a letterhead, a decree


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries, the lines they occupy, and what was wrong with them."""

    start: int  # index of the first line that belongs to the contents
    end: int  # index of the first line after them
    entries: tuple[TocEntry, ...] = ()
    headings: tuple[Paragraph, ...] = ()  # 目录 and the names of categories
    diagnostics: tuple[Diagnostic, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()  # the serials that are no part of a title


class _Item(NamedTuple):
    """A line of the contents, taken apart; a tuple, for every line of an issue is looked at."""

    title: str
    page: int | None
    bullet: bool
    sure: bool  # leaders or brackets say that the number is a page
    mark: str = ""  # P, before the page; -4, behind it
    is_open: bool = False  # leaders end it, and lead to no page
    misread: str = ""  # the page as it stands: l5


def read_contents(lines: Sequence[Line]) -> Contents:
    """Find and read the contents; without any, ``start`` and ``end`` are 0."""
    items = [_take_apart(line) for line in lines]
    word = next((n for n, line in enumerate(lines) if is_contents_word(line)), None)
    marked = [n for n, item in enumerate(items) if item.page is not None and item.sure]
    listed = _read_listed(lines, items, word) if word is not None else None
    if listed:
        return _without_serials(listed)
    if not marked and word is not None:  # 目录 is printed, its pages are set apart by blanks only
        marked = [n for n, item in enumerate(items) if n > word and item.page is not None]
    if not marked:
        return Contents(0, 0)
    first = marked[0]
    last = _last_entry(lines, items, marked)
    start = _first_category(lines, items, first)
    if word is not None and first - GAP <= word < first:
        start = word
    contents = _read_region(lines, items, start, last + 1)
    if _are_of_a_plan(contents.entries):
        return Contents(0, 0)  # the issue's own could not be read
    return _without_serials(contents)


def is_contents_word(line: Line) -> bool:
    """Whether a line says that contents follow: 目录, 【本期目录】."""
    return len(line.text) <= LONGEST_WORD and line.compact.strip(BRACKETS) in CONTENTS_WORD


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


def _without_serials(contents: Contents) -> Contents:
    """Drop the serials of entries where they run 1, 2, 3 … through all, or through a category."""
    found = [SERIAL.match(entry.title) for entry in contents.entries]
    above, category = 0, ""
    for entry, serial in zip(contents.entries, found, strict=True):
        number = int(serial["serial"]) if serial else 0
        restarts = number == 1 and entry.category != category
        if number != above + 1 and not restarts:
            return contents
        above, category = number, entry.category
    if len(found) < 2:
        return contents
    entries, ledger = [], list(contents.ledger)
    for entry, serial in zip(contents.entries, found, strict=True):
        dropped = serial.group() if serial else ""
        entries.append(replace(entry, title=entry.title[len(dropped) :]))
        ledger.append(LedgerEntry("drop_serials", entry.lines.first, dropped.strip(), ""))
    return replace(contents, entries=tuple(entries), ledger=tuple(ledger))


def _last_entry(lines: Sequence[Line], items: Sequence[_Item], marked: Sequence[int]) -> int:
    """Index of the last entry: the contents end in a gap, or where a listed title comes again."""
    last = marked[0]
    titles = set(_names(items[last].title))
    for n in marked[1:]:
        between = (fold_title(line.text) for line in lines[last + 1 : n])
        if n - last > GAP or any(text in titles for text in between):
            break
        titles |= set(_names(items[n].title))
        last = n
    # entries whose page was lost, or stands below them, may be the last
    for n in range(last + 1, min(last + GAP + 1, len(lines))):
        if items[n].is_open or (items[last].is_open and last == n - 1 and _page_alone(lines[n])):
            last = n
    return last


def _names(title: str) -> tuple[str, ...]:
    """Give what a title may be in the text, its serial left aside."""
    serial = SERIAL.match(title)
    return names_of(title[serial.end() :] if serial else title)


def _first_category(lines: Sequence[Line], items: Sequence[_Item], first: int) -> int:
    """Index of the category, or of the head of a wrapped title, above the first entry."""
    start = first
    while start and first - start < 2:
        above = lines[start - 1]
        named = above.hashes or items[start - 1].bullet or _may_be_category(above.compact)
        if not named or is_contents_word(above):
            break
        start -= 1
    return start


def _may_be_category(text: str) -> bool:
    """Whether a line without any mark names a category: 上级文件, and no organ of the masthead."""
    return bool(CATEGORY.fullmatch(text)) and not ORGAN.fullmatch(text) and "刊" not in text


def _read_region(lines: Sequence[Line], items: Sequence[_Item], start: int, end: int) -> Contents:
    bullets = any(items[n].bullet for n in range(start, end) if items[n].page is not None)
    category = ""
    entries: list[TocEntry] = []
    headings: list[Paragraph] = []
    diagnostics: list[Diagnostic] = []
    ledger: list[LedgerEntry] = []
    pending: tuple[str, int] | None = None  # head of a wrapped title and its line
    for n in range(start, end):
        line, item = lines[n], items[n]
        if is_contents_word(line):
            if pending:  # no title goes on over 目录
                head = [above for above in lines[start:n] if above.number >= pending[1]]
                headings += [above.paragraph("label") for above in head]
                diagnostics.append(_without_page(pending))
                pending = None
            headings.append(line.paragraph("label"))
        elif item.page is not None or item.is_open:
            title, first = pending or ("", line.number)
            entry = TocEntry(category, title + item.title, item.page, Lines(first, line.number))
            entries.append(entry)
            ledger += _dropped(item, line)
            pending = None
        elif entries and entries[-1].page is None and not pending and _page_alone(line):
            entries[-1], dropped = _with_page_below(entries[-1], line)
            ledger += dropped
        elif pending:
            pending = (pending[0] + item.title, pending[1])
        elif item.bullet or not (line.hashes or bullets or len(line.compact) <= 12):
            pending = (item.title, line.number)
        else:
            category = line.compact.strip(BRACKETS + ORNAMENTS)
            headings.append(line.paragraph("label"))
    if pending:
        diagnostics.append(_without_page(pending))
    diagnostics += [_without_page((e.title, e.lines.first)) for e in entries if e.page is None]
    return Contents(start, end, tuple(entries), tuple(headings), tuple(diagnostics), tuple(ledger))


def _dropped(item: _Item, line: Line) -> Iterator[LedgerEntry]:
    """Account for what is printed beside a page: P before it, the last page behind it, a letter."""
    if item.mark:
        yield LedgerEntry("drop_page_mark", line.number, item.mark.strip(), "")
    if item.misread:
        yield LedgerEntry("read_page", line.number, item.misread, str(item.page))


def _with_page_below(entry: TocEntry, line: Line) -> tuple[TocEntry, Iterator[LedgerEntry]]:
    """Give an entry the page that stands alone on the line below it."""
    found = _page_alone(line)
    if found is None:
        return entry, iter(())
    page = int(found["page"] or found["framed"])
    lines = Lines(entry.lines.first, line.number)
    item = _Item("", page, bullet=False, sure=True, mark=found["mark"] or "")
    return replace(entry, page=page, lines=lines), _dropped(item, line)


def _has_leaders(lines: Sequence[Line], items: Sequence[_Item], word: int) -> bool:
    """Whether leaders lead to pages below 目录; a row of a table further down is none of them."""
    return any(
        items[n].sure and (n <= word + GAP or not lines[n].cells)
        for n in range(word + 1, min(word + 1 + MOST_LISTED // 4, len(lines)))
    )


def _read_listed(lines: Sequence[Line], items: Sequence[_Item], word: int) -> Contents | None:
    """Read contents whose titles bear no page, or one before or below them.

    What tells a title is that it comes again further down; None where not all of them do.
    """
    if _has_leaders(lines, items, word):
        return None
    again = _Again(lines, word)
    entries: list[TocEntry] = []
    serials: list[int | None] = []  # the number before each title
    ledger: list[LedgerEntry] = []
    headings = [(word, lines[word].paragraph("label"))]
    category, end, n = "", word + 1, word + 1
    while n < min(word + MOST_LISTED, len(lines)):
        line = lines[n]
        if entries and entries[-1].page is None and end == n and _page_alone(line):
            entries[-1], dropped = _with_page_below(entries[-1], line)
            ledger += dropped
            end = n = n + 1
        elif taken := again.title_lines(n):
            title, number = _title_ahead(lines[n])
            title += "".join(wrapped.text for wrapped in lines[n + 1 : n + taken])
            span = Lines(line.number, lines[n + taken - 1].number)
            entries.append(TocEntry(category, title, None, span))
            serials.append(number)
            end = n = n + taken
        elif line.is_text and _may_be_category(line.compact.strip(BRACKETS + ORNAMENTS)):
            category = line.compact.strip(BRACKETS + ORNAMENTS)
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


class _Again:
    """Where the titles listed below 目录 come again."""

    def __init__(self, lines: Sequence[Line], word: int) -> None:
        self.lines = lines
        self.listed: Counter[str] = Counter()  # how often each title was met in the contents
        wanted: set[str] = set()
        for n in range(word + 1, min(word + 1 + MOST_LISTED, len(lines))):
            for taken in range(1, WRAPPED + 1):
                wanted.update(self._names(n, taken))
        longest = max(map(len, wanted), default=0)
        self.places: dict[str, list[int]] = {}
        texts = (line.text if len(line.text) <= LONGEST_ENTRY else "" for line in lines)
        folded = [fold_title(without_footnote(text)) for text in texts]
        for start in range(word + 1, len(lines)):
            joined = ""
            for n in range(start, min(start + TITLE_LINES, len(lines))):
                if not folded[n] or len(joined) > longest:
                    break
                joined += folded[n]
                if joined in wanted:
                    self.places.setdefault(joined, []).append(start)

    def title_lines(self, first: int) -> int:
        """How many lines the title takes that is listed at a line; 0 where none is."""
        # the first title of the text, where the contents list another like it
        again = any(self.listed[name] for name in self._names(first, 1))
        short = _may_be_category(self.lines[first].compact.strip(BRACKETS + ORNAMENTS))
        for taken in range(1 if again or short else WRAPPED, 0, -1):
            for name in self._names(first, taken):
                count, below = self._below(name, first + taken)
                left = count - self.listed[name]
                if not 0 < left <= MOST_AGAIN or (short and self._is_divider(first, below)):
                    continue
                self.listed[name] += 1
                return taken
        return 0

    def begins_near(self, end: int) -> bool:
        """Whether the first of the titles that were met comes soon below the contents.

        No title that was not met may stand between: the contents would not be whole.
        """
        first = min((self._below(name, end)[1] for name in self.listed), default=end)
        between = self.lines[end:first]
        return len(between) <= NEAR and not any(map(_reads_like_title, between))

    def _names(self, first: int, taken: int) -> tuple[str, ...]:
        """Fold what a title on so many lines may be in the text."""
        lines = self.lines[first : first + taken]
        if len(lines) < taken or sum(len(line.text) for line in lines) > LONGEST_ENTRY:
            return ()
        if any(line.text[-1:] in NO_TITLE_ENDS for line in lines if line.text):
            return ()
        text = _title_ahead(lines[0])[0] + "".join(line.text for line in lines[1:])
        return tuple(name for name in _names(text) if len(name) >= SHORTEST)

    def _below(self, name: str, start: int) -> tuple[int, int]:
        """How often a title comes from a line on, and where first."""
        places = self.places.get(name, [])
        past = bisect_left(places, start)
        return len(places) - past, places[past] if past < len(places) else len(self.lines)

    def _is_divider(self, first: int, place: int) -> bool:
        """Whether a short line is a category: in the text too, a title stands right below it."""
        following = (name for taken in (1, 2, 3) for name in self._names(first + 1, taken))
        below = (self._below(name, place) for name in following)
        return any(count and title <= place + HEAD for count, title in below)


def _reads_like_title(line: Line) -> bool:
    """Whether a line without a full stop has the words of a title: …关于…的通知."""
    text = line.text
    return line.is_text and text[-1] not in NO_TITLE_ENDS and ("关于" in text or "的" in text)


def _title_ahead(line: Line) -> tuple[str, int | None]:
    """Part the title of a line of contents from its bullet and from the number before it."""
    bullet = BULLET.match(line.text)
    text = line.text[bullet.end() :] if bullet else line.text
    ahead = PAGE_AHEAD.match(text)
    return (text[ahead.end() :], int(ahead["page"])) if ahead else (text, None)


def _page_alone(line: Line) -> re.Match[str] | None:
    """Read a line that is a page and nothing else: (1), ……1."""
    if len(line.text) > LONGEST_WORD:
        return None
    return PAGE.fullmatch(line.text) or PAGE.fullmatch(line.text.lstrip(LEADERS))


def _without_page(pending: tuple[str, int]) -> Diagnostic:
    title, line = pending
    message = f"目录中“{title[:30]}”没有页码"
    return Diagnostic("contents-entry", "warning", Lines(line, line), message)


def _take_apart(line: Line) -> _Item:
    text = line.text
    # what an ornament closes is set off by it, and no entry of a list
    bullet = None if text[-1:] in ORNAMENTS else BULLET.match(text)
    if bullet:
        text = text[bullet.end() :]
    bare = _Item(text, None, bool(bullet), sure=False)
    if line.hashes or len(text) > LONGEST_ENTRY or text[-1:] not in ITEM_ENDS:
        return bare
    # a page stands in the last dozen characters; looking there only keeps long lines cheap
    tail = text[-12:]
    if text[-1] in LEADER_ENDS:
        title = text.rstrip(LEADERS)
        is_open = bool(title and LEADERS_ALONE.search(tail)) and not _is_masthead(title)
        return bare._replace(title=title, is_open=True) if is_open else bare
    found = RANGE.search(tail) or MISREAD.search(tail) or PAGE.search(tail)
    if not found:
        return bare
    groups = found.groupdict()
    before = text[: len(text) - len(tail) + found.start()]
    slash = before.rstrip().endswith(SLASHES)
    if slash and SLASH_AFTER.search(above := before.rstrip()[:-1]):  # a leader
        before = above
    else:
        slash = False
    title = before.rstrip(LEADERS)
    leaders = before[len(title) :]
    dots = sum(c in ".．…·・‥。" for c in leaders)
    sure = "…" in leaders or dots >= 3 or "\t" in leaders
    blank = bool(leaders) or slash or found.group()[0] in "（(〔["
    if not title or not (sure or blank) or _is_masthead(title):
        return bare
    misread = groups["page"] if found.re is MISREAD else ""
    page = misread.translate(READ_AS_DIGITS) if misread else groups["page"] or groups["framed"]
    dropped = groups.get("mark") or groups.get("last") or ""
    return _Item(title, int(page), bool(bullet), sure, dropped, misread=misread)


def _is_masthead(title: str) -> bool:
    return bool(
        re.fullmatch(r"(?:邮\s*编|电\s*话|地\s*址|第(?!.{1,3}[编章节])|总第|20|19).{0,6}", title)
    )
