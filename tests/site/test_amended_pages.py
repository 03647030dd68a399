"""The pages of an amended document, of the decision, and of the text as the decision changes it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree, html
from playwright.sync_api import Browser

from tests.accessibility import axe_faults, structure_faults
from tests.amending import DECISION, LATER, RULES
from tests.browser import MODES, lent_page, serving
from tests.conftest import build_quietly
from tests.documents import issue_text
from tests.formats.test_data import schema
from tests.pages import read_tree

pytestmark = pytest.mark.medium
AMENDED, CHANGED = "moumou/2020-01/shifuling-1.html", "moumou/2021-03/shifuling-7.html"
ARRANGED = "moumou/2020-01/shifuling-1.2021-06-09.html"


def write(content: Path, name: str, text: str) -> None:
    folder = content / "moumou" / name
    folder.mkdir(parents=True)
    whole = issue_text(int(name[5:]), text, year=int(name[:4]))
    (folder / "issue.md").write_text(whole, "utf-8")
    (content / "moumou" / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build rules, then add two decisions and build again; give the folder of the site."""
    where = tmp_path_factory.mktemp("amended")
    write(where / "content", "2020-01", RULES)
    build_quietly(where / "content", where)
    write(where / "content", "2021-03", DECISION)
    write(where / "content", "2022-02", LATER)
    assert build_quietly(where / "content", where).renewed == 3
    return where / "site"


def links_of(site: Path, page: str, section: str) -> list[tuple[str, str]]:
    tree = html.parse(site / page)
    heading = tree.xpath(f'//h2[@id="{section}"]')[0]
    found = []
    for element in heading.itersiblings():
        if element.tag == "h2":
            break
        found += [(a.text or "", a.get("href")) for a in element.iter("a")]
    return found


def test_a_build_upon_an_older_one_gives_the_bytes_of_a_clean_build(
    site: Path, tmp_path: Path
) -> None:
    build_quietly(site.parent / "content", tmp_path)
    assert read_tree(site) == read_tree(tmp_path / "site")


def test_the_amended_article_bears_a_mark_that_leads_to_the_decisions_words(site: Path) -> None:
    page = html.parse(site / AMENDED)
    marks = {p.get("id"): p.xpath('.//a[contains(@class,"amended")]') for p in page.xpath("//p")}
    marked = [anchor for anchor, found in marks.items() if found]
    assert marked == ["a3", "a4-p2", "a5", "a5-3", "a6", "a7", "a8"]
    (mark,) = marks["a3"]
    assert mark.get("href") == "#amended-a3"
    assert mark.get("title").startswith("示府令第7号（2021-06-09）：第三条修改为：“市停车管理中心")
    (row,) = page.xpath('//li[.//span[@id="amended-a3"]]')
    assert "第三条修改为" in row.text_content()


def test_the_page_of_the_decision_links_each_operation_to_its_article(site: Path) -> None:
    links = links_of(site, CHANGED, "changes")
    assert ("第三条", "../2020-01/shifuling-1.html#a3") in links
    assert ("第八条", "../2020-01/shifuling-1.html#a8") in links


def test_the_document_lists_its_operations_with_links_to_the_decision(site: Path) -> None:
    links = links_of(site, AMENDED, "amendments")
    assert ("示府令第7号", "../2021-03/shifuling-7.html") in links
    assert ("见决定", "../2021-03/shifuling-7.html#s1") in links
    assert ("本站据修改决定整理的文本", "shifuling-1.2021-06-09.html") in links


def test_the_arranged_text_says_what_it_is_and_shows_each_change(site: Path) -> None:
    page = html.parse(site / ARRANGED)
    assert page.xpath('//meta[@name="robots"]/@content') == ["noindex"]
    assert "本页不是正式文本" in page.xpath('//div[@class="arranged"]')[0].text_content()
    for sign in page.xpath('//div[@class="arranged"]//*[self::del]'):
        sign.drop_tree()
    text = page.xpath('//div[@class="arranged"]')[0].text_content()
    assert "第三条　市停车管理中心负责停车管理工作。" in text
    assert "（四）不得限定停车时间。" in text
    assert "第八条　违反第四条第二款规定的，由市停车管理中心处一千元罚款。" in text
    assert not re.search("责令改正", text)


def test_a_decision_that_does_not_fit_is_named_with_its_reason(site: Path) -> None:
    page = html.parse(site / AMENDED)
    (said,) = page.xpath('//p[contains(@class,"arranged-link")][not(a)]')
    assert "第六条中没有“每年检查两次”" in said.text_content()
    assert not list((site / "moumou" / "2020-01").glob("*2022-04-02.html"))


def test_the_data_of_both_documents_have_the_operations(site: Path) -> None:
    amended = json.loads((site / AMENDED).with_suffix(".json").read_text("utf-8"))["document"]
    decision = json.loads((site / CHANGED).with_suffix(".json").read_text("utf-8"))["document"]
    assert [one["kind"] for one in decision["amendments"]] == [
        "substitution", "insertion", "renumbering", "insertion", "renumbering", "replacement",
        "repeal", "replacement",
    ]  # fmt: skip
    assert decision["amendments"][0]["target"]["anchor"] == "a3"
    first, second = amended["amended_by"]
    assert first["arranged"] == "shifuling-1.2021-06-09.html"
    assert second["arranged"] is None
    assert second["not_arranged"] == ["第六条（替换词句）：第六条中没有“每年检查两次”"]


def test_akoma_ntoso_names_active_and_passive_modifications(site: Path) -> None:
    amended = (site / AMENDED).with_suffix(".xml").read_text("utf-8")
    decision = (site / CHANGED).with_suffix(".xml").read_text("utf-8")
    assert '<textualMod eId="mod_1" type="substitution"><source href="#s1"/>' in decision
    assert "<passiveModifications>" in amended
    assert 'destination href="#a3"' in amended


def test_the_xml_of_both_fits_the_schema(site: Path) -> None:
    for page in (AMENDED, CHANGED):
        schema().assertValid(etree.parse((site / page).with_suffix(".xml")))


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone(site: Path, browser: Browser, mode: str) -> None:
    with serving(site) as base, lent_page(browser, 360) as page:
        MODES[mode](page)
        for name in (AMENDED, CHANGED, ARRANGED):
            page.goto(f"{base.rstrip('/')}/{name}")
            assert axe_faults(page) == []
            assert structure_faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
