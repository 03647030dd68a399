"""Rules that keep the blanks between organs or units that are separated only by blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from generator.language.dates import part_day
from generator.language.document_numbers import SERIES_BEGINS, SERIES_KIND
from generator.language.organs import (
    GAP,
    JOINT_GAP,
    JOINT_ORGANS,
    OFFICES_OF_ORGANS,
    ORGAN,
    PERSON,
    UNIT,
    UNIT_ENDS,
    close_up_office,
    close_up_spaced,
)
from generator.model import Block, Heading, Paragraph, Table, TextBlock
from generator.model.edits import Edit, edited
from generator.model.tables import with_texts
from generator.runtime.patterns import lazy_regex
from generator.stages.normalize.people import TOKEN

BLANKS = lazy_regex(r"[ \t\xa0\u3000]+")
PARTED = frozenset({"signature", "title", "date"})
MARKS = frozenset("，。；：！？、,;:!?“”")
LONGEST_LIST_OF_UNITS = 60  # characters of a line that lists units
SHORTEST_UNIT = 3  # 水利部; not 政府 of 各级党委 政府
# the text after the organs in a title: 关于某事的通知, or only 公告
AFTER_ORGANS = lazy_regex(rf"(?:关于|印发|转发|批转).+|{SERIES_KIND}[^，。]{{0,20}}$")
# 《自然资源部 农业农村部关于…》: the organs of a cited title
CITED = lazy_regex(
    rf"《(?P<organs>[^《》〈〉，。；：\n]{{2,80}}?)(?=关于|印发|转发|批转|{SERIES_KIND})"
)
# 国家发展和改革委员会 国家质量监督检验检疫总局令第35号
JOINT_DECREE = lazy_regex(rf"{JOINT_GAP}(?={JOINT_ORGANS}{SERIES_BEGINS})")


def part_joint_organs(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Keep the blank between organs side by side in a signature, a title, a list or a cell.

    ``国务院 中央军委`` → ``国务院　中央军委``: without the blank, it would be one organ;
    ``财 政 部 国家税务总局`` → ``财政部　国家税务总局``

    给编辑：联合署名之间、名单和表格中几个单位之间的空格保留为全角。
    """
    parted: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            parted.append(_part_cells(block))
        elif (
            isinstance(block, Heading)
            or (
                block.kind == "paragraph"
                and (len(block.text) > LONGEST_LIST_OF_UNITS or block.text[-1:] not in UNIT_ENDS)
            )
            or not BLANKS.search(block.text)
        ):
            parted.append(block)
        else:
            parted.append(_part_block(block))
    return tuple(parted)


def part_cited_organs(text: str) -> str:
    """Keep the blank between the organs of a cited title or decree, at full width.

    ``《财政部 国家税务总局关于某事的通知》`` → ``《财政部　国家税务总局关于某事的通知》``

    给编辑：所引标题、令号中几个机关之间的空格保留为全角。
    """
    if not (" " in text or "\t" in text or "\xa0" in text) or not GAP.search(text):
        return text
    if "《" in text:
        text = CITED.sub(_part_cited, text)
    return JOINT_DECREE.sub(_widen, text) if "第" in text or "20" in text else text


def lists_units(text: str) -> bool:
    """Whether a line names two or more units and nothing else; then it is complete."""
    return bool(_unit_gaps(text))


def _part_block(block: Paragraph) -> TextBlock:
    text = block.text
    if block.kind in PARTED and PERSON.fullmatch(text):
        parted = _part_person(text)
        return block if parted == text else replace(block, text=parted)
    if block.kind == "date":
        edits = _dated_gaps(text)
    elif block.kind in PARTED:
        edits = _title_gaps(text)
    else:
        edits = _unit_gaps(text) if block.kind == "paragraph" else []
    return edited(block, edits)


def _part_cells(table: Table) -> Table:
    if not any(BLANKS.search("\n".join(row)) for row in table.rows):
        return table
    rows = tuple(tuple(map(_part_cell, row)) for row in table.rows)
    return table if rows == table.rows else with_texts(table, rows)


def _part_cell(text: str) -> str:
    if "\n" in text:
        return "\n".join(map(_part_cell, text.split("\n")))
    if not BLANKS.search(text):
        return text
    return _part_person(text) if PERSON.fullmatch(text) else _apply(text, _title_gaps(text))


def _part_person(text: str) -> str:
    """Keep one full-width blank between an office and a name: 总理 李克强, 省 长 尹 力."""
    return BLANKS.sub("\u3000", close_up_office(text), count=1)


def _part_cited(found: re.Match[str]) -> str:
    """Widen the blanks between organs one by one; close_up_blanks drops those inside a name."""
    organs = found["organs"]
    gaps = (edit for edit in _gaps(organs) if edit.text)
    wide = [Edit(edit.start, edit.end, "\u3000" * (edit.end - edit.start)) for edit in gaps]
    return "《" + _apply(organs, wide)


def _widen(found: re.Match[str]) -> str:
    return "\u3000" * len(found[0])


def _title_gaps(text: str) -> list[Edit]:
    found = AFTER_ORGANS.search(text)
    return _gaps(text[: found.start()] if found else text)


def _dated_gaps(text: str) -> list[Edit]:
    """Give the edits for the blanks of a signature with its date on the same line."""
    signed, day = part_day(text)
    if not signed:
        return []
    spaced = BLANKS.finditer(signed) if close_up_spaced(signed) != signed else ()
    inside = [Edit(*gap.span(), "") for gap in spaced] or _gaps(signed)
    return [*inside, Edit(len(signed), len(text) - len(day), "\u3000")]


def _unit_gaps(text: str) -> list[Edit]:
    if (
        len(text) > LONGEST_LIST_OF_UNITS
        or text[-1:] not in UNIT_ENDS
        or not MARKS.isdisjoint(text)
    ):
        return []
    return _gaps(text, UNIT, SHORTEST_UNIT)


def _gaps(text: str, name: re.Pattern[str] = ORGAN, shortest: int = 1) -> list[Edit]:
    """Give the edits for the blanks between names; none if any does not match ``name``."""
    words = [*TOKEN.finditer(text)]
    if len(words) < 2:
        return []
    gaps = [(left.end(), right.start()) for left, right in pairwise(words)]
    narrowest = min(end - start for start, end in gaps)
    single = [len(left[0]) == len(right[0]) == 1 for left, right in pairwise(words)]
    # 财 政 部: the characters of one name; if all are spaced, wider blanks are between names
    for widest in (len(text), narrowest):
        inside = [
            one and end - start <= widest for one, (start, end) in zip(single, gaps, strict=True)
        ]
        spelt = _apply(
            text, [Edit(*gap, "" if one else "\n") for one, gap in zip(inside, gaps, strict=True)]
        )
        names = spelt.strip().split("\n")
        named = all(
            (name.fullmatch(word) or word == "中共中央")
            and word not in OFFICES_OF_ORGANS
            and len(word) >= shortest
            for word in names
        )
        if len(names) > 1 and named:
            return [
                Edit(*gap, "" if one else "\u3000") for one, gap in zip(inside, gaps, strict=True)
            ]
    return []


def _apply(text: str, edits: Sequence[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
