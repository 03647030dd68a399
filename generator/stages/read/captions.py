"""The words of a picture that stand on lines of their own: of a seal, or below a figure."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace

from generator.stages.read.line import Line


def join_captions(lines: Iterable[Line], captions: Set[int]) -> list[Line]:
    """Give a picture the words on the lines below it that are known to be its caption."""
    if not captions:
        return [*lines]
    found: list[Line] = []
    for line in lines:
        above = found[-1] if found else None
        if line.number not in captions or above is None or not above.image or not line.is_text:
            found.append(line)
            continue
        breaks = above.breaks or ((0, above.number),)
        found[-1] = replace(
            above,
            text=above.text + line.text,
            breaks=(*breaks, (len(above.text), line.number)),
        )
    return found
