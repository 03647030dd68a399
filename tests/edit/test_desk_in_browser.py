"""The desk as an editor uses it: by keyboard alone, and by mouse."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.edit.server import Opened
from generator.runtime.places import Places
from tests.accessibility import axe_faults
from tests.browser import Watch, until
from tests.edit.conftest import NAME

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(opened: Opened, browser: Browser) -> Iterator[Page]:
    with Watch.over(browser, opened.guard.origin) as watch:
        page = watch.page
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(opened.address)
        page.goto(f"{opened.guard.origin}/desk/{NAME}")
        page.wait_for_selector(".card.here")
        yield page


def facts(places: Places) -> dict[str, list[dict[str, str]]]:
    path: Path = places.content / NAME / "issue.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def saved(page: Page, words: str = "已保存") -> None:
    until(page, f"document.getElementById('status').textContent.startsWith('{words}')")
    page.evaluate("document.getElementById('status').textContent = ''")


def test_one_keystroke_accepts_and_leads_to_the_next_place(desk: Page, places: Places) -> None:
    first = desk.locator(".card.here .where").inner_text()
    desk.keyboard.press("Enter")
    saved(desk)
    assert desk.locator(".card.here .where").inner_text() != first
    desk.keyboard.press("Enter")
    saved(desk)
    corrections = facts(places)["correction"]
    assert [c["to"].strip() for c in corrections] == ["和", "和"]
    desk.keyboard.press("Control+z")
    saved(desk, "已撤销")
    desk.keyboard.press("Control+z")
    saved(desk, "已撤销")
    assert "correction" not in facts(places)
    desk.keyboard.press("Control+y")
    saved(desk, "已重做")
    assert len(facts(places)["correction"]) == 1


def test_a_held_key_accepts_one_place_alone(desk: Page, places: Places) -> None:
    desk.keyboard.down("Enter")
    for _ in range(5):
        desk.keyboard.down("Enter")  # as the keyboard repeats it
    desk.keyboard.up("Enter")
    saved(desk)
    assert len(facts(places)["correction"]) == 1


def test_another_reading_is_typed_and_the_keys_of_an_input_method_do_nothing(
    desk: Page, places: Places
) -> None:
    desk.keyboard.press("F2")
    box = desk.locator("#change-to")
    box.fill("和本")
    # Enter that commits a candidate, and a key that the input method swallows
    box.evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Process', code: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))"
    )
    desk.wait_for_timeout(200)
    assert facts(places) == {}
    assert desk.locator("#change").is_visible()
    box.press("Enter")
    saved(desk)
    (correction,) = facts(places)["correction"]
    assert "和本" in correction["to"]
    assert correction["why"] == "扫描误认"
    assert not desk.locator("#change").is_visible()


def test_chosen_characters_are_corrected_as_an_error_of_the_print(
    desk: Page, places: Places
) -> None:
    desk.evaluate(
        """() => {
          const piece = [...document.querySelectorAll('#text [data-line]')]
            .find((one) => one.textContent.includes('湖岸全部还绿'));
          const node = piece.firstChild, at = node.data.indexOf('还绿');
          getSelection().setBaseAndExtent(node, at, node, at + 1);
        }"""
    )
    desk.keyboard.press("F2")
    desk.locator("#change-to").fill("复")
    desk.get_by_label("原文印误").check()
    desk.locator("#change-why").fill("勘误表")
    desk.locator("#change-to").press("Enter")
    saved(desk)
    (correction,) = facts(places)["correction"]
    assert (correction["from"], correction["to"]) == ("还", "复")
    assert (correction["of"], correction["why"]) == ("print", "勘误表")
    until(desk, "document.getElementById('text').textContent.includes('湖岸全部复绿')")


def test_what_is_right_or_doubtful_leaves_the_queue(desk: Page, places: Places) -> None:
    desk.keyboard.press("Shift+ArrowDown")
    saved(desk, "已记为存疑")
    assert desk.locator(".card.doubtful").count() == 1
    desk.keyboard.press("F8")
    saved(desk)
    (confirmed,) = facts(places)["confirmed"]
    assert confirmed["code"] == "latin-word"
    desk.reload()
    desk.wait_for_selector(".card.doubtful")
    assert desk.locator(".card").count() == 1


def test_structure_is_decided_at_a_line(desk: Page, places: Places) -> None:
    desk.locator("#text .addressees").first.click()
    desk.locator("#text").press("F2")
    desk.get_by_role("button", name="另起一段").click()
    saved(desk)
    (decision,) = facts(places)["decision"]
    assert decision["begins"] == "paragraph"


def test_alike_places_are_seen_before_they_are_accepted(desk: Page, places: Places) -> None:
    desk.get_by_role("button", name="同类 2").click()
    assert desk.locator("#alike-list label").count() == 2
    desk.get_by_role("button", name="看完了，全部接受").click()
    saved(desk)
    until(desk, "document.getElementById('left').textContent === '都看过了'")
    assert len(facts(places)["correction"]) == 2


def test_a_change_by_hand_is_seen_and_kept(desk: Page, places: Places) -> None:
    by_hand = '# 乙\n[[confirmed]]\ncode = "x"\nline = 1\ntext = "某"\nwhy = "乙"\n'
    (places.content / NAME / "issue.toml").write_text(by_hand, "utf-8")
    until(desk, "document.getElementById('entry-count').textContent === '1'")
    desk.locator(".card.here").focus()
    desk.keyboard.press("Enter")
    saved(desk)
    text = (places.content / NAME / "issue.toml").read_text("utf-8")
    assert text.startswith(by_hand)
    assert "[[correction]]" in text


def test_axe_finds_nothing_at_the_desk_and_in_the_list(desk: Page) -> None:
    assert axe_faults(desk) == []
    desk.keyboard.press("F2")
    assert axe_faults(desk) == []
    desk.goto(desk.url.partition("/desk")[0])
    desk.wait_for_selector("tbody tr")
    assert axe_faults(desk) == []


def test_the_panes_are_moved_by_arrows_and_zoom_stays(desk: Page) -> None:
    bar = desk.get_by_role("separator", name="原件的宽度")
    wide = desk.locator("section.sheet").bounding_box()
    bar.focus()
    for _ in range(3):
        desk.keyboard.press("ArrowLeft")
    narrow = desk.locator("section.sheet").bounding_box()
    assert wide is not None
    assert narrow is not None
    assert narrow["width"] < wide["width"] - 50
    desk.get_by_role("button", name="放大").click()
    desk.get_by_role("button", name="程序的改动").click()
    desk.wait_for_timeout(900)
    desk.reload()
    desk.wait_for_selector(".card.here")
    again = desk.locator("section.sheet").bounding_box()
    assert again is not None
    assert abs(again["width"] - narrow["width"]) < 3
    assert desk.locator("[data-do=marks][aria-pressed=true]").count() == 1


def test_characters_are_chosen_and_corrected_by_keyboard_in_the_text(
    desk: Page, places: Places
) -> None:
    desk.keyboard.press("ArrowLeft")
    chosen = "getSelection().toString()"
    assert desk.evaluate(chosen).strip() == "and"
    desk.keyboard.press("Home")
    desk.keyboard.press("Control+ArrowRight")
    desk.keyboard.press("Shift+ArrowRight")
    assert desk.evaluate(chosen) == "根据"
    desk.keyboard.press("Enter")
    desk.keyboard.type("依照")
    desk.keyboard.press("Enter")
    saved(desk)
    (correction,) = facts(places)["correction"]
    assert (correction["from"], correction["to"]) == ("根据", "依照")


def test_unsent_text_is_offered_again(desk: Page, places: Places) -> None:
    desk.keyboard.press("F2")
    desk.locator("#change-to").fill("和本")
    desk.wait_for_timeout(800)
    desk.reload()
    desk.get_by_role("button", name="接着改").click()
    assert desk.locator("#change-to").input_value() == "和本"
    desk.locator("#change-to").press("Enter")
    saved(desk)
    assert "和本" in facts(places)["correction"][0]["to"]
    desk.reload()
    desk.wait_for_selector(".card.here")
    assert not desk.locator("#unsent").is_visible()


def test_what_the_program_changed_is_shown_and_no_part_of_what_is_chosen(desk: Page) -> None:
    desk.get_by_role("button", name="程序的改动").click()
    until(desk, "document.querySelector('#text .edited')")
    before = desk.evaluate("document.querySelector('#text article').textContent")
    desk.get_by_role("button", name="程序的改动").click()
    until(desk, "!document.querySelector('#text .edited')")
    assert desk.evaluate("document.querySelector('#text article').textContent") == before


def test_axe_finds_nothing_on_the_overview(desk: Page) -> None:
    desk.goto(desk.url.replace("/desk/", "/overview/"))
    desk.wait_for_selector("#rows table")
    desk.locator(".head summary").first.click()
    assert axe_faults(desk) == []
