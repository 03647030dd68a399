"""Ordinals → outline: the label, level, depth and anchor of every unit and paragraph.

Anchors come from the printed numbering, so that they survive a rebuild (docs/data.md, Addresses):
``s3-2`` is （二） under 三、, or 3.2 in a plan with decimal numbers, ``a15-1`` an item of an
article, ``s3-2-p2`` the second paragraph of a unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.language.decimal_units import POINT, find_decimal_units
from generator.language.ordinals import RANKS, Ordinal, OrdinalStyle, Rank, parse_ordinal
from generator.language.units import read_units
from generator.model import Block, Heading, Paragraph, Table, TextBlock, with_number
from generator.model.quick import quickly_made

ITEM_LEVEL = 4  # level of every unit under an article
LEAD_LENGTH = 40  # characters; a longer first sentence is not shown like a heading
LETTERS: dict[OrdinalStyle, str] = {"part": "b", "chapter": "c", "clause": "j", "article": "a"}


@quickly_made
@dataclass(frozen=True, slots=True)
class _Unit:
    """An open unit: later blocks belong to it until a unit of its own or a wider rank begins."""

    rank: Rank
    level: int
    anchor: str
    path: tuple[int, ...]


@dataclass(slots=True)
class _Scope:
    """The state of the numbering while one document or attachment is read."""

    prefix: str
    is_rules: bool
    open: list[_Unit] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=dict)
    paragraphs: Counter[str] = field(default_factory=Counter)

    def unique(self, anchor: str) -> str:
        """Add -b2 to an anchor that is taken already; the result may be taken, too."""
        count = self.used[anchor] = self.used.get(anchor, 0) + 1
        return anchor if count == 1 else self.unique(f"{anchor}-b{count}")

    def enter(self, ordinal: Ordinal) -> _Unit:
        """Open the unit of an ordinal, after closing the units that it ends."""
        rank = ordinal.rank
        while self.open and self.open[-1].rank >= rank:
            self.open.pop()
        parent = self.open[-1] if self.open else None
        level = self._level(ordinal)
        name = self._name(ordinal, level, parent)
        path = ordinal.path or (ordinal.number,)
        unit = _Unit(rank, level, self.unique(self.prefix + name), path)
        self.open.append(unit)
        return unit

    def _level(self, ordinal: Ordinal) -> int:
        style = ordinal.style
        if not self.is_rules or style in LETTERS:
            return ordinal.level
        if style != "section" or any(unit.rank == RANKS["article"] for unit in self.open):
            return ITEM_LEVEL
        return 1

    def _name(self, ordinal: Ordinal, level: int, parent: _Unit | None) -> str:
        number = ordinal.number
        above = parent.anchor.removeprefix(self.prefix) if parent else ""
        if ordinal.style == "article":  # articles are numbered through the whole text
            return f"a{number}"
        if letter := LETTERS.get(ordinal.style):
            return f"{above}-{letter}{number}" if above else f"{letter}{number}"
        if ordinal.path:
            return _decimal_name(ordinal.path, above, parent.path if parent else ())
        if not above:
            return f"s{number}" if level == 1 else f"s-l{level}.{number}"
        if parent and level > parent.level + 1:
            return f"{above}-l{level}.{number}"
        return f"{above}-{number}"

    def paragraph(self, first_in_unit: int) -> str:
        """Make the anchor of a paragraph without a number."""
        if not self.open:
            self.paragraphs[""] += 1
            return self.unique(f"{self.prefix}p{self.paragraphs['']}")
        unit = self.open[-1].anchor
        self.paragraphs[unit] = max(self.paragraphs[unit] + 1, first_in_unit)
        return self.unique(f"{unit}-p{self.paragraphs[unit]}")


def _decimal_name(path: tuple[int, ...], above: str, parent: tuple[int, ...]) -> str:
    """Name a unit by its whole number: 2.1.1 is s2-1-1, even if no 2.1 comes before it."""
    held = len(parent) if parent == path[: len(parent)] and len(parent) < len(path) else 0
    numbers = "-".join(map(str, path[held:]))
    return f"{above}-{numbers}" if above else f"s{numbers}"


def number_blocks(blocks: Sequence[Block], prefix: str) -> tuple[Block, ...]:
    """Give every block its anchor, and every numbered unit its ordinal, label, level and depth.

    ``prefix`` is ``f1-`` inside the first attachment, empty in the document itself.
    """
    ordinals = units_of(blocks)
    scope = _Scope(prefix, any(o and o.style == "article" for o in ordinals))
    if not scope.is_rules:  # 甲、乙、 number only paragraphs of articles, in old regulations
        ordinals = [None if o and o.style == "stem" else o for o in ordinals]
    numbered: list[Block] = []
    for block, ordinal in zip(blocks, ordinals, strict=True):
        match block:
            case Table():
                scope.paragraphs["table"] += 1
                anchor = scope.unique(f"{prefix}t{scope.paragraphs['table']}")
                numbered.append(replace(block, anchor=anchor))
            case Heading() | Paragraph():
                numbered.append(_number_text(block, ordinal, scope))
    return tuple(numbered)


def units_of(blocks: Sequence[Block]) -> list[Ordinal | None]:
    """Read the ordinal of each block of a document or attachment; None if it has none."""
    return read_units([_numbered_text(block) for block in blocks])


def decimal_units(blocks: Sequence[Block]) -> dict[int, Ordinal]:
    """Find the units numbered 1, 1.1, 2.1.1, and no others: index of the block → ordinal."""
    return find_decimal_units([_numbered_text(block) for block in blocks])


def printed_ordinal(block: TextBlock) -> Ordinal | None:
    """Read the ordinal of a numbered unit; None for any other block."""
    printed = block.ordinal
    if printed[-1:].isdecimal():  # 2.1.1, which parse_ordinal does not read in a single line
        path = tuple(map(int, POINT.split(printed)))
        return Ordinal("decimal", path[-1], printed, len(printed), path)
    ordinal = parse_ordinal(block.text) if printed else None
    if ordinal and ordinal.style == "point" and block.level == 1:  # 1.总则 above 1.1
        path = (ordinal.number,)
        return Ordinal("decimal", ordinal.number, printed, ordinal.end, path)
    return ordinal


def _numbered_text(block: Block) -> str:
    """Give the text of a block that may be a unit; empty for any other block."""
    if isinstance(block, Paragraph):
        return block.text if block.kind == "paragraph" else ""
    return block.text if isinstance(block, Heading) else ""


def _number_text(block: TextBlock, ordinal: Ordinal | None, scope: _Scope) -> TextBlock:
    if ordinal:
        unit = scope.enter(ordinal)
        label, _ = split_label(block.text, ordinal)
        if isinstance(block, Paragraph):
            scope.paragraphs[unit.anchor] = 1  # the line with the ordinal is the first paragraph
        return with_number(
            block, unit.anchor, ordinal.text, label, (unit.level, len(scope.open) - 1)
        )
    if isinstance(block, Heading):
        scope.paragraphs["heading"] += 1
        anchor = scope.unique(f"{scope.prefix}h{scope.paragraphs['heading']}")
        return with_number(block, anchor, label=block.text)
    if block.kind == "paragraph":
        return with_number(block, scope.paragraph(first_in_unit=1))
    if block.kind == "caption":  # of the table below
        tables = scope.paragraphs["table"] + 1
        return with_number(block, scope.unique(f"{scope.prefix}t{tables}-caption"))
    if block.kind == "table_note":
        tables = scope.paragraphs["table"]
        return with_number(block, scope.unique(f"{scope.prefix}t{tables}-note"))
    if block.kind == "title":
        own = scope.prefix.rstrip("-") or "title"
        return with_number(block, scope.unique(own))
    return with_number(block, scope.unique(scope.prefix + block.kind.replace("_", "-")))


def split_label(text: str, ordinal: Ordinal) -> tuple[str, int]:
    """Give the label of a unit, which ends before the first 。, and the offset after that 。."""
    rest = text[ordinal.end :]
    body = rest.lstrip(" \u3000")
    label, stop, _ = body.partition("。")
    end = len(text) - len(body) + len(label) + len(stop)
    return label.rstrip("；：;: "), end


def lead_length(block: Paragraph) -> int:
    """Count the characters of the lead, which is shown like a heading; 0 if there is no lead.

    A unit that is a single sentence has no lead; nor has one with a long first sentence.
    """
    ordinal = printed_ordinal(block)
    if ordinal is None:
        return 0
    if ordinal.style == "article":
        return len(ordinal.text)
    _, end = split_label(block.text, ordinal)
    return end if end < len(block.text) and end <= LEAD_LENGTH else 0
