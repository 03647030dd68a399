"""Ordinals: their notations, the levels of units, and the lines that are units of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.checks import read
from fuzz.words import HEAD
from generator.language.ordinals import LEVELS, PLACES, RANKS, Ordinal, OrdinalStyle, parse_ordinal
from generator.language.units import read_units
from generator.model import Table
from generator.stages.normalize import normalize

READ: dict[str, tuple[OrdinalStyle, int]] = {
    "第一编　总则": ("part", 1),
    "第二部分 资金": ("part", 2),
    "第三章 附则": ("chapter", 3),
    "第二节 程序": ("clause", 2),
    "第十二条之一　本办法": ("article", 12),
    "第2条 本办法": ("article", 2),
    "甲、一般事项": ("stem", 1),
    "十一、其他": ("section", 11),
    "（三）原则": ("item", 3),
    "12．目标": ("point", 12),
    "（4）指标": ("subpoint", 4),
}
NONE = (
    "", "第三条规定的", "一、二、三产业", "甲、乙双方", "（一）项规定的", "1.5亿元",
    "（88）川征字第1号", "总则",
)  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_an_ordinal_says_its_style_and_number(text: str) -> None:
    ordinal = parse_ordinal(text)
    assert ordinal is not None
    assert (ordinal.style, ordinal.number) == READ[text]
    assert text.startswith(ordinal.text)


@pytest.mark.parametrize("text", NONE)
def test_a_text_that_only_begins_like_an_ordinal_is_none(text: str) -> None:
    assert parse_ordinal(text) is None


def test_each_style_has_a_rank_and_ranks_grow_from_the_widest_to_the_narrowest() -> None:
    assert [*RANKS] == [*PLACES]
    assert sorted(RANKS.values()) == [*RANKS.values()]
    assert LEVELS.keys() < RANKS.keys()


paths = st.lists(st.integers(1, 20), min_size=1, max_size=5).map(tuple)


@given(paths, st.sampled_from(PLACES))
def test_a_decimal_unit_is_between_the_units_above_and_below_it(
    path: tuple[int, ...], place: OrdinalStyle
) -> None:
    def unit(path: tuple[int, ...]) -> Ordinal:
        return Ordinal("decimal", path[-1], "", 0, path, place)

    rank = unit(path).rank
    assert unit((*path, 1)).rank > rank > RANKS[place]
    assert all(rank < other for other in RANKS.values() if other > RANKS[place])


def test_sections_that_hold_articles_are_wider_than_these() -> None:
    units = read_units(
        ["一、支持创业", "第一条 补贴。", "第二条 贷款。", "二、支持就业", "第三条 培训。"]
    )
    ranks = [unit.rank for unit in units if unit]
    assert ranks[0] == ranks[3] < ranks[1]
    alone = parse_ordinal("一、支持创业")
    assert alone
    assert alone.rank > ranks[1]


def test_decimal_units_may_belong_to_a_part() -> None:
    text = "第一部分 总则\n\n1.1 目的\n\n某事。\n\n1.2 依据\n\n第二部分 职责\n\n2.1 分工\n"
    issue = normalize(read(HEAD + text))
    units = [b for b in issue.documents[0].blocks if not isinstance(b, Table) and b.ordinal]
    assert [(b.anchor, b.level) for b in units] == [
        ("b1", 1), ("b1-1", 2), ("b1-2", 2), ("b2", 1), ("b2-1", 2),
    ]  # fmt: skip
