"""Numbers that Word prints and does not write: 一、 （一） 第一条, counted list by list."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.content.intake.text import PRIVATE
from generator.content.intake.word_styles import Style
from generator.content.intake.word_xml import Node, W, attribute_of, is_on, number_of

log = logging.getLogger(__name__)

PLACE = re.compile(r"%(?P<level>[1-9])")
LARGEST_NUMBER = 32_767  # at which Word lets a list start
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _signs(first: str, count: int) -> str:
    return "".join(chr(ord(first) + n) for n in range(count))


# signs for the first few numbers; what comes after them is decimal
# (101 and the ends of these: measured in Word, github.com/docling-project/docling/pull/4336)
SIGNS = {
    "decimalEnclosedCircle": _signs("①", 20),
    "decimalEnclosedCircleChinese": _signs("①", 10),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "decimalEnclosedParen": _signs("⑴", 20),
    "ideographEnclosedCircle": _signs("㊀", 10),
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "ideographZodiacTraditional": "子丑寅卯辰巳午未申酉戌亥",
}
# ten digits, place by place: 一〇一
DIGITS = {
    "decimal": "0123456789",
    "decimalHalfWidth": "0123456789",
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
}
# digits with their units: 一百〇一; a blank zero is not printed
COUNTED = {
    "chineseCountingThousand": ("〇一二三四五六七八九", "十百千"),
    "taiwaneseCountingThousand": ("零一二三四五六七八九", "十百千"),
    "japaneseCounting": (" 一二三四五六七八九", "十百千"),
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟"),
}
# counted below a hundred, place by place above: 九十九, 一○○
COUNTED_BELOW_100 = frozenset({"chineseCounting", "taiwaneseCounting"})
# what the commonest bullets show in Word's own fonts; others are shown as the first one
BULLETS = {"\uf0b7": "•", "\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "\uf0d8": "➢", "\uf0fc": "✓"}


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int
    format: str  # w:numFmt: decimal, chineseCounting, bullet …
    text: str  # w:lvlText: 第%1条
    suffix: str  # tab, space or nothing
    decimal: bool  # all numbers of the label are decimal
    restart: int | None  # the level whose use restarts this one, 1 for the first; 0 never
    style: str | None  # the style that is numbered by this level


@dataclass(frozen=True, slots=True)
class _List:
    """A list; lists of one kind go on counting where the other left off."""

    kind: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]  # of levels that start anew with this list


def read_lists(root: Node | None, styles: Mapping[str, Style]) -> Mapping[str, _List]:
    """Read numbering.xml: each list by its id."""
    if root is None:
        return {}
    kinds = {n.get(W + "abstractNumId") or "": n for n in root.iterfind(W + "abstractNum")}
    nodes = {n.get(W + "numId") or "": n for n in root.iterfind(W + "num")}

    def kind_of(list_id: str | None) -> str:
        kind = attribute_of(nodes.get(list_id or ""), "abstractNumId") or ""
        # a list may be defined by a style, whose own list has the levels
        linked = styles.get(attribute_of(kinds.get(kind), "numStyleLink") or "-")
        if linked and linked.list_id != list_id:
            return attribute_of(nodes.get(linked.list_id or ""), "abstractNumId") or kind
        return kind

    return {name: _read_list(node, kind_of(name), kinds) for name, node in nodes.items()}


def _read_list(node: Node, kind: str, kinds: Mapping[str, Node]) -> _List:
    levels: dict[int, _Level] = {}
    starts: dict[int, int] = {}
    for level in kinds[kind].iterfind(W + "lvl") if kind in kinds else ():
        levels[number_of(level.get(W + "ilvl"), 0)] = _read_level(level)
    for override in node.iterfind(W + "lvlOverride"):
        number = number_of(override.get(W + "ilvl"), 0)
        if (level_node := override.find(W + "lvl")) is not None:
            levels[number] = _read_level(level_node)
        if (start := attribute_of(override, "startOverride")) is not None:
            starts[number] = int(start)
    return _List(kind, levels, starts)


def _read_level(node: Node) -> _Level:
    formats = [n for n in node.iter(W + "numFmt") if n.get(W + "val") != "custom"]
    restart = attribute_of(node, "lvlRestart")
    return _Level(
        start=number_of(attribute_of(node, "start"), 1),
        # newer formats stand beside an older one for older programs
        format=(formats[0].get(W + "val") if formats else None) or "decimal",
        text=attribute_of(node, "lvlText") or "",
        suffix=attribute_of(node, "suff") or "tab",
        decimal=is_on(node, "isLgl"),
        restart=None if restart is None else int(restart),
        style=attribute_of(node, "pStyle"),
    )


def _numeral(number: int, style: str) -> str:
    """Print a number in one of Word's formats."""
    if not 1 <= number <= LARGEST_NUMBER:
        return str(number)
    if style in SIGNS:
        signs = SIGNS[style]
        return signs[number - 1] if number <= len(signs) else str(number)
    if style in COUNTED_BELOW_100:
        style = "chineseCountingThousand" if number < 100 else "taiwaneseDigital"
    if style in COUNTED and number < 10_000:
        return _counted(number, *COUNTED[style])
    if style in DIGITS:
        return "".join(DIGITS[style][int(digit)] for digit in str(number))
    match style:
        case "decimalZero":
            return f"{number:02}"
        case "numberInDash":
            return f"- {number} -"
        case "lowerLetter" | "upperLetter":
            repeat, letter = divmod(number - 1, 26)
            text = chr(ord("A") + letter) * (repeat + 1)
        case "lowerRoman" | "upperRoman":
            text = _roman(number)
        case _:
            log.warning("no numerals for the format %s of Word; printed %d", style, number)
            return str(number)
    return text.lower() if style.startswith("lower") else text


def _counted(number: int, digits: str, units: str) -> str:
    text = ""
    skipped = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            zero = digits[0].strip() if skipped and text else ""
            text += zero + digits[digit] + (units[power - 1] if power else "")
        skipped = not digit
    if digits[0] == " ":  # Japanese names no single hundred
        text = text.replace("一千", "千").replace("一百", "百").replace("一十", "十")
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


@dataclass(slots=True)
class ListCounter:
    """Counts the paragraphs of all lists in their order."""

    lists: Mapping[str, _List]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)  # by kind of list and level
    used: set[tuple[str, int]] = field(default_factory=set)  # lists and levels met so far

    def label(self, list_id: str, number: int) -> tuple[str, str]:
        """Count one more paragraph; give its label and what parts it from the text."""
        found = self.lists.get(list_id)
        level = found.levels.get(number) if found else None
        if not found or not level:
            return "", ""
        counts = self.counts.setdefault(found.kind, {})
        if (list_id, number) not in self.used and number in found.starts:
            counts[number] = found.starts[number]
        else:
            counts[number] = counts[number] + 1 if number in counts else level.start
        self.used.add((list_id, number))
        for deeper in [n for n in counts if n > number]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or number < restart:
                del counts[deeper]
        return _label(level, number, found.levels, counts), level.suffix


def _label(
    level: _Level, number: int, levels: Mapping[int, _Level], counts: Mapping[int, int]
) -> str:
    if level.format == "bullet":
        return PRIVATE.sub(lambda sign: BULLETS.get(sign.group(), "•"), level.text)

    def numeral(place: re.Match[str]) -> str:
        at = int(place["level"]) - 1
        other = levels.get(at)
        if other is None or at > number or other.format in ("bullet", "none"):
            return ""
        style = "decimal" if level.decimal else other.format
        return _numeral(counts.get(at, other.start), style)

    return PLACE.sub(numeral, level.text)
