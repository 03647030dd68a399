"""Provisions: the parts of a document that texts name (条、款、项), and their anchors."""

from __future__ import annotations

import re

import pytest

from generator.language.provisions import (
    ANNEX_LABEL,
    BARE,
    BEFORE,
    PART_BEGIN,
    PARTS,
    read_annex_number,
    read_parts,
    words_of,
)

NAMED = {
    "第三条": [("a3",)],
    "第三条第（五）、（六）项和第八条": [("a3-5", "a3"), ("a3-6", "a3"), ("a8",)],
    "第十、十八条": [("a10",), ("a18",)],
    "第九条第二款": [("a9-p2", "a9")],
    "第三条之一": [("a3-b2",)],
    "第二章第三节": [("c2-j3", "c2")],
    "附件2": [("f2",)],
    "附件1、附件2-1和附件3": [("f1",), ("f2-1",), ("f3",)],
    "附件1至3": [("f1",), ("f2",), ("f3",)],
    "附件1、2": [("f1",), ("f2",)],
    "附表2": [("附表2",)],
    "表3": [("表3",)],
    "第三条第二款第（一）项": [("a3-p2-1", "a3-p2", "a3")],
    "第三条第一款第（一）项": [("a3-p1-1", "a3-1", "a3")],
    "第一条第（一）项第2目": [("a1-1-2", "a1-1", "a1")],
    "第二编第三章第一节": [("b2-c3-j1", "b2-c3")],
    "第五至七条": [("a5",), ("a6",), ("a7",)],
    "第5—7条": [("a5",), ("a6",), ("a7",)],
    "第五条至第七条": [("a5",), ("a6",), ("a7",)],
    "第五条第二款至第四款": [("a5-p2", "a5"), ("a5-p3", "a5"), ("a5-p4", "a5")],
    "第三、五、七条": [("a3",), ("a5",), ("a7",)],
    "第五条前段、第六条": [("a5",), ("a6",)],
    "第五条第二款但书": [("a5-p2", "a5")],
    "第十二条丙款": [("a12-3", "a12")],
    "第一千零二条": [("a1002",)],
    "第1002条": [("a1002",)],
    "总则": [],
}


@pytest.mark.parametrize("text", NAMED)
def test_the_parts_that_a_text_names_are_read(text: str) -> None:
    parts = read_parts(text, 0)
    assert [part.anchors for part in parts] == NAMED[text]
    ends = [part.end for part in parts]
    assert ends == sorted(ends)
    assert not ends or ends[-1] == len(text)


@pytest.mark.parametrize(
    "text", ["第五条件", "第二款项", "第三章程", "第七条至第五条例", "附件一式三份"]
)
def test_what_only_looks_like_a_provision_is_none(text: str) -> None:
    assert all(part.anchors[0] == "a7" for part in read_parts(text, 0))


def test_provisions_within_a_range_have_the_place_of_the_word_between() -> None:
    text = "第五条至第八条"
    named = [(text[part.start : part.end], part.anchors[0]) for part in read_parts(text, 0)]
    assert named == [("第五条", "a5"), ("至", "a6"), ("至", "a7"), ("第八条", "a8")]


def test_a_part_of_a_provision_is_told() -> None:
    assert [part.sentence for part in read_parts("第五条前段、第六条但书、第七条", 0)] == [
        "前段", "但书", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "words"),
    [("前段", "甲应当登记。"), ("后段", "乙可以登记，但丙除外。"), ("但书", "但丙除外。"),
     ("第二句", "乙可以登记，但丙除外。"),
     ("第三句", ""), ("末句", "乙可以登记，但丙除外。")],
)  # fmt: skip
def test_the_words_of_a_part_of_a_provision(sentence: str, words: str) -> None:
    assert words_of("甲应当登记。乙可以登记，但丙除外。", sentence) == words
    assert words_of("甲登记。乙登记。丙登记。", "前段") == ""


@pytest.mark.parametrize(
    ("text", "within", "names"),
    [
        ("第二款", "4-b2", ("a4-b2-p2", "a4-b2")),
        ("第（二）项", "4-p2", ("a4-p2-2", "a4-p2", "a4")),
        ("第2目", "4-p2-1", ("a4-p2-1-2", "a4-p2-1", "a4-p2", "a4")),
    ],
)
def test_a_narrow_provision_is_read_inside_the_one_around_it(
    text: str, within: str, names: tuple[str, ...]
) -> None:
    assert [part.anchors for part in read_parts(text, 0, within)] == [names]


def test_a_bare_item_belongs_to_the_article_that_names_it() -> None:
    assert [part.anchors for part in read_parts("第（二）项", 0, "4")] == [("a4-2", "a4")]


@pytest.mark.parametrize(
    ("printed", "number"), [("2", "2"), ("三", "3"), ("2－1", "2-1"), ("十二", "12")]
)
def test_an_annex_is_numbered_in_either_digits(printed: str, number: str) -> None:
    assert read_annex_number(printed) == number
    label = ANNEX_LABEL.match(f"附件{printed}")
    assert label
    assert label["number"] == printed


def test_forms_inside_a_sentence() -> None:
    assert re.fullmatch(PARTS, "第三条第二款、第五条")
    assert BARE.match("第四条、第五条")
    assert BEFORE.match("前款规定的第（二）项")
    assert not BEFORE.match("前条件")
    assert PART_BEGIN.match("第十条约定履行")
    assert not PART_BEGIN.match("第十条　本办法")  # begins an article
