"""Marks of lists: Markdown's own are removed, printed ones keep their items apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.language.ordinals import FIRST, parse_ordinal
from generator.model import Block, Paragraph, Table, TextBlock
from generator.model.edits import Edit, edited
from generator.runtime.patterns import lazy_regex
from generator.stages.normalize.joins import as_heading
from generator.stages.parse.headings import heading_clue
from generator.stages.parse.lines import Line

# "- 各县人民政府"; no page number - 12 -, no figure - 5.2%
MARK = lazy_regex(
    r"(?P<mark>[-*+•])[ \t\xa0\u3000]+(?![-*+—–\s])(?!\d[\d.．,，]*\s?(?:[-—–%％‰]|\Z))"
)
MARKS = frozenset("-*+•")
# a scan prints these; they are Markdown's own only before an ordinal, or in a list
PRINTED = frozenset("*+•")


def drop_list_marks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Remove the mark of a list that only Markdown has; each item stays a block of its own.

    ``- （一）退还湖岸。`` → ``（一）退还湖岸。``; a printed mark such as ● or ① stays.

    给编辑：去掉转换程序加的列表符号（- 、* ），每一项仍各为一段；印刷的●、①不动。
    """
    found = {
        n: mark
        for n, block in enumerate(blocks)
        if not isinstance(block, Table)
        and block.text[:1] in MARKS
        and (not isinstance(block, Paragraph) or (block.kind == "paragraph" and not block.is_item))
        and (mark := MARK.match(block.text))
    }
    if not found:
        return blocks
    listed = _in_lists(blocks, {n: mark["mark"] for n, mark in found.items()})
    changed = list(blocks)
    for n, mark in found.items():
        block = blocks[n]
        if isinstance(block, Table) or (mark["mark"] in PRINTED and n not in listed):
            continue
        changed[n] = _without_mark(block, mark.end())
    return tuple(changed)


def _in_lists(blocks: Sequence[Block], marks: dict[int, str]) -> set[int]:
    """Find the items whose mark the item beside them has too, or that begin with an ordinal."""
    listed: set[int] = set()
    for n, mark in marks.items():
        beside = {marks.get(n - 1), marks.get(n + 1)}
        block = blocks[n]
        text = "" if isinstance(block, Table) else block.text
        if (mark != "•" and mark in beside) or parse_ordinal(text[1:].lstrip()):
            listed.add(n)
    return listed


def _without_mark(block: TextBlock, end: int) -> TextBlock:
    """Remove a mark and the blanks behind it; what it hid may be a heading."""
    text = edited(block, [Edit(0, end, "")])
    if not isinstance(text, Paragraph):
        return text
    ordinal = parse_ordinal(text.text) if text.text[:1] in FIRST else None
    first = text.lines.first
    clue = heading_clue(Line(first, text.text, text.hashes), ordinal) if ordinal else None
    if clue and clue.verdict == "heading":
        return as_heading(text, clue.name)
    return replace(text, is_item=True)
