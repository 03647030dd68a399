"""A held text as a decision changes it: every operation in its place, or the reason why not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive.consolidate import consolidate
from generator.archive.provision_tree import (
    Article,
    ProvisionTree,
    article_digests,
    read_tree,
    text_digest,
)
from tests.case_files import normalized
from tests.stages.test_amendments import document_of

RULES = """第一章 总则

第一条 为了加强停车管理，制定本办法。

第二条 市城管局负责停车管理，市城管局所属机构承担具体工作。

第二章 停车场

第三条 停车场应当公布收费标准。

停车场不得在标准之外收费。

第四条 停车场应当遵守下列规定：

（一）公布服务时间；

（二）保持整洁；

（三）不得限定时间。

第五条 违反第三条规定的，处五百元罚款。

第六条 本办法自公布之日起施行。"""


def tree_of() -> ProvisionTree:
    tree = read_tree(normalized(RULES, "示范市停车管理办法").documents[0])
    assert tree
    return tree


def changed(decision: str) -> tuple[list[str], list[str]]:
    """Give the articles after a decision, in one line each, and the reasons against it."""
    tree = tree_of()
    reasons = consolidate(tree, document_of(decision).amendments)
    articles = ["|".join((a.head.strip("\u3000 "), *a.texts)) for a in tree.articles() if a.texts]
    return articles, list(reasons.values())


def after(decision: str) -> list[str]:
    articles, reasons = changed(decision)
    assert reasons == []
    return articles


def test_a_new_article_and_new_numbers() -> None:
    found = after(
        "一、增加一条，作为第五条：“停车场应当预留车位。”\n\n二、第五条改为第六条，修改为："
        "“违反第三条规定的，处一千元罚款。”\n\n三、第六条改为第七条。"
    )
    assert found[4:] == [
        "第五条|停车场应当预留车位。",
        "第六条|违反第三条规定的，处一千元罚款。",
        "第七条|本办法自公布之日起施行。",
    ]


def test_articles_are_counted_through_if_the_decision_says_so() -> None:
    found = after(
        "一、删去第四条。\n\n二、增加一条，作为第五条：“甲。”\n\n三、条文顺序作相应调整。"
    )
    assert [article.partition("|")[0] for article in found] == [
        "第一条", "第二条", "第三条", "第四条", "第五条", "第六条",
    ]  # fmt: skip
    assert found[3:5] == ["第四条|违反第三条规定的，处五百元罚款。", "第五条|甲。"]


def test_an_article_between_two_keeps_the_numbers_of_both() -> None:
    found = after("一、在第五条后增加一条，作为第五条之一：“甲。”")
    assert found[4:] == [
        "第五条|违反第三条规定的，处五百元罚款。",
        "第五条之一|甲。",
        "第六条|本办法自公布之日起施行。",
    ]  # fmt: skip


def test_a_new_paragraph_goes_between_those_of_the_article() -> None:
    found = after("一、第三条增加一款，作为第二款：“甲。”")
    assert found[2] == "第三条|停车场应当公布收费标准。|甲。|停车场不得在标准之外收费。"


def test_a_new_first_paragraph_takes_the_number_of_the_article() -> None:
    found = after("一、第三条增加一款，作为第一款：“甲。”")
    assert found[2] == "第三条|甲。|停车场应当公布收费标准。|停车场不得在标准之外收费。"


def test_a_deleted_paragraph_is_gone_and_the_tree_still_shows_it() -> None:
    tree = tree_of()
    assert not consolidate(tree, document_of("一、删去第三条第一款。").amendments)
    article = tree.article("3")
    assert article
    assert article.texts == ("停车场不得在标准之外收费。",)
    assert [line.before for line in article.lines if not line.after] == [
        "第三条　停车场应当公布收费标准。"
    ]


def test_items_get_their_new_numbers() -> None:
    found = after("一、第四条增加一项，作为第（三）项：“（三）甲；”原第（三）项改为第（四）项。")
    assert found[3] == (
        "第四条|停车场应当遵守下列规定：|（一）公布服务时间；|（二）保持整洁；|（三）甲；"
        "|（四）不得限定时间。"
    )


def test_words_are_replaced_where_they_are_once() -> None:
    assert after("一、将第五条中的“五百元”修改为“一千元”。")[4] == (
        "第五条|违反第三条规定的，处一千元罚款。"
    )


def test_words_are_replaced_everywhere_in_the_whole_text() -> None:
    assert after("一、将“市城管局”统一修改为“市停车中心”。")[1] == (
        "第二条|市停车中心负责停车管理，市停车中心所属机构承担具体工作。"
    )


def test_marks_inside_a_quotation_become_those_of_the_text() -> None:
    assert after("一、第六条修改为：“本办法所称‘停车场’是指甲。”")[5] == (
        "第六条|本办法所称“停车场”是指甲。"
    )


REFUSED = {
    "一、将第五条中的“八百元”修改为“一千元”。": "第五条中没有“八百元”",
    "一、将第二条中的“市城管局”修改为“市停车中心”。": "第二条中有2处“市城管局”",
    "一、第九条修改为：“甲。”": "本站文本中没有、或不止一处第九条",
    "一、删去第三条第三款。": "本站文本中没有第三条第三款",
    "一、增加一条，作为第五条：“甲。”": "没有说明原来的第五条改为第几",
    "一、增加一条，作为第三条：“甲。”\n\n二、条文顺序作相应调整。": "没有说明第三条在哪一章",
    "一、删去第二条中的“市城管局所属机构承担具体工作”。": (
        "第二条删去“市城管局所属机构承担具体工作”后标点相连"
    ),
    "一、第三条增加一款：“甲。”": "没有说明增加在第三条的哪一处、作为第几",
    "一、第三条第一款末尾增加“甲”。": "没有说明标点怎样接",
    "一、增加一条，作为第九条：“甲。”": "序号不相连",
    "一、第三条修改为：“甲。": "决定的引文没有结束的引号",
}  # fmt: skip


@pytest.mark.parametrize("decision", REFUSED)
def test_an_operation_that_does_not_fit_gives_its_reason(decision: str) -> None:
    assert changed(decision)[1] == [REFUSED[decision]]


def test_the_articles_of_the_tree_have_their_chapters() -> None:
    tree = tree_of()
    chapters = {a.number: a.above for a in tree.articles()}
    assert chapters["2"] != chapters["3"]
    assert sum(not isinstance(part, Article) for part in tree.parts) == 2


def test_the_digests_of_a_summary_are_those_of_the_provisions() -> None:
    document = normalized(RULES, "示范市停车管理办法").documents[0]
    articles = tree_of().articles()
    assert article_digests(document) == tuple(
        f"{article.number}:{text_digest(article.texts)}" for article in articles
    )
    assert len(articles) == 6


WORDS = (
    *[
        "将",
        "第一条",
        "第三条",
        "第四条",
        "第九条",
        "第二款",
        "第（二）项",
        "之一",
        "第一章",
        "名称",
        "引言",
        "该条",
        "原",
        "至",
        "后",
        "前",
        "中的",
    ],
    *[
        "修改为：",
        "改为",
        "作为",
        "增加一条，",
        "增加一款，",
        "增加一项，",
        "删去",
        "合并为",
        "改为两款，",
        "末尾",
        "最后一句",
    ],
    *[
        "第二句",
        "“甲。”",
        "“停车场”",
        "“（二）乙；”",
        "“第四条\u3000丙。”",
        "“",
        "”",
        "、",
        "，",
        "。",
        "《甲办法》",
        "条文顺序作相应调整",
    ],
    *("\n\n二、", "\n\n“丁。"),
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=24))
def test_no_decision_breaks_the_reading_or_the_text(words: list[str]) -> None:
    amendments = document_of("一、" + "".join(words)).amendments
    tree = tree_of()
    before = [line.before for article in tree.articles() for line in article.lines]
    reasons = consolidate(tree, amendments)
    if not reasons:
        after_all = [line.before for a in tree.articles() for line in a.lines if line.before]
        assert sorted(after_all) == sorted(before)  # what was there is shown, as text or as deleted
        texts = [text for a in tree.articles() for text in a.texts]
        assert all(texts)
