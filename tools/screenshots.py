"""Take pictures of a built site as readers see it: widths, colours, large type, and on paper.

    python -m tools.screenshots [SITE] [FOLDER] [--only document]

SITE is site/, FOLDER docs/screenshots/. Of each page there are three pictures: <page>-1280.webp and
<page>-390.webp as they are, and <page>-all.webp with every width in every mode and the first sheets
of paper, at half their size. Those of an earlier run are replaced. Pages are chosen by their
content: the home page, the longest document of the archive, the cover of its issue and the page of
its gazette, the first document with a table, the first with appointments, the largest page of each
register, what came in last, and a search.
"""

from __future__ import annotations

import argparse
import json
import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from generator.runtime.places import ROOT
from tests.browser import FLAGS, MODES, find_chromium, serving

SCREENS = {1280: 900, 768: 1024, 390: 844}  # width: height
ALONE = (1280, 390)  # widths of which the light picture is kept as it is, too
GAP = 12  # pixels between two pictures of a sheet
PAPER_PAGES = 2  # of each document
PAPER_SCALE = 1.4  # pixels per point: 100 dots per inch
QUALITY = 72
LIMIT = 6_000_000  # bytes of all pictures, because they are in the repository
SEARCHED = "旅游"
REGISTERS = ("numbers", "agencies", "people", "works", "terms")


def choose_pages(site: Path) -> dict[str, str]:
    """Choose the pages to show: name → path in the site."""
    documents = []
    for path in sorted(site.glob("*/*/issue.json")):
        documents += json.loads(path.read_bytes())["documents"]
    longest = max(documents, key=lambda d: _length(site, d["url"]))["url"]
    gazette = Path(longest).parent.parent
    pages = {
        "home": "index.html",
        "recent": "recent.html",
        "gazette": f"{gazette}/index.html",
        "cover": str(Path(longest).with_name("index.html")),
        "document": longest,
    }
    for document in reversed(documents):
        blocks = [*document["blocks"], *(b for a in document["attachments"] for b in a["blocks"])]
        table = next((b["anchor"] for b in blocks if b["kind"] == "table"), "")
        if table:
            pages["table"] = f"{document['url']}#{table}"
        if document["appointments"]:
            pages["appointments"] = document["url"]
    for name in REGISTERS:
        found = [path for path in (site / name).glob("*.html") if path.name != "index.html"]
        found = found or list((site / name).glob("index.html"))
        if found:
            pages[name] = max(found, key=lambda p: (p.stat().st_size, p.name)).relative_to(site)
    pages["search"] = f"search/index.html?q={quote(SEARCHED)}"
    return {name: str(path) for name, path in pages.items()}


def _length(site: Path, url: str) -> int:
    return (site / url).with_suffix(".md").stat().st_size  # without what the page adds to the text


def open_page(page: Page, address: str) -> None:
    """Open a page and wait until its search results and fonts are loaded."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(address, wait_until="load")
    if "?q=" in address:
        page.wait_for_selector(".search-hits li")
    page.evaluate("document.fonts.ready")


def take_screens(browser: Browser, address: str) -> dict[tuple[int, str], Image.Image]:
    """Take a picture of a page at every width and in every mode."""
    taken: dict[tuple[int, str], Image.Image] = {}
    for width, height in SCREENS.items():
        for mode, prepare in MODES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            prepare(page)
            open_page(page, address)
            taken[width, mode] = Image.open(BytesIO(page.screenshot()))
            page.close()
    return taken


def take_paper(browser: Browser, address: str) -> list[Image.Image]:
    """Print a page, and take pictures of the first sheets."""
    page = browser.new_page()
    open_page(page, address)
    page.emulate_media(media="print")
    sheets = pypdfium2.PdfDocument(
        page.pdf(format="A4", prefer_css_page_size=True, print_background=False)
    )
    shown = min(len(sheets), PAPER_PAGES)
    taken = [sheets[number].render(scale=PAPER_SCALE).to_pil() for number in range(shown)]
    sheets.close()
    page.close()
    return taken


def put_together(
    screens: dict[tuple[int, str], Image.Image], paper: list[Image.Image]
) -> Image.Image:
    """Put pictures on one sheet at half their size: a row a mode, and a row of paper."""
    rows = [[screens[width, mode] for width in SCREENS] for mode in MODES] + [paper]
    halves = [[one.resize((one.width // 2, one.height // 2)) for one in row] for row in rows if row]
    widths = [sum(one.width + GAP for one in row) + GAP for row in halves]
    heights = [max(one.height for one in row) + GAP for row in halves]
    sheet = Image.new("RGB", (max(widths), sum(heights) + GAP), "#888")
    top = GAP
    for row, height in zip(halves, heights, strict=True):
        left = GAP
        for one in row:
            sheet.paste(one, (left, top))
            left += one.width + GAP
        top += height
    return sheet


def write_picture(picture: Image.Image, place: Path) -> None:
    """Write a picture as a small file."""
    picture.convert("RGB").save(place.with_suffix(".webp"), quality=QUALITY, method=6)


def main() -> int:
    """Take all pictures; the exit status is 1 if they are too large for the repository."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("site", type=Path, nargs="?", default=ROOT / "site")
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs" / "screenshots")
    parser.add_argument("--only", action="append", default=[], metavar="PAGE")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    pages = {
        name: path
        for name, path in choose_pages(options.site).items()
        if not options.only or name in options.only
    }
    for name in pages:
        for old in options.folder.glob(f"{name}-*.webp"):
            old.unlink()
    with sync_playwright() as playwright, serving(options.site) as base:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for name, path in pages.items():
            screens = take_screens(browser, base + path)
            paper = take_paper(browser, base + path)
            write_picture(put_together(screens, paper), options.folder / f"{name}-all")
            for width in ALONE:
                write_picture(screens[width, "light"], options.folder / f"{name}-{width}")
        browser.close()
    sizes = [path.stat().st_size for path in sorted(options.folder.glob("*.webp"))]
    print(f"{options.folder}: {len(sizes)} pictures, {sum(sizes) / 1e6:.1f} MB")  # noqa: T201
    return int(sum(sizes) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
