"""Dates: every notation is read as year, month and day, and written back."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.dates import (
    first_day,
    is_like_date,
    is_whole_date,
    misread_dates,
    parse_date,
    parse_whole_date,
    part_day,
    printed_date,
    read_date_line,
    restore_dates,
    valid_date,
)

PRINTS = {
    "2016年11月30日": "2016-11-30",
    "２０１６年１１月３０日": "2016-11-30",
    "2016 年1 1月3 0日": "2016-11-30",
    "二○一六年十一月三十日": "2016-11-30",
    "二О一一年八月一日": "2011-08-01",
    "一九九七年三月廿五日": "1997-03-25",
    "2016年13月1日": "",
    "2016年11月": "",
}


@pytest.mark.parametrize("text", PRINTS)
def test_a_date_is_read_in_every_notation(text: str) -> None:
    assert parse_date(f"自{text}起") == PRINTS[text]
    assert parse_whole_date(f"（{text}）") == PRINTS[text]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_a_written_date_is_read_back(day: datetime.date) -> None:
    printed = printed_date(day.isoformat())
    assert parse_date(printed) == parse_whole_date(printed) == day.isoformat()
    assert valid_date(day.isoformat()) == day.isoformat()
    assert part_day(f"某某市人民政府 {printed}") == ("某某市人民政府", printed)


def test_a_day_that_the_calendar_lacks_is_none() -> None:
    assert valid_date("2016-02-31") == valid_date("") == ""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2016年l2月5日", "2016年12月5日"),
        ("2О16年1月5曰", "2016年1月5日"),
        ("二〇一六年一月五曰", "二〇一六年一月五日"),
        ("民国3l年5月1日", "民国31年5月1日"),
    ],
)
def test_a_misread_date_is_restored_where_one_reading_is_possible(text: str, read: str) -> None:
    assert is_whole_date(text)
    assert restore_dates(f"自{text}起") == f"自{read}起"
    assert [*misread_dates(f"自{text}起")] == [(text, read)]
    assert read_date_line(text) == parse_date(read)


@pytest.mark.parametrize("text", ["2016年l3月5日", "3O16年1月5日", "2016年1月32曰", "2016年S月5日"])
def test_a_date_that_could_be_no_day_or_several_stays_as_printed(text: str) -> None:
    assert restore_dates(text) == text
    assert not [*misread_dates(text)]
    assert not read_date_line(text)
    assert is_like_date(text)


@pytest.mark.parametrize("text", ["2016年I月", "一O一六年", "产值O年I月|日", "图Ol"])
def test_letters_outside_a_date_stay(text: str) -> None:
    assert restore_dates(text) == text


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二〇二四年元月六日", "2024-01-06"),
        ("中华民国三十七年五月一日", "1948-05-01"),
        ("民国元年元月1日", "1912-01-01"),
        ("民國37年5月1日", "1948-05-01"),
        ("（2024年1月6日）", "2024-01-06"),
        ("二Ο二四年一月六日", "2024-01-06"),
        ("2 0 2 4年 1月 6 日", "2024-01-06"),
        ("2024.1.6", "2024-01-06"),
        ("2024-01-06", "2024-01-06"),
        ("某某市人民政府　2O24年1月6曰", "2024-01-06"),
        ("2024年1月", "2024-01"),
        ("二〇二四年元月", "2024-01"),
        ("2024年13月", ""),
        ("2024年2月30日", ""),
        ("二〇二四年二月三十日", ""),
        ("2023年2月29日", ""),
        ("光绪三十年五月一日", ""),
        ("2024年1月第", ""),
        ("24年1月6日", ""),
    ],
)
def test_a_line_of_a_date_is_read_where_it_is_certain(text: str, date: str) -> None:
    assert read_date_line(text) == date


@pytest.mark.parametrize(
    "text", ["（2024年1月6日）", "2024年1月", "2024.1.6", "2O24年S月6曰", "24年1月6日"]
)
def test_a_line_has_the_shape_of_a_date(text: str) -> None:
    assert is_like_date(text)


@pytest.mark.parametrize(
    "text", ["2024年工作要点", "2024年1月起执行", "今年1月6日", "各区人民政府：", ""]
)
def test_other_lines_have_not(text: str) -> None:
    assert not is_like_date(text)


def test_a_date_without_a_day_is_printed_without_one() -> None:
    assert printed_date("2024-01") == "2024年1月"
    assert first_day("2024-01") == "2024-01-01"
    assert first_day("2024-01-06") == "2024-01-06"
    assert valid_date("2024-01") == ""
