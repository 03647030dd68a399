"""Print PDF files for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from generator.content.intake.pdf import convert_pdf

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
SIZE, LEADING, LEFT, WIDTH = 16, 28, 80, 27  # points, and characters of a full line

Draw: TypeAlias = Callable[[Canvas], None]


def print_pages(path: Path, *pages: Draw, **options: object) -> Path:
    """Write a PDF; a function draws each of its pages."""
    canvas = Canvas(str(path), **{"pagesize": A4, **options})  # type: ignore[arg-type]
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def write(
    canvas: Canvas,
    lines: Sequence[str],
    *,
    x: float = LEFT,
    y: float = 700,
    size: float = SIZE,
    leading: float = 1.75,
) -> None:
    """Write lines one below another; a full-width blank is not written but skipped."""
    canvas.setFont(FONT, size)
    for n, line in enumerate(lines):
        text = line.lstrip("\u3000")
        indent = size * (len(line) - len(text))
        canvas.drawString(x + indent, y - n * size * leading, text)


def wrap(text: str, width: int = WIDTH) -> list[str]:
    """Break a paragraph into lines, the first one indented."""
    text = "\u3000\u3000" + text
    return [text[n : n + width] for n in range(0, len(text), width)]


def raised(canvas: Canvas, mark: str, x: float, y: float, size: float = SIZE) -> None:
    """Write the raised mark of a footnote."""
    canvas.setFont(FONT, size * 0.6)
    canvas.drawString(x, y + size * 0.4, mark)


def picture(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """Draw a grey picture."""
    grey = ImageReader(Image.new("L", (8, 8), 200))
    canvas.drawImage(grey, left, bottom, width, height)


def blocks(path: Path) -> list[str]:
    """Convert a PDF; give its blocks."""
    text = convert_pdf(path).text
    assert text.endswith("\n")
    return text[:-1].split("\n\n")


# sentences that differ, so that none is taken for a running head
WORDS = (
    "为加快旅游业改革发展",
    "充分发挥交通运输的作用",
    "加强森林草原防火工作",
    "完善城乡居民养老保险",
    "推进粮食仓储设施建设",
    "规范行政事业性收费",
    "落实安全生产责任制度",
    "扶持中小企业健康成长",
    "整治农村人居环境",
    "支持职业教育产教融合",
)


def sentence(n: int) -> str:
    """Give a sentence of the body, a different one for each number."""
    return "，".join(WORDS[(n + k) % len(WORDS)] for k in range(4)) + "，现提出如下意见。"
