"""Signs that no reader sees, or that turn the direction of a line, and that change what is read.

Unicode Technical Report 36. They are taken out of official text (normalize), reported (diagnose),
and a page shows where one stood: with its name, and never the sign itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# zero width and soft hyphen; turning; fillers; tags; variation selectors (机U+FE00密 is read as
# 机密 and not found as such), but for U+E0100 …, which say how an ideograph of a name is written
SIGNS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)
# and what has no form: controls but for tabs and line ends, signs that old fonts gave one
FORMLESS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff"
UNSEEN = f"{SIGNS}{FORMLESS}"  # for a class of a pattern
INVISIBLE = re.compile(f"[{UNSEEN}]")


def name_of(sign: str) -> str:
    """Name a sign as Unicode does: U+202E."""
    return f"U+{ord(sign):04X}"


def named(text: str, show: Callable[[str], str] = "〔{}〕".format) -> str:
    """Write the names of such signs in their places; ``show`` says how a name looks."""
    return INVISIBLE.sub(lambda found: show(name_of(found[0])), text)
