"""Files are dropped, compared, taken in; an issue is published and committed: in the browser."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.edit.server import Opened
from generator.runtime.places import Places
from tests.accessibility import axe_faults
from tests.browser import Watch, until
from tests.edit.conftest import NAME, TEXT

pytestmark = pytest.mark.slow

# a file that is dropped on a page, as the file manager drops it
DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/plain" }));
  const at = document.querySelector("main");
  for (const kind of ["dragenter", "dragover", "drop"])
    at.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def page(opened: Opened, browser: Browser) -> Iterator[Page]:
    with Watch.over(browser, opened.guard.origin) as watch:
        watch.page.set_viewport_size({"width": 1280, "height": 800})
        watch.page.goto(opened.address)
        watch.page.wait_for_selector("tbody tr")
        yield watch.page


def origin(page: Page) -> str:
    return page.url[: page.url.index("/", len("http://"))]


def drop(page: Page, name: str, text: str) -> None:
    page.wait_for_url("**/take-in")
    page.wait_for_load_state("load")
    page.evaluate(DROP, [name, text])
    page.wait_for_selector("#as:not([hidden])")


def test_a_dropped_file_is_proposed_taken_in_and_opened(page: Page, places: Places) -> None:
    page.evaluate(DROP, ["第3期.txt", TEXT.replace("第2期", "第3期")])  # on the list of issues
    page.wait_for_selector("#as:not([hidden])")
    assert page.input_value("#gazette") == "moumou"
    assert page.input_value("#issue") == "2024-03"
    page.fill("#issue", "2024-4")
    until(page, "document.getElementById('tidied').textContent === '记作 2024-04'")
    assert axe_faults(page) == []
    page.get_by_role("button", name="收入", exact=True).click()
    page.get_by_role("link", name="开始校对").click(timeout=30_000)
    page.wait_for_selector(".card")
    assert page.url.endswith("/desk/moumou/2024-04")
    assert (places.content / "moumou" / "2024-04" / "issue.md").is_file()


def test_an_issue_that_is_there_is_compared_and_its_corrections_are_kept(
    page: Page, places: Places
) -> None:
    facts = places.content / NAME / "issue.toml"
    line = TEXT.split("\n").index("为保护湖泊，根据国家 and 省有关规定，提出以下意见。") + 1
    entry = '[[correction]]\nline = {}\nfrom = "{}"\nto = "{}"\nwhy = "误识"\n'
    facts.write_text(
        entry.format(line, "and", "和") + "\n" + entry.format(line + 4, "到2026", "至2026"), "utf-8"
    )
    page.get_by_role("link", name="收入一期").click()
    better = "封面\n\n" + TEXT.replace("到2026年底前", "至2026年底前").replace("还绿", "返绿")
    drop(page, "第2期.txt", better)
    until(page, "!document.getElementById('there').hidden")
    page.get_by_role("button", name="看看有什么不同").click()
    page.wait_for_selector("#difference:not([hidden])", timeout=30_000)
    assert axe_faults(page) == []
    shown = page.locator("#changes").inner_text()
    assert "有改动 1 篇；1 篇相同" in shown
    assert "1 条的文字还在，保留；1 条在新文本里找不到" in shown
    assert "新文本已作“至2026”" in shown
    assert (places.content / NAME / "issue.md").read_text("utf-8") == TEXT
    page.get_by_role("button", name="换上新文本").click()
    page.wait_for_selector("#done:not([hidden])", timeout=30_000)
    lines = [one["line"] for one in tomllib.loads(facts.read_text("utf-8"))["correction"]]
    assert lines == [line + 2, 0]
    assert "返绿" in (places.content / NAME / "issue.md").read_text("utf-8")


def test_a_new_gazette_is_made_by_its_form(page: Page, places: Places) -> None:
    page.get_by_role("link", name="收入一期").click()
    text = TEXT.replace("某某市", "云江市").replace("某府发", "云府发")
    drop(page, "第2期.txt", text.replace("目  录", "主办：云江市人民政府办公室\n\n目  录"))
    assert page.get_by_label("名称", exact=True).input_value() == "云江市人民政府公报"
    assert page.get_by_label("网址里的英文名").input_value() == "yunjiang"
    assert page.get_by_label("主办单位").input_value() == "云江市人民政府办公室"
    page.get_by_label("读者报错的邮箱").fill("gongbao@yunjiang.example")
    page.locator("summary").click()
    assert axe_faults(page) == []
    page.get_by_role("button", name="收入", exact=True).click()
    page.wait_for_selector("#done:not([hidden])", timeout=30_000)
    facts = tomllib.loads((places.content / "yunjiang" / "gazette.toml").read_text("utf-8"))
    assert facts["contact"] == "mailto:gongbao@yunjiang.example"
    assert facts["host"]["organ"] == "云江市人民政府办公室"


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_pages_are_read_the_site_is_published_twice_and_the_work_committed(
    page: Page, places: Places, tmp_path: Path
) -> None:
    for arguments in (
        ("init", "-q", "-b", "main"), ("config", "user.name", "李静"),
        ("config", "user.email", "lijing@example.gov.cn"), ("add", "content"),
        ("commit", "-q", "-m", "begin"),
    ):  # fmt: skip
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    page.goto(f"{origin(page)}/overview/{NAME}")
    page.wait_for_selector("#pages table")
    assert page.locator("#verdict").inner_text().startswith("可以发布；还有 2 处提醒没有看")
    page.get_by_label("校对人").fill("李静")
    page.get_by_role("button", name="校过了").first.click()
    until(page, "document.querySelector('#pages .page1')")
    assert "李静，20" in page.locator("#pages").inner_text()
    page.get_by_role("button", name="发布：生成网站").click()
    until(page, "document.getElementById('status').textContent === '网站已生成'", 120)
    assert "第一次生成" in page.locator("#site-changes").inner_text()
    line = TEXT.split("\n").index("为保护湖泊，根据国家 and 省有关规定，提出以下意见。") + 1
    facts = places.content / NAME / "issue.toml"
    facts.write_text(
        f'[[correction]]\nline = {line}\nfrom = "and"\nto = "和"\nwhy = "误识"\n', "utf-8"
    )
    page.reload()
    page.wait_for_selector("#git:not([hidden])")
    page.get_by_role("button", name="发布：生成网站").click()
    until(page, "document.querySelector('#site-changes:not([hidden])')", 120)
    changes = page.locator("#site-changes").inner_text()
    assert "有改动的公文 1" in changes
    assert "改动 1 段" in changes
    assert "检查：新出现 0 处，已消失 1 处" in changes
    assert page.locator("#git-words").inner_text() == f"将记入：{NAME}：1 处更正"
    assert axe_faults(page) == []
    with page.expect_popup() as opened_site:
        page.get_by_role("link", name="在新窗口打开网站").click()
    assert "某某市人民政府公报" in opened_site.value.locator("body").inner_text()
    opened_site.value.close()
    page.get_by_role("button", name="记入 git").click()
    until(page, "document.getElementById('status').textContent === '已记入 git'")
    said = subprocess.run(
        ["git", "log", "-1", "--format=%an %s", "--name-only"],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    ).stdout.split("\n")  # fmt: skip
    assert said[0] == f"李静 {NAME}：1 处更正"
    assert [line for line in said[1:] if line] == [f"content/{NAME}/issue.toml"]
