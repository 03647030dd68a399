"""Lines of a document's head: what each part is, and what no such line holds."""

from __future__ import annotations

import pytest

from generator.language.head_parts import (
    PARTS,
    labelled_date,
    part_gaps,
    read_head_line,
    without_marks,
)
from generator.language.traditional import simplify

ALONE = {
    "特急": {"urgency"},
    "紧急程度：平急": {"urgency"},
    "急 件": {"urgency"},
    "机密★1年": {"secrecy"},
    "SFCR-2024-0010003": {"registration"},
    "（SDPR-2016-0010001）": {"registration"},
    "统一登记号：ZJAC00-2021-0003": {"registration"},
    "备案号：某司备〔2024〕12号": {"registration"},
    "GZ0320240012": {"registration"},
    "发文字号：": {"label"},
    "000001": {"copy"},
    "№ 12 加急": {"copy", "urgency"},
    "签发人：王 军": {"signer"},
    "签发人：王军　会签人：李小明": {"signer"},
    "（此件公开发布）": {"disclosure"},
    "索引号：0012-2024": {"catalogue"},
    "二〇二四年元月六日": {"date"},
    "（A）": {"class"},
}


@pytest.mark.parametrize("text", ALONE)
def test_each_part_is_recognised_alone(text: str) -> None:
    line = read_head_line(text)
    assert line is not None
    assert line.parts == ALONE[text]
    assert line.number is None
    assert not line.is_misread


def test_each_kind_of_part_has_an_example() -> None:
    assert set().union(*ALONE.values()) == set(PARTS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "各区人民政府：",
        "特急通知各区人民政府。",
        "617000",
        "第37号提案",
        "某府发〔2016〕1号文件精神已经传达",
        "签发人：王军同志于昨日前往各区检查",
        "某市发展规划（2016）",
        "第一章　总则",
        "联系人：王军",
    ],
)
def test_other_lines_are_none(text: str) -> None:
    assert read_head_line(text) is None


def test_a_mark_of_urgency_is_no_part_of_a_code() -> None:
    assert without_marks("特急 文号：某府发〔2016〕1号请执行") == "某府发〔2016〕1号请执行"
    assert without_marks("某府发〔2016〕1号") == "某府发〔2016〕1号"


def test_the_gaps_between_parts_are_found_and_not_those_inside() -> None:
    text = "特急  某府发〔2016〕 1号 签发人：王 军 李小明"
    assert [text[a:b] for a, b in part_gaps(text)] == ["  ", " ", " "]
    assert part_gaps("各区 人民政府：") == []


def test_only_a_text_of_traditional_print_is_simplified() -> None:
    assert simplify("某府發〔2024〕5號") == "某府发〔2024〕5号"
    assert simplify("乾政发〔2024〕5号") == "乾政发〔2024〕5号"


@pytest.mark.parametrize(
    ("text", "is_own", "date"),
    [
        ("成文日期：2024年3月5日", True, "2024-03-05"),
        ("成文日期:2024-03-05", True, "2024-03-05"),
        ("签发日期 二〇二四年三月五日", True, "2024-03-05"),
        ("【发布日期】 2024年03月05日", False, "2024-03-05"),
        ("印发日期：2024年3月5日", False, "2024-03-05"),
        ("成文日期：2024年13月5日", True, ""),
    ],
)
def test_a_date_with_its_label_is_read(text: str, is_own: bool, date: str) -> None:
    assert labelled_date(text) == (is_own, date)


@pytest.mark.parametrize(
    "text",
    ["2024年3月5日", "成文日期：", "成文日期：2024年3月5日前报送。", "成文日期和发布日期",
     "日期：3月5日", "申请日期：2024年3月5日"],
)  # fmt: skip
def test_other_lines_are_no_date_with_its_label(text: str) -> None:
    assert labelled_date(text) is None
