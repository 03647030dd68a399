"""One document, many places: which documents are printings of one work, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.archive.fingerprints import counted
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.model import Links, Summary
from generator.stages.pipeline import convert
from tests.documents import issue_text

PLAN = """
某某市人民政府关于印发《某某市养老服务方案》的通知

某府发〔2020〕3号

各区人民政府：

《某某市养老服务方案》已经市政府同意，现印发给你们，请认真执行。

某某市人民政府
2020年3月5日

某某市养老服务方案

第一条 发展养老服务，方便老年人就医，全市每年新建社区养老服务站不少于二十个。

第二条 养老机构按1.5‰的比例配备医务人员，经费列入预算。

第三条 本方案由市民政局负责解释，各区可以制定实施细则，并报市民政局备案。
"""
UNNUMBERED = PLAN.replace("某府发〔2020〕3号\n\n", "")
APPOINTED = """
某某市人民政府关于职务任免的通知

各区人民政府，市级各部门：

市人民政府决定：

{person}为市水务局局长，免去其市财政局副局长职务。

某某市人民政府
2020年3月5日
"""
A, B = "shi/2020-02", "sheng/2020-05"


def read(content: Path, issues: Mapping[str, str]) -> list[Summary]:
    """Take issues of one document each through their stages."""
    summaries = []
    for name, text in issues.items():
        folder = content / name
        folder.mkdir(parents=True)
        year, _, number = folder.name.partition("-")
        (folder / "issue.md").write_text(issue_text(int(number), text, year=int(year)), "utf-8")
        summaries.append(summarise(convert(folder)))
    return summaries


def links_of(content: Path, one: str, other: str) -> Links:
    return resolve_citations(read(content, {B: other, A: one}))


# a name → what the other issue prints in the place of what
SAME = {
    "the same text": ("", ""),
    "other punctuation": ("，方便老年人就医，", "、 方便老年人就医；"),
    "a paragraph that is broken elsewhere": ("方便老年人就医，", "方便老年人就医。\n\n"),
    "no number": ("某府发〔2020〕3号\n\n", ""),
    "a title without issuer": ("某某市人民政府关于印发", "关于印发"),
}
DIFFERENT = {
    "a misread character": ("不少于二十个", "不少于三十个", ["f1-a1"]),
    "a figure": ("1.5‰", "15‰", ["f1-a2"]),
    "two places": ("第一条 发展养老服务，", "第一条 发展服务，", ["f1-a1"]),
    "a provision that one of them lacks": (
        "第二条 养老机构按1.5‰的比例配备医务人员，经费列入预算。\n\n",
        "",
        ["f1-a2"],
    ),
    "a note that one of them adds": (
        "请认真执行。",
        "请认真执行。\n\n方案的附图本刊从略，可在市人民政府网站查阅。",
        [],
    ),
}
OTHERS = {
    "another number": ("〔2020〕3号", "〔2020〕8号"),
    "another date": ("2020年3月5日", "2021年3月5日"),
    "another history": (
        "某某市养老服务方案\n\n第一条",
        "某某市养老服务方案\n\n（2021年5月6日某府发〔2021〕7号修订）\n\n第一条",
    ),
}


@pytest.mark.guarantee("find_printings", 1)
@pytest.mark.parametrize("name", SAME)
def test_a_document_that_two_gazettes_print_is_one_work(name: str, tmp_path: Path) -> None:
    before, after = SAME[name]
    links = links_of(tmp_path, PLAN, PLAN.replace(before, after) if before else PLAN)
    works = {p.work for p in links.printings.values()}
    assert works == {"moufufa-2020-3"}
    others = {place[0]: p.others[0] for place, p in links.printings.items()}
    assert others[A].issue == B
    assert others[B].issue == A
    assert not any(other.differences for other in others.values())


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_difference_is_known_with_its_place(name: str, tmp_path: Path) -> None:
    before, after, anchors = DIFFERENT[name]
    assert before in PLAN
    summaries = read(tmp_path, {A: PLAN, B: PLAN.replace(before, after)})
    (place,) = [p for p in resolve_citations(summaries).printings if p[0] == A]
    (other,) = resolve_citations(summaries).printings[place].others
    (one,) = other.differences
    own = list(range(*one.own))
    assert len(own) == len(anchors)
    assert bool(own) or one.other[1] > one.other[0]


@pytest.mark.guarantee("find_printings", 2)
@pytest.mark.parametrize("name", OTHERS)
def test_what_tells_two_documents_apart_makes_no_work_of_them(name: str, tmp_path: Path) -> None:
    before, after = OTHERS[name]
    assert before in PLAN
    assert not links_of(tmp_path, PLAN, PLAN.replace(before, after)).printings


def test_a_title_alone_makes_no_work(tmp_path: Path) -> None:
    texts = [APPOINTED.format(person=person) for person in ("李明", "王小红")]
    assert not links_of(tmp_path, *texts).printings


def test_a_number_with_two_texts_makes_no_work(tmp_path: Path) -> None:
    other = PLAN.partition("某某市人民政府\n2020")[0].replace("养老服务", "供水管理")
    body = "各区要加强供水设施的检查和维护，及时更换老化的管网，保障居民的用水安全，做到不停水。"
    other = other.replace("各区人民政府：\n", f"各区人民政府：\n\n{body}\n")
    assert not links_of(tmp_path, PLAN, f"{other}某某市人民政府\n2020年3月5日\n").printings


def test_two_documents_of_one_issue_are_no_printings(tmp_path: Path) -> None:
    folder = tmp_path / A
    folder.mkdir(parents=True)
    (folder / "issue.md").write_text(issue_text(2, PLAN, PLAN), "utf-8")
    assert not resolve_citations([summarise(convert(folder))]).printings


@pytest.mark.guarantee("find_printings", 3)
def test_the_printing_of_the_oldest_issue_stands_for_all(tmp_path: Path) -> None:
    issues = {"a/2022-01": PLAN, A: PLAN, B: PLAN.replace("二十个", "三十个")}
    links = resolve_citations(read(tmp_path, issues))
    assert {p.first[0] for p in links.printings.values()} == {A}
    assert [len(p.others) for p in links.printings.values()] == [2, 2, 2]


def test_an_unnumbered_document_needs_nearly_all_of_its_text(tmp_path: Path) -> None:
    half = UNNUMBERED.partition("第二条")[0]
    assert not links_of(tmp_path / "half", UNNUMBERED, half).printings
    assert links_of(tmp_path / "whole", UNNUMBERED, UNNUMBERED).printings


def test_a_document_without_date_needs_a_long_text(tmp_path: Path) -> None:
    bare = UNNUMBERED.replace("2020年3月5日\n", "")
    assert not links_of(tmp_path / "short", bare, bare).printings
    more = "第四条 各区应当每年十二月底前报告养老服务站的建设、运营、人员和经费情况。\n\n" * 8
    assert links_of(tmp_path / "long", bare + more, bare + more).printings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长 1.5%，", "增长1.5%"),
        ("１．５％", "1.5%"),
        ("2016—2020年", "2016-2020年"),
        ("一是——加强", "一是加强"),
        ("1. 总则", "1总则"),
        ("《办法》（试行）", "办法试行"),
    ],
)
def test_punctuation_counts_between_digits_only(text: str, expected: str) -> None:
    assert counted(text) == expected


def test_a_repeal_of_one_printing_is_said_of_all(tmp_path: Path) -> None:
    repeal = """
某某市养老服务规定

某府发〔2022〕6号

第一条 为了发展养老服务，制定本规定。

第二条 本规定自2022年7月1日起施行。某府发〔2020〕3号同时废止。

某某市人民政府
2022年6月1日
"""
    bare = PLAN.replace("某府发〔2020〕3号\n\n", "")
    links = resolve_citations(read(tmp_path, {A: PLAN, B: bare, "shi/2022-06": repeal}))
    assert {place[0] for place, state in links.states.items() if state.kind == "repealed"} == {A, B}
