"""The site in a real browser, with every other host refused."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.browser import Watch, search, until

pytestmark = pytest.mark.long

# half of the phrases of a reader: words, a name, one number in several prints, part of a title
QUERIES = {
    "阳光康养": "chuanfufa-2016-55.html",
    "牟刚林": "panfuren-2016-23.html",
    "川府发〔2016〕55号": "chuanfufa-2016-55.html",
    "川府发[2016]55号": "chuanfufa-2016-55.html",
    "农村留守儿童关爱": "chuanfufa-2016-56.html",
}


def test_every_page_opens_without_a_failed_or_an_outside_request(watch: Watch, built: Path) -> None:
    pages = sorted(
        p.relative_to(built / "site").as_posix() for p in (built / "site").rglob("*.html")
    )
    assert len(pages) > 20
    for path in pages:
        page = watch.open(path)
        assert page.title()
        assert page.query_selector("h1")


@pytest.mark.parametrize("query", QUERIES)
def test_an_issue_answers_in_materials_box(query: str, watch: Watch) -> None:
    found = search(watch.open("panzhihua/2017-01/index.html"), query)
    assert any(address.endswith(QUERIES[query]) for address in found)
    assert found[0].endswith(QUERIES[query]) or query == "阳光康养"


def test_the_home_page_answers_for_all_issues(watch: Watch) -> None:
    found = search(watch.open("index.html"), "某府发[2020]7号")
    assert found[0].endswith("moumou/2020-03/moufufa-2020-7.html")


def test_what_is_not_there_is_not_found(watch: Watch) -> None:
    page = watch.open("panzhihua/2017-01/index.html")
    page.click("input[name=query]")
    page.fill("input[name=query]", "龘龘龘")
    page.keyboard.press("End")
    until(page, "document.querySelector('.md-search-result__meta').innerText.includes('没有')")
    assert not page.query_selector(".md-search-result__item")


def test_a_hit_leads_to_its_paragraph(watch: Watch) -> None:
    page = watch.open("panzhihua/2017-01/index.html")
    search(page, "小额人身保险覆盖率")
    page.click(".md-search-result__item a[href*='#']")
    page.wait_for_url("**/chuanbanfa-2016-103.html**")
    anchor = page.url.partition("#")[2]
    text = page.evaluate("id => document.getElementById(id).parentElement.innerText", anchor)
    assert "小额人身保险覆盖率" in text


def test_a_reader_goes_from_home_to_a_document_and_on(watch: Watch) -> None:
    page = watch.open("index.html")
    page.click("text=四川省人民政府关于进一步加快旅游业改革发展的意见 >> visible=true")
    page.wait_for_url("**/chuanfufa-2016-55.html")
    page.click(".md-footer__link--next")
    page.wait_for_url("**/chuanfufa-2016-56.html")
    page.click(".md-path a >> nth=2")
    page.wait_for_url("**/panzhihua/2017-01/index.html")
    page.click(".site-name >> visible=true")
    page.wait_for_url("**/site/index.html")


def test_a_citation_is_followed_there_and_back(watch: Watch) -> None:
    page = watch.open("moumou/2020-04/moufufa-2020-8.html")
    page.click(".official a:has-text('某府发〔2020〕7号')")
    page.wait_for_url("**/2020-03/moufufa-2020-7.html")
    page.click("#cited-by ~ ul a")
    page.wait_for_url("**/2020-04/moufufa-2020-8.html#p1")


@pytest.mark.parametrize("width", [1280, 768, 390, 320])
def test_nothing_is_wider_than_the_screen(width: int, browser: Browser, base: str) -> None:
    with Watch.over(browser, base, width) as watching:
        for path in (
            "index.html",
            "panzhihua/2017-01/index.html",
            "panzhihua/2017-01/chuanfufa-2016-55.html",
        ):
            page = watching.open(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_missing_address_gets_a_page_that_helps(browser: Browser, built: Path) -> None:
    # hosts serve 404.html at the address that was asked for
    html = (built / "site" / "404.html").read_text("utf-8")
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(status=404, body=html, content_type="text/html"))
    page.goto("http://gazette.example/sub/panzhihua/2017-01/nonsense.html")
    links = {
        a.inner_text(): a.evaluate("a => a.href") for a in page.query_selector_all("#places a")
    }
    assert links == {
        "本期目录": "http://gazette.example/sub/panzhihua/2017-01/index.html",
        "这种公报的各期": "http://gazette.example/sub/panzhihua/index.html",
        "网站首页": "http://gazette.example/sub/index.html",
    }
    page.close()


def test_a_paragraph_offers_to_report_an_error(watch: Watch) -> None:
    page = watch.open("moumou/2020-03/moufufa-2020-7.html")
    page.hover("#p1")
    href = page.get_attribute("#p1 .report", "href") or ""
    assert href.startswith("mailto:gongbao@gazette.example?subject=")
    assert "moufufa-2020-7.html%23p1" in href
    assert quote("根据《某某市停车管理办法》") in href


def test_a_citation_is_previewed_followed_and_come_back_from(
    browser: Browser, archive: Path
) -> None:
    base = f"file://{archive}/"
    with Watch.over(browser, base, 390) as watch:
        page = watch.page
        page.goto(f"{base}moumou/2021-02/moufufa-2021-9.html")
        part = page.locator("a.held", has_text="第二条").first
        part.focus()
        preview = page.locator(".gazette-card[data-ready]")
        preview.wait_for()
        assert "某某市医养结合工作方案" in preview.inner_text()
        part.press("Enter")
        page.wait_for_url("**/moumou/2020-01/moufufa-2020-3.html#f1-a2")
        assert page.locator("#f1-a2").is_visible()
        page.locator("#f1-a2 a.cited-count").click()
        page.wait_for_url("**#cited-f1-a2")
        back = page.locator("#cited-by ~ ul li", has_text="某府发〔2021〕9号").locator("a").first
        back.click()
        page.wait_for_url("**/moufufa-2021-9.html#s1")


def test_the_picture_of_citations_is_reached_by_keyboard(browser: Browser, archive: Path) -> None:
    base = f"file://{archive}/"
    with Watch.over(browser, base) as watch:
        page = watch.page
        page.goto(f"{base}moumou/2020-01/moufufa-2019-12.html")
        frame = page.locator(".neighbours-frame")
        frame.focus()
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.getAttribute('href')")
        assert focused.endswith(".html")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{focused.rpartition('/')[2]}")
