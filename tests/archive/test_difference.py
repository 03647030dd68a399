"""Two readings of an issue are compared as they are published."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.archive.difference import Difference, compare_readings
from generator.stages.pipeline import convert
from tests.conftest import SMALL

NOTICE = "某某市人民政府关于修订《某某市停车管理办法》的通知"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return tmp_path


def compare(folder: Path, before: str, after: str) -> Difference:
    issues = []
    for name, text in (("old", before), ("new", after)):
        own = folder / name / "2020-03"
        own.mkdir(parents=True)
        (own / "issue.md").write_text(text, "utf-8")
        issues.append(convert(own))
    return compare_readings(issues[0], issues[1])


def test_the_same_text_is_no_difference(small: Path) -> None:
    difference = compare(small, SMALL, SMALL)
    assert difference.is_none
    assert [one.state for one in difference.documents] == ["same", "same"]


@pytest.mark.guarantee("compare_readings", 3)
def test_another_break_of_lines_is_no_difference(small: Path) -> None:
    broken = SMALL.replace("本办法所称停车场，包括", "本办法所称停车场，包\n\n括")
    assert broken != SMALL
    assert compare(small, SMALL, broken).is_none


def test_a_paragraph_that_changed_shows_both_readings(small: Path) -> None:
    difference = compare(small, SMALL, SMALL.replace("（一）公共停车场；", "（一）公用停车场；"))
    (changed,) = (one for one in difference.documents if one.state == "changed")
    (text,) = changed.texts
    assert (text.before, text.after) == ("（一）公共停车场；", "（一）公用停车场；")
    assert text.line == SMALL.split("\n").index("（一）公共停车场；") + 1


def test_paragraphs_that_came_and_went_stand_at_their_place(small: Path) -> None:
    new = SMALL.replace("（二）专用停车场。", "").replace(
        "（一）公共停车场；", "（一）公共停车场；\n（二）路边临时停放车辆的地方。"
    )
    (changed,) = (one for one in compare(small, SMALL, new).documents if one.state == "changed")
    assert [(one.before, one.after) for one in changed.texts] == [
        ("", "（二）路边临时停放车辆的地方。"),
        ("（二）专用停车场。", ""),
    ] or [(one.before, one.after) for one in changed.texts] == [
        ("（二）专用停车场。", "（二）路边临时停放车辆的地方。")
    ]


@pytest.mark.guarantee("compare_readings", 1)
def test_documents_that_came_and_went_are_named_once(small: Path) -> None:
    begin = SMALL.index("某某市停车管理办法\n（2019")
    end = SMALL.index("某某市人民政府关于修订\n", begin)
    other = """某某市公园条例
（2019年5月1日某某市人民政府令第13号公布）

第一条 公园由市林业主管部门管理，向公众免费开放。
第二条 游人应当爱护花木，不得攀折、践踏。
第三条 公园内不得燃放烟花爆竹。

"""
    head = SMALL[:begin].replace("某某市停车管理办法…", "某某市公园条例…")
    lost = head + other + SMALL[end:]
    states = {d.title: d.state for d in compare(small, SMALL, lost).documents}
    assert states.get("某某市停车管理办法") == "gone"
    assert states.get("某某市公园条例") == "added"
    assert len(states) == 3


@pytest.mark.guarantee("compare_readings", 2)
def test_a_document_whose_number_was_read_in_another_way_is_the_same_document(small: Path) -> None:
    assert "某府发[2020] 7 号" in SMALL
    new = SMALL.replace("某府发[2020] 7 号", "某府发[2020] 1 号")
    (changed,) = (one for one in compare(small, SMALL, new).documents if one.state == "changed")
    assert changed.title == NOTICE
    assert [(f.name, f.before, f.after) for f in changed.facts] == [
        ("文号", "某府发〔2020〕7号", "某府发〔2020〕1号")
    ]
