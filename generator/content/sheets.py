"""Where the pictures of an issue's sheets come from: its PDF, its scans, or pictures handed in."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from os.path import realpath
from pathlib import Path

import msgspec

from generator.content.documents import DOCUMENTS
from generator.content.intake import PAGES, page_files
from generator.content.intake.taken import ISSUE_FILE, layout_file_of
from generator.content.received import RECEIVED
from generator.model import Scan, Source
from generator.model.sheets import SheetPicture
from generator.runtime.patterns import lazy_regex

log = logging.getLogger(__name__)
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"})
FRAMED = frozenset({".tif", ".tiff"})  # a file of them may have several pictures
PDF = ".pdf"
MOST_SHEETS = 5_000  # a year's volume has fewer
NUMBER = lazy_regex(r"\d{1,6}(?=\D*$)")
# folders in received/: of a text that was replaced, of a sheet that was read again
OF_OTHER_TEXT = lazy_regex(r"(?:before|sheet)-\d+")
DRAWN_OVER = lazy_regex(r"_(?:layout|spans?|model)$")  # what MinerU writes beside a PDF


class LayoutSheet(msgspec.Struct, frozen=True):
    """A sheet in layout.json."""

    page: int
    printed: str | None = None
    image: str | None = None


class LayoutLoss(msgspec.Struct, frozen=True):
    """Something on a sheet that is not in the text."""

    page: int = 0
    line: int = 0


class LayoutSheets(msgspec.Struct, frozen=True):
    """What layout.json says of sheets."""

    sha256: str = ""  # of the text that it is about
    source: str | None = None
    pages: tuple[LayoutSheet, ...] = ()
    losses: tuple[LayoutLoss, ...] = ()


def read_sheets(folder: Path, source: Source) -> tuple[SheetPicture, ...]:
    """List the sheets of an issue of which there is a picture; nothing is drawn yet.

    A picture that layout.json names goes before one in pages/, this before a page of the file that
    the text was made from, and this before the scan that issue.toml names.
    """
    if source.parts:
        parts = [
            Part(folder, folder / DOCUMENTS / part.name, part.sha256, n, part.first)
            for n, part in enumerate(source.parts, 1)
        ]
    else:
        parts = [Part(folder, folder / ISSUE_FILE, source.sha256, scan=source.scan)]
    return tuple(sheet for part in parts for sheet in _sheets_of(part))


@dataclass(frozen=True, slots=True)
class Part:
    """The text whose sheets are sought: the whole text of an issue, or one of its files."""

    folder: Path  # of the issue
    text: Path
    sha256: str
    number: int = 0  # among the files of the issue, from 1; 0: there is only one
    first: int = 1  # the line of the joined text at which it begins
    scan: Scan | None = None


def _sheets_of(part: Part) -> Iterator[SheetPicture]:
    folder, text, scan = part.folder, part.text, part.scan
    layout = _layout(layout_file_of(text))
    # the text may cover what the sheets show
    is_edited = bool(layout.sha256) and layout.sha256.lower() != part.sha256.lower()
    printed = {page.page: (page.printed or "").strip() for page in layout.pages}
    images = {page.page: page.image for page in layout.pages if page.image}
    lost: dict[int, list[int]] = defaultdict(list)
    for loss in layout.losses:
        lost[loss.page].append(part.first + loss.line - 1 if loss.line else 0)
    # where the text was recognised from pages/, layout.json counts its pictures
    is_of_pages = layout.source == PAGES and not part.number
    counted = _counted(folder) if is_of_pages and not images else {}
    handed_in = {} if is_of_pages else _handed_in(folder, text, part.number, scan, printed)
    file = _source_file(folder, text, layout.source or "")
    if not file and scan and (file := _file_of(folder, text, scan.file)) and not layout.pages:
        printed |= {n: str(scan.first + n - 1) for n in range(1, _frames(folder / file) + 1)}
        printed = {n: number for n, number in printed.items() if int(number) > 0}
    frames = _frames(folder / file) if file and not layout.pages else 0
    numbers = {*printed, *handed_in, *counted, *range(1, frames + 1)}
    for number in sorted(n for n in numbers if 1 <= n <= MOST_SHEETS):
        name, frame = _file_of(folder, text, images.get(number, "")), 1
        if not name and number in counted:
            name, frame = counted[number]
        if not name:
            name = handed_in.get(number, "")
        if not name and file:
            name, frame = file, number
        if name:
            yield SheetPicture(
                (part.number, number),
                name,
                frame,
                printed.get(number, ""),
                tuple(sorted(lost[number])),
                is_edited,
            )


def _layout(path: Path) -> LayoutSheets:
    """Read what layout.json says of sheets; ``read_paper`` has refused one that is no JSON."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=LayoutSheets)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return LayoutSheets()


def _handed_in(
    folder: Path, text: Path, part: int, scan: Scan | None, printed: dict[int, str]
) -> dict[int, str]:
    """Find the pictures in pages/, by the sheets that their names count.

    An issue of several files has a folder in pages/ for each, with the name of the file. Where
    [scan] names the pictures by the printed pages, their numbers are printed ones.
    """
    where = folder / PAGES / text.stem if part else folder / PAGES
    by_number = {number: sheet for sheet, number in printed.items() if number}
    found: dict[int, str] = {}
    for path in sorted(where.iterdir()) if where.is_dir() else ():
        number = NUMBER.search(path.stem)
        if path.suffix.lower() not in PICTURES or not number or not _is_own(folder, path):
            continue
        sheet, name = int(number[0]), path.relative_to(folder).as_posix()
        if scan and "{page}" in scan.file and scan.name(sheet) == name:
            at = by_number.get(str(sheet), sheet)
            printed[at] = str(sheet)
            sheet = at
        found.setdefault(sheet, name)
    return found


def _counted(folder: Path) -> dict[int, tuple[str, int]]:
    """Count the pictures in pages/ in their order, those in a file one by one: file and frame."""
    from PIL import Image, UnidentifiedImageError  # takes long to load, and is seldom needed

    found: list[tuple[str, int]] = []
    for path in page_files(folder):
        count = 1
        if path.suffix.lower() in FRAMED and _is_own(folder, path):
            try:
                with Image.open(path) as opened:
                    count = int(getattr(opened, "n_frames", 1))
            except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
                log.warning("%s: 打不开，不登原页图片；请换一份没有损坏的", path)
        name = path.relative_to(folder).as_posix()
        found += [(name, frame) for frame in range(1, count + 1)]
    return dict(enumerate(found[:MOST_SHEETS], 1))


def _source_file(folder: Path, text: Path, said: str) -> str:
    """Find the PDF or the scan that a text was made from."""
    if found := _file_of(folder, text, said):
        return found
    if found := _file_of(folder, text, text.with_suffix(PDF).name):
        return found
    listed = sorted((folder / RECEIVED).rglob(f"*{PDF}")) if text.parent == folder else []
    listed = [
        path
        for path in listed
        if not DRAWN_OVER.search(path.stem)
        and not OF_OTHER_TEXT.match(path.relative_to(folder / RECEIVED).parts[0])
    ]
    if len(listed) != 1:
        return ""
    return _file_of(folder, text, listed[0].relative_to(folder).as_posix())


def _file_of(folder: Path, text: Path, said: str) -> str:
    """Find a PDF or picture by its name: beside the text, in the issue's folder or received/."""
    if not said or Path(said).suffix.lower() not in {PDF, *PICTURES}:
        return ""
    for where in dict.fromkeys((text.parent, folder, folder / RECEIVED)):
        path = where / said
        if path.is_file() and _is_own(folder, path):
            return Path(realpath(path)).relative_to(realpath(folder)).as_posix()
    return ""


def _is_own(folder: Path, path: Path) -> bool:
    """Whether a file is inside the folder of its issue, and no link out of it."""
    return Path(realpath(path)).is_relative_to(realpath(folder))


def _frames(path: Path) -> int:
    """Count the pages of a PDF, or the pictures in a file of pictures; 0 if it cannot be read."""
    if path.suffix.lower() != PDF:
        return 1
    import pypdfium2 as pdfium  # takes long to load, and most issues have a layout

    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        log.warning("%s: 打不开，不登原页图片；请换一份没有密码、没有损坏的", path)
        return 0
    try:
        return len(pdf)
    finally:
        pdf.close()
