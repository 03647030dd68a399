"""The pictures of an issue's sheets, for the desk."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
BLACKBOX = "image/webp"


def sheet_picture(folder: Path, page: int, width: int) -> tuple[bytes, str] | None:
    """Give the picture of a sheet (from 1) and its media type; None where there is none."""
    for stem in (f"{page:04}", f"{page:03}", f"{page:02}", f"{page}"):
        for suffix, kind in PICTURES.items():
            path = folder / "pages" / f"{stem}{suffix}"
            if path.is_file():
                return path.read_bytes(), kind
    scan = next((p for p in (folder / "issue.pdf", *_scans(folder)) if p.is_file()), None)
    if scan is None:
        return None
    drawn = _draw(scan, scan.stat().st_mtime_ns, page, width)
    return (drawn, BLACKBOX) if drawn else None


def _scans(folder: Path) -> list[Path]:
    received = folder / "received"
    found = [*folder.glob("*.pdf")]
    return [*sorted(found), *(sorted(received.rglob("*.pdf")) if received.is_dir() else ())]


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
