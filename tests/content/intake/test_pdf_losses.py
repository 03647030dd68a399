"""What of a PDF is not read is said at its place; damaged files are refused in Chinese."""

from __future__ import annotations

import logging
import random
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from generator.content.intake import take_in
from generator.content.intake.pdf import convert_pdf
from generator.content.intake.sheets import (
    Area,
    Char,
    Rule,
    SheetPage,
    Unread,
    read_sheets,
    spread_line,
)
from generator.content.intake.taken import LOSS_KINDS, Loss
from generator.runtime.errors import SourceError
from tests.content.intake.printed import Draw, picture, print_pages, sentence, wrap, write


@pytest.fixture(autouse=True)
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as if the extra ``ocr`` were not installed: what it reads is no loss."""
    monkeypatch.setattr("generator.content.intake.pdf.has_ocr", lambda: False)


def losses(path: Path) -> list[Loss]:
    """Convert a PDF; give its losses, whose kinds are known."""
    found = list(convert_pdf(path).losses)
    assert {loss.kind for loss in found} <= LOSS_KINDS.keys()
    return found


def text(n: int) -> Draw:
    """Print a page of text."""
    return lambda canvas: write(canvas, wrap(sentence(n)), y=700)


def scan(canvas: Canvas) -> None:
    """Print a page that is a picture."""
    picture(canvas, 0, 0, *A4)


def headed_scan(canvas: Canvas) -> None:
    """Print a page that is a picture under a running head and over a page number."""
    picture(canvas, 0, 0, *A4)
    write(canvas, ["某某市人民政府公报　2020年第3期"], x=180, y=800, size=9)
    write(canvas, ["— 2 —"], x=290, y=40, size=9)


def scan_in_strips(canvas: Canvas) -> None:
    """Print a page that is a picture in four strips."""
    for n in range(4):
        picture(canvas, 0, n * A4[1] / 4, A4[0], A4[1] / 4)


def outlines(canvas: Canvas) -> None:
    """Print a page whose characters have become curves."""
    for n in range(200):
        canvas.circle(80 + 20 * (n % 20), 700 - 30 * (n // 20), 7)


@pytest.mark.parametrize("page", [scan, headed_scan, scan_in_strips, outlines])
def test_a_page_without_text_among_others_is_a_loss(
    tmp_path: Path, page: Draw, caplog: pytest.LogCaptureFixture
) -> None:
    path = print_pages(tmp_path / "issue.pdf", text(1), page, text(2))
    with caplog.at_level(logging.WARNING):
        (loss,) = losses(path)
    assert (loss.page, loss.line, loss.kind) == (2, 1, "page")
    assert "第 2 页没有文字层" in caplog.text


def test_an_empty_page_is_no_loss(tmp_path: Path) -> None:
    def empty(canvas: Canvas) -> None:
        canvas.rect(50, 50, 490, 740)
        canvas.circle(300, 400, 60)

    assert not losses(print_pages(tmp_path / "issue.pdf", text(1), empty, text(2)))


def test_losses_are_written_into_the_layout(tmp_path: Path) -> None:
    print_pages(tmp_path / "issue.pdf", text(1), scan, text(2))
    take_in(tmp_path)
    layout = (tmp_path / "layout.json").read_text("utf-8")
    assert '"kind": "page"' in layout
    assert '"engine": "pypdfium2 ' in layout


def test_a_picture_within_the_text_is_a_loss_at_its_place(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, wrap(sentence(1)), y=760)
        picture(canvas, 200, 500, 150, 100)
        write(canvas, wrap(sentence(2)), y=450)

    (loss,) = losses(print_pages(tmp_path / "issue.pdf", page))
    assert (loss.page, loss.line, loss.kind) == (1, 1, "picture")


def test_ornaments_and_pictures_of_all_pages_are_no_losses(tmp_path: Path) -> None:
    def page(n: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            picture(canvas, 250, 780, 90, 40)  # an emblem over the head
            picture(canvas, 80 + 40 * n, 300, 12, 12)
            text(n)(canvas)

        return draw

    assert not losses(print_pages(tmp_path / "issue.pdf", page(1), page(2)))


def invisible(n: int) -> Draw:
    """Print a page whose text was recognised from its picture and is invisible."""

    def draw(canvas: Canvas) -> None:
        picture(canvas, 0, 0, *A4)
        for k, line in enumerate(wrap(sentence(n))):
            words = canvas.beginText(80, 700 - 28 * k)
            words.setTextRenderMode(3)
            words.textLine(line.strip("\u3000"))
            canvas.drawText(words)

    return draw


def covered(n: int) -> Draw:
    """Print a page whose text lies under its picture."""

    def draw(canvas: Canvas) -> None:
        text(n)(canvas)
        picture(canvas, 0, 0, *A4)

    return draw


@pytest.mark.parametrize("page", [invisible, covered])
def test_text_that_only_programs_see_is_a_loss_named_once(tmp_path: Path, page: object) -> None:
    pages = [page(n) for n in (1, 2, 3)]  # type: ignore[operator]
    (loss,) = losses(print_pages(tmp_path / "issue.pdf", text(4), *pages))
    assert (loss.page, loss.line, loss.kind, loss.words) == (2, 1, "ocr-layer", "第 2—4 页")


def test_text_over_a_picture_of_the_page_is_none(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        picture(canvas, 0, 0, *A4)
        text(1)(canvas)

    assert not losses(print_pages(tmp_path / "issue.pdf", page))


def test_latin_letters_of_founder_are_read(tmp_path: Path) -> None:
    words = "按照犌犅／犜９７０４—２０１２执行，面积为５犽犿，经办人张犇。"
    path = print_pages(tmp_path / "i.pdf", lambda canvas: write(canvas, wrap(words)))
    assert convert_pdf(path).text == "按照GB／T９７０４—２０１２执行，面积为５km，经办人张犇。\n"


WORDS = ("第一条　本办法", "— 3 —", "目　录", "某某办法……（8）", "1", "（", "[1]见", "指标")


@pytest.mark.guarantee("read_sheets", 4)
@pytest.mark.guarantee("read_sheets", 5)
@pytest.mark.parametrize("seed", range(40))
def test_places_and_losses_name_lines_of_the_text_whatever_is_on_a_page(seed: int) -> None:
    dice = random.Random(seed)
    pages = []
    for number in range(1, 4):
        chars: list[Char] = []
        for _ in range(25):
            left, top = dice.uniform(-20, 600), dice.randrange(0, 840, 20)
            size = dice.choice((9, 10.5, 16))
            words = dice.choice(WORDS)
            chars += spread_line(words, Area(left, top, left + size * len(words), top + size))
        ends = [(dice.choice((50, 60, 300)), dice.choice((100, 400))) for _ in range(12)]
        rules = tuple(
            Rule(dice.random() < 0.5, dice.choice((100, 200, 300, 400)), start, start + length)
            for start, length in ends
        )
        unread = (Unread("turned", "字", Area(1, dice.uniform(0, 800), 3, 820)),)
        pages.append(SheetPage(number, 595, 842, tuple(chars), rules, unread=unread))
    taken = read_sheets(pages, Path("issue.pdf"))
    lines = taken.text.split("\n")
    named = {line for line, _ in taken.places}
    assert named == {n for n, line in enumerate(lines, 1) if line.strip()}
    assert all(loss.line == 0 or lines[loss.line - 1] for loss in taken.losses)
    assert len(taken.losses) == 3


# ---- damaged and hostile files


def damaged(data: bytes, kind: str) -> bytes:
    """Damage a PDF."""
    match kind:
        case "cut":
            return data[: len(data) // 3]
        case "xref":
            at = data.rindex(b"startxref")
            return data[:at] + b"startxref\n99999999\n%%EOF"
        case "zero-size":
            return data.replace(b"/MediaBox [ 0 0 595.2756 841.8898 ]", b"/MediaBox [ 0 0 0 0 ]")
        case "no-pages":
            return data.replace(b"/Kids [", b"/Kidz [")
        case "endless-pages":
            return data.replace(
                b"/Type /Pages", b"/Type /Pages /Parent 4 0 R /Kids [ 4 0 R 4 0 R ]"
            )
        case "nan":
            return data.replace(b"595.2756", b"1e99999")
        case _:
            return b"%PDF-1.7\n" + data[200:900] * 3


KINDS = ("cut", "xref", "zero-size", "no-pages", "endless-pages", "nan", "noise")


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_read_or_refused_in_chinese(tmp_path: Path, kind: str) -> None:
    path = print_pages(tmp_path / "issue.pdf", text(1), text(2), pageCompression=0)
    path.write_bytes(damaged(path.read_bytes(), kind))
    said = ""
    try:
        said = convert_pdf(path).text
    except SourceError as error:
        said = str(error)
    assert "现提出如下意见" in said or (said.startswith(f"{path}:1: ") and "请" in said)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "issue.pdf"
    path.write_bytes(b"")
    with pytest.raises(SourceError, match="不是能读的 PDF"):
        convert_pdf(path)


def test_an_outline_without_end_is_not_followed(tmp_path: Path) -> None:
    path = print_pages(tmp_path / "issue.pdf", text(1), pageCompression=0)
    data = path.read_bytes().replace(b"/Type /Catalog", b"/Outlines 4 0 R /Type /Catalog")
    path.write_bytes(data.replace(b"/Type /Pages", b"/Next 4 0 R /First 4 0 R /Type /Pages"))
    assert convert_pdf(path).text == sentence(1) + "\n"
