"""Running heads, stops, quotation marks and lists in whole documents; findings where in doubt."""

from __future__ import annotations

import pytest

from generator.model import Block, Heading, Issue, Paragraph, Source, Table
from generator.stages import normalize as stage
from generator.stages.check.audit import audit
from generator.stages.check.diagnose import diagnose
from generator.stages.normalize import normalize
from generator.stages.parse import parse

TITLE = "临江市人民政府关于加强堤防管理的通知"
HEAD = (
    "临江市人民政府公报\n\n2024年第3期（总第12期）\n\n目录\n\n市政府文件\n\n"
    f"{TITLE} ..... 2\n\n# {TITLE}\n\n临府发〔2024〕6号\n\n各县人民政府：\n\n"
)
CLOSE = "\n\n临江市人民政府\n\n2024年3月6日\n"
CODES = ("running-head", "stop-misread", "quote-alone", "not-settled", "page-lacks")


def read(body: str, close: str = CLOSE) -> Issue:
    text = f"{HEAD}{body}{close}"
    return diagnose(normalize(parse(Source("linjiang/2024-03", text, "", "", "", "utf-8"))))


def body_texts(body: str) -> list[str]:
    issue = read(body)
    assert audit(issue) == ()
    kinds = ("paragraph", "heading")
    return [
        block.text
        for block in issue.documents[0].blocks
        if not isinstance(block, Table) and getattr(block, "kind", "heading") in kinds
    ]


def findings(body: str) -> list[tuple[str, int]]:
    return [(d.code, d.lines.first) for d in read(body).diagnostics if d.code in CODES]


BODY = HEAD.count("\n") + 1  # the line at which a body begins
ABOVE, BELOW = "各县要完善山洪灾害监测预警和", "群测群防体系，落实防汛责任。"


@pytest.mark.parametrize(
    "lines",
    [
        "# 临江市人民政府公报",
        "临江市人民政府公报 12",
        "12 临江市人民政府公报",
        "· 12 · 临江市人民政府公报",
        "2024年第3期（总第12期）",
        "临江市人民政府公报 2024.3",
        "2024年第3期 13",
        "总第12期",
        "市政府文件 13",
        "# 市政府文件",
        "# 临江市人民政府公报\n\n# 部门文件\n\n14",
        "临江市人民政府公极\n\n— 15 —",
        "12 / 48",
        "第 12 页 共 48 页",
        "- 12 -",
        "---",
        "* * *",
    ],
)
def test_a_running_head_alone_on_a_line_is_taken_out_of_a_sentence(lines: str) -> None:
    body = f"{ABOVE}\n\n{lines}\n\n{BELOW}"
    assert body_texts(body) == [ABOVE + BELOW]
    assert findings(body) == []
    entries = {entry.line: entry.rule for entry in read(body).ledger}
    assert entries[BODY + 2] in ("drop_page_furniture", "drop_rulers")


@pytest.mark.parametrize(
    "inside",
    [
        "临江市人民政府公报 2024年第3期",
        "临江市人民政府公报 2024年第3期 12 ",
        " 12 临江市人民政府公报 2024年第3期 ",
        "2024年第3期 临江市人民政府公报",
        " 临江市人民政府公报 — 12 — ",
        " — 12 — ",
        " ·12· ",
    ],
)
def test_a_running_head_inside_a_sentence_is_taken_out(inside: str) -> None:
    assert body_texts(f"各县要完善监测预{inside}警体系。") == ["各县要完善监测预警体系。"]
    assert findings(f"各县要完善监测预{inside}警体系。") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("推进城乡临江市人民政府公报一体化建设。", [("running-head", BODY)]),
        ("临江市人民政府公报2024年第3期一体化建设。", [("running-head", BODY)]),
        ("推进城市和临江市人民政府公报2024年第3期乡村建设。", [("running-head", BODY)]),
        (f"{ABOVE}。\n\n# 市政府文件\n\n{BELOW}", [("running-head", BODY + 2)]),
        ("计划于年内全部建成6", [("stop-misread", BODY)]),
        ("巡查时间为每日上午9:30.\n\n各县应当公布巡查结果。", [("stop-misread", BODY)]),
        ("各县报告了巡查情况.会议研究了下一步安排。", [("stop-misread", BODY)]),
        ('建立"一河一长的制度。', [("quote-alone", BODY)]),
    ],
)
def test_what_is_in_doubt_stays_and_is_reported(body: str, expected: list[tuple[str, int]]) -> None:
    assert "".join(body_texts(body)) == body.replace("\n\n", "").replace("# ", "")
    assert findings(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "本办法刊登于临江市人民政府公报2024年第3期。",
        "在临江市人民政府公报和政府网站上公布。",
        "《临江市人民政府公报》免费赠阅。",
        "详见附件6",
        "任命阿里木.买买提为市水务局副局长。",
        '采用直径12"的管道。',
    ],
)
def test_what_the_text_means_stays_and_draws_no_finding(body: str) -> None:
    assert body_texts(body) == [body]
    assert findings(body) == []


def test_a_short_name_in_straight_quotes_is_paired_and_its_sentence_ends() -> None:
    body = '按照《某省河道管理条例》（以下简称"条例"）.请遵照执行.\n\n"条例"另有规定的除外o'
    assert body_texts(body) == [
        "按照《某省河道管理条例》（以下简称“条例”）。请遵照执行。",
        "“条例”另有规定的除外。",
    ]


@pytest.mark.parametrize("mark", ["- ", "* ", "● ", "◆", "• ", "①"])
def test_items_of_a_list_stay_apart(mark: str) -> None:
    items = [f"{mark}{name}负责巡查" for name in ("水务部门", "应急管理部门", "气象部门")]
    shown = [item.removeprefix("- ").removeprefix("* ") for item in items]
    assert body_texts("分工如下：\n\n" + "\n".join(items)) == ["分工如下：", *shown]


def test_an_item_of_a_list_that_was_cut_goes_on() -> None:
    body = "分工如下：\n\n- 水务部门负责堤防、水库和山塘的日\n\n常巡查。\n- 气象部门负责预报。"
    assert body_texts(body)[1:] == [
        "水务部门负责堤防、水库和山塘的日常巡查。",
        "气象部门负责预报。",
    ]


def test_articles_over_a_thousand_have_their_number_as_anchor() -> None:
    issue = read("第一千零二条 本章适用于河道。\n\n第二千条 本法自公布之日起施行。")
    anchors = [block.anchor for block in issue.documents[0].blocks]
    assert {"a1002", "a2000"} <= set(anchors)


PLAN = "临江市中小河流治理和山洪灾害防治三年行动计划（2024—2026年）实施方案"
AIM = "为了治理中小河流，防治山洪灾害，保护人民群众生命财产安全，制定本方案。"


def test_a_title_that_the_notice_names_is_no_beginning_of_a_sentence() -> None:
    body = f"现将《{PLAN}》印发给你们，请遵照执行。\n\n{PLAN}\n\n{AIM}\n\n一、目标\n\n堤防达标。"
    blocks = read(body).documents[0].blocks
    (title,) = [block for block in blocks if isinstance(block, Heading) and block.text == PLAN]
    assert title.lines.first == BODY + 2
    assert AIM in body_texts(body)


def test_two_plans_of_one_notice_are_two_attachments() -> None:
    rules = "临江市中小河流治理和山洪灾害防治专项资金使用管理办法和绩效评价实施细则"
    body = f"现将《{PLAN}》和《{rules}》印发给你们。{CLOSE}\n— 3 —\n\n{PLAN}\n\n{AIM}\n\n{AIM}"
    issue = read(f"{body}\n\n{rules}\n\n{AIM}\n\n", close=AIM)
    assert [a.title for a in issue.documents[0].attachments] == [PLAN, rules]


def test_rules_that_undo_each_other_end_with_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def add(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(
            Paragraph(b.text + "甲", b.lines, b.breaks) if isinstance(b, Paragraph) else b
            for b in blocks
        )

    monkeypatch.setattr(stage, "BLOCK_RULES", (add,))
    assert ("not-settled", BODY - 6) in findings("巡查堤防。")
