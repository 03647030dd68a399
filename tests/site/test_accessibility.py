"""WCAG 2.2 AA as far as programs can tell, on every kind of page, however it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from generator.archive.registers import subject_anchor
from tests.accessibility import (
    axe_faults,
    drawing_faults,
    focus_faults,
    keyboard_faults,
    structure_faults,
)
from tests.browser import MODES, forget, lent_page, search, serving, until
from tests.conftest import build_quietly, make_once, write_citing_issues, write_three_issues

pytestmark = pytest.mark.long

PAGES = (
    "index.html",
    "moumou/index.html",
    "panzhihua/2017-01/index.html",
    "panzhihua/2017-01/chuanbanfa-2016-103.html",  # the longest
    "panzhihua/2017-01/chuanfufa-2016-55.html",  # with a table
    "panzhihua/2017-01/panfuren-2016-23.html",  # with appointments
    "panzhihua/2017-01/chuanfufa-2016-55.collation.html",
    "moumou/2020-03/moufufa-2020-7.html",  # errors can be reported
    "moumou/2020-04/corrections.html",
    "citing/2020-01/moufufa-2019-12.html",  # repealed, with a picture of its citations
    "agencies/index.html",
    "agencies/s.html",
    f"agencies/{subject_anchor('agencies', 'panzhihua', '市发展改革委')}.html",
    "people/index.html",
    "offices/index.html",
    "types/tongzhi.html",
    "recent.html",
    "works/index.html",
    "works/guofa.html",
    "issuers/index.html",
    "dates/2016.html",
    "terms/index.html",
    "terms/2022.html",
    "search/index.html",
    "search/index.html?q=旅游",
    "compare/index.html",
    "compare/index.html?a=citing/2020-01/moufufa-2019-12&b=moumou/2020-03/moufufa-2020-7",
    "404.html",
)
CORRECTION = """
[[correction]]
line = 43
from = "1.5"
to = "2.5"
why = "据印刷本改"
"""


@pytest.fixture(scope="session")
def accessible(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the website of the seed and of small issues, with a correction and with citations."""

    def make(where: Path) -> None:
        content = where / "content"
        write_three_issues(content)
        issue = content / "moumou" / "2020-04"
        lines = (issue / "issue.md").read_text("utf-8").split("\n")
        line = next(n for n, text in enumerate(lines, 1) if "1.5" in text)
        (issue / "issue.toml").write_text(CORRECTION.replace("43", f"{line}"), "utf-8")
        write_citing_issues(content, "citing")
        build_quietly(content, where)

    return make_once(tmp_path_factory, "accessible", make)


@pytest.fixture(scope="module")
def site(accessible: Path) -> Iterator[str]:
    with serving(accessible / "site") as base:
        yield base


class View(NamedTuple):
    """A page as it is opened: the system's colours count when it loads, and not after."""

    path: str
    width: int
    scheme: Literal["light", "dark"]


def at(*widths: int, modes: Iterable[str] = ("light",)) -> pytest.MarkDecorator:
    """Give each page at each width; tests of one view follow each other (tests/conftest.py)."""
    views = [
        (View(path, width, "dark" if mode == "dark" else "light"), mode)
        for path in PAGES
        for width in widths
        for mode in modes
    ]
    ids = [f"{view.path}-{view.width}-{mode}" for view, mode in views]
    return pytest.mark.parametrize(("view", "mode"), views, ids=ids)


@pytest.fixture(scope="module")
def seen_last() -> list[View]:
    """Name the view that the page shows, if nobody used the page since."""
    return []


@pytest.fixture(scope="module")
def viewed(browser: Browser) -> Iterator[Page]:
    with lent_page(browser) as page:
        yield page


@pytest.fixture
def page(view: View, site: str, viewed: Page, seen_last: list[View]) -> Page:
    """Open a page in a view, unless the test before has done so."""
    if seen_last != [view]:
        seen_last[:] = [view]
        forget(viewed)
        viewed.set_viewport_size({"width": view.width, "height": 900})
        read_in(viewed, "light")
        viewed.emulate_media(color_scheme=view.scheme)
        go(viewed, f"{site}{view.path}")
        viewed.evaluate(AT_REST)
        shown = viewed.evaluate("document.body.dataset.mdColorScheme")  # the 404 page has none
        assert shown in (None, "slate" if view.scheme == "dark" else "default")
    return viewed


TYPE = """large => {
  if (large) document.documentElement.dataset.gazetteType = "large";
  else delete document.documentElement.dataset.gazetteType;
}"""
# our scripts see a change of size a frame later
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# what a mode changes is changed at once; the policy of our pages forbids a <style>
AT_REST = """() => {
  const still = new CSSStyleSheet();
  still.replaceSync("*, ::before, ::after { transition: none !important }");
  document.adoptedStyleSheets = [still];
}"""


def read_in(page: Page, mode: str, *, forced: bool = False, rest: bool = False) -> None:
    """Set what may change while a page is open: its type, forced colours, a wish for no motion."""
    page.emulate_media(
        forced_colors="active" if forced else "none",
        reduced_motion="reduce" if rest else "no-preference",
    )
    page.evaluate(TYPE, mode == "large")
    page.evaluate(DRAWN)


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, site: str) -> Iterator[Opener]:
    """Open an address of the site at a width and in a mode."""
    with ExitStack() as stack:

        def start(path: str = "", width: int = 1280, mode: str = "light") -> Page:
            page = stack.enter_context(lent_page(browser, width))
            page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
            if path:
                go(page, f"{site}{path}")
                read_in(page, mode)
            return page

        yield start


def go(page: Page, path: str) -> None:
    page.goto(path)
    if "?q=" in path:
        page.wait_for_selector(".search-hits li")
    if "?a=" in path:
        page.wait_for_selector(".compare-rows .pair")


BAD = """<!doctype html><html lang="zh"><body><nav></nav>
<style>.mute:focus { outline: none }</style><a class="mute" href="#a">甲</a>
<a href="#b" style="position: fixed; left: -9rem">乙</a><button tabindex="0">丙</button>
<button style="width: 9px; height: 9px; padding: 0"></button><button style="width: 9px"></button>
<main><h1>一</h1><h3>二</h3><label for="none">无</label><table><tr><th>丁</th></tr></table>
<svg><text style="fill: #000">戊</text></svg></main>
<script>document.querySelector("button").onfocus = event => event.target.blur()</script>"""


def test_what_is_wrong_is_found(opened: Opener) -> None:
    page = opened()
    page.set_content(BAD)
    page.evaluate("document.body.style.backgroundColor = '#000'")
    found = " ".join(axe_faults(page))
    for rule in ("button-name", "target-size", "landmark", "heading-order"):
        assert rule in found
    found = " ".join(structure_faults(page))
    for fault in (
        "not in zh-CN",
        "rank",
        "Chinese name",
        "without a name",
        "without a scope",
        "of nothing",
    ):
        assert fault in found
    assert drawing_faults(page) == ["unreadable: 戊"]
    found = " ".join(keyboard_faults(page))
    for fault in ("no sign of the focus", "out of sight"):
        assert fault in found


def test_contents_that_follow_the_reader_keep_the_focus_in_sight(opened: Opener) -> None:
    page = opened("panzhihua/2017-01/chuanfufa-2016-55.html")
    contents = ".md-sidebar--secondary .md-sidebar__scrollwrap"
    page.locator(f"{contents} a").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.mouse.move(640, 600)  # over the text
    page.mouse.wheel(0, 100_000)
    until(page, f"document.querySelector('{contents} li:last-child a.md-nav__link--active')")
    page.wait_for_timeout(400)  # Material waits for the reader to rest
    assert focus_faults(page) == []

    page.evaluate("document.activeElement.blur()")
    page.mouse.wheel(0, -9)
    until(page, f"document.querySelector('{contents}').scrollTop > 0")


@at(1280, 360, modes=MODES)
def test_axe_finds_nothing(mode: str, page: Page) -> None:
    read_in(page, mode)
    assert axe_faults(page) == []


@at(1280, 360)
def test_headings_landmarks_and_tables_are_in_order(mode: str, page: Page) -> None:
    read_in(page, mode)
    assert structure_faults(page) == []


@at(1280, modes=("light", "dark"))
def test_the_systems_own_colours_leave_all_visible(mode: str, page: Page) -> None:
    read_in(page, mode, forced=True)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert axe_faults(page, ("color-contrast",)) + drawing_faults(page) == []


# 320 CSS pixels are WCAG's reflow; 640 is a screen of 1280 at 200 %
@at(320, 640, modes=("light", "large"))
def test_nothing_scrolls_sideways(mode: str, page: Page) -> None:
    width = (page.viewport_size or {"width": 0})["width"]
    read_in(page, mode)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@at(1280, 360)
def test_every_control_is_reached_by_tab_and_shows_it(mode: str, page: Page) -> None:
    read_in(page, mode, rest=True)
    assert keyboard_faults(page) == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("width", [1280, 360])
def test_the_box_with_its_hits_is_in_order(mode: str, width: int, opened: Opener) -> None:
    page = opened("panzhihua/2017-01/index.html", width, mode)
    page.keyboard.press("/")  # the box is an icon on a phone
    search(page, "旅游")
    page.wait_for_timeout(500)  # until it has come to rest
    assert axe_faults(page) + structure_faults(page) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_esc_leaves_the_box_and_tab_is_no_prisoner_of_it(width: int, opened: Opener) -> None:
    page = opened("panzhihua/2017-01/index.html", width)
    box = page.locator("input[name=query]")
    hits = page.locator(".md-search__output")
    for key in ("Escape", "Tab"):
        page.keyboard.press("/")
        search(page, "旅游")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.matches('.md-search-result__link')")
        page.keyboard.press("ArrowUp")
        page.keyboard.press(key)
        hits.wait_for(state="hidden")
        assert not box.evaluate("box => box === document.activeElement")


def test_the_box_left_and_entered_at_once_shows_its_hits(opened: Opener) -> None:
    page = opened("panzhihua/2017-01/index.html")
    page.keyboard.press("/")
    search(page, "旅游")
    page.keyboard.press("Escape")
    page.locator(".md-search__output").wait_for(state="hidden")
    page.focus("input[name=query]")
    page.wait_for_timeout(300)
    page.evaluate("document.getElementById('__search').checked = false")  # as Material leaves it
    page.keyboard.type("景区")
    page.locator(".md-search-result__item a").first.wait_for()


@pytest.mark.parametrize("path", ["panzhihua/2017-01/chuanfufa-2016-55.html", "index.html"])
@pytest.mark.parametrize("mode", MODES)
def test_the_drawer_of_a_phone_is_opened_and_left_by_keys(
    mode: str, path: str, opened: Opener
) -> None:
    page = opened(path, 360, mode)
    button = page.get_by_role("button", name="导航栏")
    button.focus()
    page.keyboard.press("Space")
    assert button.get_attribute("aria-expanded") == "true"
    page.wait_for_timeout(500)
    assert page.evaluate("!!document.activeElement.closest('.md-sidebar--primary a')")
    assert axe_faults(page) == []
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert button.evaluate("button => button === document.activeElement")


def test_a_part_of_the_contents_is_opened_by_keys(opened: Opener) -> None:
    page = opened("panzhihua/2017-01/index.html")
    closed = page.locator(".md-nav__item--nested > .md-nav__toggle:not(:checked)").first
    box = page.locator(f"#{closed.get_attribute('id')}")
    assert box.get_attribute("aria-expanded") == "false"
    links = box.locator("xpath=following-sibling::nav//a")
    assert not links.first.is_visible()
    box.focus()
    page.keyboard.press("Enter")
    links.first.wait_for(state="visible")
    assert box.get_attribute("aria-expanded") == "true"


def test_icons_follow_the_systems_own_colours(opened: Opener) -> None:
    page = opened("panzhihua/2017-01/index.html", 360, "dark")
    read_in(page, "dark", forced=True)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    icons = page.locator(".md-nav__icon").evaluate_all(
        "icons => icons.map(icon => getComputedStyle(icon, '::after').backgroundColor)"
    )
    assert icons
    assert ground not in icons
