"""Read the pages of a PDF with PDFium: characters, rules and pictures with their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from generator.content.intake.pdf_drawing import Drawing, is_outlined, read_drawing
from generator.content.intake.pdf_text import TurnedChar, read_chars, turned
from generator.content.intake.sheets.page import Area, Char, Cut, Rule, SheetPage, Unread
from generator.content.intake.text import PRIVATE, UNKNOWN, first_line
from generator.runtime.errors import SourceError, reason_of

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

PASSWORD = 4  # FPDF_ERR_PASSWORD
# a page was scanned if a picture covers most of it and holds fewer characters; a running head
# beside it may be text
FEW_CHARACTERS = 10
EDGE = 0.12  # share of a page's height that a running head keeps to
MOST_PAGES = 5_000
# characters of turned text that is a block of its own, as a table on its side; less of it, such as
# the head of a column, belongs to what is around it
TURNED_BLOCK = 20
SMALL_PICTURE = 24.0  # points; a smaller one is an ornament
REPEATED, FEWEST_PAGES = 0.4, 2  # share of the pages: a picture or a watermark of all pages
MOST_WORDS = 40  # characters of what was not read that are named

SCANNED = Unread("page")  # a page that is a picture
HIDDEN = Unread("ocr-layer")  # a page whose text was recognised from its picture


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
            count = min(len(document), MOST_PAGES)
            read = [list(_read_page(document[n], n + 1)) for n in range(count)]
    except PdfiumError as error:
        if error.err_code == PASSWORD:
            msg = f"{path}:1: 有密码；请去掉密码，另存后再放入"
        else:
            msg = f"{path}:1: 不是能读的 PDF；请重新另存为 PDF：{first_line(error)}"
        raise SourceError(msg) from error
    except OSError as error:
        msg = f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件"
        raise SourceError(msg) from error
    return compared([page for layers in read for page in layers])


def compared(pages: Sequence[SheetPage]) -> tuple[SheetPage, ...]:
    """Leave out what is on most pages, and say once what is the same on several."""
    return tuple(_hidden_told_once(list(_without_repeated(pages))))


def _read_page(page: PdfPage, number: int) -> Iterator[SheetPage]:
    with closing(page):
        left, bottom, right, top = page.get_bbox()
        turn = page.get_rotation()

        def place(x: float, y: float) -> tuple[float, float]:
            """Give the coordinates of a point on the page as it is displayed, rotation applied."""
            # a page of 90° is displayed turned clockwise
            return turned(x - left, y - bottom, right - left, top - bottom, turn)

        width, height = map(float, page.get_size())
        if not (isfinite(width + height) and width > 0 and height > 0):
            return
        found = list(read_chars(page, place, width, height))
        drawing = read_drawing(page, place, (right - left) * (top - bottom))
        if len(_body(found, height)) < FEW_CHARACTERS and is_outlined(page):
            drawing = replace(drawing, is_outlined=True)
    yield from layers_of(number, (width, height), found, drawing)


def layers_of(
    number: int, size: tuple[float, float], found: Sequence[TurnedChar], drawing: Drawing
) -> Iterator[SheetPage]:
    """Give a page; text that is turned on it follows as a page of its own."""
    width, height = size
    few = len(_body(found, height)) < FEW_CHARACTERS
    is_picture = few and (drawing.page_picture is not None or drawing.is_outlined)
    layers: dict[int | None, list[Char]] = {0: []}
    for each in found:
        layers.setdefault(each.turn, []).append(each.char)
    main = max((turn for turn in layers if turn is not None), key=lambda turn: len(layers[turn]))
    blocks = [
        turn
        for turn in (90, 270, 180)
        if turn == main or sum(bool(c.text.strip()) for c in layers.get(turn, ())) >= TURNED_BLOCK
    ]
    lost = [layers[turn] for turn in layers if turn not in (0, *blocks)]
    words = ("".join(char.text for char in chars).strip() for chars in lost)
    unread = [SCANNED] if is_picture else [HIDDEN] if drawing.hidden_text else []
    unread += _unknown_codes(found)
    unread += [Unread("turned", each[:MOST_WORDS]) for each in words if each]
    yield SheetPage(
        number,
        width,
        height,
        tuple(layers[0]),
        drawing.rules,
        () if drawing.page_picture else _large(drawing.pictures),
        tuple(unread),
    )
    for turn in blocks:
        cut = Cut(0.0, *((width, height) if turn == 180 else (height, width)), turn)
        rules = tuple(_turned_rules(drawing.rules, width, height, turn))
        yield SheetPage(number, cut.width, cut.height, tuple(layers[turn]), rules, cut=cut)


def _body(found: Iterable[TurnedChar], height: float) -> list[Char]:
    """Give the characters that are not at the edges of a page, where running heads are."""
    chars = (each.char for each in found if each.char.text.strip())
    return [char for char in chars if EDGE * height < char.base < (1 - EDGE) * height]


def _unknown_codes(found: Iterable[TurnedChar]) -> Iterator[Unread]:
    """Name the place of characters whose font does not say which ones they are."""
    chars = [each.char.text for each in found if each.char.text.strip()]
    codes = (n for n, text in enumerate(chars) if text == UNKNOWN or PRIVATE.match(text))
    if (first := next(codes, None)) is not None:
        yield Unread("codes", "".join(chars[max(first - 10, 0) : first + 20]))


def _large(pictures: Iterable[Area]) -> tuple[Area, ...]:
    return tuple(
        area
        for area in pictures
        if min(area.right - area.left, area.top - area.bottom) >= SMALL_PICTURE
    )


def _turned_rules(rules: Iterable[Rule], width: float, height: float, turn: int) -> Iterator[Rule]:
    for rule in rules:
        start = (rule.at, rule.start) if rule.upright else (rule.start, rule.at)
        end = (rule.at, rule.end) if rule.upright else (rule.end, rule.at)
        (x1, y1), (x2, y2) = (turned(*point, width, height, turn) for point in (start, end))
        upright = rule.upright == (turn == 180)
        at = (x1 + x2) / 2 if upright else (y1 + y2) / 2
        ends = sorted((y1, y2) if upright else (x1, x2))
        yield Rule(upright, at, *ends)


def _without_repeated(pages: Sequence[SheetPage]) -> Iterator[SheetPage]:
    """Leave out what all pages have: the pictures of their background, and watermarks."""
    sheets = {page.number for page in pages}
    needed = max(FEWEST_PAGES, REPEATED * len(sheets))
    places = Counter(_rounded(area) for page in pages for area in page.pictures)
    marks = Counter(each for page in pages for each in set(page.unread) if each.kind == "turned")
    for page in pages:
        yield replace(
            page,
            pictures=tuple(area for area in page.pictures if places[_rounded(area)] < needed),
            unread=tuple(each for each in page.unread if marks[each] < needed),
        )


def _hidden_told_once(pages: Sequence[SheetPage]) -> Iterator[SheetPage]:
    """Name the sheets with recognised text once, at the first of them."""
    numbers = [page.number for page in pages if HIDDEN in page.unread]
    for page in pages:
        unread = [each for each in page.unread if each != HIDDEN]
        if numbers and page.number == numbers[0] and HIDDEN in page.unread:
            unread.append(replace(HIDDEN, words=_ranges(numbers)))
        yield replace(page, unread=tuple(unread))


def _ranges(numbers: Sequence[int]) -> str:
    """Write numbers of sheets: 第 2—4、7 页."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = (f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"第 {'、'.join(spans)} 页"


def _rounded(area: Area) -> tuple[int, ...]:
    return tuple(round(each) for each in (area.left, area.bottom, area.right, area.top))
