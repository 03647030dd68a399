"""Units of plans and standards, numbered 1, 1.1, 2.1.1 (GB/T 1.1): where such a number begins."""

from __future__ import annotations

import re

from generator.edits import Edit, edited
from generator.model import Block, Table

# a unit of measure or count, by which 1.5 is a quantity
MEASURE = (
    r"[万亿千百倍元亩吨克斤]|公[里顷斤升分]|平方|立方|[厘毫][米升克]|个(?!人|体|案|性)|小时|摄氏"
    r"|[人户家次年天岁名级度分秒月日号米升成](?=\W|$|以[上下内]|左右|均)|级地震"
)
# 2.1.1 省生态环境厅 · 1.1编制目的 · 1 总则, whose blank is of full width where it is known for one
DECIMAL = re.compile(
    rf"""
    (?P<number>\d{{1,2}}(?:[.．]\d{{1,2}}){{0,4}})
    (?P<gap>[ \xa0\u3000]*+)
    (?!{MEASURE})(?=[\u3400-\u9fff“《])
    """,
    re.VERBOSE,
)
DIGITS = frozenset("0123456789０１２３４５６７８９")
LONGEST_LABEL = 20  # characters of a unit's name
MARKS = frozenset("，。；：！？、,;:!?")


def decimal_unit(text: str) -> int:
    """Where the text of a unit with a decimal number begins; 0 when a line begins with none."""
    if text[:1] not in DIGITS:
        return 0
    found = DECIMAL.match(text)
    if not found:
        return 0
    is_one = "." in found["number"] or "．" in found["number"] or "\u3000" in found["gap"]
    return found.end() if is_one else 0


def is_decimal_heading(text: str) -> bool:
    """Whether a line is nothing but the number and the name of such a unit."""
    end = decimal_unit(text)
    label = text[end:]
    return bool(end) and len(label) <= LONGEST_LABEL and not any(mark in label for mark in MARKS)


def part_decimal_units(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Keep one blank of full width after the number of a unit, where units have decimal ones.

    ``1 总则`` → ``1　总则``, ``1.1 编制目的`` → ``1.1　编制目的``: closed up, the number would
    run into the name.

    给编辑：按1、1.1、2.1.1编号的章节，序号后的空格保留为全角。
    """
    units: dict[int, re.Match[str]] = {}
    decimals = 0
    for n, block in enumerate(blocks):
        if isinstance(block, Table) or block.text[:1] not in DIGITS:
            continue
        found = DECIMAL.match(block.text)
        if not found or not found["gap"]:
            continue
        if found["number"].isdecimal():
            label = block.text[found.end() :]
            if len(label) > LONGEST_LABEL or any(mark in label for mark in MARKS):
                continue
        else:
            decimals += 1
        units[n] = found
    if decimals < 2:
        return blocks
    return tuple(
        edited(block, [Edit(*units[n].span("gap"), "\u3000")])
        if n in units and not isinstance(block, Table) and units[n]["gap"] != "\u3000"
        else block
        for n, block in enumerate(blocks)
    )
