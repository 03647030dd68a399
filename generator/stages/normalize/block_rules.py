"""Rules for the blocks of a document: cut tables and paragraphs, false headings, blanks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from generator.language.dates import DAY, DAY_BEGINS
from generator.language.ordinals import Ordinal, Rank
from generator.model import Block, Heading, Lines, Paragraph, Table
from generator.model.edits import Edit, edited, edited_at
from generator.model.outline import units_of
from generator.stages.normalize.decimal_lines import close_up_first_figures, part_decimal_units
from generator.stages.normalize.furniture import drop_page_furniture
from generator.stages.normalize.joins import (
    OVER_ARTICLES,
    as_heading,
    as_paragraph,
    join_cut_paragraphs,
)
from generator.stages.normalize.joint_organs import part_joint_organs
from generator.stages.normalize.list_marks import drop_list_marks
from generator.stages.normalize.number_heads import part_number_lines
from generator.stages.normalize.people import TOKEN, part_members
from generator.stages.normalize.stops import restore_stops

LONGEST_HEADING = 25  # characters of a heading that ends in 。
# 续表 · （续上表） · 续表1 · 表2（续）
CONTINUED = re.compile(r"[（(]?\s?续\s?(?:上\s?)?表\s?\d{0,3}\s?[）)]?|表\s?\d{1,3}\s?[（(]续[）)]")
LONGEST_CONTINUED = 12  # characters of such a line
# the measure of a column, below its name: （万元/亩）
MEASURE = re.compile(r"[（(][^（()）]{1,12}[）)]")
FIGURE = re.compile(r"[\d.,%％—-]+")
SERIAL_WORDS = frozenset({"序号", "编号", "号", "项目"})


def merge_table_pieces(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Join the pieces of a table that page edges cut; drop repeated headers and 续表.

    给编辑：合并被分页切开的表格，去掉重复的表头和“续表”字样。
    """
    merged: list[Block] = []
    for block in blocks:
        above = merged[-1] if merged else None
        is_marked = isinstance(block, Table) and _is_continued_line(above)  # 续表 between them
        if is_marked and len(merged) > 1:
            above = merged[-2]
        if isinstance(block, Table) and isinstance(above, Table) and _continues(above, block):
            if is_marked:
                merged.pop()
            block = _without_repeats(block)
            skip = _repeated_rows(above, block)
            merged[-1] = replace(
                above,
                rows=above.rows + block.rows[skip:],
                lines=Lines(above.lines.first, block.lines.last),
                row_lines=above.row_lines + block.row_lines[skip:],
            )
        else:
            merged.append(_without_repeats(block) if isinstance(block, Table) else block)
    return tuple(merged)


def _is_continued_line(block: Block | None) -> bool:
    """Whether a block is only a line such as 续表."""
    if not isinstance(block, Paragraph) or block.kind != "paragraph":
        return False
    return len(block.text) <= LONGEST_CONTINUED and bool(CONTINUED.fullmatch(block.text))


def _repeated_rows(above: Table, below: Table) -> int:
    """Count the header rows that a piece of a table repeats at its beginning."""
    if not _same_row(above.rows[0], below.rows[0]):
        return 0
    is_second = min(len(above.rows), len(below.rows)) > 1 and _divides(*above.rows[:2])
    return 2 if is_second and _same_row(above.rows[1], below.rows[1]) else 1


def _without_repeats(table: Table) -> Table:
    """Drop rows such as 续表, and repeats of the header: page edges without a blank line."""
    header = table.rows[0]
    continued = {n for n, row in enumerate(table.rows) if n and _is_continued_row(row)}
    repeated = {n for n, row in enumerate(table.rows) if n and _same_row(header, row)}
    dropped = continued | (repeated if all(header) else set())
    if not dropped:
        return table
    return replace(
        table,
        rows=tuple(row for n, row in enumerate(table.rows) if n not in dropped),
        row_lines=tuple(line for n, line in enumerate(table.row_lines) if n not in dropped),
    )


def _is_continued_row(row: Sequence[str]) -> bool:
    """Whether a row has only a cell such as 续表."""
    return len(row) > 1 and bool(CONTINUED.fullmatch(row[0])) and not any(row[1:])


def _continues(above: Table, below: Table) -> bool:
    if len(above.rows[0]) != len(below.rows[0]):
        return False
    if _same_row(above.rows[0], below.rows[0]):
        return True
    return re.sub(r"\s", "", below.rows[0][0]) not in SERIAL_WORDS  # its own header: another table


def _same_row(one: Sequence[str], other: Sequence[str]) -> bool:
    return [re.sub(r"\s", "", c) for c in one] == [re.sub(r"\s", "", c) for c in other]


def settle_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Turn numbered headings that are sentences of a list into paragraphs.

    These are headings with nothing under them, headings in an article that end in 。, and headings
    in 。 with nothing narrower under them, after a unit of the same rank that is a sentence too:
    （一）遵守政府法令。 before （二）保守工作秘密。
    The other way round, a 一、 that ends in 。 becomes a heading if its items follow:
    二、提高待遇。 before （一）增加补助。

    给编辑：下面没有内容的编号行是条目，不是标题，例如“（一）遵守政府法令。”。
    """
    settled: list[Block] = []
    sisters: dict[Rank, Block] = {}  # the last unit of each rank
    in_article = False
    ordinals = units_of(blocks)
    for n, (block, ordinal) in enumerate(zip(blocks, ordinals, strict=True)):
        if ordinal is None or isinstance(block, Table):
            settled.append(block)
            continue
        if ordinal.style in OVER_ARTICLES:
            in_article = False
        sister = sisters.get(ordinal.rank) if ordinal.number > 1 else None
        following = blocks[n + 1] if n + 1 < len(blocks) else None
        below = ordinals[n + 1] if following else None
        is_item = isinstance(block, Heading) and (
            not _is_over(ordinal, following, below)
            or (in_article and block.text[-1] == "。")
            or (_is_sentence_like(block, sister) and not _is_narrower(ordinal, below))
        )
        unit: Block = block
        if isinstance(block, Heading):
            unit = as_paragraph(block) if is_item else block
        elif not in_article and _heads_items(block, ordinal, below):
            unit = as_heading(block)
        in_article = in_article or ordinal.style == "article"
        for narrower in [rank for rank in sisters if rank > ordinal.rank]:
            del sisters[narrower]
        sisters[ordinal.rank] = unit
        settled.append(unit)
    return tuple(settled)


def _is_over(ordinal: Ordinal, following: Block | None, below: Ordinal | None) -> bool:
    """Whether the block after a numbered heading can belong under it; ``below`` is its ordinal."""
    if ordinal.style in OVER_ARTICLES:
        return True
    if following is None or (isinstance(following, Paragraph) and following.kind != "paragraph"):
        return False
    return below is None or _is_narrower(ordinal, below)


def _is_sentence_like(heading: Heading, sister: Block | None) -> bool:
    """Whether a unit ends in 。, and the one before it is a single sentence, or has no 。."""
    if heading.text[-1] != "。" or sister is None or isinstance(sister, Table):
        return False
    if isinstance(sister, Heading):
        return sister.text[-1] != "。"
    return sister.text[-1] in "；;" or "。" not in sister.text[:-1]


def _heads_items(paragraph: Paragraph, ordinal: Ordinal, below: Ordinal | None) -> bool:
    """Whether a short 一、 that ends in its only 。 is the heading of the （一） below it."""
    if ordinal.style != "section" or paragraph.kind != "paragraph" or paragraph.text[-1] != "。":
        return False
    label = paragraph.text[ordinal.end : -1]
    if len(label) > LONGEST_HEADING or any(c in label for c in "。；：") or "，" in label:
        return False
    return below is not None and below.style == "item" and below.number == 1


def _is_narrower(ordinal: Ordinal, below: Ordinal | None) -> bool:
    return below is not None and below.rank > ordinal.rank


# 主题词：农业 税收 规定 通知
SUBJECT = re.compile(r"主[ \xa0\u3000]*+题[ \xa0\u3000]*+词[ \xa0\u3000]*+[：:]")


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
    words = [*TOKEN.finditer(block.text, found.end())] if found else []
    single = [len(word[0]) == 1 for word in words]
    edits: list[Edit] = []
    for n, (left, right) in enumerate(pairwise(words)):
        # 通 知: the two characters of one word
        before, after = single[max(n - 1, 0) : n], single[n + 2 : n + 3]
        is_pair = single[n] and single[n + 1] and not any(before) and not any(after)
        edits.append(Edit(left.end(), right.start(), "" if is_pair else "\u3000"))
    return edited(block, edits)


# 1日 市长…, 22日至23日 省长…, 六日 省人民政府…; not 1日 起施行
CHRONICLE_DAY = re.compile(
    rf"{DAY}(?:[至—－～~-]{{1,2}}{DAY})?(?P<gap>[ \xa0\u3000]++)"
    r"(?=[\u3400-\u9fff])(?![前起至以之止内后的])"
)


def part_days(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Keep one blank of full width after the day that begins an entry of a chronicle (大事记).

    ``1日 市长主持会议。`` → ``1日　市长主持会议。``; a single such line is not a chronicle.

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
    gaps = {n: [Edit(*found.span("gap"), "\u3000")] for n, found in days.items()}
    return edited_at(blocks, gaps)


def place_header_rows(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the second row of a header under the cell that it divides.

    If the first row lacks k cells at its end and the second row has k + 1 cells, the empty cells
    before those of the second row were lost: it belongs under the last cell of the first row.
    A second row in its right place, under the cells that it divides or with the measures of the
    columns, is part of the header too.

    给编辑：两行表头中，第二行放回它所细分的那一格之下；第二行已在原位的，也算表头。
    """
    return tuple(_place_header(b) if isinstance(b, Table) else b for b in blocks)


def _place_header(table: Table) -> Table:
    if len(table.rows) < 3 or table.header_rows > 1:
        return table
    first, second = table.rows[0], table.rows[1]
    if _divides(first, second) and table.rows[2][0]:
        return replace(table, header_rows=2)
    width, named = len(first), sum(bool(cell) for cell in first)
    cells = [cell for cell in second if cell]
    leads = all(first[:named]) and all(second[: len(cells)])
    if named == width or not leads or len(cells) != width - named + 1:
        return table
    placed = ("",) * (named - 1) + tuple(cells)
    return replace(table, rows=(first, placed, *table.rows[2:]), header_rows=2)


def _divides(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the second row of a table only divides cells of the first, or gives their measures.

    ``单位 | 得分 | (空) | 等次`` above ``(空) | 日常 | 年终 | (空)``
    """
    if not first[0] or second[0] or not any(second) or any(map(FIGURE.fullmatch, second)):
        return False
    if all(first):
        return all(MEASURE.fullmatch(cell) for cell in second if cell)
    for n, (cell, below) in enumerate(zip(first, second, strict=True)):
        is_wide = not cell or (n + 1 < len(first) and not first[n + 1])
        if is_wide != bool(below):
            return False
    return True


BLOCK_RULES: tuple[Callable[[tuple[Block, ...]], tuple[Block, ...]], ...] = (
    drop_page_furniture,  # first: furniture separates blocks that the other rules join
    drop_list_marks,  # before all that read the beginnings of units
    close_up_first_figures,  # the same
    restore_stops,  # before joins: a sentence ends where its stop is
    merge_table_pieces,
    place_header_rows,
    part_joint_organs,  # before close_up_blanks
    part_number_lines,  # before close_up_blanks
    part_subject_words,
    part_days,
    part_decimal_units,  # before joins, which need the beginnings of units
    settle_headings,  # before joins, which count the headings of each style
    join_cut_paragraphs,  # before the texts: a number may be cut in two
    part_members,  # after joins: a post may be cut in two
)
