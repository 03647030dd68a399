"""A reader at a document: cites it, links to a paragraph, prints it, sees it in large type."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from generator.delivery.paper import print_issue
from tests.browser import Watch, until
from tests.conftest import ArchiveMaker, build_quietly
from tests.documents import issue_text, letter

pytestmark = pytest.mark.medium

LONGEST = "panzhihua/2017-01/chuanfufa-2016-55.html"
HOST = 'title = "某某市人民政府公报"\nhomepage = "https://gazette.example/"\n'
NOTICE = "moumou/2020-03/moufufa-2020-7.html"
MILLIMETRE = 72 / 25.4  # points
A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)


def citations(page: Page) -> dict[str, str]:
    return {
        area.get_attribute("aria-label") or "": area.input_value()
        for area in page.query_selector_all("#gazette-citations textarea")
    }


def test_a_document_is_cited_and_its_citation_copied(watch: Watch) -> None:
    page = watch.open(LONGEST)
    page.click(".facts .tools button:has-text('引用')")
    cited = citations(page)
    assert list(cited) == [
        "GB/T 7714—2025",
        "GB/T 7714—2015",
        "法学引注",
        "纯文本",
        "BibTeX",
        "RIS",
    ]
    address = page.url
    today = date.today().isoformat()  # noqa: DTZ011 - the reader's own day
    assert cited["GB/T 7714—2025"] == (
        "四川省人民政府.四川省人民政府关于进一步加快旅游业改革发展的意见:川府发〔2016〕55号[J/OL]."
        f"攀枝花市人民政府公报,2017(1):2.{address}."
    )
    assert cited["GB/T 7714—2015"] == (
        "四川省人民政府. 四川省人民政府关于进一步加快旅游业改革发展的意见: "
        "川府发〔2016〕55号[J/OL]. "
        f"攀枝花市人民政府公报, 2017(1): 2[{today}]. {address}."
    )
    assert "«" not in "".join(cited.values())
    page.click("#gazette-citations button[aria-label='复制 法学引注']")
    until(page, "document.querySelector('#gazette-citations .copied').textContent")
    said = page.inner_text("#gazette-citations .copied")
    assert said in ("已复制", "已选中，请按 Ctrl+C 复制")
    page.keyboard.press("Escape")
    assert not page.query_selector("dialog[open]")


@pytest.mark.parametrize(
    ("anchor", "place"),
    [
        ("s3-7", "三、（七）"),
        ("s1-3-p2", "一、（三）第2段"),
        ("p1", "第1段"),
        ("f1-t1-r3", "附件表1第3行"),
    ],
)
def test_a_paragraph_is_cited_by_its_printed_place(anchor: str, place: str, watch: Watch) -> None:
    page = watch.open(f"{LONGEST}#{anchor}")
    page.hover(f"#{anchor}")
    page.click(f"#{anchor} button[aria-label^='引用本段']")
    cited = citations(page)
    assert f"2016年11月30日，{place}，载《攀枝花市人民政府公报》" in cited["法学引注"]
    assert cited["纯文本"].endswith(f"{LONGEST}#{anchor}")


def test_what_is_filled_in_is_no_text_of_the_document(
    browser: Browser, make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    plain = issue_text(1, letter("一、从略。", number="").replace("关于", "关于«place»$&", 1))
    build_quietly(make_archive({"2020-01": plain}), tmp_path)
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/site/moumou/2020-01/01.html")
    title = page.inner_text("h1").replace("\n", "")
    assert "«place»$&" in title
    page.click(".facts .tools button:has-text('引用')")
    whole = citations(page)
    page.keyboard.press("Escape")
    page.hover("#s1")
    page.click("#s1 button[aria-label^='引用本段']")
    part = citations(page)
    page.close()
    assert title in part["RIS"]
    assert "@article{moumou-2020-01-01,\n" in whole["BibTeX"]
    assert "@article{moumou-2020-01-01-s1,\n" in part["BibTeX"]
    # an unknown value leaves no placeholder
    assert "note" not in whole["BibTeX"]
    assert "M1" not in whole["RIS"]
    assert "  note = {一},\n" in part["BibTeX"]
    assert "\nM1  - 一\n" in part["RIS"]


ARTICLES = """第一条　为了规范管理，制定本办法。

市级部门应当予以配合。

第二条　有下列情形之一的，应当公开：

（一）涉及公共利益的：

1.道路停车的；

2.路外停车的。

（二）法律规定的其他情形。"""


def test_the_title_stands_under_its_issuer_and_is_copied_whole(watch: Watch) -> None:
    page = watch.open(LONGEST)
    assert page.inner_text("h1 .issuer") == "四川省人民政府"
    above, below = page.evaluate(
        "() => { const issuer = document.querySelector('h1 .issuer');"
        " const rest = document.createRange();"
        " rest.selectNode(issuer.nextSibling);"
        " return [issuer.getClientRects()[0].bottom, rest.getClientRects()[0].top]; }"
    )
    assert below >= above - 2
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('h1'));"
        " return String(getSelection()); }"
    )
    assert copied.startswith("四川省人民政府关于进一步加快旅游业改革发展的意见")


def test_parts_of_an_article_are_named_as_lawyers_do(
    browser: Browser, make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    """《立法法》: 条, 款, 项 in brackets, 目."""
    build_quietly(make_archive({"2020-01": issue_text(1, letter(ARTICLES))}), tmp_path)
    page = browser.new_page()
    (document,) = (tmp_path / "site/moumou/2020-01").glob("moufufa-*-9.html")
    page.goto(f"file://{document}")
    said = {
        "a1": "第一条", "a1-p2": "第一条第二款", "a2-1": "第二条第（一）项",
        "a2-1-2": "第二条第（一）项第2目", "a2-2": "第二条第（二）项",
    }  # fmt: skip
    for anchor, place in said.items():
        link = page.wait_for_selector(f"[id='{anchor}'] a.permalink", state="attached")
        assert link is not None
        assert link.get_attribute("aria-label") == f"本段链接：{place}"
    page.close()


def test_each_paragraph_has_a_link_for_mouse_finger_and_keyboard(watch: Watch) -> None:
    page = watch.open(NOTICE)
    blocks = page.query_selector_all("#official :is(p, h1, h2, h3, tr)[id]")
    assert len(blocks) > 4
    shown = "e => getComputedStyle(e).opacity === '1'"
    for block in blocks:
        block.scroll_into_view_if_needed()
        link = block.wait_for_selector("a.permalink", state="attached")
        assert link is not None
        assert link.get_attribute("href") == f"#{block.get_attribute('id')}"
    tools = page.query_selector("#p1 .paragraph-tools")
    assert tools is not None
    assert not tools.evaluate(shown)
    page.focus(".facts button")
    for _ in range(len(blocks)):  # j steps from paragraph to paragraph, the headings too
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.matches('#p1 a.permalink')"):
            break
    assert tools.evaluate(shown)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#p1 button')")
    page.keyboard.press("k")
    assert not tools.evaluate(shown)
    page.focus(".facts button")
    assert not tools.evaluate(shown)
    page.click("#p1", position={"x": 40, "y": 8})  # a finger has no hover
    page.mouse.move(0, 0)
    assert tools.evaluate(shown)


def test_what_can_be_done_with_a_paragraph_is_read_out_where_one_stands_alone(
    watch: Watch,
) -> None:
    page = watch.open(LONGEST)
    page.wait_for_selector("#s1 a.permalink", state="attached")
    heard = page.get_by_role("link", name="本段链接").count()
    assert heard == 1  # of the paragraph that Tab leads to
    page.hover("#s1")
    assert page.get_by_role("link", name="本段链接").count() == 2
    title = page.get_by_role("heading", level=1)
    assert "链接" not in title.aria_snapshot()


def test_the_tools_stand_where_the_paragraph_is_seen(browser: Browser, built: Path) -> None:
    """Beside its first line, below the head; a finger finds them at the foot, over the bar."""
    page = browser.new_page(viewport={"width": 1280, "height": 400})
    page.goto(f"file://{built}/site/{LONGEST}#s2-5")
    page.hover("#s2-5")
    box = page.locator("#s2-5 .paragraph-tools").bounding_box()
    block = page.locator("#s2-5").bounding_box()
    assert box
    assert block
    assert box["y"] == pytest.approx(block["y"], abs=3)
    assert box["x"] >= block["x"] + block["width"]
    page.mouse.wheel(0, 150)  # its first line is off the screen now, its last one too
    page.wait_for_timeout(300)
    page.mouse.move(600, 200)
    page.mouse.move(610, 210)
    box = page.locator("#s2-5 .paragraph-tools").bounding_box()
    assert box
    assert 40 < box["y"] < 400 - box["height"]
    page.close()
    phone = browser.new_context(
        viewport={"width": 320, "height": 600}, has_touch=True, is_mobile=True
    )
    page = phone.new_page()
    page.goto(f"file://{built}/site/{LONGEST}#f1-t1-r5")
    page.tap("#f1-t1-r5 td >> nth=0")
    box = page.locator("#f1-t1-r5 .paragraph-tools").bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 320)
    bar = page.locator(".reading-bar").bounding_box()
    assert bar
    assert box["y"] + box["height"] == pytest.approx(bar["y"], abs=1)
    assert bar["y"] + bar["height"] == pytest.approx(600, abs=1)
    phone.close()


def test_the_tools_are_no_part_of_the_text(watch: Watch) -> None:
    page = watch.open(NOTICE)
    page.hover("#p1")
    page.wait_for_selector("#p1 .paragraph-tools")
    assert page.inner_text(
        "h1"
    ) == "某某市人民政府关于进一步做好有关工作的函" or "¶" not in page.inner_text("h1")
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('#p1'));"
        " return String(getSelection()); }"
    )
    assert "引用" not in copied.replace(page.inner_text("#p1"), "")


def test_who_arrives_at_a_paragraph_sees_it_marked(watch: Watch) -> None:
    page = watch.open(f"{LONGEST}#s3-8")
    top = page.evaluate("document.querySelector('#s3-8').getBoundingClientRect().top")
    assert 40 < top < 200  # below the header
    marked = "document.querySelector('#s3-8').matches(':target')"
    assert page.evaluate(marked)
    colour = "document.querySelector('{}')".format
    here, other = (
        page.evaluate(f"getComputedStyle({colour(at)}).backgroundColor")
        for at in ("#s3-8", "#s3-9")
    )
    assert here != other


def test_punctuation_is_as_wide_as_a_character(watch: Watch) -> None:
    page = watch.open(NOTICE)  # kerning that is asked for by name makes it narrow in Firefox
    asked = "e => getComputedStyle(e).fontFeatureSettings"
    assert {page.locator(at).first.evaluate(asked) for at in ("body", "#p1", "input")} == {"normal"}


def test_large_type_is_remembered_on_every_page(watch: Watch) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('#p1')).fontSize)"
    page = watch.open(NOTICE)
    plain = page.evaluate(size)
    page.click(".type-button")
    large = page.evaluate(size)
    assert large >= 1.3 * plain
    watch.open(LONGEST)
    assert page.evaluate("document.documentElement.dataset.gazetteType") == "large"
    assert page.evaluate(size) == large
    page.click(".type-button")
    watch.open(NOTICE)
    assert page.evaluate(size) == plain


def test_keys_lead_to_the_neighbours_and_tell_what_they_do(watch: Watch) -> None:
    page = watch.open(LONGEST)
    page.keyboard.press("]")
    page.wait_for_url("**/chuanfufa-2016-56.html")
    page.keyboard.press("[")
    page.wait_for_url("**/chuanfufa-2016-55.html")
    page.keyboard.press("?")
    assert "上一篇" in page.inner_text("#gazette-keys")
    page.keyboard.press("]")  # a dialog keeps keys to itself
    page.keyboard.press("Escape")
    assert not page.query_selector("dialog[open]")
    page.keyboard.press("/")
    until(page, "document.activeElement.matches('[name=query]')")
    page.keyboard.type("[")  # typing is not steering
    assert page.input_value("[name=query]").endswith("[")
    assert page.url.endswith("chuanfufa-2016-55.html")


@pytest.fixture
def pdf(watch: Watch) -> Iterator[pypdfium2.PdfDocument]:
    page = watch.open(LONGEST)
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    yield document
    document.close()


def test_paper_has_the_measures_of_the_standard(pdf: pypdfium2.PdfDocument) -> None:
    """GB/T 9704—2012: A4; 37, 35, 28 and 26 mm; 22 lines of 28 characters; — 1 — at the outside."""
    assert 12 <= len(pdf) <= 20
    for number in range(len(pdf)):
        page = pdf[number]
        assert page.get_size() == pytest.approx(A4, abs=1)
        text = page.get_textpage()
        printed = text.get_text_range()
        assert f"— {number + 1} —" in printed
        assert "攀枝花市人民政府公报2017年第1期（总第227期）" in printed
        assert "川府发〔2016〕55号" in printed
        assert "检索" not in printed
        assert "引用" not in printed.replace("引用关系", "")
    page = pdf[1]
    lines: dict[int, list[float]] = {}
    text = page.get_textpage()
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        middle = (bottom + top) / 2
        if 36 * MILLIMETRE < middle < A4[1] - 37 * MILLIMETRE and right > left:
            lines.setdefault(round(bottom / 12), []).append(left)
    # an even page is turned: 26 mm outside, which is left
    assert min(min(found) for found in lines.values()) == pytest.approx(26 * MILLIMETRE, abs=4)


@pytest.mark.usefixtures("browser")
def test_a_wide_table_is_turned_and_its_head_repeated(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    head = "\t".join(f"栏目{n}" for n in range(1, 9))
    rows = "\n".join(
        "\t".join([str(n), *("某某市城区内容" for _ in range(7))]) for n in range(1, 60)
    )
    content = make_archive({"2020-01": issue_text(1, letter(f"一、见下表。\n\n{head}\n{rows}"))})
    build_quietly(content, tmp_path)
    found = print_issue(tmp_path / "site", "moumou/2020-01", tmp_path / "pdf")
    assert [path.name for path in found] == ["moufufa-2021-9.pdf", "issue.pdf"]
    document = pypdfium2.PdfDocument(found[0])
    turned = [page for page in document if page.get_width() > page.get_height()]
    assert len(turned) >= 2
    for page in turned[:-1]:
        assert "栏目8" in page.get_textpage().get_text_range()
    document.close()
    whole = pypdfium2.PdfDocument(found[1])
    assert len(whole) > len(turned)
    assert "目录" in whole[0].get_textpage().get_text_range()
    whole.close()


def test_a_short_page_takes_one_sheet_and_asks_nothing(browser: Browser, built: Path) -> None:
    page = browser.new_page()
    page.goto(f"file://{built}/site/panzhihua/index.html")
    sheets = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(sheets) == 1
    sheets.close()
    page.goto(f"file://{built}/site/index.html")
    page.emulate_media(media="print")
    assert not page.is_visible("form")
    assert page.evaluate("getComputedStyle(document.querySelector('.home a')).color") == (
        "rgb(0, 0, 0)"
    )
    page.close()


def test_what_names_a_wide_table_is_turned_with_it_and_paper_is_white(
    browser: Browser, make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    rows = "\n".join("\t".join(f"第{r}行{c}" for c in range(1, 9)) for r in range(1, 9))
    paragraphs = (
        "现将主要指标下达给你们。", "附件：主要指标表", "某某市人民政府", "2021年3月5日",
        "附件", "# 主要指标表", rows,
    )  # fmt: skip
    body = "\n\n".join(paragraphs)
    build_quietly(make_archive({"2020-01": issue_text(1, letter(body))}, HOST), tmp_path)
    page = browser.new_page(color_scheme="dark")
    (document,) = (tmp_path / "site/moumou/2020-01").glob("moufufa-*-9.html")
    page.goto(f"file://{document}")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    sheets = pypdfium2.PdfDocument(io.BytesIO(printed))
    texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
    assert "扫码看网页" in texts[0]
    (turned,) = [n for n, sheet in enumerate(sheets) if sheet.get_width() > sheet.get_height()]
    assert "主要指标表" in texts[turned]
    assert "第1行8" in texts[turned]
    for sheet in sheets:
        assert sheet.render(scale=0.2).to_pil().convert("RGB").getpixel((3, 3)) == (255, 255, 255)
    sheets.close()
