"""The days of events: of the publication of a text, in the note under its title; of a repeal.

（1988年11月22日国务院第26次常务会议通过　1988年12月1日国务院令第20号发布　1989年1月1日施行）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.language.dates import DATE, parse_date
from generator.language.numerals import FULL_WIDTH_DIGITS
from generator.language.validity import (
    ADVERB,
    DAY,
    FIRST_DATE,
    IN_FORCE,
    OUT_OF_FORCE,
    SELF,
    SINCE,
    Event,
    Moment,
    Statement,
)
from generator.runtime.patterns import lazy_regex

# the clauses of a 题注: 1990年1月11日国务院批准　1990年3月3日交通部令第14号发布　1990年5月1日施行
NOTED: tuple[tuple[Event, re.Pattern[str]], ...] = (
    ("published", lazy_regex(r"发布|公布|颁布|印发|颁发|令第?\s*\d+\s*号")),
    ("approved", lazy_regex(r"批准|同意")),
    ("adopted", lazy_regex(r"通过")),
)
CHANGED = lazy_regex(r"修订|修正|修改|根据")


def read_events(note: str) -> dict[Event, str]:
    """Read the days of events from the note under a title (题注).

    Two days of one kind of event, or two events on one printed day, leave none: which of them the
    text means is not known. A date alone is that of the publication.
    """
    text = note.translate(FULL_WIDTH_DIGITS).strip().strip("（）()")
    bounds = [*(found.start() for found in DATE.finditer(text)), len(text)]
    clauses = [text[start:end] for start, end in pairwise(bounds)]
    if len(clauses) == 1 and DATE.fullmatch(text):
        return {"published": day} if (day := parse_date(text)) else {}
    days: dict[Event, set[str]] = {}
    for clause in clauses:
        kinds = [event for event, pattern in NOTED if pattern.search(clause)]
        if kinds == ["published", "adopted"] or len(kinds) == 1:
            is_change = CHANGED.search(clause) and "发布" not in clause and "公布" not in clause
            if not is_change:
                days.setdefault(kinds[0], set()).add(parse_date(clause))
        else:
            for event in kinds:
                days.setdefault(event, set()).add("")
    return {event: day for event, found in days.items() if len(found) == 1 for day in found if day}


NOTE_BEGINS = lazy_regex(rf"(?:自?(?P<day>{DAY})起?|自?(?:发布|公布)之日起?){IN_FORCE}$")


def read_note(note: str) -> Iterator[Statement]:
    """Read since when a text is in force from the note under its title: 1990年5月1日施行."""
    text = note.translate(FULL_WIDTH_DIGITS).strip().strip("（）()")
    for part in re.split(r"[\s\u3000，,；;]+|(?<=发布)(?=自)|(?<=公布)(?=自)", text):
        found = DATE.search(part)
        day = parse_date(part) if found else ""
        marked = part.replace(found.group(), chr(FIRST_DATE)) if found and day else part
        if begins := NOTE_BEGINS.fullmatch(marked):
            moment = Moment(day) if begins["day"] else Moment(event="published")
            yield Statement("effective", note.strip(), moment)


# before or behind the documents that a sentence repeals: 自2018年1月1日起, 自本办法施行之日起
ACT_MOMENT = lazy_regex(
    rf"{SINCE}(?:(?P<date>{DATE.pattern})|(?:{SELF})?(?:(?P<published>公布|发布|颁布|印发|下发)"
    rf"|(?P<effective>施行|实施|执行|生效))之日)(?:起|开始)(?!{ADVERB}{IN_FORCE})",
    re.VERBOSE,
)
REACH = 600  # characters of the sentence that are read on each side
ACT = lazy_regex(f"{OUT_OF_FORCE}|{IN_FORCE}|暂停|中止|暂缓")


def act_moment(text: str, start: int, end: int) -> Moment | None:
    """Read since when the document cited in ``text[start:end]`` is repealed or suspended.

    None if the sentence does not say it of this document.
    """
    above = re.split("[。；！？\n]", text[max(0, start - REACH) : start])[-1]
    after = re.split("[。；！？\n]", text[end : end + REACH], maxsplit=1)[0]
    verb = ACT.search(after)
    inside = after[: verb.start()] if verb else after
    if found := _last(inside + (after[verb.start() : verb.end()] if verb else "")):
        return found
    since = list(ACT_MOMENT.finditer(above))
    if since and not ACT.search(above, since[-1].end()):
        return _act(since[-1])
    return None


UNTIL_DAY = lazy_regex(rf"[至到]\s*+(?P<until>{DATE.pattern})", re.VERBOSE)


def extended_until(text: str, end: int) -> str:
    """Read the day until which the document cited before ``end`` is extended; else empty."""
    after = re.split("[。；！？\n]", text[end : end + REACH], maxsplit=1)[0]
    found = UNTIL_DAY.search(after)
    return parse_date(found["until"]) if found else ""


def _last(text: str) -> Moment | None:
    found = [*ACT_MOMENT.finditer(text)]
    return _act(found[-1]) if found else None


def _act(found: re.Match[str]) -> Moment:
    if found["date"]:
        return Moment(parse_date(found["date"]))
    return Moment(event="published" if found["published"] else "effective")
