"""Organs: the words at the end of their names, for each use."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from generator.language.organs import (
    ADDRESSEE,
    AGENCY,
    BRANCH,
    CITES,
    DECREES,
    ENDINGS,
    JOINT,
    OPENS_TITLE,
    ORGAN,
    ORGAN_ENDS,
    PARTY_BEFORE_STATE,
    UNIT,
    UNIT_ENDS,
    WHOLE_AGENCY,
    Use,
    any_end,
    endings,
)

ORGANS = (
    "国务院", "某某市人民政府办公室", "某某省发展和改革委员会", "某某市公安局（某某支队）",
    "某某县人大常委会", "某某集团", "某某市中级人民法院", "某某军分区", "部际联席会议",
)  # fmt: skip
NO_ORGANS = ("某某市", "关于某事的通知", "王军", "总体要求", "某某中学")


@pytest.mark.parametrize("name", ORGANS)
def test_an_organ_is_known_by_the_end_of_its_name(name: str) -> None:
    assert ORGAN.fullmatch(name)
    assert UNIT.fullmatch(name)
    assert WHOLE_AGENCY.fullmatch(name)
    assert name[-1] in ORGAN_ENDS | {"）"}


@pytest.mark.parametrize("name", NO_ORGANS)
def test_other_words_are_no_organs(name: str) -> None:
    assert not ORGAN.fullmatch(name)


@pytest.mark.parametrize("name", ["某某中学", "某某县敬老院", "某某街道", "某某村", "某某协会"])
def test_lists_name_units_beside_organs(name: str) -> None:
    assert UNIT.fullmatch(name)
    assert name[-1] in UNIT_ENDS


@pytest.mark.parametrize("name", ["国务院", "沪府", "某省人民政府", "海关总署", "某市", "中国银行"])
def test_a_place_or_a_bank_may_issue_decrees(name: str) -> None:
    assert DECREES.fullmatch(name)


def test_joint_organs_are_split_where_the_name_of_a_central_one_begins() -> None:
    assert JOINT.split("财政部国家税务总局") == ["财政部", "国家税务总局"]
    assert JOINT.split("住房和城乡建设部") == ["住房和城乡建设部"]
    assert PARTY_BEFORE_STATE.sub(r"\g<0>、", "中共中央办公厅国务院办公厅") == (
        "中共中央办公厅、国务院办公厅"
    )


@pytest.mark.parametrize(
    ("before", "organ"),
    [
        ("省政府", "省政府"),
        ("，国务院办公厅", "国务院办公厅"),
        ("县卫生局", "县卫生局"),
        ("按照", ""),
    ],
)
def test_the_issuer_of_a_cited_document_is_named_before_it(before: str, organ: str) -> None:
    found = CITES.search(before)
    assert (found["organ"] if found else "") == organ


@pytest.mark.parametrize("name", ["市财政局", "各县（区）", "移动公司", "侨联", "市公安局（支队）"])
def test_a_task_is_given_to_an_agency(name: str) -> None:
    assert AGENCY.search(name)


@pytest.mark.parametrize("name", ["各县人民政府", "各有关单位", "某某大学（本部）", "各位委员"])
def test_a_document_is_addressed_to_organs_and_people(name: str) -> None:
    assert ADDRESSEE.search(name)


@pytest.mark.parametrize("name", ["以某事为中心", "一个中心", "以某人为代表"])
def test_words_that_end_like_an_addressee_are_none(name: str) -> None:
    assert not ADDRESSEE.search(name)


@pytest.mark.parametrize(
    ("title", "organ"),
    [("某某管委会征地公告", "某某管委会"), ("某市水务局公告", "某市水务局"), ("某市格局公告", "")],
)
def test_an_organ_opens_a_title(title: str, organ: str) -> None:
    found = OPENS_TITLE.match(title)
    assert (found.group() if found else "") == organ


def test_a_branch_belongs_to_the_organ_above_it() -> None:
    assert all(map(BRANCH.fullmatch, ("办公室", "某某支行", "某某分局")))
    assert not BRANCH.fullmatch("某某市财政局")


def test_each_row_of_the_table_names_known_uses_once() -> None:
    known = {*get_args(Use)}
    for word, row in ENDINGS.items():
        uses = row.split()
        assert {*uses} <= known, word
        assert len(uses) == len({*uses}) > 0, word
    assert all(endings(use) for use in known)


@pytest.mark.parametrize("use", get_args(Use))
def test_an_expression_takes_each_of_its_endings(use: Use) -> None:
    assert all(re.search(f"{any_end(use)}$", f"某某{word}") for word in endings(use))
