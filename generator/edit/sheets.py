"""The pictures of an issue's sheets, for the desk."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from threading import Lock

from generator.content.sheets import PDF, read_sheets
from generator.model import Source

PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}

# PDFium draws one page at a time: two threads at once took one another's fonts, and the pages were
# unreadable
DRAWING = Lock()


def sheet_picture(folder: Path, source: Source, page: int, width: int) -> tuple[bytes, str] | None:
    """Give the picture of a sheet (from 1) and its media type; None where there is none."""
    shown = next((sheet for sheet in read_sheets(folder, source) if sheet.key[1] == page), None)
    if shown is None:
        return None
    path = folder / shown.file
    suffix = path.suffix.lower()
    if suffix in PICTURES:
        return path.read_bytes(), PICTURES[suffix]
    if suffix != PDF:
        return None
    with DRAWING:
        drawn = _draw(path, path.stat().st_mtime_ns, shown.frame, width)
    return (drawn, PICTURES[".webp"]) if drawn else None


@lru_cache(maxsize=48)
def _draw(scan: Path, changed: int, page: int, width: int) -> bytes | None:  # noqa: ARG001
    """Draw a page of a PDF; the time of the file's last change is a part of the cache's key."""
    import pypdfium2

    with pypdfium2.PdfDocument(scan) as document:
        if not 1 <= page <= len(document):
            return None
        drawn = document[page - 1]
        scale = width / max(drawn.get_width(), 1)
        picture = drawn.render(scale=min(scale, 6)).to_pil().convert("RGB")
    data = io.BytesIO()
    picture.save(data, "WEBP", quality=70, method=2)
    return data.getvalue()
