"""What the site says of the standards that documents cite."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import build_quietly, make_once
from tests.documents import issue_text, letter
from tests.pages import check_links

pytestmark = pytest.mark.medium

ONE = letter(
    "一、公文按照《党政机关公文格式》（GB/T 9704-2012）印制。采购内存64GB的电脑。\n\n"
    "二、建筑执行GB 50016—2014和DB51/T 1234—2015，再次执行GB／T9704—2012。\n\n"
    "序号\t依据\n1\tGB 3095—2012\n2\t某府发〔2020〕3号"
)
OTHER = letter("一、公文格式执行GBT 9704-2012标准。", "某府发〔2022〕6号", "2022年6月1日")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(where: Path) -> None:
        for name, text in (("2021-01", ONE), ("2022-02", OTHER)):
            folder = where / "content" / "moumou" / name
            folder.mkdir(parents=True)
            year, _, number = name.partition("-")
            text = issue_text(int(number), text, year=int(year))
            (folder / "issue.md").write_text(text, "utf-8")
        (where / "content/moumou/gazette.toml").write_text(
            'title = "某某市人民政府公报"\n', "utf-8"
        )
        build_quietly(where / "content", where)

    return make_once(tmp_path_factory, "standards", make) / "site"


def test_the_register_lists_each_standard_once_with_all_places(site: Path) -> None:
    page = (site / "standards/gb.html").read_text("utf-8")
    assert [n for n in ("gb-t-9704-2012", "gb-3095-2012") if f'<h2 id="{n}">' not in page] == []
    entry = page.partition('<h2 id="gb-t-9704-2012">')[2].partition("<h2")[0]
    assert "《党政机关公文格式》" in entry
    assert "被本站2篇公文引用" in entry
    assert entry.count("<li>") == 3
    assert "moumou/2022-02/moufufa-2022-6.html#s1" in entry
    assert "standards/index.html" in (site / "index.html").read_text("utf-8")
    assert (site / "standards/db51.html").is_file()
    assert check_links(site) == []


def test_the_page_of_a_document_leads_to_the_standards_that_it_cites(site: Path) -> None:
    page = (site / "moumou/2021-01/moufufa-2021-9.html").read_text("utf-8")
    cites = page.partition('id="cites"')[2]
    assert cites.count("standards/gb.html#gb-t-9704-2012") == 1
    assert "../../standards/db51.html#db51-t-1234-2015" in cites


def test_json_has_each_place(site: Path) -> None:
    data = json.loads((site / "moumou/2021-01/moufufa-2021-9.json").read_bytes())["document"]
    found = [(one["standard"], one["anchor"], one["text"]) for one in data["standards"]]
    assert found == [
        ("GB/T 9704—2012", "s1", "GB/T 9704-2012"),
        ("GB 50016—2014", "s2", "GB 50016—2014"),
        ("DB51/T 1234—2015", "s2", "DB51/T 1234—2015"),
        ("GB/T 9704—2012", "s2", "GB／T9704—2012"),
        ("GB 3095—2012", "t1-r1", "GB 3095—2012"),
    ]
    assert data["standards"][0]["title"] == "党政机关公文格式"
