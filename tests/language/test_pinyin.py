"""Pinyin: Chinese → Latin letters, by pypinyin's dictionary and our own table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT
from pypinyin.seg.simpleseg import seg

from generator.language.pinyin import OVERRIDES, _Pinyin, romanise, romanise_name

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


@pytest.mark.parametrize(
    ("place", "spelt"),
    [
        ("乐亭", "laoting"), ("六安", "luan"), ("蚌埠", "bengbu"), ("亳州", "bozhou"),
        ("台州", "taizhou"), ("丽水", "lishui"), ("番禺", "panyu"), ("东阿", "donge"),
        ("铅山", "yanshan"), ("牟平", "muping"), ("尉氏", "weishi"), ("浚县", "xunxian"),
        ("长子", "zhangzi"), ("井陉", "jingxing"), ("莘县", "shenxian"),
        ("单县", "shanxian"), ("歙县", "shexian"), ("黟县", "yixian"), ("枞阳", "zongyang"),
        ("会稽", "kuaiji"), ("珲春", "hunchun"), ("涡阳", "guoyang"), ("什邡", "shifang"),
        ("长治", "changzhi"), ("洪洞县", "hongtongxian"), ("大城县", "daichengxian"),
        ("荥阳", "xingyang"), ("任丘", "renqiu"), ("尉犁", "yuli"), ("会东", "huidong"),
    ],
)  # fmt: skip
def test_places_are_spelt_as_they_are_read(place: str, spelt: str) -> None:
    assert romanise(place) == spelt
    assert romanise(f"{place}人民政府") == f"{spelt}renminzhengfu"


@pytest.mark.parametrize(
    ("surname", "spelt"),
    [
        ("阚", "kan"), ("种", "chong"), ("仇", "qiu"), ("单", "shan"), ("解", "xie"), ("查", "zha"),
        ("朴", "piao"), ("区", "ou"), ("任", "ren"), ("曾", "zeng"), ("尉迟", "yuchi"),
        ("万俟", "moqi"), ("缪", "miao"), ("逄", "pang"), ("乜", "nie"), ("员", "yun"),
        ("盖", "ge"), ("折", "she"), ("黑", "he"), ("能", "nai"), ("召", "shao"), ("燕", "yan"),
        ("那", "na"), ("哈", "ha"), ("宓", "mi"), ("秘", "bi"), ("繁", "po"), ("隗", "wei"),
        ("覃", "qin"), ("郇", "xun"), ("祭", "zhai"), ("卜", "bu"), ("薄", "bo"), ("颉", "xie"),
    ],
)  # fmt: skip
def test_surnames_are_spelt_as_they_are_read(surname: str, spelt: str) -> None:
    assert romanise_name(f"{surname}小军") == f"{spelt}xiaojun"
