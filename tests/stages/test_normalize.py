"""The rules for blocks in whole documents; case files show them in single texts."""

from __future__ import annotations

import pytest

from fuzz.checks import read
from fuzz.words import HEAD
from generator.model import Document, Heading, Issue, Lines, Paragraph, Table
from generator.stages.check.audit import audit
from generator.stages.check.diagnose import diagnose
from generator.stages.normalize import normalize
from generator.stages.normalize.edges import is_sentence_end, judge


def normalized(body: str) -> Issue:
    return normalize(read(f"{HEAD}{body}"))


def texts(document: Document) -> list[str]:
    return [getattr(block, "text", "") for block in document.all_blocks()]


def test_a_heading_cut_in_two_stays_a_heading() -> None:
    issue = normalized("### 一、指导思想和\n\n### 目标任务\n\n坚持以人民为中心的发展思想。\n")
    heading = issue.documents[0].blocks[1]
    assert isinstance(heading, Heading)
    assert heading.text == "一、指导思想和目标任务"


def test_a_page_number_is_taken_out_and_entered_into_the_ledger() -> None:
    issue = normalized("各级政府主要负责人是第一责任人，分管领\n\n— 12 —\n\n导是直接责任人。\n")
    assert texts(issue.documents[0])[1:] == [
        "各级政府主要负责人是第一责任人，分管领导是直接责任人。"
    ]
    taken = [(e.line, e.before) for e in issue.ledger if "12" in e.before]
    assert taken == [(8, "— 12 —")]
    assert audit(issue) == ()


def test_bare_numbers_that_count_pages_are_taken_out() -> None:
    page = "各级政府要落实责任，" * 40
    issue = normalized(
        f"{page}堵塞漏\n\n7\n\n洞，{page}坚决\n\n8\n\n遏制事故，{page}不出\n\n9\n\n问题。\n"
    )
    (text,) = texts(issue.documents[0])[1:]
    assert text == f"{page}堵塞漏洞，{page}坚决遏制事故，{page}不出问题。"
    assert audit(issue) == ()


def test_a_bare_number_in_a_sentence_is_kept_and_reported() -> None:
    issue = diagnose(
        normalized("各单位要深刻吸取事故教训，举一反三，\n\n7\n\n堵塞漏洞，坚决遏制事故。\n")
    )
    assert texts(issue.documents[0])[1:] == [
        "各单位要深刻吸取事故教训，举一反三，7堵塞漏洞，坚决遏制事故。"
    ]
    assert [d.lines.first for d in issue.diagnostics if d.code == "doubtful-join"] == [8]


def test_a_page_number_before_a_label_makes_no_attachment() -> None:
    plan = "各单位应当制定工作方案，明确责任分工和完成时限，并于每年年底前报告工作进展情况。\n"
    issue = normalized(f"请执行。\n\n某市人民政府\n\n2017年1月5日\n\n— 12 —\n\n附件\n\n{plan * 2}")
    assert [a.blocks[0].anchor for a in issue.documents[0].attachments] == ["f1-label"]
    assert audit(issue) == ()


def test_names_and_posts_keep_their_blank_where_a_page_edge_cut_the_post() -> None:
    issue = normalized("成 员：赵 强 市委常委、市政府办公\n\n室主任\n")
    assert texts(issue.documents[0])[1:] == ["成员：赵强　市委常委、市政府办公室主任"]


def test_a_picture_without_a_caption_is_no_rest_of_a_heading() -> None:
    issue = normalized("## 一、规划范围和\n\n![](images/map.png)\n\n二、规划期限\n")
    assert texts(issue.documents[0])[1:] == ["一、规划范围和", "", "二、规划期限"]


def units(body: str) -> list[str]:
    """Write the outline of a body: anchor, level, and # for a heading on a line of its own."""
    blocks = normalized(body.replace("/", "\n\n")).documents[0].blocks
    return [
        f"{b.anchor} {b.level}{' #' if isinstance(b, Heading) else ''}"
        for b in blocks
        if not isinstance(b, Table) and b.ordinal
    ]


def test_units_in_decimal_numbers_are_in_the_outline_by_their_depth() -> None:
    body = "/1.1 目的。为了防汛。/1.2 依据/依法制定。/2{} 响应/2.1 Ⅳ级响应/（1）巡堤。/（2）抢险。"
    for mark in ("", "."):
        assert units(f"1{mark} 总则" + body.format(mark)) == [
            "s1 1 #", "s1-1 2", "s1-2 2 #", "s2 1 #", "s2-1 2 #", "s2-1-l4.1 4", "s2-1-l4.2 4",
        ]  # fmt: skip
    chapters = units("第一章 总则/1.1 目的/防汛。/1.2 依据/依法。/第二章 响应/2.1 Ⅳ级响应/巡堤。")
    assert chapters == ["c1 1 #", "c1-1 2 #", "c1-2 2 #", "c2 1 #", "c2-1 2 #"]
    sections = units("一、总则/1.1 目的/防汛。/1.2 依据/依法。/二、响应/2.1 Ⅳ级响应/巡堤。")
    assert sections == ["s1 1 #", "s1-1 2 #", "s1-2 2 #", "s2 1 #", "s2-1 2 #"]


def test_the_widest_decimal_units_are_one_series_in_every_notation() -> None:
    issue = normalized("1．总则\n\n1．1 目的\n\n防汛。\n\n2 响应\n\n2.1 启动\n\n启动。\n")
    assert [d.code for d in diagnose(issue).diagnostics if d.code.startswith("number-")] == [
        "number-missing"
    ]


def test_a_list_inside_a_decimal_unit_is_no_series_of_such_units() -> None:
    assert units("1.总则/1.1 目的/防汛。/1.2 措施：/1.巡堤。/2.抢险。/3.转移。/2.附则/略。") == [
        "s1 1 #", "s1-1 2 #", "s1-2 2", "s1-2-1 3", "s1-2-2 3", "s1-2-3 3", "s2 1 #",
    ]  # fmt: skip


def test_points_under_a_section_stay_points_whatever_is_below_them() -> None:
    assert units("一、任务/（一）水利/1.堤防/1.1 加固。/1.2 清障。/2.水库/除险。") == [
        "s1 1 #", "s1-1 2 #", "s1-1-1 3 #", "s1-1-1-1 4", "s1-1-1-2 4", "s1-1-2 3 #",
    ]  # fmt: skip


def test_a_unit_that_a_scan_lost_hides_none_of_its_sisters() -> None:
    assert units("1 总则/1.1 目的/防汛。/1.3 依据/依法。/2 响应/2.1 启动/启动。/2.9 亩均/略。") == [
        "s1 1 #", "s1-1 2 #", "s1-3 2 #", "s2 1 #", "s2-1 2 #",
    ]  # fmt: skip


def test_sections_over_articles_hold_them_where_both_are_numbered_through() -> None:
    measures = (
        "一、总则/第一条 支持做大。给予奖励。/（一）甲；/（二）乙。/二、附则/第二条 即日施行。"
    )
    assert units(measures) == ["s1 1 #", "a1 3", "a1-1 4", "a1-2 4", "s2 1 #", "a2 3"]
    aims = "一、目标/做大做强。/二、措施/第一条 支持做大。/三、附则/第二条 即日施行。"
    assert units(aims) == ["s1 1 #", "s2 1 #", "a1 3", "s3 1 #", "a2 3"]
    notice = "一、认真学习。/二、严格执行。/第一条 为了管理。/第二条 种类如下：/一、甲；/二、乙。"
    assert units(notice) == ["s1 1", "s2 1", "a1 3", "a2 3", "a2-1 4", "a2-2 4"]
    regulations = "第一条 种类如下：/一、甲；/二、乙。/第二条 罚则如下：/一、丙；/二、丁。"
    assert units(regulations) == ["a1 3", "a1-1 4", "a1-2 4", "a2 3", "a2-1 4", "a2-2 4"]


def test_a_section_over_items_is_a_heading_also_with_a_full_stop() -> None:
    assert units("一、提高补助。/（一）增加。/（二）发放。/二、即日施行。/三、旧文废止。") == [
        "s1 1 #", "s1-1 2", "s1-2 2", "s2 1", "s3 1",
    ]  # fmt: skip
    assert units("一、停车收费按1.5元计算。/1.地面停车场。白天收费。/2.地下停车场。全天收费。") == [
        "s1 1", "s1-l3.1 3", "s1-l3.2 3",
    ]  # fmt: skip


def test_questions_over_answers_are_headings_and_lists_of_them_are_not() -> None:
    assert units("一、为什么？/为了管理。/二、怎样收费？/三、何时施行？/即日。") == [
        "s1 1 #", "s2 1", "s3 1 #",
    ]  # fmt: skip


def test_the_list_of_a_note_is_no_series_of_units() -> None:
    body = "如下：/注：1.本表由市局解释，“一级”指/中心城区。/2.“二级”指郊区。/2.其他。"
    assert units(body) == ["s-l3.2 3"]
    assert units("1.甲。/注：本表由市局解释。/2.乙。") == ["s-l3.1 3 #", "s-l3.2 3"]


def test_parts_contain_chapters() -> None:
    assert units("第一篇 总论/第一章 甲/发展。/第二篇 分论/第二章 乙/发展。") == [
        "b1 1 #", "b1-c1 1 #", "b2 1 #", "b2-c2 1 #",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ("单位\t得分\t\t等次\n\t日常\t年终\t\n甲县\t38.6\t57.9\t优秀", 2),
        ("被征地单位\t地类\t区片价\n\t\t(万元/亩)\n甲村\t耕地\t3.5", 2),
        ("单位\t得分\t\t等次\n\t38\t57\t\n甲县\t38.6\t57.9\t优秀", 1),  # a row of figures
        ("单位\t姓名\t电话\n\t张三\t\n甲县\t李四\t1", 1),  # 单位 is lost in the first row
        ("单位\t得分\t\t等次\n\t日常\t\t\n甲县\t38.6\t57.9\t优秀", 1),
        ("单位\t得分\t\n合计\t日常\t年终\n甲县\t38.6\t57.9", 1),
    ],
)
def test_a_second_row_in_its_place_is_part_of_the_header(rows: str, header: int) -> None:
    tables = [b for b in normalized(rows).documents[0].blocks if isinstance(b, Table)]
    assert [table.header_rows for table in tables] == [header]


def test_a_picture_without_a_caption_below_a_chapter_is_joined_to_nothing() -> None:
    text = "# 某某市停车管理办法\n\n（2019年5月1日某某市人民政府公布）\n\n"
    (document,) = normalize(
        read(f"{text}第一章 总则\n\n![](a.png)\n\n第一条 停车收费。\n")
    ).documents
    assert [b.image for b in document.blocks if isinstance(b, Paragraph) and b.image] == ["a.png"]


ENDS_OF_EDGES = (
    "各区应当落实。",
    "（一）落实责任；",
    "将停车场（以下简称设施。",
    "按照《办法》执行。",
    "乙。（",
    "丙",
)
BEGINS_OF_EDGES = (
    "，并报送。",
    "各区应当",
    "（二）督促",
    "第三条规定",
    "》执行。",
    "）纳入",
    "——加强",
    "13号",
)


@pytest.mark.parametrize("below", BEGINS_OF_EDGES)
@pytest.mark.parametrize("above", ENDS_OF_EDGES)
def test_the_quick_test_of_an_edge_says_what_the_clues_say(above: str, below: str) -> None:
    if is_sentence_end(above, below):
        first = Paragraph(above, Lines(1, 1), ((0, 1),))
        second = Paragraph(below, Lines(2, 2), ((0, 2),))
        assert judge(first, second).verdict == "keep"


def test_the_quick_test_of_an_edge_lets_open_brackets_and_punctuation_pass() -> None:
    assert is_sentence_end("各区应当落实。", "各区应当")
    assert not is_sentence_end("将停车场（以下简称设施。", "各区应当")
    assert not is_sentence_end("各区应当落实。", "，并报送。")
