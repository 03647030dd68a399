"""The formulas of a source that drew them: the text has each in one line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that stands in a line of the text, as its source draws it."""

    line: int
    text: str  # as it stands in the line
    mathml: str
