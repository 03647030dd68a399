"""Names of files and folders that every system accepts, because a site is unzipped anywhere."""

from __future__ import annotations

import hashlib
import re

from generator.language.unseen import INVISIBLE
from generator.runtime.patterns import lazy_regex

# characters that Windows, or a shell that unzips, reads with another meaning
UNFIT = lazy_regex(r'[\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff]|[. ]$')
DEVICE = lazy_regex(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
LONGEST_SPELT = 120  # characters kept of a name; with suffixes it stays below 255 bytes


def fault_of(name: str) -> str:
    """Say in Chinese what is wrong with a file's or folder's name; empty when it is fit."""
    if found := UNFIT.search(name) or INVISIBLE.search(name):
        return f"的名称里有 {found[0]!r}"
    if DEVICE.fullmatch(name):
        return "是 Windows 的设备名"
    return ""


def fit_name(spelt: str) -> str:
    """Make a name in small letters fit for a file: no device of Windows, and not too long."""
    if len(spelt) > LONGEST_SPELT:
        return f"{spelt[:LONGEST_SPELT]}-{hashlib.sha256(spelt.encode()).hexdigest()[:6]}"
    return f"{spelt}-1" if DEVICE.fullmatch(spelt) else spelt
