"""Convert a Word, PDF or OFD file or a saved web page to issue.md, once, for the editor to check.

The modules for Word and PDF are imported only when an issue is converted, because they take time to
load. The log names the parts of a file that cannot be converted.
"""

from __future__ import annotations

from pathlib import Path

from generator.content.intake.taken import ISSUE_FILE, Taken, layout_data, layout_file_of
from generator.runtime.data import dump
from generator.runtime.errors import SourceError, reason_of

WORD_FILES = (".docx", ".docm", ".dotx", ".dotm")
# read where LibreOffice is installed
OFFICE_FILES = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ott")
WEB_PAGES = (".html", ".htm")
CONVERTED = (*WORD_FILES, ".pdf", ".ofd", *WEB_PAGES, *OFFICE_FILES)
SOURCES: tuple[str, ...] = tuple(f"issue{suffix}" for suffix in CONVERTED)


def take_in(folder: Path) -> Path | None:
    """Convert issue.docx, .pdf, .ofd, .html … into issue.md beside it, once.

    Gives the path of issue.md if it was written now, else None. Raises SourceError when the file
    cannot be read; then nothing is written.
    """
    target = folder / ISSUE_FILE
    source = next((folder / name for name in SOURCES if (folder / name).is_file()), None)
    return take_in_file(source, target) if source else None


def take_in_file(source: Path, target: Path) -> Path | None:
    """Convert a Word, PDF or OFD file or a web page into a text file, unless that is there already.

    What else the file tells, places on paper and losses, goes into layout.json beside the text.

    Gives the path of the text file if it was written now, else None. Raises SourceError when the
    file cannot be read; then nothing is written.
    """
    if target.exists():
        return None
    taken = _convert(source)
    try:
        if taken.has_layout:
            layout = dump(layout_data(taken, source.name, target.name))
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
    if source.suffix.lower() == ".ofd":
        from generator.content.intake.ofd import convert_ofd

        return convert_ofd(source)
    from generator.content.intake.pdf import convert_pdf

    return convert_pdf(source)
