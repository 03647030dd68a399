"""Types (文种): the type at the end of a title, and the other uses of the table's words."""

from __future__ import annotations

from typing import get_args

import pytest

from generator.language.document_types import (
    BARE,
    WORDS,
    Use,
    document_type,
    is_document_title,
    words,
)

TITLES = {
    "某市人民政府关于某事的通知": "通知",
    "某市停车管理办法（试行）": "办法",
    "某省人民政府令": "令",
    "某国命令": "命令",
    "某市人民政府公报": "公报",
    "关于印发《某方案》": "方案",
    "某市2016年工作要点": "",
    "关于某事的通知（某某综管综〔2010〕6号）": "",  # a list item that cites a document
    "": "",
}
DOCUMENTS = (
    "某市停车办法",
    "某省规划（2016—2020年）",
    "关于某事",
    "民法典",
    "某某宣言（修订草案）",
)
PAPERS = ("营业执照", "某某审批表", "居民身份证", "某某日报", "房屋买卖合同（示范文本）")


@pytest.mark.parametrize("title", TITLES)
def test_a_title_ends_with_its_type(title: str) -> None:
    assert document_type(title) == TITLES[title]


@pytest.mark.parametrize("title", DOCUMENTS)
def test_a_title_in_brackets_may_name_a_document(title: str) -> None:
    assert is_document_title(title)


@pytest.mark.parametrize("title", PAPERS)
def test_a_paper_is_no_document(title: str) -> None:
    assert not is_document_title(title)


@pytest.mark.parametrize("word", words("type"))
def test_each_type_is_read_and_may_be_cited(word: str) -> None:
    assert document_type(f"某某{word}") == word
    assert is_document_title(f"某某{word}")


@pytest.mark.parametrize("word", words("bare"))
def test_a_type_alone_names_nothing_outside_its_document(word: str) -> None:
    assert BARE.fullmatch(word)
    assert BARE.fullmatch(f"本实施{word}")
    assert not BARE.fullmatch(f"某市停车{word}")


def test_each_row_of_the_table_names_known_uses_once() -> None:
    known = {*get_args(Use)}
    for word, row in WORDS.items():
        uses = row.split()
        assert {*uses} <= known, word
        assert len(uses) == len({*uses}) > 0, word
    assert all(any(use in row.split() for row in WORDS.values()) for use in known)


def test_a_word_is_no_document_and_a_paper_at_once() -> None:
    assert not {*words("paper")} & {*words("type", "cited")}


def test_no_row_repeats_a_shorter_word() -> None:
    for use in ("cited", "paper"):  # the uses in which a word is searched for at the end of a title
        listed = words(use)
        doubled = {w for w in listed for other in listed if w != other and w.endswith(other)}
        assert not doubled, use
