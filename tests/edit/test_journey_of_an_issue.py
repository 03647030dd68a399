"""From a file to the published site, in the browser alone: taken in, read, corrected, published."""

from __future__ import annotations

import random
import re
import time
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.edit.server import Opened
from generator.language.look_alikes import look_alikes
from generator.runtime.places import Places
from tests.browser import Watch, until
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.long]

SEED = ROOT / "content" / "panzhihua" / "2017-01" / "issue.md"
PLANTED = 12
IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]")
MOST_STROKES = 3  # for a reading that is accepted


def damaged(text: str) -> tuple[str, dict[int, str]]:
    """Put look-alikes into some lines; give the text, and these lines as they were."""
    chance = random.Random(5)
    lines = text.split("\n")
    able = [n for n, line in enumerate(lines) if len(IDEOGRAPHS.findall(line)) > 40 and n > 60]
    right: dict[int, str] = {}
    for n in sorted(chance.sample(able, 3 * PLANTED)):
        places = [m.start() for m in IDEOGRAPHS.finditer(lines[n]) if look_alikes().get(m[0])]
        if places and len(right) < PLANTED:
            at = chance.choice(places)
            right[n + 1] = lines[n]
            other = look_alikes()[lines[n][at]][0][0]
            lines[n] = lines[n][:at] + other + lines[n][at + 1 :]
    return "\n".join(lines), right


def stored(facts: Path) -> int:
    tables = tomllib.loads(facts.read_text("utf-8")) if facts.exists() else {}
    return len(tables.get("correction", ()))


def test_an_issue_is_taken_in_corrected_and_published_without_a_terminal(
    opened: Opened, browser: Browser, places: Places, tmp_path: Path
) -> None:
    text, right = damaged(SEED.read_text("utf-8"))
    file = tmp_path / "第1期.md"
    file.write_text(text, "utf-8")
    with Watch.over(browser, opened.guard.origin) as watch:
        page = watch.page
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(opened.address)
        page.get_by_role("link", name="收入一期").click()
        page.set_input_files("#files", file)
        page.wait_for_selector("#as:not([hidden])")
        assert page.input_value("#issue") == "2017-01"
        assert page.input_value("[name=title]") == "攀枝花市人民政府公报"
        page.fill("#new-id", "panzhihua")
        page.get_by_role("button", name="收入", exact=True).click()
        page.get_by_role("link", name="开始校对").click(timeout=60_000)
        page.wait_for_selector(".card .reading", timeout=30_000)
        until(page, "[...document.querySelectorAll('.card')].length > 12", 60)
        page.locator(".card").first.focus()
        page.keyboard.press("ArrowUp")
        strokes = accepted = 0
        for _ in range(page.locator(".card").count()):
            card = page.locator(".card.here")
            where = card.locator(".where").inner_text()
            line = int("".join(filter(str.isdecimal, where)))
            key = "Shift+ArrowDown"
            if card.locator(".reading").count() and line in right:
                old = card.locator("del").first.inner_text()
                new = card.locator("ins").first.inner_text().replace("（删去）", "")
                printed = text.split("\n")[line - 1]
                if printed.replace(old, new, 1) == right[line]:
                    key = "Enter"
            page.keyboard.press(key)
            strokes += 1
            accepted += key == "Enter"
            until(page, f"document.querySelector('.card.here .where').textContent !== '{where}'"
                  " || document.getElementById('left').textContent === '都看过了'", 30)  # fmt: skip
            if page.locator("#left").inner_text() == "都看过了":
                break
        assert accepted >= 0.6 * len(right)
        assert strokes <= MOST_STROKES * page.locator(".card").count()
        facts = places.content / "panzhihua" / "2017-01" / "issue.toml"
        end = time.monotonic() + 60
        while stored(facts) < accepted and time.monotonic() < end:
            page.wait_for_timeout(100)
        assert stored(facts) == accepted
        page.get_by_role("link", name="总览与发布").click()
        page.wait_for_selector("#verdict:has-text('可以发布')")
        page.get_by_role("button", name="发布：生成网站").click()
        until(page, "document.getElementById('status').textContent === '网站已生成'", 120)
        site = places.site / "panzhihua" / "2017-01"
        listed = (site / "corrections.html").read_text("utf-8")
        assert len(re.findall(r"<td>扫描误认</td>\s*<td>扫描误认</td>", listed)) == accepted
        assert page.locator("#look").is_visible()
