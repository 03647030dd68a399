"""Deadlines as printed (完成时限, 时间进度) → days, if the text names a day.

2017年6月30日前 names the printed day; 底 and 末 mean the last day of a month, a quarter or a year,
with or without 前. 每年12月底前, 每季度末, 每月5日前 recur from the document's date on.
2020年, 2017年6月, 2017年6月前, 上半年, 长期, 持续推进 name no day and are left out. So is a day
without a printed year (12月底前, 今年底前, 次年3月底前), because nothing is guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.language.dates import WRITTEN_YEAR
from generator.language.numerals import FULL_WIDTH_DIGITS, parse_numeral, parse_year
from generator.runtime.patterns import lazy_regex

YEAR_APART = rf"(?<!\d)(?:\d{{4}}|{WRITTEN_YEAR})"
TO = r"[至到—－–~～-]{1,2}"
# 2017.6.30 · 2017-06-30 · 2017/6/30
POINTS = lazy_regex(r"(?<!\d)(\d{4})([./．-])(\d{1,2})\2(\d{1,2})(?!\d)")
# 自2018年起，每年 · 2017—2020年每年: the years in which a day begins and stops to recur
BOUNDS = lazy_regex(
    rf"""
    (?: [自从]? (?P<begin>{YEAR_APART}) \s*+ 年 (?:起|开始)
      | (?P<first>{YEAR_APART}) \s*+ 年? \s*+ {TO} \s*+ (?P<until>{YEAR_APART}) \s*+ 年 (?:期间)? )
    [，,]? (?=每)
    """,
    re.VERBOSE,
)
DAY = lazy_regex(
    rf"""
    (?: (?: (?P<every>每年|每个?季度?|每个?月) 度? | (?P<year>{YEAR_APART}) \s*+ 年 度? ) \s*+ )?
    (?: (?<!\d) (?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}}) \s*+ 月 份? \s*+
            (?: (?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}}) \s*+ [日号] | 月? [底末] )
      | 第? (?P<quarter>[1-4一二三四]) \s*+ 季度 [底末]
      | (?<!\d) (?P<day_of_month>\d{{1,2}}) \s*+ [日号]          # 每月5日
      | 年? (?P<end>[底末]) )
    """,
    re.VERBOSE,
)
# text that may follow the day of a deadline; 起, 后, 至, 印发的 may not
AFTER = lazy_regex(
    r"\s*(?:24[时点])?(?:[之以]?前(?!后)|为?止|[，,；;、。.）)（(\n]|$|[和及与或]"
    r"|完成|建成|取得|实现|出台|形成|达到|基本|全面|全部)"
)
# 6月底、12月底: the second day has the year of the first; so has the end of 1月1日至6月30日
SAME_YEAR = lazy_regex(rf"\s*+(?:前?[、和及与或]|{TO})\s*+")
YEARS = range(1900, 2200)  # other numbers are misread years
EVERY_MONTH = range(1, 29)  # days that every month has


PRINTED_YEAR = lazy_regex(rf"(?P<year>{YEAR_APART})(?=\s*年|\s*{TO}|[./．-])")


def years_named(text: str) -> tuple[str, ...]:
    """List the years that a deadline prints, also where it names no day: 2018—2020年 gives two."""
    found = (
        parse_year(m["year"].translate(FULL_WIDTH_DIGITS)) for m in PRINTED_YEAR.finditer(text)
    )
    return tuple(dict.fromkeys(f"{year:04}" for year in found if year in YEARS))


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something must be done."""

    day: str  # 2017-06-30; if the day recurs, the first one
    rule: str = ""  # how it recurs, in the notation of RFC 5545: FREQ=YEARLY


@lru_cache(4096)  # the rows of a table often have the same deadline
def parse_deadline(text: str, since: str = "") -> tuple[Due, ...]:
    """Read the days that a deadline names, each once, in the order of the text.

    A recurring day begins at ``since``, the document's date, or in the year that the text names.
    If neither is known, the day is left out.
    """
    text = POINTS.sub(r"\1年\3月\4日", text.translate(FULL_WIDTH_DIGITS))
    return tuple(dict.fromkeys(_read(text, since)))


def _read(text: str, since: str) -> Iterator[Due]:
    begin, until, rest = since, "", text
    if bounds := BOUNDS.search(text):
        begin = max(since, f"{parse_year(bounds['begin'] or bounds['first']):04}-01-01")
        until = f"{parse_year(bounds['until']):04}-12-31" if bounds["until"] else ""
        rest = text[: bounds.start()] + text[bounds.end() :]
    # 2017年底前出台，以后每年底更新: words say when it begins to recur, so it is left out
    recurs = bool(begin) and not re.search(YEAR_APART, rest)
    every, year, before, end = "", 0, "", 0
    for found in DAY.finditer(text):
        if found["every"] or found["year"] or not SAME_YEAR.fullmatch(text, end, found.start()):
            every, before = found["every"] or "", ""
            year = parse_year(found["year"]) if found["year"] else 0
        end = found.end()
        is_due = AFTER.match(text, end) is not None
        if is_due and every and recurs:
            yield from _recurring(every, found, begin, until)
        # a later day of the same year takes over its year; 9月1日至6月30日 ends in the next year
        if year and (day := _day(found, year)) > before:
            before = day
            if is_due:
                yield Due(day)


def _day(found: re.Match[str], year: int) -> str:
    """Give the day of a year as ``2017-06-30``; empty when there is no such day."""
    month = 12
    if found["month"]:
        month = parse_numeral(found["month"]) or 0
    elif found["quarter"]:
        month = 3 * (parse_numeral(found["quarter"]) or 0)
    if found["day_of_month"] or year not in YEARS or not 1 <= month <= 12:
        return ""
    last = monthrange(year, month)[1]
    day = parse_numeral(found["day"]) if found["day"] else last
    return f"{year:04}-{month:02}-{day:02}" if day and day <= last else ""


def _recurring(every: str, found: re.Match[str], begin: str, until: str) -> Iterator[Due]:
    """Give the first day of a recurring deadline, with its rule."""
    year = int(begin[:4])
    rule, days = _rule(every, found, year) if year in YEARS else ("", [])
    first = next((day for day in days if day >= begin), "")
    if first and (not until or first <= until):
        yield Due(first, f"{rule};UNTIL={until.replace('-', '')}" if until else rule)


def _rule(every: str, found: re.Match[str], year: int) -> tuple[str, list[str]]:
    """Give the rule of a recurring deadline, and its days in a year and the next, if any."""
    years = (year, year + 1)
    if every == "每年":
        is_leap = parse_numeral(found["month"] or "") == 2 and not found["day"]
        rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" if is_leap else "FREQ=YEARLY"
        return rule, [_day(found, year) for year in years]
    months = [(year, month) for year in years for month in range(1, 13)]
    if found["end"]:
        ends = [f"{year:04}-{m:02}-{monthrange(year, m)[1]:02}" for year, m in months]
        if "季" in every:
            return "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", ends[2::3]
        return "FREQ=MONTHLY;BYMONTHDAY=-1", ends
    day = int(found["day_of_month"] or 0)
    if "月" in every and day in EVERY_MONTH:
        return f"FREQ=MONTHLY;BYMONTHDAY={day}", [f"{y:04}-{m:02}-{day:02}" for y, m in months]
    return "", []
