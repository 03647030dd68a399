"""[[decision]] and [[confirmed]] of issue.toml: what an editor settles stays settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content import load
from generator.model import Issue, Paragraph, Table
from generator.runtime.errors import SourceError
from generator.stages.pipeline import convert
from tests.stages.test_heads import ENTRIES, FRONT, NOTICE, OPINION, RULES

TITLE = "某某市人民政府办公室关于支持夜间经济的意见"


def folder_of(tmp_path: Path, text: str, facts: str = "") -> Path:
    folder = tmp_path / "content" / "moumou" / "2024-02"
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
    (folder / "issue.md").write_text(text, "utf-8")
    (folder / "issue.toml").write_text(facts, "utf-8")
    return folder


def text_of(*listed: str, body: str = NOTICE + OPINION + RULES) -> str:
    return f"{FRONT}目  录\n\n{''.join(ENTRIES[part] for part in listed)}\n{body}"


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if words in line)


def decision(line: int, begins: str, text: str) -> str:
    return f'[[decision]]\nline = {line}\nbegins = "{begins}"\ntext = "{text}"\nwhy = "原书如此"\n'


def codes(issue: Issue) -> list[str]:
    return [d.code for d in issue.diagnostics]


def test_a_document_that_the_printed_contents_leave_out_is_settled_by_a_decision(
    tmp_path: Path,
) -> None:
    text = text_of(NOTICE, RULES)
    folder = folder_of(tmp_path, text)
    assert "document-without-entry" in codes(convert(folder))
    folder = folder_of(tmp_path, text, decision(line_of(text, f"# {TITLE}"), "document", TITLE))
    issue = convert(folder)
    assert "document-without-entry" not in codes(issue)
    assert len(issue.documents) == 3


def test_a_head_that_is_no_document_stays_where_it_is(tmp_path: Path) -> None:
    text = text_of(NOTICE, RULES)
    facts = decision(line_of(text, f"# {TITLE}"), "paragraph", TITLE)
    number = decision(line_of(text, "某府办发〔2024〕9号"), "paragraph", "某府办发〔2024〕9号")
    issue = convert(folder_of(tmp_path, text, facts + number))
    assert [d.severity for d in issue.diagnostics if d.severity == "error"] == []
    assert len(issue.documents) == 2


def test_an_entry_whose_document_is_not_printed_is_settled_by_a_decision(tmp_path: Path) -> None:
    text = text_of(NOTICE, OPINION, RULES, body=NOTICE + RULES)
    assert "entry-without-document" in codes(convert(folder_of(tmp_path, text)))
    facts = decision(line_of(text, TITLE), "entry-without-document", TITLE)
    issue = convert(folder_of(tmp_path, text, facts))
    assert "entry-without-document" not in codes(issue)
    assert len(issue.contents) == 3


def test_a_title_that_no_rule_finds_begins_a_document_by_decision(tmp_path: Path) -> None:
    body = NOTICE + "二〇二四年四月大事记\n\n四月一日，召开会议，研究防汛工作。\n"
    text = text_of(NOTICE, body=body)
    facts = decision(line_of(text, "大事记"), "document", "二〇二四年四月大事记")
    issue = convert(folder_of(tmp_path, text, facts))
    assert [d.title for d in issue.documents][1] == "二〇二四年四月大事记"


@pytest.mark.parametrize(("line", "words"), [(1, "不在此行"), (999, "某某")])
def test_a_decision_whose_text_is_not_in_its_line_names_both(
    tmp_path: Path, line: int, words: str
) -> None:
    folder = folder_of(tmp_path, text_of(*ENTRIES), decision(line, "document", words))
    with pytest.raises(SourceError, match=rf"issue\.toml:2: 第{line}行应有一处“{words}”"):
        load(folder)


def test_a_decision_about_something_unknown_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, text_of(*ENTRIES), decision(1, "chapter", "某某市"))
    with pytest.raises(SourceError, match=r"issue\.toml:3: "):
        load(folder)


def confirmed(code: str, line: int, text: str) -> str:
    return f'[[confirmed]]\ncode = "{code}"\nline = {line}\ntext = "{text}"\nwhy = "原印如此"\n'


def test_a_confirmed_finding_is_laid_to_rest_until_its_line_changes(tmp_path: Path) -> None:
    text = text_of(*ENTRIES).replace("请清查险段。", "请 and 清查（险段。")
    assert "unbalanced" in codes(convert(folder_of(tmp_path, text)))
    facts = confirmed("unbalanced", line_of(text, "清查"), "清查（险段")
    issue = convert(folder_of(tmp_path, text, facts))
    assert "unbalanced" not in codes(issue)
    assert "latin-word" in codes(issue)  # another finding of the same line
    changed = text.replace("清查（险段", "清查（各险段")
    assert "unbalanced" in codes(convert(folder_of(tmp_path, changed, facts)))


def test_an_error_is_not_confirmed_away(tmp_path: Path) -> None:
    text = text_of(NOTICE, RULES)
    facts = confirmed("document-without-entry", line_of(text, f"# {TITLE}"), TITLE)
    assert "document-without-entry" in codes(convert(folder_of(tmp_path, text, facts)))


BODY = (
    "# 某某市人民政府关于防汛的通知\n\n某府发〔2024〕3号\n\n各区人民政府：\n\n"
    "一、总体要求\n\n清查险段，加固堤防，\n\n保证行洪畅通\n\n二、职责分工\n\n"
    "水务局负责巡查  应急局负责抢险\n\n序号\t事项\t单位\n1\t巡查\t水务局\n2 抢修 供电局\n\n"
    "以上各项某某市人民政府公报 2024年第2期 请遵照执行。\n\n"
    "附件：物资清单\n\n某某市人民政府\n\n2024年3月5日\n\n防汛物资清单\n\n麻袋一千条，铁锹二百把，雨衣二百件，"
    "手电筒一百支，救生衣一百件，橡皮艇四艘。\n"
)


def read_with(tmp_path: Path, *decided: tuple[str, str]) -> Issue:
    """Convert one notice with decisions, each of them (begins, text)."""
    text = text_of(NOTICE, body=BODY).replace(ENTRIES[NOTICE], "某某市人民政府关于防汛的通知…1\n")
    facts = "".join(decision(line_of(text, words), begins, words) for begins, words in decided)
    return convert(folder_of(tmp_path, text, facts))


def outline(issue: Issue) -> list[str]:
    """Give the blocks of all documents: kind and text."""
    return [
        f"table {block.rows}"
        if isinstance(block, Table)
        else f"{block.kind if isinstance(block, Paragraph) else 'heading'} {block.text}"
        for document in issue.documents
        for block in document.all_blocks()
    ]


def errors(issue: Issue) -> list[str]:
    return [d.message for d in issue.diagnostics if d.severity == "error"]


def test_a_decided_heading_is_one_whatever_its_form(tmp_path: Path) -> None:
    issue = read_with(tmp_path, ("heading", "水务局负责巡查  应急局负责抢险"))
    assert "heading 水务局负责巡查应急局负责抢险" in outline(issue)
    assert errors(issue) == []


def test_a_decided_paragraph_is_no_heading_and_is_joined_to_nothing(tmp_path: Path) -> None:
    assert "paragraph 清查险段，加固堤防，保证行洪畅通" in outline(read_with(tmp_path))
    issue = read_with(tmp_path, ("paragraph", "保证行洪畅通"), ("paragraph", "二、职责分工"))
    assert "paragraph 保证行洪畅通" in outline(issue)
    assert "paragraph 二、职责分工" in outline(issue)
    assert errors(issue) == []


@pytest.mark.guarantee("apply_decisions", 1)
def test_a_decision_within_a_line_splits_it_there(tmp_path: Path) -> None:
    issue = read_with(tmp_path, ("paragraph", "应急局负责抢险"))
    listed = outline(issue)
    at = listed.index("paragraph 水务局负责巡查")
    assert listed[at + 1] == "paragraph 应急局负责抢险"
    assert errors(issue) == []


def test_a_decided_join_overrules_every_clue(tmp_path: Path) -> None:
    issue = read_with(tmp_path, ("joined", "水务局负责巡查  应急局负责抢险"))
    assert "heading 二、职责分工水务局负责巡查应急局负责抢险" in outline(issue)
    assert [e.clue for e in issue.ledger if e.rule == "join_cut_paragraphs"] == [
        "comma",
        "decision",
    ]
    assert errors(issue) == []


def test_rows_and_cells_are_decided(tmp_path: Path) -> None:
    row = "2 抢修 供电局"
    issue = read_with(tmp_path, ("row", row), ("cell", "抢修"), ("cell", "供电局"))
    assert any("('2', '抢修', '供电局')" in listed for listed in outline(issue))
    assert errors(issue) == []


@pytest.mark.guarantee("apply_decisions", 2)
def test_decided_furniture_leaves_the_sentence_and_stands_in_the_ledger(tmp_path: Path) -> None:
    furniture = "某某市人民政府公报 2024年第2期"
    issue = read_with(tmp_path, ("furniture", furniture))
    assert "paragraph 以上各项请遵照执行。" in outline(issue)
    assert [e.before for e in issue.ledger if e.rule == "decided_furniture"] == [furniture]
    assert errors(issue) == []


def test_a_decided_attachment_begins_at_its_line_with_its_title(tmp_path: Path) -> None:
    facts = ("attachment", "防汛物资清单")
    assert len(read_with(tmp_path).documents[0].attachments) == 1
    issue = read_with(tmp_path, facts)
    assert len(issue.documents[0].attachments) == 1
    issue = read_with(tmp_path, ("attachment", "二、职责分工"))
    assert len(issue.documents[0].attachments) == 2
    first = issue.documents[0].attachments[0]
    assert first.lines.first == line_of(issue.source.text, "二、职责分工")


def test_a_decided_title_line_joins_the_title(tmp_path: Path) -> None:
    text = text_of(NOTICE, body=BODY.replace("通知\n\n某府发", "通知\n\n（试行稿）\n\n某府发"))
    text = text.replace(ENTRIES[NOTICE], "某某市人民政府关于防汛的通知…1\n")
    facts = decision(line_of(text, "（试行稿）"), "title", "（试行稿）")
    issue = convert(folder_of(tmp_path, text, facts))
    assert issue.documents[0].title == "某某市人民政府关于防汛的通知（试行稿）"
    assert str(issue.documents[0].number) == "某府发〔2024〕3号"


@pytest.mark.guarantee("apply_decisions", 3)
def test_a_decision_that_does_nothing_stops_publication(tmp_path: Path) -> None:
    issue = read_with(tmp_path, ("row", "2 抢修 供电局"), ("joined", "以上各项"))  # under a table
    assert any("没有作用" in message for message in errors(issue))


CHRONICLE = (
    "二〇二四年三月大事记\n\n三月一日，市人民政府召开全体会议，研究部署防汛、春耕和安全生产工作。\n\n"
    "三月八日，市领导到社区走访慰问，并检查了两处在建的水利工程。\n"
)


def test_a_text_behind_the_date_that_nobody_announces_stops_publication(tmp_path: Path) -> None:
    text = text_of(NOTICE, body=NOTICE + CHRONICLE)
    issue = convert(folder_of(tmp_path, text))
    assert [(d.code, d.lines.first) for d in issue.diagnostics if d.severity == "error"] == [
        ("attachment-unannounced", line_of(text, "大事记"))
    ]


@pytest.mark.parametrize(("begins", "documents"), [("document", 2), ("attachment", 1)])
def test_a_decision_says_whether_it_is_a_document_or_an_attachment(
    tmp_path: Path, begins: str, documents: int
) -> None:
    text = text_of(NOTICE, body=NOTICE + CHRONICLE)
    facts = decision(line_of(text, "大事记"), begins, "二〇二四年三月大事记")
    issue = convert(folder_of(tmp_path, text, facts))
    assert errors(issue) == []
    assert len(issue.documents) == documents


def test_a_plan_that_the_notice_announces_under_a_misread_title_is_an_attachment(
    tmp_path: Path,
) -> None:
    plan = "防讯工作预案\n\n一、巡查堤防。各区每日巡查一次，遇险即报，不得拖延。\n\n"
    plan += "二、储备物资。各区备足麻袋、铁锹。\n"
    announced = NOTICE.replace("请清查险段。", "请按照《防汛工作预案》清查险段。") + plan
    issue = convert(folder_of(tmp_path, text_of(NOTICE, body=announced)))
    assert errors(issue) == []
    assert [a.title for a in issue.documents[0].attachments] == ["防讯工作预案"]


def test_text_behind_the_date_of_an_attachment_stops_publication(tmp_path: Path) -> None:
    plan = "附件\n\n# 值守方案\n\n各单位轮流值守。\n\n某某市水务局\n\n2024年4月1日\n\n"
    text = text_of(NOTICE, body=NOTICE + plan + CHRONICLE)
    issue = convert(folder_of(tmp_path, text))
    assert [(d.code, d.lines.first) for d in issue.diagnostics if d.severity == "error"] == [
        ("text-after-close", line_of(text, "大事记"))
    ]
    facts = decision(line_of(text, "大事记"), "document", "二〇二四年三月大事记")
    assert errors(convert(folder_of(tmp_path, text, facts))) == []


@pytest.mark.parametrize(
    "line",
    [
        "（完）",
        "责任编辑：张某\n\n印刷：某某市印刷厂\n\n地址：某某市某某路一号",
    ],
)
def test_an_imprint_or_a_stray_line_behind_the_last_date_is_a_warning(
    tmp_path: Path, line: str
) -> None:
    text = text_of(NOTICE, body=f"{NOTICE}{line}\n")
    issue = convert(folder_of(tmp_path, text))
    assert errors(issue) == []
    found = [d for d in issue.diagnostics if d.code == "line-after-close"]
    assert [d.lines.first for d in found] == [line_of(text, line.split("\n")[0])]


def test_decided_furniture_copied_with_its_hashes_takes_nothing_else(tmp_path: Path) -> None:
    text = text_of(NOTICE, body=NOTICE.replace("请清查险段。", "# 公报书眉请清查险段。"))
    facts = decision(line_of(text, "公报书眉"), "furniture", "# 公报书眉")
    issue = convert(folder_of(tmp_path, text, facts))
    assert "请清查险段。" in {line.partition(" ")[2] for line in outline(issue)}


@pytest.mark.parametrize(
    ("line", "words", "begins"),
    [
        ("各区要落实责任<br>补充说明", "补充说明", "heading"),
        ("各区要落实责任。<br>补充说明<br>从四月起执行。", "从四月起执行", "paragraph"),
        ("各区要落实责任。![](a.png)补充说明", "补充说明", "heading"),
        ("各区要落实责任。<br>补充说明", "落实责任", "paragraph"),
        ("各区要落实责任。<br/>某某市公报 第2期", "某某市公报 第2期", "furniture"),
    ],
)
def test_a_decision_reaches_each_piece_of_a_line_that_markup_breaks(
    line: str, words: str, begins: str, tmp_path: Path
) -> None:
    text = text_of(NOTICE, body=NOTICE.replace("请清查险段。", f"请清查险段。\n\n{line}"))
    assert line in text
    facts = decision(line_of(text, line), begins, words)
    issue = convert(folder_of(tmp_path, text, facts))
    assert "decision-unused" not in codes(issue)
    if begins == "furniture":
        assert [e.before for e in issue.ledger if e.rule == "decided_furniture"] == [words]
        return
    blocks = [b for d in issue.documents for b in d.all_blocks() if not isinstance(b, Table)]
    block = next(b for b in blocks if b.evidence.decided)
    assert block.text.startswith(words)
    assert block.evidence.decided == begins


def test_a_decision_whose_text_is_in_no_piece_of_its_line_is_named(tmp_path: Path) -> None:
    line = "各区要落实责任。<br>补充说明"
    text = text_of(NOTICE, body=NOTICE.replace("请清查险段。", f"请清查险段。\n\n{line}"))
    facts = decision(line_of(text, line), "heading", "责任。<br>补充")
    assert codes(convert(folder_of(tmp_path, text, facts))).count("decision-unused") == 1


TWICE = """\
示范市人民政府公报

目  录

示范市人民政府关于种树的意见 ..... 2

# 示范市人民政府关于种树的意见

示府发〔2024〕5号

各区人民政府：

请种树。
"""


def test_a_title_belongs_to_one_document_though_another_is_decided_below_it(
    tmp_path: Path,
) -> None:
    head = "# 示范市人民政府关于种树的意见"
    facts = (
        decision(line_of(TWICE, head), "title", head)
        + decision(line_of(TWICE, "示府发"), "furniture", "示府发〔2024〕5号")
        + decision(line_of(TWICE, "各区"), "document", "各区人民政府：")
    )
    titles = [document.title for document in convert(folder_of(tmp_path, TWICE, facts)).documents]
    assert titles == ["示范市人民政府关于种树的意见", "各区人民政府："]
