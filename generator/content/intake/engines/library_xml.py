"""hOCR and ALTO, which libraries and archives hold: lines with boxes and the scores of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree, html

from generator.content.intake.engines.json_values import number_of, shares_of
from generator.content.intake.engines.result import BlockKind, EngineResult, ReadBlock
from generator.content.intake.taken import Place, ReadPage
from generator.content.intake.text import join_pieces
from generator.runtime.errors import SourceError
from generator.runtime.patterns import lazy_regex

LOOKED_AT = 100_000  # bytes of a file that say what it is
BBOX = lazy_regex(
    r"\bbbox\s+(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)"
)
CONFIDENCE = lazy_regex(r"\bx_wconf\s+(\d{1,3}(?:\.\d{1,6})?)")
# classes of hOCR that are lines
LINES = frozenset(
    {"ocr_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocrx_line"}
)
# ocr_header is none of them: Tesseract calls headings so
HOCR_MARGINS = {"ocr_pageno": "page_number", "ocr_footer": "footer"}
ALTO_MARGINS = {
    "TopMargin": "header", "BottomMargin": "footer", "LeftMargin": "aside_text",
    "RightMargin": "aside_text",
}  # fmt: skip


def is_hocr(data: object) -> bool:
    """Whether the bytes of a file are hOCR."""
    return (
        isinstance(data, bytes)
        and re.search(rb"[\"' ]ocr_page[\"' ]", data[:LOOKED_AT]) is not None
    )


def is_alto(data: object) -> bool:
    """Whether the bytes of a file are ALTO."""
    return (
        isinstance(data, bytes) and re.search(rb"<(?:\w+:)?alto[\s>]", data[:LOOKED_AT]) is not None
    )


def read_hocr(files: Sequence[object], source: str) -> EngineResult:
    """Read files of hOCR, each of one page or of several."""
    pages: list[ReadPage] = []
    blocks: list[ReadBlock] = []
    for data in files:
        root = _root(data, source, is_html=True)
        for page in _with_class(root, {"ocr_page"}):
            number = len(pages) + 1
            left, top, right, bottom = _bbox(page) or (0.0, 0.0, 0.0, 0.0)
            size = (right - left, bottom - top)
            pages.append(ReadPage(number, *size))
            blocks += _hocr_blocks(page, number, size)
    return EngineResult("hOCR", source, tuple(pages), tuple(blocks))


def _hocr_blocks(
    page: html.HtmlElement, number: int, size: tuple[float, float]
) -> Iterator[ReadBlock]:
    """Give the paragraphs of a page, and lines that are in none."""
    seen: set[html.HtmlElement] = set()
    for part in _with_class(page, {"ocr_par", "ocr_pageno", *LINES}):
        if part in seen:
            continue
        names = _classes(part)
        lines = [part] if names & LINES else list(_with_class(part, LINES)) or [part]
        seen.update(lines)
        found = tuple(filter(lambda line: line[0], (_hocr_line(e, number, size) for e in lines)))
        text = "\n".join(words for words, _ in found)
        margin = next((HOCR_MARGINS[n] for n in sorted(names) if n in HOCR_MARGINS), "")
        if text:
            kind: BlockKind = "furniture" if margin else "text"
            yield ReadBlock(kind, text, (found[0][1],), margin, lines=found)


def _hocr_line(line: html.HtmlElement, page: int, size: tuple[float, float]) -> tuple[str, Place]:
    words = list(_with_class(line, {"ocrx_word", "ocr_word"}))
    texts = [str(word.text_content()).strip() for word in words] or [str(line.text_content())]
    scores = [float(m[1]) / 100 for w in words if (m := CONFIDENCE.search(w.get("title") or ""))]
    box = _bbox(line)
    place = Place(
        page,
        shares_of(*box, *size) if box and min(size) > 0 else None,
        round(min(1.0, sum(scores) / len(scores)), 4) if scores else None,
    )
    return _joined(texts), place


def read_alto(files: Sequence[object], source: str) -> EngineResult:
    """Read files of ALTO, each of one page or of several."""
    pages: list[ReadPage] = []
    blocks: list[ReadBlock] = []
    for data in files:
        root = _root(data, source, is_html=False)
        for page in _named(root, "Page"):
            number = len(pages) + 1
            size = (number_of(page.get("WIDTH")) or 0.0, number_of(page.get("HEIGHT")) or 0.0)
            pages.append(ReadPage(number, *size, (page.get("PRINTED_IMG_NR") or "")[:12]))
            for part in _named(page, "TextBlock"):
                above = (_name(parent) for parent in part.iterancestors())
                margin = next((ALTO_MARGINS[n] for n in above if n in ALTO_MARGINS), "")
                lines = [_alto_line(line, number, size) for line in _named(part, "TextLine")]
                found = tuple(line for line in lines if line[0])
                text = "\n".join(words for words, _ in found)
                if text:
                    kind: BlockKind = "furniture" if margin else "text"
                    blocks.append(ReadBlock(kind, text, (found[0][1],), margin, lines=found))
    return EngineResult("ALTO", source, tuple(pages), tuple(blocks))


def _alto_line(line: etree._Element, page: int, size: tuple[float, float]) -> tuple[str, Place]:
    texts, scores = [], []
    for part in line:
        if _name(part) in ("String", "HYP"):
            texts.append(part.get("CONTENT") or "")
            if (score := number_of(part.get("WC"))) is not None and 0 <= score <= 1:
                scores.append(score)
    left, top, width, height = (number_of(line.get(k)) for k in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    box = None
    if left is not None and top is not None and width and height and min(size) > 0:
        box = shares_of(left, top, left + width, top + height, *size)
    score = round(sum(scores) / len(scores), 4) if scores else None
    return _joined(texts), Place(page, box, score)


def _root(data: object, source: str, *, is_html: bool) -> etree._Element:
    """Parse a file without loading anything that it names."""
    try:
        if isinstance(data, bytes) and is_html:
            # a declaration of the encoding in the file is obeyed
            return html.document_fromstring(data)
        if isinstance(data, bytes):
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
            )
            return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        msg = f"{source}:1: 不是完整的 hOCR 或 ALTO 文件；请重新导出"
        raise SourceError(msg) from error
    msg = f"{source}:1: 不是 hOCR 或 ALTO 文件；请重新导出"
    raise SourceError(msg)


def _joined(texts: Sequence[str]) -> str:
    joined = ""
    for text in texts:
        joined = join_pieces(joined, text.strip())
    return joined.strip()


def _classes(element: html.HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def _with_class(
    root: html.HtmlElement, names: set[str] | frozenset[str]
) -> Iterator[html.HtmlElement]:
    for element in root.iterdescendants():
        if isinstance(element.tag, str) and _classes(element) & names:
            yield element


def _bbox(element: html.HtmlElement) -> tuple[float, float, float, float] | None:
    found = BBOX.search((element.get("title") or "")[:2_000])
    if not found:
        return None
    left, top, right, bottom = (float(number) for number in found.groups())
    return left, top, right, bottom


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iterdescendants() if _name(element) == name)
