"""Dates and years inside a text that cannot be right: 201年, 2月30日, a Friday that was a Monday.

Each place has the reason in words for editors, and a reading where only one is likely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.language.dates import (
    DATE,
    WRITTEN_DAY,
    WRITTEN_MONTH,
    WRITTEN_YEARS,
    valid_date,
)
from generator.language.numerals import (
    MISREAD_ZEROS,
    half_width,
    parse_numeral,
    parse_year,
)
from generator.runtime.patterns import lazy_regex

FARTHEST = 60  # years after the issue that a plan may name
NEAR = 25  # years before or after the issue that it names most
EARLIEST = 1000  # of years with four digits; older ones are hardly printed
WEEKDAYS = "一二三四五六日"


class Doubtful(NamedTuple):
    """A place of a text, why it is doubtful, and the likely reading of it (empty: unknown)."""

    start: int
    end: int
    why: str
    reading: str = ""


# what stands before or behind a number of years: 树龄200年, 近200年历史, 200年一遇
DURATION_BEFORE = lazy_regex(
    r"(?:[约近超达满逾足余有每经历]|至少|不足|超过|树龄|历史|寿命|龄|期限|[为期]|公元前?|前|相隔|长达|距今|使用)\s?$"
)
DURATION_BEHIND = lazy_regex(
    r"\s?(?:[以之](?:[上下内]|久)|左右|一遇|[的来间期限余多老古生轮]|历史|前的|树龄|使用|免|不|以来|时间)"
)
SINCE = lazy_regex(r"[自从]\s?$|(?:截至|提高到|增加到|上升到)\s?$")
LASTS = lazy_regex(r"\s?(?:以[上内]|之久|左右|历史)")
# what stands before or behind a year: 到201年, 201年底, 201年6月
YEAR_BEFORE = lazy_regex(r"[到至自从于在年—－~～\-（(]\s?$|^$")
YEAR_BEHIND = lazy_regex(r"\s?(?:[底末初度]|[上下]半年|[春夏秋冬]|\d{1,2}\s?月|元旦|春节|第)")
# 201年 · 20016年: 年 is read in the text behind
BROKEN_YEAR = lazy_regex(
    r"(?<![\d.．〔\[（(第/%])(?<!\d[,，])(?P<year>\d{3}|\d{5})\s?年(?![级生产])"
)
WRITTEN_BROKEN = lazy_regex(
    rf"(?<![一二三四五六七八九十百千万〇○零\d第])(?P<year>二[{MISREAD_ZEROS}零][一二三四五六七八九{MISREAD_ZEROS}零])\s?年"
    r"(?![一二三四五六七八九级])"
)
# a number of a document whose year has lost or got a digit: 〔201〕55号
BROKEN_NUMBER = lazy_regex(r"[〔\[［﹝【](?P<year>\d{3}|\d{5})[〕\]］﹞】]\s?第?\s?\d{1,5}\s?号")
# the number of a document that no issue can cite yet: 国发〔2106〕5号
WHOLE_NUMBER = lazy_regex(
    r"[〔\[［﹝【](?P<year>(?:19|20|21|22|29)\d\d)[〕\]］﹞】]\s?第?\s?\d{1,5}\s?号"
)
# 2916年, 2106年
FOUR_DIGITS = lazy_regex(r"(?<![\d.．第〔\[/])(?<!\d[,，])(?P<year>\d{4})\s?年(?![级生产])")
# 2016—2002年, 自2016年至2011年
YEAR_RANGE = lazy_regex(
    r"(?<![\d.])(?P<first>(?:19|20)\d\d)\s?年?\s?(?:[—–－\-~～]{1,2}|至|到)\s?(?P<last>(?:19|20)\d\d)\s?年"
)


def doubtful_years(text: str, issued: int) -> Iterator[Doubtful]:
    """Find years with a digit too few or too many, and years that no gazette can name.

    ``issued`` is the year of the issue; 0 if it is not known.
    """
    text = half_width(text)
    if "年" in text:
        for found in BROKEN_YEAR.finditer(text):
            if _is_year(found):
                yield _broken(found, issued)
        for found in WRITTEN_BROKEN.finditer(text):
            yield Doubtful(*found.span("year"), f"年份“{found['year']}年”只有三位")
        for found in FOUR_DIGITS.finditer(text):
            year = int(found["year"])
            if year < EARLIEST or (issued and year > issued + FARTHEST):
                yield Doubtful(*found.span("year"), f"“{year}年”不像本期会写到的年份")
        for found in YEAR_RANGE.finditer(text):
            if int(found["last"]) < int(found["first"]):
                why = f"“{found[0]}”的起止年份颠倒"
                yield Doubtful(*found.span(), why)
    if "号" not in text:
        return
    for found in BROKEN_NUMBER.finditer(text):
        yield _broken(found, issued)
    for found in WHOLE_NUMBER.finditer(text):
        if issued and int(found["year"]) > issued + 1:  # the last issue appears in January
            why = f"文号的年份“{found['year']}”晚于本期"
            yield Doubtful(*found.span("year"), why)


def _broken(found: re.Match[str], issued: int) -> Doubtful:
    year = found["year"]
    if len(year) == 3:
        return Doubtful(*found.span("year"), f"年份“{year}”只有三位，漏了一位数字")
    return Doubtful(
        *found.span("year"), f"年份“{year}”有五位，多了一位数字", _shorter(year, issued)
    )


def _shorter(year: str, issued: int) -> str:
    """Give the only year that a number of five digits can be, with one digit too many."""
    likely = {year[:n] + year[n + 1 :] for n in range(len(year))}
    fitting = {y for y in likely if abs(int(y) - issued) <= NEAR} if issued else set()
    return fitting.pop() if len(fitting) == 1 else ""


def _is_year(found: re.Match[str]) -> bool:
    """Whether three or five digits before 年 are a damaged year, and no number of years."""
    before = found.string[max(found.start() - 6, 0) : found.start()]
    behind = found.string[found.end() : found.end() + 6]
    year = found["year"]
    if YEAR_BEHIND.match(behind):
        return True
    if year[:2] == "20" and year != "200" and SINCE.search(before) and not LASTS.match(behind):
        return True  # 从201年的, 到201年左右 is a number of years
    if year[:2] not in ("19", "20") or DURATION_BEFORE.search(before):
        return False
    if DURATION_BEHIND.match(behind):
        return False
    return year != "200" or bool(YEAR_BEFORE.search(before))


def impossible_days(text: str) -> Iterator[Doubtful]:
    """Find the days with year, month and day that the calendar lacks: 2016年2月30日."""
    text = half_width(text)
    if "日" not in text:
        return
    for found in DATE.finditer(text):
        if found["year"] and not _day_of(found):
            yield Doubtful(*found.span(), f"“{found[0]}”，历法上没有这一天")
    for found in MONTH_AND_DAY.finditer(text):
        month, day = int(found["month"]), int(found["day"])
        if not valid_date(f"2024-{month:02}-{day:02}"):  # of a leap year
            yield Doubtful(*found.span(), f"“{found[0]}”，历法上没有这一天")


# 2月30日 without its year; not 每月30日, 12个月30日
MONTH_AND_DAY = lazy_regex(r"(?<![\d.年个\s])(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日")


def _day_of(found: re.Match[str]) -> date | None:
    """Give the day of a match of DATE; None if the calendar lacks it, and for years of an era."""
    month = "".join(found["month"].split())
    number = 1 if month == "元" else parse_numeral(month) or 0
    day = parse_numeral("".join(found["day"].split())) or 0
    iso = valid_date(f"{parse_year(found['year']):04}-{number:02}-{day:02}")
    return date.fromisoformat(iso) if iso else None


# 2016年11月30日（星期三） · 11月30日（周三） · 十一月三十日星期三; 至 begins a range of weekdays
DAY_OF_WEEK = lazy_regex(
    rf"(?:(?P<year>\d{{4}}|{WRITTEN_YEARS})\s?年\s?)?(?<![\d一二三四五六七八九十])"
    rf"(?P<month>\d{{1,2}}|{WRITTEN_MONTH})\s?月\s?(?P<day>\d{{1,2}}|{WRITTEN_DAY})\s?日"
    r"(?:[上下]午|晚)?\s?[（(]?\s?(?:星期|周|礼拜)"
    rf"(?P<weekday>[{WEEKDAYS}天])(?![至到—～~\-、，]\s?(?:星期|周)?[{WEEKDAYS}])"
)
REACH = 400  # characters before a day that may name its year
YEARS_BEFORE = lazy_regex(r"(?<!\d)(?P<year>\d{4})\s?年")


def wrong_weekdays(text: str, dated: str) -> Iterator[Doubtful]:
    """Find the days whose weekday is another one in the calendar.

    A day without a year is of the year named last before it, else of the year of the document
    (``dated``, 2016-11-30), or of the one before or after.
    """
    text = half_width(text)
    if "星期" not in text and "周" not in text and "礼拜" not in text:
        return
    for found in DAY_OF_WEEK.finditer(text):
        printed = WEEKDAYS.index(found["weekday"].replace("天", "日"))
        years = _years_of(found, dated)
        month = 1 if found["month"] == "元" else parse_numeral(found["month"]) or 0
        day = parse_numeral(found["day"]) or 0
        days = [valid_date(f"{year:04}-{month:02}-{day:02}") for year in years]
        weekdays = [date.fromisoformat(iso).weekday() for iso in days if iso]
        if weekdays and printed not in weekdays:
            right = "天" if found["weekday"] == "天" and weekdays[0] == 6 else WEEKDAYS[weekdays[0]]
            why = f"“{found[0]}”：{years[0]}年的这一天是星期{WEEKDAYS[weekdays[0]]}，日期或星期有误"
            reading = right if len(years) == 1 else ""
            yield Doubtful(*found.span("weekday"), why, reading)


def _years_of(found: re.Match[str], dated: str) -> list[int]:
    if found["year"]:
        return [parse_year(found["year"])]
    above = [*YEARS_BEFORE.finditer(found.string, max(found.start() - REACH, 0), found.start())]
    if above:
        return [int(above[-1]["year"])]
    year = int(dated[:4]) if dated else 0
    return [year, year + 1, year - 1] if year else []
