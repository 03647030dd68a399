"""The rule that keeps blanks with a meaning in a head: after a number, before a speaker's name."""

from __future__ import annotations

from collections.abc import Sequence

from generator.language.head_parts import LONGEST_HEAD_LINE, part_gaps
from generator.language.organs import SPEAKER
from generator.model import Block, Paragraph
from generator.model.edits import Edit, edited_at

WITHOUT_NUMBER = frozenset(("signature", "number", "note"))  # kinds that need no 号


def part_number_lines(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Keep the blanks between a document's number and the text on its line, at full width.

    ``特急 某府发〔2016〕1号 签发人：王军`` → ``特急　某府发〔2016〕1号　签发人：王军``

    It also keeps the blank between the office and the name of a person who gives a report. Without
    the blank, the two would run into each other.

    给编辑：发文字号与同一行的签发人、日期、主送机关之间，报告人的职务与姓名之间，空格保留为全角。
    """
    found = {
        n: [Edit(*blank, "\u3000") for blank in blanks]
        for n, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        # most texts: a quick test saves the others
        and ("号" in block.text or block.kind in WITHOUT_NUMBER)
        and (blanks := _blanks(block))
    }
    return edited_at(blocks, found) if found else blocks


def _blanks(block: Paragraph) -> Sequence[tuple[int, int]]:
    """Give start and end of each blank that is kept."""
    text = block.text
    if block.kind == "signature":
        speaker = SPEAKER.fullmatch(text)
        return [(speaker.end("office"), speaker.start("name"))] if speaker else []
    if len(text) > LONGEST_HEAD_LINE:
        return []
    return part_gaps(text)
