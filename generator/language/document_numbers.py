"""发文字号: read document numbers in every notation met in practice, and print them in one form.

The pieces come first, then the forms that are made of them: a number that is a whole text, one
inside a text, one beside a title, one on a line of its own, and one that a reader types. All code
that cites, lists, joins or rewrites numbers uses these forms, so that no other module has brackets
or years of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from generator.language.dates import WRITTEN_YEAR, YEAR
from generator.language.document_types import SERIES, any_of
from generator.language.ideographs import HAN
from generator.language.numerals import (
    MISREAD_DIGITS,
    RESTORED_DIGITS,
    half_width,
    parse_numeral,
    parse_year,
)
from generator.language.organs import STATE
from generator.language.traditional import simplify
from generator.language.unseen import INVISIBLE
from generator.runtime.patterns import lazy_regex

# --- pieces; a run of blanks is possessive (*+), because two runs side by side would be tried in
# --- every way to share the blanks

# brackets of a year in any notation: 〔2016〕 [2016] （2016) 【2016】 ﹝2016﹞
OPENING, CLOSING = r"〔\[［（(【﹝", r"〕\]］）)】﹞"
ROUND = frozenset("（(")
# the same where a scan misread one: [2015」 〔2015〉; only between a code and a serial
OPENING_MISREAD, CLOSING_MISREAD = f"{OPENING}「『〈《<｛{{", f"{CLOSING}」』〉》>｝}}"
END = "[号號]"  # of a number, in simplified and in traditional print
ANY_YEAR = rf"{YEAR}|\d\d"  # 〔88〕, of the 1980s and 1990s
# the same if no 字 or code in front shows that it is a year: （12） is an item
OLD_YEAR = rf"{YEAR}|[5-9]\d"
SERIAL = r"[1-9]\d{0,4}"
PRINTED_SERIAL = rf"0*{SERIAL}"  # 055
WRITTEN_SERIAL = r"[一二三四五六七八九十百零〇]{1,7}"
SERIES_KIND = any_of("series")  # 令, 公告, 通告: the end of the code of a series
AND, TO = "、和及与", "至到~～—－-"  # 5、6号, 5至8号; also 以及


def bracketed(year: str) -> str:
    """Give the expression for a year in brackets, with or without blanks inside them."""
    return rf"[{OPENING}]\s*+{year}\s*+[{CLOSING}]"


def dated(year: str) -> str:
    """Give the same expression with the year in a group."""
    return bracketed(f"(?P<year>{year})")


def code(least: int, most: int) -> str:
    """Give the expression for an issuer code (机关代字): 川府发."""
    return rf"(?P<code>[{HAN}]{{{least},{most}}})"


CODE_AND_YEAR = rf"{code(1, 20)}\s*+{dated(ANY_YEAR)}"
NUMBERED = rf"0*(?P<serial>{SERIAL})"
YEAR_AND_SERIAL = rf"{bracketed(YEAR)}\s*+第?\s*+{PRINTED_SERIAL}\s*+{END}"
# 第706号 · 2018年第2号 · （2019年第39号）: the number behind the code of a series
SERIES_NUMBER = rf"[（(]?\s*+(?:(?P<year>{YEAR})\s*+年)?\s*+第\s*+{NUMBERED}\s*+号[）)]?"

# --- a number that is a whole text

# 川府发〔2016〕55号, with blanks, 第, 055, or no 号
CODED = lazy_regex(rf"{CODE_AND_YEAR}\s*+[第号]?\s*+{NUMBERED}\s*+(?:号|$)")
# notation of the 1980s and 1990s: （88）川征字第1号 · [1994]某府字第12号
YEAR_FIRST = lazy_regex(
    rf"{dated(OLD_YEAR)}\s*+(?P<code>[{HAN}]{{2,12}}?)\s*+第?\s*+{NUMBERED}\s*+号"
)
# 某府（1994）发12号: the year is inside the code
YEAR_INSIDE = lazy_regex(
    rf"{code(1, 12)}\s*+{dated(OLD_YEAR)}\s*+"
    rf"(?P<rest>[发字函办]{{1,2}})\s*+第?\s*+{NUMBERED}\s*+号"
)
# 某府发〔1994〕十二号
IN_WORDS = lazy_regex(
    rf"{code(1, 20)}\s*+{dated(YEAR)}\s*+第?\s*+(?P<serial>{WRITTEN_SERIAL})\s*+号"
)
# 国务院令第706号 · 商务部令2018年第2号 · 海关总署公告2024年第149号 · 2018年第2号
OF_SERIES = lazy_regex(rf"(?P<code>[{HAN}、]{{2,40}}?{SERIES_KIND})\s*+{SERIES_NUMBER}")
WHOLE = (CODED, YEAR_FIRST, YEAR_INSIDE, IN_WORDS)
# 财政部 税务总局 公告: a blank between two organs becomes 、, but not the one before 公告
ORGAN_BLANK = lazy_regex(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
LAST_BLANK = lazy_regex(rf"、(?={SERIES_KIND}|第)")

# --- a number inside a text

# 根据国发〔2016〕13号: the code seems to include 根据, and code_start of citations cuts that off.
# 号 may be missing if punctuation or a bracket closes the number
CODED_INSIDE = (
    rf"{CODE_AND_YEAR}\s*+[第号]?\s*+{NUMBERED}"
    rf"(?:\s*+{END}|(?=\s*+(?:[）)，。；》]|、(?!\d)|$|(?<=\s)(?!\d))))"
)
# 国发〔2014〕5、6号 · 财税〔2016〕36号、〔2017〕58号 · 国发〔2014〕5至8号
LIST_INSIDE = (
    rf"{CODE_AND_YEAR}\s*+第?\s*+(?P<serials>{PRINTED_SERIAL}\s*+号?"
    rf"(?:\s*+(?:[{AND}{TO}]|以及)\s*+"
    rf"(?:{bracketed(YEAR)})?\s*+第?\s*+{PRINTED_SERIAL}\s*+号?)+)"
    # 5号、3号楼 is no list
    r"(?<=号)(?![线楼院栋车井矿机门宗桥路台库厂馆点块段仓坝站塔令]|地块|公告|通告)"
)
LISTED = lazy_regex(  # one serial of such a list
    rf"(?:{dated(YEAR)})?\s*+第?\s*+{NUMBERED}\s*+号?"
)
RANGE = lazy_regex(rf"\s*+[{TO}]\s*+")  # between two serials: it means all numbers from one to two
# 〔1996〕武司字第82号 · （85）国函字49号: 字 shows that this is a code
YEAR_FIRST_INSIDE = rf"{dated(ANY_YEAR)}\s*+(?P<code>[{HAN}]{{1,8}}字)\s*+第?\s*+{NUMBERED}\s*+号"
# 国务院令第706号, 商务部令2018年第2号, 海关总署公告（2019年第39号）, 财政部 税务总局公告2020年第6号
DECREE_INSIDE = (
    rf"(?P<organ>[{HAN}]{{1,30}}?(?:[、\s][{HAN}]{{2,16}}?){{0,4}}(?P<series>{SERIES_KIND}))"
    rf"\s*+[（(〔\[]?\s*+(?:(?P<decree_year>{YEAR})\s*+[年〕\]]?\s*+)?"
    rf"第?\s*+0*(?P<decree>{SERIAL}|{WRITTEN_SERIAL})\s*+号[）)]?"
)
# 第706号国务院令, 国务院第706号令, 海关总署2012年第26号公告
TURNED_DECREE_INSIDE = (
    rf"(?:(?P<before>[{HAN}]{{2,24}}?(?:[、\s][{HAN}]{{2,16}}?){{0,4}})\s*+"
    rf"(?:(?P<decree_year>{YEAR})\s*+年\s*+(?:\d{{1,2}}\s*+月\s*+\d{{1,2}}\s*+日\s*+)?)?)?"
    rf"第\s*+0*(?P<decree>{SERIAL}|{WRITTEN_SERIAL})\s*+号\s*+"
    rf"(?P<after>[{HAN}]{{2,16}}?)??(?P<series>{SERIES_KIND})"
)
# 国务院一九八〇年223号文件: names an issuer and means the code of its series of 文件
UNNAMED = {
    "中共中央办公厅、国务院办公厅": "中办发",
    "中共中央办公厅国务院办公厅": "中办发",
    "中共中央、国务院": "中发",
    "中共中央国务院": "中发",
    "国务院办公厅": "国办发",
    "国务院": "国发",
    "中共中央办公厅": "中办发",
    "中共中央": "中发",
}
UNNAMED_INSIDE = (
    rf"(?P<unnamed>{'|'.join(UNNAMED)})"  # the longer names first
    rf"\s*+[{OPENING}]?(?P<spelt_year>{YEAR}|{WRITTEN_YEAR})[{CLOSING}]?\s*+年?\s*+"
    rf"第?\s*+(?P<serial>{SERIAL})\s*+号文"
)
# 1993年6月29日商务部令第3号发布: the decree in a note under a title, in a clause that begins with
# its date
DECREE_IN_NOTE = lazy_regex(
    rf"(?P<organs>[{HAN}、\u3000\s]{{2,60}}?)令\s*+[（(]?(?:(?P<year>{YEAR})\s*+年)?\s*+"
    rf"第?\s*+{NUMBERED}\s*+号"
)
# 国家计划委员会令|第1号: a decree, from 令 on
DECREE_SPLIT = lazy_regex(rf"令\s*+[（(]?(?:{YEAR}\s*+年)?\s*+第?\s*+\d")
CODED_IN_NOTE = lazy_regex(rf"{code(2, 10)}\s*+{dated(YEAR)}\s*+第?\s*+{NUMBERED}\s*+号")
# cheap first tests for such forms; most texts fail them and need no other pattern
YEAR_BEFORE_SERIAL = lazy_regex(rf"\d\s*+[{CLOSING}]\s*+[第号]?\s*+\d")
LIST_SIGN = lazy_regex(rf"\d\s*+号?\s*+(?:[{AND}{TO}]|以及)\s*+[{OPENING}第\d]")
NUMBER_WITHIN = lazy_regex(YEAR_AND_SERIAL)

# --- a number beside a title, or separated from it

# …的通知(某政发〔2014〕12号) · …办法(某省人民政府令第420号)
BEHIND_TITLE = lazy_regex(
    r"[（(](?P<number>(?:[^（()）]|[（(]\d{4}[）)]){4,40}+)[）)]$"  # （2014） may be inside, too
)
PLAIN = rf"[{HAN}]{{2,20}}\s*+{YEAR_AND_SERIAL}"
# …的通知 某政发〔2014〕12号
APART = lazy_regex(rf"(?<=[\s\u3000])(?P<number>{PLAIN})$")
# 某政发〔2014〕12号 某市人民政府关于…的通知
AHEAD = lazy_regex(rf"(?P<number>{PLAIN})[\s\u3000]+(?=\S)")
# 商务部公告2013年第18号 关于… · 海关总署公告2024年第150号（关于…的公告）
SERIES_AHEAD = lazy_regex(
    rf"(?P<number>(?P<organs>[{HAN}、 \u3000]{{2,40}}?){SERIES_KIND}\s*+{SERIES_NUMBER})"
    r"(?P<matter>.*)"
)
# 第706号 · 2018年 第2号, without blanks, under a title that names the series: 商务部令
SERIAL_ALONE = lazy_regex(rf"[（(]?(?:{YEAR}年?)?第?{PRINTED_SERIAL}号[）)]?")
# 某某省人民政府令, 国务院令第706号, without blanks: the head of a decree
DECREE_HEAD = lazy_regex(rf"[{HAN}、]{{2,40}}令(?:{SERIAL_ALONE.pattern})?")
# --- a number that a scan cut or spaced

# 川府发[2016]55号: the brackets are to become 〔 〕
UNSETTLED = (
    rf"(?P<before>\s*+)[{OPENING_MISREAD}](?P<year>\s*+{YEAR}\s*+)[{CLOSING_MISREAD}]"
    rf"(?=\s*+第?\s*+{PRINTED_SERIAL}\s*+{END})"
)
SPACED = (
    rf"[ \u3000]*〔\s*+(?P<year>{YEAR})\s*+〕\s*+(?P<di>第?)\s*+(?P<serial>{PRINTED_SERIAL})"
    rf"\s*+(?P<end>{END})"
)
# 国办发〔2016〕 | 13号
CUT_ABOVE = lazy_regex(rf"[{OPENING}]{YEAR}[{CLOSING}]\Z")
CUT_BELOW = lazy_regex(rf"第?\s*+{PRINTED_SERIAL}\s*+号")
# 国家发展和改革委员会 国家质量监督检验检疫总局|令第35号
SERIES_BEGINS = rf"{SERIES_KIND}\s*+[（(〔]?\s*+(?:{YEAR}|第)"

# --- a number that a scan misread

# 〔2O24〕5号, 〔2024〕l号, [2015」17号 behind a code: a letter or 〇 in the place of a digit, a
# bracket of another kind
MISREAD = lazy_regex(
    rf"(?<=[{HAN}])\s*+(?P<opening>[{OPENING_MISREAD}])\s*+"
    rf"(?P<year>[12{MISREAD_DIGITS}][\d{MISREAD_DIGITS}]{{3}})"
    rf"\s*+(?P<closing>[{CLOSING_MISREAD}])\s*+第?\s*+"
    rf"(?P<serial>[\d{MISREAD_DIGITS}]{{1,5}})\s*+(?={END})"
)
OPENING_KINDS = frozenset(OPENING.replace("\\", ""))
CLOSING_KINDS = frozenset(CLOSING.replace("\\", ""))
CODE_BEFORE = lazy_regex(rf"[{HAN}]{{1,20}}$")
# 某府发〔二○二四〕5号: a year in Chinese numerals
YEAR_IN_WORDS = lazy_regex(rf"(?<=[{OPENING}])\s*+(?P<year>{WRITTEN_YEAR})(?=\s*+[{CLOSING}])")
# 某府发〔2024〕S号, 某府发2024〕5号, 〔2024〕5号, 某府发〔20245号, without blanks: the shape of a
# number
ANY_BRACKET = f"{OPENING_MISREAD}{CLOSING_MISREAD}"
ANY_DIGIT = rf"[\dA-Za-z{MISREAD_DIGITS}]"
LIKE_NUMBER = lazy_regex(
    rf"(?=\D*+\d\D*?\d)[{HAN}]{{0,16}}"
    rf"(?:[{ANY_BRACKET}]?{ANY_DIGIT}{{3,5}}[{ANY_BRACKET}]第?{ANY_DIGIT}{{1,6}}.?"
    rf"|[{ANY_BRACKET}]{ANY_DIGIT}{{4,9}}{END})"
)
LONGEST_LIKE_NUMBER = 30  # characters

# --- a number as a reader types it: these expressions must mean the same in Python and JavaScript,
# so they have no named groups and no possessive quantifiers; each run of blanks is one blank

TYPED_YEAR, TYPED_SERIAL = rf"({YEAR})", rf"0*({SERIAL})"
Group: TypeAlias = Literal["code", "year", "serial"]


@dataclass(frozen=True, slots=True)
class TypedForm:
    """A way to type a number: an expression for the whole text, and the meaning of its groups."""

    pattern: str
    groups: tuple[Group, ...]  # "code" twice: the two pieces are joined


# the first form that fits decides
TYPED = (
    # 川府发〔2016〕55号 · 川府发2016 55 · 川府发2016-55 · 2018年第2号 · 商务部令2018年第2号
    TypedForm(
        rf"^(\D{{0,40}}?) ?[{OPENING}〈《<]? ?{TYPED_YEAR}"
        rf" ?[{CLOSING}〉》>年 －—–-] ?第? ?{TYPED_SERIAL} ?号?$",
        ("code", "year", "serial"),
    ),
    # 国发20195 · 川府发201655 · 国发2019第5号: the first four digits are the year; in 某令第19001号
    # they are not
    TypedForm(
        rf"^(\D{{0,39}}?[^\d第 ]) ?{TYPED_YEAR}第?{TYPED_SERIAL} ?号?$", ("code", "year", "serial")
    ),
    # 国令706 · 国务院令第706号 · 国务院令（第706号）
    TypedForm(
        rf"^(\D{{0,38}}?{SERIES_KIND}) ?[（(]?第? ?{TYPED_SERIAL} ?号?[）)]?$", ("code", "serial")
    ),
    # 第706号国务院令
    TypedForm(rf"^第? ?{TYPED_SERIAL} ?号 ?(\D{{1,38}}?{SERIES_KIND})$", ("serial", "code")),
    # 国务院第706号令 · 海关总署2012年第26号公告
    TypedForm(
        rf"^(\D{{2,38}}?) ?(?:{TYPED_YEAR} ?年 ?)?第 ?{TYPED_SERIAL} ?号 ?({SERIES_KIND})$",
        ("code", "year", "serial", "code"),
    ),
    # 〔1994〕某府字第12号 · （88）川征字第1号
    TypedForm(
        rf"^[{OPENING}] ?({OLD_YEAR}) ?[{CLOSING}] ?(\D{{1,20}}?) ?第? ?{TYPED_SERIAL} ?号?$",
        ("year", "code", "serial"),
    ),
)
# 川府发55号: the year is left out; four digits would be a year
TYPED_WITHOUT_YEAR = TypedForm(r"^(\D{2,20}?) ?第? ?0*([1-9]\d{0,2}) ?号?$", ("code", "serial"))
SHORT_CODES = {"国令": "国务院令"}  # readers' short names of series that print their issuer whole


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文字号: issuer code, year and serial; decrees may lack the year."""

    code: str  # 机关代字, whole: 川府发
    year: int | None
    serial: int

    @classmethod
    def parse(cls, text: str) -> DocumentNumber | None:
        """Read a number from a text that holds nothing else; None when it is no number.

        ``川府发[2016] 055 号`` → 川府发〔2016〕55号. In the code of a series (令, 公告, 通告)
        中华人民共和国 is dropped, and of joint organs the first is kept. Addresses are made of the
        result (docs/data.md, "Addresses").
        """
        return _parse_number(text)

    def __str__(self) -> str:
        if self.code.endswith(SERIES):
            year = f"{self.year}年" if self.year else ""
            return f"{self.code}{year}第{self.serial}号"
        return f"{self.code}〔{self.year}〕{self.serial}号"


def whole_year(printed: str) -> int:
    """Read the year of a number, which may lack its first two digits: 88 is 1988."""
    year = int(printed)
    return year if year > 99 else 1900 + year


@lru_cache(4096)  # an archive cites the same numbers again and again
def _parse_number(text: str) -> DocumentNumber | None:
    text = half_width(simplify(INVISIBLE.sub("", text))).strip()
    text = YEAR_IN_WORDS.sub(lambda found: str(parse_year(found["year"])), text)
    if found := next((f for form in WHOLE if (f := form.fullmatch(text))), None):
        serial = parse_numeral(found["serial"])
        code = found["code"] + (found["rest"] if found.re.pattern == YEAR_INSIDE.pattern else "")
        return DocumentNumber(code, whole_year(found["year"]), serial) if serial else None
    compact = ORGAN_BLANK.sub("、", text)
    if found := OF_SERIES.fullmatch(LAST_BLANK.sub("", compact)):
        code = found["code"].removeprefix(STATE)
        kind = next(kind for kind in SERIES if code.endswith(kind))
        organ = code.removesuffix(kind).split("、")[0]
        named = int(found["year"]) if found["year"] else None
        return DocumentNumber(f"{organ}{kind}", named, int(found["serial"]))
    return None


def may_hold_number(text: str) -> bool:
    """Whether a text has the character that ends a number: a quick test, as most have none."""
    return "号" in text or "號" in text


def restore_numbers(text: str) -> str:
    """Replace the characters of numbers that a scan misread, where one reading is possible.

    ``某府发〔2O24〕l号`` → ``某府发〔2024〕1号``; brackets stay as they are.
    """
    return MISREAD.sub(_restored, text) if may_hold_number(text) else text


def restore_number(text: str) -> str:
    """Restore the characters and the brackets of misread numbers in a text."""
    return with_usual_brackets(restore_numbers(text))


def misread_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Give each misread number in a text that can be read with certainty: as printed, as read."""
    if not may_hold_number(text):
        return
    for found in MISREAD.finditer(text):
        code = CODE_BEFORE.search(text, max(0, found.start() - 20), found.start())
        printed = (code[0] if code else "") + found[0] + text[found.end()]
        read = DocumentNumber.parse(restore_number(printed))
        is_damaged = _restored(found) != found[0] or with_usual_brackets(printed) != printed
        if read and is_damaged:
            yield printed, str(read)


def with_usual_brackets(text: str) -> str:
    """Replace the misread brackets of numbers: ``某府发[2015」17号`` → ``某府发[2015]17号``."""
    return MISREAD.sub(_rebracketed, text)


def is_like_number(text: str) -> bool:
    """Whether a text has the shape of a document's number, readable or not."""
    compact = "".join(text.split())
    return len(compact) <= LONGEST_LIKE_NUMBER and bool(LIKE_NUMBER.fullmatch(compact))


def _restored(found: re.Match[str]) -> str:
    """Give a misread number as it was printed; unchanged if that would be none."""
    year = found["year"].translate(RESTORED_DIGITS)
    serial = found["serial"].translate(RESTORED_DIGITS)
    if not re.fullmatch(YEAR, year) or not re.fullmatch(PRINTED_SERIAL, serial):
        return found[0]
    start = found.start()
    return "".join(
        (
            found.string[start : found.start("year")],
            year,
            found.string[found.end("year") : found.start("serial")],
            serial,
            found.string[found.end("serial") : found.end()],
        )
    )


def _rebracketed(found: re.Match[str]) -> str:
    text, start = found[0], found.start()
    opening, closing = found.start("opening") - start, found.start("closing") - start
    first = text[opening] if text[opening] in OPENING_KINDS else "〔"
    last = text[closing] if text[closing] in CLOSING_KINDS else "〕"
    return f"{text[:opening]}{first}{text[opening + 1 : closing]}{last}{text[closing + 1 :]}"


def read_typed(text: str) -> DocumentNumber | None:
    """Read a number as a reader types it; the code is empty if none is typed (2018年第2号).

    ``川府发2016 55``, ``国令706``, ``第706号国务院令``, ``国发20195``
    """
    text = " ".join(half_width(INVISIBLE.sub("", text)).split())
    for form in TYPED:
        if found := re.search(form.pattern, text):
            groups = [*zip(form.groups, found.groups(), strict=True)]
            code = "".join("".join(value.split()) for name, value in groups if name == "code")
            code = code.removeprefix(STATE)
            values = {name: value for name, value in groups if value}
            year = whole_year(values["year"]) if "year" in values else None
            return DocumentNumber(SHORT_CODES.get(code, code), year, int(values["serial"]))
    return None


def typed_forms() -> dict[str, object]:
    """Give the rules for reading a typed number as plain data, for the search in the browser.

    ``forms`` are regular expressions with the meaning of their groups, to be tried in order;
    ``yearless`` is one for a number without its year, which fits documents of any year. The
    pieces of a code are joined; blanks, and ``state`` at its beginning, are removed, and a code in
    ``short`` is spelt out. A year of two digits means 19xx. A number whose code ends with one of
    ``series`` is printed 商务部令2018年第2号 or 国务院令第706号, any other 川府发〔2016〕55号.
    """
    return {
        "forms": [[form.pattern, list(form.groups)] for form in TYPED],
        "yearless": [TYPED_WITHOUT_YEAR.pattern, list(TYPED_WITHOUT_YEAR.groups)],
        "state": STATE,
        "short": SHORT_CODES,
        "series": list(SERIES),
    }
