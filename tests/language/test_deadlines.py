"""Deadlines in official notation: some give a day, others do not."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.limits import LONGEST_LINE
from generator.language.deadlines import parse_deadline, years_named
from generator.model import Issue

SINCE = "2016-11-30"
ONE_DAY = {
    "2017年6月30日前": "2017-06-30",
    "2017年6月30日": "2017-06-30",
    "2017年 6月 30日 之前": "2017-06-30",
    "2017年12月25日24时前": "2017-12-25",
    "２０１７年６月底前": "2017-06-30",
    "二○一七年六月底前": "2017-06-30",
    "2017.12.31前": "2017-12-31",
    "2017-06-30": "2017-06-30",
    "2017年3月底前": "2017-03-31",
    "2016年2月底前": "2016-02-29",
    "2017年6月末": "2017-06-30",
    "2017年6月月底前": "2017-06-30",
    "2016年底前取得阶段性成果": "2016-12-31",
    "2020年年底前": "2020-12-31",
    "2020年末": "2020-12-31",
    "截至2017年底": "2017-12-31",
    "2017年第一季度末": "2017-03-31",
    "2017年三季度末前": "2017-09-30",
    "2016—2020年底前": "2020-12-31",
    "2017年1月1日至6月30日": "2017-06-30",
    "2017年6月底前出台，以后每年12月底前更新": "2017-06-30",
    "2017年10月底前，12月底前": "2017-10-31",
}
SEVERAL = {
    "2017年6月底前出台相关措施，2018年底前完成": ["2017-06-30", "2018-12-31"],
    "2017年3月底、6月底前": ["2017-03-31", "2017-06-30"],
    "2017年6月底前，2017年6月30日前": ["2017-06-30"],
}
COMING_BACK = {
    "每年12月底前": ("2016-12-31", "FREQ=YEARLY"),
    "每年年底前": ("2016-12-31", "FREQ=YEARLY"),
    "每年3月15日前": ("2017-03-15", "FREQ=YEARLY"),
    "每年2月底前": ("2017-02-28", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    "自2018年起，每年12月底前": ("2018-12-31", "FREQ=YEARLY"),
    "2017—2020年每年12月底前": ("2017-12-31", "FREQ=YEARLY;UNTIL=20201231"),
    "每季度末": ("2016-12-31", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
    "每月底前": ("2016-11-30", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    "每月5日前": ("2016-12-05", "FREQ=MONTHLY;BYMONTHDAY=5"),
}
NO_DAY = (
    "", "长期", "持续推进", "持续实施", "按职责分工",
    "2020年", "2016年12月", "2016年12月前", "2017年上半年", "2017年12月上旬前",
    "2017年6月、12月底前",
    # the year is unknown
    "12月底前", "今年底前", "年底前", "次年3月底前", "17年6月底前", "每两年12月底前",
    # there is no such day
    "2017年2月30日前", "2017年13月底前", "0000年底前", "每月31日前", "每季度末月25日前",
    # no deadline
    "自2017年7月1日起", "2017年7月1日起施行", "2017年7月1日后", "2017年6月30日前后",
    "按2017年1月1日印发的方案推进", "2017年9月1日至6月30日",
)  # fmt: skip


@pytest.mark.parametrize("text", ONE_DAY)
def test_a_deadline_that_names_a_day(text: str) -> None:
    (due,) = parse_deadline(text, SINCE)
    assert (due.day, due.rule) == (ONE_DAY[text], "")


@pytest.mark.parametrize("text", SEVERAL)
def test_a_deadline_that_names_several_days(text: str) -> None:
    assert [due.day for due in parse_deadline(text, SINCE)] == SEVERAL[text]


@pytest.mark.parametrize("text", COMING_BACK)
def test_a_repeated_deadline(text: str) -> None:
    (due,) = parse_deadline(text, SINCE)
    assert (due.day, due.rule) == COMING_BACK[text]


@pytest.mark.parametrize("text", NO_DAY)
def test_a_text_without_a_day_is_no_date(text: str) -> None:
    assert parse_deadline(text, SINCE) == ()


def test_a_repeated_deadline_needs_a_first_day() -> None:
    assert parse_deadline("每年12月底前", "") == ()
    (due,) = parse_deadline("自2018年起每年12月底前", "")
    assert due.day == "2018-12-31"


def test_two_days_of_every_year_are_two_rules() -> None:
    found = parse_deadline("每年6月底、12月底前", SINCE)
    assert [due.day for due in found] == ["2017-06-30", "2016-12-31"]
    assert {due.rule for due in found} == {"FREQ=YEARLY"}


def test_the_seed_has_deadlines_with_days_and_without(seed: Issue) -> None:
    printed = {r.deadline for d in seed.documents for r in d.responsibilities}
    assert parse_deadline("持续实施") == parse_deadline("2016年12月") == ()
    assert {"持续实施", "2016年12月", "2017年6月底前取得阶段性成果"} <= printed
    days = {due.day for text in printed for due in parse_deadline(text)}
    assert days == {"2016-12-31", "2017-06-30", "2017-12-31", "2020-12-31"}


WORDS = st.sampled_from(
    [
        *(
            "每年",
            "每季度",
            "每月",
            "自",
            "起",
            "至",
            "—",
            "、",
            "，",
            "前",
            "后",
            "以前",
            "底",
            "末",
        ),
        *("年", "月", "日", "季度", "第", "2017", "2020", "6", "12", "30", "31", "2", "99", "0"),
        *("二〇一八", "十二", "完成", "的", " ", "2017年6月底", "2018年12月31日", "每年12月底前"),
        *("2017.6.30", "期间", "长期"),
    ]
)


@given(st.lists(WORDS, max_size=14).map("".join), st.sampled_from(["", SINCE, "2020-02-29"]))
def test_days_are_days_and_years_are_printed(text: str, since: str) -> None:
    found = parse_deadline(text, since)
    assert found == parse_deadline(text, since)
    assert len(set(found)) == len(found)
    for due in found:
        day = date.fromisoformat(due.day)
        if due.rule:
            assert due.day >= since
            # the first day is one of the rule's own days
            is_last = (day + timedelta(days=1)).day == 1
            assert is_last or "BYMONTHDAY=-1" not in due.rule
            assert "BYMONTH=2" not in due.rule or day.month == 2
            assert "INTERVAL=3" not in due.rule or day.month % 3 == 0
        else:
            assert f"{day.year}" in text.replace("二〇一八", "2018")


@given(st.text(st.sampled_from("长期持续推进前底末年月日每起至，2017６"), max_size=30))
def test_any_text_may_be_read(text: str) -> None:
    for due in parse_deadline(text, SINCE):
        assert date.fromisoformat(due.day).isoformat() == due.day


@pytest.mark.parametrize("unit", [" ", "2017年 ", "2017", "2017至", "每年", "6月底、", "1", "自"])
def test_a_cell_as_long_as_a_line_may_be_is_read_at_once(unit: str) -> None:
    begun = time.process_time()
    parse_deadline("2017年" + unit * (LONGEST_LINE // len(unit)) + "x", SINCE)
    assert time.process_time() - begun < 1  # quadratic time took five seconds


def test_the_years_of_a_deadline_are_found_where_it_names_no_day() -> None:
    assert years_named("2018—2020年") == ("2018", "2020")
    assert years_named("2017年6月底前出台，2018年底前完成") == ("2017", "2018")
    assert years_named("12月底前") == years_named("长期") == ()
