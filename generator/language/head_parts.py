"""What stands in the lines of a document's head, beside its number (版头: GB/T 9704-2012, 7.2).

The number, its label, marks of urgency, the numbers of the copy and of a register, the person who
signed it off and a date are printed in any order, on one line or on several. A line is one of these
lines only if it holds nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias, get_args

from generator.language.dates import DATE, YEAR, is_like_date, read_date_line, restore_dates
from generator.language.document_numbers import (
    END,
    OPENING,
    DocumentNumber,
    is_like_number,
    restore_numbers,
    with_usual_brackets,
)
from generator.language.ideographs import HAN, HAN_OF_NAMES
from generator.language.numerals import half_width
from generator.language.secrecy import BESIDE_NUMBER as SECRECY
from generator.language.secrecy import URGENCY
from generator.runtime.patterns import lazy_regex

PartName: TypeAlias = Literal[
    "urgency",
    "secrecy",
    "registration",
    "label",
    "copy",
    "signer",
    "disclosure",
    "catalogue",
    "date",
    "class",
]


def _spaced(word: str) -> str:
    """Give the expression for a word that may be set with blanks between its characters."""
    return r"\s*+".join(word)


def _any_spaced(*words: str) -> str:
    return f"(?:{'|'.join(map(_spaced, words))})"


COLON = r"\s*+[:：]\s*+"
DASH = r"\s?[-－—–]\s?"
NUMBER_WORDS = (
    "发文字号", "发文编号", "发文号", "文件编号", "文件字号", "文件号", "公文编号", "公文号",
    "文号", "字号", "编号",
)  # fmt: skip
# of a register (统一登记号), in which normative documents (规范性文件) stand since the 2010s
REGISTERS = (
    rf"[【\[［]?[{HAN}]{{0,10}}(?:登\s?记|备\s?案|统\s?一\s?编)(?:\s?编)?\s?[号码號碼][】\]］]?"
)
REGISTERED = (
    rf"[A-Z]{{2,8}}\d{{0,4}}{DASH}{YEAR}{DASH}\d{{3,10}}"  # SDPR-2016-0010001
    r"|[A-Z]{2,6}\d{9,14}"  # GZ0320240012
)
# labels of a catalogue of public information (信息公开目录), which are exported with the text
CATALOGUE_WORDS = (
    "索引号", "信息索引号", "主题分类", "体裁分类", "组配分类", "公文种类", "有效性", "时效性",
    "效力状态", "公开时限", "公开期限", "制发机关", "发文机关", "发布机构", "发布机关", "关键词",
)  # fmt: skip
# a name of up to four characters, blanks between several; what runs on into an issuer code or the
# name of an addressee is none
PERSON_NAME = rf"[{HAN_OF_NAMES}·]{{1,4}}(?![{HAN_OF_NAMES}·]|\s*+[{OPENING}:：])"
# 成文日期： · 【发布日期】 · 签发日期 2024…; the first group says that the document has this date
DATE_LABEL = (
    rf"[【\[［]?(?:(?P<own>成文|签发)|发文|印发|发布|公布|生成)日\s?期(?:[】\]］]\s*+(?:{COLON})?"
    rf"|{COLON}|\s*+(?=[\d〇零一二]))"
)
# each kind of text beside a number, with an example; the first that fits decides
PARTS: dict[PartName, str] = {
    # 特急 · 紧急程度：加急 · 特急件
    "urgency": rf"(?:紧\s?急\s?程\s?度(?:{COLON}|\s*+))?{_any_spaced(*URGENCY)}件?",
    # 机密★1年: an error wherever it stands (diagnose), but it hides no number
    "secrecy": SECRECY,
    # SFCR-2024-0010003 · 登记号：SFCR-2024-0010003 · 统一编号：示规登2024001
    "registration": rf"{REGISTERS}(?:{COLON}|(?<=[】\]］]))\S{{4,40}}"
    rf"|(?:[{HAN}]{{0,10}}编\s?[号码](?:{COLON})?)?(?:{REGISTERED})(?![-\dA-Z])",
    # 发文字号： · 文　号： · 【文号】; the colon may be lost in front of a code
    "label": rf"[【\[［]\s*+{_any_spaced(*NUMBER_WORDS)}\s*+[】\]］](?:{COLON})?"
    rf"|{_any_spaced(*NUMBER_WORDS)}(?:{COLON}|\s*+(?=[{HAN}]{{2,20}}\s*+[{OPENING}]))",
    # 000001 · 份号：000012 · No.000001
    "copy": rf"(?:份\s*+号(?:{COLON}|\s*+)|(?:№|No\.?)\s*+)\d{{1,8}}(?!\d)|0\d{{5}}(?!\d)",
    # 签发人：王军　李明: only documents to a higher organ (上行文) name the person
    "signer": rf"(?:会\s?签|核\s?签|签\s*+发)\s*+人(?:{COLON}|\s*+)"
    rf"{PERSON_NAME}(?:[\s、]+{PERSON_NAME}){{0,9}}",
    # （此件公开发布） · 公开方式：主动公开
    "disclosure": r"[（(](?:此件|本文|本件|信息公开|依申请|主动公开)[^（()）]{0,60}[）)]"
    rf"|(?:信息)?公开(?:方式|属性|选项|类别|形式|类型){COLON}(?:主动|依申请|不予)公开",
    # 索引号：00012-2024 · 有效性：有效
    "catalogue": rf"{_any_spaced(*CATALOGUE_WORDS)}{COLON}\S{{1,40}}",
    # 2024年3月5日 · 成文日期：2024年3月5日 · 【发布日期】 2024-03-05
    "date": rf"(?:{DATE_LABEL})?(?:{DATE.pattern})",
    # （A）: the class of the answer to a proposal
    "class": r"[（(][A-Z][）)]",
}
PART = lazy_regex("|".join(f"(?P<{n}>{p})" for n, p in PARTS.items()), re.VERBOSE)
SKIPPED = lazy_regex(r"[\s,，;；、|｜]*+")
NAME_PIECE = lazy_regex(rf"[{HAN_OF_NAMES}·]+")  # a name, or one character of a name of two
BRACKETS = frozenset("（()）")
NUMBER_END = lazy_regex(END)
ADDRESSEES = lazy_regex(r"[^号號]{2,100}[:：]")
LONGEST_HEAD_LINE = 160  # characters, those of the addressees included
assert set(PARTS) == set(get_args(PartName))


@dataclass(frozen=True, slots=True)
class HeadLine:
    """What a line of a head holds: a number, addressees behind it, and further parts."""

    number: DocumentNumber | None = None
    addressees: str = ""
    parts: frozenset[PartName] = frozenset()
    is_misread: bool = False  # the number of the document stands there, but cannot be read


@lru_cache(1024)
def read_head_line(text: str) -> HeadLine | None:
    """Read a line of a document's head; None if it holds anything that no such line has.

    ``特急　某府发〔2024〕1号　签发人：王军``, ``登记号：SFCR-2024-0010003``, ``000001``
    """
    if len(text) > LONGEST_HEAD_LINE or not text.strip():
        return None
    text = half_width(text)
    text = with_usual_brackets(restore_numbers(restore_dates(text)))
    number: DocumentNumber | None = None
    parts: set[PartName] = set()
    is_misread = False
    at = 0
    while (at := _skip(text, at)) < len(text):
        if found := PART.match(text, at):
            parts.add(_name(found))
            at = found.end()
        elif number is None and (read := _number(text, at)):
            number, at = read
        elif text[at] in BRACKETS:
            at += 1
        elif number and ADDRESSEES.fullmatch(text, at):
            return HeadLine(number, text[at:], frozenset(parts))
        elif number is None and is_like_number(text[at:]):
            is_misread, at = True, len(text)
        else:
            return None
    if number is None and not parts and not is_misread:
        return None
    return HeadLine(number, "", frozenset(parts), is_misread)


def read_number_line(text: str) -> tuple[DocumentNumber | None, str]:
    """Read the line of a document's number; the addressees, too, if they are on the same line.

    ``某府发〔2016〕1号　签发人：王军``, ``2016年1月5日　某府发〔2016〕1号``
    """
    line = read_head_line(text)
    return (line.number, line.addressees) if line else (None, "")


LABEL_OF_DATE = lazy_regex(rf"\s*+{DATE_LABEL}")


class LabelledDate(NamedTuple):
    """A date with its label, alone on a line."""

    is_own: bool  # the document has this date: 成文日期; 发布日期 is that of its publication
    date: str  # 2024-03-05; "" for one that cannot be read


def labelled_date(text: str) -> LabelledDate | None:
    """Read a line that is a date with its label: ``成文日期：2024年3月5日``; None for any other."""
    found = LABEL_OF_DATE.match(text) if "期" in text[:12] else None
    if not found or not is_like_date(text[found.end() :]):
        return None
    return LabelledDate(bool(found["own"]), read_date_line(text[found.end() :]))


def without_marks(text: str) -> str:
    """Drop a mark of urgency or a label in front of a number: ``特急某府发〔2024〕1号``."""
    at = 0
    while found := PART.match(text, at):
        at = _skip(text, found.end())
    return text[at:]


def part_gaps(text: str) -> list[tuple[int, int]]:
    """Give start and end of each run of blanks between two parts of a line of a head.

    Also between the names of several people: 签发人：王军　李小明.
    """
    if read_head_line(text) is None:
        return []
    plain = with_usual_brackets(restore_numbers(restore_dates(half_width(text))))
    gaps: list[tuple[int, int]] = []
    at = 0
    while (begin := _skip(plain, at)) < len(plain):
        if at and plain[at:begin].strip() == "" and begin > at:
            gaps.append((at, begin))
        if found := PART.match(plain, begin):
            if _name(found) == "signer":
                gaps += _gaps_of_names(plain, begin, found.end())
            at = found.end()
        elif read := _number(plain, begin):
            at = read[1]
        elif plain[begin] in BRACKETS:
            at = begin + 1
        else:  # addressees
            break
    return gaps


def _gaps_of_names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the blanks between the names of people, but not that inside 王 军."""
    pieces = [found.span() for found in NAME_PIECE.finditer(text, start, end)]
    gaps: list[tuple[int, int]] = []
    is_half = False  # the piece is the first character of a name
    for (begins, ends), (following, follows) in pairwise(pieces):
        is_half = not is_half and ends - begins == 1 == follows - following
        if not is_half and text[ends:following].isspace():
            gaps.append((ends, following))
    return gaps


def _skip(text: str, at: int) -> int:
    found = SKIPPED.match(text, at)
    return found.end() if found else at


def _name(found: re.Match[str]) -> PartName:
    return next(name for name in PARTS if found[name] is not None)


def _number(text: str, at: int) -> tuple[DocumentNumber, int] | None:
    """Read the number that begins at an offset, and give the offset behind it.

    It ends with the first 号; without one it must be the rest of the line.
    """
    found = NUMBER_END.search(text, at)
    for end in (found.end() if found else len(text), len(text)):
        if number := DocumentNumber.parse(text[at:end].rstrip("（）() ")):
            return number, end
    return None
