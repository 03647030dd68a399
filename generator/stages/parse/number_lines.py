"""Numbers printed beside titles: in the contents, at a title's beginning, in lines above it."""

from __future__ import annotations

import re

from generator.language.document_numbers import DocumentNumber, read_number_line
from generator.language.organs import ORGAN
from generator.stages.parse.lines import Line, fold_title

# …的通知(某政发〔2014〕12号) · …办法(某省人民政府令第420号); the year may stand in round brackets
BEHIND = re.compile(r"[（(](?P<number>(?:[^（()）]|[（(]\d{4}[）)]){4,40}+)[）)]$")
LETTER = r"[\u4e00-\u9fff]{2,20}\s?[〔\[［【﹝（(]\d{4}[〕\]］】﹞）)]\s?\d{1,5}\s?号"
# …的通知 某政发〔2014〕12号
APART = re.compile(rf"(?<=[\s\u3000])(?P<number>{LETTER})$")
# 某政发〔2014〕12号 某市人民政府关于…的通知
AHEAD = re.compile(rf"(?P<number>{LETTER})[\s\u3000]+(?=\S)")
# 商务部公告2013年第18号 关于… · 海关总署公告2024年第150号（关于…的公告）
SERIES = re.compile(
    r"(?P<number>(?P<organs>[\u4e00-\u9fff、 \u3000]{2,40}?)(?:令|公告|通告)\s*+"
    r"[（(]?(?:(?:19|20)\d\d\s*+年)?\s*+第\s*+\d{1,5}\s*+号[）)]?)(?P<matter>.*)"
)
# SDPR-2016-0010001 · 统一登记号：ZJAC00-2021-0003, since the 2010s
REGISTRATION = re.compile(
    r"(?:[\u4e00-\u9fff]{0,10}(?:登记|备案|编)[号码][:：]?)?"
    r"[A-Z]{2,8}\d{0,4}[-－—–](?:19|20)\d\d[-－—–]\d{3,10}"
)
LONGEST_REGISTRATION = 50
NO_ORGAN = re.compile(r"关于|的|《")
SHORTEST = 5  # characters of a title that tells its document without the number
STATE = "中华人民共和国"


def part_number(title: str) -> tuple[str, str]:
    """Part an entry's title from the number printed beside it; empty where there is none.

    ``某市…的通知（某政发〔2014〕12号）`` → ``某市…的通知``, ``某政发〔2014〕12号``
    """
    for found in (BEHIND.search(title), APART.search(title), AHEAD.match(title)):
        if found and DocumentNumber.parse(found["number"]):
            bare = (title[: found.start()] or title[found.end() :]).strip()
            return bare if len(bare) >= SHORTEST else title, found["number"]
    return title, ""


def names_of(title: str) -> tuple[str, ...]:
    """Give what a listed title may be in the text, folded, the likeliest first.

    Without the number beside it, as printed, and, for an announcement, its number alone.
    """
    bare, _ = part_number(title)
    names = [fold_title(bare), fold_title(title)]
    if (series := read_series(title)) and series["matter"].strip():
        number = fold_title(series["number"])
        names += [number, STATE + number.removeprefix(STATE)]
    return tuple(dict.fromkeys(names))


def read_series(title: str) -> re.Match[str] | None:
    """Read organs and number that a title begins with: 海关总署公告2024年第150号（关于…）."""
    found = SERIES.match(title)
    return None if found is None or NO_ORGAN.search(found["organs"]) else found


def is_number_line(line: Line) -> bool:
    """Whether a line is a document number and what stands beside it, and no addressees."""
    if not line.is_text or len(line.text) > 60 or "号" not in line.text:
        return False
    number, addressees = read_number_line(line.text)
    return number is not None and not addressees


def is_registration(line: Line) -> bool:
    """Whether a line is the number that a register of rules gave a document (统一登记号)."""
    if not line.is_text or len(line.text) > LONGEST_REGISTRATION:
        return False
    return REGISTRATION.fullmatch(line.compact.strip("（）()")) is not None


def is_letterhead(text: str) -> bool:
    """Whether a text without blanks names a paper's organ: 某市人民政府文件."""
    return text.endswith("文件") and len(text) <= 40 and bool(ORGAN.fullmatch(text[:-2]))
