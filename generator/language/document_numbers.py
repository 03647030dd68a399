"""发文字号: the numbers of documents, in every print met in practice and in one printed form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from generator.language.dates import DATE
from generator.language.numerals import FULL_WIDTH_DIGITS, parse_numeral
from generator.language.unseen import INVISIBLE

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
