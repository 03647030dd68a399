"""Take pictures of a built site as readers see it: widths, colours, large type, and on paper.

    python -m tools.screenshots [SITE] [FOLDER] [--only document]

SITE is site/, FOLDER docs/screenshots/. Pictures are named <page>-<width>-<mode>.webp and
<page>-print-<n>.webp; those of an earlier run are replaced. Pages are chosen by their content: the
longest document of the archive and the cover of its issue, the first document with a table, the
first with appointments, the largest page of agencies and of works, and a search.
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

SCREENS = {1280: 900, 768: 1024, 360: 780}  # width: height
PAPER_PAGES = 2  # of each document
PAPER_SCALE = 1.4  # pixels per point: 100 dots per inch
QUALITY = 72
LIMIT = 6_000_000  # bytes of all pictures, because they are in the repository
SEARCHED = "旅游"


def choose_pages(site: Path) -> dict[str, str]:
    """Choose the pages to show: name → path in the site."""
    documents = []
    for path in sorted(site.glob("*/*/issue.json")):
        documents += json.loads(path.read_bytes())["documents"]
    longest = max(documents, key=lambda d: _length(site, d["url"]))["url"]
    pages = {"cover": str(Path(longest).with_name("index.html")), "document": longest}
    for document in reversed(documents):
        blocks = [*document["blocks"], *(b for a in document["attachments"] for b in a["blocks"])]
        table = next((b["anchor"] for b in blocks if b["kind"] == "table"), "")
        if table:
            pages["table"] = f"{document['url']}#{table}"
        if document["appointments"]:
            pages["appointments"] = document["url"]
    for name, folder in (("agencies", "agencies"), ("works", "works")):
        found = [path for path in (site / folder).glob("*.html") if path.name != "index.html"]
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


def take_screens(browser: Browser, address: str, name: str, folder: Path) -> None:
    """Take a picture of a page at every width and in every mode."""
    for width, height in SCREENS.items():
        for mode, prepare in MODES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            prepare(page)
            open_page(page, address)
            write_picture(Image.open(BytesIO(page.screenshot())), folder / f"{name}-{width}-{mode}")
            page.close()


def take_paper(browser: Browser, address: str, name: str, folder: Path) -> None:
    """Print a page, and take pictures of the first sheets."""
    page = browser.new_page()
    open_page(page, address)
    page.emulate_media(media="print")
    sheets = pypdfium2.PdfDocument(
        page.pdf(format="A4", prefer_css_page_size=True, print_background=False)
    )
    for number in range(min(len(sheets), PAPER_PAGES)):
        picture = sheets[number].render(scale=PAPER_SCALE).to_pil()
        write_picture(picture, folder / f"{name}-print-{number + 1}")
    sheets.close()
    page.close()


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
            take_screens(browser, base + path, name, options.folder)
            take_paper(browser, base + path, name, options.folder)
        browser.close()
    sizes = [path.stat().st_size for path in sorted(options.folder.glob("*.webp"))]
    print(f"{options.folder}: {len(sizes)} pictures, {sum(sizes) / 1e6:.1f} MB")  # noqa: T201
    return int(sum(sizes) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
