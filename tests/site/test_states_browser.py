"""States in a browser: what depends on the reader's day, and the filter of hits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import lent_page, serving, until
from tests.conftest import build_quietly, make_once
from tests.documents import REPEAL
from tests.site.test_states_site import NEW, OLD, OTHER, REPEALED, write, write_archive

pytestmark = pytest.mark.medium

TERM = f"{OTHER}/moufufa-2020-3"
DAYS = {
    "2020-08-31": (
        ["尚未施行"],
        "将于2022-07-01废止",
        ["尚未施行（2020-09-01起施行）", "有效期至2025-08-31"],
    ),
    "2023-01-01": ([], "已废止", ["有效期至2025-08-31"]),
    "2025-09-01": (["有效期已满"], "已废止", ["有效期已满（至2025-08-31）"]),
}  # fmt: skip
MARKS = "[...document.querySelectorAll('.state')].map(e => e.textContent).filter(Boolean)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(where: Path) -> None:
        write_archive(where / "content")
        write(where / "content", NEW, 3, 2022, REPEAL)
        build_quietly(where / "content", where)

    return make_once(tmp_path_factory, "states-browser", make) / "site"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with lent_page(browser) as page:
        yield page


@pytest.mark.parametrize("day", DAYS)
def test_the_readers_day_decides_what_is_in_force(day: str, browser: Browser, site: Path) -> None:
    of_term, of_repealed, in_list = DAYS[day]
    # in a context of its own: a clock that was set stays so
    with browser.new_context() as context, serving(site) as base:
        page = context.new_page()
        page.clock.set_fixed_time(datetime.fromisoformat(f"{day}T12:00:00"))
        page.goto(f"{base}{TERM}.html")
        assert page.evaluate(MARKS) == of_term
        page.goto(f"{base}{REPEALED}.html")
        assert page.evaluate(MARKS) == [of_repealed]
        page.goto(f"{base}{OTHER}/index.html")
        assert page.evaluate(MARKS) == in_list


@pytest.mark.parametrize(
    ("day", "words"),
    [("2020-08-31", DAYS["2020-08-31"][1]), ("2023-01-01", "已废止，2022-07-01起")],
)
def test_a_card_says_of_a_state_to_come_what_the_page_says(
    day: str, words: str, browser: Browser, site: Path
) -> None:
    with browser.new_context() as context, serving(site) as base:
        page = context.new_page()
        page.clock.set_fixed_time(datetime.fromisoformat(f"{day}T12:00:00"))
        page.goto(f"{base}{NEW}/moufufa-2022-6.html")
        page.locator("#official a.held", has_text="停车管理办法").first.focus()
        until(page, "document.querySelector('.gazette-card[data-ready]')")
        states = page.locator(".card-state").all_inner_texts()
        assert [one.partition("：")[0] for one in states] == [words]


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_page_says_up_to_which_day_the_archive_was_searched(
    scheme: str, page: Page, site: Path
) -> None:
    with serving(site) as base:
        page.goto(f"{base if scheme == 'http' else site.as_uri() + '/'}{TERM}.html")
        until(page, "document.querySelector('[data-held]').textContent")
        said = page.locator("dd", has=page.locator("[data-held]")).inner_text()
    assert said == "本站未见修改、废止（查至2022年6月1日的文件）"


def test_hits_are_filtered_by_state_and_the_address_keeps_it(page: Page, site: Path) -> None:
    with serving(site) as base:
        page.goto(f"{base}search/index.html?q=停车")
        until(page, "document.querySelector('.search-hits .state')")
        choices = page.locator("select[name=state] option").all_inner_texts()
        assert choices == ["全部", "未见修改、废止（1）", "已废止（1）"]
        page.select_option("select[name=state]", "repealed")
        until(page, "document.querySelectorAll('.search-hits li').length === 1")
        assert page.inner_text(".search-hits .state") == "已废止"
        assert f"{OLD}/moufufa-2019-12.html" in str(page.get_attribute(".search-title", "href"))
        page.goto(page.url)
        until(page, "document.querySelectorAll('.search-hits li').length === 1")
        assert page.input_value("select[name=state]") == "repealed"


def test_the_box_says_of_a_hit_that_it_is_repealed(page: Page, site: Path) -> None:
    with serving(site) as base:
        page.goto(f"{base}{TERM}.html")
        page.click(".md-search__input")
        page.keyboard.type("某府发〔2019〕12号")
        hit = page.locator(".md-search-result__item", has_text="停车管理办法").first
        assert hit.locator("h1, h2").first.inner_text() == "某某市停车管理办法〔已废止〕"
