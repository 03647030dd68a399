"""Word and PDF → issue.md: what an editor hands in becomes text, once, for the editor to check.

What reads Word and PDF is imported where it is used: only an issue that is taken in pays for it.
What cannot be taken along is named in the log.
"""

from __future__ import annotations

from pathlib import Path

from generator.runtime.errors import SourceError

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
    text = _convert(source)
    try:
        # never over a file that came up meanwhile
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        msg = f"{target}:1: cannot be written ({error.strerror})"
        raise SourceError(msg) from error
    return target


def _convert(source: Path) -> str:
    if source.suffix == ".docx":
        from generator.content.intake.word import convert_docx

        return convert_docx(source)
    from generator.content.intake.pdf import convert_pdf

    return convert_pdf(source)
