"""Where printed pages begin: on the page, in the data, in citations; never in the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from playwright.sync_api import Browser

from generator.stages.pipeline import convert
from tests.accessibility import axe_faults
from tests.browser import lent_page, serving
from tests.conftest import ROOT, build_quietly
from tests.formats.test_data import schema
from tests.pages import read_page

TITLE = "某某市人民政府关于加强停车管理的通知"
SENTENCE = "各单位要提高认识，加强领导，明确责任，把各项任务落到实处，确保按期完成全年工作目标"
TEXT = f"""\
某某市人民政府公报

第3期（总第12期）
2024年

目录

{TITLE}………3

# {TITLE}

某府发〔2024〕7号

各区人民政府：

一、总体要求。{SENTENCE[:20]}

— 3 —

{SENTENCE[20:]}。

— 4 —

二、保障措施

（一）地面停车场。根据《某某省停车条例》，{SENTENCE}。

序号\t工作任务\t责任单位
1\t改造管网\t市住建局

— 5 —

序号\t工作任务\t责任单位
2\t治理河道\t市水务局

某某市人民政府

2024年3月5日

— 6 —
"""
PAGE = "moumou/2024-03/moufufa-2024-7"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("printed")
    folder = root / "content" / "moumou" / "2024-03"
    folder.mkdir(parents=True)
    (folder.parent / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
    (folder / "issue.md").write_text(TEXT, "utf-8")
    build_quietly(root / "content", root)
    return root / "site"


@pytest.mark.medium
def test_the_place_where_a_page_begins_has_no_text(site: Path) -> None:
    page = (site / f"{PAGE}.html").read_text("utf-8")
    begun = re.findall(r"(.{4})<span ([^>]*page-begun[^>]*)></span>(.{4})", page)
    places = [
        (above, re.findall(r'data-page="(\d+)"', about), below) for above, about, below in begun
    ]
    assert places == [
        (SENTENCE[16:20], ["4"], SENTENCE[20:24]),
        ('s2">', ["5"], "二、保障"),
        ("<td>", ["6"], "2</t"),
    ]
    assert not re.search("第[3-6]页", "".join(read_page(site / f"{PAGE}.html").texts))


@pytest.mark.medium
def test_blocks_of_issue_json_name_their_pages(site: Path) -> None:
    data = json.loads((site / "moumou/2024-03/issue.json").read_text("utf-8"))
    schema_of_issue = json.loads((ROOT / "schemas/issue.schema.json").read_text("utf-8"))
    Draft202012Validator(schema_of_issue).validate(data)
    pages = {block["anchor"]: block.get("pages") for block in data["documents"][0]["blocks"]}
    assert pages == {
        "title": ["3"], "number": ["3"], "addressees": ["3"], "s1": ["3", "4"], "s2": ["5"],
        "s2-1": ["5"], "t1": ["5", "6"], "signature": ["6"], "date": ["6"],
    }  # fmt: skip


@pytest.mark.medium
def test_akoma_ntoso_has_the_ends_of_pages(site: Path) -> None:
    xml = etree.parse(site / f"{PAGE}.xml")
    assert schema().validate(xml), schema().error_log.last_error
    assert [end.get("number") for end in xml.iter("{*}eop")] == ["3", "4", "5"]


@pytest.mark.medium
def test_an_issue_whose_pages_are_not_known_says_nothing_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "moumou" / "2024-03"
    folder.mkdir(parents=True)
    (folder.parent / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
    (folder / "issue.md").write_text(re.sub("— . —\n\n?", "", TEXT), "utf-8")
    assert not convert(folder).paper.places
    build_quietly(tmp_path / "content", tmp_path)
    for name in ("html", "json", "xml", "md"):
        written = (tmp_path / "site" / f"{PAGE}.{name}").read_text("utf-8")
        assert not re.search(r'page-begun|<eop|"pages"|pages=|"sheets"', written)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site) as base:
        yield f"{base}{PAGE}.html"


@pytest.mark.slow
@pytest.mark.parametrize(("anchor", "page"), [("s1", "3"), ("s2-1", "5"), ("t1-r2", "6")])
def test_the_citation_of_a_paragraph_names_the_page_where_it_begins(
    address: str, browser: Browser, anchor: str, page: str
) -> None:
    with lent_page(browser, 1280) as found:
        found.goto(f"{address}#{anchor}")
        found.evaluate(
            f"document.querySelector('[id=\"{anchor}\"] .paragraph-tools button').click()"
        )
        cited = found.eval_on_selector_all(
            "#gazette-citations textarea", "all => all.map(t => t.value)"
        )
    assert f"2024(3):{page}." in cited[0]
    assert f"，第{page}页。" in cited[2]
    assert f"pages = {{{page}}}," in cited[4]
    assert f"SP  - {page}\n" in cited[5]


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (768, "light"), (360, "dark")])
def test_the_page_is_drawn_and_is_not_copied(
    address: str, browser: Browser, width: int, scheme: str
) -> None:
    with lent_page(browser, width) as found:
        found.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found.goto(address)
        found.wait_for_load_state("networkidle")
        drawn = found.evaluate(
            "getComputedStyle(document.querySelector('#s1 .page-begun'), '::before').content"
        )
        assert drawn in ('"［第" attr(data-page) "页］"', '"［第4页］"', '"［第" "4" "页］"')
        found.evaluate("getSelection().selectAllChildren(document.getElementById('s1'))")
        copied = found.evaluate("String(getSelection())")
        assert copied.strip() == f"一、总体要求。{SENTENCE}。"
        assert found.evaluate("document.documentElement.scrollWidth") <= width
        assert axe_faults(found) == []
