"""The level of an organ, and the letter of its name proper."""

from __future__ import annotations

import pytest

from generator.language.organ_ranks import LEVELS, organ_rank

CASES = [
    # name, level, letter
    ("国务院办公厅", "中央", "g"),
    ("中共中央", "中央", "z"),
    ("国家统计局", "中央", "g"),
    ("海关总署", "中央", "h"),
    ("铁道部", "中央", "t"),
    ("四川省人民政府", "省级", "s"),
    ("省财政厅", "省级", "c"),
    ("财政厅", "省级", "c"),
    ("北京市人民代表大会常务委员会", "省级", "b"),
    ("广西壮族自治区人民政府", "省级", "g"),
    ("团省委", "省级", "t"),
    ("攀枝花市人民政府", "市级", "p"),
    ("市财政局", "市级", "c"),
    ("市级部门", "市级", "b"),
    ("凉山彝族自治州人民政府", "市级", "l"),
    ("相关市（州）人民政府", "市级", "r"),
    ("市委宣传部", "市级", "w"),
    ("各县（区）政府", "县级", "z"),
    ("县（市、区）人民政府", "县级", "r"),
    ("米易县财政局", "县级", "m"),
    ("西区人民政府", "县级", "x"),
    ("各乡镇", "乡镇", "g"),
    # no level is in these names, and none is guessed
    ("市场监管局", "其他", "s"),
    ("高新区管委会", "其他", "g"),
    ("相关部门和单位", "其他", "x"),
    ("国家税务总局某某市税务局", "其他", "g"),
    ("国网某某供电公司", "其他", "g"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "level", "letter"), CASES)
def test_an_organ_has_the_level_of_its_place(name: str, level: str, letter: str) -> None:
    rank = organ_rank(name)
    assert (LEVELS[rank.level], rank.letter) == (level, letter)


def test_the_government_of_a_place_comes_before_its_departments() -> None:
    names = ["攀枝花市财政局", "攀枝花市人民政府办公室", "市财政局", "攀枝花市人民政府"]
    assert sorted(names, key=organ_rank) == [
        "市财政局", "攀枝花市人民政府", "攀枝花市人民政府办公室", "攀枝花市财政局",
    ]  # fmt: skip
