"""The card of a citation: what a reader sees of the cited document without leaving the page."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.accessibility import axe_faults
from tests.browser import Watch, lent_page, serving
from tests.conftest import build_quietly, make_once
from tests.documents import REPEAL, RULES, issue_text, letter

pytestmark = pytest.mark.medium

CITING = letter(
    "一、按照《某某市停车管理办法》（某府发〔2019〕12号，以下简称《办法》）第二条执行。\n\n"
    "二、《办法》由市公安局解释，《中华人民共和国某某法》另有规定的从其规定。"
)
PAGE = "moumou/2021-01/moufufa-2021-9.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build two issues; a letter of the second cites the regulation in the first."""

    def make(where: Path) -> None:
        folder = where / "content" / "moumou"
        for name, text in (
            ("2020-01", issue_text(1, RULES)),
            ("2021-01", issue_text(2, CITING, year=2021)),
            ("2022-03", issue_text(3, REPEAL, year=2022)),
        ):
            (folder / name).mkdir(parents=True)
            (folder / name / "issue.md").write_text(text, "utf-8")
        (folder / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
        build_quietly(where / "content", where)

    return make_once(tmp_path_factory, "cards", make) / "site"


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    with serving(site) as root, Watch.over(browser, root) as watch:
        yield watch.open(PAGE)


def card(page: Page) -> Locator:
    found = page.locator(".gazette-card[data-ready]:not(.pinned)")
    found.wait_for()
    return found


def test_the_script_of_a_document_has_its_facts_and_its_blocks(site: Path) -> None:
    text = (site / "moumou" / "2020-01" / "moufufa-2019-12.js").read_text("ascii")
    found = re.fullmatch(
        r'gazetteDocument\("moumou/2020-01/moufufa-2019-12","([A-Za-z0-9+/=]+)"\);\n', text
    )
    assert found
    data: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(found[1])))
    assert data["title"] == "某某市停车管理办法"
    assert data["number"] == "某府发〔2019〕12号"
    assert data["issuer"] == "某某市人民政府"
    assert ["a2", "paragraph", "第二条　停车场包括下列种类："] in data["blocks"]


def test_a_pointer_on_a_citation_opens_a_card_with_the_very_provision(page: Page) -> None:
    page.locator("#official a.held", has_text="第二条").first.hover()
    words = card(page).inner_text()
    assert "某某市停车管理办法" in words
    assert "某府发〔2019〕12号" in words
    assert "2019-05-01" in words
    assert "已废止" in words
    assert "某府发〔2022〕6号" in words
    assert "（一）公共停车场；" in words
    assert "第三条" not in words
    page.mouse.move(2, 2)
    page.locator(".gazette-card").wait_for(state="detached")


def test_a_short_name_says_what_it_stands_for(page: Page) -> None:
    page.locator("#official a.short").first.hover()
    words = card(page).inner_text()
    assert words.startswith("简称，指某府发〔2019〕12号")
    assert "某某市停车管理办法" in words


def test_a_work_that_the_site_lacks_is_named_as_such(page: Page) -> None:
    page.locator("#official a.not-held").first.hover()
    words = card(page).inner_text()
    assert "《中华人民共和国某某法》" in words
    assert "本站未收录" in words
    assert "引用它的各处" in words


def test_the_keyboard_opens_pins_and_closes_a_card(page: Page) -> None:
    link = page.locator("#official a.held").first
    page.keyboard.press("Tab")  # from now on the focus is that of a keyboard
    link.focus()
    assert "某某市停车管理办法" in card(page).inner_text()
    assert link.get_attribute("aria-describedby") == "gazette-card"
    assert axe_faults(page) == []
    page.keyboard.press("Escape")
    assert page.locator(".gazette-card").count() == 0
    link.blur()
    link.focus()
    card(page)
    page.keyboard.press("Shift+Enter")
    assert page.locator(".gazette-card.pinned").count() == 1
    assert page.evaluate("document.activeElement.textContent") == "关闭"
    page.locator("#official a.not-held").first.hover()
    card(page)  # beside the pinned one
    assert axe_faults(page) == []
    page.locator(".pinned .card-pin").click()
    assert page.locator(".pinned").count() == 0


def test_a_finger_opens_the_card_first_and_the_card_leads_on(browser: Browser, site: Path) -> None:
    with serving(site) as root, Watch.over(browser, root, 390, is_touch=True) as watch:
        page = watch.open(PAGE)
        link = page.locator("#official a.held").first
        link.tap()
        opened = card(page)
        assert page.url.endswith(PAGE)
        box, below = opened.bounding_box(), link.bounding_box()
        assert box
        assert below
        assert below["y"] + below["height"] <= box["y"] + 1  # the citation stays in sight
        opened.get_by_text("打开全文").tap()
        page.wait_for_url("**/moufufa-2019-12.html*")


def test_cards_work_from_disk(browser: Browser, site: Path) -> None:
    with lent_page(browser) as page:
        page.goto((site / PAGE).as_uri())
        page.locator("#official a.held", has_text="第二条").first.hover()
        assert "（二）专用停车场。" in card(page).inner_text()
