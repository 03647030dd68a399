"""Read the characters of a PDF page with PDFium, with their places and directions."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from ctypes import c_double
from dataclasses import dataclass
from math import hypot, isfinite
from typing import TYPE_CHECKING, TypeAlias

from generator.content.intake.sheets.page import SMALLEST, Char, is_wide
from generator.content.intake.text import UNKNOWN
from generator.runtime.patterns import lazy_regex

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

Place: TypeAlias = Callable[[float, float], tuple[float, float]]

STRAIGHT = 5  # a direction is level or upright if it goes so many times farther that way
# radicals that fonts name in place of similar ideographs; NFKC replaces those of the Kangxi block
RADICALS = str.maketrans(
    "⺒⺝⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "巳月母民虎西见角贝车长长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
KANGXI = lazy_regex(r"[\u2f00-\u2fd5]")
SOFT_HYPHEN = "\xad"
LINE_END_HYPHEN = "\x02"  # PDFium's code for a hyphen that ends a line


@dataclass(frozen=True, slots=True)
class TurnedChar:
    """A character, and by how many degrees the sheet is turned clockwise to read it."""

    turn: int | None  # None: askew
    char: Char  # its place on the turned sheet; on the sheet as it is, if it is askew


def read_chars(page: PdfPage, place: Place, width: float, height: float) -> Iterator[TurnedChar]:
    """Read the characters of a page; ``width`` and ``height`` are those of the sheet."""
    import pypdfium2.raw as pdfium

    x, y, matrix = c_double(), c_double(), pdfium.FS_MATRIX()
    high = ""  # first half of a character beyond U+FFFF
    with closing(page.get_textpage()) as texts:
        for n in range(texts.count_chars()):
            code = int(pdfium.FPDFText_GetUnicode(texts, n))
            if 0xD800 <= code < 0xDC00:
                high = chr(code)
                continue
            text = character(high + chr(code), pdfium.FPDFText_HasUnicodeMapError(texts, n) == 1)
            high = ""
            if not text or pdfium.FPDFText_IsGenerated(texts, n) == 1:
                continue
            pdfium.FPDFText_GetCharOrigin(texts, n, x, y)
            pdfium.FPDFText_GetMatrix(texts, n, matrix)
            origin = place(x.value, y.value)
            ahead = place(x.value + matrix.a, y.value + matrix.b)
            turn = direction(ahead[0] - origin[0], ahead[1] - origin[1])
            size = float(pdfium.FPDFText_GetFontSize(texts, n)) * hypot(matrix.c, matrix.d)
            x1, y1, x2, y2 = texts.get_charbox(n, loose=True)
            left, base = turned(*origin, width, height, turn or 0)
            corners = place(x1, y1), place(x2, y2)
            right = max(turned(*corner, width, height, turn or 0)[0] for corner in corners)
            # some fonts give only the width of the ink
            if is_wide(text):
                stretch = hypot(matrix.a, matrix.b) / (hypot(matrix.c, matrix.d) or 1)
                right = max(right, left + size * stretch * 0.95)
            if isfinite(left + right + base + size):
                yield TurnedChar(turn, Char(text, left, right, base, max(size, SMALLEST)))


def direction(across: float, up: float) -> int | None:
    """Give by how many degrees the sheet is turned to read what goes this way; None: askew."""
    if across > abs(up) * STRAIGHT:
        return 0
    if up > abs(across) * STRAIGHT:
        return 90
    if -across > abs(up) * STRAIGHT:
        return 180
    return 270 if -up > abs(across) * STRAIGHT else None


def turned(x: float, y: float, width: float, height: float, turn: int) -> tuple[float, float]:
    """Give the coordinates of a point when the sheet is turned clockwise."""
    match turn:
        case 90:
            return y, width - x
        case 180:
            return width - x, height - y
        case 270:
            return height - y, x
        case _:
            return x, y


def character(code: str, wrong: bool) -> str:
    """Give the character that a file means by a code; empty for one that prints nothing."""
    if len(code) == 2:
        return code.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if wrong or code == "\ufffe" or "\ud800" <= code <= "\udfff":
        return UNKNOWN
    if code in (SOFT_HYPHEN, LINE_END_HYPHEN):
        return SOFT_HYPHEN  # whether it is printed within a word is known when lines are joined
    if code.isspace():
        return " "
    if unicodedata.category(code) in ("Cc", "Cf"):
        return ""
    return unicodedata.normalize("NFKC", code) if KANGXI.match(code) else code.translate(RADICALS)
