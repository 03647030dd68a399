"""Misprints: suspect characters are reported, others are not."""

from __future__ import annotations

import pytest

from fuzz.checks import read
from fuzz.words import HEAD
from generator.stages.check.diagnose import diagnose
from generator.stages.normalize import normalize


def found(body: str) -> list[tuple[str, int]]:
    issue = diagnose(normalize(read(HEAD + body)))
    return [(d.code, d.lines.first - 5) for d in issue.diagnostics if d.code == "misprint"]


def test_a_character_misread_once_is_reported_at_its_line() -> None:
    often = "要保护未成年人权益。\n\n未成年人应当入学。\n\n关爱未成年人成长。\n\n"
    assert found(f"{often}司法部门要宣传来成年人保护法规。\n") == [("misprint", 7)]


def test_a_word_that_occurs_elsewhere_too_is_no_misprint() -> None:
    often = "未成年人。\n\n未成年人。\n\n未成年人。\n\n历来成为重点，历来成绩优秀。\n\n"
    assert found(f"{often}历来成年人都要登记。\n") == []


@pytest.mark.parametrize(
    "body",
    [
        # 各 begins a phrase, 名义 ends another
        "县政府各部门要落实。\n\n县政府各部门要配合。\n\n县政府各单位要协助。\n\n以县政府名义印发。\n",
        # 民族乡 occurs beside 支持 often, and beside many other words
        "支持民族乡发展。\n\n扶持民族乡建设。\n\n支持民族乡办学。\n\n设立民族乡，撤销民族乡。\n\n"
        "按照优待民族乡原则办理。\n",
        # 人员 always follows 管理 here
        "加强经营管理人员培训。\n\n选拔经营管理人员。\n\n引进经营管理人员。\n\n企业经营管理入股。\n",
    ],
)
def test_words_on_one_side_alone_make_no_suspect(body: str) -> None:
    assert found(body) == []


def test_a_character_that_fits_on_both_sides_is_reported() -> None:
    often = (
        "县政府各部门要落实。\n\n县政府各部门要配合。\n\n县政府各部门要协助。\n\n县政府同意。\n\n"
    )
    assert found(f"{often}县政府名部门要执行。\n") == [("misprint", 9)]


def test_a_digit_between_words_that_belong_together_is_reported() -> None:
    text = "推动1重点旅游城市建设。\n\n加快重点旅游城市发展。\n"
    assert found(text) == [("misprint", 1)]
    assert found("落实1名工作人员负责。\n\n安排工作人员负责。\n") == []


def test_the_number_of_a_table_in_its_title_is_no_stray_digit() -> None:
    table = "序号\t任务\n1\t任务分工\n"
    assert found(f"任务分工另行通知。\n\n表1任务分工表\n\n{table}") == []
    assert found(f"任务分工另行通知。\n\n表1任务分工如下。\n\n{table}") == [("misprint", 3)]


@pytest.mark.parametrize(
    ("mark", "wanted"), [("2", [("misprint", 5)]), ("<sup>2</sup>", [])], ids=["printed", "raised"]
)
def test_a_digit_among_words_is_reported_unless_it_is_raised(
    mark: str, wanted: list[tuple[str, int]]
) -> None:
    often = "各级应当开展培训。\n\n按照要求开展培训工作。\n\n"
    assert found(f"{often}落实总体要求{mark}开展培训。\n") == wanted
