"""Characters that are invisible or turn the direction of a line, and so falsify the text.

Source: Unicode Technical Report 36. They are removed from official text (normalize) and reported
(diagnose), and a page shows the place of each by its name, never by the character itself.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.runtime.patterns import lazy_regex

# zero width and soft hyphen; direction; fillers; tags; variation selectors (机U+FE00密 looks like
# 机密 but is not found by it), except U+E0100 …, which select the form of an ideograph in a name
HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)
# characters without a form: controls except tabs and line ends, and the private use area, whose
# characters have a form in certain old fonts only
FORMLESS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff"
UNSEEN = f"{HIDDEN}{FORMLESS}"  # for a character class of a pattern
INVISIBLE = lazy_regex(f"[{UNSEEN}]")


def name_of(character: str) -> str:
    """Name a character as Unicode does: U+202E."""
    return f"U+{ord(character):04X}"


def named(text: str, show: Callable[[str], str] = "〔{}〕".format) -> str:
    """Replace each such character by its name; ``show`` formats the name."""
    return INVISIBLE.sub(lambda found: show(name_of(found[0])), text)
