"""Scanned pages are recognised, and what was recognised becomes text as every page does."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from generator.content.handed_in import places_of
from generator.content.intake import page_files, scans, take_in
from generator.content.intake.pdf import convert_pdf
from generator.content.intake.scans import convert_pictures, has_ocr, kept_pages
from generator.content.intake.scans.doubts import is_poor, with_doubts
from generator.content.intake.scans.pictures import Picture, count_frames, pages_of_files
from generator.content.intake.scans.sheet_page import sheet_pages
from generator.content.intake.scans.signs import pair_brackets, settled
from generator.content.intake.scans.values import ScannedLine, ScannedPage, ScannedRule
from generator.content.intake.sheets import read_sheets
from generator.content.intake.sheets.page import is_wide
from generator.content.intake.taken import Taken
from generator.runtime.errors import SourceError
from generator.runtime.progress import Report, watched_by

NOTICE = Path(__file__).parent / "scans" / "notice.png"
EM = 29.0  # pixels: type of 10.5 points at 200 dpi

needs_ocr = pytest.mark.skipif(not has_ocr(), reason="the extra ocr is not installed: make ocr")


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_pages, "FOLDER", tmp_path / "kept")


# ---- pages as they were recognised


def line(
    text: str, x: float, y: float, *, em: float = EM, step: float | None = None, low: str = ""
) -> ScannedLine:
    """Make a recognised line; ``low`` are characters of it that are not certain."""
    centres, at = [], x
    for each in text:
        width = (step or em) * (1 if is_wide(each) else 0.5)
        centres.append(at + width / 2)
        at += width
    certain = tuple(0.4 if each in low else 0.99 for each in text)
    return ScannedLine(text, (x, y, at, y + em * 1.42), min(certain), tuple(centres), certain)


def page(
    *lines: ScannedLine,
    rules: Sequence[ScannedRule] = (),
    turned: int = 0,
    finer: float = 1.0,
) -> ScannedPage:
    return ScannedPage(1654, 2339, 200.0, finer, turned, lines, tuple(rules))


def taken(*pages: ScannedPage) -> Taken:
    sheets = sheet_pages(list(enumerate(pages, 1)))
    return with_doubts(read_sheets(sheets, Path("issue.pdf"), "recorded"), sheets)


def blocks(*pages: ScannedPage) -> list[str]:
    return taken(*pages).text.rstrip("\n").split("\n\n")


FULL = "各县人民政府要把停车场的建设列入年度计划并按时向社会公布进展情况接受监督"
LEFT = 160.0


def body(*texts: str, x: float = LEFT, y: float = 300.0, low: str = "") -> list[ScannedLine]:
    """Set lines one below another, as a paragraph is set."""
    return [line(text, x, y + n * EM * 1.6, low=low) for n, text in enumerate(texts)]


def test_lines_that_reach_the_margin_are_joined_to_a_paragraph() -> None:
    lines = body(FULL, FULL, "各乡镇同样办理。")
    assert blocks(page(*lines)) == [f"{FULL}{FULL}各乡镇同样办理。"]


def test_a_size_that_recognition_tells_roughly_is_that_of_the_body() -> None:
    lines = body(FULL, FULL)
    last = msgspec.structs.replace(lines[1], box=(*lines[1].box[:3], lines[1].box[3] + 9))
    assert blocks(page(lines[0], last)) == [FULL * 2]


def test_a_line_in_large_type_is_a_heading() -> None:
    title = line("示范市停车管理办法", 500, 150, em=EM * 1.8)
    assert blocks(page(title, *body(FULL, FULL, FULL)))[0] == "# 示范市停车管理办法"


def test_the_characters_of_a_spaced_title_belong_together() -> None:
    title = line("目录", 700, 150, em=EM * 1.6, step=EM * 4.5)
    assert "目录" in blocks(page(title, *body(FULL, FULL)))[0].replace(" ", "")


def test_two_columns_are_read_one_after_the_other() -> None:
    text = FULL[:20]
    left = [f"{n}左{text}"[:21] for n in "甲乙丙丁戊己庚"]
    right = [f"{n}右{text}"[:21] for n in "甲乙丙丁戊己庚"]
    lines = [*body(*left), *body(*right, x=870)]
    assert "".join(blocks(page(*lines))) == "".join([*left, *right])


def test_rules_and_the_text_between_them_are_a_table() -> None:
    xs, ys = (160, 500, 900), (300, 360, 420)
    rules = [ScannedRule(False, y, xs[0], xs[-1]) for y in ys]
    rules += [ScannedRule(True, x, ys[0], ys[-1]) for x in xs]
    cells = [("树名", "树龄"), ("银杏", "三百年")]
    lines = [
        line(cell, xs[n] + 20, ys[m] + 10)
        for m, row in enumerate(cells)
        for n, cell in enumerate(row)
    ]
    assert blocks(page(*lines, rules=rules)) == ["树名\t树龄\n银杏\t三百年"]


def test_a_line_keeps_its_place_and_its_least_certain_line() -> None:
    found = taken(page(*body(FULL, FULL, low="监")))
    ((number, place),) = found.places
    assert (number, place.page) == (1, 1)
    assert place.box is not None
    left, top, right, bottom = place.box
    assert left == pytest.approx(LEFT / 1654, abs=0.005)
    assert top == pytest.approx(300 / 2339, abs=0.01)
    assert right == pytest.approx((LEFT + len(FULL) * EM) / 1654, abs=0.02)
    assert bottom > top
    assert place.confidence is not None
    assert place.confidence < 0.99


def test_boxes_of_a_page_that_was_turned_over_are_those_of_the_sheet() -> None:
    ((_, place),) = taken(page(*body(FULL, FULL), turned=180)).places
    assert place.box is not None
    assert place.box[1] > 0.8
    assert place.box[2] == pytest.approx(1 - LEFT / 1654, abs=0.005)


@pytest.mark.parametrize(
    ("scanned", "kind"),
    [
        (page(*body(FULL), turned=180), "upside-down"),
        (page(*body(FULL), turned=90), "upside-down"),
        (page(*body(FULL), finer=2.0), "coarse"),
        (page(), "page"),
    ],
)
def test_a_poor_page_is_among_the_losses(scanned: ScannedPage, kind: str) -> None:
    found = taken(page(*body(FULL)), scanned)
    assert [(loss.page, loss.kind) for loss in found.losses] == [(2, kind)]


def test_a_good_page_has_no_losses() -> None:
    assert taken(page(*body(FULL, FULL))).losses == ()


def test_an_upright_line_is_a_loss_with_its_words() -> None:
    upright = ScannedLine("行政规章", (40, 300, 80, 500), 0.9, (50, 52, 54, 56), (0.9,) * 4)
    found = taken(page(upright, *body(FULL)))
    assert [(loss.kind, loss.words) for loss in found.losses] == [("turned", "行政规章")]
    assert "行政规章" not in found.text


# ---- what recognition is not certain of


def test_a_doubtful_character_is_a_loss_at_its_line() -> None:
    lines = body(FULL, "完。", "请按时向社会公布进展。", y=300)
    doubted = msgspec.structs.replace(
        lines[2], certain=tuple(0.6 if each == "社" else 0.99 for each in lines[2].text)
    )
    found = taken(page(lines[0], lines[1], doubted))
    (loss,) = found.losses
    assert (loss.kind, loss.words) == ("doubtful", "请按时向【社】会公布进")
    assert found.text.split("\n")[loss.line - 1].startswith("请按时")


def test_punctuation_of_low_confidence_is_no_doubt() -> None:
    assert taken(page(*body(FULL, "各乡镇（街道）同样办理。", low="（）。"))).losses == ()


def test_a_page_full_of_doubts_is_told_once() -> None:
    (sheet,) = sheet_pages([(1, page(*body(FULL, FULL, low=FULL)))])
    assert is_poor(sheet)
    assert taken(page(*body(FULL, FULL, low=FULL))).losses == ()  # recognised pages get "coarse"


# ---- punctuation that is mixed up


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("示府发〔〔2024〕7号", "示府发〔2024〕7号"),
        ("示府发[2024]7号", "示府发[2024]7号"),
        ("《关于印发<停车规划>的通知》", "《关于印发〈停车规划〉的通知》"),
        ("规划〉实施方案》和<办法", "规划〉实施方案》和〈办法"),
        ("增速<5%时", "增速<5%时"),
        ("第16一5条", "第16—5条"),
        ("第一条至第十一条", "第一条至第十一条"),
    ],
)
def test_only_certain_punctuation_is_settled(read: str, printed: str) -> None:
    assert settled(line(read, LEFT, 300)).text == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("示府发〔2024]7号", "示府发〔2024〕7号"),
        ("示府发[2024〕7号", "示府发〔2024〕7号"),
        ("示府发[2024]7号", "示府发[2024]7号"),
        ("示府发（2024）7号", "示府发（2024）7号"),
        ("〔责任单位：市林业局（牵头)、市财政局]", "〔责任单位：市林业局（牵头）、市财政局〕"),
        ("一)总则", "一)总则"),
        ("（试行] 与 [附则)", "（试行] 与 [附则)"),
    ],
)
def test_both_brackets_of_a_pair_are_the_same(read: str, printed: str) -> None:
    assert pair_brackets(read) == printed


def test_the_brackets_of_a_paragraph_are_paired_over_its_lines() -> None:
    text = blocks(page(*body(f"〔{FULL}", f"{FULL[:9]}]。")))
    assert text == [f"〔{FULL}{FULL[:9]}〕。"]


def test_a_line_that_was_cut_within_a_character_is_joined_but_not_over_a_rule() -> None:
    pytest.importorskip("cv2", reason="the extra ocr is not installed: make ocr")
    from generator.content.intake.scans.page import join_boxes
    from generator.content.intake.scans.ruling import PixelRule

    cut = [(158.0, 203.0, 973.0, 262.0), (1010.0, 205.0, 1500.0, 262.0)]
    assert join_boxes(cut, []) == [(158.0, 203.0, 1500.0, 262.0)]
    assert join_boxes(cut, [PixelRule(True, 990.0, 100.0, 400.0, 3.0)]) == cut
    columns = [(150.0, 200.0, 800.0, 240.0), (850.0, 200.0, 1500.0, 240.0)]
    assert join_boxes(columns, []) == columns


@pytest.mark.parametrize(("room", "point"), [(2.0, "．"), (1.1, ".")])
def test_a_point_is_as_wide_as_it_is_printed(room: float, point: str) -> None:
    text = "3.城镇建设用地"
    centres = (10.0, 20.0, *(10 + EM * (room + n) for n in range(6)))
    read = ScannedLine(text, (0, 0, 300, 40), 0.99, centres, (0.99,) * len(text))
    assert settled(read).text == f"3{point}城镇建设用地"


# ---- pages that were recognised before


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Have pages recognised without an engine; the list says which ones were."""
    if not has_ocr():
        pytest.skip("the extra ocr is not installed: make ocr")
    read: list[int] = []

    def read_page(picture: Picture) -> ScannedPage:
        if picture.number == 3:  # the editor presses Ctrl-C
            raise KeyboardInterrupt
        read.append(picture.number)
        return page(*body(f"第{picture.number}张的文字，{FULL}"[:36], FULL))

    monkeypatch.setattr("generator.content.intake.scans.page.read_page", read_page)
    return read


def pictures(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{n}.png" for n in range(1, count + 1)]
    for n, path in enumerate(paths):
        Image.new("L", (60, 80), 255 - n).save(path)
    return paths


def test_a_run_that_was_stopped_goes_on_where_it_ended(
    tmp_path: Path, recognised: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = pictures(tmp_path / "scan", 3)
    with pytest.raises(KeyboardInterrupt):
        convert_pictures(paths)
    assert recognised == [1, 2]

    def read_page(picture: Picture) -> ScannedPage:
        recognised.append(picture.number)
        return page(*body(FULL))

    monkeypatch.setattr("generator.content.intake.scans.page.read_page", read_page)
    convert_pictures(paths)
    assert recognised == [1, 2, 3]


def test_another_engine_reads_all_pages_again(
    tmp_path: Path, recognised: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = pictures(tmp_path / "scan", 2)
    convert_pictures(paths)
    monkeypatch.setattr("generator.content.intake.scans.engine.ENGINE", "RapidOCR 99")
    convert_pictures(paths)
    assert recognised == [1, 2, 1, 2]


def test_a_kept_page_that_was_written_by_half_is_read_again(
    tmp_path: Path, recognised: list[int]
) -> None:
    paths = pictures(tmp_path / "scan", 1)
    convert_pictures(paths)
    (kept,) = kept_pages.FOLDER.iterdir()
    kept.write_bytes(kept.read_bytes()[:50])
    convert_pictures(paths)
    assert recognised == [1, 1]


def test_the_oldest_pages_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_pages, "MOST_PAGES", 2)
    for name in "abc":
        kept_pages.keep_page(name, page())
    kept_pages.find_page("a")
    kept_pages.forget_old_pages()
    assert len(list(kept_pages.FOLDER.glob("*.json"))) == 2


@pytest.mark.usefixtures("recognised")
def test_the_progress_names_each_page(tmp_path: Path) -> None:
    said: list[tuple[str, int, int, str]] = []

    @contextmanager
    def shown(task: str, count: int) -> Iterator[Report]:
        yield lambda done, step: said.append((task, count, done, step))

    with watched_by(shown):
        convert_pictures(pictures(tmp_path / "scan", 2))
    assert said == [
        ("识别 1.png", 2, 0, "第 1 页"),
        ("识别 1.png", 2, 1, "第 2 页"),
        ("识别 1.png", 2, 2, ""),
    ]


# ---- files that are handed in


def test_several_pictures_are_the_pages_of_one_issue_as_people_count(tmp_path: Path) -> None:
    for n in (10, 2, 1):
        Image.new("L", (9, 9)).save(tmp_path / f"第{n}页.JPG", "JPEG")
    placed = places_of([tmp_path])
    assert {place: path.name for place, path in placed.items()} == {
        "pages/0001.jpg": "第1页.JPG",
        "pages/0002.jpg": "第2页.JPG",
        "pages/0003.jpg": "第10页.JPG",
    }


def test_one_picture_is_the_whole_issue(tmp_path: Path) -> None:
    path = tmp_path / "扫描.tif"
    Image.new("L", (9, 9)).save(path)
    assert places_of([path]) == {"issue.tif": path}


@pytest.mark.parametrize(("beside", "why"), [("通知.txt", "单独放入"), ("", "PNG、JPEG 或 TIFF")])
def test_pictures_that_are_no_pages_are_refused(tmp_path: Path, beside: str, why: str) -> None:
    Image.new("L", (9, 9)).save(tmp_path / ("图.png" if beside else "图.gif"))
    if beside:
        (tmp_path / beside).write_text("文", "utf-8")
    with pytest.raises(SourceError, match=why):
        places_of([tmp_path])


def test_an_issue_of_pictures_becomes_a_text_with_their_names(
    tmp_path: Path, recognised: list[int]
) -> None:
    pictures(tmp_path / "pages", 2)
    (tmp_path / "pages" / "notes.txt").write_text("文", "utf-8")
    assert [path.name for path in page_files(tmp_path)] == ["1.png", "2.png"]
    target = take_in(tmp_path)
    assert target is not None
    assert target.read_text("utf-8").startswith("第1张的文字")
    layout = msgspec.json.decode((tmp_path / "layout.json").read_bytes())
    assert layout["engine"].startswith("RapidOCR ")
    assert [each["image"] for each in layout["pages"]] == ["pages/1.png", "pages/2.png"]
    assert layout["lines"][0]["confidence"] > 0.9
    assert take_in(tmp_path) is None
    assert recognised == [1, 2]


def test_without_the_extra_a_picture_is_refused_in_a_line_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "NEEDED", ("not_installed",))
    (path,) = pictures(tmp_path, 1)
    with pytest.raises(SourceError, match=r"1.png:1: .*gazette-generator\[ocr\].*make ocr"):
        convert_pictures([path])


# ---- pictures


def test_pictures_of_all_kinds_are_bright_paper_with_dark_ink(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (40, 60), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (10, 10, 30, 20))
    deep = Image.new("I;16", (40, 60), 60_000)
    deep.paste(2_000, (10, 10, 30, 20))
    inked = Image.new("CMYK", (40, 60), (0, 0, 0, 0))
    inked.paste((0, 0, 0, 255), (10, 10, 30, 20))
    for name, image in (("a.png", clear), ("b.png", deep), ("c.jpg", inked)):
        image.save(tmp_path / name)
    found = list(pages_of_files([tmp_path / "a.png", tmp_path / "b.png", tmp_path / "c.jpg"]))
    assert [each.number for each in found] == [1, 2, 3]
    for each in found:
        assert each.grey.shape == (60, 40)
        assert each.grey[15, 20] < 40
        assert each.grey[50, 20] > 215


def test_each_frame_of_a_tiff_is_a_page_at_its_resolution(tmp_path: Path) -> None:
    first, second = Image.new("1", (40, 60), 1), Image.new("1", (60, 40), 1)
    path = tmp_path / "issue.tif"
    first.save(path, save_all=True, append_images=[second], dpi=(300, 300))
    found = list(pages_of_files([path]))
    assert count_frames([path]) == 2
    assert [(each.number, each.grey.shape, each.dpi) for each in found] == [
        (1, (60, 40), 300.0),
        (2, (40, 60), 300.0),
    ]


def test_a_photograph_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    image = Image.new("L", (60, 40), 255)
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "a.jpg", exif=exif)
    (found,) = pages_of_files([tmp_path / "a.jpg"])
    assert found.grey.shape == (60, 40)


@pytest.mark.parametrize("cut", [0, 20, 60, 200])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_damaged_picture_is_named_in_one_line(tmp_path: Path, kind: str, cut: int) -> None:
    stream = io.BytesIO()
    Image.effect_noise((64, 64), 60).convert("L").save(stream, kind)
    path = tmp_path / "issue.tif"
    path.write_bytes(stream.getvalue()[:cut])
    assert count_frames([path]) == 1
    with pytest.raises(SourceError) as caught:
        list(pages_of_files([path]))
    assert str(caught.value).startswith(f"{path}:1: ")
    assert "\n" not in str(caught.value)


# ---- pictures → lines and rules


@needs_ocr
@pytest.mark.parametrize("angle", [-2.3, -0.4, 0.0, 0.7, 3.1])
def test_a_page_is_laid_straight(angle: float) -> None:
    import numpy as np

    from generator.content.intake.scans.straighten import skew_of, turned_by

    grey = np.full((1200, 900), 255, dtype=np.uint8)
    for y in range(150, 1050, 40):
        grey[y : y + 18, 120:780:6] = 0
    assert skew_of(turned_by(grey, angle, 255)) == pytest.approx(-angle, abs=0.1)


@needs_ocr
def test_rules_are_found_and_dashes_and_large_strokes_are_none() -> None:
    import numpy as np

    from generator.content.intake.scans.ruling import find_rules, ink_of, without_rules

    grey = np.full((800, 900), 240, dtype=np.uint8)
    grey[100:103, 100:800] = 20  # a table of one row
    grey[160:163, 100:800] = 20
    grey[100:163, 100:103] = 20
    grey[100:163, 797:800] = 20
    grey[300:304, 100:170] = 20  # a dash
    grey[400:480, 300:303] = 20  # the stroke of a large character
    grey[600:603, 100:800] = 20  # the rule of a running head, and a stroke just below it
    grey[606:660, 300:303] = 20
    found = sorted((rule.upright, round(rule.at, -1)) for rule in find_rules(ink_of(grey), 200))
    assert found == [
        *((False, 100), (False, 160), (False, 600)),
        *((True, 100), (True, 800)),
    ]
    bare = without_rules(grey, find_rules(ink_of(grey), 200))
    assert bare[90:170].min() > 200
    assert bare[302, 120] == 20


@needs_ocr
@pytest.mark.parametrize(("dotted", "count"), [(True, 1), (False, 0)])
def test_leaders_are_restored_where_dots_are_printed(dotted: bool, count: int) -> None:
    import numpy as np

    from generator.content.intake.scans.leaders import find_leaders

    ink = np.zeros((600, 1654), dtype=np.uint8)
    if dotted:
        for x in range(620, 1380, 10):
            ink[318:322, x : x + 4] = 255
    entry, number = line("某某市停车管理办法", 300, 300), line("(12)", 1400, 300)
    found = list(find_leaders([entry, number], ink))
    assert len(found) == count
    if found:
        text = blocks(page(entry, number, *found))[0]
        assert text.startswith("某某市停车管理办法……")
        assert text.endswith("…(12)")


@needs_ocr
def test_ink_that_no_line_holds_is_a_picture_or_a_line_that_was_missed() -> None:
    import numpy as np

    from generator.content.intake.scans.leftovers import find_leftovers

    ink = np.zeros((800, 900), dtype=np.uint8)
    ink[100:130, 100:500] = 255  # a line that was read
    ink[200:228, 100:128:3] = 255  # one that was not
    ink[400:550, 300:450:2] = 255  # a seal
    ink[700:703, 200:203] = 255  # a speck
    ink[300:, 895:] = 255  # the edge of the scanner
    found = find_leftovers(ink, [(95.0, 95.0, 505.0, 135.0)], 200)
    assert [box == pytest.approx((100, 200, 128, 228), abs=2) for box in found.missed] == [True]
    assert [box == pytest.approx((300, 400, 450, 550), abs=2) for box in found.pictures] == [True]


def test_a_picture_on_a_scanned_page_is_a_loss_at_its_place() -> None:
    scanned = msgspec.structs.replace(
        page(*body(FULL, "完。")), pictures=((300.0, 900.0, 500.0, 1100.0),)
    )
    found = taken(scanned)
    assert [(loss.kind, loss.line) for loss in found.losses] == [("picture", 1)]


# ---- the engine itself


@needs_ocr
@pytest.mark.slow
def test_a_scanned_notice_is_read_with_its_table() -> None:
    found = convert_pictures([NOTICE])
    assert found.text.replace("#", "").split() == [
        "示范市人民政府关于保护古树的通知",
        "示府发〔2024〕7号",
        "各县（区）人民政府，市级各部门：",
        "古树是城市的记忆。为保护好全市二百一十六株古树，现就有关事项通知如下：",
        "一、建立档案。一树一档，写明位置、树龄和树高。",
        "二、落实责任。各树的养护单位如下表：",
        *("树名", "树龄", "养护单位", "银杏", "三百年", "人民公园"),
        *("香樟", "120年", "示范中学"),
        "示范市人民政府",
        "2024年3月12日",
    ]
    assert found.losses == ()
    assert all(place.box and place.confidence for _, place in found.places)


@needs_ocr
@pytest.mark.slow
@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_is_read_whichever_way_it_lies(tmp_path: Path, turn: int) -> None:
    path = tmp_path / "issue.png"
    with Image.open(NOTICE) as image:
        image.convert("L").rotate(turn, expand=True).save(path, dpi=(200, 200))
    found = convert_pictures([path])
    assert "古树是城市的记忆。为保护好全市二百一十六株古树，现就有关事项通知如下：" in found.text
    assert [loss.kind for loss in found.losses] == ["upside-down"]


@needs_ocr
@pytest.mark.slow
def test_a_scanned_page_is_read_in_its_place_among_pages_with_text(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "issue.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for text in ("第一页的文字在前面。", "", "第三页的文字在后面。"):
        if text:
            canvas.setFont("STSong-Light", 16)
            canvas.drawString(90, 700, text)
        else:
            canvas.drawImage(str(NOTICE), 50, 150, 500, 450)
        canvas.showPage()
    canvas.save()
    found = convert_pdf(path)
    text = found.text
    assert text.index("第一页") < text.index("示府发〔2024〕7号") < text.index("第三页")
    assert "银杏\t三百年\t人民公园" in text
    assert "RapidOCR" in found.engine
    assert "pypdfium2" in found.engine
    assert found.losses == ()
