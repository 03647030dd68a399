"""issue.pdf → text: read its pages, and have those recognised that are pictures."""

from __future__ import annotations

import logging
from importlib.metadata import version
from pathlib import Path

from generator.content.intake.pdf_page import is_scanned, read_pages
from generator.content.intake.scans import (
    HOW_TO_INSTALL,
    has_ocr,
    recognise_pdf_pages,
    refuse_without_ocr,
)
from generator.content.intake.scans.doubts import with_doubts
from generator.content.intake.sheets import SheetPage, read_sheets
from generator.content.intake.taken import Taken
from generator.content.intake.text import UNKNOWN

log = logging.getLogger(__name__)

FEWEST_CHARACTERS = 20  # recognised in a picture that is no figure
LIKELY_WRONG = 0.3  # share of unknown characters above which a text cannot be trusted


def convert_pdf(path: Path) -> Taken:
    """Convert a PDF into the text of issue.md; SourceError when it cannot be read.

    Pages that are pictures are recognised where the extra ``ocr`` is installed. Without it such a
    page is among the losses, and a file of such pages is refused.
    """
    pages = read_pages(path)
    sheets = sorted({page.number for page in pages})
    scanned = sorted({page.number for page in pages if is_scanned(page)})
    unnamed = sum(char.text == UNKNOWN for page in pages for char in page.chars)
    if unnamed > LIKELY_WRONG * sum(len(page.chars) for page in pages):
        refuse_without_ocr(path, "字体没有注明所印的是哪些字，文字读不出")
        scanned = sheets
    if not any(page.chars for page in pages):
        scanned = sheets  # drawn as curves, if not scanned
    if len(scanned) * 2 > len(sheets):
        refuse_without_ocr(path, "没有文字层，是扫描件")
    elif scanned and not has_ocr():
        log.warning(
            "%s: 第 %s 页没有文字层，没有转入；请安装识别软件再转换一次（%s），或对照原件补入",
            path,
            "、".join(map(str, scanned)),
            HOW_TO_INSTALL,
        )
        scanned = []
    if has_ocr():  # a picture alone on its page may be a form or a notice
        scanned = sorted({*scanned, *(page.number for page in pages if _is_picture(page))})
    engines = [f"pypdfium2 {version('pypdfium2')}"] if len(scanned) < len(sheets) else []
    if scanned:
        engines.append(f"RapidOCR {version('rapidocr')}")
        read = recognise_pdf_pages(path, scanned)
        figures = {page.number for page in pages if _is_picture(page)}
        recognised = [page for page in read if page.number not in figures or _has_text(page)]
        numbers = {page.number for page in recognised}
        born_digital = [page for page in pages if page.number not in numbers]
        pages = tuple(sorted([*born_digital, *recognised], key=lambda page: page.number))
    return with_doubts(read_sheets(pages, path, " + ".join(engines)), pages)


def _is_picture(page: SheetPage) -> bool:
    """Whether a page has a picture and no text, and the picture does not fill it as a scan does."""
    return bool(page.pictures) and not any(char.text.strip() for char in page.chars)


def _has_text(page: SheetPage) -> bool:
    return len(page.chars) >= FEWEST_CHARACTERS
