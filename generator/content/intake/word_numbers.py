"""Count the numbers that Word prints but does not store in the text: 一、 （一） 第一条."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.content.intake.text import PRIVATE
from generator.content.intake.word_styles import Style
from generator.content.intake.word_xml import Node, W, attribute_of, is_on, number_of
from generator.runtime.patterns import lazy_regex

log = logging.getLogger(__name__)

PLACE = lazy_regex(r"%(?P<level>[1-9])")
LARGEST_NUMBER = 32_767  # the largest number at which Word lets a list start
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _characters(first: str, count: int) -> str:
    return "".join(chr(ord(first) + n) for n in range(count))


# formats with a character for each of the first few numbers; larger numbers are decimal
# (these limits, and 101: measured in Word, github.com/docling-project/docling/pull/4336)
CHARACTERS = {
    "decimalEnclosedCircle": _characters("①", 20),
    "decimalEnclosedCircleChinese": _characters("①", 10),
    "decimalEnclosedFullstop": _characters("⒈", 20),
    "decimalEnclosedParen": _characters("⑴", 20),
    "ideographEnclosedCircle": _characters("㊀", 10),
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "ideographZodiacTraditional": "子丑寅卯辰巳午未申酉戌亥",
}
# formats with ten digits, place by place: 一〇一
DIGITS = {
    "decimal": "0123456789",
    "decimalHalfWidth": "0123456789",
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
}
# formats of digits with units (十, 百, 千): 一百〇一; a zero given as a blank is not printed
COUNTED = {
    "chineseCountingThousand": ("〇一二三四五六七八九", "十百千"),
    "taiwaneseCountingThousand": ("零一二三四五六七八九", "十百千"),
    "japaneseCounting": (" 一二三四五六七八九", "十百千"),
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟"),
}
# formats with units below a hundred, and place by place from there on: 九十九, 一○○
COUNTED_BELOW_100 = frozenset({"chineseCounting", "taiwaneseCounting"})
# the commonest bullets of Word's own fonts; any other is shown as the first one
BULLETS = {"\uf0b7": "•", "\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "\uf0d8": "➢", "\uf0fc": "✓"}


@dataclass(frozen=True, slots=True)
class _Level:
    """The numbering of one level of a list."""

    start: int
    format: str  # w:numFmt: decimal, chineseCounting, bullet …
    text: str  # w:lvlText: 第%1条
    suffix: str  # tab, space or nothing
    decimal: bool  # all numbers of the label are decimal
    # the deepest level, 1 for the first, whose use restarts this one; 0: none, None: any above it
    restart: int | None
    style: str | None  # paragraphs of this style have this level


@dataclass(frozen=True, slots=True)
class _List:
    """A list; all lists of one kind share their counts."""

    kind: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]  # first numbers of the levels that start anew with this list


def read_lists(root: Node | None, styles: Mapping[str, Style]) -> Mapping[str, _List]:
    """Read all lists of numbering.xml, by their ids."""
    if root is None:
        return {}
    kinds = {n.get(W + "abstractNumId") or "": n for n in root.iterfind(W + "abstractNum")}
    nodes = {n.get(W + "numId") or "": n for n in root.iterfind(W + "num")}

    def kind_of(list_id: str | None) -> str:
        kind = attribute_of(nodes.get(list_id or ""), "abstractNumId") or ""
        # a list may refer to a style; then the list of that style has the levels
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
        # a newer format comes with an older one for older programs; the newer one is first
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
    if style in CHARACTERS:
        characters = CHARACTERS[style]
        return characters[number - 1] if number <= len(characters) else str(number)
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
            log.warning("Word 的编号格式 %s 没有对应的写法，写作 %d；请对照原件核对", style, number)
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
    if digits[0] == " ":  # Japanese leaves out 一 before 千, 百, 十
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
    """Counts the paragraphs of all lists in the order of the document."""

    lists: Mapping[str, _List]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)  # by kind of list and level
    used: set[tuple[str, int]] = field(default_factory=set)  # lists with levels counted so far

    def label_of(self, paragraph: Node, style: Style) -> tuple[str, str]:
        """Give the number printed before a paragraph, and its suffix: tab, space or nothing."""
        direct = attribute_of(paragraph, "pPr/numPr/numId")
        list_id = style.list_id if direct is None else direct
        if list_id is None or list_id == "0":  # 0 cancels the number of the style
            return "", ""
        found = self.lists.get(list_id)
        levels = {level.style: n for n, level in found.levels.items()} if found else {}
        by_style = next((levels[name] for name in style.ids if name in levels), style.level)
        own = attribute_of(paragraph, "pPr/numPr/ilvl")
        if own is not None:
            return self.label(list_id, int(own))
        return self.label(list_id, (by_style if direct is None else 0) or 0)

    def label(self, list_id: str, number: int) -> tuple[str, str]:
        """Count one more paragraph; give its label, and the suffix between label and text."""
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
        return PRIVATE.sub(lambda bullet: BULLETS.get(bullet.group(), "•"), level.text)

    def numeral(place: re.Match[str]) -> str:
        at = int(place["level"]) - 1
        other = levels.get(at)
        if other is None or at > number or other.format in ("bullet", "none"):
            return ""
        style = "decimal" if level.decimal else other.format
        return _numeral(counts.get(at, other.start), style)

    return PLACE.sub(numeral, level.text)
