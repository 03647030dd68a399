"""Body lines → blocks: which line is a heading, a numbered unit, a signature, a plain paragraph.

The level of a unit never comes from ``#`` (317 units of the seed issue have any number of them, or
none); a ``#`` only helps to distinguish a heading from a sentence that a page edge cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from generator.language.dates import DATE, is_like_date, is_whole_date, part_day
from generator.language.decimal_units import DECIMAL
from generator.language.ordinals import Ordinal, parse_ordinal
from generator.language.organs import ORGAN, PERSON, close_up_spaced
from generator.language.table_titles import is_table_note, is_table_title
from generator.language.units import read_units
from generator.model import Block, Heading, Lines, Paragraph, ParagraphKind
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.clues import Clue
from generator.stages.parse.entry_lines import LONGEST_WORD, is_contents_word
from generator.stages.parse.headings import COMMAS, SENTENCE_MARKS, TERMINAL, heading_clue
from generator.stages.parse.lines import Line, fold_title
from generator.stages.parse.tab_tables import marked_rows, read_marked_table, read_table

# 附件:重点任务分工… (附件说明) · 附件 · 附件1 · 附表2 (the attachment itself)
ATTACHMENT_NOTE = lazy_regex(r"附[件表图]?\s*[:：]\s*\S")
LABEL_NUMBER = r"\d{1,3}(?:[-－–—]\d{1,2})?"  # 附件2-1
LISTED = lazy_regex(r"\d{1,2}\s*[.．、](?!.*[。；]$)")
LABEL = lazy_regex(
    r"附\s*(?:[件表录图]|(?=[:：])|$)\s*"
    rf"(?:之?[一二三四五六七八九十]{{1,3}}|{LABEL_NUMBER})?\s*[:：]?"
)
LABEL_WITH_TITLE = lazy_regex(
    rf"(?P<label>附[件表]\s*(?:{LABEL_NUMBER}|[一二三四五六七八九十]{{1,2}}))[\s:：、.．]+\S"
)
NOTE = lazy_regex(
    r"[（(](?:此件|本文|本件|信息公开|注[:：]|联系|依申请|主动公开|有删减|有删节).{0,60}[）)]"
)
# 联系人：某某  联系电话：…, without brackets, right under the date
CONTACT = lazy_regex(
    r"(?:联系(?:人|电话|方式|地址|单位)|(?:咨询|监督|举报|办公)?电话|电子邮[箱件]|传真|邮编|地址)[:：]"
)
COPIES = lazy_regex(r"(?:抄\s*[送报]|主题词|分送|发至)\s*[:：]")
PRINTED = lazy_regex(r".*\d\s*日\s*印发")
# the rest of a sentence after a date: 从 / 2016年1月1日 / 起执行
FROM = r"起(?:至|[，,施执实取停开计算])|止[，,。；]"
GOES_ON = lazy_regex(
    rf"{FROM}|起止|[以之]?[前后](?:[，,。；]|[^\s]{{0,12}}[。；，])|至\d"
    r"|(?:印发|公布|发布|下发|转发|颁布|批准|签订|施行|通过|召开)(?:的|了|并|，)"
)
SIGNATURE_LENGTH = 40
LONGEST_GROUP_ROW = 60  # characters of the heading row of a group
NOTE_BEGINS = frozenset("附抄主分发（(")
MAY_CLOSE = lazy_regex(r"年|\d\s*\Z")  # a date or a footer that begins otherwise has one
LONGEST_NOTE, LONGEST_LISTED_ANNEX = 160, 80  # characters of a note, of an attachment's name
SEALS = 4  # pictures of seals between a signature and its date, and the signature
SIGNATURES = 12  # organs that may sign one document, at most
# of a plan's own contents: the page after a unit's name; the most lines, the most characters
PAGE = lazy_regex(r"[\s.．…·・‥—-]*+[（(]?\d{1,3}[）)]?$")
FOREWORDS = frozenset({"前言", "序言", "引言", "导言"})
MOST_LISTED, LONGEST_LISTED = 300, 60
SHORTEST_LISTED = 3  # 第一章


def read_blocks(
    lines: Sequence[Line],
    closing: Mapping[int, Closing] | None = None,
    titles: Mapping[int, int] | None = None,
) -> tuple[Block, ...]:
    """Read the lines of a body; every line becomes (part of) exactly one block.

    ``closing`` is the result of closing_clues for these lines, if the caller has it already, and
    ``titles`` the lines that are titles of what is transmitted, with the count of each.
    """
    closing = closing_clues(lines) if closing is None else closing
    texts = (line.text if line.is_text and n not in closing else "" for n, line in enumerate(lines))
    ordinals = read_units([*texts])
    beside = _beside_tables(lines, closing)
    blocks: list[Block] = []
    n = 0
    while n < len(lines):
        line = lines[n]
        if line.cells:
            rows = marked_rows(lines, n) or _table_lines(lines, n)
            blocks.append(read_marked_table(rows) if line.table else read_table(rows))
            n += len(rows)
            continue
        if titles and n in titles:
            blocks.append(_title_inside(lines[n : n + titles[n]]))
            n += titles[n]
            continue
        told = closing.get(n)
        if not (told or line.image or line.decided) and _may_open_contents(line):
            listed = lines[n : n + _inner_contents(lines, n)]
            blocks += [entry.paragraph("note") for entry in listed]
            n += len(listed)
            if listed:
                continue
        if line.image:
            blocks.append(line.paragraph("picture"))
        elif told:
            blocks.append(line.paragraph(told.verdict, told.name))
        elif n in beside:
            blocks.append(line.paragraph(beside[n].verdict, beside[n].name))
        else:
            blocks.append(_read_text(line, ordinals[n]))
        n += 1
    return tuple(blocks)


def _beside_tables(lines: Sequence[Line], closing: Mapping[int, Closing]) -> dict[int, Closing]:
    """Find the titles right above tables, and the notes right under them."""
    found: dict[int, Closing] = {}
    note = ""  # the last note of the table above
    for n, line in enumerate(lines):
        above = lines[n - 1] if n else None
        is_under = above is not None and bool(above.cells)
        if not line.is_text or line.decided or n in closing:
            note = ""
        elif n + 1 < len(lines) and lines[n + 1].cells and is_table_title(line.text):
            found[n], note = TABLE_CAPTION, ""
        elif (is_under or note) and is_table_note(line.text, note):
            found[n], note = TABLE_NOTE, line.text
        elif above is None or above.text[-1:] in TERMINAL:  # else the note goes on in this line
            note = ""
    return found


def _may_open_contents(line: Line) -> bool:
    return len(line.text) <= LONGEST_WORD and is_contents_word(line)


def _title_inside(lines: Sequence[Line]) -> Heading:
    """Make a heading of the lines of a title inside a text: no sentence goes on over it."""
    text = "".join([line.text for line in lines])
    ends = accumulate(len(line.text) for line in lines)
    breaks = tuple(zip([0, *ends], [line.number for line in lines], strict=False))
    span = Lines(lines[0].number, lines[-1].number)
    return Heading(text, span, breaks, hashes=lines[0].hashes)


def _inner_contents(lines: Sequence[Line], first: int) -> int:
    """Count the lines of a plan's own contents, with 目录; 0 if the lines are not contents.

    The contents end before the line that repeats the first unit that they list, or before a
    foreword (前言) above that line. They may list the foreword too.
    """
    start = first + 2 if first + 1 < len(lines) and _is_foreword(lines[first + 1]) else first + 1
    head = _listed_name(lines[start]) if start < len(lines) else ""
    if len(head) < SHORTEST_LISTED:
        return 0
    listed = lines[start].text
    if parse_ordinal(listed) is None and not DECIMAL.match(listed):
        return 0
    for n in range(start + 1, min(first + MOST_LISTED, len(lines))):
        line = lines[n]
        if not line.is_text:
            return 0
        if _begins_with(line, head):
            return n - first
        if _is_foreword(line):
            below = lines[n + 1 : n + 1 + MOST_LISTED]
            return n - first if any(_begins_with(again, head) for again in below) else 0
        is_listed = len(line.text) <= LONGEST_LISTED and line.text[-1] not in SENTENCE_MARKS
        if not is_listed or is_contents_word(line):
            return 0
    return 0


def _begins_with(line: Line, name: str) -> bool:
    return line.is_text and fold_title(line.text[: 2 * LONGEST_LISTED]).startswith(name)


def _is_foreword(line: Line) -> bool:
    return line.is_text and PAGE.sub("", line.compact) in FOREWORDS


def _listed_name(line: Line) -> str:
    """Fold the name of a unit in contents, without its page; empty for a sentence."""
    if not line.is_text or len(line.text) > LONGEST_LISTED or line.text[-1] in SENTENCE_MARKS:
        return ""
    return fold_title(PAGE.sub("", line.text))


def _table_lines(lines: Sequence[Line], first: int) -> list[Line]:
    """Give the rows on consecutive lines from ``first`` on; a blank line ends a piece of a table.

    A short line without tabs between two rows is the heading row of a group of rows.
    """
    rows: list[Line] = []
    for n in range(first, len(lines)):
        line = lines[n]
        following = lines[n + 1] if n + 1 < len(lines) else None
        if line.table is not None or (rows and line.number > rows[-1].number + 1):
            break
        heads_group = (
            rows
            and following is not None
            and bool(following.cells)
            and following.table is None
            and following.number == line.number + 1
            and len(line.text) <= LONGEST_GROUP_ROW
            and not line.image
            and not is_table_title(line.text)
        )
        if not line.cells and not heads_group:
            break
        rows.append(line if line.cells else replace(line, cells=(line.text,)))
    return rows


def _read_text(line: Line, ordinal: Ordinal | None) -> Heading | Paragraph:
    if line.decided == "title":
        return line.paragraph("title")
    clue = heading_clue(line, ordinal)
    if clue.verdict == "heading":
        return Heading(
            line.text,
            Lines(line.number, line.number),
            ((0, line.number),),
            marks=line.marks,
            hashes=line.hashes,
            evidence=line.evidence(clue.name),
        )
    return line.paragraph("paragraph", clue.name if ordinal else "")


class ClosingLine(NamedTuple):
    """The features of a line that may close a document."""

    line: Line
    text: str  # without blanks
    above: ParagraphKind | None  # the kind of the line above it, if that closes the document too


Closing: TypeAlias = Clue[ClosingLine, ParagraphKind]
# the order is the priority
CLOSING_CLUES: tuple[Closing, ...] = (
    # 附件：1.任务分工表
    Clue("attachment-note", "attachment_note", lambda c: bool(ATTACHMENT_NOTE.match(c.text))),
    # 2.进度安排表, under 附件：1.…
    Clue(
        "listed-attachment",
        "attachment_note",
        lambda c: (
            c.above == "attachment_note"
            and bool(LISTED.match(c.text))
            and len(c.text) <= LONGEST_LISTED_ANNEX
        ),
    ),
    # 附件2
    Clue("attachment-label", "label", lambda c: bool(LABEL.fullmatch(c.text))),
    # 某某办公室 2014年8月6日印发 · 抄送：…
    Clue(
        "footer",
        "footer",
        lambda c: bool((PRINTED.fullmatch(c.text) and DATE.search(c.text)) or COPIES.match(c.text)),
    ),
    # （此件公开发布）
    Clue("note", "note", lambda c: bool(NOTE.fullmatch(c.text))),
    # 联系人：…, right under the date
    Clue("contact", "note", lambda c: c.above in ("date", "note") and bool(CONTACT.match(c.text))),
    # 2016年11月30日
    Clue("date", "date", lambda c: _is_date(c.line.text)),
)
LISTS_ATTACHMENTS: Closing = Clue("list-of-attachments", "attachment_note", lambda _: True)
# （2024年1月6日）, 2024年1月, 2O24年S月6日, below who signs
SIGNED_DATE: Closing = Clue("signed-date", "date", lambda _: True)
ABOVE_DATE: Closing = Clue("above-date", "signature", lambda _: True)
TABLE_CAPTION: Closing = Clue("table-caption", "caption", lambda _: True)
TABLE_NOTE: Closing = Clue("table-note", "table_note", lambda _: True)
ABOVE_FOOTER: Closing = Clue("above-footer", "footer", lambda _: True)


def closing_clues(lines: Sequence[Line]) -> dict[int, Closing]:
    """Give the clues of the lines that close a document, by their place in ``lines``.

    The verdicts are attachment note, label, signature, date, notes and footer.
    """
    found: dict[int, Closing] = {}
    for n, line in enumerate(lines):
        if not line.is_text or line.decided:
            continue
        above = found.get(n - 1)
        clue = closing_clue(line, above.verdict if above else None)
        if clue is None and is_like_date(line.text) and _is_signed(lines, n):
            clue = SIGNED_DATE
        if clue and clue.verdict == "label" and n + 1 < len(lines):
            # 附件： above 1.… 2.…
            clue = LISTS_ATTACHMENTS if LISTED.match(lines[n + 1].text) else clue
        if clue is None or (clue.verdict == "date" and _is_within(lines, n)):
            continue
        found[n] = clue
        if clue.verdict == "date":
            signatures = 0
            for above_it in range(n - 1, -1, -1):
                if lines[above_it].image:  # a seal, printed over the signature and the date
                    continue
                if (
                    above_it in found
                    or not is_signature(lines[above_it])
                    or signatures == SIGNATURES
                ):
                    break
                found[above_it] = ABOVE_DATE
                signatures += 1
        elif (
            clue.verdict == "footer"
            and n
            and DATE.match(line.compact)
            and is_signature(lines[n - 1])
        ):
            found[n - 1] = ABOVE_FOOTER  # 某某办公室 above 2014年8月6日印发
    return found


def _is_signed(lines: Sequence[Line], n: int) -> bool:
    """Whether a line that may sign stands above a line, pictures of seals left aside."""
    above = next((line for line in reversed(lines[max(n - SEALS, 0) : n]) if not line.image), None)
    return above is not None and is_signature(above)


def _is_within(lines: Sequence[Line], n: int) -> bool:
    """Whether a date alone on its line is part of a sentence that was cut before and after it."""
    if not 0 < n < len(lines) - 1 or not GOES_ON.match(lines[n + 1].text):
        return False
    above = lines[n - 1]
    return above.is_text and above.text[-1] not in TERMINAL and not is_signature(above)


def closing_clue(line: Line, above: ParagraphKind | None = None) -> Closing | None:
    """Give the clue that makes a line a closing one; None for other lines and for signatures.

    ``above`` is the kind of the line above it.
    """
    text = line.text
    if len(text) > LONGEST_NOTE:
        return None
    # nearly every line of a body is a sentence or a unit: a quick test saves the clues
    if (
        not above
        and text[0] not in NOTE_BEGINS
        and (text[-1] in SENTENCE_MARKS or not MAY_CLOSE.search(text))
    ):
        return None
    candidate = ClosingLine(line, line.compact, above)
    return next((clue for clue in CLOSING_CLUES if clue.holds(candidate)), None)


def is_signature(line: Line) -> bool:
    """Whether a line may sign a document: one organ, or an office and a name."""
    text = line.text
    if not line.is_text or line.decided or len(text) > SIGNATURE_LENGTH or parse_ordinal(text):
        return False
    if COMMAS.search(text) or text[-1] in TERMINAL + "、":
        return False
    return _is_signatory(text)


def _is_signatory(text: str) -> bool:
    """Whether a text is the name of an organ, or of an office and a person."""
    return bool(ORGAN.fullmatch(close_up_spaced(text)) or PERSON.fullmatch(text))


def _is_date(text: str) -> bool:
    """Whether a line is a date, or a signature with its date beside it."""
    if is_whole_date(text):
        return text[0] not in "（("
    if len(text) > SIGNATURE_LENGTH:
        return False
    signed, day = part_day(text)
    is_parted = len(signed) + len(day) < len(text)
    return bool(signed) and is_parted and _is_signatory(signed)
