"""Where a likely reading stands in the line of the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import TypeAlias

from generator.model import TextBlock

Reading: TypeAlias = tuple[str, str]  # before and after, as in Diagnostic; both empty: unknown
UNKNOWN: Reading = ("", "")
CERTAIN = 0.95  # confidence of what a rule has acted on already, or what can be counted
LIKELY = 0.7
# punctuation that rules widen, as it is in the file
WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | dict.fromkeys(map(ord, "“”"), '"')
WIDEST = 64  # characters to the left of a place that may be taken to name it


def reading_at(line: str, start: int, end: int, after: str) -> Reading:
    """Give the reading of line[start:end], with so much of the line that it is found there first.

    An insertion (``start == end``) takes the character before or behind it.
    """
    if start == end:
        if start:
            start, after = start - 1, line[start - 1] + after
        else:
            end, after = end + 1, after + line[end : end + 1]
    taken = 0
    while (
        line.find(line[start - taken : end]) != start - taken and taken < WIDEST and taken < start
    ):
        taken = min(2 * taken + 1, WIDEST, start)
    before = line[start - taken : end]
    if not before or line.find(before) != start - taken:
        return UNKNOWN
    return before, line[start - taken : start] + after


def reading_in(block: TextBlock, start: int, end: int, after: str, lines: Sequence[str]) -> Reading:
    """Give the reading of a place of a block's text, in the line of the source that has it.

    The place is found by its count: the third 人 of the text from this line is the third 人 of the
    line. Unknown where a rule changed the number of them.
    """
    nth = max(bisect_right(block.breaks, start, key=itemgetter(0)) - 1, 0)
    first, number = block.breaks[nth]
    last = block.breaks[nth + 1][0] if nth + 1 < len(block.breaks) else len(block.text)
    line = lines[number - 1]
    own, printed = block.text[first:last].translate(WIDTH), line.translate(WIDTH)
    wanted = own[start - first : end - first]
    if not wanted or end > last or own.count(wanted) != printed.count(wanted):
        return UNKNOWN
    at = -len(wanted)
    for _ in range(own.count(wanted, 0, start - first) + 1):
        at = printed.find(wanted, at + len(wanted))
    return reading_at(line, at, at + len(wanted), after)
