"""The page that compares two documents, as a reader uses it: on a desk, on a phone, from disk."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from tests.accessibility import axe_faults, structure_faults
from tests.amending import DECISION, RULES
from tests.browser import Watch, lent_page, serving
from tests.conftest import build_quietly, make_once
from tests.documents import RULES as PARKING
from tests.documents import issue_text

pytestmark = pytest.mark.medium

COMPARE = "compare/index.html"
OLD, NEW = "moumou/2019-01/moufufa-2019-12", "moumou/2023-05/moufufa-2023-12"
AMENDED = "moumou/2020-01/shifuling-1"
ARRANGED = f"{AMENDED}.2021-06-09"
BOTH = f"{COMPARE}?a={OLD}&b={NEW}"
RENEWED = (
    PARKING.replace("2019", "2023")
    .replace("停车场由街道办事处管理。", "停车场由街道办事处、镇人民政府管理。")
    .replace("（二）专用停车场。", "（二）道路停车位；\n（三）专用停车场。")
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a regulation and its successor, an amended regulation and the decision."""

    def make(where: Path) -> None:
        folder = where / "content" / "moumou"
        for name, text in (
            ("2019-01", PARKING), ("2020-01", RULES), ("2021-03", DECISION), ("2023-05", RENEWED)
        ):  # fmt: skip
            (folder / name).mkdir(parents=True)
            whole = issue_text(int(name[5:]), text, year=int(name[:4]))
            (folder / name / "issue.md").write_text(whole, "utf-8")
        (folder / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
        build_quietly(where / "content", where)

    return make_once(tmp_path_factory, "compare", make) / "site"


@pytest.fixture
def base(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture
def watch(browser: Browser, base: str) -> Iterator[Watch]:
    with Watch.over(browser, base) as watched:
        yield watched


def opened(watch: Watch, address: str = BOTH) -> Page:
    page = watch.open(address)
    page.locator(".compare-rows .pair").first.wait_for()
    return page


def changed(page: Page) -> list[str]:
    """Give the changed rows as HTML without the links to the places."""
    rows = page.locator(".pair.changed").all()
    return [re.sub(r"<a .*?</a>", "", row.inner_html()) for row in rows]


def data_of(site: Path, name: str) -> dict[str, Any]:
    found = re.search(r'","([^"]+)"\);', (site / f"{name}.js").read_text("ascii"))
    assert found
    data: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(found[1])))
    return data


def test_the_script_of_an_amended_text_has_its_words_and_says_what_it_is(site: Path) -> None:
    own, arranged = data_of(site, AMENDED), data_of(site, ARRANGED)
    assert own["arranged"] == [["shifuling-1.2021-06-09", "按示府令第7号（2021-06-09）修改的文本"]]
    assert arranged["version"] == "按示府令第7号（2021-06-09）修改的文本，本站整理，不是正式文本"
    texts = {anchor: text for anchor, _, text in arranged["blocks"] if anchor}
    assert texts["a3"] == "第三条　市停车管理中心负责停车管理工作。"
    kinds = [kind for _, kind, _ in arranged["blocks"]]
    assert kinds[0] == "title"
    assert kinds[-1] == [kind for _, kind, _ in own["blocks"]][-1]


def test_the_script_of_a_superseded_document_names_its_successor(site: Path) -> None:
    assert data_of(site, OLD)["later"] == [
        [NEW, "某某市停车管理办法", "有新的同名文件：某府发〔2023〕12号"]
    ]


def test_pages_lead_to_the_comparison(site: Path) -> None:
    def leads(name: str) -> dict[str, str]:
        tree = html.parse(site / f"{name}.html")
        return {a.text_content(): a.get("href") for a in tree.iter("a") if COMPARE in a.get("href")}

    to = f"../../{COMPARE}"
    own = leads(OLD)
    assert own["与另一文件对照"] == f"{to}?a={OLD}"
    assert own["新旧对照"] == f"{to}?a={OLD}&b={NEW}"
    assert leads(AMENDED)["与原文并排对照"] == f"{to}?a={AMENDED}&b={ARRANGED}"
    assert leads(ARRANGED)["与原文并排对照"] == f"{to}?a={AMENDED}&b={ARRANGED}"
    assert "两份文件对照" in own  # in the footer


def test_both_texts_stand_side_by_side_with_what_was_changed(watch: Watch) -> None:
    page = opened(watch)
    assert changed(page)[:4] == [
        '<div class="old">某府发〔<del>2019</del>〕12号 </div>'
        '<div class="new">某府发〔<ins>2023</ins>〕12号 </div>',
        '<div class="old is-empty"></div><div class="new"><ins>（二）道路停车位；</ins> </div>',
        '<div class="old"><del>（二）</del>专用停车场。 </div>'
        '<div class="new"><ins>（三）</ins>专用停车场。 </div>',
        '<div class="old">停车场由街道办事处管理。 </div>'
        '<div class="new">停车场由街道办事处<ins>、镇人民政府</ins>管理。 </div>',
    ]
    said = page.locator(".compare-status").inner_text()
    assert said == "共有 5 处不同：改动 4 段，增加 1 段；相同的有 6 段。"
    left, right = (page.locator(f".pair.changed .{side}").first for side in ("old", "new"))
    before, after = left.bounding_box(), right.bounding_box()
    assert before
    assert after
    assert before["y"] == after["y"]
    assert before["x"] + before["width"] < after["x"] + 1
    link = page.locator(".pair.changed .new .compare-at").nth(1)
    assert (link.get_attribute("href") or "").endswith(f"{NEW}.html#a2-2")


def test_keys_and_buttons_lead_through_the_changes_with_a_count(watch: Watch) -> None:
    page = opened(watch)
    count = page.locator(".hit-count")
    assert count.inner_text() == "5处"
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert count.inner_text() == "2/5处"
    assert page.locator(".pair.now").get_attribute("aria-label") == "第2处不同"
    assert page.evaluate("document.activeElement === document.querySelector('.pair.now')")
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert count.inner_text() == "5/5处"
    page.get_by_role("button", name="下一处").click()
    assert count.inner_text() == "1/5处"


def test_only_what_differs_can_be_shown_and_the_sides_exchanged(watch: Watch) -> None:
    page = opened(watch)
    same = page.locator(".pair.same").first
    page.get_by_role("button", name="只看不同").click()
    assert not same.is_visible()
    assert page.locator(".compare-same:visible").first.inner_text() == "（1 段相同，没有显示）"
    page.get_by_role("button", name="左右交换").click()
    assert page.url.endswith(f"?a={NEW}&b={OLD}")
    assert "<del>2023</del>" in changed(page)[0]
    assert not page.locator(".pair.same").first.is_visible()
    page.get_by_role("button", name="合为一栏").click()
    assert "〔<del>2023</del><ins>2019</ins>〕" in changed(page)[0]


def test_a_phone_shows_one_column_with_the_changes_in_it(browser: Browser, base: str) -> None:
    with Watch.over(browser, base, 390, is_touch=True) as watch:
        page = opened(watch)
        assert "〔<del>2019</del><ins>2023</ins>〕" in changed(page)[0]
        assert page.locator(".pair.same .new").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name="下一处").tap()
        now, bar = page.locator(".pair.now").bounding_box(), page.locator(".compare-bar")
        box = bar.bounding_box()
        assert now
        assert box
        assert now["y"] + now["height"] <= box["y"]
        assert axe_faults(page) + structure_faults(page) == []


def test_it_works_from_disk_and_says_what_was_amended(browser: Browser, site: Path) -> None:
    with lent_page(browser) as page:
        page.goto(f"{(site / COMPARE).as_uri()}?a={AMENDED}&b={ARRANGED}")
        page.locator(".compare-rows .pair").first.wait_for()
        heads = page.locator(".compare-heads").inner_text()
        assert "按示府令第7号（2021-06-09）修改的文本，本站整理，不是正式文本" in heads
        third = page.locator(".pair.changed").first
        assert "第三条　市<ins>停车管理中心负责</ins>停车管理工作。" in third.inner_html()


def test_of_one_document_its_versions_and_namesakes_are_offered(watch: Watch) -> None:
    page = watch.open(f"{COMPARE}?a={AMENDED}")
    page.get_by_text("按示府令第7号（2021-06-09）修改的文本").wait_for()
    page = watch.open(f"{COMPARE}?a={NEW}")
    page.get_by_role("heading", name="同名的文件").wait_for()
    page.locator(".compare-choose .row-title").first.click()
    page.wait_for_url(f"**/{COMPARE}?a={NEW}&b={OLD}")
    page.locator(".pair.changed").first.wait_for()


@pytest.mark.parametrize("typed", ["某府发201912", f"https://site.example/x/{OLD}.html#a2"])
def test_any_document_is_found_by_number_title_or_address(watch: Watch, typed: str) -> None:
    page = watch.open(f"{COMPARE}?b={NEW}")
    field = page.get_by_label("文号、标题或网址")
    field.fill(typed)
    field.press("Enter")
    if "://" not in typed:
        page.locator(".compare-choose .row-title", has_text="停车管理办法").first.wait_for()
        links = page.locator(".compare-choose .row-title").evaluate_all(
            "all => all.map(a => a.href)"
        )
        assert f"{watch.base}{COMPARE}?a={OLD}&b={NEW}" in links
    else:
        page.wait_for_url(f"**/{COMPARE}?a={OLD}&b={NEW}")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("moumou/2019-01/nothing", "打不开 moumou/2019-01/nothing：本站没有这份文件"),
        ("../../elsewhere", "“../../elsewhere”不是本站文件的地址。"),
        ("https://evil.example/x/y", "“https://evil.example/x/y”不是本站文件的地址。"),
        ("assets/gazette/state", "打不开 assets/gazette/state：本站没有这份文件"),
    ],
)
def test_what_cannot_be_read_is_said(browser: Browser, base: str, asked: str, said: str) -> None:
    with lent_page(browser) as page:
        page.goto(f"{base}{COMPARE}?a={asked}&b={NEW}")
        fault = page.locator(".compare-fault")
        fault.wait_for()
        assert fault.inner_text().startswith(said)
        assert page.get_by_label("文号、标题或网址").is_visible()
        assert axe_faults(page) == []


def test_the_footer_says_what_the_archive_holds(watch: Watch) -> None:
    for name in (f"{OLD}.html", "search/index.html", COMPARE):
        page = watch.open(name)
        page.locator("[data-holdings]", has_text="4 期，4 篇公文（2019—2023年）").wait_for()


def test_what_is_held_is_said_from_disk_beside_a_search(browser: Browser, site: Path) -> None:
    with lent_page(browser) as page:
        page.goto((site / "search" / "index.html").as_uri() + "?q=停车场")
        page.locator(".search-hits li").first.wait_for()
        page.locator("[data-holdings]", has_text="4 期，4 篇公文").wait_for()
