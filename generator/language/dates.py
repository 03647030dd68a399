"""Dates: 2016年11月30日 and 二○一六年十一月三十日 as 2016-11-30, and back."""

from __future__ import annotations

import re
from datetime import date

from generator.language.numerals import FULL_WIDTH_DIGITS, ZEROS, parse_numeral, parse_year

YEAR = r"(?:19|20)\d\d"  # of numbers, dates and issues: gazettes print no others
YEAR_DIGIT = f"[一二三四五六七八九{ZEROS}]"
WRITTEN_YEAR = rf"[一二]{YEAR_DIGIT}{{3}}"  # 二○一六
# 2016年11月30日 · 二○一一年八月一日; a scan puts blanks between the digits: 2016 年1 2月5日
DATE = re.compile(
    rf"""
    (?P<year>\d(?:\s?\d){{3}}|{YEAR_DIGIT}(?:\s?{YEAR_DIGIT}){{3}}) \s*+ 年 \s*+
    (?P<month>\d(?:\s?\d)?|[一二三四五六七八九十](?:\s?[一二])?) \s*+ 月 \s*+
    (?P<day>\d(?:\s?\d)?|[一二三四五六七八九十廿卅](?:\s?[一二三四五六七八九十]){{0,2}})
    \s*+ 日
    """,
    re.VERBOSE,
)
# 2016年l2月5日, 2O16年1月5曰: such a date also closes a document
MISREAD_DATE = re.compile(r"[\dOoОlI|]{4}年[\dOolI|]{1,2}月[\dOolI|]{1,2}[日曰]")
# 1日, 二月廿五日: the date of an entry in a chronicle (大事记), which does not print the year
DAY = r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)?(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})日"
DAY_BEGINS = frozenset("0123456789一二三四五六七八九十廿卅")


def parse_date(text: str) -> str:
    """Read the first date in a text as ``2016-11-30``.

    Empty without a date, or when its month is above 12 or its day above 31.
    """
    found = DATE.search(text.translate(FULL_WIDTH_DIGITS))
    return _iso(found) if found else ""


def parse_whole_date(text: str) -> str:
    """Read a text that holds only a date, apart from blanks and brackets around it."""
    if "日" not in text:  # true of most lines, and cheaper than the pattern
        return ""
    found = DATE.fullmatch(text.translate(FULL_WIDTH_DIGITS).strip("（）() \u3000"))
    return _iso(found) if found else ""


def part_day(text: str) -> tuple[str, str]:
    """Split a text before the date at its end; both parts are empty if no date ends it."""
    found = DATE.search(text)
    if not found or found.end() != len(text):
        return "", ""
    return text[: found.start()].rstrip(), found.group()


def printed_date(date: str) -> str:
    """Write a date as documents print it: 2016-11-30 → 2016年11月30日."""
    if not date:
        return ""
    year, month, day = date.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"


def _iso(found: re.Match[str]) -> str:
    year = parse_year(found["year"])
    month, day = (parse_numeral("".join(found[name].split())) for name in ("month", "day"))
    if not month or not day or month > 12 or day > 31:
        return ""
    return f"{year:04}-{month:02}-{day:02}"


def valid_date(text: str) -> str:
    """Return the date if the calendar has it; empty for 2016-02-31."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
