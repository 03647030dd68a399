"""From a file to the published site in the browser alone: by keyboard, and by mouse.

The tests read the screen; what is stored and published only judges.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from generator.edit.server import Opened
from generator.runtime.places import Places
from tests.browser import Watch, until
from tests.edit.journey import MISREAD, PRINTED, Proofreader, handed_in

pytestmark = [pytest.mark.slow, pytest.mark.long]

MOST_ACCEPTED, MOST_TYPED = 3, 12  # keys of one place
GAZETTE, ISSUE = "shifan", "2024-02"
FILE = "第2期.md"
TAG = re.compile(r"<[^>]*>")
DROP = """text => {
  const files = new DataTransfer();
  files.items.add(new File([text], "第2期.md", {type: "text/markdown"}));
  document.body.dispatchEvent(
    new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
}"""
LINE_OF_CURSOR = """getSelection().anchorNode.parentElement.closest("[data-line]").textContent"""
# where characters of the text are on the screen
BOX = """words => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    node.parentElement.scrollIntoView({block: "nearest"});
    const box = range.getBoundingClientRect();
    return [box.left, box.top + box.height / 2, box.right];
  }
}"""


@pytest.fixture
def page(opened: Opened, browser: Browser) -> Iterator[Page]:
    with Watch.over(browser, opened.guard.origin) as watch:
        watch.page.set_viewport_size({"width": 1280, "height": 800})
        watch.page.goto(opened.address)
        yield watch.page


def tab_to(page: Page, words: str) -> None:
    """Go to a button or link by Tab, as one who has no mouse."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.textContent || '').trim()") == words:
            return
    pytest.fail(f"Tab does not lead to {words}")


def judge(places: Places, reader: Proofreader) -> None:
    """Nothing but what was printed is published, and each place took few keys."""
    assert len(reader.accepted) == len(MISREAD) - 1
    assert len(reader.typed) == 1
    assert max(reader.accepted) <= MOST_ACCEPTED
    assert max(reader.typed) <= MOST_TYPED
    facts = places.content / GAZETTE / ISSUE / "issue.toml"
    assert len(tomllib.loads(facts.read_text("utf-8"))["correction"]) == len(MISREAD)
    pages = [p.read_text("utf-8") for p in sorted((places.site / GAZETTE / ISSUE).glob("*.html"))]
    published = "".join(TAG.sub("", "".join(pages)).split())
    for line in PRINTED.split("\n")[14:30]:
        assert "".join(line.strip("# ").split()) in published


def test_by_keyboard_alone(page: Page, places: Places) -> None:
    tab_to(page, "收入一期")
    page.keyboard.press("Enter")
    page.set_input_files(  # the system's own window for files is no part of the page
        "#files", {"name": FILE, "mimeType": "text/markdown", "buffer": handed_in().encode()}
    )
    page.wait_for_selector("#as:not([hidden])")
    until(page, "document.activeElement.id === 'go-on'")  # gazette and issue are proposed
    assert page.input_value("#new-id") == GAZETTE
    page.keyboard.press("Enter")
    page.wait_for_selector("#done:not([hidden])", timeout=60_000)
    tab_to(page, "开始校对")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.here")
    reader = Proofreader(page)
    reader.until_read()
    page.keyboard.press("ArrowUp")
    while reader.has_more():
        assert reader.is_right(), reader.text(".card.here")
        reader.press("Enter")
        reader.saved()
        reader.settled(reader.accepted)
    # what no finding names: read in the text, line by line
    page.keyboard.press("ArrowLeft")
    for _ in range(60):
        if "2028" in page.evaluate(LINE_OF_CURSOR):
            break
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    reader.press("Control+ArrowRight", "Control+ArrowRight", *["ArrowRight"] * 4)
    assert page.evaluate("getSelection().toString()") == "8"
    reader.press("Enter", "6", "Enter")
    reader.saved()
    reader.settled(reader.typed)
    until(page, "document.getElementById('text').textContent.includes('2026年底')")
    page.keyboard.press("Control+Home")
    tab_to(page, "总览与发布")
    page.keyboard.press("Enter")
    page.wait_for_selector("#verdict:has-text('可以发布')")
    tab_to(page, "发布：生成网站")
    page.keyboard.press("Enter")
    until(page, "document.getElementById('status').textContent === '网站已生成'", 120)
    judge(places, reader)


def test_by_mouse(page: Page, places: Places) -> None:
    page.get_by_role("link", name="收入一期").click()
    page.wait_for_selector("#drop")
    page.wait_for_load_state("load")
    page.evaluate(DROP, handed_in())
    page.wait_for_selector("#as:not([hidden])")
    page.locator("#new-id").click()
    page.fill("#new-id", GAZETTE)
    page.get_by_role("button", name="收入", exact=True).click()
    page.get_by_role("link", name="开始校对").click(timeout=60_000)
    page.wait_for_selector(".card.here")
    reader = Proofreader(page)
    reader.until_read()
    page.locator(".card").first.click()
    while reader.has_more():
        alike = page.locator(".card.here").get_by_role("button", name="同类")
        assert reader.is_right(), reader.text(".card.here")
        if alike.count():
            alike.click()
            page.get_by_role("button", name="看完了，全部接受").click()
            reader.strokes += 2
            reader.settled(reader.accepted)
            reader.accepted.append(0)  # the other place of its kind
        else:
            page.locator(".card.here").get_by_role("button", name="改（Enter）").click()
            reader.strokes += 1
            reader.settled(reader.accepted)
        reader.saved()
        page.wait_for_timeout(300)
    begin, middle, _ = page.evaluate(BOX, "8年底")
    page.mouse.move(begin + 1, middle)
    page.mouse.down()
    page.mouse.move(page.evaluate(BOX, "年底")[0], middle, steps=4)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()") == "8"
    page.get_by_role("button", name="改字（F2）").click()
    page.keyboard.type("6")
    page.get_by_role("button", name="保存（Enter）").click()
    reader.strokes += 4
    reader.saved()
    reader.settled(reader.typed)
    until(page, "document.getElementById('text').textContent.includes('2026年底')")
    page.get_by_role("link", name="总览与发布").click()
    page.wait_for_selector("#verdict:has-text('可以发布')")
    page.get_by_role("button", name="发布：生成网站").click()
    until(page, "document.getElementById('status').textContent === '网站已生成'", 120)
    judge(places, reader)
