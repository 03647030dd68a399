"""Latin letters of Founder typesetting are known from the ideographs in their place."""

from __future__ import annotations

import pytest

from generator.language.founder import LETTERS, find_founder_latin, read_founder_latin


def test_the_letters_are_in_the_order_of_their_codes() -> None:
    assert LETTERS["犃"] == "A"
    assert LETTERS["犌"] == "G"
    assert LETTERS["犪"] == "a"
    assert len(LETTERS) == 52


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("按照犌犅／犜９７０４—２０１２执行。", "按照GB／T９７０４—２０１２执行。"),
        ("高３５犮犿以上", "高３５cm以上"),
        ("使用犃４纸", "使用A４纸"),
        ("（犐犛犗９００１）", "（ISO９００１）"),
        ("接入犠犻犉犻网络", "接入WiFi网络"),
    ],
)
def test_words_in_such_letters_are_read(shown: str, printed: str) -> None:
    assert read_founder_latin(shown) == printed


@pytest.mark.parametrize(
    "text", ["任命张犇为局长", "犇犇公司", "GB／T 9704", "", "２０１２—２０１３"]
)
def test_other_words_stay(text: str) -> None:
    assert read_founder_latin(text) == text
    assert not list(find_founder_latin(text))


def test_a_long_run_of_digits_takes_no_time() -> None:
    assert read_founder_latin("1" * 200_000 + "年犇") == "1" * 200_000 + "年犇"
