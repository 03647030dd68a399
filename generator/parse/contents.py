"""目录: the printed contents, whose titles are the spine the issue is cut along."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.model import Diagnostic, LedgerEntry, Lines, Paragraph, TocEntry
from generator.numbering import parse_ordinal
from generator.parse.lines import Line, fold_title
from generator.parse.numbers import names_of
from generator.parse.organs import ORGAN

BULLET = re.compile(r"^[-*+•·●○◆■]\s*")
# the page at the end, with or without brackets: ..... 2 · …………(12) · ……（12）
PAGE = re.compile(r"(?:[（(〔\[]\s*)?(?P<page>\d{1,4})\s*[）)〕\]]?$")
PAGE_ENDS, LONGEST = frozenset("0123456789０１２３４５６７８９)）〕] "), 300
CATEGORY = re.compile(r"[【〔（]?[\u4e00-\u9fff、·]{2,12}[】〕）]?")
LEADERS = " \t.．…·・‥。—-_\u3000"
SLASHES = ("/", "／")  # …… / 3
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


def read_contents(lines: Sequence[Line]) -> Contents:
    """Find and read the contents; without any, ``start`` and ``end`` are 0."""
    items = [_take_apart(line) for line in lines]
    word = next((n for n, line in enumerate(lines) if is_contents_word(line)), None)
    marked = [n for n, item in enumerate(items) if item.page is not None and item.sure]
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
    entries, ledger = [], []
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
        elif item.page is not None:
            title, first = pending or ("", line.number)
            entry = TocEntry(category, title + item.title, item.page, Lines(first, line.number))
            entries.append(entry)
            pending = None
        elif pending:
            pending = (pending[0] + item.title, pending[1])
        elif item.bullet or not (line.hashes or bullets or len(line.compact) <= 12):
            pending = (item.title, line.number)
        else:
            category = line.compact.strip(BRACKETS + ORNAMENTS)
            headings.append(line.paragraph("label"))
    if pending:
        diagnostics.append(_without_page(pending))
    return Contents(start, end, tuple(entries), tuple(headings), tuple(diagnostics))


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
    if line.hashes or len(text) > LONGEST or text[-1:] not in PAGE_ENDS:
        return _Item(text, None, bool(bullet), sure=False)
    # a page stands in the last dozen characters; looking there only keeps long lines cheap
    tail = text[-12:]
    found = PAGE.search(tail)
    if not found:
        return _Item(text, None, bool(bullet), sure=False)
    before = text[: len(text) - len(tail) + found.start()]
    if before.rstrip().endswith(SLASHES):  # a leader, after others
        above = before.rstrip()[:-1].rstrip()
        before = above if above.endswith(("…", "..", "．．", "··")) else before
    title = before.rstrip(LEADERS)
    leaders = before[len(title) :]
    dots = sum(c in ".．…·・‥。" for c in leaders)
    sure = "…" in leaders or dots >= 3 or "\t" in leaders
    blank = bool(leaders) or found.group()[0] in "（(〔["
    if not title or not (sure or blank) or _is_masthead(title):
        return _Item(text, None, bool(bullet), sure=False)
    return _Item(title, int(found["page"]), bool(bullet), sure)


def _is_masthead(title: str) -> bool:
    return bool(
        re.fullmatch(r"(?:邮\s*编|电\s*话|地\s*址|第(?!.{1,3}[编章节])|总第|20|19).{0,6}", title)
    )
