"""A reader takes a paragraph out of the page: its address, its text with the source, a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import Watch

pytestmark = pytest.mark.medium

LONGEST = "panzhihua/2017-01/chuanfufa-2016-55.html"
# the clipboard of the test's browser, or none
KEEP = "() => { navigator.clipboard.writeText = async text => { window.copied = text; }; }"
REFUSE = """() => {
  navigator.clipboard.writeText = async () => { throw new Error("refused"); };
  document.execCommand = () => { window.copied = document.activeElement.value; return true; };
}"""


def test_the_link_of_a_paragraph_copies_its_address(watch: Watch) -> None:
    page = watch.open(LONGEST)
    page.evaluate(KEEP)
    page.hover("#s1-2")
    page.click("#s1-2 .permalink")
    page.wait_for_selector("#s1-2 .permalink[data-done='已复制']")
    assert page.evaluate("window.copied").endswith(f"{LONGEST}#s1-2")
    assert page.inner_text(".done") == "已复制"


def test_a_paragraph_is_copied_with_its_source_in_one_line(watch: Watch) -> None:
    page = watch.open(LONGEST)
    page.evaluate(REFUSE)
    page.hover("#s1-2")
    page.click("#s1-2 .paragraph-tools button >> nth=1")
    page.click("#gazette-share button:has-text('复制原文和出处')")
    page.wait_for_selector("#gazette-share [data-done='已复制']")
    copied = page.evaluate("window.copied")
    assert "\n" not in copied
    assert copied.startswith("（二）发展目标。")
    source, _, address = copied.rpartition("，")
    assert source.endswith(
        "（《四川省人民政府关于进一步加快旅游业改革发展的意见》（川府发〔2016〕55号）一、（二），"
        "载攀枝花市人民政府公报2017年第1期（总第227期）"
    )
    assert address.endswith(f"{LONGEST}#s1-2）")


def test_a_picture_of_a_paragraph_is_made_and_saved(watch: Watch) -> None:
    page = watch.open(LONGEST)
    page.hover("#s1-2")
    page.click("#s1-2 .paragraph-tools button >> nth=1")
    page.click("#gazette-share button:has-text('做成图片')")
    link = page.wait_for_selector("#gazette-share .card-save")
    assert link is not None
    assert str(link.get_attribute("download")).endswith("一、（二）.png")
    width, dark = page.evaluate(
        """() => {
          const canvas = document.querySelector("#gazette-share canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let dark = 0;
          for (let at = 0; at < data.length; at += 4) dark += data[at] < 100;
          return [canvas.width, dark / (data.length / 4)];
        }"""
    )
    assert width == 1080
    assert 0.02 < dark < 0.3  # text on paper


def test_what_is_copied_from_a_document_is_its_text(browser: Browser, built: Path) -> None:
    """Neither the places where a title may break nor the spans of numbers are in a copy."""
    page = browser.new_page()
    page.goto(f"file://{built}/site/{LONGEST}")
    data = json.loads((built / "site" / LONGEST).with_suffix(".json").read_text("utf-8"))
    blocks = data["document"]["blocks"]
    texts = {block["anchor"]: block["text"] for block in blocks if "text" in block}
    assert len(texts) > 20
    copied = page.evaluate(
        """ids => ids.map(id => {
          getSelection().selectAllChildren(document.getElementById(id));
          return [id, String(getSelection()).replace(/被\\d+处引用$/, "")];
        })""",
        [*texts],
    )
    page.close()
    assert {anchor: text.replace("\n", "") for anchor, text in copied} == texts
