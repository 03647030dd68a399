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
)

NAMED = {
    "第三条": [("a3",)],
    "第三条第（五）、（六）项和第八条": [("a3-5", "a3"), ("a3-6", "a3"), ("a8",)],
    "第十、十八条": [("a10",), ("a18",)],
    "第九条第二款": [("a9-p2", "a9")],
    "第三条之一": [("a3-b2",)],
    "第二章第三节": [("c2-j3", "c2")],
    "附件2": [("f2",)],
    "总则": [],
}


@pytest.mark.parametrize("text", NAMED)
def test_the_parts_that_a_text_names_are_read(text: str) -> None:
    parts = read_parts(text, 0)
    assert [part.anchors for part in parts] == NAMED[text]
    ends = [part.end for part in parts]
    assert ends == sorted(ends)
    assert not ends or ends[-1] == len(text)


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
