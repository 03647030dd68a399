"""The printed title of a table (表1　任务分工表), and the notes under it (注：…)."""

from __future__ import annotations

from generator.runtime.patterns import lazy_regex

BLANK = r"[ \t\xa0\u3000]"
NUMBER = r"(?:\d{1,3}(?:[-－–—.．]\d{1,2})?|[一二三四五六七八九十]{1,3})"
MARK = r"[:：.．、]"
# 表1 任务分工表 · 表2-1：指标 · 表一任务清单; not 表1所示 · 表1 为各区任务
TITLE = lazy_regex(
    rf"表{BLANK}?{NUMBER}(?:(?P<gap>{BLANK}++)|{MARK}{BLANK}*+|(?=[\u4e00-\u9fff《（(]))"
    r"(?![为是列中的内里所可显])(?P<name>[^。；;！？!?]{1,60})"
)
# a name that follows its number without a blank ends in one of these: else it may be a sentence
NAME_ENDS = frozenset("表单录册况计准标划数")
CLOSES_NO_NAME = frozenset("，,、：:")
# 表1 · 表2（续）, without a name
BARE = lazy_regex(rf"表{BLANK}?{NUMBER}(?:{BLANK}?[（(]续[）)])?")
NOTE = lazy_regex(rf"(?:备?注|说明|资料来源|数据来源){BLANK}?\d{{0,2}}{BLANK}?[:：]")
NUMBERED_NOTE = lazy_regex(rf"备?注{BLANK}?[:：]{BLANK}?1{BLANK}?[.．、）)]")
NEXT_NOTE = lazy_regex(rf"(?P<number>\d{{1,2}}){BLANK}?[.．、）)]")


def is_table_title(text: str) -> bool:
    """Whether a line right above a table is its title."""
    if BARE.fullmatch(text):
        return True
    found = TITLE.fullmatch(text)
    if not found or text[-1] in CLOSES_NO_NAME:
        return False
    is_apart = found["gap"] is not None or not text[: found.start("name")][-1].isalnum()
    return is_apart or text[-1] in NAME_ENDS


def title_gap(text: str) -> tuple[int, int] | None:
    """Give the place of the blank between a table's number and its name; None if there is none."""
    found = TITLE.fullmatch(text)
    return found.span("gap") if found and found["gap"] is not None else None


def is_table_note(text: str, above: str) -> bool:
    """Whether a line right under a table, or under its note ``above``, is a note of it.

    ``注：1.…`` may be followed by ``2.…``.
    """
    if NOTE.match(text):
        return True
    found = NEXT_NOTE.match(text) if above else None
    if not found:
        return False
    number = int(found["number"])
    first = NUMBERED_NOTE.match(above) if number == 2 else NEXT_NOTE.match(above)
    if number == 2 or first is None:
        return first is not None
    return int(first["number"]) == number - 1
