"""Dates: 2016年11月30日 and 二○一六年十一月三十日 as 2016-11-30, and back.

A date line may be printed in other ways too (民国三十七年五月一日, 2024年1月, 2024.1.6), and a scan
may have misread it (2O24年1月6曰). It is read where only one day can be meant; a line that has the
shape of a date and cannot be read is still recognised, so that it can be reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.language.ideographs import HAN
from generator.language.numerals import (
    MISREAD_DIGITS,
    RESTORED_DIGITS,
    ZEROS,
    half_width,
    parse_numeral,
    parse_year,
)
from generator.runtime.patterns import lazy_regex

YEAR = r"(?:19|20)\d\d"  # of numbers, dates and issues: gazettes print no others
YEAR_DIGIT = f"[一二三四五六七八九{ZEROS}]"
WRITTEN_YEAR = rf"[一二]{YEAR_DIGIT}{{3}}"  # 二○一六
ERA = r"(?:中[华華])?民[国國]"
ERA_BEGAN = 1911  # 民国元年 is 1912
WRITTEN_MONTH = r"元|[一二三四五六七八九十](?:\s?[一二])?"
WRITTEN_DAY = r"[一二三四五六七八九十廿卅](?:\s?[一二三四五六七八九十]){0,2}"
WRITTEN_YEARS = rf"{YEAR_DIGIT}(?:\s?{YEAR_DIGIT}){{3}}"


def _year_and_month(digit: str) -> str:
    """Give the expression for a year and a month; a scan puts blanks between their digits."""
    return rf"""
    (?:(?P<year>{digit}(?:\s?{digit}){{3}}|{WRITTEN_YEARS})
      |{ERA}\s*+(?P<era>{digit}{{1,2}}|[一二三四五六七八九十元](?:\s?[一二三四五六七八九十]){{0,2}}))
    \s*+ 年 \s*+
    (?P<month>{digit}(?:\s?{digit})?|{WRITTEN_MONTH}) \s*+ 月
    """


def _date(digit: str, ends: str) -> re.Pattern[str]:
    """Give the expression for a date whose digits and last character are of certain kinds."""
    return lazy_regex(
        rf"""
        {_year_and_month(digit)} \s*+
        (?P<day>{digit}(?:\s?{digit})?|{WRITTEN_DAY})
        \s*+ [{ends}]
        """,
        re.VERBOSE,
    )


# 2016年11月30日 · 二○一一年八月一日 · 2016 年1 2月5日 · 二〇二四年元月六日 · 民国三十七年五月一日
DATE = _date(r"\d", "日")
# 2016年l2月5日, 2O16年1月5曰: the same with characters that a scan takes for digits, or for 日
MISREAD_DATE = _date(rf"[\d{MISREAD_DIGITS}]", "日曰")
MISREAD_HINT = lazy_regex(rf"曰|[{MISREAD_DIGITS}]")  # a cheap first test
# 2024年1月, 二〇二四年元月: the day is not printed
MONTH = lazy_regex(_year_and_month(r"\d"), re.VERBOSE)
# 2024.1.6, 2024-01-06, 2024/1/6 alone on a line
POINTED_DATE = lazy_regex(
    rf"(?P<year>{YEAR})\s*+(?P<point>[.．/\-－—])\s*+(?P<month>\d{{1,2}})\s*+(?P=point)\s*+"
    r"(?P<day>\d{1,2})"
)
POINTED_END = lazy_regex(r"\d{4}[.．/\-－—]\d{1,2}[.．/\-－—]\d{1,2}\s*+$")  # a cheap first test
BLANK = lazy_regex(r"\s++")
IN_DATE = lazy_regex(r"[年.．/\-－—]")  # of these characters every date has one
# 2O24年S月6曰, 光绪三十年五月一日, 2024年13月1日: the shape of a date, without blanks
DATE_CHARACTER = rf"[\dA-Za-z|一二三四五六七八九十百元正冬腊廿卅初—－{MISREAD_DIGITS}{ZEROS}\-]"
LIKE_DATE = lazy_regex(
    rf"[{HAN}]{{0,4}}?{DATE_CHARACTER}{{1,6}}年{DATE_CHARACTER}{{1,3}}月"
    rf"(?:{DATE_CHARACTER}{{1,4}}[日曰目口白号]?)?"
)
LONGEST_DATE_LINE = 30  # characters, blanks included
AROUND_DATE = "（）()〔〕[] \u3000\t\xa0"
# 成文日期：2024年1月6日 · 2024年1月6日（盖章）
DATE_LABEL = lazy_regex(r"(?:成文|发文|签发|落款)日期\s*+[:：]")
SEALED = lazy_regex(r"[（(]\s*+(?:盖章|公章|印章|章|印)\s*+[）)]\s*+$")
# 1日, 二月廿五日: the date of an entry in a chronicle (大事记), which does not print the year
DAY = r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)?(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})日"
DAY_BEGINS = frozenset("0123456789一二三四五六七八九十廿卅")


def parse_date(text: str) -> str:
    """Read the first date in a text as ``2016-11-30``.

    Empty without a date, or when the calendar has no such day.
    """
    if "年" not in text:
        return ""
    found = DATE.search(half_width(text))
    return _iso(found) if found else ""


def parse_whole_date(text: str) -> str:
    """Read a text that holds only a date, apart from blanks and brackets around it."""
    found = _whole(text)
    return _iso(found) if found else ""


def is_whole_date(text: str) -> bool:
    """Whether a text holds only a date, also a misread one or one that the calendar lacks."""
    if "年" not in text or len(text) > LONGEST_DATE_LINE:  # most lines
        return False
    return bool(MISREAD_DATE.fullmatch(_bare(text)))


def is_like_date(text: str) -> bool:
    """Whether a text has the shape of a date in any notation, readable or not.

    Below a signature such a line is the date of the document.
    """
    if len(text) > LONGEST_DATE_LINE or not IN_DATE.search(text):
        return False
    bare = _bare(text)
    return bool(POINTED_DATE.fullmatch(bare) or LIKE_DATE.fullmatch("".join(bare.split())))


def read_date_line(text: str) -> str:
    """Read the date of a document from the line where it stands: 2024-01-06, or 2024-01.

    The line may have a signature or a number beside the date. The day is missing where none is
    printed. Empty if no day or month can be read with certainty.
    """
    text = restore_dates(text)
    if found := DATE.search(half_width(text)):
        return _iso(found)
    bare = _bare(part_day(text)[1] or text)
    if found := POINTED_DATE.fullmatch(bare):
        return _iso(found)
    found = MONTH.fullmatch(bare)
    return _month(found) if found else ""


def restore_dates(text: str) -> str:
    """Replace the characters of dates that a scan misread, where only one reading is possible.

    ``2O24年l月6曰`` → ``2024年1月6日``
    """
    if "年" not in text or not MISREAD_HINT.search(text):
        return text
    return MISREAD_DATE.sub(_restored, text)


def misread_dates(text: str) -> Iterator[tuple[str, str]]:
    """Give each date in a text that restore_dates changes, as printed and as read."""
    if "年" in text and MISREAD_HINT.search(text):
        for found in MISREAD_DATE.finditer(text):
            if (read := _restored(found)) != found[0]:
                yield found[0], read


def _restored(found: re.Match[str]) -> str:
    """Give a misread date as it was printed; unchanged if that would be no day."""
    printed = found[0]
    year = found["year"] or found["era"]
    if year[:1].isascii() or year[:1] in MISREAD_DIGITS:  # Arabic numerals; 〇 in others is right
        printed = printed.translate(RESTORED_DIGITS)
    read = f"{printed[:-1]}日"
    whole = DATE.fullmatch(half_width(read))
    if whole is None or not _iso(whole):
        return found[0]
    plausible = whole["year"] is None or re.match(rf"{YEAR}|[一二]", whole["year"].replace(" ", ""))
    return read if plausible else found[0]


def part_day(text: str) -> tuple[str, str]:
    """Split a text before the date at its end; both parts are empty if no date ends it.

    Behind a blank the date may have any notation, readable or not: 某某市人民政府　2024年1月.
    """
    if "年" in text and (found := MISREAD_DATE.search(text)) and found.end() == len(text):
        return text[: found.start()].rstrip(), found.group()
    if "年" in text or POINTED_END.search(text):
        for gap in BLANK.finditer(text):
            if is_like_date(day := text[gap.end() :]):
                return text[: gap.start()], day
    return "", ""


def printed_date(date: str) -> str:
    """Write a date as documents print it: 2016-11-30 → 2016年11月30日, 2016-11 → 2016年11月."""
    if not date:
        return ""
    year, month, *day = date.split("-")
    return f"{int(year)}年{int(month)}月" + "".join(f"{int(number)}日" for number in day)


def first_day(date: str) -> str:
    """Give the first day of a date that may have no day: 2016-11 → 2016-11-01."""
    return f"{date}-01" if len(date) == len("2016-11") else date


def _bare(text: str) -> str:
    """Drop the label, the brackets and the note of a seal around a date."""
    bare = SEALED.sub("", half_width(text)).strip(AROUND_DATE)
    label = DATE_LABEL.match(bare)
    return bare[label.end() :].strip(AROUND_DATE) if label else bare


def _whole(text: str) -> re.Match[str] | None:
    if "日" not in text:  # true of most lines, and cheaper than the pattern
        return None
    return DATE.fullmatch(half_width(text).strip(AROUND_DATE))


def _month(found: re.Match[str]) -> str:
    """Give year and month of a match; empty for a month that the calendar lacks."""
    printed = "".join(found["month"].split())
    month = 1 if printed == "元" else parse_numeral(printed) or 0
    return f"{_year(found):04}-{month:02}" if 1 <= month <= 12 else ""


def _year(found: re.Match[str]) -> int:
    groups = found.groupdict()
    if era := groups.get("era"):
        printed = "".join(era.split())
        return ERA_BEGAN + (1 if printed == "元" else parse_numeral(printed) or 0)
    return parse_year(found["year"])


def _iso(found: re.Match[str]) -> str:
    month = _month(found)
    day = parse_numeral("".join(found["day"].split())) or 0
    return valid_date(f"{month}-{day:02}") if month else ""


def valid_date(text: str) -> str:
    """Return the date if the calendar has it; empty for 2016-02-31, and for 2016-02 alone."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
