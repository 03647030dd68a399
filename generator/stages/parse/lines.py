"""The lines that reading gives, and how titles are compared with them."""

from __future__ import annotations

import re

from generator.language.unseen import UNSEEN
from generator.stages.read import Line, lift_marks, read_lines

__all__ = ["Line", "fold_title", "lift_marks", "read_lines", "without_footnote"]

FOOTNOTE_MARK = re.compile(r"(?<=\S)\s*+[\[［〔]\d{1,2}[\]］〕]$")
FOOTNOTE_ENDS = frozenset("]］〕")
NOT_COMPARED = re.compile(rf"[\W_{UNSEEN}]+")


def fold_title(text: str) -> str:
    """Reduce a title to its letters, digits and ideographs; titles are compared in this form."""
    return NOT_COMPARED.sub("", text)


def without_footnote(title: str) -> str:
    """Remove the number of a footnote from the end of a title: …统计公报[1]."""
    return FOOTNOTE_MARK.sub("", title) if title[-1:] in FOOTNOTE_ENDS else title
