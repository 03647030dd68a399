"""Pinyin: Chinese → Latin letters, by pypinyin's dictionary and our own table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.seg.simpleseg import seg

from generator.language.pinyin import NO_LETTER, OVERRIDES, romanise, romanise_name, split_phrases
from generator.language.pinyin_tables import phrases

PHRASES = sorted(PHRASES_DICT)
phrases()  # read before the clock of the first example starts
# whole phrases, beginnings of phrases, and characters between phrases
PIECES = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(PHRASES).map(lambda phrase: phrase[:-1]),
    st.sampled_from(["〔2016〕55号", "，", "abc", "", "某", "发"]),
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_phrases_are_split_as_pypinyin_splits_them(text: str) -> None:
    if not any(name in text for name in OVERRIDES):
        assert split_phrases(text) == [word for word in seg(text) if word]


@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_text_is_spelt_as_pypinyin_spells_it(text: str) -> None:
    if not any(name in text for name in OVERRIDES):
        assert romanise(text) == spelt_by_pypinyin(text)


def test_characters_and_phrases_are_spelt_as_pypinyin_spells_them() -> None:
    own = [p for p in PHRASES[::10] if not any(name in p for name in OVERRIDES)]
    assert len(own) > 4000
    for text in (*own, *map(chr, [*PINYIN_DICT][::10])):
        assert romanise.__wrapped__(text) == spelt_by_pypinyin(text)


def spelt_by_pypinyin(text: str) -> str:
    return NO_LETTER.sub("", "".join(lazy_pinyin(text)).lower())


def test_a_phrase_is_known_by_its_beginnings() -> None:
    known = phrases()
    assert list(known.names) == PHRASES
    assert "中国人" in known
    assert known.begin_with("中国")
    assert "攀枝花市人" not in known
    assert not known.begin_with("攀枝花市人")
    assert not known.begin_with("\U0003ffff")  # after the last phrase
    assert "\U0003ffff" not in known
    assert known.reading("重庆") == ("chong", "qing")
    assert known.reading("攀枝花市人") == known.reading("\U0003ffff") == ()


@pytest.mark.parametrize("name", OVERRIDES)
def test_our_table_decides_how_a_name_is_read(name: str) -> None:
    plain = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔù", "aaaaeeeeiiiioooouuuu")
    assert romanise(name) == "".join(OVERRIDES[name]).translate(plain)


def test_a_name_of_our_table_inside_of_a_text_is_one_phrase() -> None:
    assert split_phrases("安徽省亳州市") == ["安徽省", "亳州", "市"]
    assert romanise("单县人民政府") == "shanxianrenminzhengfu"
    # a longer phrase of the dictionary takes precedence
    assert split_phrases("解放军") == ["解放军"]


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
