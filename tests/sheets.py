"""A printed issue: its PDF, its text, and a layout.json that says where each line is."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
MARGIN, SIZE, LEADING = 70.0, 12.0, 20.0
FONT = "STSong-Light"
PER_LINE = 36  # characters


@dataclass
class Printed:
    """An issue as it is printed: a PDF, its text, the places of its lines."""

    pdf: bytes
    text: str
    lines: list[dict[str, object]] = field(default_factory=list)
    pages: list[dict[str, object]] = field(default_factory=list)

    def layout(self, source: str = "issue.pdf") -> dict[str, object]:
        return {
            "source": source,
            "engine": "test",
            "text": "issue.md",
            "sha256": hashlib.sha256(self.text.encode()).hexdigest(),
            "pages": self.pages,
            "lines": self.lines,
        }

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "issue.pdf").write_bytes(self.pdf)
        (folder / "issue.md").write_bytes(self.text.encode())
        write_layout(folder, self.layout())


def write_layout(folder: Path, layout: dict[str, object]) -> None:
    (folder / "layout.json").write_text(json.dumps(layout, ensure_ascii=False), "utf-8")


def print_issue(pages: Sequence[Sequence[str]], first: int = 1) -> Printed:
    """Print paragraphs on pages; a paragraph is a line of the text, and may be wrapped on paper.

    Below each page its number is printed, which the text lacks.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    printed = Printed(b"", "")
    text: list[str] = []
    for sheet, paragraphs in enumerate(pages, 1):
        number = str(first + sheet - 1)
        y = HEIGHT - MARGIN
        canvas.setFont(FONT, SIZE)
        for paragraph in paragraphs:
            text += [paragraph, ""]
            top = y
            widest = 0.0
            for at in range(0, max(len(paragraph), 1), PER_LINE):
                piece = paragraph[at : at + PER_LINE].lstrip("# ")
                canvas.drawString(MARGIN, y - SIZE, piece)
                widest = max(widest, pdfmetrics.stringWidth(piece, FONT, SIZE))
                y -= LEADING
            if paragraph.strip():
                box = [MARGIN, HEIGHT - top, MARGIN + widest, HEIGHT - y - LEADING + SIZE * 1.3]
                shares = [box[0] / WIDTH, box[1] / HEIGHT, box[2] / WIDTH, box[3] / HEIGHT]
                place = {"line": len(text) - 1, "page": sheet, "box": [round(s, 5) for s in shares]}
                printed.lines.append(place)
            y -= LEADING / 2
        canvas.drawCentredString(WIDTH / 2, MARGIN / 2, f"— {number} —")
        canvas.showPage()
        size = {"width": WIDTH, "height": HEIGHT}
        printed.pages.append({"page": sheet, "printed": number, **size})
    canvas.save()
    printed.pdf = buffer.getvalue()
    printed.text = "\n".join(text)
    return printed


SENTENCE = "各单位要提高认识，加强领导，明确责任，把各项任务落到实处，确保按期完成全年工作目标"
NAMES = ("加强停车管理", "做好防汛工作", "开展植树活动")
TITLES = tuple(f"某某市人民政府关于{name}的通知" for name in NAMES)
IDENTITY = "510402199003070019"  # of nobody: its check digit is right


def notice(nth: int, *extra: str) -> list[str]:
    """Write the nth of three notices."""
    return [
        f"# {TITLES[nth]}",
        f"某府发〔2024〕{nth + 7}号",
        "各区人民政府：",
        f"一、总体要求。为{NAMES[nth]}，{SENTENCE}，{SENTENCE}。",
        *extra,
        f"二、保障措施。{NAMES[nth]}的经费由财政保障，{SENTENCE}。",
        "某某市人民政府",
        "2024年3月5日",
    ]


def three_notices(*extra: str) -> Printed:
    """Print an issue of five sheets: the second notice begins on sheet 2, fills 3, ends on 4.

    ``extra`` are paragraphs of the second notice, on sheet 3.
    """
    pages = (2, 2, 4)
    cover = ["某某市人民政府公报", "第3期（总第12期）", "2024年", "目录"]
    cover += [f"{title}………{page}" for title, page in zip(TITLES, pages, strict=True)]
    own = notice(1, *extra)
    sheets = [cover, notice(0) + own[:3], own[3:-2], own[-2:] + notice(2)[:4], notice(2)[4:]]
    return print_issue(sheets)


def find_on_page(pdf: Path, sheet: int, words: str) -> tuple[float, float, float, float]:
    """Find words on a page by the search of pypdfium2: left, top, right, bottom as shares."""
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[sheet - 1]
        text = page.get_textpage()
        found = text.search(words).get_next()
        assert found is not None, words
        first, count = found
        boxes = [text.get_charbox(n) for n in range(first, first + count)]
        width, height = page.get_size()
        left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
        bottom, top = min(b[1] for b in boxes), max(b[3] for b in boxes)
        return left / width, 1 - top / height, right / width, 1 - bottom / height
    finally:
        document.close()
