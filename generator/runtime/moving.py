"""Move files and folders on systems where another program may hold them for a moment."""

from __future__ import annotations

import time
from pathlib import Path

# on Windows a scanner for viruses, a synchronised folder or a preview holds a file for a moment
TRIES, PAUSE = 25, 0.1  # seconds


def move(source: Path, target: Path) -> None:
    """Move a file over another, or a folder to a new place; try again while somebody holds it."""
    for left in reversed(range(TRIES)):
        try:
            source.replace(target)
        except PermissionError:
            if not left:
                raise
            time.sleep(PAUSE)
        else:
            return
