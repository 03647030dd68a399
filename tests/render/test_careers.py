"""Appointments and removals become terms of office; a term ends only where a document says so."""

from __future__ import annotations

from generator.archive.registers import Mention, subject_url
from generator.render.careers import Tenure, tenure_rows, tenures
from generator.render.sayings import Statement, statement_of


def decision(role: str, office: str, date: str, note: str = "") -> Statement:
    mention = Mention("jia/2016-01", f"d{date}", f"甲府任〔{date[:4]}〕3号", "任免通知", date, 1)
    return statement_of(mention, role, "p3", office, note)


def spans(*posts: Statement) -> list[tuple[str, str, str]]:
    def day(post: Statement | None) -> str:
        return post.date if post else ""

    return [(one.name, day(one.begun), day(one.ended)) for one in tenures(posts)]


def test_a_removal_ends_the_term_in_the_same_post_and_the_newest_term_comes_first() -> None:
    assert spans(
        decision("免去", "甲市教育局副局长", "2016-03-05"),
        decision("任命", "甲市教育局局长", "2016-03-05"),
        decision("任命", "甲市教育局副局长", "2013-03-05"),
    ) == [
        ("甲市教育局局长", "2016-03-05", ""),
        ("甲市教育局副局长", "2013-03-05", "2016-03-05"),
    ]


def test_a_removal_from_another_post_ends_no_term() -> None:
    assert spans(
        decision("任命", "甲市教育局局长", "2013-03-05"),
        decision("免去", "甲市教育局副局长", "2016-03-05"),
    ) == [("甲市教育局副局长", "", "2016-03-05"), ("甲市教育局局长", "2013-03-05", "")]


def test_a_second_term_in_one_post_is_a_term_of_its_own() -> None:
    office = "甲市法律顾问"
    assert spans(
        decision("任命", office, "2010-01-01"),
        decision("免去", office, "2012-01-01"),
        decision("任命", office, "2014-01-01"),
    ) == [(office, "2014-01-01", ""), (office, "2010-01-01", "2012-01-01")]


def test_a_removal_and_an_appointment_of_one_day_are_not_one_term() -> None:
    office = "甲市水务局局长"
    assert spans(
        decision("任命", office, "2014-03-05"),
        decision("免去", office, "2014-03-05"),
    ) == [(office, "", "2014-03-05"), (office, "2014-03-05", "")]


def test_documents_without_a_day_are_not_joined() -> None:
    office = "甲市水务局局长"
    assert spans(decision("任命", office, ""), decision("免去", office, "2014-03-05")) == [
        (office, "", "2014-03-05"),
        (office, "", ""),
    ]


def test_the_row_of_a_person_leads_to_documents_and_posts() -> None:
    posts = [
        decision("任命", "甲市教育局局长", "2013-03-05", "试用期一年"),
        decision("免去", "甲市教育局局长", "2016-03-05"),
    ]
    row = tenure_rows("people", "lidaming-0000", "李大明", "", posts)
    assert row.count("<li>") == 1
    assert '<a href="../jia/2016-01/d2013-03-05.html#p3">2013-03-05</a> 任' in row
    assert '<a href="../jia/2016-01/d2016-03-05.html#p3">2016-03-05</a> 免' in row
    assert f'href="../{subject_url("offices", "jia", "甲市教育局局长")}"' in row
    assert "（试用期一年）" in row


def test_a_name_from_a_text_is_escaped() -> None:
    assert "<b>" not in tenure_rows("people", "a", "<b>", "<b>", [decision("任命", "<b>", "")])


def test_a_term_has_the_date_of_its_end_if_its_beginning_is_not_held() -> None:
    ended = decision("免去", "甲市水务局局长", "2014-03-05")
    assert Tenure("甲市水务局局长", None, ended).day == "2014-03-05"
