"""Documents are found by their heads; the contents and the text are compared."""

from __future__ import annotations

import pytest

from fuzz.checks import read
from generator.model import Diagnostic, Issue, Paragraph
from generator.stages.parse.heads import CLUES, Head, find_heads, judge
from generator.stages.parse.lines import read_lines

FRONT = "某某市人民政府公报\n\n2024年第2期（总第8期）\n\n"
NOTICE = """\
# 某某市人民政府关于加强防汛工作的通知

某府发〔2024〕3号

各区人民政府：

请清查险段。

某某市人民政府
2024年4月2日

"""
OPINION = """\
# 某某市人民政府办公室关于支持夜间经济的意见

某府办发〔2024〕9号

各区人民政府：

提出以下意见。

某某市人民政府办公室
2024年4月9日

"""
RULES = """\
某某市养犬管理规定

（2024年4月1日某某市人民政府令第5号公布）

第一条　为了规范养犬行为，制定本规定。

第二条　本规定自2024年6月1日起施行。

"""
ENTRIES = {
    NOTICE: "某某市人民政府关于加强防汛工作的通知 ...... 2\n",
    OPINION: "某某市人民政府办公室关于支持夜间经济的意见 ...... 4\n",
    RULES: "某某市养犬管理规定 ...... 7\n",
}


def issue_of(*listed: str, text: str = NOTICE + OPINION + RULES) -> Issue:
    return read(f"{FRONT}目  录\n\n{''.join(ENTRIES[part] for part in listed)}\n{text}")


def errors(issue: Issue) -> list[tuple[str, int]]:
    found: list[Diagnostic] = [d for d in issue.diagnostics if d.severity == "error"]
    return [(d.code, d.lines.first) for d in found]


def heads(text: str) -> list[Head]:
    return list(find_heads(read_lines(text)))


def test_contents_that_list_all_documents_draw_no_error() -> None:
    issue = issue_of(NOTICE, OPINION, RULES)
    assert errors(issue) == []
    assert len(issue.documents) == 3


@pytest.mark.parametrize("missing", [NOTICE, OPINION, RULES], ids=["first", "middle", "last"])
def test_a_document_that_the_contents_do_not_list_is_one_of_its_own_and_an_error(
    missing: str,
) -> None:
    listed = [part for part in ENTRIES if part != missing]
    whole, issue = issue_of(*ENTRIES), issue_of(*listed)
    assert [str(d.number) for d in issue.documents] == [str(d.number) for d in whole.documents]
    assert [d.date for d in issue.documents] == [d.date for d in whole.documents]
    unlisted = next(d for d in issue.documents if d.entry is None)
    assert errors(issue) == [("document-without-entry", unlisted.lines.first)]


@pytest.mark.parametrize(
    ("damaged", "title"),
    [
        (NOTICE.replace("# ", "").replace("防汛", "防汎"), "某某市人民政府关于加强防汎工作的通知"),
        (RULES.replace("规定\n", "规走\n", 1), "某某市养犬管理规走"),
    ],
    ids=["one character, no mark", "its last character"],
)
def test_a_damaged_title_stays_that_of_its_entry(damaged: str, title: str) -> None:
    original = NOTICE if "防" in title else RULES
    text = (NOTICE + OPINION + RULES).replace(original, damaged)
    issue = issue_of(NOTICE, OPINION, RULES, text=text)
    assert errors(issue) == []
    assert title in [d.title for d in issue.documents]


def test_an_entry_without_a_document_names_the_line_that_is_most_like_it() -> None:
    text = NOTICE + RULES.replace("某某市养犬管理规定", "# 某某市城乡养犬和动物防疫若干事项")
    issue = issue_of(NOTICE, RULES, text=text)
    (found,) = (d for d in issue.diagnostics if d.code == "entry-without-document")
    assert found.severity == "error"
    assert "最像" in found.message
    assert "城乡养犬" in found.message


def test_an_issue_without_contents_gets_them_from_its_titles() -> None:
    issue = read(FRONT + NOTICE + OPINION + RULES)
    assert issue.contents_made
    assert [e.title for e in issue.contents] == [d.title for d in issue.documents]
    assert [d.code for d in issue.diagnostics] == ["no-contents"]
    assert issue.diagnostics[0].severity == "warning"
    assert issue.masthead.number == 2


def test_a_single_document_needs_no_contents() -> None:
    (document,) = read("# 某某市人民政府文件\n\n" + NOTICE).documents
    assert str(document.number) == "某府发〔2024〕3号"


def test_a_transmitted_attachment_is_no_document_of_its_own() -> None:
    text = NOTICE.replace(
        "请清查险段。", "现将《市水利局关于水库安全管理的规定》（某水发〔2024〕1号）印发给你们。"
    )
    plan = (
        "市水利局关于水库安全管理的规定\n\n某水发〔2024〕1号\n\n"
        "第一条　水库由所在地的区人民政府管理。\n\n第二条　本规定自公布之日起施行。\n"
    )
    issue = issue_of(NOTICE, text=text + plan)
    assert errors(issue) == []
    (document,) = issue.documents
    assert [a.kind for a in document.attachments] == ["transmitted"]


def test_an_annex_with_a_history_note_is_part_of_its_document() -> None:
    annex = "附件1\n\n" + RULES
    assert [judge(head).name for head in heads(NOTICE + annex)] == ["number", "labelled"]


def test_a_picture_between_number_and_title_separates_nothing() -> None:
    number = "# 某某市人民政府文件\n\n某府发〔2024〕7号\n\n![](images/a.jpg)\n\n"
    text = number + "# 某某市人民政府关于古树的通知\n\n各区人民政府：\n"
    (head,) = heads(NOTICE + text)[1:]
    assert head.title == "某某市人民政府关于古树的通知"
    assert judge(head).name == "letterhead"


def test_a_number_over_a_picture_and_a_listed_title_is_that_documents() -> None:
    number = "# 某某市人民政府文件\n\n某府办发〔2024〕9号\n\n![](images/a.jpg)\n\n"
    text = number + OPINION.replace("某府办发〔2024〕9号\n\n", "")
    _, opinion = issue_of(NOTICE, OPINION, text=NOTICE + text).documents
    assert str(opinion.number) == "某府办发〔2024〕9号"
    assert [b.kind for b in opinion.blocks if isinstance(b, Paragraph)][:4] == [
        "label", "number", "picture", "title",
    ]  # fmt: skip


def test_each_clue_has_a_name_of_its_own() -> None:
    names = [clue.name for clue in CLUES]
    assert len(names) == len(set(names))


def test_the_footer_of_the_document_before_is_no_part_of_a_title() -> None:
    footer = "某某市人民政府办公室\n\n2024年4月3日印发\n\n"
    title = "某某市人民攻府办公室关于支持夜间经济的意见"
    text = OPINION.replace("# 某某市人民政府办公室关于", "某某市人民攻府办公室关于")
    issue = issue_of(NOTICE, OPINION, text=NOTICE + footer + text)
    assert errors(issue) == []
    assert [d.title for d in issue.documents][1] == title


def test_two_documents_of_one_title_are_two() -> None:
    other = NOTICE.replace("〔2024〕3号", "〔2024〕4号")
    issue = issue_of(NOTICE, text=NOTICE + other)
    assert [str(d.number) for d in issue.documents] == ["某府发〔2024〕3号", "某府发〔2024〕4号"]
    assert [code for code, _ in errors(issue)] == ["document-without-entry"]


def test_a_table_above_a_title_is_no_part_of_it() -> None:
    (_, head) = heads(NOTICE + "税率表\n\n续表\n\n" + RULES)
    assert head.title == "某某市养犬管理规定"


def test_a_number_beside_no_title_is_an_error_at_its_line() -> None:
    broken = OPINION.replace(
        "# 某某市人民政府办公室关于支持夜间经济的意见\n\n", "天于支待夜间经济的意贝\n\n"
    )
    issue = issue_of(NOTICE, text=NOTICE + broken)
    (found,) = (d for d in issue.diagnostics if d.code == "number-astray")
    assert "某府办发〔2024〕9号" in found.message
    assert found.severity == "error"


@pytest.mark.parametrize(
    ("joined", "number"),
    [
        ("某府发〔2024〕3号请各区清查险段。", "某府发〔2024〕3号"),
        ("某府发〔2024〕3号文件印发以来，各区清查险段。", "None"),
    ],
)
def test_a_number_joined_to_the_text_is_the_documents_unless_the_text_cites_it(
    joined: str, number: str
) -> None:
    text = NOTICE.replace("某府发〔2024〕3号\n\n各区人民政府：\n\n请清查险段。", joined)
    (document,) = issue_of(NOTICE, text=text).documents
    assert str(document.number) == number


def test_a_picture_without_a_caption_may_stand_above_a_title() -> None:
    issue = issue_of(NOTICE, OPINION, text=NOTICE + "![](images/seal.png)\n\n" + OPINION)
    assert errors(issue) == []
    assert len(issue.documents) == 2


ARTICLES = (
    "第一章　总则\n\n第一条　为了加强管理，制定本办法。\n\n第二条　本办法自公布之日起施行。\n\n"
)


def test_a_regulation_below_another_ones_articles_is_a_document_of_its_own() -> None:
    text = FRONT + "某某市养犬管理规定\n\n" + ARTICLES + "某某市停车管理办法\n\n" + ARTICLES
    heads = [head for head in find_heads(read_lines(text)) if judge(head).verdict == "document"]
    assert [(head.title, judge(head).name) for head in heads] == [
        ("某某市停车管理办法", "articles-again")
    ]


def test_a_regulation_that_a_notice_transmits_is_a_part_of_it_even_if_misread() -> None:
    notice = NOTICE.replace("请清查险段。", "现将《某某市养犬管理规定》印发给你们。")
    text = FRONT + notice + "某某市养大管理规定\n\n" + ARTICLES
    assert [judge(head).name for head in find_heads(read_lines(text))] == ["number", "transmitted"]


def test_the_label_of_a_figure_makes_no_attachment_of_a_regulation_below_it() -> None:
    text = (
        FRONT
        + NOTICE
        + "附图：\n\n某某市停车管理办法\n（2024年5月1日某某市人民政府公布）\n\n"
        + ARTICLES
    )
    assert [judge(head).name for head in find_heads(read_lines(text))] == ["number", "history"]


ANNOUNCEMENT = """\
某某市人民政府
关于禁止燃放烟花爆竹的通告

为了公共安全，现将有关事项通告如下：

一、城区内禁止燃放。

某某市人民政府
2024年4月20日

"""


def test_an_announcement_without_number_and_addressees_begins_with_its_formula() -> None:
    alone = read(ANNOUNCEMENT)
    assert [document.title for document in alone.documents] == [
        "某某市人民政府关于禁止燃放烟花爆竹的通告"
    ]
    issue = issue_of(NOTICE, text=NOTICE + ANNOUNCEMENT)
    assert errors(issue) == [("document-without-entry", 20)]
    assert [document.title for document in issue.documents][1:] == [
        "某某市人民政府关于禁止燃放烟花爆竹的通告"
    ]


def test_a_formula_within_a_document_begins_no_other() -> None:
    issue = issue_of(
        NOTICE, text=NOTICE.replace("请清查险段。", "某某市人民政府通告\n\n有关事项如下：")
    )
    assert len(issue.documents) == 1
    assert not errors(issue)
