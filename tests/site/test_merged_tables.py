"""Pages of tables with merged cells: for readers at any width, on paper, without our program."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests.accessibility import axe_faults, keyboard_faults, structure_faults
from tests.browser import lent_page, serving
from tests.conftest import ROOT
from tests.pages import check_links, read_page

PAGE = "moumou/2024-01/moufufa-2024-5.html"
# rows and columns that cells take, by the texts of these
SIZES = """() => Object.fromEntries([...document.querySelectorAll(".official :is(th, td)")]
  .filter(cell => cell.rowSpan > 1 || cell.colSpan > 1)
  .map(cell => [cell.textContent, [cell.rowSpan, cell.colSpan]]))"""


@pytest.mark.medium
def test_the_links_of_a_site_with_merged_cells_lead_somewhere(merged: Path) -> None:
    assert check_links(merged / "site") == []


@pytest.mark.medium
def test_stock_mkdocs_renders_the_merged_cells(merged: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "GAZETTE_DOCS": str(merged / "build/docs/moumou/2024-01"),
        "GAZETTE_SITE": str(tmp_path / "stock"),
        "NO_MKDOCS_2_WARNING": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", str(ROOT / "mkdocs.yml")],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    name = Path(PAGE).name
    assert read_page(tmp_path / "stock" / name).texts == read_page(merged / "site" / PAGE).texts
    assert 'rowspan="10"' in (tmp_path / "stock" / name).read_text("utf-8")


@pytest.fixture(scope="module")
def address(merged: Path) -> Iterator[str]:
    with serving(merged / "site") as base:
        yield f"{base}{PAGE}"


@pytest.fixture(params=[(1280, "light"), (320, "light"), (360, "dark")], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    width, scheme = request.param
    with lent_page(browser, width) as found:
        found.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found.goto(address)
        found.wait_for_load_state("networkidle")
        yield found


def test_a_page_with_merged_cells_is_accessible(page: Page) -> None:
    assert axe_faults(page) == []
    assert structure_faults(page) == []


def test_only_the_frame_of_a_wide_table_scrolls_and_keys_scroll_it(page: Page) -> None:
    width = (page.viewport_size or {"width": 0})["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 400:
        frame = page.locator(".md-typeset__scrollwrap:has(#t2)")
        assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
        assert frame.get_attribute("tabindex") == "0"
        assert frame.get_attribute("aria-labelledby") == "t2-caption"


def test_every_control_beside_merged_cells_is_reached(browser: Browser, address: str) -> None:
    with lent_page(browser, 320) as page:
        page.emulate_media(reduced_motion="reduce")
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert keyboard_faults(page) == []


def test_cells_take_the_rows_and_columns_that_were_printed(page: Page) -> None:
    assert page.evaluate(SIZES) == {
        "类别": [2, 1], "序号": [2, 1], "工作任务": [2, 1], "责任单位": [1, 2], "完成时限": [2, 1],
        "生态保护": [10, 1], "市水务局": [10, 1], "县名": [2, 1], "水质": [1, 4], "岸线": [1, 2],
        "绿化": [2, 1], "总分": [2, 1], "基本情况": [3, 1], "照片": [3, 1], "另附图纸。": [1, 3],
    }  # fmt: skip


def test_a_number_or_a_short_name_is_never_broken(page: Page) -> None:
    lines = page.locator(".official td.narrow").evaluate_all(
        "cells => cells.map(cell => [cell.innerText, cell.scrollWidth <= cell.clientWidth])"
    )
    assert all(fits for _, fits in lines)
    assert any("某县1" in text for text, _ in lines)


def test_the_row_of_an_address_is_marked(page: Page) -> None:
    page.goto(f"{page.url.split('#')[0]}#t1-r7")
    page.wait_for_timeout(300)
    box = page.locator("#t1-r7").bounding_box()
    assert box
    assert 0 <= box["y"] <= 900
    assert page.locator("#t1-r7 td").first.inner_text().startswith("7")


def test_paper_repeats_both_rows_of_the_header(browser: Browser, address: str) -> None:
    with lent_page(browser) as page:
        page.goto(address)
        page.evaluate(
            """() => {
              const row = document.getElementById("t1-r10");
              for (let n = 0; n < 40; n += 1) row.after(row.cloneNode(true));
              for (const cell of document.querySelectorAll("#t1-r1 [rowspan]")) cell.rowSpan = 50;
            }"""
        )
        document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [
        "".join(document[n].get_textpage().get_text_range().split()) for n in range(len(document))
    ]
    with_tasks = [text for text in texts if "建立长效机制" in text]
    assert len(with_tasks) > 1
    assert all("牵头单位" in text and "责任单位" in text for text in with_tasks)
    (scores,) = [text for text in texts if "河湖管护考核得分" in text]
    assert "二、考核得分" in scores  # its heading goes along
    assert "得分截至" in scores  # and its note
