"""What is numbered in official documents: units by ordinals, documents by numbers, days by dates.

Each kind has a parser that takes every print met in practice and one printed form.
Source of the forms: GB/T 9704-2012 (序数 一、（一）1.（1）; 六角括号 〔〕), and the prints that
tests/cases/numbering/ shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

from generator.language.unseen import INVISIBLE

# 〇 is printed with many characters: U+3007, U+25CB, U+25EF, U+FF2F, Latin O and o, Cyrillic О, 0
ZEROS = "〇○◯ＯOoО０0零"
DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"两": 2} | dict.fromkeys(ZEROS, 0)

OrdinalStyle: TypeAlias = Literal[
    "part", "chapter", "clause", "article", "stem", "decimal", "section", "item", "point",
    "subpoint",
]  # fmt: skip

# 第一编 · 第一篇 · 第一部分 · 第一章 总则 · 第二节 · 第三条 · 一、 · （一） · 1. · （1）
ORDINAL = re.compile(
    r"""
    (?P<word>第(?P<word_number>[〇一二三四五六七八九十百零两]+|\d{1,4})(?P<unit>[编章节条]|(?:篇|部分)(?=[\s：:]|$))
        (?:之[一二三四五六七八九十]+)?)(?:(?<=[篇分])[：:])?  # 第一部分工作, 第三篇文章 are text
        # 第三条规定, 第一章、, 第七条约定的 are references
        (?!约定的|所[称列指述]|不一致|明确了)
        (?=[\s\u3000]|[^\s，、。；：）)（(规款项第之和至与的或]|$|(?<=：)
          # 第一条（目的和依据） names its matter; 第五条（二）项, 第三条（含第四条） refer
          |(?:(?<=条)|(?<=条之[一二三四五六七八九]))
           [（(](?![一二三四五六七八九十百]{1,4}[）)]|[见即]|以下)
           [^（()），。；：,;:第条款项\d]{1,12}[）)]
           (?:[^，、。；：）)（(,;:规款项第之和至与的或]|规(?!定)|$))
  | (?P<section>(?P<section_number>[一二三四五六七八九十百]{1,5})[、．.])
        (?![一二三四五六七八九十]{1,3}[、（(产级类])           # 一、二、三产业 is a list
  | (?P<stem>(?P<stem_number>[甲乙丙丁戊己庚辛壬癸])、)(?![甲乙丙丁戊己庚辛壬癸])  # 甲、乙双方
  | (?P<item>[（(][\s]?(?P<item_number>[一二三四五六七八九十百]{1,5})[\s]?[）)])
        # （一）项规定的, （一）、（二）项 are references
        (?!项(?!目)|款(?!项)|目(?:规定|所列)|、?[（(][一二三四五六七八九十]{1,3}[）)])、?
  | (?P<point>(?P<point_number>\d{1,3})[\s]?(?:[.．](?![\d])|、(?!\d)))   # 1.5亿元 is a decimal
  | (?P<subpoint>[（(](?P<subpoint_number>\d{1,3})[）)])
        (?![\u4e00-\u9fff]{0,3}第\s?\d{1,5}\s?号)           # （88）第3号 is a number
    """,
    re.VERBOSE,
)
LONGEST_ORDINAL = 28  # characters of an ordinal and of what must not follow it
FIRST = frozenset("第甲乙丙丁戊己庚辛壬癸一二三四五六七八九十百（(0123456789０１２３４５６７８９")
UNITS: dict[str, OrdinalStyle] = {
    "编": "part", "篇": "part", "部分": "part", "章": "chapter", "节": "clause", "条": "article",
}  # fmt: skip
STYLES: dict[str, OrdinalStyle] = {
    "stem": "stem", "section": "section", "item": "item", "point": "point", "subpoint": "subpoint",
}  # fmt: skip
STEMS = "甲乙丙丁戊己庚辛壬癸"
LEVELS: dict[OrdinalStyle, int] = {
    "part": 1, "chapter": 1, "clause": 2, "article": 3,
    "stem": 2, "section": 1, "item": 2, "point": 3, "subpoint": 4,
}  # fmt: skip
DEEPEST = 4  # level
# from the widest unit to the narrowest, in rules (章节条) and elsewhere
RANKS: dict[OrdinalStyle, int] = {
    "part": 0, "chapter": 1, "clause": 2, "article": 3, "stem": 4,
    "section": 5, "item": 6, "point": 7, "subpoint": 8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ordinal:
    """The number in front of a unit (序数)."""

    style: OrdinalStyle
    number: int
    text: str  # as printed
    end: int  # offset of what follows it
    path: tuple[int, ...] = ()  # of a decimal number: 2.1.1
    under: float = 0  # rank that its document gives it; of 2, where 2.1.1 is one
    widest: int = 1  # level of 2

    @property
    def level(self) -> int:
        """Level of the style outside rules: 一、 1, （一） 2, 1. 3, （1） 4; 章 1, 节 2, 条 3.

        Of decimal numbers the depth: 1 1, 1.1 2, 1.1.1 3.
        """
        if self.path:
            return min(self.widest + len(self.path) - 1, DEEPEST)
        return LEVELS[self.style]

    @property
    def rank(self) -> float:
        """How narrow the unit is: it ends those that are as narrow or narrower."""
        return self.under + len(self.path) / 100 if self.under else RANKS[self.style]


def parse_numeral(text: str) -> int | None:
    """Read a whole number below 1000 in Chinese or Arabic numerals.

    ``二十一`` → 21, ``一百零三`` → 103, ``３`` → 3; None when it is no such number.
    """
    if text.isdecimal():
        return int(text)
    total = current = 0
    for char in text:
        if char == "百":
            total, current = total + (current or 1) * 100, 0
        elif char == "十":
            total, current = total + (current or 1) * 10, 0
        elif char in ("廿", "卅"):
            total += 20 if char == "廿" else 30
        elif char in ("零", "〇"):
            current = 0
        elif char in DIGITS:
            current = DIGITS[char]
        else:
            return None
    return total + current if text else None


def parse_ordinal(text: str) -> Ordinal | None:
    """Read the ordinal that a line begins with; None when it begins with none."""
    # most lines begin with none: one look at the first character spares them the pattern
    if not text or text[0] not in FIRST:
        return None
    return _read_ordinal(text[:LONGEST_ORDINAL])


@lru_cache(maxsize=4096)  # the same few beginnings come again and again
def _read_ordinal(text: str) -> Ordinal | None:
    found = ORDINAL.match(text)
    if not found:
        return None
    if found["word"]:
        number = parse_numeral(found["word_number"])
        if number is None:
            return None
        return Ordinal(UNITS[found["unit"]], number, found["word"], found.end())
    style = STYLES[str(found.lastgroup)]  # the group of its form, which closes last
    printed = found[f"{style}_number"]
    number = STEMS.index(printed) + 1 if style == "stem" else parse_numeral(printed)
    if not number:
        return None
    return Ordinal(style, number, found.group(), found.end())


# 川府发〔2016〕55号 in every print: [2016], （2016), 【2016】, ﹝2016﹞, blanks, 第, 055, no 号
NUMBER = re.compile(
    r"""
    (?P<code>[\u4e00-\u9fff]{1,20}) \s*+
    [〔\[［(（【﹝] \s*+ (?P<year>(?:19|20)\d\d|\d\d) \s*+ [〕\]］)）】﹞] \s*+
    (?:第|号)? \s*+ 0* (?P<serial>[1-9]\d{0,4}) \s*+ (?:号|$)
    """,
    re.VERBOSE,
)
# 国务院令第706号 · 商务部令2018年第2号 · 海关总署公告2024年第149号 · 2018年第2号
SERIES = re.compile(
    r"""
    (?P<code>[\u4e00-\u9fff、]{2,40}?(?:令|公告|通告)) \s*+
    [（(]? \s*+ (?:(?P<year>(?:19|20)\d\d) \s*+ 年)? \s*+
    第 \s*+ 0*(?P<serial>[1-9]\d{0,4}) \s*+ 号 [）)]?
    """,
    re.VERBOSE,
)
# of the 1980s and 1990s: （88）川征字第1号 · [1994]某府字第12号
YEAR_FIRST = re.compile(
    r"""
    [〔\[［(（【﹝] \s*+ (?P<year>(?:19|20)\d\d|[5-9]\d) \s*+ [〕\]］)）】﹞] \s*+
    (?P<code>[\u4e00-\u9fff]{2,12}?) \s*+ 第? \s*+ 0*(?P<serial>[1-9]\d{0,4}) \s*+ 号
    """,
    re.VERBOSE,
)
# 某府（1994）发12号: the year inside of the code
YEAR_INSIDE = re.compile(
    r"""
    (?P<code>[\u4e00-\u9fff]{1,12}) \s*+
    [〔\[［(（【﹝] \s*+ (?P<year>(?:19|20)\d\d|[5-9]\d) \s*+ [〕\]］)）】﹞] \s*+
    (?P<rest>[发字函办]{1,2}) \s*+ 第? \s*+ 0*(?P<serial>[1-9]\d{0,4}) \s*+ 号
    """,
    re.VERBOSE,
)
# 某府发〔1994〕十二号
WRITTEN_SERIAL = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,20})\s*+[〔\[［(（【﹝]\s*+(?P<year>(?:19|20)\d\d)\s*+[〕\]］)）】﹞]"
    r"\s*+第?\s*+(?P<serial>[一二三四五六七八九十百零〇]{1,7})\s*+号"
)
FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文字号: issuer code, year and serial; decrees may lack the year."""

    code: str  # 机关代字, whole: 川府发
    year: int | None
    serial: int

    @classmethod
    def parse(cls, text: str) -> DocumentNumber | None:
        """Read a number from a text that holds nothing else; None when it is none.

        ``川府发[2016] 055 号`` → 川府发〔2016〕55号; 中华人民共和国 is dropped, of joint organs
        the first is kept (DESIGN.md, Addresses).
        """
        return _parse_number(text)

    def __str__(self) -> str:
        if self.code.endswith(("令", "公告", "通告")):
            year = f"{self.year}年" if self.year else ""
            return f"{self.code}{year}第{self.serial}号"
        return f"{self.code}〔{self.year}〕{self.serial}号"


@lru_cache(4096)  # an archive cites the same numbers again and again
def _parse_number(text: str) -> DocumentNumber | None:
    text = INVISIBLE.sub("", text).translate(FULL_WIDTH_DIGITS).strip()
    forms = (NUMBER, YEAR_FIRST, YEAR_INSIDE, WRITTEN_SERIAL)
    if found := next((f for form in forms if (f := form.fullmatch(text))), None):
        printed, serial = int(found["year"]), parse_numeral(found["serial"])
        year = printed if printed > 99 else 1900 + printed
        code = found["code"] + (found["rest"] if found.re is YEAR_INSIDE else "")
        return DocumentNumber(code, year, serial) if serial else None
    compact = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "、", text)
    if found := SERIES.fullmatch(re.sub(r"、(?=令|公告|通告|第)", "", compact)):
        code = found["code"].removeprefix("中华人民共和国")
        kind = next(k for k in ("公告", "通告", "令") if code.endswith(k))
        organ = code.removesuffix(kind).split("、")[0]
        named = int(found["year"]) if found["year"] else None
        return DocumentNumber(f"{organ}{kind}", named, int(found["serial"]))
    return None


# 2016年11月30日 · 二○一一年八月一日 · 三月廿五日; a scan parts its digits: 2016 年1 2月5日
YEAR_DIGIT = f"[一二三四五六七八九{ZEROS}]"
DATE = re.compile(
    rf"""
    (?P<year>\d(?:\s?\d){{3}}|{YEAR_DIGIT}(?:\s?{YEAR_DIGIT}){{3}}) \s*+ 年 \s*+
    (?P<month>\d(?:\s?\d)?|[一二三四五六七八九十](?:\s?[一二])?) \s*+ 月 \s*+
    (?P<day>\d(?:\s?\d)?|[一二三四五六七八九十廿卅](?:\s?[一二三四五六七八九十]){{0,2}})
    \s*+ 日
    """,
    re.VERBOSE,
)


# what is printed beside a number in its line: a date, the proposal's class, who approved it
HEAD_DATE = re.compile(rf"[（(]?\s*+(?:{DATE.pattern})\s*+[）)]?", re.VERBOSE)
BESIDE = re.compile(r"\s*+(?:[（(][A-Z][）)]|签\s*+发\s*+人\s*+[:：]?[\u4e00-\u9fff·、\s]{2,30})$")
ADDRESSED = re.compile(r"(?P<number>[^号]{4,40}号)\s*+(?P<addressees>[^号]{2,100}[:：])")
LONGEST_NUMBER_LINE = 140  # characters, those of addressees included


def read_number_line(text: str) -> tuple[DocumentNumber | None, str]:
    """Read the line of a document's number, and the addressees that stand in it too.

    ``某府发〔2016〕1号　签发人：王军``, ``2016年1月5日　某府发〔2016〕1号``
    """
    if len(text) > LONGEST_NUMBER_LINE:
        return None, ""
    for printed in (text, text.strip("（）() ")):
        if number := DocumentNumber.parse(printed):
            return number, ""
    if "号" not in text:
        return None, ""
    bare = HEAD_DATE.sub(" ", text.translate(FULL_WIDTH_DIGITS))
    if number := DocumentNumber.parse(BESIDE.sub("", bare.rstrip())):
        return number, ""
    found = ADDRESSED.fullmatch(text)
    number = DocumentNumber.parse(found["number"]) if found else None
    return (number, found["addressees"]) if found and number else (None, "")


def parse_date(text: str) -> str:
    """Read the first date in a text as ``2016-11-30``; empty when there is none or no such day."""
    found = DATE.search(text.translate(FULL_WIDTH_DIGITS))
    return _iso(found) if found else ""


def parse_whole_date(text: str) -> str:
    """Read a text that is nothing but a date, blanks and brackets aside."""
    if "日" not in text:  # most lines; one look spares them the rest
        return ""
    found = DATE.fullmatch(text.translate(FULL_WIDTH_DIGITS).strip("（）() \u3000"))
    return _iso(found) if found else ""


def part_day(text: str) -> tuple[str, str]:
    """Part a date that ends a text from what stands before it; both empty where none does."""
    found = DATE.search(text)
    if not found or found.end() != len(text):
        return "", ""
    return text[: found.start()].rstrip(), found.group()


def printed_date(date: str) -> str:
    """Print a date as documents do: 2016-11-30 → 2016年11月30日."""
    if not date:
        return ""
    year, month, day = date.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"


def parse_year(text: str) -> int:
    """Read the four digits of a year: ``二○一一`` → 2011, ``2011`` → 2011."""
    return int("".join(str(DIGITS.get(char, char)) for char in text if not char.isspace()))


def _iso(found: re.Match[str]) -> str:
    year = parse_year(found["year"])
    month, day = (parse_numeral("".join(found[name].split())) for name in ("month", "day"))
    if not month or not day or month > 12 or day > 31:
        return ""
    return f"{year:04}-{month:02}-{day:02}"


def valid_date(text: str) -> str:
    """Give a date that is one in the calendar; empty for 2016-02-31."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
