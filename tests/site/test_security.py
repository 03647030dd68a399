"""The promises of docs/security.md: pages run, load and send nothing that is not permitted."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.render.policy import POLICY, REFERRER
from generator.runtime.errors import SourceError
from generator.site.survey import survey
from tests.browser import Watch, search
from tests.conftest import ArchiveMaker, build_quietly, places
from tests.documents import NOTICE, RULES, issue_text

pytestmark = pytest.mark.medium

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL
)
HANDLER = re.compile(r"<[^<>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE)
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def pages(built: Path) -> list[Path]:
    found = sorted((built / "site").rglob("*.html"))
    assert len(found) > 20
    return found


def test_every_page_bears_the_policy_before_anything_it_loads(built: Path) -> None:
    for path in pages(built):
        text = path.read_text("utf-8")
        (policy,) = META.findall(text)
        assert html.unescape(policy) == POLICY or path.name == "404.html", path
        assert f'<meta name="referrer" content="{REFERRER}">' in text, path
        first = re.search(r"<(?:script|link rel=\"stylesheet\"|img)\b", text)
        assert first is None or text.index(META.search(text)[0]) < first.start(), path  # type: ignore[index]


def test_no_script_stands_in_a_page(built: Path) -> None:
    for path in pages(built):
        text = path.read_text("utf-8")
        programs = [m for m in INLINE.finditer(text) if "json" not in m["attributes"]]
        assert path.name == "404.html" or programs == [], path
        assert not HANDLER.search(text), path


def test_the_one_script_of_the_404_page_has_its_hash_in_the_policy(built: Path) -> None:
    text = (built / "site" / "404.html").read_text("utf-8")
    (script,) = [m["text"] for m in INLINE.finditer(text)]
    wanted = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (policy,) = META.findall(text)
    assert f"'sha256-{wanted}'" in html.unescape(policy)
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]


@pytest.fixture
def loud(watch: Watch) -> Iterator[tuple[Watch, list[str]]]:
    """Give a page, and a list of the violations of its policy."""
    said: list[str] = []
    watch.page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    yield watch, said
    assert said == []


def test_a_reader_meets_no_bar(loud: tuple[Watch, list[str]]) -> None:
    watch, _ = loud
    page = watch.open("panzhihua/2017-01/chuanfufa-2016-55.html")
    assert search(page, "农村留守儿童关爱")
    page = watch.open("panzhihua/2017-01/chuanfufa-2016-55.html")
    page.click(".facts button:has-text('引用')")
    page.keyboard.press("Escape")
    page.click(".type-button")
    watch.open("panzhihua/2017-01/panfuren-2016-23.collation.html")
    page = watch.open("search/index.html?q=%E6%97%85%E6%B8%B8")
    page.wait_for_selector(".search-hits li")


def test_a_planted_script_does_not_run(built: Path, browser: Browser) -> None:
    """The policy still protects a page that was damaged on purpose, where all else failed."""
    source = built / "site" / "panzhihua" / "2017-01" / "panfuren-2016-23.html"
    planted = source.with_name("planted.html")
    body = (
        "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
        "<a id=go href='javascript:window.ran = 3'>x</a><iframe srcdoc='<script>parent.ran = 4"
        "</script>'></iframe><base href='https://evil.example/'><object data='data:text/html,x'>"
    )
    text = source.read_text("utf-8").replace("<article", f"{body}<article", 1)
    planted.write_text(text, "utf-8")
    try:
        page: Page = browser.new_page()
        page.goto(planted.as_uri())
        page.click("#go")
        page.wait_for_timeout(300)
        assert page.evaluate("window.ran") is None
        assert page.evaluate("document.baseURI").startswith("file:")
        page.close()
    finally:
        planted.unlink()


@pytest.mark.parametrize("what", ["issue.md", "issue.toml", "folder", "gazette.toml"])
def test_a_link_out_of_content_publishes_nothing(
    what: str, make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    secret = tmp_path / "elsewhere"
    secret.mkdir()
    content = make_archive({"2020-01": issue_text(1, RULES), "2020-02": issue_text(2, NOTICE)})
    folder = content / "moumou" / "2020-02"
    stray = {"folder": folder, "gazette.toml": content / "moumou" / what}.get(what, folder / what)
    if stray.exists():
        stray.rename(secret / "own")
    else:
        (secret / "own").write_text("", "utf-8")
    stray.symlink_to(secret / "own")
    with pytest.raises(SourceError, match="以外的链接"):
        build_quietly(content, tmp_path / "where")
    assert not (tmp_path / "where" / "site").exists()


def test_a_picture_that_is_a_link_out_of_its_issue_is_not_published(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    text = RULES.replace("第三条", "![规划图](map.png)\n\n第三条")
    content = make_archive({"2020-01": issue_text(1, text)})
    (content / "moumou" / "2020-01" / "map.png").symlink_to(tmp_path / "secret.png")
    build_quietly(content, tmp_path / "where")
    found = (path for path in (tmp_path / "where" / "site").rglob("*") if path.is_file())
    assert not [path for path in found if path.read_bytes() == b"secret"]


@pytest.mark.parametrize(("name", "size"), [("issue.md", 1_000_000_000), ("issue.toml", 5_000_000)])
def test_a_giant_is_refused_before_it_is_read(
    name: str, size: int, make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive({"2020-01": issue_text(1, RULES)})
    path = content / "moumou" / "2020-01" / name
    with path.open("ab") as file:
        file.truncate(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SourceError, match=f"{name}:1: 有 {size:,} 字节，最多读"):
        build_quietly(content, tmp_path)
    survey(places(content, tmp_path))  # its key is made in pieces
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KB
