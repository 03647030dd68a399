"""The archive of tests/hostile/, where every field is an attack, in a real browser."""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from icalendar import Calendar
from lxml import etree
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Page,
    Request,
)

from generator.delivery.bundle import bundle
from generator.language.unseen import INVISIBLE
from generator.site.html_page import HtmlPage
from generator.site.swap import scan
from tests.browser import forget, search, serving, until
from tests.conftest import ROOT, build_quietly, make_once

pytestmark = pytest.mark.medium

HOSTILE = ROOT / "tests" / "hostile" / "content"
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
# elements and attributes that no page of ours has, so that an attack must have made them
STRANGE = """() => {
  const found = [];
  const own = location.href.startsWith("file:") ? "file:///" : location.origin;
  // the search's own, which is there from disk alone (search/disk.js)
  const frame = document.querySelector("iframe[hidden][title=检索]");
  // those of the search page and of a register's contents
  const ours = ".search-form > details, .register-contents > details";
  const folds = [...document.querySelectorAll(ours)];
  for (const element of document.querySelectorAll("*")) {
    if (element === frame && own === "file:///") continue;
    if (folds.includes(element)) continue;
    if (["iframe", "object", "embed", "base", "frame", "video", "audio", "math", "details"]
      .includes(element.localName)) found.push(element.outerHTML);
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) found.push(`${name}=${value}`);
      if (/href|src|action|data$|ping/i.test(name)
        && /^\\s*(javascript|data|vbscript):/i.test(value)) found.push(`${name}=${value}`);
    }
    if (element.src && !element.src.startsWith(own)) found.push(element.outerHTML);
  }
  for (const one of document.querySelectorAll("script:not([src]):not([type*=json])"))
    if (!document.querySelector("#address")) found.push(one.textContent);
  for (const one of document.querySelectorAll("meta[http-equiv=refresh i]"))
    found.push(one.content);
  if (window.pwned !== undefined) found.push(`pwned ${window.pwned}`);
  return [...found, ...window.forbidden];
}"""
SHOWN = """() => {
  const blocks = "p, h1, h2, h3, h4, h5, h6, td, th, li";
  return [...document.querySelectorAll(`#official :is(${blocks})`)].map((element) => {
    const copy = element.cloneNode(true);
    for (const added of copy.querySelectorAll(".added, .paragraph-tools")) added.remove();
    return copy.textContent.split(/\\s+/u).filter(Boolean).join(" ");
  });
}"""
WITNESS = """window.forbidden = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.forbidden.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the hostile archive; give the folder that contains its site."""

    def make(where: Path) -> None:
        shutil.copytree(HOSTILE, where / "content")
        build_quietly(where / "content", where)

    return make_once(tmp_path_factory, "hostile", make)


class Guard:
    """A page of a browser, with a record of everything an attack could do on it."""

    def __init__(self, page: Page, base: str) -> None:
        self.base = base
        self.seen: list[str] = []
        self.page = page

    @classmethod
    @contextmanager
    def over(cls, witnessed: Page, base: str) -> Iterator[Guard]:
        """Guard a page until the test ends."""
        guard = cls(witnessed, base)
        listeners: list[tuple[Page | BrowserContext, str, Any]] = [
            (witnessed.context, "page", guard._window),
            (witnessed.context, "request", guard._request),
            (witnessed, "dialog", guard._dialog),
            (witnessed, "console", guard._console),
            (witnessed, "pageerror", guard._error),
        ]
        for where, event, listener in listeners:
            where.on(event, listener)  # type: ignore[call-overload]
        yield guard
        for where, event, listener in listeners:
            where.remove_listener(event, listener)
        witnessed.unroute_all(behavior="ignoreErrors")
        witnessed.emulate_media(media="null")
        forget(witnessed)

    def _window(self, page: Page) -> None:
        self.seen.append(f"window {page.url}")

    def _error(self, error: Error) -> None:
        self.seen.append(f"error {error}")

    def _dialog(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium asks each host for its icon by itself
        if message.type == "error" and "favicon.ico" not in message.location["url"]:
            self.seen.append(f"{message.text} {message.location['url']}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "blob:")) and "favicon" not in request.url:
            self.seen.append(f"request {request.url}")

    def open(self, path: str) -> Page:
        """Open a page, and check that nothing happened."""
        self.page.goto(self.base + path)
        self.check(path)
        return self.page

    def check(self, what: str) -> None:
        """Fail if anything ran, was loaded or was attempted."""
        strange = self.page.evaluate(STRANGE)
        assert (what, self.seen, strange) == (what, [], [])


@pytest.fixture(scope="module")
def witnessed(browser: Browser) -> Iterator[Page]:
    """Open a page that says what the policy of a site forbade it."""
    context = browser.new_context()
    context.add_init_script(WITNESS)
    yield context.new_page()
    context.close()


@pytest.fixture(params=["http", "file"])
def guard(request: pytest.FixtureRequest, hostile: Path, witnessed: Page) -> Iterator[Guard]:
    if request.param == "file":
        with Guard.over(witnessed, f"file://{hostile}/site/") as guard:
            yield guard
        return
    with serving(hostile / "site") as base, Guard.over(witnessed, base) as guard:
        yield guard


def page_names(hostile: Path) -> list[str]:
    site = hostile / "site"
    return [quote(path.relative_to(site).as_posix()) for path in sorted(site.rglob("*.html"))]


def test_no_page_runs_loads_or_tries_anything(hostile: Path, guard: Guard) -> None:
    names = page_names(hostile)
    assert len(names) > 60
    # from disk the same files are read: a sample of each kind
    for name in names if guard.base.startswith("http") else names[::6]:
        guard.open(name)


def texts_of(document: Any) -> Iterator[str]:
    """Give the texts that a document's JSON has for its page, cells one by one."""
    for part in (document, *document["attachments"]):
        for block in part["blocks"]:
            yield from (
                (cell for row in block["rows"] for cell in row)
                if block["kind"] == "table"
                else [block["text"]]
            )


def test_a_browser_shows_each_document_as_it_was_printed(hostile: Path, guard: Guard) -> None:
    count = 0
    for file in sorted((hostile / "site").glob("*/*/issue.json")):
        for document in json.loads(file.read_bytes())["documents"]:
            page = guard.open(document["url"])
            shown = page.evaluate(SHOWN)
            assert shown == [" ".join(text.split()) for text in texts_of(document)]
            count += 1
    assert count == 11


def test_a_payload_is_shown_as_the_signs_that_it_is_made_of(guard: Guard) -> None:
    page = guard.open("moumou/2020-01/moufufa-2019-12.html")
    shown = page.inner_text("#official")
    for payload in (
        '<script>window.pwned=51;document.title="pwned"</script>',
        '--8<-- "/etc/passwd"',
        '{% include "/etc/passwd" %}{{ config.__class__ }}{# 注释 #}',
        "[TOC]",
    ):
        assert payload in shown, payload
    assert "公共停车场" in shown  # a link is markup, and leaves its words
    assert page.locator("#official a[href^='javascript']").count() == 0
    assert page.title().startswith("某某市<script>window.pwned=46</script>停车管理办法 - ")
    contents = guard.open("moumou/2020-01/index.html").inner_text("main")
    # </h1> is a tag that engines write, and is removed
    assert "</title>医养'结合<svg/onload=window.pwned=47>方案》的通知" in contents
    corrections = guard.open("moumou/2020-01/corrections.html").inner_text("main")
    assert '"><img src=x onerror=window.pwned=31> {{7*7}} | 竖线' in corrections


def test_no_page_holds_a_sign_that_nobody_sees(hostile: Path) -> None:
    for path in (hostile / "site").rglob("*"):
        if path.suffix in (".html", ".xml", ".csv", ".jsonl", ".ics") or path.name == "issue.json":
            text = path.read_text("utf-8-sig")
            if path.name == "issue.json":  # its ledger lists the removed characters
                text = json.dumps(json.loads(text)["documents"], ensure_ascii=False)
            assert not INVISIBLE.search(text.replace("\r", "")), path


def test_where_such_a_sign_stood_a_box_has_its_name_and_is_not_copied(guard: Guard) -> None:
    page = guard.open("moumou/2020-01/moufufa-2019-12.html")
    boxes = page.locator("#a7 .invisible-sign")
    names = [box.get_attribute("data-sign") for box in boxes.all()]
    assert names[:4] == ["U+202E", "U+202C", "U+2067", "U+2069"]
    assert len(names) == 9
    assert boxes.first.evaluate("e => getComputedStyle(e, '::before').content").count("U+202E")
    assert (boxes.first.bounding_box() or {"width": 0})["width"] > 20
    text = "倒写的文字，隔离，零宽，软连字符，不可见，标签，填充，"
    copied = page.evaluate("""() => {
      const unit = document.querySelector("#a7");
      getSelection().selectAllChildren(unit);
      return String(getSelection());
    }""")
    assert text in copied
    assert "U+" not in copied
    assert page.locator("#f2-t1 td .invisible-sign").count() == 2
    received = guard.open("moumou/2020-01/moufufa-2019-12.collation.html")
    assert received.locator(".invisible-sign[data-sign='U+202E']").count() == 2


def test_a_search_for_a_payload_shows_it_and_runs_nothing(guard: Guard) -> None:
    page = guard.open("moumou/2020-01/index.html")
    found = search(page, "<script>window.pwned=46</script>")
    assert any(address.endswith("/moufufa-2019-12.html") for address in found)
    until(
        page, "document.querySelector('.md-search-result__item').textContent.includes('<script>')"
    )
    guard.check("box")
    page.goto(f"{guard.base}search/index.html?q=%3Cimg%20src%3Dx%20onerror&issuer=%3Cb%3E&page=1")
    until(page, "document.querySelector('#search-status').textContent")
    page.goto(f"{guard.base}search/index.html?q=%3Cimg%20src%3Dx%20onerror")
    until(page, "document.querySelectorAll('.search-hits li').length")
    assert "<img src=x onerror" in page.inner_text(".search-hits")
    guard.check("page")
    page.goto(f"{guard.base}moumou/2020-01/moufufa-2019-12.html?h=%3Cimg%20src%3Dx#%25%zz")
    until(page, "document.querySelector('mark')")
    guard.check("marked")


def test_what_a_reader_opens_runs_nothing(guard: Guard) -> None:
    page = guard.open("moumou/2020-01/moufufa-2019-12.html")
    page.click(".facts button:has-text('引用')")
    assert "<script>window.pwned=46</script>" in page.locator("dialog textarea").first.input_value()
    page.keyboard.press("Escape")
    page.hover("#a1")
    report = page.get_attribute("#a1 .report", "href") or ""
    assert report.startswith("mailto:gongbao@gazette.example?")
    assert report.count("?") == 1
    for title in ("#a3 .corrected", "#a6 a.held", "#a6 a.elsewhere >> nth=2"):
        page.locator(title).first.hover()
        shown = ":is(.md-tooltip2--active, .gazette-card[data-ready])"
        tip = page.locator(f"{shown}:has-text('window.pwned')").first
        tip.wait_for()
        assert tip.evaluate("e => e.textContent.includes('<')"), title
        guard.check(title)
    page.locator(".md-logo >> visible=true").first.hover()
    page.keyboard.press("?")
    guard.check("keys")
    page.emulate_media(media="print")
    guard.check("print")


def test_a_missing_address_is_shown_as_it_is(hostile: Path, witnessed: Page) -> None:
    page_404 = (hostile / "site" / "404.html").as_uri()
    with Guard.over(witnessed, page_404) as guard:
        guard.open("?<script>window.pwned=1</script>")
        served = (hostile / "site" / "404.html").read_text("utf-8")
        wanted = "http://gazette.invalid/a/%FF/%3Cimg%20src=x%20onerror=window.pwned=2%3E"
        guard.base = "http://gazette.invalid/"
        guard.page.route("http://gazette.invalid/**", lambda route: route.fulfill(body=served))
        guard.page.goto(wanted)
        assert guard.page.inner_text("#address").startswith("/a/%FF/%3Cimg")
        guard.page.goto(wanted.replace("%FF/", ""))
        assert guard.page.inner_text("#address") == "/a/<img src=x onerror=window.pwned=2>"
        guard.check("404")


def test_what_programs_read_is_whole(hostile: Path) -> None:
    site = hostile / "site"
    strict = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    xml = list(site.rglob("*.xml"))
    assert len(xml) > 12
    for path in xml:
        etree.parse(path, strict)
        assert not re.search(rb"<!(?:DOCTYPE|ENTITY)", path.read_bytes()), path
    for path in site.rglob("*.json"):
        json.loads(path.read_bytes())
    for path in site.rglob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            json.loads(line)
    for path in site.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r＝＋－＠")]
    (moumou,) = site.glob("moumou/gazette.csv")
    assert "'=HYPERLINK" in moumou.read_text("utf-8")


def test_no_text_becomes_a_line_of_a_calendar(hostile: Path) -> None:
    files = sorted((hostile / "site" / "agencies").glob("*.ics"))
    assert files
    lines = re.compile(
        r"(?:(?:BEGIN|END):V(?:CALENDAR|EVENT)|(?:VERSION|PRODID|METHOD|X-WR-CALNAME|UID|DTSTAMP"
        r"|SUMMARY|DESCRIPTION|TRANSP|URL|RRULE):.*|DTSTART;VALUE=DATE:\d{8})"
    )
    for path in files:
        data = path.read_bytes()
        calendar = Calendar.from_ical(data)
        assert all(event.name == "VEVENT" for event in calendar.subcomponents)
        for line in data.replace(b"\r\n ", b"").decode().split("\r\n"):
            assert line == "" or lines.fullmatch(line), line


def test_every_name_in_a_bundle_is_safe_to_unzip(hostile: Path, tmp_path: Path) -> None:
    written = bundle(hostile / "site", tmp_path / "dist", {"moumou": "https://gazette.example/"})
    zips = [path for path in written if path.suffix == ".zip"]
    assert len(zips) == 5
    for path in zips:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            for name in names:
                parts = name.split("/")
                assert not any(part in ("", ".", "..") or DEVICES.match(part) for part in parts), (
                    name
                )
                assert not re.search(r'[\\:*?"<>|\x00-\x1f]|[. ](?:/|$)', name), name
            assert len({name.casefold() for name in names}) == len(names)
            archive.extractall(tmp_path / "out" / path.stem)
    outside = [name for name in scan(tmp_path) if not name.startswith(("dist/", "out/"))]
    assert outside == []


def test_nothing_is_written_outside_of_site_and_build(hostile: Path) -> None:
    written = {path.name for path in hostile.iterdir()}
    assert written == {"content", "site", "build", ".site.lock"}
    assert set(scan(hostile / "content")) == set(scan(HOSTILE))
    documents = HtmlPage((hostile / "site/moumou/2020-01/index.html").read_bytes()).links
    assert not [link for link in documents if ".." in link.removeprefix("../").removeprefix("../")]
