"""Read title, number, issuer, type and date of a document from its blocks."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.language.dates import parse_date, read_date_line
from generator.language.document_numbers import (
    CODE_AND_YEAR,
    NUMBERED,
    SERIES_KIND,
    DocumentNumber,
)
from generator.language.document_types import TAIL, any_of, document_type
from generator.language.head_parts import labelled_date, read_number_line, without_marks
from generator.language.organs import (
    OPENS_TITLE,
    ORGAN,
    PARTY_BEFORE_STATE,
    PERSON,
    SPEAKER,
    STATE,
)
from generator.model import (
    Document,
    Paragraph,
)
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.head_lines import NAME_ALONE
from generator.stages.parse.history_note import History, read_history
from generator.stages.parse.lines import without_footnote
from generator.stages.parse.number_lines import (
    is_letterhead,
    part_number,
    read_series,
)

# the kinds of blocks above the text of a document
HEAD_KINDS = frozenset({"title", "label", "note", "history"})
# words after a number in a sentence about it
CITES = r"文|《|印发|下发|发布|公布|规定|明确|要求|精神|和|及|与|、|，|）|的"
AT_BEGINNING = lazy_regex(
    rf"(?P<number>{CODE_AND_YEAR}\s*+第?\s*+{NUMBERED}\s*+号)(?!\s*+(?:{CITES}|$))"
)
# the words that follow the issuer's name in a title
MATTER = lazy_regex(r"关于|转发|批转|印发|公布|发布|修订|修改|废止|批准|对")
SERIES_TITLE = lazy_regex(rf"{SERIES_KIND}(?=$|第|[（(\d])")
# 某局关于…的公告; its number line names neither organ nor series
MATTER_OF_SERIES = lazy_regex(rf"关于.*的(?P<kind>{SERIES_KIND})(?:{TAIL})?$")
NOTICE_END = lazy_regex(rf"(?:{any_of('notice')}|会议纪要|决定书|大事记|任免[\u4e00-\u9fff]*)$")


def issuer(title: str, signature: str) -> str:
    """发文机关: the organ that opens the title, else the signature; several are joined with 、."""
    if series := read_series(title):
        return _listed(series["organs"].strip())
    if length := issuer_length(title):
        return _listed(title[:length].strip())
    if speaker := SPEAKER.fullmatch(signature):  # of a report
        return speaker["organ"] if ORGAN.fullmatch(speaker["organ"]) else ""
    # a person is no organ: a head of government signs for one, and a report has a speaker
    name = re.sub(r"[、\s\u3000]+", " ", signature)
    is_person = PERSON.fullmatch(name) or (NAME_ALONE.fullmatch(name) and not ORGAN.fullmatch(name))
    return "" if is_person else _listed(signature)


def issuer_length(title: str) -> int:
    """Count the characters of a title that name its issuer, with blanks after them; 0 for none."""
    found = MATTER.search(title)
    if not found:
        return 0
    name = title[: found.start()].strip()
    is_organ = found.group() != "对" or ORGAN.fullmatch(name)
    return found.start() if 2 <= len(name) <= 60 and "《" not in name and is_organ else 0


def _listed(names: str) -> str:
    parts = (name.removeprefix(STATE) for name in re.split(r"[、\s\u3000]+", names))
    return "、".join(PARTY_BEFORE_STATE.sub(r"\g<0>、", part) for part in parts if part)


def _date(document: Document, history: History) -> str:
    """成文日期: the date line, else that of the history note, the number line, one with a label."""
    notes = (b.text for b in document.blocks if isinstance(b, Paragraph) and b.kind == "note")
    return (
        read_date_line(document.first("date"))
        or history.date
        or parse_date(document.first("number"))
        or next((read.date for read in map(labelled_date, notes) if read and read.is_own), "")
    )


def identify(document: Document) -> Document:
    """Fill in title, number, issuer, type and date of a document from its blocks."""
    title = without_footnote(document.first("title"))
    history = read_history(document.first("history"))
    issued_by = issuer(title, document.signature)
    number = _printed_number(title, document.first("number"), issued_by) or history.number
    number = number or joined_number(document)
    if number is None and document.entry:  # only the contents print it
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
        date=_date(document, history),
    )


def joined_number(document: Document) -> DocumentNumber | None:
    """Read a number that runs into the text on its line, as in 国办发〔1990〕39号各有关单位.

    A sentence about the number, such as 国发〔2016〕13号文件印发以来, cites it; this gives None.
    """
    body = (b for b in document.blocks if not isinstance(b, Paragraph) or b.kind not in HEAD_KINDS)
    first = next(body, None)
    if not isinstance(first, Paragraph) or first.kind not in ("paragraph", "addressees"):
        return None
    found = AT_BEGINNING.match(without_marks(first.text))
    return DocumentNumber.parse(found["number"]) if found else None


def _printed_number(title: str, line: str, issued_by: str) -> DocumentNumber | None:
    """Read the number line; if it names no organ, take the organ from the title: 商务部令.

    The number of 商务部关于…的公告 belongs to the series 商务部公告.
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
    if series := read_series(title):  # the subject may follow in brackets
        return DocumentNumber.parse(series["number"])
    return DocumentNumber.parse(title) if SERIES_TITLE.search(compact) else None


def _decreed_by(number: DocumentNumber | None) -> str:
    """Give the organ that the number of a decree or an announcement names."""
    found = SERIES_TITLE.search(number.code) if number else None
    return number.code[: found.start()] if number and found else ""


def _letterhead(document: Document) -> str:
    """Give the organ that the letterhead above the title names: 某市人民政府文件."""
    text = re.sub(r"\s+", "", document.first("label"))
    return text.removesuffix("文件") if is_letterhead(text) else ""


def _named_first(title: str) -> str:
    """Give the organ that opens the title of a notice without 关于: 某某管委会征地公告."""
    found = OPENS_TITLE.match(title) if NOTICE_END.search(title) else None
    name = found.group() if found else ""
    return "" if "《" in name or MATTER.search(name) else name


def _series_type(title: str) -> str:
    """文种 of a title that begins with a number of a series: 海关总署公告2024年第150号（关于…）."""
    series = read_series(title)
    return document_type(re.split(r"[（(第\d]", series["number"])[0]) if series else ""
