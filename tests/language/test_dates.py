"""Dates: every notation is read as year, month and day, and written back."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.dates import (
    MISREAD_DATE,
    parse_date,
    parse_whole_date,
    part_day,
    printed_date,
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


@pytest.mark.parametrize("text", ["2016年l2月5日", "2О16年1月5曰"])
def test_a_misread_date_is_recognised(text: str) -> None:
    assert MISREAD_DATE.fullmatch(text)
    assert not parse_whole_date(text)
