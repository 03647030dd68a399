"""RapidOCR: the lines of pages, each with its text, score and four corners; a file a page.

The result does not say how large a page is, so that a line has its page and no box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.intake.engines.json_values import number_of, text_of
from generator.content.intake.engines.page_lines import PageLine, corners_of, join_entries
from generator.content.intake.engines.result import EngineResult, ReadBlock
from generator.content.intake.taken import Place, ReadPage


def is_rapidocr(data: object) -> bool:
    """Whether JSON is of RapidOCR: [[corners, text, score], …], [{box, txt, score}, …] or lists."""
    pages = _pages_in(data)
    return bool(pages) and all(any(True for _ in _lines(page, 1)) for page in pages[:5])


def read_rapidocr(files: list[object], source: str) -> EngineResult:
    """Read the pages of an issue."""
    pages = [page for data in files for page in _pages_in(data)]
    blocks = []
    for number, page in enumerate(pages, 1):
        lines = join_entries(_lines(page, number))
        text = "\n".join(words for words, _ in lines)
        blocks.append(ReadBlock("text", text, (Place(number),), lines=lines))
    listed = tuple(ReadPage(n) for n in range(1, len(pages) + 1))
    return EngineResult("RapidOCR", source, listed, tuple(blocks))


def _pages_in(data: object) -> list[object]:
    """List the pages: a list of lines is one, a list of such lists several."""
    if isinstance(data, Mapping):
        return [data] if isinstance(data.get("txts"), list) else []
    if not isinstance(data, list) or not data:
        return []
    if all(_is_line(item) for item in data[:50]):
        return [data]
    if all(isinstance(page, list) and page and _is_line(page[0]) for page in data):
        return list(data)
    return []


def _is_line(item: object) -> bool:
    if isinstance(item, Mapping):
        return "box" in item and ("txt" in item or "text" in item) and "score" in item
    return (
        isinstance(item, list)
        and len(item) in (2, 3)
        and isinstance(item[0], list)
        and len(item[0]) == 4
        and isinstance(item[1], str)
    )


def _lines(page: object, number: int) -> Iterator[PageLine]:
    rows: list[tuple[object, object, object]] = []
    if isinstance(page, Mapping):
        texts = _list(page.get("txts"))
        listed = (_list(page.get(key)) for key in ("scores", "boxes"))
        scores, boxes = ([*found, *[None] * len(texts)] for found in listed)
        rows = [*zip(texts, scores, boxes, strict=False)]
    elif isinstance(page, list):
        for item in page:
            if isinstance(item, Mapping):
                rows.append((item.get("txt", item.get("text")), item.get("score"), item.get("box")))
            elif isinstance(item, list) and len(item) in (2, 3):
                rows.append((item[1], item[2] if len(item) == 3 else None, item[0]))
    for words, score, box in rows:
        found = number_of(score)
        is_share = found is not None and 0 <= found <= 1
        if text := text_of(words).strip():
            place = Place(number, None, found if is_share else None)
            yield PageLine(text, place, corners_of(box))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
