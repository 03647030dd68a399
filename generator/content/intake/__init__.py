"""Word and PDF → issue.md: what an editor hands in becomes text, once, for the editor to check.

The libraries that read Word and PDF are imported where they are used: only an issue that is taken
in pays for them. What cannot be taken along is named in the log.
"""

from __future__ import annotations

from pathlib import Path

from generator.content.intake.pdf import convert_pdf
from generator.content.intake.word import convert_docx
from generator.runtime.errors import SourceError

__all__ = ["ISSUE_FILE", "SOURCES", "convert_docx", "convert_pdf", "take_in"]

SOURCES: tuple[str, ...] = ("issue.docx", "issue.pdf")
ISSUE_FILE = "issue.md"


def take_in(folder: Path) -> Path | None:
    """Convert issue.docx or issue.pdf into issue.md beside it, unless issue.md is there already.

    Gives the path of issue.md when it was written now, None otherwise. Raises SourceError when the
    source cannot be read; then nothing is written.
    """
    target = folder / ISSUE_FILE
    source = next((folder / name for name in SOURCES if (folder / name).is_file()), None)
    if source is None or target.exists():
        return None
    text = (convert_docx if source.suffix == ".docx" else convert_pdf)(source)
    try:
        # never over a file that came up meanwhile
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        msg = f"{target}:1: cannot be written ({error.strerror})"
        raise SourceError(msg) from error
    return target
