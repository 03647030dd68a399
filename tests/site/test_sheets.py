"""The pictures of sheets in a site: drawn once, masked, in two sizes; places, manifest, bundles."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from generator.delivery.bundle import bundle
from generator.runtime.parallel import Alone
from generator.site import sheet_pictures
from generator.site.build import build as build_site
from tests.accessibility import axe_faults
from tests.browser import Watch
from tests.conftest import build_quietly, places
from tests.pages import check_links, read_tree
from tests.sheets import (
    IDENTITY,
    NAMES,
    TITLES,
    Printed,
    find_on_page,
    notice,
    print_issue,
    three_notices,
    write_layout,
)

pytestmark = pytest.mark.medium
FACTS = 'title = "某某市人民政府公报"\nhomepage = "https://gazette.example/gb/"\n'
WITHDRAWN = '[[withdrawn]]\nid = "moufufa-2024-8"\nwhy = "应来文机关要求撤下"\n'
ISSUE = "moumou/2024-03"
PERSON = f"李四，身份证号{IDENTITY}，为联络员。"


def write(where: Path, printed: Printed, facts: str = "") -> Path:
    folder = where / "content" / ISSUE
    printed.write(folder)
    (folder.parent / "gazette.toml").write_text(FACTS, "utf-8")
    (folder / "issue.toml").write_text(facts, "utf-8")
    return folder


def build(where: Path) -> Path:
    build_quietly(where / "content", where)
    return where / "site" / ISSUE


def build_here(where: Path) -> Path:
    """Build in this process, so that its warnings are seen."""
    build_site(places(where / "content", where), Alone(), lambda *_: None)
    return where / "site" / ISSUE


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def places_of(path: Path) -> Any:
    found = re.fullmatch(r"gazetteSheets\((.*)\);\n", path.read_text("ascii"))
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("whole")
    write(where, three_notices())
    build(where)
    return where


@pytest.fixture(scope="module")
def covered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an issue of which a document is withdrawn, and a number in another one covered."""
    where = tmp_path_factory.mktemp("covered")
    sheets = three_notices(PERSON)
    line = sheets.text.split("\n").index(PERSON) + 1
    assert line
    text = f'\n[[covered]]\nline = {line}\ntext = "{IDENTITY}"\nwhy = "个人信息"\n'
    write(where, sheets, text.lstrip() + WITHDRAWN.replace("8", "9"))
    build(where)
    return where


def test_each_sheet_has_two_pictures_and_pages_lead_to_them(whole: Path) -> None:
    site = whole / "site" / ISSUE
    sizes = {p.name: size_of(p) for p in sorted((site / "pages").iterdir())}
    assert len(sizes) == 10
    assert {size[0] for name, size in sizes.items() if "large" in name} == {1600}
    assert {size[0] for name, size in sizes.items() if "small" in name} == {800}
    page = (site / "moufufa-2024-8.html").read_text("utf-8")
    assert re.findall(r'<a [^>]*page-begun[^>]* href="([^"]*)"', page) == [
        "pages/0003-large.webp",
        "pages/0004-large.webp",
    ]
    assert '<a href="pages/0002-large.webp">第2页（原页图片）</a>' in page
    assert 'data-places="moufufa-2024-8.sheets.js"' in page
    cover = (site / "index.html").read_text("utf-8")
    assert [f"pages/000{n}-large.webp" in cover for n in range(1, 6)] == [True] * 5
    assert check_links(whole / "site") == []


def test_the_places_of_paragraphs_are_apart_from_the_page(whole: Path) -> None:
    site = whole / "site" / ISSUE
    data = places_of(site / "moufufa-2024-8.sheets.js")
    assert [sheet["label"] for sheet in data["sheets"]] == ["第2页", "第3页", "第4页"]
    left, top, right, bottom = find_on_page(
        whole / "content" / ISSUE / "issue.pdf", 3, "二、保障措施。做好防汛工作的经费"
    )
    ((number, *box),) = data["places"]["s2"]
    assert number == 1
    assert abs(box[0] / 10_000 - left) < 0.005
    assert abs(box[1] / 10_000 - top) < 0.005
    assert box[2] / 10_000 > right
    assert box[3] / 10_000 > bottom
    page = (site / "moufufa-2024-8.html").read_text("utf-8")
    assert not re.search(r"<(?:img|source)[^>]*pages/", page)
    # else a thousand paragraphs would make the page heavy
    assert "gazetteSheets" not in page


def test_a_build_after_a_change_of_the_text_draws_nothing_again(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    before = read_tree(tmp_path / "site" / ISSUE / "pages")
    folder = tmp_path / "content" / ISSUE
    line = (folder / "issue.md").read_text("utf-8").split("\n").index(notice(0)[4]) + 1
    facts = f'[[correction]]\nline = {line}\nfrom = "财政"\nto = "市财政"\nwhy = "漏字"\n'
    (folder / "issue.toml").write_text(facts, "utf-8")

    def refuse(*_: object) -> None:
        message = "drawn again"
        raise AssertionError(message)

    monkeypatch.setattr(sheet_pictures, "_write", refuse)
    build(tmp_path)
    assert read_tree(tmp_path / "site" / ISSUE / "pages") == before
    assert "市财政" in (tmp_path / "site" / ISSUE / "moufufa-2024-7.html").read_text("utf-8")


def test_a_damaged_picture_of_the_site_is_drawn_again_and_is_the_same(
    whole: Path, tmp_path: Path
) -> None:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    pages = tmp_path / "site" / ISSUE / "pages"
    before = read_tree(pages)
    (pages / "0002-small.webp").write_bytes(before["0002-small.webp"][:-1] + b"?")
    (tmp_path / "content" / ISSUE / "issue.toml").write_text("# changed\n", "utf-8")
    build(tmp_path)
    assert read_tree(pages) == before


@pytest.mark.guarantee("draw_sheets", 1)
def test_two_clean_builds_make_the_same_bytes(covered: Path, tmp_path: Path) -> None:
    shutil.copytree(covered / "content", tmp_path / "content")
    build(tmp_path)
    assert read_tree(tmp_path / "site") == read_tree(covered / "site")


@pytest.mark.guarantee("draw_sheets", 2)
def test_what_is_covered_is_painted_over_in_both_pictures(covered: Path) -> None:
    site = covered / "site" / ISSUE
    pdf = covered / "content" / ISSUE / "issue.pdf"
    for sheet, words in ((3, IDENTITY), (4, TITLES[2])):
        box = find_on_page(pdf, sheet, words)
        for size in ("large", "small"):
            with Image.open(site / f"pages/000{sheet}-{size}.webp") as picture:
                width, height = picture.size
                corners = (box[0] * width, box[1] * height, box[2] * width, box[3] * height)
                seen = picture.convert("L").crop(tuple(map(round, corners)))  # type: ignore[arg-type]
                darkest, brightest = seen.getextrema()
                assert brightest - darkest <= 6  # type: ignore[operator]
                assert 150 < darkest < 200  # type: ignore[operator]


@pytest.mark.guarantee("draw_sheets", 4)
def test_a_number_that_was_taken_out_of_the_text_is_painted_over(tmp_path: Path) -> None:
    printed = three_notices(PERSON, "联系电话13812345678。")
    folder = write(tmp_path, printed)
    text = printed.text.replace(IDENTITY, "（略）")
    (folder / "issue.md").write_text(text, "utf-8")  # the layout is of another text now
    pages = build(tmp_path) / "pages"
    with Image.open(pages / "0003-large.webp") as picture:
        grey = picture.convert("L")
    for words, is_covered in ((IDENTITY, True), ("13812345678", False)):
        box = find_on_page(folder / "issue.pdf", 3, words)
        corners = [round(share * grey.size[n % 2]) for n, share in enumerate(box)]
        darkest, brightest = grey.crop(
            (corners[0], corners[1], corners[2], corners[3])
        ).getextrema()
        assert (brightest - darkest <= 6) == is_covered  # type: ignore[operator]


def test_what_is_covered_is_in_no_file_of_the_site(covered: Path) -> None:
    files = read_tree(covered / "site")
    for name, data in files.items():
        text = data.decode("utf-8", "replace")
        assert IDENTITY not in text, name
        assert "开展植树活动的经费" not in text, name
    assert f"{ISSUE}/pages/0005-large.webp" not in files  # all of it is withdrawn
    manifest = json.loads(files[f"{ISSUE}/manifest.json"])
    labels = [canvas["label"]["zh-CN"][0] for canvas in manifest["items"]]
    assert labels == ["第1页", "第2页", "第3页", "第4页"]
    assert not [r for r in manifest["structures"] if "植树" in json.dumps(r, ensure_ascii=False)]
    cover = files[f"{ISSUE}/index.html"].decode()
    assert "第5页有不公开的内容，不登图片" in cover


def test_the_text_only_bundle_has_no_pictures_and_no_dead_links(
    covered: Path, tmp_path: Path
) -> None:
    pages = {"moumou": "https://gazette.example/gb/"}
    target = tmp_path / "dist"
    names = {True: set[str](), False: set[str]()}
    for text_only in (True, False):
        for path in bundle(covered / "site", target, pages, text_only=text_only):
            if path.suffix != ".zip":
                continue
            with zipfile.ZipFile(path) as packed:
                names[text_only] |= set(packed.namelist())
                packed.extractall(tmp_path / str(text_only))
    assert not [n for n in names[True] if re.search(r"/pages/|\.sheets\.js|/manifest\.json", n)]
    assert len([n for n in names[False] if "/pages/" in n]) == 2 * 8
    for name in ("archive", "moumou-2024-03"):
        assert check_links(tmp_path / "True" / name) == []
        page = (tmp_path / "True" / name / ISSUE / "moufufa-2024-8.html").read_text("utf-8")
        assert "data-places" not in page
        assert 'href="https://gazette.example/gb/moumou/2024-03/pages/0002-large.webp"' in page


def test_pictures_that_are_handed_in_go_before_the_pdf(tmp_path: Path) -> None:
    printed = three_notices()
    folder = write(tmp_path, printed)
    (folder / "pages").mkdir()
    red = Image.new("RGB", (900, 1200), "#c00000")
    red.save(folder / "pages" / "0002.png")
    turned = Image.new("L", (1200, 900), 90)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it to the right
    exif[0x010E] = "secret"
    turned.save(folder / "pages" / "scan-3.jpg", exif=exif, quality=90)
    Image.new("I;16", (600, 800), 40_000).save(folder / "pages" / "4.tif")
    clear = Image.new("RGBA", (600, 800), (0, 0, 0, 0))
    clear.save(folder / "pages" / "p5.webp")
    (folder / "pages" / "notes.txt").write_text("6", "utf-8")
    pages = build(tmp_path) / "pages"
    found: dict[int, Image.Image] = {}
    for n in range(1, 6):
        with Image.open(pages / f"000{n}-large.webp") as picture:
            found[n] = picture.convert("RGB")
    assert [found[n].size for n in range(2, 6)] == [
        (900, 1200),
        (900, 1200),
        (600, 800),
        (600, 800),
    ]
    assert found[2].getpixel((450, 600))[0] > 180  # type: ignore[index]
    assert found[5].getpixel((300, 400)) == (255, 255, 255)
    assert not (pages / "0006-large.webp").exists()
    assert not [p for p in pages.iterdir() if b"secret" in p.read_bytes()]


def test_the_pictures_of_a_tiff_are_its_sheets(tmp_path: Path) -> None:
    printed = three_notices()
    folder = write(tmp_path, printed)
    frames = [Image.new("L", (400 + n, 600), 200) for n in range(5)]
    frames[0].save(folder / "scan.tif", save_all=True, append_images=frames[1:])
    (folder / "issue.pdf").unlink()
    write_layout(folder, printed.layout("scan.tif"))
    pages = build(tmp_path) / "pages"
    sizes = [size_of(pages / f"000{n}-large.webp") for n in range(1, 6)]
    assert sizes == [(400 + n, 600) for n in range(5)]


def test_the_pictures_that_a_text_was_recognised_from_are_counted_in_their_order(
    tmp_path: Path,
) -> None:
    printed = three_notices()
    folder = write(tmp_path, printed)
    (folder / "issue.pdf").unlink()
    (folder / "pages").mkdir()
    frames = [Image.new("L", (400 + n, 600), 200) for n in range(5)]
    for n in (0, 4):
        frames[n].save(folder / "pages" / f"IMG_32{n}0.png")
    frames[1].save(folder / "pages" / "IMG_3210.tif", save_all=True, append_images=frames[2:4])
    write_layout(folder, printed.layout("pages"))
    pages = build(tmp_path) / "pages"
    assert sorted(path.name[:4] for path in pages.glob("*-large.webp")) == [
        f"000{n}" for n in range(1, 6)
    ]
    sizes = [size_of(pages / f"000{n}-large.webp") for n in range(1, 6)]
    assert sizes == [(400 + n, 600) for n in range(5)]


DAMAGED = {
    "issue.pdf": b"%PDF-1.4\nnothing",
    "pages/2.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    "pages/3.jpg": b"\xff\xd8\xff\xe0 broken",
    "pages/4.tif": b"II*\0\x08\0\0\0",
    "pages/5.webp": b"RIFF\0\0\0\0WEBPVP8 ",
}


@pytest.mark.guarantee("draw_sheets", 3)
def test_damaged_files_get_warnings_and_the_issue_is_published(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = write(tmp_path, three_notices())
    (folder / "pages").mkdir()
    for name, data in DAMAGED.items():
        (folder / name).write_bytes(data)
    site = build_here(tmp_path)
    assert not (site / "pages").exists()
    for name in DAMAGED:
        assert f"{folder / name}: 不能画成原页图片" in caplog.text
    assert check_links(tmp_path / "site") == []
    assert "data-places" not in (site / "moufufa-2024-8.html").read_text("utf-8")


def test_a_picture_of_too_many_points_is_not_opened(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    folder = write(tmp_path, three_notices())
    (folder / "pages").mkdir()
    buffer = io.BytesIO()
    Image.new("1", (40, 60)).save(buffer, "PNG")
    (folder / "pages" / "2.png").write_bytes(buffer.getvalue())
    site = build_here(tmp_path)
    assert not (site / "pages" / "0002-large.webp").exists()
    assert "2.png" in caplog.text


def test_an_issue_of_several_files_has_the_sheets_of_each(tmp_path: Path) -> None:
    folder = tmp_path / "content" / ISSUE / "documents"
    folder.mkdir(parents=True)
    (folder.parent.parent / "gazette.toml").write_text(FACTS, "utf-8")
    for nth, name in enumerate(("01-停车", "02-防汛")):
        lines = three_notices().text.split("\n\n")
        at = lines.index(f"# 某某市人民政府关于{NAMES[nth]}的通知")
        printed = print_issue([lines[at : at + 6]], first=7)
        (folder / f"{name}.pdf").write_bytes(printed.pdf)
        (folder / f"{name}.md").write_text(printed.text, "utf-8")
        layout = json.dumps(printed.layout(f"{name}.pdf"))
        (folder / f"{name}.layout.json").write_text(layout, "utf-8")
    site = build(tmp_path)
    assert sorted(path.name for path in (site / "pages").iterdir()) == [
        "01-0001-large.webp", "01-0001-small.webp", "02-0001-large.webp", "02-0001-small.webp",
    ]  # fmt: skip
    data = places_of(site / "moufufa-2024-8.sheets.js")
    assert [sheet["large"] for sheet in data["sheets"]] == ["pages/02-0001-large.webp"]


def test_an_issue_without_pictures_says_nothing_of_sheets(tmp_path: Path) -> None:
    folder = write(tmp_path, three_notices())
    (folder / "issue.pdf").unlink()
    site = build(tmp_path)
    assert not (site / "pages").exists()
    assert not (site / "manifest.json").exists()
    assert not list(site.glob("*.sheets.js"))
    page = (site / "moufufa-2024-8.html").read_text("utf-8")
    assert "reading/sheets.js" not in page
    assert "原页" not in page


# the view in a browser


def frame_of(watch: Watch) -> dict[str, float]:
    box: dict[str, float] = watch.page.evaluate(
        """() => {
          const all = [...document.querySelectorAll(".place.framed")];
          if (all.length !== 1) throw Error(`${all.length} frames`);
          const box = all[0].getBoundingClientRect();
          const sheet = all[0].parentElement.getBoundingClientRect();
          const pane = document.querySelector(".sheets-frame").getBoundingClientRect();
          return {left: box.left - sheet.left, top: box.top - sheet.top,
            right: box.right - sheet.left, bottom: box.bottom - sheet.top,
            width: sheet.width, height: sheet.height,
            seen: Math.min(box.bottom, pane.bottom) - Math.max(box.top, pane.top)};
        }"""
    )
    return box


@pytest.fixture(params=[1280, 390])
def view(
    request: pytest.FixtureRequest, whole: Path, browser: Browser
) -> Iterator[tuple[Watch, bool]]:
    """Open the view of a document, from disk."""
    is_touch = request.param < 600
    base = f"{(whole / 'site').as_uri()}/"
    with Watch.over(browser, base, request.param, is_touch=is_touch) as watch:
        page = watch.open(f"{ISSUE}/moufufa-2024-8.html")
        more = page.locator(".facts-short label")
        if more.is_visible():  # on a phone
            more.click()
        page.click("text=对照原页")
        page.wait_for_selector(".sheets-frame")
        page.wait_for_timeout(200)
        yield watch, is_touch


ENDS = {
    "s1": (3, "一、总体要求。为做好防汛", "完成全年工作目标。"),
    "s2": (3, "二、保障措施。做好防汛工作的经费", "经费由财政保障"),
    "date": (4, "2024年3月5日", "2024年3月5日"),
}


@pytest.mark.slow
@pytest.mark.parametrize("anchor", ENDS)
def test_the_frame_is_where_the_search_of_pypdfium2_finds_the_paragraph(
    view: tuple[Watch, bool], whole: Path, anchor: str
) -> None:
    watch, is_touch = view
    page = watch.page
    paragraph = page.locator(f"#{anchor}")
    paragraph.scroll_into_view_if_needed()
    (paragraph.tap if is_touch else paragraph.hover)(position={"x": 150, "y": 20})
    page.wait_for_timeout(200)
    frame = frame_of(watch)
    sheet, words, _ = ENDS[anchor]
    left, top, right, bottom = find_on_page(whole / "content" / ISSUE / "issue.pdf", sheet, words)
    assert abs(frame["left"] - left * frame["width"]) <= 8
    assert abs(frame["top"] - top * frame["height"]) <= 8
    if anchor == "date":
        assert abs(frame["right"] - right * frame["width"]) <= 8
        assert abs(frame["bottom"] - bottom * frame["height"]) <= 8
    assert frame["seen"] > 5  # inside the pane
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.slow
def test_what_is_pointed_at_on_a_sheet_is_framed_in_the_text(view: tuple[Watch, bool]) -> None:
    watch, is_touch = view
    page = watch.page
    place = page.locator(".sheet[data-label=第4页] .place").last
    place.scroll_into_view_if_needed()
    (place.tap if is_touch else place.hover)()
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelector('.official .framed').id") == "date"
    seen = page.evaluate(
        """() => { const box = document.querySelector('.official .framed').getBoundingClientRect();
          const pane = document.querySelector('.sheets').getBoundingClientRect();
          return box.top >= 0 && box.bottom <= (pane.top > 100 ? pane.top : innerHeight); }"""
    )
    assert seen


@pytest.mark.slow
def test_text_and_sheets_scroll_together(view: tuple[Watch, bool]) -> None:
    watch, _ = view
    page = watch.page
    page.evaluate("document.querySelector('.sheets-frame').scrollTop = 0")
    page.mouse.move(20, 300)
    page.evaluate("document.getElementById('date').scrollIntoView()")
    page.wait_for_timeout(300)
    now = page.inner_text(".sheets-now")
    top = page.evaluate("document.querySelector('.sheets-frame').scrollTop")
    assert top > 200
    assert "第3页" in now or "第4页" in now
    # and the other way round
    page.focus(".sheets-frame")
    page.keyboard.press("Home")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('.sheets-frame').scrollTop") < 200
    assert page.evaluate("document.getElementById('date').getBoundingClientRect().bottom") > 300


@pytest.mark.slow
def test_wheel_keys_and_fingers_zoom(view: tuple[Watch, bool]) -> None:
    watch, is_touch = view
    page = watch.page
    width = "document.querySelector('.sheets-stack').clientWidth"
    first = page.evaluate(width)
    page.focus(".sheets-frame")
    page.keyboard.press("+")
    assert page.evaluate(width) == pytest.approx(first * 1.25, abs=2)
    page.keyboard.press("0")
    assert page.evaluate(width) == first
    box = page.locator(".sheets-frame").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if is_touch:
        session = page.context.new_cdp_session(page)
        points = [[-20, 20], [-40, 40], [-60, 60]]
        for kind, (one, other) in zip(
            ("touchStart", "touchMove", "touchMove"), points, strict=True
        ):
            at = [{"x": x + one, "y": y, "id": 0}, {"x": x + other, "y": y, "id": 1}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    else:
        page.mouse.move(x, y)
        page.keyboard.down("Control")
        page.mouse.wheel(0, -120)
        page.keyboard.up("Control")
    page.wait_for_timeout(200)
    assert page.evaluate(width) > first * 1.3
    page.click("text=适宽")
    assert page.evaluate(width) == first


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_view_has_no_fault_for_axe(view: tuple[Watch, bool], scheme: str) -> None:
    watch, _ = view
    watch.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    watch.page.locator("#s2").scroll_into_view_if_needed()
    # the header shows the title of a page that is scrolled, and fades it in
    watch.page.wait_for_timeout(600)
    faults = axe_faults(watch.page)
    watch.faults.clear()  # axe loads the styles once more, which a browser refuses from disk
    assert faults == []


@pytest.mark.slow
def test_keys_lead_through_the_paragraphs_and_close_the_view(view: tuple[Watch, bool]) -> None:
    watch, _ = view
    page = watch.page
    page.focus(".sheets-frame")
    seen = []
    for _ in range(4):
        page.keyboard.press("j")
        seen.append(page.evaluate("document.querySelector('.official .framed').id"))
    assert seen == ["title", "number", "addressees", "s1"]
    assert frame_of(watch)["seen"] > 5
    page.keyboard.press("Escape")
    assert not page.is_visible(".sheets")
    assert page.evaluate("document.activeElement.textContent") == "对照原页"
    page.keyboard.press("o")
    assert page.is_visible(".sheets")


@pytest.mark.slow
def test_the_view_is_not_printed(view: tuple[Watch, bool]) -> None:
    watch, _ = view
    watch.page.emulate_media(media="print")
    assert not watch.page.is_visible(".sheets")
    margin = "getComputedStyle(document.querySelector('.md-container')).marginRight"
    assert watch.page.evaluate(margin) == "0px"
