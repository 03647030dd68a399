"""Registers of many issues: large pages are split, so that a new issue changes few of them."""

from __future__ import annotations

from dataclasses import replace

from generator.archive.registers import (
    SHELVES,
    Listed,
    Work,
    arrivals,
    shelve,
    split_works,
    subjects,
)
from generator.archive.registers.shelves import LARGEST
from generator.archive.registers.subjects import PART
from generator.archive.registers.works import LARGEST as LINES
from generator.language.pinyin import romanise
from generator.model import (
    Backlink,
    DocumentFact,
    Gazette,
    Links,
    NamedFact,
    Summary,
)
from generator.render import Beside, plan_home
from generator.render.work_pages import work_pages


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


def test_a_subject_with_many_tasks_has_a_page_for_each_year() -> None:
    (few,) = subjects("agencies", [summary(2000, PART // 2)], {"g": "某公报"})
    assert few.parts == ()
    assert few.count == PART
    issues = [summary(year, 25) for year in range(2000, 2011)]
    (many,) = subjects("agencies", issues, {})
    assert [part.year for part in many.parts] == [f"{year}年" for year in range(2010, 1999, -1)]
    assert [part.page for part in many.parts] == [
        f"{many.anchor}-{year}" for year in range(2010, 1999, -1)
    ]
    assert sum(len(part.mentions) for part in many.parts) == 11 * 25
    assert many.parts[0].mentions[0].date == "2010-03-25"


def test_a_year_with_too_many_tasks_is_split_between_documents() -> None:
    (many,) = subjects("agencies", [summary(2000, PART)], {})  # two tasks in each
    newest, oldest = many.parts
    assert (newest.page, oldest.page) == (f"{many.anchor}-2000", f"{many.anchor}-2000-1")
    assert newest.mentions[-1].date > oldest.mentions[0].date
    assert sum(mention.count for mention in oldest.mentions) <= PART


def test_a_new_issue_leaves_full_parts_as_they_are() -> None:
    issues = [summary(year, 25) for year in range(2000, 2011)]
    (before,) = subjects("agencies", issues, {})
    for more in ([summary(2011, 25)], [summary(2011, 25), summary(2012, 25), summary(2013, 99)]):
        (after,) = subjects("agencies", [*issues, *more], {})
        assert after.parts[-11:] == before.parts
        assert after.anchor == before.anchor


def test_the_pages_of_whole_years_that_a_subject_had_before_are_known() -> None:
    issues = [summary(year, 25) for year in range(2000, 2011)]
    (many,) = subjects("agencies", issues, {})
    # a page of before took years until it had a hundred documents: four years of 25
    assert many.former_pages == tuple(f"{many.anchor}-{year}" for year in (2000, 2004, 2008))
    (few,) = subjects("agencies", issues[:4], {})
    assert few.former_pages == ()


def test_addresses_of_people_and_agencies_for_years_lead_on() -> None:
    named = {
        "people": NamedFact("people", "d0", ("王小红",), (1,)),
        "agencies": NamedFact("agencies", "d0", ("市财政局",), (1,)),
    }
    issues = [
        replace(
            summary(year, 1),
            name=f"g/{year}-{number:02}",
            named=(named["people"], named["agencies"]),
        )
        for year in (2000, 2001)
        for number in range(60)
    ]
    keys = {issue.name: "" for issue in issues}
    pages = {
        page.path: page
        for page in plan_home([Gazette("g", "某公报")], issues, Links(), "", keys, Beside())
    }
    (person,), (agency,) = (subjects(r, issues, {}) for r in ("people", "agencies"))
    assert person.former_pages == (f"{person.anchor}-2000",)
    kept = pages[f"people/{person.anchor}-2000"]
    assert kept.values["address"] == f"w.html#{person.anchor}"
    assert agency.count == PART  # its tasks fit on one page now
    assert pages[f"agencies/{agency.anchor}-2000"].values["address"] == f"{agency.anchor}.html"


def test_agencies_are_sorted_by_level_and_by_the_pinyin_of_the_name_proper() -> None:
    names = (
        "市财政局",
        "县财政局",
        "省财政厅",
        "某某公司",
        "市安监局",
        "国务院办公厅",
        "市人民政府",
    )
    named = (NamedFact("agencies", "d0", names, (1,) * len(names)),)
    issue = replace(summary(2000, 1), named=named)
    assert [s.name for s in subjects("agencies", [issue], {})] == [
        "国务院办公厅", "省财政厅", "市安监局", "市财政局", "市人民政府", "县财政局", "某某公司",
    ]  # fmt: skip


def listed(count: int, year: int, kind: str = "通知") -> list[Listed]:
    return [
        Listed(
            f"g/{year}-01/d{n}.html",
            f"题{n}",
            "",
            "某市人民政府",
            kind,
            f"{year}-01-{n % 28 + 1:02}",
        )
        for n in range(count)
    ]


def test_a_large_shelf_has_pages_of_at_most_150_documents() -> None:
    types = next(register for register in SHELVES if register.folder == "types")
    (small,) = shelve(types, listed(LARGEST, 2000))
    assert [page for _, page, _ in small.sections] == [""]
    (large,) = shelve(types, [*listed(LARGEST * 2 + 1, 2000), *listed(3, 2001)])
    assert [(page, len(documents)) for _, page, documents in large.sections] == [
        ("tongzhi-2001", 3),
        ("tongzhi-2000", 1),  # the newest are at the address that the year always had
        ("tongzhi-2000-2", LARGEST),
        ("tongzhi-2000-1", LARGEST),
    ]
    dates = [d.date for _, _, documents in large.sections for d in documents]
    assert dates == sorted(dates, reverse=True)


def work(number: int, title: str, places: int) -> Work:
    cited = tuple(
        Backlink("g/2000-01", f"d{n}", "题" * 30, "", "", "s1", "", "句" * 40, "mentions")
        for n in range(places)
    )
    id = f"{romanise(title)}-{number:06x}"
    return Work(id, f"title-{id[0]}", id[0].upper(), "", "", (title,), None, None, cited, places)


def test_a_long_page_of_works_is_split_by_the_letters_of_their_ids() -> None:
    works = [
        work(n, title, 20)
        for n, title in enumerate(["安全法", "安置办法", "爱国条例", "暗河规定"] * 5)
    ]
    works.sort(key=lambda w: w.id)
    (group,) = split_works(works)
    assert group.page == "title-a"
    assert sorted(w.id for part in group.parts for w in part.works) == [w.id for w in works]
    for part in group.parts:
        stem = part.page.removeprefix("title-").partition("-p")[0]
        assert all(w.id.startswith(stem) for w in part.works)
        assert len(part.works) == 1 or sum(w.lines for w in part.works) <= LINES
    assert len({part.page for part in group.parts}) == len(group.parts)


def test_the_places_of_a_work_that_is_cited_too_often_are_on_several_pages() -> None:
    (group,) = split_works([work(1, "宪法", 500)])
    assert len(group.parts) > 1
    assert [place for part in group.parts for w in part.works for place in w.places] == list(
        work(1, "宪法", 500).places
    )
    assert all(sum(w.lines for w in part.works) <= LINES + 4 for part in group.parts)


def test_a_work_that_went_to_a_further_page_keeps_its_anchor_on_the_first() -> None:
    works = [replace(work(n, "宪法", 20), year="2016", page="guofa") for n in range(12)]
    (group,) = split_works(works)
    assert [part.page for part in group.parts][:2] == ["guofa-2016", "guofa-2016-p2"]
    pages = {page.path: page for page in work_pages(works, Links())}
    first, second = pages["works/guofa-2016"].values, pages["works/guofa-2016-p2"].values
    shown, later = first["works"], first["later"]
    assert isinstance(shown, list)
    assert isinstance(later, list)
    assert [w["id"] for w in shown] + [entry.anchor for entry in later] == [w.id for w in works]
    assert later[0].address == f"guofa-2016-p2.html#{later[0].anchor}"
    assert second["later"] == []


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
    first = plan_home(gazettes, issues, Links(), "公报", {}, Beside())[0]
    cards = first.values["cards"]
    assert isinstance(cards, list)
    assert [card["id"] for card in cards] == ["甲", "乙", "丙"]
    assert cards[0]["latest"] == ("1999年第1期", "甲/1999-01/index.html")
    assert cards[0]["strip"] == [(1998, True, 0), (1999, True, 0)]
    assert cards[2]["lacking"] == [2012]
    assert first.values["issues"] == 5
