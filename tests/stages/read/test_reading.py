"""Engines mix their habits; what they mark is read, and pages, pictures and formulas are told."""

from __future__ import annotations

import pytest

from generator.model import Paragraph
from generator.stages.check import audit, diagnose
from generator.stages.read import likely_engine, read
from generator.stages.read.engines import HABITS, Habit
from generator.stages.read.latex import print_latex
from generator.stages.read.page_marks import COMMENTS, PAGE_PATTERNS, PagePattern, read_page
from tests.case_files import normalized


@pytest.mark.parametrize("row", PAGE_PATTERNS, ids=lambda row: row.name)
def test_each_mark_of_a_page_is_read(row: PagePattern) -> None:
    assert read_page(row.example, PAGE_PATTERNS) is not None


@pytest.mark.parametrize("row", COMMENTS, ids=lambda row: row.name)
def test_each_comment_that_names_a_page_is_read(row: PagePattern) -> None:
    inner = row.example.removeprefix("<!--").removesuffix("-->").strip()
    assert read_page(inner, COMMENTS) is not None


def test_pages_are_learned_from_the_marks_of_engines() -> None:
    text = "甲\n{12}------\n乙\n<!-- Page 4 -->\n丙\n<!-- Meanless: — 7 — -->\n丁\n<!-- 校 -->\n戊"
    pages = [(page.line, page.sheet, page.printed) for page in read(text).pages]
    assert pages == [(2, 13, ""), (4, 4, ""), (6, None, "7")]


@pytest.mark.parametrize(
    "mark",
    ["{12}------", "<--- Page Split --->", "---", "<!-- page-anchor: A-3 -->", "## Page 4"],
)
def test_a_short_line_over_the_edge_of_a_page_is_joined(mark: str) -> None:
    blocks = (
        normalized(f"各区人民政府：\n\n根据有关\n\n{mark}\n\n规定，提出意见。").documents[0].blocks
    )
    assert (
        next(b.text for b in reversed(blocks) if isinstance(b, Paragraph))
        == "根据有关规定，提出意见。"
    )


def test_a_rule_right_under_a_title_is_no_edge_of_a_page() -> None:
    lines = read("第一章\n====\n\n总则\n----\n目的\n\n---\n\n依据").lines
    assert [line.opens_page for line in lines] == [False, False, False, True]


def test_a_running_head_under_the_mark_of_a_page_does_not_hide_it() -> None:
    mark = "— 3 —\n\n<--- Page Split --->\n\n某市人民政府公报 2020年第1期"
    text = f"各区人民政府：\n\n根据有关\n\n{mark}\n\n规定，提出意见。"
    blocks = normalized(text).documents[0].blocks
    texts = [b.text for b in blocks if isinstance(b, Paragraph)]
    assert texts[-1] == "根据有关规定，提出意见。"


def test_without_such_a_mark_short_lines_stay_apart() -> None:
    blocks = normalized("各区人民政府：\n\n工作要求\n\n规定，提出意见。").documents[0].blocks
    assert [b.text for b in blocks if isinstance(b, Paragraph)][-2:] == [
        "工作要求",
        "规定，提出意见。",
    ]


def test_a_seal_between_signature_and_date_hides_neither() -> None:
    seal = "![](images/a.jpg)\n\n<details>\n<summary>seal</summary>\n某市人民政府\n</details>"
    text = f"各区人民政府：\n\n要落实。\n\n某市人民政府\n\n{seal}\n\n2020年5月1日"
    (document,) = normalized(text).documents
    assert (document.signature, document.date) == ("某市人民政府", "2020-05-01")
    (picture,) = [b for b in document.blocks if isinstance(b, Paragraph) and b.image]
    assert (picture.text, picture.kind) == ("某市人民政府", "picture")


@pytest.mark.parametrize(
    ("latex", "printed"),
    [
        (r"50\%", "50%"),
        (r"5 0 \%", "50%"),
        (r"500\mathrm{m}^2", "500m<sup>2</sup>"),
        (r"\mathrm{PM}_{2.5}", "PM<sub>2.5</sub>"),
        (r"^{①}", "①"),
        (r"\textcircled{12}", "⑫"),
        (r"^{\textcircled{1}}", "①"),
        (r"25^\circ C", "25℃"),
        (r"\pm 5\times 10^{-3}", "±5×10<sup>-3</sup>"),
        (r"\frac{1}{2}", "1/2"),
        (r"\text{万元}", "万元"),
        (r"\cdots\cdots", "……"),
        (r"\frac{a+b}{c}", None),
        (r"\int_0^1 x", None),
        (r"\textcircled{99}", None),
        (r"\frac{1}", None),
        ("}", None),
        ("a{", None),
        ("^", None),
        ("{" * 300, None),
    ],
)
def test_small_things_in_latex_are_printed_and_formulas_are_not(
    latex: str, printed: str | None
) -> None:
    assert print_latex(latex) == printed


@pytest.mark.parametrize("place", ["<!-- image -->", "<!-- formula-not-decoded -->"])
def test_a_picture_that_was_left_out_is_reported(place: str) -> None:
    found = [d for d in read(f"甲。\n\n{place}\n\n乙。").diagnostics if d.code != "engine"]
    assert [(d.code, d.lines.first) for d in found] == [("picture-missing", 3)]
    assert read("甲。\n\n![图1](a.png)\n\n<!-- 校 -->\n\n乙。").diagnostics == ()


def test_a_title_broken_by_br_is_a_heading_on_both_lines() -> None:
    assert [(n.text, n.hashes) for n in read("# 甲市停车<br>管理办法").lines] == [
        ("甲市停车", 1),
        ("管理办法", 1),
    ]


def test_the_audit_restores_a_text_in_the_manners_of_many_engines() -> None:
    issue = normalized(
        "各区人民政府：\n\n**一、总体要求**\n\n1\\. 奖励5\\~10万元，$50\\%$。<br>第二行&amp;。\n\n"
        "| 序号 | 任务 |\n|---|---|\n| 1 | 植树 |\n\n"
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>\n\n"
        '[链接](http://a.cn/b)<span id="page-1-0"></span>[^1]\n\n某市人民政府\n2020年5月1日'
    )
    assert audit(issue) == ()
    assert not [d for d in diagnose(issue).diagnostics if d.severity == "error"]


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.example)
def test_each_habit_names_an_engine(habit: Habit) -> None:
    assert habit.pattern.search(habit.example)
    assert likely_engine(habit.example) == habit.engine


@pytest.mark.parametrize(
    ("text", "engine"),
    [
        ("<details>\n<summary>seal</summary>\n甲\n</details>", "MinerU"),
        ('<div style="text-align: center;">图1</div>', "PaddleOCR"),
        ("甲\n\n<!-- image -->", "docling"),
        ('# <span id="page-3-0"></span>**甲**', "marker"),
        ("![](data:image/png;base64...)", "markitdown"),
        ("# 总则 {#section-1}", "pandoc"),
        ("甲\n<--- Page Split --->", "DeepSeek-OCR"),
        ("---\nprimary_language: zh\n---\n甲", "olmOCR"),
        ("<!-- Meanless: 12-->", "Doc2X"),
        ("![img-0.jpeg](img-0.jpeg)", "Mistral OCR"),
        ("# 总则 {#section-1}\n\n<!-- image -->", ""),
        ("某市停车办法\n\n第一条 为了管理。", ""),
    ],
)
def test_an_engine_is_known_by_its_habits(text: str, engine: str) -> None:
    assert likely_engine(text) == engine


def test_check_says_which_engine_a_text_looks_like_and_how_much_was_removed() -> None:
    (found,) = read("{12}" + "-" * 48 + "\n**甲**").diagnostics
    assert (found.code, found.severity) == ("engine", "info")
    assert "marker" in found.message
    assert "3处" in found.message
    assert read("**甲**").diagnostics == ()


FORMULA_LINES = (
    ("$$", r"Q = \frac{A + B}{C}", "$$"),
    ("$$", r"\begin{aligned}", r"Q &= \frac{A}{C} \\", r"&= 5 \tag{1}", r"\end{aligned}", "$$"),
    (r"\[", r"Q = \frac{A}{C}", r"\]"),
    (r"$$ Q =", r"\sqrt{A} $$"),
    ("$$", "", r"Q = \frac{A}{C}", "", "$$"),
    (r"\begin{equation}", r"Q = \frac{A}{C}", r"\end{equation}"),
)


@pytest.mark.parametrize("lines", FORMULA_LINES)
def test_a_formula_on_several_lines_is_one_block_and_a_finding(lines: tuple[str, ...]) -> None:
    joined = "\n".join(lines)
    issue = diagnose(
        normalized(f"按下式计算补助的总额，单位为万元\n\n{joined}\n\n式中：A为面积，按年初计算。\n")
    )
    assert audit(issue) == ()
    blocks = [b for d in issue.documents for b in d.all_blocks() if isinstance(b, Paragraph)]
    formulas = [b.text for b in blocks if "Q" in b.text]
    assert len(formulas) == 1
    assert (formulas[0][:2], formulas[0][-2:]) == ("$$", "$$")
    assert blocks[-1].text == "式中：A为面积，按年初计算。"
    assert [d.code for d in issue.diagnostics].count("markup") == 1
