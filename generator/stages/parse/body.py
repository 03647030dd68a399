"""Body lines → blocks: which line is a heading, a numbered unit, a signature, a plain paragraph.

The level of a unit never comes from ``#`` (317 units of the seed issue have any number of them, or
none); a ``#`` only helps to distinguish a heading from a sentence that a page edge cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.language.dates import DATE, MISREAD_DATE, parse_whole_date, part_day
from generator.language.decimal_units import DECIMAL
from generator.language.ordinals import Ordinal, parse_ordinal
from generator.language.organs import ORGAN, PERSON, close_up_spaced
from generator.language.units import read_units
from generator.model import Block, Heading, Lines, Paragraph, ParagraphKind
from generator.stages.parse.contents import LONGEST_WORD, is_contents_word
from generator.stages.parse.headings import COMMAS, SENTENCE_MARKS, TERMINAL, stands_alone
from generator.stages.parse.lines import Line, fold_title
from generator.stages.parse.tab_tables import marked_rows, read_marked_table, read_table

# 附件:重点任务分工… (附件说明) · 附件 · 附件1 · 附表2 (the attachment itself)
ATTACHMENT_NOTE = re.compile(r"附[件表图]?\s*[:：]\s*\S")
LABEL_NUMBER = r"\d{1,3}(?:[-－–—]\d{1,2})?"  # 附件2-1
LISTED = re.compile(r"\d{1,2}\s*[.．、](?!.*[。；]$)")
LABEL = re.compile(
    r"附\s*(?:[件表录图]|(?=[:：])|$)\s*"
    rf"(?:之?[一二三四五六七八九十]{{1,3}}|{LABEL_NUMBER})?\s*[:：]?"
)
LABEL_WITH_TITLE = re.compile(
    rf"(?P<label>附[件表]\s*(?:{LABEL_NUMBER}|[一二三四五六七八九十]{{1,2}}))[\s:：、.．]+\S"
)
NOTE = re.compile(
    r"[（(](?:此件|本文|本件|信息公开|注[:：]|联系|依申请|主动公开|有删减|有删节).{0,60}[）)]"
)
# 联系人：某某  联系电话：…, without brackets, right under the date
CONTACT = re.compile(
    r"(?:联系(?:人|电话|方式|地址|单位)|(?:咨询|监督|举报|办公)?电话|电子邮[箱件]|传真|邮编|地址)[:：]"
)
COPIES = re.compile(r"(?:抄\s*[送报]|主题词|分送|发至)\s*[:：]")
PRINTED = re.compile(r".*\d\s*日\s*印发")
# the rest of a sentence after a date: 从 / 2016年1月1日 / 起执行
FROM = r"起(?:至|[，,施执实取停开计算])|止[，,。；]"
GOES_ON = re.compile(
    rf"{FROM}|起止|[以之]?[前后](?:[，,。；]|[^\s]{{0,12}}[。；，])|至\d"
    r"|(?:印发|公布|发布|下发|转发|颁布|批准|签订|施行|通过|召开)(?:的|了|并|，)"
)
SIGNATURE_LENGTH = 40
LONGEST_GROUP_ROW = 60  # characters of the heading row of a group
NOTE_BEGINS = frozenset("附抄主分发（(")
LONGEST_NOTE, LONGEST_LISTED_ANNEX = 160, 80  # characters of a note, of an attachment's name
SIGNATURES = 12  # organs that may sign one document, at most
# of a plan's own contents: the page after a unit's name; the most lines, the most characters
PAGE = re.compile(r"[\s.．…·・‥—-]*+[（(]?\d{1,3}[）)]?$")
FOREWORDS = frozenset({"前言", "序言", "引言", "导言"})
MOST_LISTED, LONGEST_LISTED = 300, 60
SHORTEST_LISTED = 3  # 第一章


def read_blocks(
    lines: Sequence[Line], closing: Mapping[int, ParagraphKind] | None = None
) -> tuple[Block, ...]:
    """Read the lines of a body; every line becomes (part of) exactly one block.

    ``closing`` is the result of closing_kinds for these lines, if the caller has it already.
    """
    closing = closing_kinds(lines) if closing is None else closing
    texts = (line.text if line.is_text and n not in closing else "" for n, line in enumerate(lines))
    ordinals = read_units([*texts])
    blocks: list[Block] = []
    n = 0
    while n < len(lines):
        line = lines[n]
        if line.cells:
            rows = marked_rows(lines, n) or _table_lines(lines, n)
            blocks.append(read_marked_table(rows) if line.table else read_table(rows))
            n += len(rows)
            continue
        kind = "picture" if line.image else closing.get(n)
        if kind is None and len(line.text) <= LONGEST_WORD and is_contents_word(line):
            listed = lines[n : n + _inner_contents(lines, n)]
            blocks += [entry.paragraph("note") for entry in listed]
            n += len(listed)
            if listed:
                continue
        blocks.append(line.paragraph(kind) if kind else _read_text(line, ordinals[n]))
        n += 1
    return tuple(blocks)


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
        if line.number != lines[first].number + len(rows) or line.table is not None:
            break
        heads_group = (
            rows
            and following is not None
            and bool(following.cells)
            and following.table is None
            and following.number == line.number + 1
            and len(line.text) <= LONGEST_GROUP_ROW
            and not line.image
        )
        if not line.cells and not heads_group:
            break
        rows.append(line if line.cells else replace(line, cells=(line.text,)))
    return rows


def _read_text(line: Line, ordinal: Ordinal | None) -> Heading | Paragraph:
    if stands_alone(line, ordinal):
        span = Lines(line.number, line.number)
        return Heading(line.text, span, ((0, line.number),), marks=line.marks, hashes=line.hashes)
    return line.paragraph()


def closing_kinds(lines: Sequence[Line]) -> dict[int, ParagraphKind]:
    """Give the kinds of the lines that close a document, by their place in ``lines``.

    These are attachment note, label, signature, date, notes and footer.
    """
    kinds: dict[int, ParagraphKind] = {}
    for n, line in enumerate(lines):
        kind = closing_kind(line, kinds.get(n - 1)) if line.is_text else None
        if kind == "label" and n + 1 < len(lines) and LISTED.match(lines[n + 1].text):
            kind = "attachment_note"  # 附件： above 1.… 2.…
        if kind is None or (kind == "date" and _is_within(lines, n)):
            continue
        kinds[n] = kind
        if kind == "date":
            signatures = 0
            for above in range(n - 1, -1, -1):
                if lines[above].image:  # a seal, printed over the signature and the date
                    continue
                if above in kinds or not is_signature(lines[above]) or signatures == SIGNATURES:
                    break
                kinds[above] = "signature"
                signatures += 1
        elif kind == "footer" and n and DATE.match(line.compact) and is_signature(lines[n - 1]):
            kinds[n - 1] = "footer"  # 某某办公室 above 2014年8月6日印发
    return kinds


def _is_within(lines: Sequence[Line], n: int) -> bool:
    """Whether a date alone on its line is part of a sentence that was cut before and after it."""
    if not 0 < n < len(lines) - 1 or not GOES_ON.match(lines[n + 1].text):
        return False
    above = lines[n - 1]
    return above.is_text and above.text[-1] not in TERMINAL and not is_signature(above)


def closing_kind(line: Line, above: ParagraphKind | None = None) -> ParagraphKind | None:
    """Give the kind of a closing line; None for other lines and for signatures.

    ``above`` is the kind of the line above it.
    """
    if len(line.text) > LONGEST_NOTE:
        return None
    if line.text[-1] in SENTENCE_MARKS and line.text[0] not in NOTE_BEGINS and not above:
        return None  # nearly every line of a body ends here, before the slower tests
    text = line.compact
    if ATTACHMENT_NOTE.match(text):
        return "attachment_note"
    if above == "attachment_note" and LISTED.match(text) and len(text) <= LONGEST_LISTED_ANNEX:
        return "attachment_note"
    if LABEL.fullmatch(text):
        return "label"
    if (PRINTED.fullmatch(text) and DATE.search(text)) or COPIES.match(text):
        return "footer"
    if NOTE.fullmatch(text) or (above in ("date", "note") and CONTACT.match(text)):
        return "note"
    return "date" if _is_date(line.text) else None


def is_signature(line: Line) -> bool:
    """Whether a line may sign a document: one organ, or an office and a name."""
    text = line.text
    if not line.is_text or len(text) > SIGNATURE_LENGTH or parse_ordinal(text):
        return False
    if COMMAS.search(text) or text[-1] in TERMINAL + "、":
        return False
    return _is_signatory(text)


def _is_signatory(text: str) -> bool:
    """Whether a text is the name of an organ, or of an office and a person."""
    return bool(ORGAN.fullmatch(close_up_spaced(text)) or PERSON.fullmatch(text))


def _is_date(text: str) -> bool:
    """Whether a line is a date, or a signature with its date beside it."""
    if parse_whole_date(text):
        return text[0] not in "（("
    if text[-1] not in "日曰" or len(text) > SIGNATURE_LENGTH:
        return False
    if MISREAD_DATE.fullmatch("".join(text.split())):
        return True
    signed, day = part_day(text)
    is_parted = len(signed) + len(day) < len(text)
    return bool(signed) and is_parted and _is_signatory(signed)
