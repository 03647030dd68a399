"""What the site says of a document that several issues print, and what a new printing renews."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import build_quietly, make_once
from tests.documents import NOTICE, REPEAL, RULES, issue_text
from tests.pages import check_links, document_data, page_text, part_data, read_tree

pytestmark = pytest.mark.medium

MORE = """
第三条 养老机构设立医务室，每年培训医务人员不少于三次，经费列入预算。

第四条 本方案由市民政局负责解释。
"""
LONG = NOTICE + MORE
CHANGED = LONG.replace("不少于三次", "不少于二次")
CITY, OTHER, PROVINCE = "shi/2020-01", "shi/2020-02", "sheng/2020-05"
ID = "moufufa-2020-3"


def write(content: Path, name: str, number: int, year: int, *documents: str) -> None:
    folder = content / name
    folder.mkdir(parents=True)
    title = {"shi": "某某市人民政府公报", "sheng": "某某省人民政府公报"}[folder.parent.name]
    text = issue_text(number, *documents, year=year).replace("某某市人民政府公报", title)
    (folder / "issue.md").write_text(text, "utf-8")
    (folder.parent / "gazette.toml").write_text(f'title = "{title}"\n', "utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the site before a reprint, the site with it, and a clean build."""

    def make(where: Path) -> None:
        write(where / "content", CITY, 1, 2020, RULES, LONG)
        write(where / "content", OTHER, 2, 2020, REPEAL)
        build_quietly(where / "content", where)
        shutil.copytree(where / "site", where / "before")
        write(where / "content", PROVINCE, 5, 2020, CHANGED)
        renewed = build_quietly(where / "content", where).renewed
        (where / "renewed").write_text(str(renewed), "utf-8")
        build_quietly(where / "content", where / "clean")

    return make_once(tmp_path_factory, "printings", make)


def test_a_reprint_renews_the_issues_that_it_concerns_and_no_other(built: Path) -> None:
    assert (built / "renewed").read_text() == "2"  # the new one, and that of the first printing
    before, after = (read_tree(built / name / OTHER) for name in ("before", "site"))
    assert before == after


def test_a_reprint_makes_the_same_site_as_a_clean_build(built: Path) -> None:
    site, clean = (read_tree(built / name) for name in ("site", "clean/site"))
    different = [name for name in site if site[name] != clean.get(name)]
    assert site.keys() == clean.keys()
    assert different == []


def test_before_the_reprint_nothing_is_said(built: Path) -> None:
    assert "另刊于" not in page_text(built / "before", f"{CITY}/{ID}")
    assert "printings" not in document_data(built / "before", f"{CITY}/{ID}")
    assert not (built / "before/printings").exists()


@pytest.mark.parametrize(("own", "other"), [(CITY, PROVINCE), (PROVINCE, CITY)])
def test_a_page_names_the_other_printing_and_the_place_of_the_difference(
    built: Path, own: str, other: str
) -> None:
    text = page_text(built / "site", f"{own}/{ID}")
    aside = text.partition('class="printings"')[2].partition("</aside>")[0]
    assert f'href="../../{other}/{ID}.html"' in aside
    assert "有1处文字不同" in aside
    assert 'href="#f1-a3"' in aside
    assert "../../printings/moufufa-2020-3.html#" in aside


def test_the_page_of_the_work_marks_what_differs(built: Path) -> None:
    text = page_text(built / "site", "printings/moufufa-2020-3")
    assert "每年培训医务人员不少于<del>三</del><ins>二</ins>次" in text
    assert f"{CITY}/{ID}.html#f1-a3" in text
    assert f"{PROVINCE}/{ID}.html#f1-a3" in text
    assert check_links(built / "site") == []


@pytest.mark.parametrize("register", ["numbers/moufufa", "types/tongzhi", "dates/2020"])
def test_a_list_has_one_row_that_names_the_other_printing(built: Path, register: str) -> None:
    rows = [row for row in page_text(built / "site", register).split("<tr>") if f"{ID}.html" in row]
    assert len(rows) == 1
    assert f'<a href="../{CITY}/{ID}.html">' in rows[0]
    assert re.search(rf'另刊于<a href="../{PROVINCE}/{ID}.html">《某某省人民政府公报》', rows[0])


def test_the_index_of_works_with_printings_is_on_the_first_page(built: Path) -> None:
    assert "printings/index.html" in page_text(built / "site", "index")
    assert "moufufa-2020-3.html" in page_text(built / "site", "printings/index")


def test_json_has_the_work_and_the_differences(built: Path) -> None:
    found = document_data(built / "site", f"{CITY}/{ID}")["printings"]
    assert found["work"] == ID
    assert found["url"] == f"printings/{ID}.html"
    (other,) = found["others"]
    assert (other["gazette"], other["issue"], other["document"]) == ("sheng", "2020-05", ID)
    assert other["differences"] == [{"anchors": ["f1-a3"], "passages": 1}]


def test_linked_data_has_one_work_for_all_printings(built: Path) -> None:
    ids = set()
    for own, other in ((CITY, PROVINCE), (PROVINCE, CITY)):
        text = page_text(built / "site", f"{own}/{ID}")
        about = json.loads(
            re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)[0]
        )
        ids.add(about["exampleOfWork"]["@id"])
        (example,) = about["exampleOfWork"]["workExample"]
        assert example["url"].endswith(f"{other}/{ID}.html")
    assert len(ids) == 1


def test_the_list_of_a_gazette_names_the_work_of_each_printing(built: Path) -> None:
    for gazette, number in (("shi", 1), ("sheng", 1)):
        file = (built / "site" / gazette / "gazette.csv").read_text("utf-8-sig")
        rows = list(csv.DictReader(file.splitlines()))
        assert [row["编号"] for row in rows if row["同文编号"] == ID] == [ID] * number


def test_hits_know_the_printings_of_a_work(built: Path) -> None:
    assert part_data(built / "before", "search/printings") == []
    ((one, two),) = part_data(built / "site", "search/printings")
    assert {one[0], two[0]} == {CITY, PROVINCE}
    assert {one[1], two[1]} == {0, 1}
    assert one[2] == "《某某省人民政府公报》2020年第5期（总第5期）"
