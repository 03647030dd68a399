"""Places that an amending sentence names: 第五条第二款第（三）项, 序言第七自然段, 第三章章名.

A place is a chain of units from the widest to the narrowest. Its possible anchors are those of
docs/data.md, "Addresses".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from generator.language.numerals import parse_numeral
from generator.language.provisions import NUMERAL
from generator.runtime.patterns import lazy_regex

# (编|分编|部分|章|节|条|款|项|目|自然段|段|句 or a part without number, its number)
Unit: TypeAlias = tuple[str, str]

# the units that have numbers, from the widest to the narrowest
RANKS = {
    "编": 0, "分编": 1, "部分": 2, "章": 3, "节": 4, "条": 5, "自然段": 6, "段": 6, "款": 6,
    "项": 7, "目": 8, "句": 9,
}  # fmt: skip
# parts without a number, and the words for each
PARTS = {
    "名称": "名称|题目|标题",  # of the document
    "引言": "引言|前言|导语|开头部分?",
    "序言": "序言",
    "正文": "正文",
    "目录": "目录|目次",
    "附则": "附则",
    "附件": "附件|附表|附录|附图",
    "落款": "落款",
}
PART_OF = {word: part for part, words in PARTS.items() for word in words.split("|")}
PART_OF |= {"开头": "引言", "开头部分": "引言"}
HEADINGS = "章名|节名|编名|条标|条名|标题|名称|题目"
NUMBERED = rf"[（(]?{NUMERAL}[）)]?"
LISTED_NAMES = "分编|自然段|部分|[编章节条款项目段]"
UNIT_NAMES = "分编|自然段|部分|[编章节条款项目段句]"
# 第三条之一 · （三）项 · 第(三)项 · 十一条 (第 was lost in print)
UNIT = lazy_regex(
    rf"第?(?P<number>{NUMBERED})(?P<unit>{UNIT_NAMES})"
    r"(?:之(?P<inserted>[一二三四五六七八九十]{1,2}))?"
)
# 第三、五、七条 · 第（二）、（三）项 · 第五至七条
LISTED = lazy_regex(
    rf"第?{NUMBERED}(?:(?:[、和及与]|以及|至|到|—|-)第?{NUMBERED}){{1,40}}(?P<unit>{LISTED_NAMES})"
)
ONE_OF_LIST = lazy_regex(rf"(?P<joint>至|到|—|-)?第?[（(]?(?P<number>{NUMERAL})[）)]?")
PART = lazy_regex("|".join(sorted(PART_OF, key=len, reverse=True)))
HEADING = lazy_regex(rf"(?:的)?(?P<heading>{HEADINGS})")
SENTENCES = lazy_regex(r"(?:的)?(?P<which>后[一两三]|前[一两三]|最后一|末)句")
# between the units of one place: 第六十七条全国人民代表大会常务委员会职权第二十项
DUTIES = lazy_regex(r"(?:的|中的?|[\u4e00-\u9fff]{2,20}职权)(?=第|[（(])")
JOINT = lazy_regex(r"(?P<through>至|到|—|－|-)|[、和及与或]|以及")
LONGEST_RANGE = 200  # provisions


@dataclass(frozen=True, slots=True)
class AmendedPlace:
    """One place of a document: its units, the widest first; none for the whole document."""

    units: tuple[Unit, ...] = ()
    heading: bool = False  # its heading alone: 章名
    sentence: str = ""  # of its text: 第二句, 后两句
    printed: str = ""

    @property
    def article(self) -> str:
        """The number of its article: 17-b2 is 第十七条之一; empty if it is in none."""
        return dict(self.units).get("条", "")

    def number(self, unit: str) -> str:
        """Give the number of one of its units; empty if it has none."""
        return dict(self.units).get(unit, "")

    @property
    def narrowest(self) -> str:
        """The name of its narrowest unit; empty for the whole document."""
        return self.units[-1][0] if self.units else ""

    def inside(self, above: AmendedPlace | None) -> AmendedPlace:
        """Complete a place that begins with a narrow unit (第二款) by the place named before."""
        if above is None or not above.units:
            return self
        if not self.units:  # 第二句 of the place named before
            return replace(above, sentence=self.sentence, printed=self.printed)
        first = self.units[0][0]
        rank = RANKS.get(first)
        if rank is None or (rank <= RANKS["条"] and first != "节"):
            return self  # chapters and articles are numbered through, sections by chapter
        wider = tuple(u for u in above.units if RANKS.get(u[0], 0) < rank)
        return AmendedPlace((*wider, *self.units), self.heading, self.sentence, self.printed)

    def up_to(self, unit: str) -> AmendedPlace | None:
        """Give the place without what is narrower than a unit; None if it has no such unit."""
        for n, (name, _) in enumerate(self.units):
            if name == unit or (unit == "自然段" and name in ("自然段", "段")):
                return AmendedPlace(self.units[: n + 1], printed=self.printed)
        return None

    def anchors(self) -> tuple[str, ...]:
        """Give the possible anchors of the place, the narrowest first."""
        return tuple(dict.fromkeys(self._anchors()))

    def _anchors(self) -> Iterator[str]:
        n = dict(self.units)
        if article := n.get("条"):
            own = f"a{article}"
            paragraph = f"-p{n['款']}" if n.get("款", "1") != "1" else ""
            if "项" in n:
                item = f"{own}{paragraph}-{n['项']}"
                if "目" in n:
                    yield f"{item}-{n['目']}"
                yield item
                yield f"{own}-{n['项']}"
            if paragraph:
                yield f"{own}{paragraph}"
            yield own
        elif "章" in n:
            part = f"b{n['编']}-" if "编" in n else ""
            for chapter in dict.fromkeys((f"{part}c{n['章']}", f"c{n['章']}")):
                if "节" in n:
                    yield f"{chapter}-j{n['节']}"
                yield chapter
        elif "编" in n:
            yield f"b{n['编']}"
        elif "部分" in n:
            yield f"s{n['部分']}"
            yield f"b{n['部分']}"
        elif "附件" in n:
            yield f"f{n['附件'] or 1}"
        elif "名称" in n:
            yield "title"
        # a paragraph of a preamble has no anchor that its number tells: history lines may be above


def read_places(text: str, at: int) -> tuple[tuple[AmendedPlace, ...], int]:
    """Read the places that a text names from an offset on, and the offset behind them.

    ``第三条、第五条第二款`` → two places. A range (第七项至第十五项) gives all that it contains.
    """
    places: list[AmendedPlace] = []
    end = at
    through = False
    while True:
        found, behind = _read_one(text, at)
        if not found:
            break
        last = places[-1] if places else None
        completed = [place.inside(last) for place in found]
        if through and last:
            filled = _between(last, completed[0])
            if filled is None:
                break
            places += filled
        places += completed
        end = behind
        joint = JOINT.match(text, end)
        if not joint:
            break
        through, at = bool(joint["through"]), joint.end()
        if text.startswith("原", at):
            at += 1
    return tuple(places), end


def _read_one(text: str, at: int) -> tuple[list[AmendedPlace], int]:
    """Read one place, or those of a list that shares its unit (第三、五条)."""
    units: list[Unit] = []
    start = begin_of_sentence = at
    several: list[str] = []  # numbers of the narrowest unit
    while True:
        begin = at
        if units and (duties := DUTIES.match(text, at)):
            at = duties.end()
        if listed := LISTED.match(text, at):
            numbers = _numbers(text[listed.start() : listed.end("unit") - len(listed["unit"])])
            if not numbers or (units and RANKS[listed["unit"]] <= RANKS.get(units[-1][0], -1)):
                at = begin
                break
            several = numbers
            units.append((listed["unit"], numbers[0]))
            at = listed.end()
            break
        unit = UNIT.match(text, at)
        if unit and (value := parse_numeral(unit["number"].strip("（()）"))):
            if units and RANKS[unit["unit"]] <= RANKS.get(units[-1][0], -1):
                at = begin
                break
            begin_of_sentence = unit.start()
            printed = unit["inserted"] if unit["unit"] in "编章节条" else ""
            inserted = parse_numeral(printed or "")
            units.append((unit["unit"], f"{value}-b{inserted + 1}" if inserted else str(value)))
            at = unit.end()
            continue
        if not units and (part := PART.match(text, at)):
            at = part.end()
            name = PART_OF[part.group()]
            number = re.compile(NUMERAL).match(text, at) if name == "附件" else None
            units.append((name, str(parse_numeral(number.group()) or "") if number else ""))
            at = number.end() if number else at
            continue
        at = begin
        break
    if not units:
        return [], start
    if units[-1][0] == "句":
        units.pop()
        sentence = text[begin_of_sentence:at]
    elif which := SENTENCES.match(text, at):
        sentence, at = f"{which['which']}句", which.end()
    else:
        sentence = ""
    heading = HEADING.match(text, at) if units and units[0][0] != "名称" else None
    at = heading.end() if heading else at
    printed = text[start:at]
    chains = [[*units[:-1], (units[-1][0], n)] for n in several] if several else [units]
    return [AmendedPlace(tuple(c), bool(heading), sentence, printed) for c in chains], at


def _numbers(printed: str) -> list[str]:
    """Read 三、五、七 or （二）至（四）; none if a number cannot be read."""
    numbers: list[int] = []
    for found in ONE_OF_LIST.finditer(printed):
        value = parse_numeral(found["number"])
        if not value:
            return []
        if found["joint"] and numbers:
            if not 0 < value - numbers[-1] <= LONGEST_RANGE:
                return []
            numbers += range(numbers[-1] + 1, value)
        numbers.append(value)
    return [str(number) for number in numbers]


def _between(first: AmendedPlace, last: AmendedPlace) -> list[AmendedPlace] | None:
    """List the places between two of the same unit, without both; None if they are no range."""
    if not first.units or first.units[:-1] != last.units[:-1] or first.narrowest != last.narrowest:
        return None
    low, high = first.units[-1][1], last.units[-1][1]
    if not (low.isdecimal() and high.isdecimal() and 0 < int(high) - int(low) <= LONGEST_RANGE):
        return None
    unit = last.narrowest
    return [
        AmendedPlace((*last.units[:-1], (unit, str(n))), printed=f"第{n}{unit}")
        for n in range(int(low) + 1, int(high))
    ]
