"""MinerU: content_list.json, content_list_v2.json, middle.json.

Each has the whole issue. content_list is preferred, for all versions write it; middle adds the
sizes of the pages and the version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from generator.content.intake.engines.json_values import (
    box_of,
    count_of,
    number_of,
    text_of,
    texts_of,
)
from generator.content.intake.engines.result import BlockKind, EngineResult, ReadBlock
from generator.content.intake.taken import Box, Place, ReadPage
from generator.content.intake.text import join_pieces

MOST_PAGES = 10_000
KNOWN_SHARE = 0.8  # of the blocks that say which format a file has
THOUSANDTHS = 1000.0  # of the page: the unit of places in both content lists
# MinerU's names of blocks, in all of its versions, and what they are
KINDS: Mapping[str, BlockKind] = {
    "title": "title",
    "text": "text", "paragraph": "text", "list": "text", "index": "text", "code": "text",
    "algorithm": "text", "ref_text": "text", "phonetic": "text", "abstract": "text",
    "table": "table",
    "image": "picture", "chart": "picture", "figure": "picture", "seal": "seal",
    "equation": "formula", "equation_interline": "formula", "interline_equation": "formula",
    "page_footnote": "footnote",
    "header": "furniture", "page_header": "furniture",
    "footer": "furniture", "page_footer": "furniture",
    "page_number": "furniture", "aside_text": "furniture", "page_aside_text": "furniture",
    "discarded": "furniture",
}  # fmt: skip


class Item(msgspec.Struct):
    """A block of content_list.json; what no version promises may be anything."""

    type: str
    text: object = None
    text_level: object = None
    sub_type: object = None
    content: object = None  # the words of a seal, the figures of a chart
    list_items: object = None
    code_body: object = None
    table_body: object = None
    table_caption: object = None
    table_footnote: object = None
    image_caption: object = None
    image_footnote: object = None
    img_caption: object = None  # until version 1
    img_footnote: object = None
    chart_caption: object = None
    chart_footnote: object = None
    code_caption: object = None
    img_path: object = None
    page_idx: object = None
    bbox: object = None


class ItemV2(msgspec.Struct):
    """A block of content_list_v2.json."""

    type: str
    content: object = None
    bbox: object = None
    sub_type: object = None


class Span(msgspec.Struct):
    """A piece of a line of middle.json."""

    type: str = ""
    content: object = None
    html: object = None
    image_path: object = None
    img_path: object = None
    score: object = None
    cross_page: object = None


class Row(msgspec.Struct):
    """A line of middle.json."""

    spans: list[Span] = []
    bbox: object = None
    is_list_start_line: object = None


class MiddleBlock(msgspec.Struct):
    """A block of middle.json; a table and a picture have blocks of their own."""

    type: str
    bbox: object = None
    lines: list[Row] = []
    blocks: list[MiddleBlock] = []
    level: object = None
    sub_type: object = None


class MiddlePage(msgspec.Struct):
    """A page of middle.json."""

    page_idx: object = None
    page_size: object = None
    para_blocks: list[MiddleBlock] | None = None
    discarded_blocks: list[MiddleBlock] | None = None


class Middle(msgspec.Struct):
    """middle.json; the web service calls it layout.json."""

    pdf_info: list[MiddlePage]
    version: object = msgspec.field(default=None, name="_version_name")
    backend: object = msgspec.field(default=None, name="_backend")


def unwrapped(data: object) -> dict[str, object]:
    """Give the content list or middle.json of each document in the answer of MinerU's service.

    There each is a text of JSON: {"results": {"第3期": {"content_list": "[…]", …}}}. Any other JSON
    is given back as it is, under no name.
    """
    results = data.get("results") if isinstance(data, Mapping) else None
    if not isinstance(results, Mapping) or not results:
        return {"": data}
    found: dict[str, object] = {}
    for name, result in results.items():
        inner = _inner(result)
        if inner is None:
            return {"": data}
        found[str(name) if len(results) > 1 else ""] = inner
    return found


def _inner(result: object) -> object:
    """Give the best JSON of one document; None if there is none."""
    for key in ("content_list", "middle_json"):
        inner = result.get(key) if isinstance(result, Mapping) else None
        if isinstance(inner, str) and inner:
            try:
                return msgspec.json.decode(inner)
            except (msgspec.DecodeError, RecursionError):
                return None
        if isinstance(inner, list | Mapping):
            return inner
    return None


def is_content_list(data: object) -> bool:
    """Whether JSON is a content_list.json: a list of blocks with types that MinerU knows."""
    if not isinstance(data, list) or not data:
        return False
    some = [item for item in data[:50] if isinstance(item, Mapping)]
    known = [
        item
        for item in some
        if isinstance(item.get("type"), str)
        and item["type"] in KINDS
        and ("page_idx" in item or "text" in item or "img_path" in item)
    ]
    # a later version may have kinds of its own, which are read as texts
    return len(some) == len(data[:50]) and len(known) >= len(some) * KNOWN_SHARE


def is_content_list_v2(data: object) -> bool:
    """Whether JSON is a content_list_v2.json: a list of pages, each a list of blocks."""
    if not isinstance(data, list) or not data or not all(isinstance(page, list) for page in data):
        return False
    some = [item for page in data[:50] for item in page[:5]]
    return bool(some) and all(
        isinstance(item, Mapping)
        and isinstance(item.get("type"), str)
        and isinstance(item.get("content"), Mapping)
        for item in some
    )


def is_middle(data: object) -> bool:
    """Whether JSON is a middle.json."""
    return isinstance(data, Mapping) and isinstance(data.get("pdf_info"), list)


def read_content_list(data: object, source: str, middle: object = None) -> EngineResult:
    """Read a content_list.json; sizes of pages and the version come from middle.json, if any."""
    items = msgspec.convert(data, list[Item])
    sizes = msgspec.convert(middle, Middle) if middle is not None else None
    blocks = []
    for item in items:
        page = count_of(item.page_idx, MOST_PAGES) + 1 if item.page_idx is not None else 0
        blocks.append(_from_item(item, _place(item.bbox, page)))
    kept = tuple(block for block in blocks if not _is_moved(block))
    return EngineResult(_engine(sizes), source, _pages(sizes, blocks), kept)


def _is_moved(block: ReadBlock) -> bool:
    """Whether a block is empty because MinerU joined it to the one before the page's edge."""
    return not (block.text.strip() or block.image or block.captions or block.notes)


def _from_item(item: Item, place: Place) -> ReadBlock:
    level = count_of(item.text_level, 9)
    kind = KINDS.get(item.type, "text")
    if kind == "text" and level:
        kind = "title"
    if kind == "picture" and item.sub_type == "seal":
        kind = "seal"
    captions = (item.table_caption, item.image_caption, item.img_caption, item.chart_caption,
                item.code_caption)  # fmt: skip
    notes = (item.table_footnote, item.image_footnote, item.img_footnote, item.chart_footnote)
    if kind == "table":
        text = text_of(item.table_body)
    elif kind in ("picture", "seal"):
        text = text_of(item.content) or text_of(item.text)
    else:
        bodies = (item.text, item.list_items, item.code_body)
        text = "\n".join(words for body in bodies for words in texts_of(body))
    return ReadBlock(
        kind,
        text or ("" if kind in ("table", "picture", "seal") else text_of(item.content)),
        (place,),
        item.type,
        level or 1,
        tuple(words for caption in captions for words in texts_of(caption)),
        tuple(words for note in notes for words in texts_of(note)),
        text_of(item.img_path),
    )


def read_content_list_v2(data: object, source: str, middle: object = None) -> EngineResult:
    """Read a content_list_v2.json."""
    pages = msgspec.convert(data, list[list[ItemV2]])
    sizes = msgspec.convert(middle, Middle) if middle is not None else None
    blocks = [
        _from_item_v2(item, _place(item.bbox, number))
        for number, page in enumerate(pages, 1)
        for item in page
    ]
    kept = tuple(block for block in blocks if not _is_moved(block))
    return EngineResult(_engine(sizes), source, _pages(sizes, blocks, len(pages)), kept)


def _from_item_v2(item: ItemV2, place: Place) -> ReadBlock:
    content = item.content if isinstance(item.content, Mapping) else {"content": item.content}
    captions: list[str] = []
    notes: list[str] = []
    bodies: list[str] = []
    for key, value in content.items():
        if not isinstance(key, str):
            continue
        if key.endswith("_caption"):
            captions.append(text_of(value))
        elif key.endswith("_footnote") and item.type != "page_footnote":
            notes.append(text_of(value))
        elif key == "list_items":
            bodies += _items_v2(value)
        elif key in ("html", "content", "text") or key.endswith(("_content", "_body")):
            bodies.append(text_of(value))
    kind = KINDS.get(item.type, "text")
    if kind == "picture" and "seal" in (item.sub_type, content.get("sub_type")):
        kind = "seal"
    image = content.get("image_source")
    path = image.get("path") if isinstance(image, Mapping) else content.get("img_path")
    text = "\n".join(filter(None, bodies))
    if kind == "formula" and text and not text.lstrip().startswith("$"):
        text = f"$${text.strip()}$$"
    return ReadBlock(
        kind, text, (place,), item.type, count_of(content.get("level"), 9) or 1,
        tuple(filter(None, captions)), tuple(filter(None, notes)), text_of(path),
    )  # fmt: skip


def _items_v2(value: object) -> Iterator[str]:
    """Give the items of a list, each a line."""
    for item in value if isinstance(value, list) else []:
        words = item.get("item_content", item) if isinstance(item, Mapping) else item
        yield text_of(words)


def read_middle(data: object, source: str) -> EngineResult:
    """Read a middle.json: here a paragraph over a page's edge has a place on both sides."""
    middle = msgspec.convert(data, Middle)
    blocks = []
    for nth, page in enumerate(middle.pdf_info):
        number = _number(page, nth)
        size = _size(page)
        blocks += [_from_middle(block, number, size) for block in page.para_blocks or ()
                   if block.lines or block.blocks]  # fmt: skip
        for block in page.discarded_blocks or ():
            found = _from_middle(block, number, size)
            is_note = found.kind == "footnote"
            blocks.append(found if is_note else _as_furniture(found, block.type))
    kept = tuple(block for block in blocks if not _is_moved(block))
    return EngineResult(_engine(middle), source, _pages(middle, blocks), kept)


def _as_furniture(block: ReadBlock, label: str) -> ReadBlock:
    return ReadBlock("furniture", block.text, block.places, label)


def _from_middle(block: MiddleBlock, page: int, size: tuple[float, float]) -> ReadBlock:
    kind = KINDS.get(block.type, "text")
    if kind == "picture" and block.sub_type == "seal":
        kind = "seal"
    captions: list[str] = []
    notes: list[str] = []
    bodies: list[str] = []
    image = ""
    for part in block.blocks or [block]:
        words = _html(part) if kind == "table" else ""
        if part.type.endswith("_caption"):
            captions.append(_paragraph(part))
        elif part.type.endswith("_footnote") and block.blocks:
            notes.append(_paragraph(part))
        else:
            bodies.append(words or _paragraph(part))
            image = image or _image(part)
    text = "\n".join(filter(None, bodies))
    if kind == "formula" and text:
        text = f"$${text.strip().strip('$').strip()}$$"
    places = _places_of(block, page, size)
    level = count_of(block.level, 9) or 1
    return ReadBlock(
        kind, text, places, block.type, level, tuple(captions), tuple(notes),
        f"images/{image}" if image else "",
    )  # fmt: skip


def _places_of(block: MiddleBlock, page: int, size: tuple[float, float]) -> tuple[Place, ...]:
    """Give the place of a block, and that of its lines on the next page."""
    scores = [number_of(s.score) for row in block.lines for s in row.spans if s.type == "text"]
    known = [score for score in scores if score is not None and 0 <= score <= 1]
    score = min(known) if known and len(known) == len(scores) else None
    places = [Place(page, box_of(block.bbox, *size), score)]
    over = [
        box
        for row in block.lines
        if row.spans and all(span.cross_page is True for span in row.spans)
        and (box := box_of(row.bbox, *size))
    ]  # fmt: skip
    if over:
        places.append(Place(page + 1, _around(over), score))
    return tuple(places)


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def _paragraph(block: MiddleBlock) -> str:
    """Join the lines of a paragraph; an item of a list begins a line."""
    text = ""
    for row in block.lines:
        words = ""
        for span in row.spans:
            if span.type in ("image", "table", "chart"):
                words = join_pieces(words, text_of(span.content))
            else:
                words = join_pieces(words, text_of({"type": span.type, "content": span.content}))
        is_item = row.is_list_start_line is True and block.type in ("list", "index")
        text = f"{text}\n{words}" if is_item and text else join_pieces(text, words.strip())
    return "\n".join(filter(None, [text, *map(_paragraph, block.blocks)]))


def _html(block: MiddleBlock) -> str:
    return "".join(text_of(span.html) for row in block.lines for span in row.spans)


def _image(block: MiddleBlock) -> str:
    spans = [span for row in block.lines for span in row.spans]
    return next((p for s in spans if (p := text_of(s.image_path) or text_of(s.img_path))), "")


def _place(bbox: object, page: int) -> Place:
    return Place(page, box_of(bbox, THOUSANDTHS, THOUSANDTHS) if page else None)


def _number(page: MiddlePage, nth: int) -> int:
    return (count_of(page.page_idx, MOST_PAGES) if page.page_idx is not None else nth) + 1


def _size(page: MiddlePage) -> tuple[float, float]:
    if not isinstance(page.page_size, list) or len(page.page_size) != 2:
        return 0.0, 0.0
    width, height = (number_of(length) or 0.0 for length in page.page_size)
    return width, height


def _engine(middle: Middle | None) -> str:
    if middle is None:
        return "MinerU"
    named = [
        text_of(middle.version)[:40],
        f"({backend})" if (backend := text_of(middle.backend)[:40]) else "",
    ]
    return " ".join(filter(None, ["MinerU", *named]))


def _pages(
    middle: Middle | None, blocks: Sequence[ReadBlock], count: int = 0
) -> tuple[ReadPage, ...]:
    """List the pages, with their sizes where middle.json names them."""
    sizes = {}
    if middle is not None:
        sizes = {_number(page, nth): _size(page) for nth, page in enumerate(middle.pdf_info)}
    last = max(
        [count, *sizes, *(place.page for block in blocks for place in block.places)], default=0
    )
    return tuple(ReadPage(n, *sizes.get(n, (0.0, 0.0))) for n in range(1, last + 1))
