"""序数: the numbers of the units of a text, from 第一章 to 一、（一）1.（1） (GB/T 9704-2012).

Whether a line begins a unit depends on the lines around it, too: units.py, decimal_units.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from generator.language.numerals import parse_numeral
from generator.runtime.patterns import lazy_regex

OrdinalStyle: TypeAlias = Literal[
    "part", "chapter", "clause", "article", "stem", "decimal", "section", "item", "point",
    "subpoint",
]  # fmt: skip

# 第一编 · 第一篇 · 第一部分 · 第一章 总则 · 第二节 · 第三条 · 一、 · （一） · 1. · （1）
ORDINAL = lazy_regex(
    r"""
    (?P<word>第(?P<word_number>[〇一二三四五六七八九十百千零两]+|\d{1,4})(?P<unit>[编章节条]|(?:篇|部分)(?=[\s：:]|$))
        (?:之(?P<inserted>[一二三四五六七八九十]+))?)
        (?:(?<=[篇分])[：:])?  # not 第一部分工作, 第三篇文章
        # references, no ordinals: 第三条规定, 第一章、, 第七条约定的
        (?!约定的|所[称列指述]|不一致|明确了)
        (?=[\s\u3000]|[^\s，、。；：）)（(规款项第之和至与的或]|$|(?<=：)
          # 第一条（目的和依据） is an ordinal; 第五条（二）项, 第三条（含第四条） are references
          |(?:(?<=条)|(?<=条之[一二三四五六七八九]))
           [（(](?![一二三四五六七八九十百]{1,4}[）)]|[见即]|以下)
           [^（()），。；：,;:第条款项\d]{1,12}[）)]
           (?:[^，、。；：）)（(,;:规款项第之和至与的或]|规(?!定)|$))
  | (?P<section>(?P<section_number>[一二三四五六七八九十百]{1,5})[、．.])
        (?![一二三四五六七八九十]{1,3}[、（(产级类])           # 一、二、三产业 is a list
  | (?P<stem>(?P<stem_number>[甲乙丙丁戊己庚辛壬癸])、)(?![甲乙丙丁戊己庚辛壬癸])  # 甲、乙双方
  | (?P<item>[（(][\s]?(?P<item_number>[一二三四五六七八九十百]{1,5})[\s]?[）)])
        # （一）项规定的, （一）、（二）项 are references
        (?!项(?!目)|款(?!项)|目(?:规定|所列)|、?[（(][一二三四五六七八九十]{1,3}[）)])、?
  | (?P<point>(?P<point_number>\d{1,3})[\s]?(?:[.．](?![\d])|、(?!\d)))   # 1.5亿元 is a decimal
  | (?P<subpoint>[（(](?P<subpoint_number>\d{1,3})[）)])
        (?![\u4e00-\u9fff]{0,3}第\s?\d{1,5}\s?号)           # （88）第3号 is a number
    """,
    re.VERBOSE,
)
# an ordinal and the blanks behind it: first 第一条 and the like, then all others
WORD_AND_GAP = lazy_regex(
    r"^(第[〇一二三四五六七八九十百千零两\d]+(?:[编章节条篇]|部分)(?:之[一二三四五六七八九十]+)?)"
    r"[ \u3000\xa0]+"
)
# the same inside a quotation: 修改为：“第五条 违反…; not “第三条 第二款”
QUOTED_AND_GAP = lazy_regex(
    r"(?<=[“‘\"])(第[〇一二三四五六七八九十百千零两\d]+(?:[编章节条]|部分)(?:之[一二三四五六七八九十]+)?)"
    r"[ \u3000\xa0]+(?![第的、，。；：）”’\"]|规定)"
)
ORDINAL_AND_GAP = lazy_regex(
    r"^([（(]\s*+[一二三四五六七八九十百\d]{1,5}\s*+[）)]、?|[一二三四五六七八九十百]{1,5}、"
    r"|\d{1,3}\s?[.．、])[ \u3000\xa0]+"
)
POINT_BEFORE_FIGURE = lazy_regex(r"^(\d{1,3}\s?[.．])[ \u3000\xa0]+(?=\d)")
LONGEST_ORDINAL = 28  # characters of an ordinal and of the text behind it that the pattern tests
FIRST = frozenset("第甲乙丙丁戊己庚辛壬癸一二三四五六七八九十百（(0123456789０１２３４５６７８９")
UNITS: dict[str, OrdinalStyle] = {
    "编": "part", "篇": "part", "部分": "part", "章": "chapter", "节": "clause", "条": "article",
}  # fmt: skip
STYLES: dict[str, OrdinalStyle] = {
    "stem": "stem", "section": "section", "item": "item", "point": "point", "subpoint": "subpoint",
}  # fmt: skip
STEMS = "甲乙丙丁戊己庚辛壬癸"
LEVELS: dict[OrdinalStyle, int] = {
    "part": 1, "chapter": 1, "clause": 2, "article": 3,
    "stem": 2, "section": 1, "item": 2, "point": 3, "subpoint": 4,
}  # fmt: skip
DEEPEST = 4  # level
Place: TypeAlias = Literal[OrdinalStyle, "section_over_articles"]
# from the widest unit to the narrowest, in rules (章节条) and elsewhere. In some documents 一、
# contains 第一条, in others it is inside an article: units.py decides which
PLACES: tuple[Place, ...] = (
    "part", "chapter", "clause", "section_over_articles", "article", "stem", "decimal", "section",
    "item", "point", "subpoint",
)  # fmt: skip


class Rank(NamedTuple):
    """How narrow a unit is; a unit ends all earlier ones that are as narrow or narrower."""

    place: int  # in PLACES; a decimal number has the place of its widest units
    depth: int = 0  # of a decimal number: 3 for 2.1.1


RANKS: dict[Place, Rank] = {place: Rank(n) for n, place in enumerate(PLACES)}


@dataclass(frozen=True, slots=True)
class Ordinal:
    """The number in front of a unit (序数)."""

    style: OrdinalStyle
    number: int
    text: str  # as printed
    end: int  # offset of the text behind it
    path: tuple[int, ...] = ()  # of a decimal number: (2, 1, 1)
    place: Place | None = None  # if the document decides it; for 2.1.1 the place of the unit 2
    widest: int = 1  # for 2.1.1 the level of the unit 2
    inserted: int = 0  # 2 in 第三条之二, an article of its own behind 第三条

    @property
    def level(self) -> int:
        """Level of the style: 一、 is 1, （一） 2, 1. 3, （1） 4; in rules 章 is 1, 节 2, 条 3.

        For decimal numbers it is the depth: 1 is 1, 1.1 is 2, 1.1.1 is 3; more if the widest unit
        has a deeper level.
        """
        if self.path:
            return min(self.widest + len(self.path) - 1, DEEPEST)
        return LEVELS[self.style]

    @property
    def rank(self) -> Rank:
        """How narrow the unit is in its document."""
        rank = RANKS[self.place or self.style]
        return Rank(rank.place, len(self.path)) if self.path else rank


def parse_ordinal(text: str) -> Ordinal | None:
    """Read the ordinal that a line begins with; None when it begins with none."""
    # most lines begin with no ordinal; the first character is cheaper to test than the pattern
    if not text or text[0] not in FIRST:
        return None
    return _read_ordinal(text[:LONGEST_ORDINAL])


def parse_ordinals(texts: Iterable[str]) -> list[Ordinal | None]:
    """Read the ordinal that each line begins with, as parse_ordinal does; for many lines."""
    return [_read_ordinal(text[:LONGEST_ORDINAL]) if text[:1] in FIRST else None for text in texts]


@lru_cache(maxsize=4096)  # several rules ask for the same beginnings
def _read_ordinal(text: str) -> Ordinal | None:
    found = ORDINAL.match(text)
    if not found:
        return None
    form = str(found.lastgroup)  # the outer group of the form closes last
    numeral = found[f"{form}_number"]
    if form == "word":
        return _in_words(found["word"], numeral, found["unit"], found["inserted"], found.end())
    return _in_signs(form, numeral, found.group())


# beginnings are many, ordinals few
@lru_cache(maxsize=4096)
def _in_words(
    printed: str, numeral: str, unit: str, inserted: str | None, end: int
) -> Ordinal | None:
    number = parse_numeral(numeral)
    if number is None:
        return None
    return Ordinal(UNITS[unit], number, printed, end, inserted=parse_numeral(inserted or "") or 0)


@lru_cache(maxsize=4096)
def _in_signs(form: str, numeral: str, printed: str) -> Ordinal | None:
    number = STEMS.index(numeral) + 1 if form == "stem" else parse_numeral(numeral)
    return Ordinal(STYLES[form], number, printed, len(printed)) if number else None
