"""Rules for the blocks of a document: cut tables and paragraphs, headings that are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from generator.edits import Edit, edited
from generator.model import Block, Heading, Lines, Paragraph, Table
from generator.normalize.decimals import part_decimal_units
from generator.normalize.heads import part_number_lines
from generator.normalize.joins import OVER_ARTICLES, as_paragraph, join_cut_paragraphs, ordinal_of
from generator.normalize.organs import part_joint_organs
from generator.normalize.pages import drop_page_furniture
from generator.normalize.people import part_members
from generator.numbering import Ordinal, OrdinalStyle
from generator.outline import RANKS

SERIAL_WORDS = frozenset({"序号", "编号", "号", "项目"})


def merge_table_pieces(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make one table of the pieces that page edges cut; a repeated header is dropped.

    给编辑：合并被分页切开的表格，去掉重复的表头。
    """
    merged: list[Block] = []
    for block in blocks:
        above = merged[-1] if merged else None
        if isinstance(block, Table) and isinstance(above, Table) and _continues(above, block):
            block = _without_repeats(block)
            skip = 1 if _same_row(above.rows[0], block.rows[0]) else 0
            merged[-1] = replace(
                above,
                rows=above.rows + block.rows[skip:],
                lines=Lines(above.lines.first, block.lines.last),
                row_lines=above.row_lines + block.row_lines[skip:],
            )
        else:
            merged.append(_without_repeats(block) if isinstance(block, Table) else block)
    return tuple(merged)


def _without_repeats(table: Table) -> Table:
    """Drop a header that stands again among the rows: no blank line marked the page edge."""
    header = table.rows[0]
    repeated = {n for n, row in enumerate(table.rows) if n and _same_row(header, row)}
    if not repeated or not all(header):
        return table
    return replace(
        table,
        rows=tuple(row for n, row in enumerate(table.rows) if n not in repeated),
        row_lines=tuple(line for n, line in enumerate(table.row_lines) if n not in repeated),
    )


def _continues(above: Table, below: Table) -> bool:
    if len(above.rows[0]) != len(below.rows[0]):
        return False
    if _same_row(above.rows[0], below.rows[0]):
        return True
    return re.sub(r"\s", "", below.rows[0][0]) not in SERIAL_WORDS  # a header of its own


def _same_row(one: Sequence[str], other: Sequence[str]) -> bool:
    return [re.sub(r"\s", "", c) for c in one] == [re.sub(r"\s", "", c) for c in other]


def settle_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make items of the numbered lines that look like headings and are sentences of a list.

    So are those with nothing under them, those of an article that end in 。, and those whose
    sister before them is a sentence too: （一）遵守政府法令。 before （二）保守工作秘密。

    给编辑：下面没有内容的编号行是条目，不是标题，例如“（一）遵守政府法令。”。
    """
    settled: list[Block] = []
    sisters: dict[OrdinalStyle, Block] = {}  # the last unit of each style
    in_article = False
    ordinals = [ordinal_of(block) for block in blocks]
    for n, (block, ordinal) in enumerate(zip(blocks, ordinals, strict=True)):
        if ordinal is None or isinstance(block, Table):
            settled.append(block)
            continue
        if ordinal.style in OVER_ARTICLES:
            in_article = False
        sister = sisters.get(ordinal.style) if ordinal.number > 1 else None
        following = blocks[n + 1] if n + 1 < len(blocks) else None
        below = ordinals[n + 1] if following else None
        is_item = isinstance(block, Heading) and (
            not _stands_over(ordinal, following, below)
            or (in_article and block.text[-1] == "。")
            or (_is_sentence_like(block, sister) and not _is_narrower(ordinal, below))
        )
        unit = as_paragraph(block) if isinstance(block, Heading) and is_item else block
        in_article = in_article or ordinal.style == "article"
        rank = RANKS[ordinal.style]
        for style in [style for style in sisters if RANKS[style] > rank]:
            del sisters[style]
        sisters[ordinal.style] = unit
        settled.append(unit)
    return tuple(settled)


def _stands_over(ordinal: Ordinal, following: Block | None, below: Ordinal | None) -> bool:
    """Whether what follows a numbered heading, with its own ordinal, can belong under it."""
    if ordinal.style in OVER_ARTICLES:
        return True
    if following is None or (isinstance(following, Paragraph) and following.kind != "paragraph"):
        return False
    return below is None or _is_narrower(ordinal, below)


def _is_sentence_like(heading: Heading, sister: Block | None) -> bool:
    """Whether a unit ending in 。 follows a sister that is a sentence, or a heading without it."""
    if heading.text[-1] != "。" or sister is None or isinstance(sister, Table):
        return False
    if isinstance(sister, Heading):
        return sister.text[-1] != "。"
    return sister.text[-1] in "；;" or "。" not in sister.text[:-1]


def _is_narrower(ordinal: Ordinal, below: Ordinal | None) -> bool:
    return below is not None and RANKS[below.style] > RANKS[ordinal.style]


# 主题词：农业 税收 规定 通知
SUBJECT = re.compile(r"主[ \xa0\u3000]*+题[ \xa0\u3000]*+词[ \xa0\u3000]*+[：:]")
WORD = re.compile(r"[^ \t\xa0\u3000]+")


def part_subject_words(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Keep one blank of full width between the words of 主题词.

    ``主题词：农 业 税收 通知`` → ``主题词：农业　税收　通知``

    给编辑：主题词的各词之间保留一个全角空格。
    """
    if not any(not isinstance(block, Table) and block.text[:1] == "主" for block in blocks):
        return blocks
    return tuple(_part_subjects(block) for block in blocks)


def _part_subjects(block: Block) -> Block:
    if isinstance(block, Table) or block.text[:1] != "主":
        return block
    found = SUBJECT.match(block.text)
    words = [*WORD.finditer(block.text, found.end())] if found else []
    single = [len(word[0]) == 1 for word in words]
    edits: list[Edit] = []
    for n, (left, right) in enumerate(pairwise(words)):
        # 通 知: the two signs of one word
        before, after = single[max(n - 1, 0) : n], single[n + 2 : n + 3]
        is_pair = single[n] and single[n + 1] and not any(before) and not any(after)
        wanted = "" if is_pair else "\u3000"
        if block.text[left.end() : right.start()] != wanted:
            edits.append(Edit(left.end(), right.start(), wanted))
    return edited(block, edits) if edits else block


# 1日 市长…, 22日至23日 省长…, 六日 省人民政府…; not 1日 起施行
DAY = r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)?(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})日"
DAY_BEGINS = frozenset("0123456789一二三四五六七八九十廿卅")
CHRONICLE_DAY = re.compile(
    rf"{DAY}(?:[至—－～~-]{{1,2}}{DAY})?(?P<gap>[ \xa0\u3000]++)"
    r"(?=[\u3400-\u9fff])(?![前起至以之止内后的])"
)


def part_days(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Keep one blank of full width behind the day that begins an entry of a chronicle (大事记).

    ``1日 市长主持会议。`` → ``1日　市长主持会议。``; one such line alone is none of a chronicle.

    给编辑：大事记每条开头的日期后保留一个全角空格。
    """
    days = {
        n: found
        for n, block in enumerate(blocks)
        if not isinstance(block, Table)
        and block.text[:1] in DAY_BEGINS
        and (found := CHRONICLE_DAY.match(block.text))
    }
    if len(days) < 2:
        return blocks
    return tuple(
        edited(block, [Edit(*days[n].span("gap"), "\u3000")])
        if n in days and not isinstance(block, Table) and days[n]["gap"] != "\u3000"
        else block
        for n, block in enumerate(blocks)
    )


def place_header_rows(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the second row of a header under the cell that it divides.

    A header whose first row lacks k cells at its end and whose second row has k + 1 cells lost
    the merged cells before them: the second row belongs under the last cell of the first.

    给编辑：两行表头中，第二行放回它所细分的那一格之下。
    """
    return tuple(_place_header(b) if isinstance(b, Table) else b for b in blocks)


def _place_header(table: Table) -> Table:
    if len(table.rows) < 3 or table.header_rows > 1:
        return table
    first, second = table.rows[0], table.rows[1]
    width, named = len(first), sum(bool(cell) for cell in first)
    cells = [cell for cell in second if cell]
    leads = all(first[:named]) and all(second[: len(cells)])
    if named == width or not leads or len(cells) != width - named + 1:
        return table
    placed = ("",) * (named - 1) + tuple(cells)
    return replace(table, rows=(first, placed, *table.rows[2:]), header_rows=2)


BLOCK_RULES: tuple[Callable[[tuple[Block, ...]], tuple[Block, ...]], ...] = (
    drop_page_furniture,  # first: it parts what belongs together
    merge_table_pieces,
    place_header_rows,
    part_joint_organs,  # before blanks are closed
    part_number_lines,  # before blanks are closed
    part_subject_words,
    part_days,
    part_decimal_units,  # before joins, which ask where a unit begins
    settle_headings,  # before joins, which ask whether the units of a style run on
    join_cut_paragraphs,  # before the texts: a number may be cut in two
    part_members,  # after joins: a post may be cut in two
)
