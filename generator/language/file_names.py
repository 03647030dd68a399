"""Names of files and folders that every system takes: a site is unzipped and read anywhere."""

from __future__ import annotations

import hashlib
import re

from generator.language.unseen import INVISIBLE

# what Windows, or a shell that unzips, takes for something else
UNFIT = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff]|[. ]$')
DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
LONGEST_SPELT = 120  # characters that are spelt; with suffixes a name stays below 255 bytes


def fault_of(name: str) -> str:
    """Say what is wrong with a name of a file or folder; empty where nothing is."""
    if found := UNFIT.search(name) or INVISIBLE.search(name):
        return f"has {found[0]!r} in its name"
    if DEVICE.fullmatch(name):
        return "has the name of a device of Windows"
    return ""


def fit_name(spelt: str) -> str:
    """Make a name that was spelt in small letters fit for a file: no device, and not too long."""
    if len(spelt) > LONGEST_SPELT:
        return f"{spelt[:LONGEST_SPELT]}-{hashlib.sha256(spelt.encode()).hexdigest()[:6]}"
    return f"{spelt}-1" if DEVICE.fullmatch(spelt) else spelt
