"""Numerals: whole numbers below 10,000 and the digits of a year are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.numerals import ZEROS, parse_numeral, parse_year

ONES = "一二三四五六七八九"


def spell(number: int) -> str:
    """Write a number below 10,000 as documents print it: 103 → 一百零三, 1002 → 一千零二."""
    text, skipped = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            text += "零" if skipped and text else ""
            text += ("" if scale == 10 and digit == 1 and not text else ONES[digit - 1]) + name
        skipped = not digit
    return text


@given(st.integers(1, 9999))
def test_a_numeral_is_read_in_chinese_and_in_digits(number: int) -> None:
    assert parse_numeral(spell(number)) == number
    assert parse_numeral(str(number)) == number
    assert parse_numeral(str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")))


@pytest.mark.parametrize(
    ("text", "number"), [("廿五", 25), ("卅", 30), ("两", 2), ("百", 100), ("十", 10)]
)
def test_short_ways_to_write_a_numeral(text: str, number: int) -> None:
    assert parse_numeral(text) == number


@pytest.mark.parametrize("text", ["", "甲", "一万", "第三"])
def test_other_words_are_no_numerals(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize("zero", ZEROS)
def test_a_year_is_read_with_any_zero(zero: str) -> None:
    assert parse_year(f"二{zero}一 六") == 2016
