"""Read the pages of a PDF with PDFium: characters with their positions, and ruled lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from ctypes import c_double, c_float
from itertools import islice
from math import hypot, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from generator.content.intake.sheets.page import SMALLEST, Char, Rule, SheetPage, Unread, is_wide
from generator.content.intake.text import UNKNOWN, first_line
from generator.runtime.errors import SourceError, reason_of

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

PASSWORD = 4  # FPDF_ERR_PASSWORD
# a page was scanned if it has fewer characters and a picture covers half of it
FEW_CHARACTERS = 10
MANY_RULES, MANY_CORNERS = 20_000, 1_000  # read per page and per shape; more are a drawing
# radicals that fonts name in place of similar ideographs; NFKC replaces those of the Kangxi block
RADICALS = str.maketrans(
    "⺒⺝⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "巳月母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
KANGXI = re.compile(r"[\u2f00-\u2fd5]")


SCANNED = Unread("page")  # a page that is a picture


def is_scanned(page: SheetPage) -> bool:
    """Whether a page is a picture without text."""
    return SCANNED in page.unread


def read_pages(path: Path) -> tuple[SheetPage, ...]:
    """Read all pages; SourceError for a password, and for a file that is no readable PDF."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with path.open("rb"):
            pass
        with closing(PdfDocument(path)) as document:
            return tuple(_read_page(document[n], n + 1) for n in range(len(document)))
    except PdfiumError as error:
        if error.err_code == PASSWORD:
            msg = f"{path}:1: 有密码；请去掉密码，另存后再放入"
        else:
            msg = f"{path}:1: 不是能读的 PDF；请重新另存为 PDF：{first_line(error)}"
        raise SourceError(msg) from error
    except OSError as error:
        msg = f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件"
        raise SourceError(msg) from error


def _read_page(page: PdfPage, number: int) -> SheetPage:
    with closing(page):
        left, bottom, right, top = page.get_bbox()
        turn = page.get_rotation()

        def place(x: float, y: float) -> tuple[float, float]:
            """Give the coordinates of a point on the page as it is displayed, rotation applied."""
            match turn:
                case 90:
                    return y - bottom, right - x
                case 180:
                    return right - x, top - y
                case 270:
                    return top - y, x - left
                case _:
                    return x - left, y - bottom

        width, height = page.get_size()
        chars = tuple(_read_chars(page, place))
        few = sum(not char.text.isspace() for char in chars) < FEW_CHARACTERS
        scanned = few and _is_picture(page, (right - left) * (top - bottom))
        return SheetPage(
            number=number,
            width=float(width),
            height=float(height),
            chars=chars,
            rules=tuple(islice(_read_rules(page, place), MANY_RULES)),
            unread=(SCANNED,) if scanned else (),
        )


Place: TypeAlias = Callable[[float, float], tuple[float, float]]


def _read_chars(page: PdfPage, place: Place) -> Iterator[Char]:
    import pypdfium2.raw as pdfium

    x, y, matrix = c_double(), c_double(), pdfium.FS_MATRIX()
    high = ""  # first half of a character beyond U+FFFF
    with closing(page.get_textpage()) as texts:
        for n in range(texts.count_chars()):
            code = int(pdfium.FPDFText_GetUnicode(texts, n))
            if 0xD800 <= code < 0xDC00:
                high = chr(code)
                continue
            text = _character(high + chr(code), pdfium.FPDFText_HasUnicodeMapError(texts, n) == 1)
            high = ""
            if not text or pdfium.FPDFText_IsGenerated(texts, n) == 1:
                continue
            pdfium.FPDFText_GetCharOrigin(texts, n, x, y)
            pdfium.FPDFText_GetMatrix(texts, n, matrix)
            left, base = place(x.value, y.value)
            ahead, up = place(x.value + matrix.a, y.value + matrix.b)
            if ahead - left <= abs(up - base) * 5:  # a watermark, or text along the edge
                continue
            size = float(pdfium.FPDFText_GetFontSize(texts, n)) * hypot(matrix.c, matrix.d)
            x1, y1, x2, y2 = texts.get_charbox(n, loose=True)
            right = max(place(x1, y1)[0], place(x2, y2)[0])
            # some fonts give only the width of the ink
            if is_wide(text):
                stretch = hypot(matrix.a, matrix.b) / (hypot(matrix.c, matrix.d) or 1)
                right = max(right, left + size * stretch * 0.95)
            if isfinite(left + right + base + size):
                yield Char(text, left, right, base, max(size, SMALLEST))


def _character(code: str, wrong: bool) -> str:
    if len(code) == 2:
        return code.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if wrong or code == "\ufffe" or "\ud800" <= code <= "\udfff":
        return UNKNOWN
    if code == "\x02":  # PDFium's code for a hyphen that ends a line
        return "-"
    if code.isspace():
        return " "
    if unicodedata.category(code) in ("Cc", "Cf"):
        return ""
    return unicodedata.normalize("NFKC", code) if KANGXI.match(code) else code.translate(RADICALS)


def _read_rules(page: PdfPage, place: Place) -> Iterator[Rule]:
    import pypdfium2.raw as pdfium

    x, y = c_float(), c_float()
    points: list[tuple[float, float]] = []
    for path in page.get_objects([pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        matrix = path.get_matrix()
        for n in range(min(pdfium.FPDFPath_CountSegments(path), MANY_CORNERS)):
            segment = pdfium.FPDFPath_GetPathSegment(path, n)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = place(*matrix.on_point(x.value, y.value))
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                points = [point]
                continue
            if kind == pdfium.FPDF_SEGMENT_LINETO and points:
                yield from _rule(points[-1], point)
                if pdfium.FPDFPathSegment_GetClose(segment):
                    yield from _rule(point, points[0])
            points.append(point)


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    (x1, y1), (x2, y2) = start, end
    if abs(y1 - y2) <= 1 < abs(x1 - x2):
        yield Rule(False, (y1 + y2) / 2, min(x1, x2), max(x1, x2))
    elif abs(x1 - x2) <= 1 < abs(y1 - y2):
        yield Rule(True, (x1 + x2) / 2, min(y1, y2), max(y1, y2))


def _is_picture(page: PdfPage, area: float) -> bool:
    import pypdfium2.raw as pdfium

    for picture in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) * 2 > area:
            return True
    return False
