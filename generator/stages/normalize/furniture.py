"""The rule that removes parts of the printed page from the text: page numbers, running heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from generator.model import Block, Heading, Paragraph, Table
from generator.stages.parse.furniture import GAZETTE_NAME, PAGE_NUMBER, RUNNING_HEAD

LONGEST_FURNITURE = 40  # characters of such a line
PAGE_LENGTH = 400  # characters between the numbers of two pages, at least
MOST_PAGES = 3  # from one page number to the next, because tables may hide some
EDGES = frozenset("—–―－-·•・")  # of a page's number
DIGITS = frozenset("0123456789")


def drop_page_furniture(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Remove page numbers and running heads on lines of their own; they interrupt paragraphs.

    ``分管领 / — 12 — / 导负责`` → ``分管领导负责``

    给编辑：去掉单独成行的页码（— 12 —）和书眉（某市人民政府公报 2022年第5期）。
    """
    found: dict[int, str] = {}
    furniture: set[int] = set()
    for n, block in enumerate(blocks):
        # most lines are long: a quick test saves the others
        if isinstance(block, Table) or len(text := block.text) > LONGEST_FURNITURE:
            continue
        if not (text[:1] in EDGES or text[-1:] in DIGITS or "报" in text or text[-1:] in "期页"):
            continue
        if not isinstance(block, Heading) and block.kind != "paragraph":
            continue
        if block.evidence.decided:
            continue
        compact = "".join(text.split())
        if PAGE_NUMBER.fullmatch(compact) or RUNNING_HEAD.fullmatch(compact):
            furniture.add(n)
        elif compact.isdecimal() or GAZETTE_NAME.fullmatch(compact):  # perhaps one
            found[n] = compact
    if found:
        furniture |= _beside(furniture, found) | _counting(blocks, found) | _repeated(found)
    if not furniture:
        return blocks
    kept: list[Block] = []
    is_marked = False  # whether an engine marked the end of the page above
    for n, block in enumerate(blocks):
        if n in furniture:
            is_marked = is_marked or (isinstance(block, Paragraph) and block.opens_page)
            continue
        kept.append(_after_page(block, is_marked=is_marked) if n - 1 in furniture else block)
        is_marked = False
    return tuple(kept)


def _after_page(block: Block, *, is_marked: bool) -> Block:
    """Note that a page begins above a table, or above a paragraph if an engine marked it."""
    if isinstance(block, Table):
        return replace(block, opens_page=True) if block.is_closed else block
    return replace(block, opens_page=True) if is_marked and isinstance(block, Paragraph) else block


def _beside(certain: set[int], found: Mapping[int, str]) -> set[int]:
    """Find bare numbers and names next to lines in ``certain``, or a number next to a name."""
    return {
        n
        for n, text in found.items()
        for beside in (n - 1, n + 1)
        if beside in certain or (beside in found and found[beside].isdecimal() != text.isdecimal())
    }


def _repeated(found: Mapping[int, str]) -> set[int]:
    """Find the names of gazettes that are alone on a line several times."""
    counts = Counter(text for text in found.values() if not text.isdecimal())
    return {n for n, text in found.items() if counts[text] > 1}


def _counting(blocks: Sequence[Block], found: Mapping[int, str]) -> set[int]:
    """Find bare numbers that count pages.

    A number is 1 to 3 more than the one before it, with the text of as many pages between them.
    """
    numbers = [n for n, text in found.items() if text.isdecimal()]
    return {
        n
        for above, below in pairwise(numbers)
        if 0 < (step := int(found[below]) - int(found[above])) <= MOST_PAGES
        and sum(_length(block) for block in blocks[above:below]) >= PAGE_LENGTH * step
        for n in (above, below)
    }


def _length(block: Block) -> int:
    if isinstance(block, Table):
        return sum(len(cell) for row in block.rows for cell in row)
    return len(block.text)
