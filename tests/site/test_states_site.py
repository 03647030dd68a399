"""What the site says of the validity of documents, and what a repeal in a new issue changes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.conftest import build_quietly, make_once
from tests.documents import NOTICE, REPEAL, RULES, issue_text
from tests.pages import document_data, page_text, part_data, read_tree

pytestmark = pytest.mark.medium

TERM = NOTICE.replace("第二条 由", "第二条 本方案自2020年9月1日起施行，有效期5年，由")
OLD, OTHER, NEW = "moumou/2020-01", "moumou/2020-02", "moumou/2022-01"
REPEALED = f"{OLD}/moufufa-2019-12"


def write(content: Path, name: str, number: int, year: int, *documents: str) -> None:
    folder = content / name
    folder.mkdir(parents=True)
    (folder / "issue.md").write_text(issue_text(number, *documents, year=year), "utf-8")


def write_archive(content: Path) -> None:
    write(content, OLD, 1, 2020, RULES)
    write(content, OTHER, 2, 2020, TERM)
    (content / "moumou" / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the site before a repeal, the site after it, and a clean build."""

    def make(where: Path) -> None:
        write_archive(where / "content")
        build_quietly(where / "content", where)
        shutil.copytree(where / "site", where / "before")
        write(where / "content", NEW, 3, 2022, REPEAL)
        renewed = build_quietly(where / "content", where).renewed
        (where / "renewed").write_text(str(renewed), "utf-8")
        build_quietly(where / "content", where / "clean")

    return make_once(tmp_path_factory, "states", make)


def held(site: Path) -> dict[str, Any]:
    found = re.fullmatch(r"gazetteHeld\((.*)\);\n", (site / "held.js").read_text("ascii"))
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_repeal_renews_its_own_issue_and_the_repealed_one(built: Path) -> None:
    assert (built / "renewed").read_text() == "2"
    before, after = read_tree(built / "before"), read_tree(built / "site")
    changed = {name for name, text in after.items() if before.get(name) != text}
    assert f"{REPEALED}.html" in changed
    assert not {name for name in changed if name.startswith(OTHER)}
    lists = {name for name in changed if re.match(r"(?:numbers|issuers|types|dates|terms)/", name)}
    assert "dates/2019.html" in lists  # shows the repealed document
    assert "dates/2020.html" not in lists  # shows only the others
    assert "terms/2025.html" not in lists


def test_what_is_built_on_an_old_site_is_what_a_clean_build_makes(built: Path) -> None:
    ours, theirs = read_tree(built / "site"), read_tree(built / "clean" / "site")
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_the_repealed_document_says_so_with_sentence_and_place(built: Path) -> None:
    notes = document_data(built / "site", REPEALED)["state"]
    assert notes[0] == {
        "kind": "repealed",
        "day": "2022-07-01",
        "sentence": "《某某市停车管理办法》（某府发〔2019〕12号）同时废止。",
        "gazette": "moumou",
        "issue": "2022-01",
        "document": "moufufa-2022-6",
        "title": "某某市停车服务规定",
        "number": "某府发〔2022〕6号",
        "anchor": "a2",
        "url": f"{NEW}/moufufa-2022-6.html",
    }
    assert [n["kind"] for n in notes[1:]] == ["effective"]
    text = page_text(built / "site", REPEALED)
    assert "本文已被后来的文件废止" in text
    assert "（自2022年7月1日起）" in text
    assert f'href="../../{NEW}/moufufa-2022-6.html#a2"' in text
    assert 'data-state="repealed" data-since="2022-07-01">已废止</em></dd>' in text
    assert "data-held" not in text
    before = page_text(built / "before", REPEALED)
    assert "本站未见修改、废止<span data-held>" in before
    assert 'class="later"' not in before


def test_its_own_days_stand_among_the_facts_of_a_document(built: Path) -> None:
    name = f"{OTHER}/moufufa-2020-3"
    assert [
        (t["kind"], t["day"], t["anchor"]) for t in document_data(built / "site", name)["terms"]
    ] == [
        ("effective", "2020-09-01", "f1-a2"),
        ("expires", "2025-08-31", "f1-a2"),
    ]
    text = page_text(built / "site", name)
    for label, day in (("施行日期", "2020年9月1日"), ("有效期至", "2025年8月31日")):
        assert re.search(rf'<dt>{label}</dt><dd><a href="#f1-a2" title="[^"]+">{day}</a>', text)


@pytest.mark.parametrize(
    "path",
    [f"{OLD}/index", "numbers/moufufa", "issuers/moumoushirenminzhengfu", "types/banfa",
     "dates/2019", "works/moufufa", "terms/2019"],
)  # fmt: skip
def test_lists_say_that_a_document_was_repealed(path: str, built: Path) -> None:
    (row,) = [
        line
        for line in page_text(built / "site", path).splitlines()
        if re.search(r"moufufa-2019-12\.html", line) and "已废止" in line
    ]
    assert re.search(r'<em class="state"[^>]*data-since="2022-07-01"[^>]*>已废止</em>', row)
    if path != "works/moufufa":  # nobody cited it before
        assert "已废止" not in page_text(built / "before", path)


def test_programs_are_told_too(built: Path) -> None:
    site = built / "site"
    linked = re.search(r'ld\+json">(.*?)</script>', page_text(site, REPEALED), re.DOTALL)
    assert linked
    # the repeal comes into force a month after it was made public: no clock says that it has
    assert "legislationLegalForce" not in json.loads(linked[1])
    register = json.loads((site / "register.json").read_bytes())["documents"]
    states = {d["id"]: d["state"] for d in register if "state" in d}
    assert states == {"moufufa-2019-12": {"kind": "repealed", "day": "2022-07-01"}}
    feed = json.loads((site / "feed.json").read_bytes())["items"]
    assert [item["title"] for item in feed if "已废止" in item["tags"]] == ["某某市停车管理办法"]
    assert "已废止" in (site / "moumou" / "gazette.csv").read_text("utf-8")


def test_a_search_is_told_the_states_and_the_last_day(built: Path) -> None:
    site = built / "site"
    assert part_data(site, "search/states") == {
        OLD: {"0": ["repealed", "2022-07-01"]},
        OTHER: {"0": ["", "", "2020-09-01", "2025-08-31"]},
        NEW: {"0": ["", "", "2022-07-01"]},
    }
    assert held(site)["day"] == "2022-06-01"
    assert held(built / "before")["day"] == "2020-03-05"


def test_one_file_tells_all_pages_what_the_archive_holds(built: Path) -> None:
    counts = {"gazettes": 1, "issues": 3, "documents": 3, "years": [2020, 2022], "added": ""}
    assert held(built / "site") == {"day": "2022-06-01", **counts}


def test_days_of_force_and_expiry_have_a_register_and_a_calendar(built: Path) -> None:
    site = built / "site"
    assert 'href="terms/index.html"' in page_text(site, "index")
    index = page_text(site, "terms/index")
    for year in ("2019", "2020", "2022", "2025"):
        assert f'href="{year}.html"' in index
    expiry = page_text(site, "terms/2025")
    assert f'href="../{OTHER}/moufufa-2020-3.html#f1-a2"' in expiry
    assert "有效期5年" in expiry
    calendar = icalendar.Calendar.from_ical((site / "terms" / "terms.ics").read_bytes())
    events = [(str(e.decoded("DTSTART")), str(e["SUMMARY"])[:4]) for e in calendar.walk("VEVENT")]
    assert [day for day, _ in events] == ["2019-05-01", "2020-09-01", "2022-07-01", "2025-08-31"]
    assert events[-1][1] == "有效期满"
    rows = (site / "terms" / "terms.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 5
    assert rows[1].startswith("2019-05-01,施行,某某市停车管理办法,某府发〔2019〕12号,2019-05-01,")
    assert "已废止" in rows[1]
