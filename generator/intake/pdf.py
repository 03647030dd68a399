"""issue.pdf → text: born-digital pages, their columns, ruled tables and paragraphs."""

from __future__ import annotations

import logging
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from ctypes import c_double, c_float
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise
from math import hypot, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from generator.errors import SourceError
from generator.intake.text import (
    BEGINS_HAN,
    UNKNOWN,
    clean_line,
    finish,
    first_line,
    flat_text,
    join_pieces,
    lifted,
)

if TYPE_CHECKING:
    from pypdfium2 import PdfPage  # type: ignore[import-untyped]  # ships no types

log = logging.getLogger(__name__)

PASSWORD = 4  # FPDF_ERR_PASSWORD
# a page with fewer characters than this and a picture over half of it was scanned
FEW_CHARACTERS = 10
LIKELY_WRONG = 0.3  # share of characters without a meaning above which no text can be trusted
MANY_RULES, MANY_CORNERS = 20_000, 1_000  # on a page, of a shape: a drawing, no table
SMALLEST = 0.1  # points
# radicals that fonts name in place of ideographs that look alike; NFKC knows those of Kangxi
RADICALS = str.maketrans(
    "⺒⺝⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "巳月母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
KANGXI = re.compile(r"[\u2f00-\u2fd5]")


@dataclass(frozen=True, slots=True)
class _Char:
    """A character and where it stands; the page is upright, y grows upwards."""

    text: str
    left: float
    right: float
    base: float  # y of the line that it stands on
    size: float


@dataclass(frozen=True, slots=True)
class _Rule:
    """A straight line: of a table, under a heading."""

    upright: bool
    at: float  # x of an upright one, y of a level one
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on a page."""

    number: int
    width: float
    height: float
    chars: tuple[_Char, ...]
    rules: tuple[_Rule, ...]
    scanned: bool


def convert_pdf(path: Path) -> str:
    """Convert a born-digital PDF into the text of issue.md; SourceError when it cannot be read.

    1. Each paragraph is a line, put together from the printed lines, over columns and pages.
    2. Each row of a ruled table is a line of cells with tabs between them.
    3. Page numbers and running heads are left out.
    """
    pages = _read_pages(path)
    scanned = [page.number for page in pages if page.scanned]
    if not any(page.chars for page in pages) or len(scanned) * 2 > len(pages):
        msg = f"{path}:1: has no text layer (a scan?); run OCR on it first, then hand in its text"
        raise SourceError(msg)
    if scanned:
        numbers = ", ".join(map(str, scanned))
        log.warning("%s: pages without a text layer, left out: %s", path, numbers)
    chars = [char for page in pages for char in page.chars]
    if sum(UNKNOWN in char.text for char in chars) > LIKELY_WRONG * len(chars):
        msg = f"{path}:1: its fonts do not say which characters they print; it needs OCR first"
        raise SourceError(msg)
    return finish(_paragraphs(_reading_order(pages)), path)


def _read_pages(path: Path) -> tuple[_Page, ...]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with path.open("rb"):
            pass
        with closing(PdfDocument(path)) as document:
            return tuple(_read_page(document[n], n + 1) for n in range(len(document)))
    except PdfiumError as error:
        if error.err_code == PASSWORD:
            msg = f"{path}:1: under a password; save it without one"
        else:
            msg = f"{path}:1: not a readable PDF ({first_line(error)}); save it again as PDF"
        raise SourceError(msg) from error
    except OSError as error:
        msg = f"{path}:1: cannot be read ({error.strerror})"
        raise SourceError(msg) from error


def _read_page(page: PdfPage, number: int) -> _Page:
    with closing(page):
        left, bottom, right, top = page.get_bbox()
        turn = page.get_rotation()

        def place(x: float, y: float) -> tuple[float, float]:
            """Turn a point as the page is turned for the reader."""
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
        return _Page(
            number=number,
            width=float(width),
            height=float(height),
            chars=chars,
            rules=tuple(islice(_read_rules(page, place), MANY_RULES)),
            scanned=few and _is_picture(page, (right - left) * (top - bottom)),
        )


Place: TypeAlias = Callable[[float, float], tuple[float, float]]


def _read_chars(page: PdfPage, place: Place) -> Iterator[_Char]:
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # ships no types

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
            if unicodedata.east_asian_width(text[0]) in "WF":  # some fonts give the ink alone
                stretch = hypot(matrix.a, matrix.b) / (hypot(matrix.c, matrix.d) or 1)
                right = max(right, left + size * stretch * 0.95)
            if isfinite(left + right + base + size):
                yield _Char(text, left, right, base, max(size, SMALLEST))


def _character(code: str, wrong: bool) -> str:
    if len(code) == 2:
        return code.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if wrong or code == "\ufffe" or "\ud800" <= code <= "\udfff":
        return UNKNOWN
    if code == "\x02":  # PDFium's for a hyphen that ends a line
        return "-"
    if code.isspace():
        return " "
    if unicodedata.category(code) in ("Cc", "Cf"):
        return ""
    return unicodedata.normalize("NFKC", code) if KANGXI.match(code) else code.translate(RADICALS)


def _read_rules(page: PdfPage, place: Place) -> Iterator[_Rule]:
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


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[_Rule]:
    (x1, y1), (x2, y2) = start, end
    if abs(y1 - y2) <= 1 < abs(x1 - x2):
        yield _Rule(False, (y1 + y2) / 2, min(x1, x2), max(x1, x2))
    elif abs(x1 - x2) <= 1 < abs(y1 - y2):
        yield _Rule(True, (x1 + x2) / 2, min(y1, y2), max(y1, y2))


def _is_picture(page: PdfPage, area: float) -> bool:
    import pypdfium2.raw as pdfium

    for picture in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) * 2 > area:
            return True
    return False


# 2 · - 12 - · — 12 — · 第12页 · 第 3 页 共 20 页 · 12/60
PAGE_NUMBER = re.compile(
    r"[-—–－―·•.\s]*第?\s*\d{1,4}\s*页?(?:\s*[/／，,]?\s*共?\s*\d{1,4}\s*页?)?[-—–－―·•.\s]*"
)
WIDE_GAP = 2.5  # in sizes of the print; wider than an indent
EDGE = 0.12  # share of a page's height where heads and page numbers stand
REPEATED, FEWEST_PAGES = 0.4, 3  # a head on odd pages only is on half of them


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line, or a table as one piece."""

    text: str
    left: float
    right: float
    base: float
    size: float
    chars: tuple[_Char, ...] = ()
    table: bool = False


def _read_lines(chars: Iterable[_Char]) -> list[_Line]:
    """Put characters together to lines, from top to bottom."""
    rows: list[list[_Char]] = []
    for char in sorted(chars, key=lambda c: -c.base):
        # what is raised or lowered stands nearer to its line than lines do to each other
        if rows and rows[-1][-1].base - char.base <= max(char.size, rows[-1][-1].size) / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
    return [_line(row) for row in rows if any(char.text != " " for char in row)]


def _line(row: Iterable[_Char]) -> _Line:
    chars = sorted(row, key=lambda c: c.left)
    printed = [char for char in chars if char.text != " "]
    sizes = Counter(round(char.size, 1) for char in printed)
    size = max(sizes, key=lambda s: (sizes[s], s))
    base = statistics.median(c.base for c in printed if abs(c.size - size) <= 0.1)
    return _Line(
        text=clean_line(lifted(_spaced(chars, base, size)), "\t"),
        left=printed[0].left,
        right=max(char.right for char in printed),
        base=base,
        size=size,
        chars=tuple(chars),
    )


def _spaced(chars: Iterable[_Char], base: float, size: float) -> Iterator[tuple[str, str]]:
    """Give the characters of a line with blanks between them, each with how it is lifted."""
    before: _Char | None = None
    blank = False
    for char in chars:
        if char.text == " ":
            blank = True
            continue
        if before:
            gap = (char.left - before.right) / size
            han = BEGINS_HAN.match(before.text) or BEGINS_HAN.match(char.text)
            # justified lines are set wider; only a full-width blank counts next to ideographs
            if gap > WIDE_GAP:
                yield "\t", ""
            elif gap > 0.8 or (not han and (blank or gap > 0.25)):
                yield " ", ""
        lift = ""
        if char.size <= size * 0.9:
            above = (char.base - base) / size
            lift = "sup" if above > 0.15 else "sub" if above < -0.05 else ""
        yield char.text, lift
        before, blank = char, False


def _without_heads(pages: Sequence[Sequence[_Line]], heights: Sequence[float]) -> list[list[_Line]]:
    """Drop page numbers, and lines that the edges of many pages repeat."""

    def key(line: _Line, height: float) -> tuple[bool, str, int] | None:
        if line.table or EDGE * height < line.base < (1 - EDGE) * height:
            return None
        text = re.sub(r"\d+", "0", re.sub(r"\s", "", line.text))
        return line.base > height / 2, text, round(line.size)

    keys = [
        [key(line, height) for line in lines] for lines, height in zip(pages, heights, strict=True)
    ]
    seen = Counter(each for of_page in keys for each in set(of_page) if each)
    needed = max(FEWEST_PAGES, REPEATED * len(pages))
    kept: list[list[_Line]] = []
    for lines, of_page in zip(pages, keys, strict=True):
        outer = {*range(2), *range(len(lines) - 2, len(lines))}
        kept.append(
            [
                line
                for n, (line, each) in enumerate(zip(lines, of_page, strict=True))
                if each is None
                or (seen[each] < needed and not (n in outer and PAGE_NUMBER.fullmatch(line.text)))
            ]
        )
    return kept


NEAR = 4.0  # points within which two rules are one
MOST_RULES = 1_000  # of tables on a page; more are a drawing


def _take_tables(page: _Page) -> list[_Line]:
    """Give the lines of a page, what stands in a ruled table as one piece."""
    chars = list(page.chars)
    tables: list[_Line] = []
    for grid in _grids(page.rules):
        inside = [char for char in chars if grid.holds(char)]
        rows = grid.rows(inside)
        if sum(bool(cell) for row in rows for cell in row) < 2:
            continue  # a frame
        chars = [char for char in chars if not grid.holds(char)]
        text = "\n".join("\t".join(row) for row in rows if any(row))
        size = statistics.median(char.size for char in inside)
        tables.append(_Line(text, grid.xs[0], grid.xs[-1], grid.ys[0], size, table=True))
    return sorted([*tables, *_read_lines(chars)], key=lambda line: -line.base)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The rules of one table; ys from top to bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[_Rule, ...]

    def holds(self, char: _Char) -> bool:
        """Whether a character stands within the table."""
        x, y = _middle(char)
        return self.xs[0] < x < self.xs[-1] and self.ys[-1] < y < self.ys[0]

    def rows(self, chars: Iterable[_Char]) -> list[list[str]]:
        """Give the cells; what a merged cell covers is empty."""
        cells: dict[tuple[int, int], list[_Char]] = {}
        for char in chars:
            x, y = _middle(char)
            row = sum(y < each for each in self.ys[1:-1])
            column = sum(x > each for each in self.xs[1:-1])
            cells.setdefault(self.owner(row, column), []).append(char)
        return [
            [
                flat_text(
                    "\n".join(line.text for line in _read_lines(cells.get((row, column), ())))
                )
                for column in range(len(self.xs) - 1)
            ]
            for row in range(len(self.ys) - 1)
        ]

    def owner(self, row: int, column: int) -> tuple[int, int]:
        """Give the first cell of the merged one: where no rule parts two cells, they are one."""
        y = (self.ys[row] + self.ys[row + 1]) / 2
        while column and not self.parted(True, self.xs[column], y):
            column -= 1
        x = (self.xs[column] + self.xs[column + 1]) / 2
        while row and not self.parted(False, self.ys[row], x):
            row -= 1
        return row, column

    def parted(self, upright: bool, at: float, point: float) -> bool:
        """Whether a rule stands there."""
        return any(
            rule.upright == upright
            and abs(rule.at - at) <= NEAR
            and rule.start <= point <= rule.end
            for rule in self.rules
        )


def _middle(char: _Char) -> tuple[float, float]:
    return (char.left + char.right) / 2, char.base + char.size / 3


def _grids(rules: Iterable[_Rule]) -> Iterator[_Grid]:
    """Give each net of rules that has at least two rows and two columns."""
    waiting = _merged(rules)
    while waiting and len(waiting) <= MOST_RULES:
        net = [waiting.pop()]
        for rule in net:  # grows while it is read
            touching = [other for other in waiting if _touch(rule, other)]
            waiting = [other for other in waiting if other not in touching]
            net += touching
        xs, ys = _ticks(net, upright=True), _ticks(net, upright=False)
        if len(xs) > 2 and len(ys) > 2:
            yield _Grid(tuple(xs), tuple(reversed(ys)), tuple(net))


def _merged(rules: Iterable[_Rule]) -> list[_Rule]:
    """Put together pieces of one rule; tables are mostly drawn cell by cell."""
    merged: list[_Rule] = []
    at = float("-inf")
    lined_up: list[_Rule] = []
    for rule in sorted(rules, key=lambda r: (r.upright, r.at)):
        if abs(rule.at - at) > NEAR / 2 or (lined_up and lined_up[-1].upright != rule.upright):
            at = rule.at
        lined_up.append(replace(rule, at=at))
    for rule in sorted(lined_up, key=lambda r: (r.upright, r.at, r.start)):
        last = merged[-1] if merged else None
        same = last and (last.upright, last.at) == (rule.upright, rule.at)
        if last and same and rule.start <= last.end + NEAR:
            merged[-1] = replace(last, end=max(last.end, rule.end))
        else:
            merged.append(rule)
    return [rule for rule in merged if rule.end - rule.start > NEAR]


def _touch(one: _Rule, other: _Rule) -> bool:
    if one.upright == other.upright:
        return False
    return (
        one.start - NEAR <= other.at <= one.end + NEAR
        and other.start - NEAR <= one.at <= other.end + NEAR
    )


def _ticks(net: Iterable[_Rule], *, upright: bool) -> list[float]:
    """Give the places of the rules of one direction, the open sides of the table too."""
    ends = [end for rule in net if rule.upright != upright for end in (rule.start, rule.end)]
    places = [rule.at for rule in net if rule.upright == upright]
    ticks: list[float] = []
    for place in sorted([*places, *([min(ends), max(ends)] if ends else [])]):
        if not ticks or place - ticks[-1] > NEAR:
            ticks.append(place)
    return ticks


FEWEST_LINES, FEWEST_FULL = 5, 3  # on each side of two columns; those from edge to edge
NARROWEST = 10  # characters of a column; names and amounts in two rows are narrower
# 某某市停车管理办法 ..... 2: an entry of the contents runs to the margin and yet ends there
ENTRY = re.compile(r"[.．…·‥][ .．…·‥]+[（(]?\d{1,4}[）)]?$")


@dataclass(frozen=True, slots=True)
class _Flow:
    """Lines that follow one another: those of a page, or of a column on it."""

    page: _Page
    column: int  # 0 for the whole width
    lines: tuple[_Line, ...]

    @property
    def kind(self) -> tuple[int, int, int]:
        """What flows with the same margins have in common."""
        return self.column, self.page.number % 2, round(self.page.width)


def _reading_order(pages: Sequence[_Page]) -> list[_Flow]:
    """Give the lines of all pages as they are read."""
    lines = _without_heads([_take_tables(page) for page in pages], [page.height for page in pages])
    gutters = [_find_gutter([line for line in of_page if not line.table]) for of_page in lines]
    known = sorted(gutter for gutter in gutters if gutter is not None)
    # a page too short to show its columns has those of the others
    usual = known[len(known) // 2] if len(known) * 2 > len(pages) else None
    return [
        flow
        for page, of_page, gutter in zip(pages, lines, gutters, strict=True)
        for flow in _columns(page, of_page, gutter or _usual_gutter(of_page, usual))
        if flow.lines
    ]


def _usual_gutter(lines: Sequence[_Line], usual: float | None) -> float | None:
    if usual is None:
        return None
    free = sum(_is_free(line, usual) for line in lines)
    return usual if free >= len(lines) * 0.8 else None


def _columns(page: _Page, lines: Sequence[_Line], gutter: float | None) -> Iterator[_Flow]:
    """Part a page at the gutter, between the lines that run across it."""
    if gutter is None:
        yield _Flow(page, 0, tuple(lines))
        return
    for across, group in groupby(lines, key=lambda line: not _is_free(line, gutter)):
        band = list(group)
        if across:
            yield _Flow(page, 0, tuple(band))
            continue
        for column, is_left in ((1, True), (2, False)):
            chars = [c for line in band for c in line.chars if (c.left < gutter) == is_left]
            tables = [line for line in band if line.table and (line.left < gutter) == is_left]
            found = sorted([*_read_lines(chars), *tables], key=lambda line: -line.base)
            yield _Flow(page, column, tuple(found))


def _free(line: _Line) -> Iterator[tuple[float, float]]:
    """Give what a line leaves free: its two sides and its wide gaps."""
    yield float("-inf"), line.left
    for before, after in pairwise(c for c in line.chars if c.text != " "):
        if after.left - before.right > line.size * 1.2:
            yield before.right, after.left
    yield line.right, float("inf")


def _is_free(line: _Line, x: float) -> bool:
    return any(start <= x <= end for start, end in _free(line))


def _find_gutter(lines: Sequence[_Line]) -> float | None:
    """Find the x that parts two columns of text; None for a page of one column."""
    if len(lines) < FEWEST_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    free = [list(_free(line)) for line in lines]
    places = [left + (right - left) * n / 100 for n in range(35, 66)]
    counts = [sum(any(a <= x <= b for a, b in of_line) for of_line in free) for x in places]
    most = [x for x, count in zip(places, counts, strict=True) if count == max(counts)]
    gutter = most[len(most) // 2]
    beside = [line for line in lines if _is_free(line, gutter)]
    chars = [char for line in beside for char in line.chars]
    sides = [_read_lines(c for c in chars if (c.left < gutter) == is_left) for is_left in (1, 0)]
    return gutter if all(_is_column(side) for side in sides) else None


def _is_column(lines: Sequence[_Line]) -> bool:
    """Whether lines look like a column of text: wide, and some of them from edge to edge."""
    if len(lines) < FEWEST_LINES:
        return False
    size = statistics.median(line.size for line in lines)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    full = [line for line in lines if line.right > right - size * 2 and line.left < left + size * 3]
    wide = right - left > size * NARROWEST
    return wide and len(full) >= max(FEWEST_FULL, len(lines) / 6)


def _paragraphs(flows: Sequence[_Flow]) -> Iterator[str]:
    """Put lines together to paragraphs, and mark those in large print as headings."""
    placed = [(line, flow) for flow in flows for line in flow.lines]
    edges = _edges(flows)
    body = _commonest_size(line for line, _ in placed)
    text = ""
    for n, (line, flow) in enumerate(placed):
        if n and _goes_on(*placed[n - 1], line, flow, edges):
            text = join_pieces(text, line.text)
            continue
        if n:
            yield text
        text = _mark(line, body) + line.text
    yield text


def _commonest_size(lines: Iterable[_Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        if not line.table:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _mark(line: _Line, body: float) -> str:
    if line.table or line.size < body * 1.2:
        return ""
    return "# " if line.size >= body * 1.5 else "## "


Edges: TypeAlias = Mapping[tuple[int, int, int], tuple[float, float]]


def _edges(flows: Iterable[_Flow]) -> Edges:
    """Find the margins: those of most pages of one kind."""
    found: dict[tuple[int, int, int], list[tuple[float, float]]] = {}
    for flow in flows:
        if lines := [line for line in flow.lines if not line.table]:
            left, right = min(line.left for line in lines), max(line.right for line in lines)
            found.setdefault(flow.kind, []).append((left, right))
    return {
        kind: (statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs))
        for kind, pairs in found.items()
    }


def _goes_on(line: _Line, flow: _Flow, after: _Line, after_flow: _Flow, edges: Edges) -> bool:
    """Whether a line runs to the right margin and the next one begins at the left one."""
    if line.table or after.table or ENTRY.search(line.text):
        return False
    if abs(line.size - after.size) > line.size * 0.12:
        return False
    if flow is after_flow and line.base - after.base > line.size * 2.6:
        return False
    left, right = edges[flow.kind]
    # indented by two characters at most, and without the wide gap of an entry of the contents
    whole = line.left < left + line.size * 3 and line.right - line.left > line.size * NARROWEST
    whole = whole and not any(line.size * WIDE_GAP < b - a < float("inf") for a, b in _free(line))
    # the last sign of a full line may have gone to the next one with the sign after it
    runs_on = line.right > right - line.size * 1.6
    return whole and runs_on and after.left < edges[after_flow.kind][0] + after.size * 1.2
