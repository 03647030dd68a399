"""Files that wait to be taken in: what they are, and which issue they seem to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.content import load, tidy_issue_name
from generator.content.documents import DOCUMENTS
from generator.content.engine_results import Placed
from generator.content.handed_in import put, take
from generator.content.intake import PAGES, SCANS
from generator.content.intake.natural_order import natural_order
from generator.content.intake.taken import ISSUE_FILE
from generator.language.dates import YEAR
from generator.language.issue_numbers import special_number
from generator.model import Masthead
from generator.runtime.errors import GazetteError
from generator.runtime.patterns import lazy_regex
from generator.stages.parse import parse

# kinds that are read in a moment
QUICK = (".md", ".txt", ".docx", ".docm", ".html", ".htm", ".zip", ".json", ".ofd", ".pdf")
LARGEST_LOOK = 30_000_000  # bytes in all that are looked at
LOOKED_AT = 3  # pages of a PDF that show whether it is a scan
IN_NAME = lazy_regex(rf"(?P<year>{YEAR})\D{{0,4}}?(?:第|-|_)\s*0*(?P<number>\d{{1,3}})(?:期|\b)")
SHEET_IN_NAME = lazy_regex(r"(?:第|p|page|_|-|^)\s*0*(?P<sheet>\d{1,4})\s*(?:页|张|$)", re.I)


@dataclass(frozen=True, slots=True)
class Look:
    """What files seem to be; what could not be seen is empty."""

    what: str = ""  # in words
    title: str = ""
    issue: str = ""  # <year>-<number>
    sponsor: str = ""
    phone: str = ""
    sheet: int = 0  # a file with one page: the sheet that its name tells
    fault: str = ""


def look(files: Sequence[Path]) -> Look:
    """Look at the masthead of files, at the first page of a scan, at their names."""
    if not files:
        return Look()
    try:
        with TemporaryDirectory() as scratch:
            found = _look(files, Path(scratch))
    except GazetteError as error:
        said = re.sub(r"(?:/[^/\s:]+)+/", "", str(error))
        return Look(issue=_issue_in_names(files), fault=by_own_name(said, files))
    return found


def by_own_name(words: str, files: Sequence[Path]) -> str:
    """Call a file that is the whole issue as it was handed in: issue.docx → 第2期.docx."""
    if len(files) != 1:
        return words
    return re.sub(rf"(?:\S*/)?issue{re.escape(files[0].suffix.lower())}(?=:)", files[0].name, words)


def _look(files: Sequence[Path], scratch: Path) -> Look:
    unpacked = scratch / "zip"
    unpacked.mkdir()
    placed = take(files, unpacked)
    folder = scratch / "look" / "look"  # no name of an issue, which would be taken for its number
    folder.mkdir(parents=True)
    if scan := _scan_of(placed):
        text = _first_page(scan)
        (folder / ISSUE_FILE).write_text(text or "—\n", "utf-8")
    elif (quick := _quick(placed)).copied or quick.written:
        put(quick, folder)
    else:
        return Look(_what(placed, files), issue=_issue_in_names(files))
    source = load(folder)
    head = parse(source).masthead
    printed = "\n".join(source.text.split("\n")[head.lines.first - 1 : head.lines.last])
    return Look(
        _what(placed, files),
        head.title,
        _issue_of(head, printed) or _issue_in_names(files),
        head.sponsor,
        head.phone,
        _sheet_in_name(files),
    )


def _quick(placed: Placed) -> Placed:
    """Give the texts alone that are read in a moment; nothing if they are too large."""
    copied = {
        place: path
        for place, path in placed.copied.items()
        if not placed.said and path.suffix.lower() in QUICK
    }
    size = sum(path.stat().st_size for path in copied.values())
    written = {place: text for place, text in placed.written.items() if place == ISSUE_FILE}
    return Placed(copied if size <= LARGEST_LOOK else {}, written, ())


def _what(placed: Placed, files: Sequence[Path]) -> str:
    """Say in words what the files will be."""
    if placed.said:
        return "识别软件的结果"
    places = list(placed.copied)
    if documents := [p for p in places if p.startswith(f"{DOCUMENTS}/") and not _is_picture(p)]:
        return f"一篇一个文件，{len(documents)} 个"
    if pages := [place for place in places if place.startswith(f"{PAGES}/")]:
        return f"扫描的图 {len(pages)} 张，收入时识别文字"
    if _scan_of(placed):
        return "扫描件，收入时识别文字"
    return f"整期一个文件（{files[0].suffix.lower().removeprefix('.').upper() or '文本'}）"


def _is_picture(place: str) -> bool:
    return Path(place).suffix.lower() in SCANS


def _scan_of(placed: Placed) -> Path | None:
    """Give the file whose pages must be recognised: the first picture, or a PDF without text."""
    pages = [
        path
        for place, path in placed.copied.items()
        if _is_picture(place) and place.startswith((f"{PAGES}/", "issue."))
    ]
    if pages:
        return min(pages, key=lambda path: natural_order(path.name))
    pdf = placed.copied.get("issue.pdf")
    return pdf if pdf and not _has_text(pdf) else None


def _has_text(pdf: Path) -> bool:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            pages = (document[n] for n in range(min(LOOKED_AT, len(document))))
            return any(page.get_textpage().count_chars() > 0 for page in pages)
    except pypdfium2.PdfiumError:
        return True  # intake says what is wrong of it


def _first_page(scan: Path) -> str:
    """Recognise the first page; it is kept, so that it is not recognised again."""
    from generator.content.intake.scans import convert_pictures, has_ocr, recognise_pdf_pages
    from generator.content.intake.scans.engine import ENGINE
    from generator.content.intake.sheets import read_sheets

    if not has_ocr():
        return ""
    if scan.suffix.lower() == ".pdf":
        return read_sheets(recognise_pdf_pages(scan, [1]), scan, ENGINE).text
    return convert_pictures([scan]).text


def _issue_of(head: Masthead, printed: str) -> str:
    special = special_number(printed)
    if special == "" or not head.year:
        return ""
    number = special or head.number
    return tidy_issue_name(f"{head.year}-{number}") if number else ""


def _issue_in_names(files: Sequence[Path]) -> str:
    found = next(filter(None, (IN_NAME.search(path.name) for path in files)), None)
    return tidy_issue_name(f"{found['year']}-{found['number']}") if found else ""


def _sheet_in_name(files: Sequence[Path]) -> int:
    if len(files) != 1:
        return 0
    found = SHEET_IN_NAME.search(files[0].stem)
    return int(found["sheet"]) if found else 0
