"""Find the lines that begin a unit with a decimal number: 1, 1.1, 2.1.1 (GB/T 1.1).

Plans and standards number their units so. A number such as 1.5 may also be a quantity; it numbers a
unit only if it fits among the others. So the units of a document are read together, in order, and
2.1.1 belongs under 2.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.language.ordinals import LEVELS, RANKS, Ordinal, OrdinalStyle, Place, parse_ordinal
from generator.runtime.patterns import lazy_regex

# a unit of measure or count: after it 1.5 is a quantity
MEASURE = (
    r"[万亿千百倍元亩吨克斤]|公[里顷斤升分]|平方|立方|[厘毫][米升克]|个(?!人|体|案|性)|小时|摄氏"
    r"|[人户家次年天岁名级度分秒月日号米升成](?=\W|$|以[上下内]|左右|均)|级地震"
)
# 3.1款规定的, 3.1和3.2, 2.1.2的规定: the text refers to a unit and begins none
NAMED = (
    r"[条款项节](?=[的规所中、，。和与及至]|\Z)|规定(?=[的，执]|处理)|的|所[列述称指规]"
    r"|[和与及至、]\s?第?\d"
)
# 2.1.1 省生态环境厅 · 1.1编制目的 · 2.1 Ⅳ级响应 · 1 总则
DECIMAL = lazy_regex(
    rf"""
    (?P<number>\d{{1,2}}(?:[.．]\d{{1,2}}){{0,4}})
    (?P<gap>[ \xa0\u3000]*+)
    (?!{MEASURE}|{NAMED})(?=[\u3400-\u9fff“《Ⅰ-Ⅻ]|[IVX]{{1,4}}级)
    """,
    re.VERBOSE,
)
POINT = lazy_regex(r"[.．]")
DIGITS = frozenset("0123456789０１２３４５６７８９")
LONGEST_LABEL = 20  # characters of a unit's name
MARKS = frozenset("，。；：！？,;:!?")
# numbers are taken as those of units only if at least so many with a point fit together
FEWEST = 2
MOST_LOST = 1  # units that a scan may have lost between two units of the same level


def decimal_unit(text: str) -> int:
    """Find the offset at which the text after a unit's decimal number begins.

    0 when the line begins with no such number. A number without a point (1 总则) counts only with a
    full-width blank behind it.
    """
    if text[:1] not in DIGITS:
        return 0
    found = DECIMAL.match(text)
    if not found:
        return 0
    is_one = bool(POINT.search(found["number"])) or "\u3000" in found["gap"]
    return found.end() if is_one else 0


def is_unit_name(text: str) -> bool:
    """Whether the text after a unit's number is only the unit's name."""
    return 0 < len(text) <= LONGEST_LABEL and not any(mark in text for mark in MARKS)


def is_decimal_heading(text: str) -> bool:
    """Whether a line holds only the decimal number and the name of a unit."""
    end = decimal_unit(text)
    return bool(end) and is_unit_name(text[end:])


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may begin a unit with a decimal number, or a unit that contains such units."""

    place: int  # index of the line
    style: OrdinalStyle  # as printed: "point" for 1.总则, although it is read as 1 总则
    ordinal: Ordinal
    is_named: bool  # only a name follows the number
    is_separate: bool  # punctuation or a blank separates the number from the name
    leads: bool = False  # the next decimal number is its first one: 3 before 3.1


@dataclass(slots=True)
class _Run:
    """A series of units numbered 1, 1.1, 1.2, 2 … in order, as far as it was read."""

    units: dict[int, Ordinal] = field(default_factory=dict)  # by the index of the line
    top: int = 0  # number of the last widest unit
    path: tuple[int, ...] = ()  # number of the last unit; empty when no unit is open
    place: Place = "decimal"  # place of the widest units: that of 1 总则, or of 一、 over 1.1
    level: int = 1  # level of the widest units

    def add(self, line: _Candidate) -> None:
        """Continue the series with a unit."""
        self.path = line.ordinal.path
        self.units[line.place] = replace(line.ordinal, place=self.place, widest=self.level)

    def confirmed(self) -> dict[int, Ordinal]:
        """Give the units if enough of them have decimal numbers to rule out chance."""
        decimals = sum(len(ordinal.path) > 1 for ordinal in self.units.values())
        return self.units if decimals >= FEWEST else {}


def find_decimal_units(texts: Sequence[str]) -> dict[int, Ordinal]:
    """Find the units with decimal numbers among the lines of one document or attachment.

    ``1 总则``, ``1.1 编制目的``, ``2 响应``, ``2.1 Ⅳ级响应``; also under ``1.总则``, ``第一章`` and
    ``一、总则``. ``1.5 亿元`` fits into no series and is no unit. The result has the index of each
    line that begins a unit. A table or picture is an empty text.
    """
    figures = [text for text in texts if text[:1] in DIGITS]
    if len(figures) < FEWEST or sum(len(_path(text)[0]) > 1 for text in figures) < FEWEST:
        return {}
    lines = _with_leads(_read_candidates(texts))
    last = {line.ordinal.path: line.place for line in lines if line.ordinal.path}
    units: dict[int, Ordinal] = {}
    run = _Run()
    is_deep = False  # whether a number such as 1.1 was found already
    is_inner = False  # whether units of other styles contain the numbers: 1. is a point there
    listed = 0  # the last number of a list inside a unit
    for line in lines:
        number = line.ordinal.number
        if len(line.ordinal.path) > 1:
            if _follows(run.path, line, last):
                run.add(line)
                is_deep, listed = True, 0
            continue
        is_widest = bool(line.ordinal.path) and not is_inner
        if line.style == "decimal" and is_inner:
            continue
        if not (_is_next(line, run.top, listed) if is_widest else line.leads):
            listed = number if line.ordinal.path else 0
            is_inner = is_inner or not (is_deep or line.ordinal.path)
            if line.style != "decimal" and RANKS[line.style] <= RANKS[run.place]:
                run.path = ()
            continue
        if number <= run.top:
            units |= run.confirmed()
            run = _Run()
        run.top, listed = number, 0
        if is_widest:
            run.place, run.level = "decimal", 1
            run.add(line)
        else:  # its place is that of its style
            is_inner = True
            run.place, run.level = line.style, LEVELS[line.style]
            run.path = (number,)
    return units | run.confirmed()


def _path(text: str) -> tuple[tuple[int, ...], int]:
    """Read the decimal number that begins a line, and the offset of its end; else empty and 0."""
    if text[:1] not in DIGITS:
        return (), 0
    found = DECIMAL.match(text)
    if not found:
        return (), 0
    path = tuple(map(int, POINT.split(found["number"])))
    return (path, found.end("number")) if all(path) else ((), 0)


def _read_candidates(texts: Sequence[str]) -> list[_Candidate]:
    """Read every line that may begin a unit or contain one; 1.总则 is read as 1 总则."""
    lines: list[_Candidate] = []
    for place, text in enumerate(texts):
        path, end = _path(text)
        ordinal = None if path else parse_ordinal(text)
        if ordinal and ordinal.style == "point":
            path, end = (ordinal.number,), ordinal.end
        is_separate = ordinal is not None or text[end : end + 1].isspace()
        style = ordinal.style if ordinal else "decimal"
        if path:
            ordinal = Ordinal("decimal", path[-1], text[:end], end, path)
        if ordinal and style not in ("article", "stem", "subpoint"):
            is_named = is_unit_name(text[end:].strip())
            lines.append(_Candidate(place, style, ordinal, is_named, is_separate))
    return lines


def _with_leads(lines: Sequence[_Candidate]) -> list[_Candidate]:
    """Mark each line whose first subunit is the next decimal number: 3 before 3.1.

    Of several lines with the same style and number only the last one leads.
    """
    led: list[_Candidate] = []
    following: tuple[int, ...] = ()  # the next decimal number
    between: set[tuple[str, int]] = set()  # styles and numbers between here and that number
    for line in reversed(lines):
        ordinal = line.ordinal
        if len(ordinal.path) > 1:
            following = ordinal.path
            between.clear()
            led.append(line)
            continue
        same = (ordinal.style, ordinal.number)
        leads = following[:2] == (ordinal.number, 1) and same not in between
        between.add(same)
        led.append(replace(line, leads=leads))
    return led[::-1]


def _is_next(line: _Candidate, top: int, listed: int) -> bool:
    """Whether a line continues the numbers of the widest units, or begins them anew."""
    number = line.ordinal.number
    if line.leads:
        return number == 1 or 0 < number - top <= 1 + MOST_LOST
    is_listed = 0 < listed == number - 1
    return number == top + 1 and line.is_named and line.is_separate and not is_listed


def _follows(path: tuple[int, ...], line: _Candidate, last: dict[tuple[int, ...], int]) -> bool:
    """Whether a decimal number may follow the last unit: 2.1 → 2.2, 2.1.1, but not 2.5."""
    own = line.ordinal.path
    if not path or own <= path or own[0] != path[0]:
        return False
    at = next((n for n, (a, b) in enumerate(zip(path, own, strict=False)) if a != b), len(path))
    step = own[at] - (path[at] if at < len(path) else 0)
    if step > 1 + MOST_LOST or any(number != 1 for number in own[at + 1 :]):
        return False
    # the scan lost the number between the two only if that number does not come later
    return step == 1 or last.get((*own[:at], own[at] - 1), -1) < line.place
