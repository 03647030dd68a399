"""The operations that decisions on amendment tell, and what they tell of a sentence not read."""

from __future__ import annotations

import pytest

from generator.model import Amendment, Document, Issue
from generator.stages.amend import find_amendments
from generator.stages.citations import find_citations
from tests.case_files import normalized

TITLE = "示范市人民政府关于修改《示范市停车管理办法》的决定"
OPENING = "市人民政府决定对《示范市停车管理办法》作如下修改：\n\n"
SEVERAL = "示范市人民政府关于修改部分规章的决定"


def issue_of(body: str, title: str = TITLE, opening: str = OPENING) -> Issue:
    issue = normalized(opening + body, title)
    return find_amendments(find_citations(issue))


def document_of(body: str, title: str = TITLE, opening: str = OPENING) -> Document:
    return issue_of(body, title, opening).documents[0]


def told(amendment: Amendment) -> str:
    """Write an operation in one line: kind, work if several, place, position, words."""
    parts = [amendment.kind, amendment.provision.name]
    if amendment.position:
        parts.append(f"[{amendment.position}]")
    if amendment.old:
        parts.append("/".join(amendment.old))
    if amendment.to:
        parts.append(f"→{amendment.to.name}")
    if amendment.new:
        parts.append("=" + "/".join(amendment.new))
    if amendment.others:
        parts.append("+" + "、".join(other.name for other in amendment.others))
    return " ".join(parts)


def operations(body: str) -> list[str]:
    return [told(amendment) for amendment in document_of(body).amendments]


FORMS = {
    # whole provisions
    "一、将第五条修改为：“甲。”": ["substitution 第五条 =甲。"],
    "一、第五条修改为：“第五条 甲。”": ["substitution 第五条 =甲。"],
    "一、第五条第二款修改为：“甲。”": ["substitution 第五条第二款 =甲。"],
    "一、将第五条第一款第（三）项修改为：“（三）甲；”": [
        "substitution 第五条第一款第（三）项 =（三）甲；",
    ],
    "一、第五条第一款第三项改为：“（三）甲；”": ["substitution 第五条第一款第（三）项 =（三）甲；"],
    "一、将第五条之一修改为：“甲。”": ["substitution 第五条之一 =甲。"],
    "一、将第五条第一款、第三款修改为：“甲。”“乙。”": [
        "substitution 第五条第一款 =甲。", "substitution 第五条第三款 =乙。",
    ],
    "一、将第一章章名修改为：“附加规定”。": ["substitution 第一章标题 [heading] =附加规定"],
    "一、将第一章的章名修改为“附加规定”。": ["substitution 第一章标题 [heading] =附加规定"],
    "一、将名称修改为：“示范市停车条例”。": ["substitution 名称 [heading] =示范市停车条例"],
    "一、将第六条第一款中的“甲”修改为“乙”，并将该条第二款修改为：“丙。”": [
        "replacement 第六条第一款 [words] 甲 =乙", "substitution 第六条第二款 =丙。",
    ],
    "一、第五条作如下修改：\n\n1.第一款修改为：“甲。”\n\n2.删去第二款。": [
        "substitution 第五条第一款 =甲。", "repeal 第五条第二款",
    ],
    # words
    "一、将第五条中的“甲”修改为“乙”。": ["replacement 第五条 [words] 甲 =乙"],
    "一、第五条、第七条中的“甲”改为“乙”。": [
        "replacement 第五条 [words] 甲 =乙", "replacement 第七条 [words] 甲 =乙",
    ],
    "一、将第五条第二款中“甲”、“乙”修改为“丙”。": [
        "replacement 第五条第二款 [words] 甲 =丙", "replacement 第五条第二款 [words] 乙 =丙",
    ],
    "一、将第五条中的“甲”“乙”分别修改为“丙”“丁”。": [
        "replacement 第五条 [words] 甲 =丙", "replacement 第五条 [words] 乙 =丁",
    ],
    "一、将“甲局”统一修改为“乙局”。": ["replacement 全文 [words] 甲局 =乙局"],
    "一、将条文中的“甲局”修改为“乙局”。": ["replacement 全文 [words] 甲局 =乙局"],
    "一、第五条“三年”修改为“五年”。": ["replacement 第五条 [words] 三年 =五年"],
    "一、删去第三条中的“甲”。": ["repeal 第三条 [words] 甲"],
    "一、将第三条中的“甲”删去。": ["repeal 第三条 [words] 甲"],
    "一、删去第三条第一款末尾的“甲”和第二款中的“乙”，并将第二款中的“丙”修改为“丁”。": [
        "repeal 第三条第一款 [words] 甲", "repeal 第三条第二款 [words] 乙",
        "replacement 第三条第二款 [words] 丙 =丁",
    ],
    "一、在第三条“甲”后增加“、乙”。": ["insertion 第三条 [after] 甲 =、乙"],
    "一、第三条中“甲”之前增加“乙”。": ["insertion 第三条 [before] 甲 =乙"],
    "一、在第三条末尾增加：“甲。”": ["insertion 第三条 [end] =甲。"],
    # new provisions
    "一、增加一条，作为第六条：“甲。”": ["insertion 第六条 =甲。"],
    "一、增加一条作为第六条：“第六条 甲。\n\n“乙。”": ["insertion 第六条 =甲。/乙。"],
    "一、在第三条后增加一条，作为第三条之一：“甲。”": ["insertion 第三条之一 =甲。 +第三条"],
    "一、第十条增加一款，作为第二款：“甲。”": ["insertion 第十条第二款 =甲。"],
    "一、在第十条中增加两款，作为第二款、第三款：“甲。\n\n“乙。”": [
        "insertion 第十条第二款 =甲。", "insertion 第十条第三款 =乙。",
    ],
    "一、第十条第一款增加一项，作为第（四）项：“（四）甲；”": [
        "insertion 第十条第一款第（四）项 =（四）甲；",
    ],
    "一、增加两条，分别作为第七条、第八条：\n\n“第七条 甲。\n\n“第八条 乙。\n\n“丙。”": [
        "insertion 第七条 =甲。", "insertion 第八条 =乙。/丙。",
    ],
    "一、第三条增加一款：“甲。”": ["insertion 第三条 [unplaced] =甲。"],
    # less
    "一、删去第八条。": ["repeal 第八条"],
    "一、删除第八条第二款、第九条。": ["repeal 第八条第二款", "repeal 第九条"],
    "一、第八条至第十条予以删除。": ["repeal 第八条", "repeal 第九条", "repeal 第十条"],
    # numbers
    "一、原第九条改为第十条。": ["renumbering 第九条 →第十条"],
    "一、第九条至第十一条改为第十条至第十二条。": [
        "renumbering 第九条 →第十条",
        "renumbering 第十条 →第十一条",
        "renumbering 第十一条 →第十二条",
    ],
    "一、第九条改为第十条，修改为：“甲。”": ["renumbering 第九条 →第十条 =甲。"],
    "一、将第九条改为第十条，并将其中的“甲”修改为“乙”。": [
        "renumbering 第九条 →第十条", "replacement 第九条 [words] 甲 =乙",
    ],
    "一、删去第二款，原第三款改为第二款。": None,
    "一、第五条增加一款，作为第二款：“甲。”原第二款改为第三款。": [
        "insertion 第五条第二款 =甲。", "renumbering 第五条第二款 →第五条第三款",
    ],
    "一、将第十二条至第十四条合并为第十二条，修改为：“甲。”": [
        "join 第十二条 →第十二条 =甲。 +第十三条、第十四条",
    ],
    "一、将第五条第二款改为两款，作为第二款、第三款，修改为：“甲。\n\n“乙。”": [
        "split 第五条第二款 →第五条第二款 =甲。/乙。 +第五条第三款",
    ],
    "一、条文顺序作相应调整。": ["renumbering 全文"],
    "一、此外，对条文序号作相应调整。": ["renumbering 全文"],
    "一、第十条改为第十一条，第一款中的“甲”修改为“乙”。": [
        "renumbering 第十条 →第十一条", "replacement 第十条第一款 [words] 甲 =乙",
    ],
    "一、增加一条，作为第四条：“甲。”以下条文序号依次顺延。": [
        "insertion 第四条 =甲。",
        "renumbering 全文",
    ],
    # several acts in a sentence
    "一、删去第八条，第九条改为第八条。": ["repeal 第八条", "renumbering 第九条 →第八条"],
    "一、删去第八条，第九条中的“甲”修改为“乙”。": [
        "repeal 第八条",
        "replacement 第九条 [words] 甲 =乙",
    ],
    "一、删去第三条第二款，第三款改为第二款，修改为：“甲。”": [
        "repeal 第三条第二款",
        "renumbering 第三条第三款 →第三条第二款 =甲。",
    ],
    "一、删去第八条，第九条后增加一条，作为第九条之一：“甲。”": [
        "repeal 第八条",
        "insertion 第九条之一 =甲。 +第九条",
    ],
    "一、第八条改为第九条，第十条中的“甲”删去。": [
        "renumbering 第八条 →第九条",
        "repeal 第十条 [words] 甲",
    ],
    "一、第五条中的“甲”修改为“乙”，“丙”修改为“丁”，删去“戊”。": [
        "replacement 第五条 [words] 甲 =乙", "replacement 第五条 [words] 丙 =丁",
        "repeal 第五条 [words] 戊",
    ],
    "一、第五条删去“甲”。": ["repeal 第五条 [words] 甲"],
    "一、将第三章章名“甲”修改为“乙”。": ["replacement 第三章标题 [words] 甲 =乙"],
    "一、第五条第二款最后一句修改为：“甲。”": ["substitution 第五条第二款最后一句 =甲。"],
    "一、第八条第一款第（二）项、第九条中的“甲”修改为“乙”。": [
        "replacement 第八条第一款第（二）项 [words] 甲 =乙", "replacement 第九条 [words] 甲 =乙",
    ],
    "一、将第五条：“甲。”修改为：“乙。”": ["replacement 第五条 [words] 甲。 =乙。"],
    "一、增加第五条：“甲。”": ["insertion 第五条 =甲。"],
    "一、将第六条改为第七条，修改为：“甲。”\n\n二、将第七条改为第八条。": [
        "renumbering 第六条 →第七条 =甲。", "renumbering 第七条 →第八条",
    ],
    "一、第五条第一款改为：“甲。”第二款改为：“乙。”": [
        "substitution 第五条第一款 =甲。", "substitution 第五条第二款 =乙。",
    ],
    "（一）第五条修改为：“甲。”\n\n（二）删去第六条。": [
        "substitution 第五条 =甲。",
        "repeal 第六条",
    ],
    "1. 第五条修改为：“甲。”\n\n2. 删去第六条。": ["substitution 第五条 =甲。", "repeal 第六条"],
    "一、第五条修改为：\n\n“甲。\n\n乙。”": ["substitution 第五条 =甲。/乙。"],
    "一、将第五条第（一）项中的“甲”修改为“乙”，第（二）项中的“丙”修改为“丁”。": [
        "replacement 第五条第（一）项 [words] 甲 =乙",
        "replacement 第五条第（二）项 [words] 丙 =丁",
    ],
    "一、在第一章后增加一章，作为第二章：“第二章 附加规定\n\n“第六条 甲。”": None,
    "一、第十条第三款中的“甲”删除，“乙”修改为“丙”。": [
        "repeal 第十条第三款 [words] 甲", "replacement 第十条第三款 [words] 乙 =丙",
    ],
    "一、将第二条、第三条、第五条第一款中的“甲”修改为“乙”；将第七条中的“丙”修改为“丁”。": [
        "replacement 第二条 [words] 甲 =乙", "replacement 第三条 [words] 甲 =乙",
        "replacement 第五条第一款 [words] 甲 =乙", "replacement 第七条 [words] 丙 =丁",
    ],
    "一、第三条中的“甲”、第五条第二款中的“乙”修改为“丙”。": [
        "replacement 第三条 [words] 甲 =丙",
        "replacement 第五条第二款 [words] 乙 =丙",
    ],
    "一、对第五条作出修改，将“甲”修改为“乙”。": ["replacement 第五条 [words] 甲 =乙"],
    "一、将文中“甲局”全部修改为“乙局”。": ["replacement 全文 [words] 甲局 =乙局"],
    "一、第五条第二款中的“甲”修改为“乙”，并增加一款，作为第三款：“丙。”": [
        "replacement 第五条第二款 [words] 甲 =乙",
        "insertion 第五条第三款 =丙。",
    ],
    "一、第二十条第一款第一项、第二项合并，作为第一项，修改为：“（一）甲；”": [
        "join 第二十条第一款第（一）项 →第二十条第一款第（一）项 =（一）甲； "
        "+第二十条第一款第（二）项",
    ],
    "一、第八条、第九条分别改为第九条、第十条。": [
        "renumbering 第八条 →第九条",
        "renumbering 第九条 →第十条",
    ],
    "一、第五条改为第六条，其中第二款修改为：“甲。”": [
        "renumbering 第五条 →第六条",
        "substitution 第五条第二款 =甲。",
    ],
    # quotations
    "一、第五条修改为：“本办法所称“停车场”是指甲。”": [
        "substitution 第五条 =本办法所称“停车场”是指甲。",
    ],
    "一、第五条修改为：“甲：\n\n（一）乙；\n\n（二）丙。”\n\n二、删去第六条。": [
        "substitution 第五条 =甲：/（一）乙；/（二）丙。", "repeal 第六条",
    ],
    "一、第五条修改为：“甲：\n\n“停车场”是指乙；\n\n“车位”是指丙。”\n\n二、删去第六条。": [
        "substitution 第五条 =甲：/“停车场”是指乙；/“车位”是指丙。", "repeal 第六条",
    ],
}  # fmt: skip


@pytest.mark.guarantee("find_amendments", 1)
@pytest.mark.parametrize("sentence", [s for s, wanted in FORMS.items() if wanted is not None])
def test_a_sentence_tells_its_operations(sentence: str) -> None:
    issue = issue_of(sentence)
    (document,) = issue.documents
    assert [told(a) for a in document.amendments] == FORMS[sentence]
    blocks = {block.anchor: block for block in document.blocks}
    for amendment in document.amendments:
        lines = blocks[amendment.anchor].lines
        assert lines.first <= amendment.line <= lines.last
    assert not [d for d in issue.diagnostics if d.code == "amendment-unread"]


UNREAD = (
    "一、对第五条作文字调整，删去有关内容。",
    "一、第五条修改为甲乙丙。",
    "一、第五条部分内容修改为：“甲。”",
    "一、第五条有关规定修改为：“甲。”",
    "一、第三条、第五条等条文中的“甲”修改为“乙”。",
    "一、第五条各款中的“甲”修改为“乙”。",
    "一、第五条移至第八条之后，作为第九条。",
    "一、将附件1修改为新的附表。",
    "一、删去第二款，原第三款改为第二款。",  # of which article?
    "一、增加两条，分别作为第七条、第八条：“第七条 甲。”",
    "一、第五条中的“甲”“乙”修改为“丙”“丁”“戊”。",
)


@pytest.mark.guarantee("find_amendments", 2)
@pytest.mark.parametrize("sentence", UNREAD)
def test_a_sentence_that_is_not_understood_is_reported_at_its_line_and_tells_nothing(
    sentence: str,
) -> None:
    issue = issue_of(sentence)
    found = [d for d in issue.diagnostics if d.code == "amendment-unread"]
    assert found
    assert not issue.documents[0].amendments
    lines = normalized(OPENING + sentence, TITLE).source.text.split("\n")
    assert all(lines[d.lines.first - 1].startswith("一、") for d in found)


QUIET = (
    "本决定自公布之日起施行。",
    "《示范市停车管理办法》根据本决定作相应修改，重新公布。",
    "一、停车场应当按照第五条的规定收费，不得改变用途。",
)


@pytest.mark.parametrize("sentence", QUIET)
def test_a_sentence_without_operation_is_not_reported(sentence: str) -> None:
    issue = issue_of(sentence)
    assert not issue.documents[0].amendments
    assert not [d for d in issue.diagnostics if d.code == "amendment-unread"]


def works(body: str, opening: str = "市人民政府决定：\n\n", title: str = SEVERAL) -> list[str]:
    document = document_of(body, title, opening)
    return [f"{a.work.title}: {told(a)}" for a in document.amendments]


LISTS = {
    "一、对《甲区条例》作出修改\n\n（一）第五条修改为：“甲。”\n\n（二）删去第六条。\n\n"
    "二、对《乙区办法》作如下修改：\n\n（一）将第二条中的“甲”修改为“乙”。": [
        "甲区条例: substitution 第五条 =甲。", "甲区条例: repeal 第六条",
        "乙区办法: replacement 第二条 [words] 甲 =乙",
    ],
    "一、修改《甲区条例》\n\n1.将引言修改为：\n\n“甲。”\n\n2.删除第二条、第五条。\n\n"
    "3.条文顺序作相应调整。": [
        "甲区条例: substitution 引言 =甲。", "甲区条例: repeal 第二条", "甲区条例: repeal 第五条",
        "甲区条例: renumbering 全文",
    ],
    "1.《甲区条例》第五条修改为：“甲。”\n\n2.删去《乙区办法》第八条。": [
        "甲区条例: substitution 第五条 =甲。", "乙区办法: repeal 第八条",
    ],
    "一、将《甲区条例》第三条、《乙区办法》第五条中的“甲”修改为“乙”。": [
        "甲区条例: replacement 第三条 [words] 甲 =乙",
        "乙区办法: replacement 第五条 [words] 甲 =乙",
    ],
    "一、将《甲区条例》《乙区办法》中的“甲局”修改为“乙局”。": [
        "甲区条例: replacement 全文 [words] 甲局 =乙局",
        "乙区办法: replacement 全文 [words] 甲局 =乙局",
    ],
    "一、将下列规章中的“甲局”修改为“乙局”：\n\n（一）《甲区条例》第三条、第五条；\n\n"
    "（二）《乙区办法》。": [
        "甲区条例: replacement 第三条 [words] 甲局 =乙局",
        "甲区条例: replacement 第五条 [words] 甲局 =乙局",
        "乙区办法: replacement 全文 [words] 甲局 =乙局",
    ],
    "一、《甲区条例》（2010年5月1日示府令第3号公布）\n\n（一）删去第五条。": [
        "甲区条例: repeal 第五条",
    ],
}  # fmt: skip


@pytest.mark.parametrize("body", LISTS)
def test_a_decision_on_several_documents_tells_of_each(body: str) -> None:
    assert works(body) == LISTS[body]


@pytest.mark.guarantee("find_amendments", 3)
def test_a_document_that_changes_nothing_is_not_read() -> None:
    issue = issue_of("一、第五条修改为：“甲。”", "示范市人民政府关于加强停车管理的通知", "")
    assert not issue.documents[0].amendments
    assert issue_of("一、第五条修改为：“甲。”").documents[0].amendments


def test_a_decision_whose_title_does_not_say_so_is_known_by_its_first_paragraphs() -> None:
    title = "示范市人民政府令"
    opening = "市人民政府决定对《示范市停车管理办法》作如下修改：\n\n"
    (amendment,) = document_of("一、删去第五条。", title, opening).amendments
    assert amendment.work.title == "示范市停车管理办法"


def test_the_text_of_a_law_as_amended_is_no_decision() -> None:
    title = "示范市停车管理办法（2019年修正）"
    issue = issue_of("第五条 停车场删去第三条所列车位的，作为违规。", title, "")
    assert not [d for d in issue.diagnostics if d.code == "amendment-unread"]


def test_new_provisions_may_be_printed_without_quotation_marks() -> None:
    body = (
        "一、增加两条，分别作为第七条、第八条。内容如下：\n\n第七条 停车场应当预留车位。\n\n"
        "第八条 车位不得挪用。\n\n第七条至第九条改为第九条至第十一条。\n\n二、删去第二条。"
    )
    assert operations(body) == [
        "insertion 第七条 =停车场应当预留车位。",
        "insertion 第八条 =车位不得挪用。",
        "renumbering 第七条 →第九条",
        "renumbering 第八条 →第十条",
        "renumbering 第九条 →第十一条",
        "repeal 第二条",
    ]


def test_an_amendment_of_a_law_names_the_law_by_its_title() -> None:
    document = document_of(
        "一、将水法第五条修改为：“甲。”\n\n二、水法第八条后增加一条，作为第八条之一：“乙。”",
        "中华人民共和国水法修正案（三）",
        "为了保护水源，对水法作如下修改：\n\n",
    )
    assert [(a.work.title, told(a)) for a in document.amendments] == [
        ("中华人民共和国水法", "substitution 第五条 =甲。"),
        ("中华人民共和国水法", "insertion 第八条之一 =乙。 +第八条"),
    ]


def test_a_quotation_without_its_end_costs_its_words_and_no_more() -> None:
    found = document_of("一、第五条修改为：“甲。\n\n二、删去第六条。").amendments
    assert [(told(a), a.is_whole) for a in found] == [
        ("substitution 第五条", False),
        ("repeal 第六条", True),
    ]


def test_a_sentence_is_kept_in_the_words_of_the_decision() -> None:
    (_, second) = document_of("一、第九条改为第十条，并将其中的“甲”修改为“乙”。").amendments
    assert second.sentence == "并将其中的“甲”修改为“乙”"
