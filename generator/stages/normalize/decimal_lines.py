"""The rule that keeps a blank between the decimal number of a unit and its name."""

from __future__ import annotations

import re

from generator.language.decimal_units import DECIMAL, DIGITS, POINT, is_unit_name
from generator.model import Block, Table
from generator.model.edits import Edit, edited_at


def part_decimal_units(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Keep one blank of full width after the number of a unit, if the units have decimal numbers.

    ``1 总则`` → ``1　总则``, ``1.1 编制目的`` → ``1.1　编制目的``: without a blank, the number
    would run into the name.

    给编辑：按1、1.1、2.1.1编号的章节，序号后的空格保留为全角。
    """
    units: dict[int, re.Match[str]] = {}
    decimals = 0
    for n, block in enumerate(blocks):
        if isinstance(block, Table) or block.text[:1] not in DIGITS:
            continue
        found = DECIMAL.match(block.text)
        if not found:
            continue
        if POINT.search(found["number"]):
            decimals += 1
        elif not is_unit_name(block.text[found.end() :]):
            continue
        if found["gap"]:
            units[n] = found
    if decimals < 2:
        return blocks
    gaps = {n: [Edit(*found.span("gap"), "\u3000")] for n, found in units.items()}
    return edited_at(blocks, gaps)
