"""Numbers that a text prints twice, in words and in figures: 壹万元整（10000元）, 十五（15）日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from generator.language.numerals import half_width
from generator.runtime.patterns import lazy_regex

# 大写, its traditional and its plain characters
ROWS = (
    "零〇○",
    "壹一弌",
    "贰二貳弍两",
    "叁三叄參弎",
    "肆四",
    "伍五",
    "陆六陸",
    "柒七",
    "捌八",
    "玖九",
)
DIGITS = {char: n for n, row in enumerate(ROWS) for char in row}
SCALES = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
YUAN, JIAO, FEN = frozenset("元圆圓"), frozenset("角"), frozenset("分")
CAPITALS = frozenset("壹弌贰貳弍叁叄參弎肆伍陆陸柒捌玖拾佰仟")

WORD = "".join((*DIGITS, *SCALES, *MYRIADS))
FIGURE = r"\d{1,3}(?:[,，]\d{3}){1,5}(?:\.\d{1,4})?|\d{1,13}(?:\.\d{1,4})?"
FIGURE_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000,
                 "千万": 10_000_000, "亿": 100_000_000}  # fmt: skip
MONEY = rf"[{WORD}]{{1,24}}(?:元|圆|圓)(?:[{WORD}]角)?(?:[{WORD}]分)?"
SCALE = r"(?P<scale>[百千]?万|亿|[十百千])?"
# the words between both prints: 整（大写）人民币：…（小写）¥
NAMES = r"(?:大写|小写|人民币|RMB|[¥￥]|即|计|合计?|折合|金额)?"
GAP = r"[\s（()）：:]"
BETWEEN = (
    rf"[整正]?[\s（(）)\[\]【】：:，,、/]{{0,4}}{NAMES}{GAP}{{0,4}}{NAMES}{GAP}{{0,3}}{NAMES}\s?"
)
WORDS_FIRST = lazy_regex(
    rf"(?<![{WORD}\d.])(?P<words>{MONEY}){BETWEEN}(?P<figure>{FIGURE})\s?{SCALE}"
    rf"(?P<unit>[元圆圓]?)(?![\d%％年月日号人个])"
)
FIGURE_FIRST = lazy_regex(
    rf"(?<![\d.,])(?P<figure>{FIGURE})\s?{SCALE}(?P<unit>[元圆圓])?{BETWEEN}(?P<words>{MONEY})"
)
COUNTED = "日天年月个名人份件次项倍亩套台期户家"
# 十五（15）日, 三十日（30日）; not 附件二（2）
TWICE = lazy_regex(
    rf"(?<![{WORD}第表图件附卷册章节条款项（(号\d.])(?P<words>[{WORD}]{{1,10}})"
    rf"(?P<unit>[{COUNTED}][工日个]?)?\s?[（(](?P<figure>{FIGURE})(?P=unit)?[）)]"
    rf"(?P<behind>[{COUNTED}万亿元])?"
)
NEAR = 8  # characters before an amount that may say 大写
# cheap first tests
MONEY_HINT = lazy_regex(rf"[{WORD}][元圆圓]")
TWICE_HINT = lazy_regex(rf"[{WORD}](?:[{COUNTED}][工日个]?)?\s?[（(]\d")


class TwoPrints(NamedTuple):
    """A place where words and figures differ: both as printed, and both numbers."""

    start: int
    end: int
    words: str
    figure: str


def differing_amounts(text: str) -> Iterator[TwoPrints]:
    """Find amounts and numbers that are printed in words and in figures, and are not the same."""
    text = half_width(text)
    if MONEY_HINT.search(text):
        for pattern in (WORDS_FIRST, FIGURE_FIRST):
            for found in pattern.finditer(text):
                if not _is_pair(found):
                    continue
                words, figure = parse_amount(found["words"]), _figure(found)
                if words is not None and words != figure:
                    yield TwoPrints(*found.span(), found["words"], _shown(found))
    if TWICE_HINT.search(text):
        for found in TWICE.finditer(text):
            has_unit = found["unit"] or found["behind"]
            counted = parse_words(found["words"])
            if has_unit and counted is not None and counted != _number(found):
                yield TwoPrints(*found.span(), found["words"], found["figure"])


def _is_pair(found: re.Match[str]) -> bool:
    """Whether words and figure are two prints of one amount, and not two amounts in a list.

    They are if the words are capitals (大写), or a bracket opens between them.
    """
    end = max(found.end("figure"), found.end("scale"), found.end("unit"))
    if found.start("figure") < found.start("words"):
        between = found.string[end : found.start("words")]
    else:
        between = found.string[found.end("words") : found.start("figure")]
    above = found.string[max(found.start() - NEAR, 0) : found.start()]
    has_capitals = bool(CAPITALS & {*found["words"]})
    is_named = any(word in above + between for word in ("大写", "小写", "¥", "￥", "即", "人民币"))
    opens = between.lstrip("整正 ")[:1] in ("（", "(")
    return opens or (has_capitals and is_named)


def _figure(found: re.Match[str]) -> Decimal:
    return _number(found) * FIGURE_SCALES[found["scale"] or ""]


def _number(found: re.Match[str]) -> Decimal:
    return Decimal(found["figure"].replace(",", "").replace("，", ""))


def _shown(found: re.Match[str]) -> str:
    return found["figure"] + (found["scale"] or "") + (found["unit"] or "")


def parse_amount(text: str) -> Decimal | None:
    """Read an amount of money in words, in yuan: 壹万贰仟元伍角整 → 12000.5; None if it is none."""
    whole, parts, rest = Decimal(0), {"角": Decimal("0.1"), "分": Decimal("0.01")}, text
    rest = rest.rstrip("整正 ")
    for n, char in enumerate(rest):
        if char in YUAN:
            read = parse_words(rest[:n])
            if read is None:
                return None
            whole, rest = Decimal(read), rest[n + 1 :]
            break
    else:
        return None
    rest = rest.lstrip("零")
    while rest:
        if len(rest) < 2 or rest[0] not in DIGITS or rest[1] not in parts:
            return None
        whole += DIGITS[rest[0]] * parts.pop(rest[1])
        rest = rest[2:].lstrip("零")
    return whole


def parse_words(text: str) -> int | None:
    """Read a whole number in words: 壹亿零贰佰万 → 102000000; None if the words make no number."""
    total = section = 0
    current: int | None = None
    last_scale = 100_000
    for char in text:
        if char in DIGITS:
            if current:  # two digits without a scale: 一二
                return None
            current = DIGITS[char]
        elif char in SCALES:
            if SCALES[char] >= last_scale:
                return None
            last_scale = SCALES[char]
            section, current = section + (1 if current is None else current) * last_scale, None
        elif char in MYRIADS:
            value = section + (current or 0)
            if not value and not total:
                return None
            is_larger = MYRIADS[char] > 10_000
            total = (total + value) * MYRIADS[char] if is_larger else total + value * 10_000
            section, current, last_scale = 0, None, 100_000
        else:
            return None
    return total + section + (current or 0) if text else None
