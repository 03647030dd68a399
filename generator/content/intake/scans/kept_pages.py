"""Pages that were recognised before: a run that was stopped goes on where it ended."""

from __future__ import annotations

import hashlib
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator.content.intake.scans.values import ScannedPage
from generator.runtime.errors import reason_of

if TYPE_CHECKING:
    from generator.content.intake.scans.pictures import Picture

log = logging.getLogger(__name__)

FOLDER = Path("build") / "scans"  # of the archive that the command runs in; `make clean` empties it
VERSION = 2  # of the way in which a page is read; a change of it makes old pages unused
MOST_PAGES = 2_000  # that are kept; those unused longest go first


def key_of(picture: Picture, engine: str) -> str:
    """Give the name of a page: a digest of its picture and of what reads it."""
    digest = hashlib.sha256(f"{engine} {VERSION} {picture.grey.shape} {picture.dpi:.2f}\n".encode())
    digest.update(picture.grey.tobytes())
    return digest.hexdigest()


def find_page(key: str) -> ScannedPage | None:
    """Find a page that was recognised before."""
    path = FOLDER / f"{key}.json"
    try:
        page = msgspec.json.decode(path.read_bytes(), type=ScannedPage)
    except (OSError, msgspec.DecodeError):  # none, or written by half
        return None
    with suppress(OSError):
        path.touch()
    return page


def keep_page(key: str, page: ScannedPage) -> None:
    """Keep a recognised page; a disk that takes no more only costs time in the next run."""
    path = FOLDER / f"{key}.json"
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(f".{os.getpid()}")
        aside.write_bytes(msgspec.json.encode(page))
        aside.replace(path)
    except OSError as error:
        log.warning("%s: 存不下识别完的一页（%s）；中断后须从头识别", FOLDER, reason_of(error))


def forget_old_pages() -> None:
    """Delete the pages beyond those that are kept."""
    with suppress(OSError):
        kept = sorted(FOLDER.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[MOST_PAGES:]:
            path.unlink(missing_ok=True)
