"""Provisions that a text names: 第三条第（二）项, 第十、十八条, 第二章第三节, 附件2.

They are read as anchors (docs/data.md, "Addresses") of the cited document, or of the document that
contains the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.language.numerals import parse_numeral

NUMERALS = r"一二三四五六七八九十百千零〇两\d"
NUMERAL = r"(?:[一二三四五六七八九十百千零〇两]{1,9}|\d{1,4})"
ONE = rf"[（(]?{NUMERAL}[）)]?"
# 第三条 · 第十、十八、二十六条 · 第（五）、第（六）项 · （二）项; 第三条至第五条 matches twice
UNIT = re.compile(
    rf"第?\s*(?P<numbers>{ONE}(?:[、和及或]第?{ONE})*)(?P<unit>[章节条款项]|部分)"
    rf"(?:之(?P<inserted>[一二三四五六七八九十]{{1,2}}))?"
)
NUMBER = re.compile(rf"[（(]?(?P<number>{NUMERAL})[）)]?")
BETWEEN = re.compile(r"(?:[、，和及或与至到]|以及|或者)?(?=第|[（(])")
ANNEX = re.compile(rf"附件\s*(?P<number>{NUMERAL})(?!\d)")
ANNEX_LABEL = re.compile(
    r"附\s*[件表录图]\s*之?(?P<number>\d{1,3}(?:[-－–—]\d{1,2})?|[一二三四五六七八九十]{1,3})"
)
HYPHEN = re.compile("[-－–—]")
# 第三条, 第三条第二款、第五条 after a title: provisions of that document
PARTS = rf"(?:第[{NUMERALS}（）()、和及至第条款项章节之]{{1,40}}[条款项章节])"
# begins the rest of a sentence that was cut in two: 依照合同第八条、 | 第十条约定履行
PART_BEGIN = re.compile(
    rf"(?P<article>第[{NUMERALS}]{{1,8}}[条款项])(?![\s\u3000])"
    r"|[（(][一二三四五六七八九十百]{1,3}[）)][项款]"
)
# a bare 第四条 inside rules is a provision of these rules, unless another title is in front of it
BARE = re.compile(rf"第[{NUMERALS}]{{1,9}}(?:[、和及][^\u4e00-\u9fff]?[^条。]{{0,12}})?条")
# 前款 · 前款第（五）、第（六）项 · 本条第二款 · 前两款 · 前条
BEFORE = re.compile(
    r"(?P<which>前|上|本)(?P<count>[一两二三])?(?P<unit>条|款)(?!件)(?:规定的?|所列|所称|中的?|的)?(?=(?P<part>第|[（(])?)"
)
# 第（五）项 inside an article
OWN_ITEM = re.compile(r"(?<![款条、和及或])第[（(][一二三四五六七八九十]{1,3}[）)]")
COUNTS = {"一": 1, "两": 2, "二": 2, "三": 3}  # of 前两款
WIDTHS = ("部分", "章", "节", "条", "款", "项")


PARAGRAPH = re.compile(r"(?P<article>(?:f\d+-)?a\d+(?:-b\d+)?)(?:-\d+)*-p\d+")
NTH_PARAGRAPH = re.compile(r"(?P<article>(?:f\d+-)?a\d+(?:-b\d+)?)-p(?P<number>\d+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One provision that ``text[start:end]`` names, and its possible anchors, the exact one first.

    ``a9-p2`` means the second paragraph (款) of article 9, whatever its own anchor is: see Anchors.
    """

    start: int
    end: int
    anchors: tuple[str, ...]


@dataclass(slots=True)
class _Place:
    """The provision that a series of units has named so far: 第三条, then 第二款."""

    numbers: dict[str, str] = field(default_factory=dict)

    def enter(self, unit: str, number: str) -> None:
        """Add a unit to the place; the numbers of the same and of narrower units are dropped."""
        for narrower in WIDTHS[WIDTHS.index(unit) :]:
            self.numbers.pop(narrower, None)
        if unit == "条":  # articles are numbered through all chapters, so the chapter adds nothing
            self.numbers.clear()
        self.numbers[unit] = number

    def anchors(self) -> Iterator[str]:
        """Give the possible anchors of the place, the narrowest first."""
        n = self.numbers
        article = f"a{n['条']}" if "条" in n else ""
        if article:
            if "项" in n:
                yield f"{article}-{n['项']}"
            if n.get("款", "1") != "1":
                yield f"{article}-p{n['款']}"
            yield article
        elif "章" in n:
            if "节" in n:
                yield f"c{n['章']}-j{n['节']}"
            yield f"c{n['章']}"
        elif "部分" in n:
            for letter in "bs":  # b: the document prints 第三部分; s: it prints 三、
                if "项" in n:
                    yield f"{letter}{n['部分']}-{n['项']}"
                yield f"{letter}{n['部分']}"


def read_parts(text: str, start: int, article: str = "") -> tuple[Part, ...]:
    """Read the provisions that a text names from an offset on, one after another.

    ``第三条第（五）、（六）项和第八条`` → a3-5, a3-6, a8. ``article`` is the number of the article
    that a bare 第二款 or （三）项 belongs to. Empty when the text at the offset names none.
    """
    if annex := ANNEX.match(text, start):
        annex_number = parse_numeral(annex["number"])
        return (Part(start, annex.end(), (f"f{annex_number}",)),) if annex_number else ()
    parts: list[Part] = []
    place = _Place({"条": article} if article else {})
    opening: int | None = None  # start of a unit that a narrower one follows: 第三条|第二款
    at = start
    while found := UNIT.match(text, at):
        numbers = list(NUMBER.finditer(text, found.start("numbers"), found.end("numbers")))
        inserted = parse_numeral(found["inserted"] or "")
        for place_in_list, number in enumerate(numbers):
            value = parse_numeral(number["number"])
            if not value:
                return tuple(parts)
            suffix = f"-b{inserted + 1}" if inserted else ""
            if opening is not None and place_in_list == 0:
                parts.pop()
            place.enter(found["unit"], f"{value}{suffix}")
            first = opening if opening is not None and place_in_list == 0 else None
            begin = first if first is not None else number.start()
            if first is None and place_in_list == 0:
                begin = found.start()
            last = place_in_list == len(numbers) - 1
            end = found.end() if last else number.end()
            parts.append(Part(begin, end, tuple(place.anchors())))
        at = found.end()
        between = BETWEEN.match(text, at)
        if not between:
            break
        # 第三条第二款: the narrower unit continues the provision; 第三条、第五条: a new one begins
        opening = parts[-1].start if not between.group() else None
        at = between.end()
    return tuple(part for part in parts if part.anchors)


def read_annex_number(printed: str) -> str:
    """Read the number of an annex: 三 → 3, 2－1 → 2-1."""
    numbers = (parse_numeral(part) for part in HYPHEN.split(printed))
    return "-".join(str(number) for number in numbers if number)


class Anchors:
    """The anchors of a document in the order of its page, and the paragraphs of its articles."""

    def __init__(self, anchors: Iterable[str]) -> None:
        self.order = {anchor: n for n, anchor in enumerate(anchors)}
        self._paragraphs: dict[str, list[str]] = {}
        for anchor in self.order:
            # a paragraph behind the items of an article is a paragraph (款) of the article, too
            if found := PARAGRAPH.fullmatch(anchor):
                self._paragraphs.setdefault(found["article"], []).append(anchor)

    def paragraphs(self, article: str) -> list[str]:
        """List the anchors of an article's paragraphs (款); the first is the article's own."""
        own = [article] if article in self.order else []
        return own + self._paragraphs.get(article, [])

    def find(self, candidates: Iterable[str], scope: str = "") -> str:
        """Pick the first of these anchors that the document has; empty when it has none."""
        for candidate in candidates:
            anchor = f"{scope}{candidate}"
            if nth := NTH_PARAGRAPH.fullmatch(anchor):
                own = self.paragraphs(nth["article"])
                if int(nth["number"]) <= len(own):
                    return own[int(nth["number"]) - 1]
            elif anchor in self.order:
                return anchor
        return ""
