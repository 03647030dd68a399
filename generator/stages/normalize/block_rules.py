"""Rules for the blocks of a document: false headings, blanks; the order of all block rules."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Literal, NamedTuple

from generator.language.dates import DAY, DAY_BEGINS
from generator.language.ordinals import RANKS, Ordinal, Rank
from generator.language.table_titles import title_gap
from generator.model import Block, Heading, Paragraph, Table, TextBlock
from generator.model.edits import Edit, edited, edited_at
from generator.model.outline import units_of
from generator.runtime.patterns import lazy_regex
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
from generator.stages.normalize.table_heads import place_header_rows
from generator.stages.normalize.table_pieces import merge_table_pieces
from generator.stages.parse.clues import Clue, deciding

LONGEST_HEADING = 25  # characters of a heading that ends in 。


class Unit(NamedTuple):
    """A numbered unit, and the features that decide whether it is a heading."""

    block: TextBlock
    ordinal: Ordinal
    following: Block | None
    below: Ordinal | None  # of the block that follows
    sister: Block | None  # the unit of the same rank before it
    in_article: bool


# the order is the priority
UNIT_CLUES: tuple[Clue[Unit, Literal["heading", "text", "as it is"]], ...] = (
    Clue("decision", "as it is", lambda u: u.block.evidence.decided is not None),
    # （一）遵守政府法令 above （二）保守工作秘密
    Clue(
        "nothing-under",
        "text",
        lambda u: isinstance(u.block, Heading) and not _is_over(u.ordinal, u.following, u.below),
    ),
    Clue(
        "sentence-in-article",
        "text",
        lambda u: isinstance(u.block, Heading) and u.in_article and u.block.text[-1] == "。",
    ),
    Clue(
        "sentence-of-list",
        "text",
        lambda u: (
            isinstance(u.block, Heading)
            and _is_sentence_like(u.block, u.sister)
            and not _is_narrower(u.ordinal, u.below)
        ),
    ),
    # 二、提高待遇。 above （一）增加补助。
    Clue(
        "heads-items",
        "heading",
        lambda u: (
            isinstance(u.block, Paragraph)
            and not u.in_article
            and _heads_items(u.block, u.ordinal, u.below)
        ),
    ),
    Clue("as-read", "as it is", lambda _: True),
)


def _settle(unit: Unit) -> TextBlock:
    """Make a heading of a unit, or a paragraph, as its neighbours say."""
    clue, block = deciding(UNIT_CLUES, unit), unit.block
    match clue.verdict:
        case "as it is":
            return block
        case "heading":
            return as_heading(block, clue.name) if isinstance(block, Paragraph) else block
        case "text":
            return as_paragraph(block, clue.name) if isinstance(block, Heading) else block


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
    last = RANKS["part"]  # the narrowest of these ranks
    in_article = False
    ordinals = units_of(blocks)
    for n, (block, ordinal) in enumerate(zip(blocks, ordinals, strict=True)):
        if ordinal is None or isinstance(block, Table):
            settled.append(block)
            continue
        if ordinal.style in OVER_ARTICLES:
            in_article = False
        own = ordinal.rank
        sister = sisters.get(own) if ordinal.number > 1 else None
        following = blocks[n + 1] if n + 1 < len(blocks) else None
        below = ordinals[n + 1] if following else None
        unit: TextBlock = block
        # most units are run-in, and are no section: a quick test saves the clues
        if isinstance(block, Heading) or ordinal.style == "section":
            unit = _settle(Unit(block, ordinal, following, below, sister, in_article))
        in_article = in_article or ordinal.style == "article"
        if own < last:
            for narrower in [rank for rank in sisters if rank > own]:
                del sisters[narrower]
        sisters[own], last = unit, own
        settled.append(unit)
    return tuple(settled)


def _is_over(ordinal: Ordinal, following: Block | None, below: Ordinal | None) -> bool:
    """Whether the block after a numbered heading can belong under it; ``below`` is its ordinal."""
    if ordinal.style in OVER_ARTICLES:
        return True
    if following is None or (
        isinstance(following, Paragraph) and following.kind not in ("paragraph", "caption")
    ):
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
SUBJECT = lazy_regex(r"主[ \xa0\u3000]*+题[ \xa0\u3000]*+词[ \xa0\u3000]*+[：:]")


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
CHRONICLE_DAY = lazy_regex(
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


def part_table_titles(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Keep one blank of full width between the number and the name of a table.

    ``表1 任务分工表`` → ``表1　任务分工表``; it is the title of a table only right above one.

    给编辑：表题的“表1”之后保留一个全角空格。
    """
    gaps = {
        n: [Edit(*gap, "\u3000")]
        for n, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        and block.kind == "caption"
        and (gap := title_gap(block.text))
        and block.text[gap[0] : gap[1]] != "\u3000"
    }
    return edited_at(blocks, gaps) if gaps else blocks


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
    part_table_titles,  # before close_up_blanks
    part_decimal_units,  # before joins, which need the beginnings of units
    settle_headings,  # before joins, which count the headings of each style
    join_cut_paragraphs,  # before the texts: a number may be cut in two
    part_members,  # after joins: a post may be cut in two
)
