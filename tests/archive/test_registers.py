"""Registers of many issues: large pages are split, so that a new issue changes few of them."""

from __future__ import annotations

from generator.archive.registers import arrivals, subjects
from generator.archive.registers.subjects import PART
from generator.model import DocumentFact, Gazette, Links, NamedFact, Summary
from generator.render.home import Beside, plan_home


def summary(year: int, documents: int) -> Summary:
    """Make an issue in which every document names the same agency, in two places."""
    facts = tuple(
        DocumentFact(
            id=f"d{n}", title=f"第{n}件", number="", issuer="", type="",
            date=f"{year}-03-{n + 1:02}", category="", page=None, names=(),
        )
        for n in range(documents)
    )  # fmt: skip
    named = tuple(NamedFact("agencies", fact.id, ("市财政局",), (2,)) for fact in facts)
    return Summary(f"g/{year}-01", year, 1, None, facts, (), named)


def test_a_subject_of_many_documents_is_cut_at_the_ends_of_years() -> None:
    (few,) = subjects("agencies", [summary(2000, PART)], {"g": "某公报"})
    assert few.parts == ()
    assert few.count == 2 * PART
    issues = [summary(year, 25) for year in range(2000, 2011)]
    (many,) = subjects("agencies", issues, {})
    assert [part.years for part in many.parts] == ["2008—2010", "2004—2007", "2000—2003"]
    assert sum(len(part.mentions) for part in many.parts) == 11 * 25
    for part in many.parts[1:]:
        assert PART <= len(part.mentions) < PART + 25
    assert many.parts[0].mentions[0].date == "2010-03-25"
    assert len({part.page for part in many.parts}) == 3


def test_a_new_issue_leaves_full_parts_as_they_are() -> None:
    issues = [summary(year, 25) for year in range(2000, 2011)]
    (before,) = subjects("agencies", issues, {})
    for more in ([summary(2011, 25)], [summary(2011, 25), summary(2012, 25), summary(2013, 99)]):
        (after,) = subjects("agencies", [*issues, *more], {})
        assert after.parts[-2:] == before.parts[-2:]
        assert after.anchor == before.anchor


def arrived(name: str, since: str, *dates: str) -> Summary:
    year = int(name.partition("/")[2][:4])
    documents = tuple(
        DocumentFact(f"{n}", f"题{n}", "", "", "", date, "", None, (), since=since)
        for n, date in enumerate(dates, 1)
    )
    return Summary(name, year, 1, None, documents, ())


def test_what_came_in_last_is_first_whatever_its_own_date() -> None:
    issues = [
        arrived("甲/1998-01", "2026-03-01", "1998-01-05"),
        arrived("甲/2024-01", "2025-01-01", "2024-01-02", "2024-01-03"),
        arrived("乙/2023-01", "2025-01-01", "2023-05-05"),
    ]
    found = arrivals(issues, {"甲": "甲公报", "乙": "乙公报"}, 3)
    assert [one.url for one in found] == [
        "甲/1998-01/1.html",
        "甲/2024-01/1.html",
        "甲/2024-01/2.html",
    ]
    assert found[0].since == "2026-03-01"


def test_what_is_not_frozen_yet_is_newest() -> None:
    issues = [
        arrived("甲/2024-01", "2026-03-01", "2024-01-02"),
        arrived("甲/1998-01", "", "1998-01-05"),
    ]
    assert [one.since for one in arrivals(issues, {"甲": "甲公报"}, 9)] == ["", "2026-03-01"]


def test_the_first_page_has_a_card_with_the_years_of_each_gazette() -> None:
    gazettes = [Gazette(name, f"{name}公报") for name in ("甲", "乙", "丙")]
    held = [("甲", 1998), ("甲", 1999), ("乙", 2024), ("丙", 2011), ("丙", 2013)]
    issues = [Summary(f"{name}/{year}-01", year, 1, None, (), ()) for name, year in held]
    first = next(plan_home(gazettes, issues, Links(), "公报", {}, Beside()))
    cards = first.values["cards"]
    assert isinstance(cards, list)
    assert [card["id"] for card in cards] == ["甲", "乙", "丙"]
    assert cards[0]["latest"] == ("1999年第1期", "甲/1999-01/index.html")
    assert cards[0]["strip"] == [(1998, True, 0), (1999, True, 0)]
    assert cards[2]["lacking"] == [2012]
    assert first.values["issues"] == 5
