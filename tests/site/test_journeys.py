"""Whole journeys of a reader, on a phone and at a desk, with every other host refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import Watch, serving, until

pytestmark = pytest.mark.medium

SEED = "panzhihua/2017-01"
CITING, CITED = "moumou/2021-02/moufufa-2021-9.html", "moumou/2020-01/moufufa-2020-3.html"


@pytest.fixture(scope="module", params=["phone", "desk"])
def device(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def start(browser: Browser, folder: Path, device: str) -> Iterator[Watch]:
    """Follow a reader through a site; any error on the way fails the test."""
    with serving(folder) as base:
        width = 360 if device == "phone" else 1280
        with Watch.over(browser, base, width, is_touch=device == "phone") as watch:
            yield watch


@pytest.fixture
def reader(browser: Browser, built: Path, device: str) -> Iterator[Watch]:
    yield from start(browser, built / "site", device)


@pytest.fixture
def follower(browser: Browser, archive: Path, device: str) -> Iterator[Watch]:
    yield from start(browser, archive, device)


def choose(page: Page, device: str, target: str) -> None:
    """Touch or click a visible element."""
    place = page.locator(target).locator("visible=true").first
    if device == "phone":
        place.tap()
    else:
        place.click()


def open_box(page: Page, device: str) -> None:
    """Open the search box, and wait until it is open."""
    if device == "phone":
        choose(page, device, "label.md-header__button[for=__search]")
    else:
        choose(page, device, "input[name=query]")
    settle(page)


def settle(page: Page) -> None:
    until(page, "document.getElementById('__search').checked")
    page.wait_for_timeout(300)


def is_on_screen(page: Page, anchor: str) -> bool:
    """Whether the block with an id begins on the screen, not below the header."""
    found: bool = page.evaluate(
        """id => {
          const top = document.getElementById(id).getBoundingClientRect().top;
          const header = document.querySelector(".md-header").getBoundingClientRect().bottom;
          return top >= header - 2 && top < innerHeight;
        }""",
        anchor,
    )
    return found


def test_half_remembered_words_lead_to_the_paragraph(reader: Watch, device: str) -> None:
    page = reader.open("index.html")
    open_box(page, device)
    page.keyboard.type("小额人身保险 覆盖率", delay=20)
    hit = ".md-search-result__item a[href*='#']:has-text('覆盖率')"
    page.wait_for_selector(hit)
    choose(page, device, hit)
    page.wait_for_url(f"**/{SEED}/chuanbanfa-2016-103.html**#**")
    page.wait_for_selector("mark")
    anchor = page.url.partition("#")[2]
    assert "小额人身保险覆盖率" in page.locator(f"#{anchor}").locator("..").inner_text()
    assert is_on_screen(page, anchor)


def test_what_is_half_right_is_found_by_pinyin_and_by_number(reader: Watch, device: str) -> None:
    page = reader.open(f"{SEED}/index.html")
    for query in ("yangguangkangyang", "川府发2016 55"):
        open_box(page, device)
        page.fill("input[name=query]", query)
        page.keyboard.press("End")
        page.wait_for_selector(".md-search-result__item a[href*='chuanfufa-2016-55.html']")
        page.keyboard.press("Escape")
        page.wait_for_selector(".md-search__output", state="hidden")


def test_all_hits_are_listed_on_a_page_of_their_own(reader: Watch, device: str) -> None:
    page = reader.open("index.html")
    open_box(page, device)
    page.keyboard.type("人民政府", delay=20)
    choose(page, device, ".md-search-result__item a:has-text('查看全部')")
    page.wait_for_url("**/search/index.html?q=**")
    page.wait_for_selector(".search-hits li")
    first = page.locator(".search-hits .search-title").first
    title = first.inner_text()
    choose(page, device, ".search-hits .search-title")
    page.wait_for_selector(".official")
    assert title.replace("\n", "") in page.inner_text("h1").replace("\n", "")
    page.go_back()
    page.wait_for_selector(".search-hits li")
    assert page.input_value("#q") == "人民政府"


def present_mark(page: Page) -> dict[str, float]:
    """Give where the present mark is, and what is above and below it that could cover it."""
    found: dict[str, float] = page.evaluate(
        """() => {
          const box = element => element.getBoundingClientRect();
          const mark = box(document.querySelector("mark.hit.now"));
          return {
            top: mark.top, bottom: mark.bottom,
            header: box(document.querySelector(".md-header")).bottom,
            bar: box(document.querySelector(".reading-bar")).top,
          };
        }"""
    )
    return found


def test_several_words_are_marked_where_the_hit_leads_and_stepped_through(
    reader: Watch, device: str
) -> None:
    page = reader.open("search/index.html?q=医养结合 金融")
    page.wait_for_selector(".search-hits li")
    choose(page, device, ".search-hits .search-title")
    page.wait_for_selector("mark.hit.now")
    count = page.locator(".hit-count")
    until(page, "scrollY > 0")
    marked = set(page.locator("mark.hit").all_inner_texts())
    assert {"医养结合", "金融"} <= marked
    first, _, of = count.inner_text().removesuffix("段").partition("/")
    total = int(of)
    blocks = page.evaluate(
        "new Set([...document.querySelectorAll('mark.hit')]"
        ".map(mark => mark.closest('p, td, th, h1, h2, h3, h4, h5, h6'))).size"
    )
    assert total == blocks > 1
    at = int(first)
    for _ in range(total):
        seen = present_mark(page)
        assert seen["header"] <= seen["top"] < seen["bottom"] <= seen["bar"]
        choose(page, device, ".hit-steps button:has-text('›')")
        at = at % total + 1
        assert count.inner_text() == f"{at}/{total}段"
    choose(page, device, ".hit-steps button:has-text('✕')")
    assert page.locator("mark.hit").count() == 0
    assert "h=" not in page.url
    assert page.locator(".hit-steps").count() == 0


def test_keys_step_through_the_places_of_one_word(reader: Watch, device: str) -> None:
    if device == "phone":
        pytest.skip("a phone has no keys")
    page = reader.open(f"{SEED}/chuanfufa-2016-55.html?h=旅游业")
    page.wait_for_selector("mark.hit.now")
    total = page.locator("mark.hit").count()
    assert page.inner_text(".hit-count") == f"1/{total}处"
    page.keyboard.press("p")
    assert page.inner_text(".hit-count") == f"{total}/{total}处"
    page.keyboard.press("n")
    assert page.inner_text(".hit-count") == f"1/{total}处"


def test_a_phone_reaches_the_contents_by_two_taps_and_nothing_is_covered(
    reader: Watch, device: str
) -> None:
    if device != "phone":
        pytest.skip("the bar is a phone's")
    page = reader.open(f"{SEED}/chuanfufa-2016-55.html")
    choose(page, device, ".bar-contents")  # the first tap
    choose(page, device, "#reading-contents a[href='#s3']")  # the second
    page.wait_for_url("**#s3")
    until(page, "scrollY > 0")
    assert is_on_screen(page, "s3")
    until(page, "document.querySelector('.bar-now').textContent.startsWith('三、')")
    # the end of the page is above the bar, and so are the tools of a paragraph
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    ends = "document.querySelector('.md-footer').getBoundingClientRect().bottom"
    bar = "document.querySelector('.reading-bar').getBoundingClientRect().top"
    assert page.evaluate(f"{ends} <= {bar} + 1")
    choose(page, device, "#s3")
    page.wait_for_selector("#s3 .paragraph-tools", state="visible")
    tools = "document.querySelector('#s3 .paragraph-tools').getBoundingClientRect().bottom"
    assert page.evaluate(f"{tools} <= {bar} + 1")
    page.set_viewport_size({"width": 390, "height": 400})
    assert page.evaluate("getComputedStyle(document.querySelector('.reading-bar')).position") == (
        "relative"
    )


def test_a_wide_table_says_what_is_out_of_sight_and_keeps_its_first_column(
    reader: Watch, device: str
) -> None:
    if device != "phone":
        pytest.skip("a desk shows the whole table")
    page = reader.open(f"{SEED}/chuanfufa-2016-55.html")
    page.wait_for_selector(".table-frame[data-more]")
    frame = page.locator(".table-frame .md-typeset__scrollwrap").first
    before = int(page.locator(".table-frame").first.get_attribute("data-more") or 0)
    cell = page.locator(".table-frame tbody td").first
    assert before > 0
    left = "cell => cell.getBoundingClientRect().left"
    kept = cell.evaluate(left)
    frame.evaluate("frame => { frame.scrollLeft = frame.scrollWidth; }")
    until(page, "!document.querySelector('.table-frame').dataset.more")
    assert abs(cell.evaluate(left) - kept) <= 20  # at the edge, not out of sight


def test_an_issue_is_leafed_through(reader: Watch, device: str) -> None:
    page = reader.open("index.html")
    choose(page, device, ".cards .card p a")
    page.wait_for_url("**/moumou/2020-04/index.html")
    reader.open(f"{SEED}/index.html")
    choose(page, device, "main a[href$='chuanfufa-2016-55.html']")
    page.wait_for_url("**/chuanfufa-2016-55.html")
    choose(page, device, ".md-footer__link--next")
    page.wait_for_url("**/chuanfufa-2016-56.html")
    choose(page, device, ".md-path a:has-text('2017年第1期')")
    page.wait_for_url(f"**/{SEED}/index.html")


def test_the_contents_lead_to_a_part(reader: Watch, device: str) -> None:
    page = reader.open(f"{SEED}/chuanfufa-2016-55.html")
    if device == "phone":
        choose(page, device, ".md-header__button[for=__drawer]")
        page.wait_for_timeout(400)
        choose(page, device, ".md-nav__link[for=__toc]")
        page.wait_for_timeout(400)
        part = ".md-sidebar--primary .md-nav--secondary a[href='#s2']"
    else:
        part = ".md-sidebar--secondary a[href='#s2']"
    choose(page, device, part)
    page.wait_for_url("**#s2")
    until(page, "scrollY > 0")
    assert is_on_screen(page, "s2")
    if device == "phone":
        page.wait_for_selector(".md-sidebar--primary", state="hidden")


def test_a_citation_is_followed_into_another_issue_and_back_to_its_paragraph(
    follower: Watch, device: str
) -> None:
    page = follower.open(CITING)
    link = page.locator(".official a.held", has_text="第二条").first
    home = link.evaluate("link => link.closest('[id]').id")
    choose(page, device, f"[id='{home}'] a.held:has-text('第二条')")
    if device == "phone":  # a finger opens the card first
        choose(page, device, ".gazette-card .card-open")
    page.wait_for_url(f"**/{CITED}#f1-a2")
    assert is_on_screen(page, "f1-a2")
    page.go_back()
    page.wait_for_url(f"**/{CITING}")
    assert is_on_screen(page, home)


def test_the_cited_knows_who_cites_it(follower: Watch, device: str) -> None:
    page = follower.open(CITED)
    choose(page, device, ".official a.cited-count")
    page.wait_for_url("**#cited-**")
    choose(page, device, f"#cited-by ~ ul a[href*='{CITING.rpartition('/')[2]}']")
    page.wait_for_url(f"**/{CITING}#**")
    assert is_on_screen(page, page.url.partition("#")[2])


def test_the_link_of_a_paragraph_marks_it(reader: Watch) -> None:
    page = reader.open(f"{SEED}/chuanfufa-2016-55.html#s2-4")
    target = page.locator(":target")
    assert target.get_attribute("id") == "s2-4"
    assert is_on_screen(page, "s2-4")
    ground = "element => getComputedStyle(element).backgroundColor"
    assert target.evaluate(ground) != page.locator("#s2").evaluate(ground)


def test_a_document_is_found_and_read_by_keys_alone(reader: Watch) -> None:
    page = reader.open("index.html")
    page.keyboard.press("/")
    settle(page)
    page.keyboard.type("农村留守儿童关爱", delay=20)
    page.wait_for_selector(".md-search-result__item a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chuanfufa-2016-56.html**")
    page.goto(page.url.partition("?")[0])  # from the head of the page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main article')")


def test_the_duties_of_an_agency_in_a_year_are_three_steps_away(reader: Watch, device: str) -> None:
    page = reader.open("index.html")
    choose(page, device, ".doors a[href='agencies/index.html']")
    choose(page, device, "th a:text-is('省发展改革委')")
    page.wait_for_selector("select[name=year]")
    years = page.locator("select[name=year] option").all_inner_texts()
    year = next(text for text in years if text.endswith("年"))
    page.locator("select[name=year]").select_option(year)
    shown = page.locator(".timeline tbody tr:not(.group):visible")
    assert shown.count() > 0
    named = [row.get_attribute("data-year") or "" for row in shown.all()]
    assert all(year in years_named.split() for years_named in named)
    assert f"显示 {shown.count()} / " in page.locator(".register-filter [role=status]").inner_text()
    # the address keeps the choice, and the whole list comes back
    reader.open(page.url.removeprefix(reader.base).lstrip("/"))
    assert page.locator("select[name=year]").input_value() == year
    choose(page, device, ".register-filter button")
    assert page.locator(".timeline tbody tr:not(.group):visible").count() > shown.count() - 1


def test_a_reader_chooses_what_to_subscribe_to_and_gets_its_address(
    reader: Watch, device: str
) -> None:
    page = reader.open("index.html")
    choose(page, device, ".files a[href='feeds/index.html']")
    page.wait_for_selector(".feed-address")
    scope, name, form = (page.locator(f".feed-maker label:has-text('{label}') select")
                         for label in ("范围", "选择", "内容"))  # fmt: skip
    address = page.locator(".feed-address")
    assert address.input_value() == f"{reader.base}feed.xml"
    form.select_option("全文")
    assert address.input_value() == f"{reader.base}feed.full.xml"
    scope.select_option("责任单位")
    agency = name.locator("option", has_text="市发展改革委").inner_text()
    name.select_option(agency)
    found = address.input_value()
    assert re.fullmatch(rf"{reader.base}agencies/shifazhangaigewei-[0-9a-f]+\.xml", found)
    answer = page.request.get(found)
    assert answer.ok
    assert "市发展改革委" in answer.text()
