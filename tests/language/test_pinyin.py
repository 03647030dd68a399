"""Pinyin: Chinese → Latin letters, by pypinyin's dictionary and our own table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT
from pypinyin.seg.simpleseg import seg

from generator.language.pinyin import OVERRIDES, _Pinyin, romanise

PHRASES = sorted(PHRASES_DICT)
# whole phrases, beginnings of phrases, and characters between phrases
PIECES = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(PHRASES).map(lambda phrase: phrase[:-1]),
    st.sampled_from(["〔2016〕55号", "，", "abc", "", "某", "发"]),
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_phrases_are_split_as_pypinyin_splits_them(text: str) -> None:
    if not any(name in text for name in OVERRIDES):
        assert _Pinyin().pre_seg(text) == seg(text)


@pytest.mark.parametrize("name", OVERRIDES)
def test_our_table_decides_how_a_name_is_read(name: str) -> None:
    plain = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔù", "aaaaeeeeiiiioooouuuu")
    assert romanise(name) == "".join(OVERRIDES[name]).translate(plain)


def test_a_name_of_our_table_inside_of_a_text_is_one_phrase() -> None:
    assert _Pinyin().pre_seg("安徽省亳州市") == ["安徽省", "亳州", "市"]
    assert romanise("单县人民政府") == "shanxianrenminzhengfu"
    # a longer phrase of the dictionary takes precedence
    assert _Pinyin().pre_seg("解放军") == ["解放军"]
