"""Report what an editor should look at: faults that no rule can repair without guessing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from generator.language.dates import misread_dates, read_date_line, restore_dates
from generator.language.document_numbers import NUMBER_WITHIN, misread_numbers, restore_number
from generator.language.founder import find_founder_latin
from generator.language.head_parts import read_head_line
from generator.language.picture_lines import is_on_the_web, shown_name
from generator.language.secrecy import is_secrecy_mark, is_starred
from generator.language.unseen import INVISIBLE, name_of
from generator.model import (
    Attachment,
    Block,
    Diagnostic,
    Document,
    Heading,
    Issue,
    Lines,
    Paragraph,
    Table,
    TextBlock,
)
from generator.model.codes import diagnostic
from generator.model.edits import line_at, stretches
from generator.model.outline import printed_ordinal
from generator.model.provisions import provisions_of
from generator.runtime.patterns import lazy_regex
from generator.stages.check.closes import check_announced, check_closes
from generator.stages.check.losses import find_losses, find_unplaced
from generator.stages.check.marks import find_marks
from generator.stages.check.markup import markup_places
from generator.stages.check.misprints import find_misprints
from generator.stages.check.page_order import find_page_order
from generator.stages.check.personal import find_personal
from generator.stages.check.readings import CERTAIN, LIKELY, UNKNOWN, reading_at, reading_in
from generator.stages.check.sense import check_sense
from generator.stages.extract.appointments import unread_appointments
from generator.stages.parse.entry_lines import CONTENTS_WORD
from generator.stages.parse.identity import joined_number
from generator.stages.parse.lines import SENTENCE_ENDS, fold_title
from generator.stages.parse.number_lines import LONGEST_BESIDE, names_of

# an English word in small letters between Chinese characters; names such as WIFI or GDP have
# capitals
LATIN_WORD = lazy_regex(
    r"(?<=[\u4e00-\u9fff])\s*(?P<word>(?:and|or|of|the|in|to|for|with))\s*(?=[\u4e00-\u9fff])"
)
SHORT = 6  # characters; a heading without an ordinal is hardly shorter
SHORT_LINE = 14  # characters; a printed line cut at a page edge is hardly shorter
FOLDER_NUMBER = lazy_regex(r"(?P<year>\d{4})-(?P<number>\d+)")  # 2017-01, 2017-03-04
QUARTERS = 4
LONGEST_HEAD = 10  # paragraphs at the beginning of a document, in which its number may be
HEAD = frozenset({"label", "title", "footer", "note"})


def diagnose(issue: Issue, agencies: Collection[str] = ()) -> Issue:
    """Add a diagnostic for each doubtful place of a normalised issue, in the order of lines.

    ``agencies`` are the names of agencies in gazette.toml.
    """
    found = [*issue.diagnostics]
    lines = issue.source.text.split("\n")
    found += _check_masthead(issue)
    found += _check_joins(issue)
    found += _check_pictures(issue)
    found += _check_dividers(issue)
    found += _check_secrecy(issue)
    found += find_misprints(issue)
    found += (
        diagnostic("personal-data", *place, confidence=CERTAIN) for place in find_personal(issue)
    )
    found += _check_restored(issue)
    found += _check_dated(issue)
    found += (diagnostic("markup", *place) for place in markup_places(issue))
    found += find_marks(issue)
    found += find_losses(issue)
    found += find_unplaced(issue)
    found += find_page_order(issue)
    found += _check_invisible(issue)
    found += _check_look_alikes(issue)
    found += _check_founder_latin(issue)
    for document in issue.documents:
        for check in CHECKS:
            found += check(document)
        found += _check_latin(document, lines)
    found += check_sense(issue, lines, _year(issue), agencies)
    confirmed = {(c.code, c.line) for c in issue.source.confirmed}
    found = [d for d in found if d.severity == "error" or (d.code, d.lines.first) not in confirmed]
    ordered = sorted(set(found), key=lambda d: (d.lines.first, d.code, d.message))
    return replace(issue, diagnostics=tuple(ordered))


def _at(block: TextBlock, offset: int) -> Lines:
    line = line_at(block.breaks, offset)
    return Lines(line, line)


def _check_masthead(issue: Issue) -> Iterator[Diagnostic]:
    found = FOLDER_NUMBER.match(issue.folder)
    masthead = issue.masthead
    if not found:
        return
    lines = masthead.lines if masthead.lines.last else Lines(1, 1)
    folder = (int(found["year"]), int(found["number"]))
    for name, printed, expected in (
        ("年份", masthead.year, folder[0]),
        ("期号", masthead.number, folder[1]),
    ):
        if printed is not None and printed != expected:
            message = f"刊头所印{name}为{printed}，与文件夹名“{issue.folder}”不一致"
            yield diagnostic("masthead-differs", lines, message)


ABOVE, BELOW = 8, 12  # lines above and below a title that may be on the same printed page
CELL_END = lazy_regex(r"[\t|]")
LONGEST_SHOWN = 80  # characters of a line that a message repeats


def _check_secrecy(issue: Issue) -> Iterator[Diagnostic]:
    """Report marks of secrecy, anywhere in the source.

    A mark is a line of its own (《公文处理工作条例》第九条).

    Near a title the bare word is a mark too. A mark on a document's first page may be above its
    title, among the last lines of the document before it.
    """
    firsts = [document.lines.first for document in issue.documents]
    firsts += [attachment.lines.first for d in issue.documents for attachment in d.attachments]
    near = {n for first in firsts for n in range(first - ABOVE, first + BELOW)}
    near |= set(range(1, min(firsts, default=0)))
    lines = issue.source.text.split("\n")
    tables = _rows_of_tables(lines)
    for number, line in enumerate(lines, 1):
        if number in issue.source.lifted:
            continue
        if any(map(is_starred, CELL_END.split(line))) or (
            number not in tables
            and is_secrecy_mark(CELL_END.sub(" ", line), near_title=number in near)
        ):
            shown = INVISIBLE.sub("", CELL_END.sub(" ", line)).strip()[:LONGEST_SHOWN]
            message = f"有密级或保密标记“{shown}”，停止发布；已解密的，在 issue.toml 中注明"
            yield diagnostic("secrecy", Lines(number, number), message)


def _rows_of_tables(lines: list[str]) -> set[int]:
    """Give the lines with cells next to other lines with cells.

    A single line such as 000001<tab>机密 is no table.
    """
    printed = [
        (n, bool(CELL_END.search(s.strip(" \t|")))) for n, s in enumerate(lines, 1) if s.strip()
    ]
    return {
        number
        for (one, above), (other, below) in itertools.pairwise(printed)
        if above and below
        for number in (one, other)
    }


def _check_invisible(issue: Issue) -> Iterator[Diagnostic]:
    """Report invisible characters that change how a line is read or found, once for each line."""
    for number, found in _lines_with(INVISIBLE, issue):
        named = "、".join(map(name_of, found))
        message = f"有看不见的字符或改变书写方向的字符：{named}，请核对并删去"
        yield diagnostic("invisible", Lines(number, number), message, confidence=CERTAIN)


def _lines_with(characters: re.Pattern[str], issue: Issue) -> Iterator[tuple[int, list[str]]]:
    """Give the source lines that contain certain characters, with these characters.

    Most sources contain none, so that the whole text is searched first.
    """
    if not characters.search(issue.source.text):
        return
    for number, line in enumerate(issue.source.text.split("\n"), 1):
        if found := sorted(set(characters.findall(line))):
            yield number, found


# letters of other scripts that look like Chinese or Latin ones, in places where only these occur
# (Unicode Technical Standard 39). 二О一一年 is sometimes printed with a Cyrillic О (numerals.py); α
# and μ are technical terms
FOREIGN = lazy_regex("[\u0370-\u04ff\u2e80-\u2fd5\u30a0-\u30ff]")
LOOK_ALIKE = lazy_regex(
    r"""
    [\u2e80-\u2fd5]                                              # radicals: ⼀ for 一
  | (?<=[\u4e00-\u9fff])[エカタトニハヘミロー](?=[\u4e00-\u9fff])  # kana: ロ for 口
  | (?<![一二三四五六七八九〇○零])[\u0400-\u04ff](?=[A-Za-z0-9〔〕\u4e00-\u9fff])  # Cyrillic
  | (?<=[A-Za-z0-9〔〕])[\u0400-\u04ff](?![一二三四五六七八九〇○零])
  | [ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν](?=[A-Za-z0-9〕])                           # Greek: ο for o
  | (?<=[A-Za-z0-9〔])[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν]
    """,
    re.VERBOSE,
)


def _check_look_alikes(issue: Issue) -> Iterator[Diagnostic]:
    """Report look-alike characters, once for each line: readers see one, searches another."""
    if not FOREIGN.search(issue.source.text):
        return
    for number, found in _lines_with(LOOK_ALIKE, issue):
        shown = "、".join(f"“{letter}”（{name_of(letter)}）" for letter in found)
        message = f"有形似而不是的字符：{shown}，请核对并改为通用的字符"
        yield diagnostic("look-alike", Lines(number, number), message)


def _check_founder_latin(issue: Issue) -> Iterator[Diagnostic]:
    """Report Latin letters of Founder typesetting that are shown as rare ideographs."""
    for number, line in enumerate(issue.source.text.split("\n"), 1):
        for start, end, word in find_founder_latin(line):
            message = f"“{line[start:end]}”是方正排版的英文字母，应为“{word}”，请对照原件更正"
            yield diagnostic("founder-latin", Lines(number, number), message)


def _check_pictures(issue: Issue) -> Iterator[Diagnostic]:
    for document in issue.documents:
        for block in document.all_blocks():
            image = block.image if isinstance(block, Paragraph) else ""
            if image and image not in issue.source.files:
                yield diagnostic(
                    "picture-missing", block.lines, _missing(image), confidence=CERTAIN
                )
        entry, scan = document.entry, issue.source.scan
        if scan and entry and entry.page and not issue.source.scan_of(entry.page):
            message = (
                f"找不到第{entry.page}页的扫描件“{scan.name(entry.page)}”，网页上没有印刷版的链接"
            )
            yield diagnostic("picture-missing", entry.lines, message)


def _check_dividers(issue: Issue) -> Iterator[Diagnostic]:
    """Report lines between documents that no page shows: no names of categories, nor a masthead."""
    masthead = issue.masthead
    shown = [masthead.title, masthead.sponsor, masthead.publisher, masthead.address]
    shown += [name for entry in issue.contents for name in (entry.category, entry.title)]
    cover = "\n".join(map(fold_title, shown))
    listed = 0 if issue.contents_made else max((e.lines.last for e in issue.contents), default=0)
    furniture = {entry.line for entry in issue.ledger if entry.rule == "drop_page_furniture"}
    for divider in issue.dividers:
        if divider.lines.first <= listed and not divider.image:
            continue  # a head of the contents, of its columns or pages
        if divider.lines.first in furniture:
            continue
        if divider.image:
            message = f"图片“{shown_name(divider.image)}”不属于任何一篇公文，网页上没有，请核对"
        elif (name := fold_title(divider.text)) not in cover and not CONTENTS_WORD.fullmatch(name):
            message = f"“{divider.text[:40]}”不属于任何一篇公文，网页上没有，请核对"
        else:
            continue
        yield diagnostic("page-lacks", divider.lines, message)


def _missing(image: str) -> str:
    """Say why a picture is not shown, and what to do."""
    shown = shown_name(image)
    if is_on_the_web(image):
        return (
            f"图片在别的网站上（“{shown}”），本站不取也不链接，网页上注明缺图；"
            "请把图片存进该期文件夹，并改写这一行"
        )
    if image.startswith("data:"):
        return "图片以编码写在文本里，网页上注明缺图；请另存为该期文件夹里的文件，并改写这一行"
    return f"找不到图片文件“{shown}”，网页上注明缺图；请把图片放进该期文件夹，或改正文件名"


def _check_joins(issue: Issue) -> Iterator[Diagnostic]:
    """Report joined lines to check: lines falsely marked as headings, characters printed twice."""
    lines = issue.source.text.split("\n")
    for entry in issue.ledger:
        if entry.rule != "join_cut_paragraphs":
            continue
        where = Lines(entry.line, entry.line)
        if "#" in entry.before:
            message = "扫描误标为标题的残行，已并入上一段，请核对"
            yield diagnostic("stray-heading", where, message)
        elif any(c.isalnum() for c in entry.before):
            message = f"断开处两边都有“{entry.before}”，已只留一个，请核对"
            doubled, line = entry.before.strip(), lines[entry.line - 1]
            reading = reading_at(line, 0, len(doubled), "") if line.startswith(doubled) else UNKNOWN
            yield diagnostic("doubled-join", where, message, reading, CERTAIN)


def _check_decisions(document: Document) -> Iterator[Diagnostic]:
    """Report each line that an editor wants joined to the line before, and that is not."""
    for block in document.all_blocks():
        if not isinstance(block, Table) and block.evidence.decided == "joined":
            message = (
                f"issue.toml 的 [[decision]]（begins = “joined”，“{block.text[:40]}”）没有作用："
                "上面没有可以接的段落；请核对行号，或删去"
            )
            yield diagnostic("decision-unused", _at(block, 0), message)


def _check_restored(issue: Issue) -> Iterator[Diagnostic]:
    """Report numbers and dates whose misread characters were restored: printed, and as read."""
    lines = issue.source.text.split("\n")
    for rule, code, misread, restore in RESTORED:
        # in the contents a line may be part of several entries
        for number in sorted({entry.line for entry in issue.ledger if entry.rule == rule}):
            for printed, read in misread(lines[number - 1]):
                message = f"“{printed}”读作{read}，请核对"
                reading = printed, restore(printed)
                yield diagnostic(code, Lines(number, number), message, reading, CERTAIN)


RESTORED = (
    ("restore_numbers", "number-misread", misread_numbers, restore_number),
    ("unify_number_brackets", "number-misread", misread_numbers, restore_number),
    ("restore_dates", "date-misread", misread_dates, restore_dates),
)


def _check_dated(issue: Issue) -> Iterator[Diagnostic]:
    """Report dates after the last day of the issue, and dates of another year than the number."""
    last = _last_day(issue)
    for document in issue.documents:
        if last and document.date > last:
            dated = (b for b in document.blocks if isinstance(b, Paragraph) and b.kind == "date")
            lines = next(dated, document.blocks[0]).lines
            message = f"成文日期{document.date}晚于本期所属的年份，请核对"
            yield diagnostic("date-later", lines, message, confidence=CERTAIN)
        else:
            yield from _check_year(document)


def _last_day(issue: Issue) -> str:
    """Give the last day that a document of an issue can have; empty if its year is unknown.

    The last issue of a year may be printed in the next January. It is the fourth at least: no
    gazette appears less often than every quarter.
    """
    found, year = FOLDER_NUMBER.match(issue.folder), _year(issue)
    numbers = [issue.masthead.number or 0, int(found["number"]) if found else 0]
    if not year:
        return ""
    return f"{year + 1}-01-31" if max(numbers) >= QUARTERS else f"{year}-12-31"


def _year(issue: Issue) -> int:
    """Give the year of an issue, of its masthead or its folder; 0 if it is not known."""
    found = FOLDER_NUMBER.match(issue.folder)
    return max(issue.masthead.year or 0, int(found["year"]) if found else 0)


def _check_title(document: Document) -> Iterator[Diagnostic]:
    entry = document.entry
    if entry is None:
        return
    title, names = fold_title(document.title), names_of(entry.title)
    # the contents may omit the issuer
    if title not in names and title != fold_title(document.issuer) + names[0]:
        message = f"标题与目录不一致：目录作“{entry.title}”，正文作“{document.title}”"
        yield diagnostic(
            "title-differs", Lines(document.lines.first, document.lines.first), message
        )


def _check_number(document: Document) -> Iterator[Diagnostic]:
    if unread := _unread_number(document):
        shown = unread.text[:60]
        message = f"“{shown}”里的发文字号没有读出：有读法不止一种的字，或旁边有认不出的文字"
        yield diagnostic("number-misread", unread.lines, message)
    elif document.number is None:
        line = document.lines.first
        yield diagnostic("number-missing", Lines(line, line), f"“{document.title}”没有发文字号")
    elif not document.first("number") and document.number == (joined := joined_number(document)):
        line = document.lines.first
        yield diagnostic("number-joined", Lines(line, line), f"发文字号“{joined}”与下文连成一行")


def _unread_number(document: Document) -> Paragraph | None:
    """Find the line in a document's head that has its number, where the number was not read."""
    head = [b for b in document.blocks if isinstance(b, Paragraph)][:LONGEST_HEAD]
    for block in head:
        if block.kind == "number":
            read = read_head_line(block.text)
            if read.is_misread if read else document.number is None:
                return block
    for block in head if document.number is None else ():
        if block.kind == "paragraph":
            if len(block.text) > LONGEST_BESIDE or block.text[-1] in SENTENCE_ENDS:
                break
            if NUMBER_WITHIN.search(block.text):
                return block
    return None


def _check_date(document: Document) -> Iterator[Diagnostic]:
    """Report dates below the text that are no day of the calendar."""
    closing = (b for b in document.blocks if isinstance(b, Paragraph) and b.kind == "date")
    for block in closing:
        if not read_date_line(block.text):
            yield diagnostic("date-misread", block.lines, f"“{block.text}”读不出是哪一天")


def _check_year(document: Document) -> Iterator[Diagnostic]:
    """Report a number whose year is not that of the date: one of them may be misread.

    A document of the last or the first days of a year may have a number of the year beside it.
    """
    number, dated = document.number, document.date
    if not number or not number.year or not dated:
        return
    apart = number.year - int(dated[:4])
    beside = {"12": 1, "01": -1, "02": -1}.get(dated[5:7], 0)
    if apart and apart != beside:
        line = document.lines.first
        message = f"发文字号的年份（{number}）与成文日期（{dated}）不是同一年，请核对"
        yield diagnostic("year-differs", Lines(line, line), message)


def _check_appointments(document: Document) -> Iterator[Diagnostic]:
    """Report each appointment and removal that is not in the register: its name is not certain."""
    for unread in unread_appointments(document):
        message = f"“{unread.text[:LONGEST_SHOWN]}”像一条任免，但认不准是谁，没有登记，请核对"
        yield diagnostic("appointment-unread", Lines(unread.line, unread.line), message)


def _check_attachments(document: Document) -> Iterator[Diagnostic]:
    for attachment in document.attachments:
        texts = [b for b in attachment.blocks if not isinstance(b, Paragraph) or b.kind not in HEAD]
        if not texts:
            message = f"附件“{attachment.title}”只有标题，没有内容，可能漏扫了图表"
            yield diagnostic("empty-attachment", attachment.lines, message)


def _scopes(document: Document) -> Iterable[tuple[Block, ...]]:
    parts: tuple[Document | Attachment, ...] = (document, *document.attachments)
    return (part.blocks for part in parts)


def _check_sequences(document: Document) -> Iterator[Diagnostic]:
    """Report gaps and repeats in the ordinals of units of one style.

    The numbers count within their parent unit, or go on from the parent before.
    """
    places = provisions_of(document).places
    for blocks in _scopes(document):
        units = [b for b in blocks if not isinstance(b, Table) and b.ordinal]
        last: dict[tuple[str, str], tuple[int, int]] = {}  # by style and parent
        running: dict[str, tuple[int, int]] = {}  # by style, across parents
        for unit in units:
            ordinal = printed_ordinal(unit)
            if ordinal is None:
                continue
            parent = re.sub(r"-b\d+$", "", unit.anchor).rpartition("-")[0]
            place = places.get(unit.anchor)
            if place and place.rank in ("款", "项"):  # each 款 has a list of its own
                parent = f"{parent}-p{place.paragraph}"
            own = ordinal.number, ordinal.inserted
            before = last.get((ordinal.style, parent), (0, 0))
            through = running.get(ordinal.style, (0, 0))
            last[ordinal.style, parent] = running[ordinal.style] = own
            if _goes_on(own, before, through):
                continue
            if own <= before:
                message = f"序号重复或倒退：“{unit.ordinal}”之前已是第{before[0]}"
                yield diagnostic("number-repeat", _at(unit, 0), message)
            else:
                above = f"之前是第{before[0]}" if before[0] else "之前没有同级的序号"
                message = f"序号不连续：“{unit.ordinal}”{above}"
                yield diagnostic("number-gap", _at(unit, 0), message)


def _goes_on(own: tuple[int, int], before: tuple[int, int], through: tuple[int, int]) -> bool:
    """Whether a number may follow: 4 behind 3, and 第三条之一 behind 第三条, 第四条 behind that."""
    number, inserted = own
    if inserted:
        return own in ((before[0], before[1] + 1), (through[0], through[1] + 1))
    return number in (1, before[0] + 1, through[0] + 1) and number != before[0]


# the words that scans read for a Chinese character
LATIN_READINGS = {"and": "和", "or": "或", "of": "的"}


def _check_latin(document: Document, lines: Sequence[str]) -> Iterator[Diagnostic]:
    for block in document.all_blocks():
        if isinstance(block, Table):
            continue
        for found in LATIN_WORD.finditer(block.text):
            around = block.text[max(0, found.start() - 6) : found.end() + 6]
            message = f"汉字之间夹有外文词“{found['word']}”：“…{around}…”"
            read = LATIN_READINGS.get(found["word"])
            reading = reading_in(block, *found.span(), read, lines) if read else UNKNOWN
            yield diagnostic(
                "latin-word", _at(block, found.start("word")), message, reading, LIKELY
            )


def _check_short_joins(document: Document) -> Iterator[Diagnostic]:
    """Report paragraphs whose first line is so short that it may be complete, and bare numbers.

    A line that is only a number may be a page number that was joined into the sentence.
    """
    for block in document.all_blocks():
        if isinstance(block, Paragraph) and block.kind == "paragraph" and len(block.breaks) > 1:
            for start, end, line in stretches(block.breaks, len(block.text)):
                if block.text[start:end].isdecimal():
                    message = f"单独一行的“{block.text[start:end]}”接入了句子，请核对是否为页码"
                    yield diagnostic("doubtful-join", Lines(line, line), message)
            end = block.breaks[1][0]
            if end < SHORT_LINE and block.text[end - 1] not in "，、（《“":
                message = f"短行“{block.text[:end]}”与下一行接合，请核对"
                yield diagnostic("doubtful-join", block.lines, message)


def _check_headings(document: Document) -> Iterator[Diagnostic]:
    """Report headings that have no ordinal and are too short for a heading."""
    for block in document.all_blocks():
        if isinstance(block, Heading) and not block.ordinal and len(block.text) < SHORT:
            message = f"疑似误标的标题：“{block.text}”"
            yield diagnostic("stray-heading", block.lines, message)


CHECKS: tuple[Callable[[Document], Iterator[Diagnostic]], ...] = (
    _check_decisions,
    _check_title,
    _check_number,
    _check_date,
    _check_appointments,
    _check_attachments,
    check_announced,
    check_closes,
    _check_sequences,
    _check_headings,
    _check_short_joins,
)
