"""Read the document numbers in a match of patterns.py, without the words printed before them.

The rules are those of docs/citations.md: the whole issuer code decides; an organ's full name
before the code is not part of it; of joint organs the first counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.language.document_numbers import (
    LISTED,
    RANGE,
    ROUND,
    UNNAMED,
    DocumentNumber,
    whole_year,
)
from generator.language.numerals import parse_numeral, parse_year
from generator.language.organs import (
    AND_IN_NAMES,
    CONTINUOUS,
    DECREES,
    JOINT,
    LOCAL,
    SHORT_NAMES,
    SPELT,
    STATE,
)
from generator.language.traditional import simplify
from generator.runtime.patterns import lazy_regex

# words of the sentence directly before a code or an organ's name: 根据国发〔2016〕13号; a 和 inside
# an organ's name does not count
LEAD = lazy_regex(
    r".*(?:根据|按照|依据|依照|遵照|参照|参见|详见|执行|转发|印发|下发|落实|贯彻|违反|废止|以及|精神|通知|发布的"
    rf"|(?<=.)(?<![共行实照据彻])和(?!{AND_IN_NAMES})"
    r"|(?<=.)(?:及|与|见|由|按|对|的|在|号)|(?<=[一二三四五六七八九十〇○])[年月日])(?:文件?)?"
)
# the same at the very beginning of the match, after digits or another citation
LEAD_AT_START = lazy_regex(
    r"[见由按对的在以]|原(?=[\u4e00-\u9fff]{3}|[\u4e00-\u9fff]府$)|(?P<joining>[年月日号和及与])(?:文件?)?"
)
AFTER_A_CITATION = lazy_regex(r"(?:[\d号》）)文件、令]|公告)$")
LONGEST_RANGE = 20  # numbers between the two ends; a wider range is a misreading


class Named(NamedTuple):
    """One document number in a match, with its start and end in the text."""

    start: int
    end: int
    number: DocumentNumber


def read_numbers(match: re.Match[str]) -> list[Named]:
    """Read the document numbers in a match, in order; empty if it contains none after all."""
    groups = match.groupdict()
    if groups.get("serials"):
        return list(_list(match))
    if code := groups.get("code"):
        named = _coded(match, code)
        return [named] if named else []
    if serial := groups.get("decree"):
        named = _decree(match, serial)
        return [named] if named else []
    if unnamed := groups.get("unnamed"):
        year = parse_year(match["spelt_year"])
        number = DocumentNumber(UNNAMED[unnamed], year, int(match["serial"]))
        return [Named(match.start(), match.end() - 1, number)]
    return []


def _coded(match: re.Match[str], code: str) -> Named | None:
    text = match.string[match.start("code") : match.end()]
    round_bracket = not ROUND.isdisjoint(text)
    if text[-1] not in "号號" and round_bracket:
        return None
    # 图（12）3号: two digits in round brackets are a year only after 字, 发 or 函
    if len(match["year"]) == 2 and round_bracket and not code.endswith(("字", "发", "函", "办")):
        return None
    year = whole_year(match["year"])
    cut = code_start(code, _before(match, "code"))
    start = match.start() if match.start("code") != match.start() else match.start() + cut
    number = DocumentNumber(simplify(code[cut:]), year, int(match["serial"]))
    return Named(start, match.end(), number)


def code_start(code: str, before: str = "") -> int:
    """Give the offset of the issuer code in the characters before 〔.

    ``before`` is the text before those characters.
    ``根据国发`` → 2, ``教育部教基`` → 3, ``岚综管综`` → 0, ``日政发`` → 0, but 1 after ``5``
    (5日政发).
    """
    cut = _lead_end(code, before)
    if code.startswith(STATE, cut) and len(code) > cut + len(STATE):
        cut += len(STATE)
    spelt = None
    for found in SPELT.finditer(code[cut:]):
        organ, rest = code[cut : cut + found.end()], code[cut + found.end() :]
        if len(organ) > 2 and len(rest) > 1 and (rest[0] in organ or LOCAL.fullmatch(organ)):
            spelt = cut + found.end()
    return cut if spelt is None else spelt


def _before(match: re.Match[str], group: str) -> str:
    """Give the two characters before a group of a match."""
    start = match.start(group)
    return match.string[max(start - 2, 0) : start]


def _lead_end(text: str, before: str) -> int:
    """Give the offset at which the words of the sentence end and the name begins."""
    lead = LEAD.match(text)
    cut = lead.end() if lead and lead.end() < len(text) else 0
    if not cut and (first := LEAD_AT_START.match(text)):
        joins = not first["joining"] or AFTER_A_CITATION.search(before)
        cut = first.end() if joins and first.end() < len(text) - 1 else 0
    return cut


def _list(match: re.Match[str]) -> Iterator[Named]:
    """Read 国发〔2014〕5、6号, 财税〔2016〕36号、〔2017〕58号 and 国发〔2014〕5至8号."""
    code = match["code"]
    cut = code_start(code, _before(match, "code"))
    year = whole_year(match["year"])
    begin, base, text = match.start("code") + cut, match.start("serials"), match["serials"]
    last: Named | None = None
    at = 0
    for found in LISTED.finditer(text):
        year = int(found["year"]) if found["year"] else year
        number = DocumentNumber(code[cut:], year, int(found["serial"]))
        gap = text[at : found.start()]
        if last and RANGE.fullmatch(gap):
            between = range(last.number.serial + 1, number.serial)
            if len(between) <= LONGEST_RANGE:
                for serial in between:  # the span of each is the word between the two ends: 至
                    inner = DocumentNumber(number.code, year, serial)
                    yield Named(base + at, base + found.start(), inner)
        start = begin if last is None else base + found.start()
        last = Named(start, base + found.end(), number)
        at = found.end()
        yield last


def _decree(match: re.Match[str], serial_text: str) -> Named | None:
    groups = match.groupdict()
    serial = parse_numeral(serial_text)
    if not serial:
        return None
    series = match["series"]
    year = int(match["decree_year"]) if groups.get("decree_year") else None
    after = groups.get("after")
    raw = after or groups.get("organ", groups.get("before")) or ""
    raw = raw.removesuffix(series)
    group = "organ" if groups.get("organ") else "before"
    before = "" if after else _before(match, group)
    found = first_organ(raw, before)
    if found is None:
        return None
    offset, organ = found
    if after:
        start = match.start("decree")
        start = match.string.rindex("第", match.start(), start)
    else:
        start = match.start(group) + offset
    if groups.get("title") is not None:
        start = match.start()
    code = f"{SHORT_NAMES.get(organ) or organ}{series}"
    if code.removesuffix(series) in CONTINUOUS:
        year = None
    elif year is None and series != "令":
        return None  # 第26号公告 without a year: the numbers of announcements restart every year
    return Named(start, match.end(), DocumentNumber(code, year, serial))


def first_organ(text: str, before: str = "") -> tuple[int, str] | None:
    """Find the first of the joint organs at the end of a text; give its offset and its name.

    ``根据财政部、税务总局`` → (2, 财政部); None if the text ends with no organ.
    """
    pieces: list[tuple[int, str]] = []
    for found in re.finditer(r"[^、\s]+", text):
        at = found.start()
        for piece in JOINT.split(found.group()):
            pieces.append((at, piece.lstrip("和及与") if at > found.start() else piece))
            at += len(piece)
    first: tuple[int, str] | None = None
    for start, piece in reversed(pieces):
        cut = 0
        if STATE in piece:
            cut = piece.rindex(STATE)
        else:
            cut = _lead_end(piece, before if start == 0 else "")
        name = piece[cut:].removeprefix(STATE)
        if not DECREES.fullmatch(name) and name not in SHORT_NAMES:
            break
        first = (start + cut, name)
        if cut:
            break  # the text before the name belongs to the sentence
    return first
