"""Finished pages → PDF, by a browser of the Chromium family: a document, or a whole issue.

A reader who prints a page gets the same: assets/gazette/print.css has the sizes.
Links lead to the public site if the page names its public address; otherwise they are plain text.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from generator.runtime.errors import SiteError, UsageError
from generator.runtime.patterns import lazy_regex

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer",
    "--disable-extensions", "--disable-background-networking", "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no access to the network
)  # fmt: skip
TIMEOUT = 300  # seconds for one file
ISSUE_FILE = "issue.pdf"
RUNNING_HEAD = lazy_regex(r"^@page\{")
NOT_PRINTED = ("script", "nav", "form", "dialog")


def find_browser() -> str:
    """Find a browser that can print; UsageError if there is none."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    message = f"没有可以打印的浏览器；请安装其中一种：{'、'.join(BROWSERS)}"
    raise UsageError(message)


def print_issue(site: Path, issue: str, target: Path) -> list[Path]:
    """Print each document of an issue, and the whole issue as one file; give the files.

    Raises UsageError when the site holds no such issue, SiteError when the browser fails.
    """
    folder = site / issue
    try:
        data = json.loads((folder / "issue.json").read_text("utf-8"))
    except OSError as error:
        message = f"{folder}: 没有生成这一期；请核对名称，或先运行 gazette build"
        raise UsageError(message) from error
    documents = [folder / f"{document['id']}.html" for document in data["documents"]]
    browser, place = find_browser(), target / issue
    place.mkdir(parents=True, exist_ok=True)
    printed = [_print(browser, [page], place / f"{page.stem}.pdf") for page in documents]
    whole = _print(browser, [folder / "index.html", *documents], place / ISSUE_FILE)
    return [*printed, whole]


def _print(browser: str, pages: Sequence[Path], target: Path) -> Path:
    with tempfile.TemporaryDirectory() as where:
        source, result = Path(where, "paper.html"), Path(where, "paper.pdf")
        source.write_text(paper_html(pages), "utf-8")
        command = [browser, *FLAGS, f"--print-to-pdf={result}", source.as_uri()]
        command.insert(1, f"--user-data-dir={where}/profile")
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
            shutil.move(result, target)
        except (OSError, subprocess.SubprocessError) as error:
            message = (
                f"{target}: 浏览器 {browser} 没有打印出来；请再运行一次，或换一种浏览器：{error}"
            )
            raise SiteError(message) from error
    return target


def paper_html(pages: Sequence[Path]) -> str:
    """Join finished pages to one page for printing: texts, styles, and each page's running head."""
    styles, articles = [], []
    for number, path in enumerate(pages):
        root: Any = etree.fromstring(path.read_bytes(), etree.HTMLParser(encoding="utf-8"))
        if number == 0:
            sheets = root.xpath("//link[@rel='stylesheet']/@href")
            styles += [_sheet((path.parent / sheet).resolve()) for sheet in sheets]
        for style in root.xpath("//head/style/text()"):
            styles.append(f"<style>{RUNNING_HEAD.sub(f'@page p{number}{{', style)}</style>")
        for article in root.xpath("//article"):
            _prepare(article, path, _public(root))
            inner: str = etree.tostring(article, encoding="unicode", method="html")
            articles.append(f'<div style="page:p{number};break-before:page">{inner}</div>')
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"{''.join(styles)}</head>"
        f'<body data-md-color-scheme="default" data-md-color-primary="custom">{"".join(articles)}'
        "</body></html>"
    )


def _sheet(path: Path) -> str:
    return f'<link rel="stylesheet" href="{escape(path.as_uri())}">'


def _public(root: Any) -> str:
    addresses: list[str] = root.xpath("//link[@rel='canonical']/@href")
    return addresses[0] if addresses else ""


def _prepare(article: Any, page: Path, public: str) -> None:
    """Make links lead to the public site and pictures load; drop elements that are not printed."""
    for element in [*article.iter(*NOT_PRINTED), *article.xpath(".//p[@class='tools']")]:
        element.getparent().remove(element)
    for link in article.iter("a"):
        address = link.get("href", "")
        if not address.startswith("#"):
            whole = urljoin(public, address) if public else address
            if whole.startswith(("https:", "http:", "mailto:")):
                link.set("href", whole)
            elif "href" in link.attrib:
                del link.attrib["href"]
    for image in article.iter("img"):
        source = image.get("src", "")
        if not source.startswith("data:"):
            image.set("src", (page.parent / source).resolve().as_uri())
