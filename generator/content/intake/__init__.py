"""Convert a Word, PDF or OFD file, a web page or scanned pages to issue.md, once, to be checked.

The modules for Word and PDF are imported only when an issue is converted, because they take time to
load. The log names the parts of a file that cannot be converted.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.content.intake.natural_order import natural_order
from generator.content.intake.taken import ISSUE_FILE, Taken, layout_data, layout_file_of
from generator.runtime.data import dump
from generator.runtime.errors import SourceError, reason_of

WORD_FILES = (".docx", ".docm", ".dotx", ".dotm")
# read where LibreOffice is installed
OFFICE_FILES = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ott")
WEB_PAGES = (".html", ".htm")
CONVERTED = (*WORD_FILES, ".pdf", ".ofd", *WEB_PAGES, *OFFICE_FILES)
SCANS = (".png", ".jpg", ".jpeg", ".tif", ".tiff")  # pictures of pages, which are recognised
PAGES = "pages"  # folder of the pictures of an issue's pages, one or more pages a file
SOURCES: tuple[str, ...] = tuple(f"issue{suffix}" for suffix in (*CONVERTED, *SCANS))


def take_in(folder: Path) -> Path | None:
    """Convert issue.docx, .pdf, .ofd, .html … or scanned pages into issue.md, once.

    Scanned pages are issue.tif (or another picture), or the pictures in pages/ if there is no other
    source, in the natural order of their names.

    Gives the path of issue.md if it was written now, else None. Raises SourceError when the file
    cannot be read; then nothing is written.
    """
    target = folder / ISSUE_FILE
    source = next((folder / name for name in SOURCES if (folder / name).is_file()), None)
    if source:
        return take_in_file(source, target)
    if target.exists() or not (pictures := page_files(folder)):
        return None
    from generator.content.intake.scans import convert_pictures

    names = [path.relative_to(folder).as_posix() for path in pictures]
    return _write(convert_pictures(pictures, names), PAGES, target)


def page_files(folder: Path) -> list[Path]:
    """List the pictures in pages/, in the natural order of their names."""
    where = folder / PAGES
    found = where.iterdir() if where.is_dir() else ()
    pictures = (path for path in found if path.suffix.lower() in SCANS and path.is_file())
    return sorted(pictures, key=lambda path: natural_order(path.name))


def take_in_file(source: Path, target: Path) -> Path | None:
    """Convert a file into a text file, unless that is there already.

    What else the file tells, places on paper and losses, goes into layout.json beside the text.

    Gives the path of the text file if it was written now, else None. Raises SourceError when the
    file cannot be read; then nothing is written.
    """
    return None if target.exists() else _write(_convert(source), source.name, target)


def _write(taken: Taken, source: str, target: Path) -> Path:
    if not taken.engine:  # this program has read it itself
        from importlib.metadata import version

        taken = replace(taken, engine=f"gazette-generator {version('gazette-generator')}")
    try:
        if taken.has_layout:
            layout = dump(layout_data(taken, source, target.name))
            layout_file_of(target).write_text(layout, encoding="utf-8", newline="\n")
        # "x": never overwrite a file that appeared in the meantime
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(taken.text)
    except OSError as error:
        msg = f"{target}:1: 写不了（{reason_of(error)}）；请检查这个文件夹"
        raise SourceError(msg) from error
    return target


def _convert(source: Path) -> Taken:
    suffix = source.suffix.lower()
    if suffix in WORD_FILES:
        from generator.content.intake.word import convert_docx

        return convert_docx(source)
    if suffix in OFFICE_FILES:
        from generator.content.intake.word_office import convert_office

        return convert_office(source)
    if suffix in WEB_PAGES:
        from generator.content.intake.web_page import convert_html

        return convert_html(source)
    if source.suffix.lower() in SCANS:
        from generator.content.intake.scans import convert_pictures

        return convert_pictures([source])
    if source.suffix.lower() == ".ofd":
        from generator.content.intake.ofd import convert_ofd

        return convert_ofd(source)
    from generator.content.intake.pdf import convert_pdf

    return convert_pdf(source)
