"""The tree of provisions: labels, names and aliases of blocks, and the same in Akoma Ntoso."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.formats.akoma_ntoso import akoma_ntoso
from generator.model import Gazette, Issue
from generator.model.provisions import Provisions, provisions_of
from generator.stages.check import diagnose
from generator.stages.citations import find_citations
from generator.stages.extract import extract
from tests.case_files import normalized

TITLE = "某市停车管理办法"
RANKS = {"article": "条", "paragraph": "款", "subparagraph": "项", "point": "目"}


def converted(body: str, title: str = TITLE) -> Issue:
    return extract(find_citations(normalized(body, title)), None)


def tree_of(*paragraphs: str, title: str = TITLE) -> Provisions:
    return provisions_of(converted("\n\n".join(paragraphs), title).documents[0])


def labels(tree: Provisions) -> dict[str, str]:
    return {anchor: place.label for anchor, place in tree.places.items() if place.label}


LISTS = (
    "第一条 有下列情形之一的，予以处理：",
    "（一）占用道路；",
    "（二）损坏设施。",
    "对前款处理不服的，可以申请复议；复议期间具有下列情形的，停止执行：",
    "（一）申请人要求；",
    "（二）复议机关认为需要。",
    "当事人应当履行决定。",
    "第二条 本办法自公布之日起施行。",
)


@pytest.mark.guarantee("provisions", 1)
def test_a_paragraph_behind_items_is_the_next_paragraph_of_the_article() -> None:
    assert labels(tree_of(*LISTS)) == {
        "a1": "第一条",
        "a1-1": "第一条第一款第（一）项",
        "a1-2": "第一条第一款第（二）项",
        "a1-2-p2": "第一条第二款",
        "a1-1-b2": "第一条第二款第（一）项",
        "a1-2-b2": "第一条第二款第（二）项",
        "a1-2-b2-p2": "第一条第三款",
        "a2": "第二条",
    }


@pytest.mark.guarantee("extract", 3)
def test_published_anchors_stay_and_names_become_further_addresses() -> None:
    document = converted("\n\n".join(LISTS)).documents[0]
    assert document.aliases == {
        "a1-p2": "a1-2-p2", "a1-p2-1": "a1-1-b2", "a1-p2-2": "a1-2-b2", "a1-p3": "a1-2-b2-p2",
    }  # fmt: skip


@pytest.mark.guarantee("provisions", 3)
def test_an_item_of_either_list_is_found_by_its_paragraph_alone() -> None:
    find = tree_of(*LISTS).anchors.find
    assert find(("a1-p2-1", "a1-p2", "a1")) == "a1-1-b2"
    assert find(("a1-p1-1", "a1-1", "a1")) == "a1-1"
    assert find(("a1-1", "a1")) == "a1"  # 第一条第（一）项 may be either
    assert find(("a1-p9", "a1")) == "a1"


@pytest.mark.guarantee("provisions", 4)
def test_an_inserted_article_stands_for_itself_behind_its_number() -> None:
    issue = converted(
        "第一条 总的规定。\n\n第一条之一 另有规定的：\n\n（一）从其规定；\n\n（二）不适用。\n\n"
        "第一条之二 前条除外。\n\n第二条 前条除外。"
    )
    tree = provisions_of(issue.documents[0])
    assert labels(tree) == {
        "a1": "第一条", "a1-b2": "第一条之一", "a1-b2-1": "第一条之一第（一）项",
        "a1-b2-2": "第一条之一第（二）项", "a1-b3": "第一条之二", "a2": "第二条",
    }  # fmt: skip
    codes = {d.code for d in diagnose(issue, {}).diagnostics}
    assert not codes & {"number-repeat", "number-gap"}


def test_an_inserted_article_without_the_one_before_it_is_found_by_its_own_name() -> None:
    tree = tree_of("第二条 规定。", "第三条之二 规定。", "第四条 规定。")
    assert labels(tree)["a3"] == "第三条之二"
    assert tree.anchors.find(("a3-b3",)) == "a3"
    assert tree.anchors.find(("a3",)) == ""
    assert tree.aliases() == {"a3-b3": "a3"}


def test_an_article_printed_twice_is_none_that_a_text_could_mean() -> None:
    tree = tree_of("第一条 规定。", "第二条 甲。", "第二条 乙。", "第三条 规定。")
    assert tree.anchors.find(("a2",)) == ""
    assert tree.anchors.find(("a3",)) == "a3"


@pytest.mark.parametrize("repeated", ["第一条之一 再规定。", "第一条 再规定。"])
def test_a_repeated_article_is_still_reported(repeated: str) -> None:
    body = f"第一条 规定。\n\n第一条之一 规定。\n\n{repeated}\n\n第二条 规定。"
    codes = [d.code for d in diagnose(converted(body), {}).diagnostics]
    assert "number-repeat" in codes


def test_each_paragraph_has_a_list_of_its_own() -> None:
    body = "第一条 处理：\n\n（一）甲。\n\n对前款不服的，可以申请：\n\n（一）复议。\n\n第二条 略。"
    assert "number-repeat" not in [d.code for d in diagnose(converted(body), {}).diagnostics]


def test_only_names_that_differ_are_kept() -> None:
    tree = tree_of("第一条 处理：", "（一）甲；", "（二）乙。", "第二条 略。")
    assert tree.names == {}
    assert tree.anchors.find(("a1-p1-2",)) == "a1-2"


@pytest.mark.guarantee("provisions", 2)
def test_what_stands_inside_a_list_is_a_part_of_the_item_above_it() -> None:
    tree = tree_of(
        "第一条 保护下列区域：", "（一）湿地；", "（二）珍稀动物的下列区域：", "繁殖的地区；",
        "越冬的地区。", "（三）森林。", "第二条 依照本办法。",
    )  # fmt: skip
    assert [*labels(tree).values()] == [
        "第一条", "第一条第（一）项", "第一条第（二）项", "第一条第（二）项第2段",
        "第一条第（二）项第3段", "第一条第（三）项", "第二条",
    ]  # fmt: skip


def test_items_and_subitems_have_the_names_of_the_norm() -> None:
    tree = tree_of(
        "第一编 总则", "第一章 原则", "第一条 适用于下列单位：", "（一）机关，包括：",
        "1. 行政机关；", "2. 司法机关。", "（二）团体。", "第二章 范围", "第一节 地域",
        "第二条 为了测试。", "第一千零二条 为了测试。",
    )  # fmt: skip
    assert labels(tree) == {
        "b1": "第一编", "b1-c1": "第一编第一章", "a1": "第一条", "a1-1": "第一条第（一）项",
        "a1-1-1": "第一条第（一）项第1目", "a1-1-2": "第一条第（一）项第2目",
        "a1-2": "第一条第（二）项", "b1-c2": "第一编第二章", "b1-c2-j1": "第一编第二章第一节",
        "a2": "第二条", "a1002": "第一千零二条",
    }  # fmt: skip
    assert tree.anchors.find(("c2-j1", "c2")) == "b1-c2-j1"
    assert tree.anchors.find(("a1-1-2", "a1-1", "a1")) == "a1-1-2"


def test_numbers_of_old_regulations_are_paragraphs_and_items() -> None:
    tree = tree_of(
        "第一条 待遇如下：", "甲、在职的：", "一、发给工资；", "二、供给医药。", "乙、退职的。",
        "第二条 办法如下：", "一、先行登记；", "二、再行发给。",
    )  # fmt: skip
    assert [*labels(tree).values()] == [
        "第一条", "第一条甲款", "第一条甲款第一项", "第一条甲款第二项", "第一条乙款", "第二条",
        "第二条第一项", "第二条第二项",
    ]  # fmt: skip


def test_a_text_without_articles_is_cited_by_its_printed_numbers() -> None:
    tree = tree_of(
        "为了测试。", "一、总体要求", "（一）目标。到明年完成。", "另行安排。", "1. 登记。",
        title="某市人民政府关于停车的意见",
    )  # fmt: skip
    assert labels(tree) == {
        "p1": "第1段", "s1": "一", "s1-1": "一、（一）", "s1-1-p2": "一、（一）第2段",
        "s1-1-1": "一、（一）1",
    }  # fmt: skip


def test_decimal_numbers_say_the_numbers_above_themselves() -> None:
    tree = tree_of(
        "1 总则", "1.1 编制目的", "为了测试。", "1.2 依据", "2 响应", "2.1 分级", "2.1.1 一级",
        title="某市防汛预案",
    )  # fmt: skip
    assert [*labels(tree).values()] == [
        "1", "1.1", "1.1第1段", "1.2", "2", "2.1", "2.1.1",
    ]  # fmt: skip


PLAN = """现将《某市旅游规划》印发给你们。

某市人民政府

2024年1月7日

某市旅游规划

一、总体要求

坚持稳中求进。

附件：1. 重点项目表
2. 责任分工表

附件1

重点项目表

第一条 建设。

附件2

责任分工表

一、市财政局负责。"""


def test_annexes_behind_a_plan_are_counted_without_the_plan() -> None:
    title = "某市人民政府关于印发某市旅游规划的通知"
    tree = tree_of(PLAN, title=title)
    for scope in ("f1-", ""):
        found = [tree.anchors.find((f"f{n}",), scope) for n in (1, 2, 3)]
        assert found == (["f2", "f3", ""] if scope else ["", "", ""])
    assert tree.label("f2-a1") == "附件1第一条"


def akn_ranks(root: Any, anchor: str) -> list[str]:
    """Name the elements around an anchor, from its article inwards."""
    (element,) = root.xpath("//*[@eId=$anchor]", anchor=anchor)
    names: list[str] = []
    while element is not None and (not names or names[-1] != "条"):
        names += filter(None, [RANKS.get(etree.QName(element).localname, "")])
        element = element.getparent()
    return names[::-1]


PIECE = st.sampled_from([
    "第{n}条 规定如下：", "第{n}条之一 另行规定。", "（一）甲；", "（二）乙。", "（三）丙：",
    "1. 子；", "2. 丑。", "对前款不服的，可以申请。", "应当公告。",
    "第一章 总则", "一、登记。", "甲、在职。",
])  # fmt: skip


@given(pieces=st.lists(PIECE, max_size=14))
def test_label_anchor_and_akoma_ntoso_say_the_same(pieces: list[str]) -> None:
    numbered = [piece.format(n="一二三四五六七八九"[k // 2]) for k, piece in enumerate(pieces)]
    issue = converted("\n\n".join(["第九十条 规定。", *numbered]))
    links = resolve_citations([summarise(issue)])
    for document in issue.documents:
        tree = provisions_of(document)
        root = etree.fromstring(akoma_ntoso(document, issue, Gazette("case", "示范"), links))
        assert {*tree.places} == {block.anchor for block in document.all_blocks()}
        for anchor, place in tree.places.items():
            if not place.article:
                continue
            label = place.label.removeprefix(tree.label(place.article))
            said = [rank for rank in "款项目" if re.search(rf"{rank}(?!项)", label)]
            ranks = akn_ranks(root, anchor)[1:]
            if place.paragraph == 1 and "第一款" in label:
                said.remove("款")  # the first 款 is the article's own text
            assert [*dict.fromkeys(ranks)] == said, (anchor, place)
            found = tree.anchors.find((place.name,)) if place.name else anchor
            assert found in (anchor, "")


@given(pieces=st.lists(PIECE, max_size=14))
def test_no_two_provisions_have_one_name(pieces: list[str]) -> None:
    numbered = [piece.format(n="一二三四五六七八九"[k // 2]) for k, piece in enumerate(pieces)]
    document = converted("\n\n".join(["第九十条 规定。", *numbered])).documents[0]
    tree = provisions_of(document)
    for alias, anchor in tree.aliases().items():
        assert alias not in tree.places
        assert tree.places[anchor].name == alias
        assert tree.anchors.find((alias,)) == anchor
