"""Decimal numbers at the beginning of a text: of a unit (1.1 编制目的), or broken (12. 5亿元)."""

from __future__ import annotations

import re

from generator.language.decimal_units import DECIMAL, DIGITS, POINT, is_unit_name
from generator.language.figures import first_decimals
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


def close_up_first_figures(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Drop the blank inside a decimal that begins a paragraph, if it is not a unit's number.

    ``12. 5亿元用于…`` → ``12.5亿元用于…``; between ``11.`` and ``13.`` it is a unit.

    给编辑：段首“12. 5亿元”这样的小数去掉空格；上下有11.、13.的是序号，不动。
    """
    texts = ["" if isinstance(block, Table) else block.text for block in blocks]
    found = first_decimals(texts)
    if not found:
        return blocks
    gaps = {
        n: [
            Edit(at, at + 1, "") for at in range(*figure.span("gap")) if figure.string[at].isspace()
        ]
        for n, figure in found.items()
    }
    return edited_at(blocks, gaps)
