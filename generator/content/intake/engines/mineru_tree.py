"""MinerU 4: middle_json.json and structured_content.json, the pages as trees of blocks.

The first has texts as spans with their styles; the second has them as Markdown and is written for
programs that do not need spans. Places are shares of the page; Word documents have none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from generator.content.intake.engines.json_values import box_of, count_of, text_of
from generator.content.intake.engines.result import BlockKind, EngineResult, ReadBlock
from generator.content.intake.taken import Place, ReadPage
from generator.content.intake.text import join_pieces

MOST_PAGES = 10_000
DEEPEST = 12  # lists within lists
SCHEMA = "docvortex.middle"
# the names of blocks on a page, and what they are
KINDS: Mapping[str, BlockKind] = {
    "doc_title": "title", "paragraph_title": "title",
    "text": "text", "ref_text": "text", "list": "text", "index": "text", "code": "text",
    "table": "table", "image": "picture", "chart": "picture", "equation": "formula",
    "page_footnote": "footnote",
    "header": "furniture", "footer": "furniture", "page_number": "furniture",
    "aside_text": "furniture",
}  # fmt: skip


class Block(msgspec.Struct):
    """A block; its content is a text, a list of spans, or a list of blocks within it."""

    type: str
    content: object = None
    bbox: object = None
    level: object = None
    sub_type: object = None
    continues_prev: object = None  # goes on with the text of the page before
    captions: object = None  # of structured_content
    footnotes: object = None
    image_path: object = None
    image_url: object = None
    image_source: object = None


class Page(msgspec.Struct):
    """A page."""

    page_idx: object = None
    blocks: list[Block] = []


class Producer(msgspec.Struct):
    """The program that wrote the file."""

    name: object = None
    version: object = None


class Metadata(msgspec.Struct):
    """Facts of the document."""

    producer: Producer = msgspec.field(default_factory=Producer)


class Tree(msgspec.Struct):
    """The whole file."""

    pages: list[Page]
    metadata: Metadata = msgspec.field(default_factory=Metadata)


def is_middle_tree(data: object) -> bool:
    """Whether JSON is a middle_json.json of MinerU 4."""
    return isinstance(data, Mapping) and data.get("schema") == SCHEMA


def is_structured_content(data: object) -> bool:
    """Whether JSON is a structured_content.json: its pages have blocks of types that are known."""
    pages = data.get("pages") if isinstance(data, Mapping) else None
    if not isinstance(pages, list) or "schema" in data:  # type: ignore[operator]
        return False
    some = [page.get("blocks") for page in pages[:20] if isinstance(page, Mapping)]
    blocks = [block for found in some if isinstance(found, list) for block in found[:5]]
    known = [b for b in blocks if isinstance(b, Mapping) and b.get("type") in tuple(KINDS)]
    return bool(blocks) and len(known) == len(blocks) and all("content" in b for b in known)


def read_tree(data: object, source: str) -> EngineResult:
    """Read either of the files."""
    tree = msgspec.convert(data, Tree)
    blocks: list[ReadBlock] = []
    numbers = []
    for nth, page in enumerate(tree.pages):
        number = (count_of(page.page_idx, MOST_PAGES) if page.page_idx is not None else nth) + 1
        numbers.append(number)
        for block in page.blocks:
            _append(blocks, _read(block, number), block.continues_prev is True)
    # Word documents have one page and no places: then nothing is known of pages
    if not any(block.bbox is not None for page in tree.pages for block in page.blocks):
        blocks = [replace(block, places=(Place(0),)) for block in blocks]
        numbers = []
    pages = tuple(ReadPage(n, 0.0, 0.0) for n in range(1, max(numbers, default=0) + 1))
    producer = tree.metadata.producer
    version = text_of(producer.version)[:40] if text_of(producer.name).lower() == "mineru" else ""
    return EngineResult(f"MinerU {version}".strip(), source, pages, tuple(blocks))


def _append(blocks: list[ReadBlock], block: ReadBlock, continues: bool) -> None:
    """Add a block, or join it to the last text: MinerU says of a text that it goes on with it."""
    words = block.text.strip()
    if not (words or block.image or block.captions or block.notes):
        return
    last = next((n for n in range(len(blocks) - 1, -1, -1) if blocks[n].kind == "text"), None)
    if continues and block.kind == "text" and last is not None and blocks[last].label != "list":
        before = blocks[last]
        joined = join_pieces(before.text.rstrip(), words)
        blocks[last] = replace(before, text=joined, places=(*before.places, *block.places))
    else:
        blocks.append(block)


def _read(block: Block, page: int) -> ReadBlock:
    kind = KINDS.get(block.type, "text")
    if kind == "picture" and block.sub_type == "seal":
        kind = "seal"
    place = Place(page, box_of(block.bbox, 1.0, 1.0))
    level = count_of(block.level, 9) or 1
    if kind not in ("table", "picture", "seal", "text", "formula"):
        return ReadBlock(kind, text_of(block.content), (place,), block.type, level)
    if kind == "formula":
        words = text_of(block.content).strip().strip("$").strip()
        image = _image(block)
        return ReadBlock(kind, f"$${words}$$" if words else "", (place,), block.type, image=image)
    bodies: list[str] = []
    captions = _annotations(block.captions)
    notes = _annotations(block.footnotes)
    image = _image(block)
    inner = _blocks_in(block.content)
    for part in inner:
        if part.type.endswith("_caption"):
            captions.append(text_of(part.content))
        elif part.type.endswith("_footnote"):
            notes.append(text_of(part.content))
        else:
            bodies += _items(part, 0)
            image = image or _image(part)
    if not inner:
        bodies.append(text_of(block.content))
    return ReadBlock(
        kind, "\n".join(filter(None, bodies)), (place,), block.type, level,
        tuple(filter(None, captions)), tuple(filter(None, notes)), image,
    )  # fmt: skip


def _blocks_in(content: object) -> list[Block]:
    """Give the blocks in a list; spans, which are a list too, are none."""
    if not isinstance(content, list) or all(map(_is_span, content)):
        return []
    return [
        msgspec.convert(item, Block)
        for item in content
        if isinstance(item, Mapping) and isinstance(item.get("type"), str)
    ]


def _is_span(item: object) -> bool:
    """Whether an item is a piece of a line: in a list, an item is a block with spans of its own."""
    if not isinstance(item, Mapping):
        return True
    kind, content = item.get("type"), item.get("content")
    return kind == "hyperlink" or (
        kind in ("text", "equation_inline", "code_inline") and isinstance(content, str)
    )


def _items(block: Block, depth: int) -> Iterator[str]:
    """Give the items of a list and of the lists within it, each a line."""
    inner = _blocks_in(block.content)
    if not inner or depth > DEEPEST:
        yield text_of(block.content)
        return
    for part in inner:
        yield from _items(part, depth + 1)


def _annotations(value: object) -> list[str]:
    """Give the captions or notes of structured_content: objects with a text."""
    return [text_of(item) for item in value] if isinstance(value, list) else []


def _image(block: Block) -> str:
    paths: Sequence[object] = (block.image_path, block.image_source, block.image_url)
    return next((path for value in paths if (path := text_of(value))), "")
