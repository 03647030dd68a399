"""issue.pdf → text: read born-digital pages with columns, ruled tables and paragraphs."""

from __future__ import annotations

import logging
from importlib.metadata import version
from pathlib import Path

from generator.content.intake.pdf_page import is_scanned, read_pages
from generator.content.intake.sheets import read_sheets
from generator.content.intake.taken import Taken
from generator.content.intake.text import UNKNOWN
from generator.runtime.errors import SourceError

log = logging.getLogger(__name__)

LIKELY_WRONG = 0.3  # share of unknown characters above which a text cannot be trusted


def convert_pdf(path: Path) -> Taken:
    """Convert a born-digital PDF into the text of issue.md; SourceError when it cannot be read.

    A page that is a picture is among the losses; a file of such pages is refused.
    """
    pages = read_pages(path)
    scanned = [page.number for page in pages if is_scanned(page)]
    sheets = {page.number for page in pages}
    if not any(page.chars for page in pages) or len(scanned) * 2 > len(sheets):
        msg = f"{path}:1: 没有文字层，可能是扫描件；请先做文字识别（OCR），再放入识别所得的文本"
        raise SourceError(msg)
    if scanned:
        numbers = "、".join(map(str, scanned))
        log.warning("%s: 第 %s 页没有文字层，没有转入；请对照原件补入", path, numbers)
    chars = [char for page in pages for char in page.chars]
    if sum(UNKNOWN in char.text for char in chars) > LIKELY_WRONG * len(chars):
        msg = (
            f"{path}:1: 字体没有注明所印的是哪些字，文字读不出；"
            "请先做文字识别（OCR），再放入识别所得的文本"
        )
        raise SourceError(msg)
    return read_sheets(pages, path, f"pypdfium2 {version('pypdfium2')}")
