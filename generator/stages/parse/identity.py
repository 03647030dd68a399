"""What the head of a document says of it: title, number, issuer, type, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.language.dates import parse_date
from generator.language.document_numbers import (
    CODE_AND_YEAR,
    NUMBERED,
    SERIES_KIND,
    DocumentNumber,
    read_number_line,
)
from generator.language.document_types import TAIL, any_of, document_type
from generator.language.organs import (
    OPENS_TITLE,
    ORGAN,
    PARTY_BEFORE_STATE,
    PERSON,
    SPEAKER,
    STATE,
)
from generator.model import (
    Block,
    Document,
    Paragraph,
)
from generator.stages.parse.head_lines import NAME_ALONE
from generator.stages.parse.history_note import read_history
from generator.stages.parse.lines import without_footnote
from generator.stages.parse.number_lines import (
    is_letterhead,
    part_number,
    read_series,
)

# the words that end the issuer's name in a title
HEAD_KINDS = frozenset({"title", "label", "note", "history"})
# what a sentence about a number goes on with
CITES = r"文|《|印发|下发|发布|公布|规定|明确|要求|精神|和|及|与|、|，|）|的"
AT_BEGINNING = re.compile(
    rf"(?P<number>{CODE_AND_YEAR}\s*+第?\s*+{NUMBERED}\s*+号)(?!\s*+(?:{CITES}|$))"
)
MATTER = re.compile(r"关于|转发|批转|印发|公布|发布|修订|修改|废止|批准|对")
SERIES_TITLE = re.compile(rf"{SERIES_KIND}(?=$|第|[（(\d])")
# 某局关于…的公告, whose number names neither
MATTER_OF_SERIES = re.compile(rf"关于.*的(?P<kind>{SERIES_KIND})(?:{TAIL})?$")
NOTICE_END = re.compile(rf"(?:{any_of('notice')}|会议纪要|决定书|大事记|任免[\u4e00-\u9fff]*)$")


def issuer(title: str, signature: str) -> str:
    """发文机关: what opens the title, else who signs; several are joined with 、."""
    if series := read_series(title):
        return _listed(series["organs"].strip())
    if length := issuer_length(title):
        return _listed(title[:length].strip())
    if speaker := SPEAKER.fullmatch(signature):  # of a report
        return speaker["organ"] if ORGAN.fullmatch(speaker["organ"]) else ""
    # a head of government signs for the organ, and is none; nor is who gives a report
    name = re.sub(r"[、\s\u3000]+", " ", signature)
    is_person = PERSON.fullmatch(name) or (NAME_ALONE.fullmatch(name) and not ORGAN.fullmatch(name))
    return "" if is_person else _listed(signature)


def issuer_length(title: str) -> int:
    """How many characters of a title name who issued it, blanks behind them too; 0 for none."""
    found = MATTER.search(title)
    if not found:
        return 0
    name = title[: found.start()].strip()
    is_organ = found.group() != "对" or ORGAN.fullmatch(name)
    return found.start() if 2 <= len(name) <= 60 and "《" not in name and is_organ else 0


def _listed(names: str) -> str:
    parts = (name.removeprefix(STATE) for name in re.split(r"[、\s\u3000]+", names))
    return "、".join(PARTY_BEFORE_STATE.sub(r"\g<0>、", part) for part in parts if part)


def _date(blocks: Sequence[Block]) -> str:
    """成文日期: the date line, else the day that a history note names."""
    texts = {b.kind: b.text for b in reversed(blocks) if isinstance(b, Paragraph)}
    return (
        parse_date(texts.get("date", ""))
        or read_history(texts.get("history", "")).date
        or parse_date(texts.get("number", ""))
    )


def identify(document: Document) -> Document:
    """Fill in what the head of a document says of it: title, number, issuer, type, date."""
    title = without_footnote(document.first("title"))
    history = read_history(document.first("history"))
    issued_by = issuer(title, document.signature)
    number = _printed_number(title, document.first("number"), issued_by) or history.number
    number = number or joined_number(document)
    if number is None and document.entry:  # the contents alone print it
        number = DocumentNumber.parse(part_number(document.entry.title)[1])
    return replace(
        document,
        title=title,
        number=number,
        issuer=issued_by
        or history.issuer
        or _decreed_by(number)
        or _letterhead(document)
        or _named_first(title),
        type=document_type(title) or _series_type(title),
        date=_date(document.blocks),
    )


def joined_number(document: Document) -> DocumentNumber | None:
    """Read a number that is joined to the text below it, as in 国办发〔1990〕39号各有关单位.

    A text that goes on about the number, such as 国发〔2016〕13号文件印发以来, cites it.
    """
    body = (b for b in document.blocks if not isinstance(b, Paragraph) or b.kind not in HEAD_KINDS)
    first = next(body, None)
    if not isinstance(first, Paragraph) or first.kind not in ("paragraph", "addressees"):
        return None
    found = AT_BEGINNING.match(first.text)
    return DocumentNumber.parse(found["number"]) if found else None


def _printed_number(title: str, line: str, issued_by: str) -> DocumentNumber | None:
    """Read the number's line; where it names no organ, the title does: 商务部令.

    Of 商务部关于…的公告 the number is one of 商务部公告.
    """
    if found := read_number_line(line)[0]:
        return found
    line = line.strip("（）() ")
    compact = re.sub(r"\s+", "", title)
    kind = MATTER_OF_SERIES.search(compact)
    if line and kind and not read_series(title):
        serial = re.sub(r"\s+", "", line)
        return DocumentNumber.parse(f"{issued_by}{kind['kind']}{serial}")
    if line and SERIES_TITLE.search(compact):
        found = DocumentNumber.parse(title + re.sub(r"\s+", "", line))
        if found or not read_series(title):
            return found
    if series := read_series(title):  # its matter may follow in brackets
        return DocumentNumber.parse(series["number"])
    return DocumentNumber.parse(title) if SERIES_TITLE.search(compact) else None


def _decreed_by(number: DocumentNumber | None) -> str:
    """Name the organ of a decree or an announcement, as its number does."""
    found = SERIES_TITLE.search(number.code) if number else None
    return number.code[: found.start()] if number and found else ""


def _letterhead(document: Document) -> str:
    """Name the organ of the letterhead above the title: 某市人民政府文件."""
    text = re.sub(r"\s+", "", document.first("label"))
    return text.removesuffix("文件") if is_letterhead(text) else ""


def _named_first(title: str) -> str:
    """Name the organ that opens the title of a notice without 关于: 某某管委会征地公告."""
    found = OPENS_TITLE.match(title) if NOTICE_END.search(title) else None
    name = found.group() if found else ""
    return "" if "《" in name or MATTER.search(name) else name


def _series_type(title: str) -> str:
    """文种 of a title that a series' number begins: 海关总署公告2024年第150号（关于…）."""
    series = read_series(title)
    return document_type(re.split(r"[（(第\d]", series["number"])[0]) if series else ""
