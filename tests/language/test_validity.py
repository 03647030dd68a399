"""What a text says of its own validity, clause by clause; what it says of others is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.event_days import act_moment, read_events, read_note
from generator.language.validity import Events, add_time, days_of, find_statements

PUBLISHED: Events = {"published": "2017-03-15"}
OWN = "某某市停车管理办法"
SAID = """
本办法自2017年1月1日起施行。 | 施行 2017-01-01
第二十条　本办法自２０１７年１月１日起施行。 | 施行 2017-01-01
本规定自二〇一七年五月一日起实施。 | 施行 2017-05-01
十一、本规定从2017年5月1日起执行。 | 施行 2017-05-01
本决定于2017年5月1日起生效。 | 施行 2017-05-01
本办法自2017年7月1日零时起正式施行。 | 施行 2017-07-01
本办法自2017.7.1起施行。 | 施行 2017-07-01
本办法（试行）自2017年7月1日（含）起施行。 | 施行 2017-07-01
第四十条　自2017年7月1日起施行。 | 施行 2017-07-01
本办法施行日期为2017年3月1日。 | 施行 2017-03-01
自2017年3月1日起施行本办法。 | 施行 2017-03-01
本通知自印发之日起执行。 | 施行 2017-03-15
本通知自下发之日起执行。 | 施行 2017-03-15
本通告自即日起施行。 | 施行 2017-03-15
本命令自发布之日起生效。 | 施行 2017-03-15
本《办法》自2017年1月1日起施行。 | 施行 2017-01-01
本办法自本办法公布之日起施行。 | 施行 2017-03-15
本办法自公布之日起30日后施行。 | 施行 2017-04-14
本办法自公布之日起三十日后施行。 | 施行 2017-04-14
本办法自公布之日起满30日施行。 | 施行 2017-04-14
本办法自公布后30日起施行。 | 施行 2017-04-14
本办法自发布之日的次日起施行。 | 施行 2017-03-16
本办法自发布之日起三个月后施行。 | 施行 2017-06-15
《某某市停车管理办法》已经市政府会议通过，现予公布，自2017年5月1日起施行。 | 施行 2017-05-01
《某某市停车管理办法》自2017年5月1日起施行。 | 施行 2017-05-01
现印发给你们，请遵照执行，自2017年4月1日起施行，有效期两年。 | 施行 2017-04-01 至 2019-03-31
本办法由市财政局负责解释，自2017年1月1日起施行，有效期三年。 | 施行 2017-01-01 至 2019-12-31
本办法自2017年1月1日起施行，有效期5年。 | 施行 2017-01-01 至 2021-12-31
本办法自2017年1月1日起施行，有效期为五年。 | 施行 2017-01-01 至 2021-12-31
本办法自2017年1月1日起施行。有效期五年。 | 施行 2017-01-01 至 2021-12-31
本办法自印发之日起施行，有效期一年半。 | 施行 2017-03-15 至 2018-09-14
本办法自印发之日起施行，有效期六个月。 | 施行 2017-03-15 至 2017-09-14
本办法自印发之日起施行，有效期半年。 | 施行 2017-03-15 至 2017-09-14
本办法自2016年8月31日起施行，有效期半年。 | 施行 2016-08-31 至 2017-02-28
本通知自印发之日起执行，有效期至2021年12月31日。 | 施行 2017-03-15 至 2021-12-31
本通知自印发之日起执行，有效期截止到2021年12月底。 | 施行 2017-03-15 至 2021-12-31
本规定自2017年5月1日起实施，试行期两年。 | 施行 2017-05-01 至 2019-04-30
本规定自2017年5月1日起实施，试行期暂定为一年。 | 施行 2017-05-01 至 2018-04-30
本办法自2017年1月1日起试行两年。 | 施行 2017-01-01 至 2018-12-31
本办法自2017年7月1日起施行，至2022年6月30日止。 | 施行 2017-07-01 至 2022-06-30
本办法自2017年7月1日起施行至2022年6月30日。 | 施行 2017-07-01 至 2022-06-30
本意见自2016年1月1日起至2020年12月31日止执行。 | 施行 2016-01-01 至 2020-12-31
本办法有效期自2017年1月1日至2021年12月31日。 | 施行 2017-01-01 至 2021-12-31
本通知自下发之日起30日后施行，有效期为自施行之日起两年。 | 施行 2017-04-14 至 2019-04-13
本办法执行至2020年12月31日。 | 至 2020-12-31
本通知有效期至2020年底。 | 至 2020-12-31
本通知有效期延长至2020年6月30日。 | 至 2020-06-30
本办法自2020年1月1日起失效。 | 至 2019-12-31
本办法自2020年1月1日起停止执行。 | 至 2019-12-31
自2020年1月1日起，本办法废止。 | 至 2019-12-31
本办法自2017年1月1日起施行，2020年12月31日自行废止。 | 施行 2017-01-01 至 2020-12-31
本办法自2018年1月1日起施行，《某某市旧办法》自2019年1月1日起废止。 | 施行 2018-01-01
除第三条自2018年1月1日起施行外，本办法自2017年1月1日起施行。 | 施行 2017-01-01
"""
UNSAID = """
本办法自公布之日起施行。|没有
许可证有效期五年。
许可证由市级部门颁发，有效期五年。
本办法规定的许可证有效期五年。
本办法有效期不超过5年。
本办法有效期届满后自动失效。
本办法自1985年度起施行。
本办法自2017年起施行。
本办法自2017年2月30日起施行。
本办法自公布之日起30个工作日后施行。
本条例自修订发布之日起施行。
本办法经国务院批准由交通部发布施行。
本办法为暂行办法。
本办法试行期满后另行规定。
本办法所列标准自2017年1月1日起执行。
本办法第五条自2017年1月1日起施行。
新标准自2017年1月1日起执行。
各县自2017年1月1日起执行。
《某某市旧办法》自2017年1月1日起废止。
《某某市旧办法》自2017年1月1日起施行。
自2017年1月1日起，《某某市旧办法》废止。
2010年1月1日发布的《某某市旧办法》同时废止。
将第五条修改为：“本办法自2017年1月1日起施行。”
“第五条　本办法自2017年1月1日起施行，有效期5年。”
本合同自2017年1月1日起生效。
《办法》自2017年1月1日起施行。
该办法自2017年1月1日起施行。
上述办法自2017年1月1日起施行。
本证有效期至2017年1月1日。
有效期五年。
"""


def told(text: str, events: Events) -> str:
    statements = list(find_statements(text, lambda title: title == OWN))
    words = {"effective": "施行", "expires": "至"}
    days = days_of(statements, events)
    return " ".join(f"{words[s.kind]} {d}" for s, d in zip(statements, days, strict=True) if d)


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "days"), rows(SAID))
def test_a_text_says_when_it_comes_into_force_and_expires(text: str, days: str) -> None:
    assert told(text, PUBLISHED) == days


@pytest.mark.parametrize("row", rows(UNSAID))
def test_what_names_no_day_or_another_text_says_nothing(row: list[str]) -> None:
    assert told(row[0], {} if len(row) > 1 else PUBLISHED) == ""


def test_an_item_without_subject_is_no_statement_about_the_text() -> None:
    text = "（三）自2017年1月1日起执行。"
    assert [*find_statements(text, lambda _: False, alone=True)]
    assert not [*find_statements(text, lambda _: False, alone=False)]


@pytest.mark.parametrize(
    ("note", "events"),
    [
        ("（1957年9月7日国务院批准　1957年10月11日交通部发布）",
         {"approved": "1957-09-07", "published": "1957-10-11"}),
        ("（1988年11月22日国务院第26次常务会议通过　1988年12月1日国务院令第20号发布）",
         {"adopted": "1988-11-22", "published": "1988-12-01"}),
        ("（1957年5月22日）", {"published": "1957-05-22"}),
        # which of two publications the text means is not known, nor which event is on that day
        ("（1951年2月26日政务院公布　1953年1月2日政务院修正公布）", {}),
        ("（1981年10月13日国务院批准　文化部　海关总署发布）", {}),
        ("（1983年1月3日国务院发布　1992年5月13日《关于修改〈某条例〉的决定》第一次修订）",
         {"published": "1983-01-03"}),
    ],
)  # fmt: skip
def test_a_note_under_the_title_tells_the_days_of_events(note: str, events: dict[str, str]) -> None:
    assert read_events(note) == events


def test_a_note_under_the_title_tells_since_when_a_text_is_in_force() -> None:
    notes = (
        "（1957年9月7日国务院批准　1958年7月1日施行）",
        "（1964年6月8日国务院公布　公布之日施行）",
    )
    days = [days_of([*read_note(n)], {"published": "1964-06-08"}) for n in notes]
    assert days == [["1958-07-01"], ["1964-06-08"]]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("《甲办法》自2018年1月1日起废止。", "2018-01-01"),
        ("自2018年1月1日起，《甲办法》同时废止。", "2018-01-01"),
        ("《甲办法》、《乙办法》自2018年1月1日起一律废止。", "2018-01-01"),
        ("自本办法施行之日起，《甲办法》废止。", "2017-05-01"),
        ("《甲办法》自本通知印发之日起停止执行。", "2017-03-15"),
        ("本办法自2017年1月1日起施行，《甲办法》同时废止。", ""),
        ("2010年1月1日发布的《甲办法》同时废止。", ""),
        ("《甲办法》同时废止。《乙办法》自2018年1月1日起废止。", ""),
    ],
)
def test_a_repeal_says_its_day_before_or_behind_the_title(text: str, day: str) -> None:
    moment = act_moment(text, text.index("《甲"), text.index("》") + 1)
    events: Events = {"published": "2017-03-15", "effective": "2017-05-01"}
    assert (moment.on(events) if moment else "") == day


def test_months_and_years_end_where_the_month_does() -> None:
    assert add_time("2016-01-31", 1, "月") == "2016-02-29"
    assert add_time("2016-02-29", 1, "年") == "2017-02-28"
    assert add_time("9999-12-31", 1, "日") == ""


WORDS = st.sampled_from(
    ["本办法", "本通知", "《某某市停车管理办法》", "自", "2017年1月1日", "二〇一七年一月", "起",
     "公布之日", "施行", "废止", "，", "。", "“", "”", "（", "）", "有效期", "至", "5年", "30日后",
     "半", "\ue000", "\ue401", "9999年12月31日", "99", "年", "第三条　"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=24).map("".join))
def test_any_words_of_the_trade_are_read_without_an_error(text: str) -> None:
    statements = [*find_statements(text, lambda title: title == OWN)]
    days = days_of(statements, {"published": "9999-12-31"})
    assert all(statement.sentence in text for statement in statements)
    assert all(len(day) in (0, 10) for day in days)
    act_moment(text, len(text) // 2, len(text) // 2)
    assert all(len(day) == 10 for day in read_events(text).values())
    assert all(statement.kind == "effective" for statement in read_note(text))
