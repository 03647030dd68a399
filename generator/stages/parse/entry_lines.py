"""Lines of the contents, taken apart: title, leaders, page; several entries of one line.

The forms of a line (links, leaders of LaTeX, rows of a table, two columns) are rows of FORMS: each
turns a line into plain lines with one entry each, and says which characters it removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from generator.language.ordinals import parse_ordinal
from generator.language.organs import ORGAN
from generator.model import LedgerEntry
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.lines import Line
from generator.stages.parse.number_lines import is_number_line

BULLETS = frozenset("-*+•·●○◆■")
BULLET = lazy_regex(r"^[-*+•·●○◆■]\s*")
# the page at the end: ..... 2 · …………(12) · ……（12） · ……P12 · …… - 12 - · …… ·12·
PAGE = lazy_regex(
    r"(?:[（(〔\[]\s*)?(?P<mark>(?<![A-Za-z])[PpＰｐ][.．]?\s*)?"
    r"(?P<page>\d{1,4})\s*[）)〕\]]?$"
    r"|[·•・—－–-]\s*(?P<framed>\d{1,4})\s*[·•・—－–-]$"
)
# ..... 2-4: the pages from the first to the last; behind leaders only, for a title may end in 1-2
RANGE = lazy_regex(
    r"(?:(?<=[.．…·・‥\t ])|[（(]\s*)(?P<page>\d{1,4})(?P<last>\s*[-－–—~～至]\s*\d{1,4})\s*[）)]?$"
)
# ..... l5, ..... 1O: a page whose 1 or 0 was read as a letter
MISREAD = lazy_regex(
    r"(?<=[.．…·・‥\t])\s*[（(]?(?P<page>(?=\d*[lIOo])(?=[lIOo]*\d)[\dlIOo]{2,4})[）)]?$"
)
READ_AS_DIGITS = str.maketrans("lIOo", "1100")
# leaders that lead to no page: …………, ......, . . . .
LEADERS_ALONE = lazy_regex(r"(?:…|[.．·・‥](?:\s?[.．·・‥]){2})[\s.．…·・‥]*$")
PAGE_ENDS, LONGEST_ENTRY = "0123456789０１２３４５６７８９)）〕] ·•・—－–-", 300
LEADER_ENDS = frozenset(".．…‥")
ITEM_ENDS = frozenset(PAGE_ENDS + "lIOo") | LEADER_ENDS
# …实施（47）方案》的通知, …实施……47方案》的通知: the page where the title's first line ended
PAGE_INSIDE = lazy_regex(
    r"(?:[.．…·・‥]{2,}\s?)?[（(]\s?(?P<framed>\d{1,4})\s?[）)]|[.．…·・‥]{3,}\s?(?P<page>\d{1,4})"
)
LEADERS = " \t.．…·・‥。—-_\u3000"
SLASHES = ("/", "／")  # …… / 3 · …的通知 /3
SLASH_AFTER = lazy_regex(r"[\u4e00-\u9fff》”）)\s…·・.．]$")
BRACKETS = "【】〔〕［］[]（）()"
ORNAMENTS = "◆●■○★☆"  # ◆规范性文件◆
CATEGORY = lazy_regex(r"[【〔（]?[\u4e00-\u9fff、·]{2,12}[】〕）]?")
# a name in brackets is a category, however long: 【市政府办公室规范性文件】
FRAMED_CATEGORY = lazy_regex(r"[【〔［\[][^【】〔〕［］\[\]\d]{2,28}[】〕］\]]")
# what such a name may hold that a title never does: the words of a kind of documents
LONG_CATEGORY = lazy_regex(r"[\u4e00-\u9fff、·]{2,24}")
CONTINUED = lazy_regex(r"[（(【]?(?:续|续前|接上页|续上页)[）)】]?$")  # 市政府文件（续）
# 目录 · 【本期目录】 · 目录（续） · 续目录 · 目 录 CONTENTS
CONTENTS_WORD = lazy_regex(
    r"(?:续)?(?:本期)?(?:总)?(?:目录|目次|要目)(?:[（(]?(?:续|续表|接上页|[一二三四])[）)]?)?"
    r"(?:contents)?|contents",
    re.IGNORECASE,
)
LONGEST_WORD = 20  # characters of 【 本 期 目 录 】 CONTENTS
LONGEST_PAGE = 12  # characters of a page that stands alone
# 1.某市人民政府关于…的通知 ..... 1, where every entry bears the next number
SERIAL = lazy_regex(r"(?P<serial>[0-9]{1,3})[.．、]\s*+(?!\d)")
LISTED_STYLES = frozenset(("section", "item", "point", "subpoint"))  # 一、（一）1.（1）
# what else the contents of a plan or of rules list, beside their chapters
OF_A_PLAN = lazy_regex(r"附[件表录则图]|前言|序言|引言|目录")
# contents without leaders: 3 某某市人民政府关于…的通知
PAGE_AHEAD = lazy_regex(r"(?P<page>[0-9]{1,4})\s++")
# the heads of the columns of contents that are a table
COLUMN_HEADS = frozenset(
    ("序号", "编号", "标题", "题名", "名称", "文件名称", "文件标题", "文号", "发文字号",
     "页码", "页次", "页数", "页", "栏目", "类别", "备注", "内容", "目录")
)  # fmt: skip


class Item(NamedTuple):
    """A line of the contents, taken apart; a tuple, for every line of an issue is looked at."""

    title: str
    page: int | None
    bullet: bool
    sure: bool  # leaders or brackets say that the number is a page
    mark: str = ""  # P, before the page; -4, behind it
    is_open: bool = False  # leaders end it, and lead to no page
    misread: str = ""  # the page as it stands: l5

    @property
    def ends_entry(self) -> bool:
        """Whether an entry ends here: at its page, or at leaders that lead to none."""
        return self.page is not None or self.is_open


def take_apart(line: Line) -> Item:
    """Take a line apart into title and page; a line that is no entry has neither."""
    text = line.text
    if text[-1:] not in ITEM_ENDS and text[:1] not in BULLETS:
        return Item(text, None, bullet=False, sure=False)  # most lines
    # what an ornament closes is set off by it, and no entry of a list
    may_have_bullet = text[:1] in BULLETS and text[-1:] not in ORNAMENTS
    bullet = BULLET.match(text) if may_have_bullet else None
    if bullet:
        text = text[bullet.end() :]
    bare = Item(text, None, bool(bullet), sure=False)
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
    misread = groups["page"] if found.re.pattern == MISREAD.pattern else ""
    page = misread.translate(READ_AS_DIGITS) if misread else groups["page"] or groups["framed"]
    dropped = groups.get("mark") or groups.get("last") or ""
    return Item(title, int(page), bool(bullet), sure, dropped, misread=misread)


def dropped_of(item: Item, line: Line) -> Iterator[LedgerEntry]:
    """Account for what is printed beside a page: P before it, the last page behind it, a letter."""
    if item.mark:
        yield LedgerEntry("drop_page_mark", line.number, item.mark.strip(), "")
    if item.misread:
        yield LedgerEntry("read_page", line.number, item.misread, str(item.page))


def _is_masthead(title: str) -> bool:
    return bool(
        re.fullmatch(r"(?:邮\s*编|电\s*话|地\s*址|第(?!.{1,3}[编章节])|总第|20|19).{0,6}", title)
    )


def is_contents_word(line: Line) -> bool:
    """Whether a line says that contents follow: 目录, 【本期目录】, 目录（续）."""
    if len(line.text) > LONGEST_WORD:
        return False
    return bool(CONTENTS_WORD.fullmatch(line.compact.strip(BRACKETS + ORNAMENTS)))


def may_be_category(text: str) -> bool:
    """Whether a line without any mark names a category: 上级文件, and no organ of the masthead."""
    return bool(CATEGORY.fullmatch(text)) and not ORGAN.fullmatch(text) and "刊" not in text


def category_of(line: Line) -> str:
    """Give the name of a category without its frame: 【市政府文件】（续） → 市政府文件."""
    name = CONTINUED.sub("", line.compact.strip(ORNAMENTS))
    return name.strip(BRACKETS + ORNAMENTS)


def is_column_heads(row: Sequence[str]) -> bool:
    """Whether a row has nothing but the heads of columns: 序号 标题 页码."""
    named = ["".join(cell.split()) for cell in row if cell]
    return len(named) > 1 and all(name in COLUMN_HEADS for name in named)


def page_alone(line: Line) -> re.Match[str] | None:
    """Read a line that is a page and nothing else: (1), ……1."""
    if len(line.text) > LONGEST_PAGE:
        return None
    return PAGE.fullmatch(line.text) or PAGE.fullmatch(line.text.lstrip(LEADERS))


def title_ahead(line: Line) -> tuple[str, int | None]:
    """Part the title of a line of contents from its bullet and from the number before it."""
    bullet = BULLET.match(line.text)
    text = line.text[bullet.end() :] if bullet else line.text
    ahead = PAGE_AHEAD.match(text)
    return (text[ahead.end() :], int(ahead["page"])) if ahead else (text, None)


def serial_of(title: str) -> tuple[int, int, str]:
    """Read the serial before a title: its number, its end, its style; 0 for none.

    ``1.某市…的通知``, ``一、某市…的通知``, ``（1）某市…的通知``
    """
    if found := SERIAL.match(title):
        return int(found["serial"]), found.end(), "point"
    ordinal = parse_ordinal(title)
    if ordinal and ordinal.style in LISTED_STYLES:
        rest = title[ordinal.end :]
        return ordinal.number, len(title) - len(rest.lstrip()), ordinal.style
    return 0, 0, ""


Plain: TypeAlias = list[tuple[Line, list[str]]]  # lines, each with the characters removed from it


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which a line of the contents comes, and how it becomes plain lines."""

    name: str
    holds: Callable[[Line], bool]
    plain: Callable[[Line], Plain]


# the end of a link: ](#_Toc1), ](page.html "标题")
LINK_END = lazy_regex(r"\]\([^()\n]{0,200}\)")
LATEX_DOTS = lazy_regex(r"\\(?:[cl]?dots[bcimo]?|cdot|dotfill|hfill|hdots)(?![A-Za-z])(?:\{\})?")
LATEX_MARKS = lazy_regex(r"\\[()\[\],;:! ]|\\q?quad(?![A-Za-z])|\$")
# between two columns: 某通知 …… 2  某意见 …… 5; without leaders only where the blank is wide
COLUMN_GAP = lazy_regex(r"(?<=[\d)）〕\]])([ \u3000]+)(?=[\u4e00-\u9fff《【“「1-9])")
WIDE = 2  # blanks


def _without_links(line: Line) -> Plain:
    """Give what links show; the page in a link of its own is set apart by a tab.

    ``[某通知 [2](#_Toc1)](#_Toc1)`` → ``某通知 	2``
    """
    kept: list[str] = []
    dropped: list[str] = []
    opened: list[int] = []  # where in ``kept`` the brackets stand that are open
    at, text = 0, line.text
    while at < len(text):
        if text[at] == "]":
            end = LINK_END.match(text, at)
            start = opened.pop() if opened else None
            if end and start is not None:
                dropped.append(end.group())
                shown = "".join(kept[start + 1 :]).strip()
                kept[start] = "\t" if shown.isdigit() and start else ""
                at = end.end()
                if text[at:].strip().isdigit():  # [某通知](#_Toc1) 2
                    kept.append("\t")
                continue
        elif text[at] == "[":
            opened.append(len(kept))
        kept.append(text[at])
        at += 1
    plain = "".join(kept).strip()
    cells = tuple(cell.strip() for cell in plain.split("\t")) if "\t" in plain else ()
    return [(replace(line, text=plain, cells=cells, marks=()), dropped)]


def _without_latex(line: Line) -> Plain:
    r"""Read the leaders that LaTeX sets: ``某通知 $\cdots$ (2)``, ``某通知\dotfill 2``."""
    dropped = [found.group() for found in LATEX_DOTS.finditer(line.text)]
    text = LATEX_MARKS.sub(" ", LATEX_DOTS.sub("……", line.text)).strip()
    return [(replace(line, text=text, marks=()), dropped)]


def rows_of(line: Line) -> tuple[tuple[str, ...], ...]:
    """Give the rows of cells that a line has."""
    return (line.cells,) if line.cells else ()


def _has_entries(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are more than a title and its page, and more than the heads of columns."""
    if len(rows) != 1:
        return bool(rows)
    row = rows[0]
    is_pair = len(row) == 2 and all(map(_ends_in_page, row))
    return (is_pair or len(row) > 2) and not is_column_heads(row)


def _row_lines(line: Line) -> Plain:
    """Give each entry of the rows a line of its own: serial, title, number, page."""
    found: Plain = []
    heads: list[str] = []  # of the columns, in a row above
    for row in rows_of(line):
        if is_column_heads(row):
            heads += row
            continue
        for text, dropped in entries_of_row(row):
            cells = tuple(text.split("\t")) if "\t" in text else ()
            found.append((replace(line, text=text, cells=cells), heads + dropped))
            heads = []
    return found or [(line, [])]


def entries_of_row(row: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Read the entries of a row of cells as ``title<tab>page``, with the serials left out.

    A row has one entry or several, or the name of a category: ``1, 某通知, 某府发〔2017〕1号, 2`` ·
    ``某通知, 2, 某意见, 5`` · ``市政府文件, 某通知, 2``. A cell may have the page of its title.
    """
    filled = [cell.strip() for cell in row if cell.strip(LEADERS)]
    if filled and _is_page(filled[0]) and not _ends_in_page(filled[-1]):
        # 3, 某通知, 9, 某意见: what stands ahead are pages or serials
        for cell, after in zip(filled, [*filled[1:], ""], strict=True):
            if not _is_page(cell):
                yield cell, []
            elif after and not _is_page(after):
                filled[filled.index(after)] = f"{cell} {after}"
        return
    title, number, serials = "", "", list[str]()
    for cell in filled:
        if _is_page(cell) and title:
            yield f"{_with_number(title, number)}\t{cell.strip(LEADERS)}", serials
            title, number, serials = "", "", []
        elif _is_page(cell):
            serials = [cell]
        elif is_number_line(Line(0, cell)):
            number, title = (cell, title) if title else ("", f"{cell} ")
        elif title.endswith(" "):  # a number stands ahead
            title += cell
        else:
            if title:  # of a category, or a title without a page
                yield _with_number(title, number), []
                number = ""
            title = cell
        if title and _ends_in_page(title) and not _is_page(title):
            yield title, serials
            title, serials = "", []
    if title:
        yield _with_number(title.strip(), number), serials


def _is_page(cell: str) -> bool:
    """Whether a cell is a page, or a serial."""
    bare = "\t" + cell.strip(LEADERS)
    return bool(page_alone(Line(0, cell)) or MISREAD.fullmatch(bare, 1) or RANGE.fullmatch(bare, 1))


def _ends_in_page(cell: str) -> bool:
    return _is_page(cell) or take_apart(Line(0, cell)).page is not None


def _with_number(title: str, number: str) -> str:
    return f"{title}（{number.strip('（）()')}）" if number else title


def _columns(text: str) -> list[str]:
    """Split a line with the entries of several columns; a line with one gives itself."""
    found: list[str] = []
    pieces = COLUMN_GAP.split(text)
    joined = pieces[0]
    for gap, piece in zip([*pieces[1::2], ""], [*pieces[2::2], ""], strict=True):
        item = take_apart(Line(0, joined))
        is_entry = item.is_open or (item.page is not None and (item.sure or len(gap) >= WIDE))
        if is_entry or (found and not piece and item.page is not None):
            found.append(joined)
            joined = piece
        else:
            joined += gap + piece
    return found if len(found) > 1 and not joined else [text]


def _column_lines(line: Line) -> Plain:
    return [(replace(line, text=part, marks=()), []) for part in _columns(line.text)]


# applied one after another to each line
FORMS: tuple[Form, ...] = (
    # [某通知](#_Toc1) · [某通知 [2](#_Toc1)](#_Toc1)
    Form("links", lambda line: "](" in line.text, _without_links),
    # 某通知 $\cdots$ (2) · 某通知\dotfill 2
    Form(
        "latex",
        lambda line: "\\" in line.text and bool(LATEX_DOTS.search(line.text)),
        _without_latex,
    ),
    # 1<tab>某通知<tab>2 · 某通知<tab>2<tab>某意见<tab>5
    Form("row", lambda line: _has_entries(rows_of(line)), _row_lines),
    # 某通知 …… 2  某意见 …… 5
    Form(
        "columns",
        lambda line: (
            not line.cells and line.text[-1:] in ITEM_ENDS and len(_columns(line.text)) > 1
        ),
        _column_lines,
    ),
)


@dataclass(frozen=True, slots=True)
class PlainLines:
    """The lines of an issue, in which each entry of the contents has a line of its own."""

    lines: tuple[Line, ...]
    origins: Sequence[int]  # the index of each in the lines of the issue
    dropped: tuple[tuple[int, LedgerEntry], ...] = ()  # what was removed, at which index


def plain_lines(lines: Sequence[Line], reach: range) -> PlainLines:
    """Give the lines of an issue, those in ``reach`` without the forms of contents."""
    found: list[Line] = list(lines[: reach.start])
    origins = list(range(reach.start))
    dropped: list[tuple[int, LedgerEntry]] = []
    for n in range(reach.start, min(reach.stop, len(lines))):
        for line, pieces in _plain(lines[n]):
            found.append(line)
            origins.append(n)
            dropped += [
                (n, LedgerEntry("drop_contents_marks", line.number, piece, "")) for piece in pieces
            ]
    after = min(reach.stop, len(lines))
    found += lines[after:]
    origins += range(after, len(lines))
    return PlainLines(tuple(found), origins, tuple(dropped))


def _plain(line: Line) -> Plain:
    if line.image or len(line.text) > 2 * LONGEST_ENTRY:
        return [(line, [])]
    plain: Plain = [(line, [])]
    text = line.text
    # most lines: a quick test saves the forms
    if not (line.cells or text[-1:] in ITEM_ENDS or "](" in text or "\\" in text):
        return plain
    if not any(form.holds(line) for form in FORMS):
        return plain
    for form in FORMS:
        plain = [
            (one, pieces + more)
            for above, pieces in plain
            for one, more in (form.plain(above) if form.holds(above) else [(above, [])])
        ]
    return plain
