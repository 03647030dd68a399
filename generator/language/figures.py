"""Figures (数字) that a scan broke by blanks: 12. 5%, 1, 234. 5, 12 : 30, 1 : 500.

``12. 5`` is a decimal, or a unit numbered 12 that begins with 5. So each function closes a figure
up only where it is certain: its unit, what stands before it, and the ordinals around it decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.language.ideographs import HAN_OF_ANY_PRINT as CJK
from generator.runtime.patterns import lazy_regex

D = "[0-9０-９]"
B = r"[ \t\xa0\u3000]"
BLANKS = " \t\xa0\u3000"
# after such a unit of measure no 月 or 项 is counted, so that the figure may be a decimal
MEASURE = (
    r"[%％‰]|个百分点|[万亿]|元(?!旦)|美元|亩|吨|公[里顷斤升分]|平方|立方|[千兆毫微][米瓦克伏升安]|厘米"
    r"|千(?=[米瓦克伏卡])|米|倍|℃|摄氏|小时|岁"
)
# what is counted, so that the figure before it may be in thousands
COUNTED = rf"(?:{MEASURE}|[人户家名个件辆台套株只头处座所项次字册份亿千百])"
# 12. 5 · 3 .5 · 1,234. 5; not 2024. 5. 6
SPACED_DECIMAL = lazy_regex(
    rf"(?<![0-9０-９.．,，])(?P<whole>{D}{{1,3}}(?:,{D}{{3}}){{1,3}}|{D}{{1,9}})"
    rf"(?P<gap>{B}{{1,2}}[.．]{B}{{0,2}}|[.．]{B}{{1,2}})(?P<part>{D}{{1,6}})"
    rf"(?![0-9０-９]|{B}?[.．]{B}?{D})"
)
GROUP = rf"{B}{{0,2}},{B}{{0,2}}{D}{{3}}"
SPACED_THOUSANDS = lazy_regex(
    rf"(?<![0-9０-９.．,，第])(?P<first>{D}{{1,3}})(?P<groups>{GROUP}(?:{GROUP})?(?:{GROUP})?)"
    rf"(?![0-9０-９])"
)
IN_FRONT = lazy_regex(rf"{B}*\Z")
BEHIND = lazy_regex(rf"{B}*(?P<measure>{MEASURE})?")
# 5月, 5日, 5个, 5项: an ordinal stands before it
COUNTED_DAY = lazy_regex(rf"{B}*(?:[年月日号时项条款类]|个(?!百分点)|小时内|天|分钟)")
DECIMAL_POINT = lazy_regex(rf"{B}*[.．]{B}*{D}")
POINTS = frozenset(".．")
COUNTED_BEHIND = lazy_regex(rf"{B}*{COUNTED}")
ENDS_FIGURE = frozenset("，。；、）)；,;~～—-－至以左的和")
# a figure right after one of these is never an ordinal; 第, 表, 图 and 附件 number something else
SIGNS = frozenset("-－−–+＋±~～<>≤≥＜＞=＝×$￥¥、—（(")
NUMBERED = frozenset("第表图件章节条款项步例注")
LETTER = lazy_regex(rf"[{CJK}]")
# 12. 5亿元, at the beginning of a text
FIRST_DECIMAL = lazy_regex(
    rf"(?P<whole>{D}{{1,3}})(?P<gap>{B}{{1,2}}[.．]{B}{{0,2}}|[.．]{B}{{1,2}})"
    rf"(?P<part>{D}{{1,4}})(?={B}*(?:{MEASURE}))(?!{B}*小时内)"
)
POINT_NUMBER = lazy_regex(rf"(?P<number>{D}{{1,3}}){B}?[.．、](?![0-9０-９])")
# an ordinal inside a text: anywhere, or behind a stop or a comma
ANY_NUMBER = lazy_regex(rf"(?<![0-9０-９.．])(?P<number>{D}{{1,3}}){B}{{0,2}}[.．、](?![0-9０-９])")
LISTED_NUMBER = lazy_regex(
    rf"(?:\A|[。；：;:！？!?，,]){B}{{0,4}}(?P<number>{D}{{1,3}}){B}{{0,2}}[.．、](?![0-9０-９])"
)
ROUNDS = 8  # of closing figures up, at most
NEAR = 200  # characters on either side in which the other ordinals of a list are looked for
DIGITS = frozenset("0123456789０１２３４５６７８９")
SPACED_COLON = lazy_regex(
    rf"(?<![0-9０-９:：.．])(?P<left>{D}{{1,4}}(?:\.{D}{{1,2}})?)"
    rf"(?P<gap>{B}{{1,2}}[:：]{B}{{0,2}}|[:：]{B}{{1,2}})(?P<right>{D}{{1,7}}(?:\.{D}{{1,2}})?)"
    rf"(?![0-9０-９]|{B}?[:：])"
)
CLOCK = lazy_regex(rf"(?:[01]?{D}|2[0-4]):[0-5]{D}")
# 上午9: 30 · 每天8: 00至18: 00
TIME_WORD = lazy_regex(r"(?:[午晨晚早间日夜天时于自从至到]|[—～~（(-])[ \t\xa0\u3000]*\Z")
RATIO_WORD = lazy_regex(
    r"(?:比|比例|比例尺|配比|坡度|坡比|比值|倍率|比率)"
    r"(?:[为是达按约]|达到|约为|应为|不[低高大小少]于|不超过|控制在|[：:])?[ \t\xa0\u3000]*\Z"
)
REACH = 12  # characters before a figure that may say what it is


def close_up_figures(text: str) -> str:
    """Drop the blanks inside decimals and thousands where no ordinal can be meant.

    ``增长12. 5%`` → ``增长12.5%``, ``1, 234. 5万元`` → ``1,234.5万元``
    """
    text = SPACED_THOUSANDS.sub(_thousands, text)
    for _ in range(ROUNDS):  # 12. 6 beside 13. 1 looks like an ordinal until it is closed up
        closed = SPACED_DECIMAL.sub(_decimal, text)
        if closed == text:
            break
        text = closed
    return text


def close_up_colons(text: str) -> str:
    """Drop the blanks inside times of the day and ratios: ``12 : 30`` → ``12:30``."""
    return SPACED_COLON.sub(_colon, text)


def first_decimals(texts: Sequence[str]) -> dict[int, re.Match[str]]:
    """Find the texts that begin with a broken decimal, and not with an ordinal: 12. 5亿元.

    It is an ordinal if the text before it in the series, or the one behind it, is there too: one
    numbered 11 above, or 13 below.
    """
    found = {
        n: first
        for n, text in enumerate(texts)
        if text[:1] in DIGITS and (first := FIRST_DECIMAL.match(text))
    }
    if not found:
        return {}
    numbers = [
        (n, int(point["number"]))
        for n, text in enumerate(texts)
        if text[:1] in DIGITS and (point := POINT_NUMBER.match(text))
    ]
    above: set[int] = set()
    below = {number: n for n, number in numbers}  # the last place of each
    listed = {n for n, _ in numbers}
    decimals = {n: first for n, first in found.items() if n not in listed}  # 3 .5亿元
    for n, number in numbers:
        if n in found:
            is_listed = number - 1 in above or below.get(number + 1, -1) > n
            if number == 0 or not (is_listed or _is_round(found[n]["part"])):
                decimals[n] = found[n]
        above.add(number)
    return decimals


def _is_round(part: str) -> bool:
    """Whether digits are hardly those behind a point: 100 of 1. 100万元."""
    return part[-1] in "0０" or len(part) > 2


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _thousands(found: re.Match[str]) -> str:
    text, end = found.string, found.end()
    is_figure = (
        found["groups"].count(",") > 1
        or DECIMAL_POINT.match(text, end)
        or COUNTED_BEHIND.match(text, end)
        or (not found.start() and end == len(text))
    )
    return _without_blanks(found[0]) if is_figure else found[0]


def _decimal(found: re.Match[str]) -> str:
    return _without_blanks(found[0]) if _is_decimal(found) else found[0]


def _is_decimal(found: re.Match[str]) -> bool:
    text, start, end = found.string, found.start(), found.end()
    if COUNTED_DAY.match(text, end):
        return False
    above = text[max(start - REACH, 0) : start].rstrip(BLANKS)
    if above[-1:] in POINTS:  # 2024. 05. 06
        return False
    if found["whole"][0] in "0０" or "," in found["whole"]:
        return True
    measured = BEHIND.match(text, end)
    has_measure = bool(measured and measured["measure"])
    if not text[:start].strip():  # first_decimals decides, for it sees the texts around it
        is_alone = measured is not None and measured.end() == len(text)
        return is_alone and not _is_round(found["part"])
    last = above[-1:]
    is_joined = bool(LETTER.match(last)) or last in SIGNS
    number = int(found["whole"])
    if last in NUMBERED or _is_ordinal(text, number, start, listed=is_joined):
        return False
    if above.endswith("PM"):
        return True
    if is_joined:
        rest = text[end : end + REACH].lstrip(BLANKS)
        return has_measure or not rest or rest[0] in ENDS_FIGURE
    return has_measure and not _is_round(found["part"])


def _is_ordinal(text: str, number: int, near: int, *, listed: bool) -> bool:
    """Whether the ordinal before or after a number is near a place: 11. or 13. for 12. 5.

    ``listed`` asks for one behind a stop or a comma, where ordinals stand.
    """
    around = text[max(near - NEAR, 0) : near + NEAR]
    numbers = (LISTED_NUMBER if listed else ANY_NUMBER).finditer(around)
    return any(abs(int(found["number"]) - number) == 1 for found in numbers)


def _colon(found: re.Match[str]) -> str:
    closed = _without_blanks(found[0])
    above = found.string[max(found.start() - REACH, 0) : found.start()]
    if RATIO_WORD.search(above):
        return closed
    last = above.rstrip(BLANKS)[-1:]
    if last in NUMBERED or COUNTED_DAY.match(found.string, found.end()):
        return found[0]
    if CLOCK.fullmatch(closed.replace("：", ":")):
        is_spaced = found["gap"][0] not in ":："
        return closed if is_spaced or not last or TIME_WORD.search(above) else found[0]
    is_scale = found["left"] == "1" and found["gap"][0] not in ":："
    return closed if is_scale and LETTER.match(last) else found[0]
