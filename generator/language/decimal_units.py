"""Units of plans and standards, numbered 1, 1.1, 2.1.1 (GB/T 1.1): which lines begin one.

A number such as 1.5 is a unit's only among its sisters: the units of a document are read together,
in order, each under the one that its number names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.language.ordinals import LEVELS, RANKS, Ordinal, OrdinalStyle, Place, parse_ordinal

# a unit of measure or count, by which 1.5 is a quantity
MEASURE = (
    r"[万亿千百倍元亩吨克斤]|公[里顷斤升分]|平方|立方|[厘毫][米升克]|个(?!人|体|案|性)|小时|摄氏"
    r"|[人户家次年天岁名级度分秒月日号米升成](?=\W|$|以[上下内]|左右|均)|级地震"
)
# 3.1款规定的, 3.1和3.2, 2.1.2的规定: text that names a unit
NAMED = (
    r"[条款项节](?=[的规所中、，。和与及至]|\Z)|规定(?=[的，执]|处理)|的|所[列述称指规]"
    r"|[和与及至、]\s?第?\d"
)
# 2.1.1 省生态环境厅 · 1.1编制目的 · 2.1 Ⅳ级响应 · 1 总则, whose blank is of full width where it
# is known for one
DECIMAL = re.compile(
    rf"""
    (?P<number>\d{{1,2}}(?:[.．]\d{{1,2}}){{0,4}})
    (?P<gap>[ \xa0\u3000]*+)
    (?!{MEASURE}|{NAMED})(?=[\u3400-\u9fff“《Ⅰ-Ⅻ]|[IVX]{{1,4}}级)
    """,
    re.VERBOSE,
)
POINT = re.compile(r"[.．]")
DIGITS = frozenset("0123456789０１２３４５６７８９")
LONGEST_LABEL = 20  # characters of a unit's name
MARKS = frozenset("，。；：！？,;:!?")
# a number that fits is taken for a unit's only where so many of its kind fit
FEWEST = 2
MOST_LOST = 1  # units that a scan may have lost between two sisters


def decimal_unit(text: str) -> int:
    """Where the text of a unit with a decimal number begins; 0 when a line begins with none."""
    if text[:1] not in DIGITS:
        return 0
    found = DECIMAL.match(text)
    if not found:
        return 0
    is_one = bool(POINT.search(found["number"])) or "\u3000" in found["gap"]
    return found.end() if is_one else 0


def is_unit_name(text: str) -> bool:
    """Whether what follows a unit's number is nothing but its name."""
    return 0 < len(text) <= LONGEST_LABEL and not any(mark in text for mark in MARKS)


def is_decimal_heading(text: str) -> bool:
    """Whether a line is nothing but the number and the name of such a unit."""
    end = decimal_unit(text)
    return bool(end) and is_unit_name(text[end:])


@dataclass(frozen=True, slots=True)
class _Sign:
    """A line that may be a unit of decimal numbers, or stand above one."""

    place: int
    style: OrdinalStyle  # as printed: a point where 1.总则 is read as 1 总则
    ordinal: Ordinal
    is_named: bool  # nothing but its name follows the number
    is_parted: bool  # a mark or a blank parts the two
    leads: bool = False  # 3 with 3.1 next


@dataclass(slots=True)
class _Run:
    """Units numbered 1, 1.1, 1.2, 2 … in order, as far as they were read."""

    units: dict[int, Ordinal] = field(default_factory=dict)
    top: int = 0  # the last number of the widest units
    path: tuple[int, ...] = ()  # the last unit; empty where none is open
    place: Place = "decimal"  # of the widest units: that of 1 总则, or of 一、 over 1.1
    level: int = 1  # of the same

    def add(self, sign: _Sign) -> None:
        """Go on with a unit."""
        self.path = sign.ordinal.path
        self.units[sign.place] = replace(sign.ordinal, place=self.place, widest=self.level)

    def confirmed(self) -> dict[int, Ordinal]:
        """Give the units, where so many bear decimal numbers that it is no chance."""
        decimals = sum(len(ordinal.path) > 1 for ordinal in self.units.values())
        return self.units if decimals >= FEWEST else {}


def find_decimal_units(texts: Sequence[str]) -> dict[int, Ordinal]:
    """Find the units with decimal numbers among the lines of one document or attachment.

    ``1 总则``, ``1.1 编制目的``, ``2 响应``, ``2.1 Ⅳ级响应``; also under ``1.总则``, ``第一章`` and
    ``一、总则``. ``1.5 亿元`` fits nowhere, and is none. Empty texts stand for what is no text.
    """
    figures = [text for text in texts if text[:1] in DIGITS]
    if len(figures) < FEWEST or sum(len(_path(text)[0]) > 1 for text in figures) < FEWEST:
        return {}
    signs = _with_leads(_read_signs(texts))
    last = {sign.ordinal.path: sign.place for sign in signs if sign.ordinal.path}
    units: dict[int, Ordinal] = {}
    run = _Run()
    is_deep = False  # whether a number such as 1.1 was met
    is_inner = False  # whether others stood above the first: 1. is a point under them
    listed = 0  # the last number of a list inside a unit
    for sign in signs:
        number = sign.ordinal.number
        if len(sign.ordinal.path) > 1:
            if _follows(run.path, sign, last):
                run.add(sign)
                is_deep, listed = True, 0
            continue
        is_widest = bool(sign.ordinal.path) and not is_inner
        if sign.style == "decimal" and is_inner:
            continue
        if not (_is_next(sign, run.top, listed) if is_widest else sign.leads):
            listed = number if sign.ordinal.path else 0
            is_inner = is_inner or not (is_deep or sign.ordinal.path)
            if sign.style != "decimal" and RANKS[sign.style] <= RANKS[run.place]:
                run.path = ()
            continue
        if number <= run.top:
            units |= run.confirmed()
            run = _Run()
        run.top, listed = number, 0
        if is_widest:
            run.place, run.level = "decimal", 1
            run.add(sign)
        else:  # its place is that of its style
            is_inner = True
            run.place, run.level = sign.style, LEVELS[sign.style]
            run.path = (number,)
    return units | run.confirmed()


def _path(text: str) -> tuple[tuple[int, ...], int]:
    """Read a decimal number and where it ends; empty where a line begins with none."""
    if text[:1] not in DIGITS:
        return (), 0
    found = DECIMAL.match(text)
    if not found:
        return (), 0
    path = tuple(map(int, POINT.split(found["number"])))
    return (path, found.end("number")) if all(path) else ((), 0)


def _read_signs(texts: Sequence[str]) -> list[_Sign]:
    """Read every line that may be a unit, or stand above one; with 1.总则 as 1 总则."""
    signs: list[_Sign] = []
    for place, text in enumerate(texts):
        path, end = _path(text)
        ordinal = None if path else parse_ordinal(text)
        if ordinal and ordinal.style == "point":
            path, end = (ordinal.number,), ordinal.end
        is_parted = ordinal is not None or text[end : end + 1].isspace()
        style = ordinal.style if ordinal else "decimal"
        if path:
            ordinal = Ordinal("decimal", path[-1], text[:end], end, path)
        if ordinal and style not in ("article", "stem", "subpoint"):
            is_named = is_unit_name(text[end:].strip())
            signs.append(_Sign(place, style, ordinal, is_named, is_parted))
    return signs


def _with_leads(signs: Sequence[_Sign]) -> list[_Sign]:
    """Say of each unit whether the next decimal number is its first: 3 before 3.1.

    Of several with the same number the last leads.
    """
    led: list[_Sign] = []
    following: tuple[int, ...] = ()  # the next decimal number
    between: set[tuple[str, int]] = set()  # styles and numbers that stand before it
    for sign in reversed(signs):
        ordinal = sign.ordinal
        if len(ordinal.path) > 1:
            following = ordinal.path
            between.clear()
            led.append(sign)
            continue
        same = (ordinal.style, ordinal.number)
        leads = following[:2] == (ordinal.number, 1) and same not in between
        between.add(same)
        led.append(replace(sign, leads=leads))
    return led[::-1]


def _is_next(sign: _Sign, top: int, listed: int) -> bool:
    """Whether one of the widest units goes on with their numbers, or begins them."""
    number = sign.ordinal.number
    if sign.leads:
        return number == 1 or 0 < number - top <= 1 + MOST_LOST
    is_listed = 0 < listed == number - 1
    return number == top + 1 and sign.is_named and sign.is_parted and not is_listed


def _follows(path: tuple[int, ...], sign: _Sign, last: dict[tuple[int, ...], int]) -> bool:
    """Whether a decimal number goes on from the last unit: 2.1 → 2.2, 2.1.1, but not 2.5."""
    own = sign.ordinal.path
    if not path or own <= path or own[0] != path[0]:
        return False
    at = next((n for n, (a, b) in enumerate(zip(path, own, strict=False)) if a != b), len(path))
    step = own[at] - (path[at] if at < len(path) else 0)
    if step > 1 + MOST_LOST or any(number != 1 for number in own[at + 1 :]):
        return False
    # a sister that is missing here was lost only if it does not come later
    return step == 1 or last.get((*own[:at], own[at] - 1), -1) < sign.place
