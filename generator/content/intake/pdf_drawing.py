"""Read what is drawn on a PDF page: rules, pictures, and text that only programs see."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_float
from dataclasses import dataclass
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING

from generator.content.intake.pdf_text import Place
from generator.content.intake.sheets.page import Area, Rule

if TYPE_CHECKING:
    from pypdfium2 import PdfObject, PdfPage

MANY_RULES, MANY_CORNERS = 20_000, 1_000  # read per page and per shape; more are a drawing
MANY_CURVES = 500  # a stamp or an emblem has fewer
MOST_OBJECTS = 200_000  # looked at on a page
LARGE = 0.5  # share of a page: a picture of the whole page


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn on a page."""

    rules: tuple[Rule, ...]
    pictures: tuple[Area, ...]
    page_picture: Area | None  # one that covers most of the page
    hidden_text: bool  # most text is invisible, or lies under the picture of the page
    is_outlined: bool = False  # characters are drawn as curves


def read_drawing(page: PdfPage, place: Place, area: float) -> Drawing:
    """Read the rules and pictures of a page; ``area`` is that of the page."""
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    pictures: list[Area] = []
    page_picture: Area | None = None
    kinds = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE]
    for item in islice(page.get_objects(kinds), MOST_OBJECTS):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            found = _area(item, place)
            if found and _size(found) > area * LARGE:
                page_picture = found
            elif found:
                pictures.append(found)
        elif len(rules) < MANY_RULES and item.level == 0:
            rules += _read_rules(item, place)
    if not page_picture and sum(map(_size, pictures)) > area * LARGE:  # a scan in strips
        page_picture = Area(
            min(each.left for each in pictures),
            min(each.bottom for each in pictures),
            max(each.right for each in pictures),
            max(each.top for each in pictures),
        )
    hidden = page_picture is not None and _hides_text(page, area)
    return Drawing(tuple(rules[:MANY_RULES]), tuple(pictures), page_picture, hidden)


def _size(area: Area) -> float:
    return (area.right - area.left) * (area.top - area.bottom)


def is_outlined(page: PdfPage) -> bool:
    """Whether a page has drawn curves in place of characters, as text that became outlines has."""
    import pypdfium2.raw as pdfium

    curves = 0
    for path in islice(page.get_objects([pdfium.FPDF_PAGEOBJ_PATH]), MOST_OBJECTS):
        for n in range(min(pdfium.FPDFPath_CountSegments(path), MANY_CORNERS)):
            segment = pdfium.FPDFPath_GetPathSegment(path, n)
            curves += pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO
        if curves > MANY_CURVES:
            return True
    return False


def _hides_text(page: PdfPage, area: float) -> bool:
    """Whether most text of a page is invisible, or drawn before the picture that covers it."""
    import pypdfium2.raw as pdfium

    seen = invisible = covered = 0
    drawn = 0.0  # of pictures
    kinds = [pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE]
    for item in islice(page.get_objects(kinds), MOST_OBJECTS):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            drawn += (right - left) * (top - bottom)
            if drawn > area * LARGE:
                covered = seen
            continue
        seen += 1
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        invisible += mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return max(invisible, covered) * 2 > seen


def _area(item: PdfObject, place: Place) -> Area | None:
    left, bottom, right, top = item.get_bounds()
    (x1, y1), (x2, y2) = place(left, bottom), place(right, top)
    if not isfinite(x1 + y1 + x2 + y2):
        return None
    return Area(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _read_rules(path: PdfObject, place: Place) -> Iterator[Rule]:
    import pypdfium2.raw as pdfium

    x, y = c_float(), c_float()
    points: list[tuple[float, float]] = []
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
