"""Scanned pages → text: pictures of pages are recognised by RapidOCR and read as all pages are.

What recognises (rapidocr, onnxruntime, OpenCV) comes with the extra ``ocr``; the modules that need
it are imported only when there is something to recognise.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from generator.content.intake.scans.doubts import is_poor, with_doubts
from generator.content.intake.sheets import SheetPage, Unread, read_sheets
from generator.runtime.errors import SourceError
from generator.runtime.progress import watch

if TYPE_CHECKING:
    from generator.content.intake.scans.pictures import Picture
    from generator.content.intake.scans.values import ScannedPage
    from generator.content.intake.taken import Taken

log = logging.getLogger(__name__)

NEEDED = ("rapidocr", "onnxruntime", "cv2", "PIL")
HOW_TO_INSTALL = "pip install 'gazette-generator[ocr]'（源码目录里用 make ocr）"


def has_ocr() -> bool:
    """Whether the extra is installed."""
    return all(find_spec(name) for name in NEEDED)


def refuse_without_ocr(path: Path, what: str) -> None:
    """Refuse a file that must be recognised where nothing can recognise it."""
    if not has_ocr():
        msg = (
            f"{path}:1: {what}，要先识别文字；请安装识别软件再运行一次：{HOW_TO_INSTALL}，"
            "或放入别的软件识别所得的结果"
        )
        raise SourceError(msg)


def recognise_pdf_pages(path: Path, numbers: Sequence[int]) -> list[SheetPage]:
    """Recognise pages of a PDF that are pictures; they keep their numbers, which begin at 1."""
    from generator.content.intake.scans.pictures import pages_of_pdf

    return _recognised(path, pages_of_pdf(path, numbers), len(numbers))


def convert_pictures(paths: Sequence[Path], names: Sequence[str] = ()) -> Taken:
    """Convert the pictures of an issue's pages, in their order, into the text of issue.md.

    ``names`` are their places in the issue's folder, for the layout; none for a file whose pages
    are found by their number in it. Raises SourceError for a file that cannot be read, and where
    nothing is installed that could recognise it.
    """
    refuse_without_ocr(paths[0], "这是页面的图片")
    from generator.content.intake.scans.engine import ENGINE
    from generator.content.intake.scans.pictures import count_frames, pages_of_files

    count = count_frames(paths)
    pages = _recognised(paths[0], pages_of_files(paths), count)
    if len(names) == len(pages):
        pages = [replace(page, image=name) for page, name in zip(pages, names, strict=True)]
    return with_doubts(read_sheets(pages, paths[0], ENGINE), pages)


def _recognised(path: Path, pictures: Iterable[Picture], count: int) -> list[SheetPage]:
    from generator.content.intake.scans.sheet_page import sheet_pages

    pages = sheet_pages(list(_read_all(path, pictures, count)))
    return [
        replace(page, unread=(*page.unread, Unread("coarse"))) if _is_poor(page) else page
        for page in pages
    ]


def _is_poor(page: SheetPage) -> bool:
    return is_poor(page) and not any(each.kind == "coarse" for each in page.unread)


def _read_all(
    path: Path, pictures: Iterable[Picture], count: int
) -> Iterator[tuple[int, ScannedPage]]:
    from generator.content.intake.scans import kept_pages
    from generator.content.intake.scans.engine import ENGINE
    from generator.content.intake.scans.page import read_page

    with watch(f"识别 {path.name}", count) as report:
        for done, picture in enumerate(pictures):
            report(done, f"第 {picture.number} 页")
            key = kept_pages.key_of(picture, ENGINE)
            page = kept_pages.find_page(key)
            if page is None:
                page = read_page(picture)
                kept_pages.keep_page(key, page)
            yield picture.number, page
        report(count, "")
    kept_pages.forget_old_pages()
