"""What the intake of a file gives: its text, where the lines stand on paper, what was lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from generator.model.formulas import Formula
from generator.model.pages import Loss as Loss  # for the readers of files, which record them
from generator.runtime.data import Json

ISSUE_FILE = "issue.md"
LAYOUT_FILE = "layout.json"

# left, top, right, bottom, as shares of the page
Box: TypeAlias = tuple[float, float, float, float]

# the kinds of what cannot be taken along, by their keys in layout.json
LOSS_KINDS: dict[str, str] = {
    "picture": "没有图片文件的图",
    "table": "只有图片的表格",
    "formula": "没有识别的公式",
    "seal": "没有图片文件的印章",
    "chart": "图表",
    "sheet": "嵌入的 Excel 表格",
    "sheet-format": "嵌入的 Excel 表格的格式（单元格的内容已转入）",
    "object": "嵌入的其他文件",
    "part": "插入的文件",
    "nested": "表格里的表格的行列（文字在单元格里，一格一行）",
    "symbol": "不认识的符号",
    "field": "读不懂的域",
    "reading": "字上的注音",
    "struck": "加了删除线的文字",
    "deleted": "修订中删去、还没有接受的文字",
    "hidden": "隐藏的文字",
    "numbering": "旧格式里的自动编号（转换后可能改变，请逐条核对）",
    "page": "没有文字的一页（只有扫描图）",
    "ocr-layer": "扫描图下面的识别文字",
    "turned": "转了方向的文字",
    "upside-down": "倒着或横着扫描的一页（已转正）",
    "coarse": "扫描得太粗或太模糊的一页（应有 200 dpi 以上）",
    "doubtful": "识别没有把握的字",
    "codes": "字体自编、读不出的字",
    "signed": "电子签名和电子印章（转成文本后没有了，本站没有核验）",
    "embedded": "夹带的文件",
    "other": "不是文字的部分",
}
MOST_WORDS = 200  # characters of a loss that are kept
DIGEST = 8  # hexadecimal digits of the digest of a line


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of text is on paper."""

    page: int  # counts sheets from 1; 0 where the source does not say
    box: Box | None = None
    confidence: float | None = None  # 0 to 1, of text that was recognised from a picture


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A sheet as the source measures it."""

    page: int
    width: float = 0.0  # 0 where the source does not say
    height: float = 0.0
    printed: str = ""  # the number printed on it
    image: str = ""  # its picture, relative to the folder of the issue


@dataclass(frozen=True, slots=True)
class Taken:
    """A text that was converted from a file, with its places on paper and its losses."""

    text: str
    engine: str = ""  # what read it, with its version
    pages: tuple[ReadPage, ...] = ()
    places: tuple[tuple[int, Place], ...] = ()  # lines of the text, from 1; several for one line
    losses: tuple[Loss, ...] = ()
    formulas: tuple[Formula, ...] = ()

    @property
    def has_layout(self) -> bool:
        """Whether there is more to keep than the text."""
        return bool(self.engine or self.pages or self.places or self.losses or self.formulas)


def layout_file_of(text: Path) -> Path:
    """Give the file with the layout of a text: layout.json; 01-通知.layout.json of 01-通知.md."""
    name = LAYOUT_FILE if text.name == ISSUE_FILE else f"{text.stem}.{LAYOUT_FILE}"
    return text.with_name(name)


def layout_data(taken: Taken, source: str, text_name: str) -> dict[str, Json]:
    """Give the content of layout.json for a text: ``source`` and ``text_name`` are file names."""
    formulas: list[Json] = [
        {"line": each.line, "text": each.text, "mathml": each.mathml} for each in taken.formulas
    ]
    return {
        "source": source,
        "engine": taken.engine,
        "text": text_name,
        "sha256": hashlib.sha256(taken.text.encode()).hexdigest(),
        "pages": [_page(page) for page in taken.pages],
        "lines": [_line(number, place) for number, place in taken.places],
        "losses": list(_losses(taken.losses)),
        **({"formulas": formulas} if formulas else {}),
        "digests": [line_digest(line) for line in taken.text.split("\n")],
    }


def line_digest(line: str) -> str:
    """Make the digest by which a line is found again when its text was changed elsewhere.

    Blanks do not count; a line of nothing else has "".
    """
    words = "".join(line.split())
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:DIGEST] if words else ""


def _page(page: ReadPage) -> Json:
    written: dict[str, Json] = {"page": page.page}
    if page.printed:
        written["printed"] = page.printed
    if page.width > 0 and page.height > 0:
        written |= {"width": page.width, "height": page.height}
    if page.image:
        written["image"] = page.image
    return written


def _line(number: int, place: Place) -> Json:
    written: dict[str, Json] = {"line": number, "page": place.page}
    if place.box:
        written["box"] = list(place.box)
    if place.confidence is not None:
        written["confidence"] = round(place.confidence, 4)
    return written


def _losses(losses: Iterable[Loss]) -> Iterator[Json]:
    for loss in losses:
        words = loss.words[:MOST_WORDS]
        yield {"page": loss.page, "line": loss.line, "kind": loss.kind, "words": words}
