"""Debris of engines and converters in a text: reported where it is, and nothing else is."""

from __future__ import annotations

import time

import pytest

from generator.stages.check.markup import ANY, MARKS, find_markup
from generator.stages.pipeline import convert
from tests.conftest import SEED, SMALL, ArchiveMaker


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.name)
def test_each_kind_of_debris_is_found_in_its_example(mark: object) -> None:
    name, example = mark.name, mark.example  # type: ignore[attr-defined]
    assert [debris.name for debris in find_markup(example)][:1] == [name]
    assert ANY.search(example)


@pytest.mark.parametrize(
    "text",
    [
        "要**加强**管理",
        "**第一条** 目的",
        "**通知如下：",
        '<td colspan="2">停车场',
        "甲<br/>乙",
        "停车场&nbsp;管理",
        "停车&lt;50&gt;个",
        "见![图](a.png)如下",
        "见[通知](#_Toc12)",
        "[^1]注",
        "停车场{: .letters }",
        "停车场{#s3}",
        '标题{width="50%"}',
        r"$\frac{1}{2}$",
        r"面积 \times 2",
        "m^{2}",
        r"\[2016\]23号",
        r"一\.总则",
        "$x_1$",
        "```",
        "| 甲 | 乙 |",
        "|甲|乙|",
        "|---|---|",
        "+----+----+",
        "~~废止~~",
        "## 总则",
        "---",
        "<!-- image -->",
        "<|ref|>停车",
        "[[1, 2, 3, 4]]",
        ":selected: 是",
        "<figure>",
        "</div>",
        '<img src="a.png">',
        "[网站](https://gazette.example/)",
    ],
)
def test_debris_is_found(text: str) -> None:
    assert find_markup(text)


@pytest.mark.parametrize(
    "text",
    [
        "某府发[2016]23号",
        "[2016](试行)",
        "5*3=15",
        "*注：见表",
        "A\\B",
        "a<b，c>d",
        "面积<60平方米，>40",
        "张**、李**",
        "张**和李**等人",
        "1388****123",
        "AT&T",
        "R&D;",
        "{2016}",
        "________",
        "___年___月",
        "|x|≤5",
        "x^2",
        "X_1",
        "$100",
        "1#楼",
        "见注[1]",
        "<<办法>>",
        "<GB 2312>",
        "-5~10",
        "5~~10",
        "—12—",
        "《〈办法〉》",
        "（含税）",
        "！[图]（见附件）",
        "C:\\表格",
        "* * *",
        "50%~60%",
        "甲 - 乙",
        "A|B",
    ],
)
def test_what_official_texts_contain_is_not_reported(text: str) -> None:
    assert find_markup(text) == []


@pytest.mark.parametrize(
    "debris",
    ["{: .letters }", "<td>日间", r"$\frac{a}{b}$", ":selected:"],
)
def test_debris_in_a_paragraph_is_a_warning_at_its_line(
    debris: str, make_archive: ArchiveMaker
) -> None:
    text = SMALL.replace("全天收费", f"全天{debris}收费")
    line = next(n for n, row in enumerate(text.split("\n"), 1) if debris in row)
    found = [
        d
        for d in convert(make_archive({"2020-03": text}) / "moumou" / "2020-03").diagnostics
        if d.code == "markup"
    ]
    assert [(d.severity, d.lines.first) for d in found] == [("warning", line)]
    assert "[[correction]]" in found[0].message


def test_debris_in_a_cell_is_reported_once_for_its_row(make_archive: ArchiveMaker) -> None:
    table = "序号\t任务\t单位\n1\t改造{: .x }管网\t<td>市住建局\n2\t治理河道\t市水务局"
    text = SMALL.replace("2.地下停车场。全天收费。", f"2.地下停车场。全天收费。\n\n{table}")
    line = next(n for n, row in enumerate(text.split("\n"), 1) if "管网" in row)
    issue = convert(make_archive({"2020-03": text}) / "moumou" / "2020-03")
    found = [d.lines.first for d in issue.diagnostics if d.code == "markup"]
    assert found == [line]


def test_an_undamaged_issue_has_no_debris() -> None:
    assert [d for d in convert(SEED).diagnostics if d.code == "markup"] == []


@pytest.mark.parametrize(
    "piece", ["**", "<a ", "|", "\\(", "$^", "`x", "![", "{a=", "](#", "~~x", "&a", "[[1,", "__停"]
)
def test_the_time_is_linear_in_a_text_of_nothing_but_marks(piece: str) -> None:
    began = time.perf_counter()
    find_markup(piece * 20_000)
    assert time.perf_counter() - began < 3
