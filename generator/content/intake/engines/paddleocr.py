"""PaddleOCR (PP-StructureV3, PaddleOCR-VL): ``*_res.json``, a file for each page or for several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from generator.content.intake.engines.json_values import (
    box_around,
    box_of,
    count_of,
    number_of,
    numbers_of,
    text_of,
    texts_of,
)
from generator.content.intake.engines.page_lines import PageLine, corners_of, join_entries
from generator.content.intake.engines.result import BlockKind, EngineResult, ReadBlock
from generator.content.intake.taken import Place, ReadPage

LARGEST_SIDE = 1_000_000  # pixels
# keys under which services wrap a page, or several
WRAPPERS = ("res", "prunedResult", "result", "layoutParsingResults", "ocrResults", "data", "pages")
DEEPEST_WRAPPER = 6
# PaddleOCR's names of blocks, in all of its versions, and what they are
KINDS: Mapping[str, BlockKind] = {
    "doc_title": "title", "paragraph_title": "title", "title": "title", "abstract_title": "title",
    "reference_title": "title", "content_title": "title",
    "table": "table",
    "image": "picture", "figure": "picture", "chart": "picture", "seal": "seal",
    "header_image": "furniture", "footer_image": "furniture",
    "table_title": "caption", "figure_title": "caption", "chart_title": "caption",
    "figure_table_chart_title": "caption", "table_caption": "caption", "figure_caption": "caption",
    "formula": "formula", "display_formula": "formula", "equation": "formula",
    "number": "furniture", "header": "furniture", "footer": "furniture", "aside_text": "furniture",
    "footnote": "footnote", "vision_footnote": "text",
}  # fmt: skip
LEVELS = {"doc_title": 1, "title": 1}


class PaddleBlock(msgspec.Struct):
    """A block of a page."""

    block_label: object = None
    block_content: object = None
    block_bbox: object = None
    label: object = None  # the same three in the first versions, and in some services
    content: object = None
    bbox: object = None
    score: object = None
    image: object = None


class PaddlePage(msgspec.Struct):
    """A page."""

    page_index: object = None
    width: object = None
    height: object = None
    parsing_res_list: list[PaddleBlock] | None = None
    rec_texts: list[object] = []
    rec_scores: list[object] = []
    rec_boxes: list[object] = []
    rec_polys: list[object] = []
    input_path: object = None


def is_paddle(data: object) -> bool:
    """Whether JSON is of PaddleOCR: pages with parsing_res_list or rec_texts, bare or wrapped."""
    pages = pages_in(data)
    return bool(pages)


def pages_in(data: object, depth: int = 0) -> list[Mapping[str, object]]:
    """List the pages in JSON, however a service wraps them; none where it is something else."""
    if depth > DEEPEST_WRAPPER:
        return []
    if isinstance(data, list):
        found = [pages_in(item, depth + 1) for item in data]
        # a list of other things with one page among them is no list of pages
        return [page for pages in found for page in pages] if data and all(found) else []
    if not isinstance(data, Mapping):
        return []
    if isinstance(data.get("parsing_res_list"), list) or isinstance(data.get("rec_texts"), list):
        return [data]
    return next((pages for key in WRAPPERS if (pages := pages_in(data.get(key), depth + 1))), [])


def page_order(data: object) -> int | None:
    """Give the page_index of a file's first page; None where it names none."""
    number = number_of(next(iter(pages_in(data)), {}).get("page_index"))
    return int(number) if number is not None else None


def read_paddle(files: list[object], source: str) -> EngineResult:
    """Read the pages of an issue, from a file for each or from one for all."""
    pages: list[ReadPage] = []
    blocks: list[ReadBlock] = []
    for number, raw in enumerate((page for data in files for page in pages_in(data)), 1):
        page = msgspec.convert(raw, PaddlePage)
        width = float(count_of(page.width, LARGEST_SIDE))
        height = float(count_of(page.height, LARGEST_SIDE))
        pages.append(ReadPage(number, width, height))
        if page.parsing_res_list is not None:
            blocks += [_block(b, number, (width, height)) for b in page.parsing_res_list]
        else:
            blocks += _lines(page, number, (width, height))
    is_layout = any(block.label for block in blocks)
    engine = "PaddleOCR" if is_layout else "PP-OCR"
    return EngineResult(engine, source, tuple(pages), tuple(blocks))


def _block(block: PaddleBlock, page: int, size: tuple[float, float]) -> ReadBlock:
    label = text_of(block.block_label or block.label).strip()
    kind = KINDS.get(label, "text")
    bbox = block.block_bbox if block.block_bbox is not None else block.bbox
    place = Place(page, box_of(bbox, *size), _score(block.score))
    text = "\n".join(texts_of(block.block_content or block.content))
    image = ""
    if kind in ("picture", "seal", "table"):
        image = _image(bbox, label)
    if kind in ("picture", "seal") and "<img" in text:
        text = ""  # the tag names the picture, which has its name by rule
    if kind == "formula" and text.strip() and not text.lstrip().startswith(("$", "\\[")):
        text = f"$${text.strip()}$$"
    return ReadBlock(kind, text, (place,), label or "text", LEVELS.get(label, 2), image=image)


def _image(bbox: object, label: str) -> str:
    """Name the file of a picture: by rule, after its kind and its place in pixels."""
    numbers = numbers_of(bbox, 4)
    if numbers is None:
        return ""
    return f"imgs/img_in_{label}_box_{'_'.join(str(int(number)) for number in numbers)}.jpg"


def _lines(page: PaddlePage, number: int, size: tuple[float, float]) -> Iterator[ReadBlock]:
    """Give the lines of a page that has no layout."""
    found = []
    for nth, words in enumerate(page.rec_texts):
        raw = page.rec_boxes[nth] if nth < len(page.rec_boxes) else None
        box = box_of(raw, *size)
        if box is None and nth < len(page.rec_polys):
            raw = page.rec_polys[nth]
            box = box_around(raw, *size)
        score = _score(page.rec_scores[nth]) if nth < len(page.rec_scores) else None
        found.append(PageLine(text_of(words), Place(number, box, score), corners_of(raw)))
    lines = join_entries(found)
    text = "\n".join(words for words, _ in lines)
    yield ReadBlock("text", text, (Place(number),), lines=lines)


def _score(value: object) -> float | None:
    number = number_of(value)
    return number if number is not None and 0 <= number <= 1 else None
