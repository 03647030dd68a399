"""Draw the gazette of engine_gazette.py as pictures of pages, for engines that read those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from benchmarks.engine_gazette import Grid, Line, pieces

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
SIMPLIFIED = 2  # in these collections: the shapes of simplified Chinese
WIDTH, HEIGHT = 1654, 2339  # A4 at 200 dots an inch
LEFT, TOP, BOTTOM = 212, 212, 2080
EM = 44  # pixels of a character
STEP = 78  # pixels from line to line
CHARACTERS = (WIDTH - 2 * LEFT) // EM
ROW = 80  # height of a row of a table
NO_BREAK_BEFORE = "，。；：！？、）》〉”’〕"


def find_font() -> str:
    """Give a font with Chinese characters; "" if none is installed."""
    return next((name for name in FONTS if Path(name).exists()), "")


@dataclass(slots=True)
class _Pages:
    """The pages as they fill."""

    font: ImageFont.FreeTypeFont
    pages: list[Image.Image] = field(default_factory=list)
    y: int = BOTTOM

    def room(self, height: int) -> ImageDraw.ImageDraw:
        """Give the page on which so much fits, a new one if need be."""
        if self.y + height > BOTTOM:
            page = Image.new("L", (WIDTH, HEIGHT), 255)
            self.pages.append(page)
            self.y = TOP
            number = f"— {len(self.pages)} —"
            draw = ImageDraw.Draw(page)
            place = (WIDTH - draw.textlength(number, self.font)) / 2
            draw.text((place, HEIGHT - 160), number, 0, self.font)
        return ImageDraw.Draw(self.pages[-1])

    def line(self, words: str, kind: str, indent: int) -> None:
        draw = self.room(STEP)
        length = draw.textlength(words, self.font)
        x = {
            "centred": (WIDTH - length) / 2,
            "title": (WIDTH - length) / 2,
            "right": WIDTH - LEFT - length - 2 * EM,
        }.get(kind, LEFT + indent * EM)
        draw.text((x, self.y), words, 0, self.font)
        self.y += STEP

    def entry(self, words: str) -> None:
        """Draw an entry of the contents: the title, leaders, the page at the right."""
        title, _, page = words.rpartition(" ..... ")
        rows = list(wrapped(title, CHARACTERS - 6, CHARACTERS - 6))
        for row in rows[:-1]:
            self.line(row, "", 0)
        draw = self.room(STEP)
        dots = "…" * ((CHARACTERS - 2) - len(rows[-1]))
        draw.text((LEFT, self.y), f"{rows[-1]}{dots}{page}", 0, self.font)
        self.y += STEP

    def grid(self, grid: Grid) -> None:
        draw = self.room(ROW * len(grid.rows) + STEP)
        width = (WIDTH - 2 * LEFT) // grid.width
        small = self.font.font_variant(size=32)
        for y, x, cell in grid.placed():
            left, top = LEFT + x * width, self.y + y * ROW
            right, bottom = left + cell.columns * width, top + cell.rows * ROW
            draw.rectangle((left, top, right, bottom), outline=0, width=2)
            place = (left + 8, top + (bottom - top - 40) // 2)
            draw.text(place, cell.text, 0, small)
        self.y += ROW * len(grid.rows) + 20


def wrapped(text: str, first: int, other: int) -> Iterator[str]:
    """Cut a text into lines of so many characters; none begins with a closing mark."""
    room = first
    while len(text) > room:
        cut = room - 1 if text[room] in NO_BREAK_BEFORE else room
        yield text[:cut]
        text, room = text[cut:], other
    yield text


def draw_pages() -> Sequence[Image.Image]:
    """Draw all pages; each title begins one, as in print."""
    pages = _Pages(ImageFont.truetype(find_font(), EM, index=SIMPLIFIED))
    was_title = False
    for piece in pieces():
        if isinstance(piece, Grid):
            pages.grid(piece)
            continue
        assert isinstance(piece, Line)
        is_title = piece.kind == "title"
        if is_title and not was_title:
            pages.y = BOTTOM
        was_title = is_title
        if piece.kind == "entry":
            pages.entry(piece.text)
            continue
        indent = 0 if piece.kind or piece.text.endswith("：") else 2
        for n, row in enumerate(wrapped(piece.text, CHARACTERS - indent, CHARACTERS)):
            pages.line(row, piece.kind, indent if n == 0 else 0)
    return pages.pages


def write_pages(folder: Path) -> Sequence[Path]:
    """Write the pages as PNG files, in the order of their names."""
    folder.mkdir(parents=True)
    made = []
    for n, page in enumerate(draw_pages(), 1):
        path = folder / f"{n:03}.png"
        page.save(path)
        made.append(path)
    return made
