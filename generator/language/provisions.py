"""Provisions that a text names: 第三条第（二）项, 第十、十八条, 第二章第三节, 附件2.

They are read as anchors (docs/data.md, "Addresses") of the cited document, or of the document that
contains the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.language.numerals import parse_numeral
from generator.language.ordinals import STEMS
from generator.runtime.patterns import lazy_regex

NUMERALS = r"一二三四五六七八九十百千零〇两\d"
NUMERAL = r"(?:[一二三四五六七八九十百千零〇两]{1,9}|\d{1,4})"
ONE = rf"[（(]?{NUMERAL}[）)]?"
RANGE = r"(?:[至到～~]|[—–－-]{1,2})"
# 第五条件 · 第二款项 · 第三章程 · 第一节约 name no provision
UNIT_NAME = (
    r"编(?![号制码辑委办])|章(?!程)|节(?![目约能日])|条(?![件例约])|款(?!项)"
    r"|项(?!目)|目(?![录标]|的[地性])|部分"
)
# 第三条 · 第十、十八、二十六条 · 第五至七条 · 第（五）、第（六）项; 第三条至第五条 matches twice
UNIT = lazy_regex(
    rf"第?\s*(?P<numbers>{ONE}(?:(?:[、和及或与]|以及|{RANGE})第?{ONE})*)(?P<unit>{UNIT_NAME})"
    rf"(?:之(?P<inserted>[一二三四五六七八九十]{{1,2}}))?"
)
RANGE_WORD = lazy_regex(rf"{RANGE}第?")
NUMBER = lazy_regex(rf"[（(]?(?P<number>{NUMERAL})[）)]?")
BETWEEN = lazy_regex(
    rf"(?P<joint>[、，和及或与并]|以及|或者|(?P<range>{RANGE}))?(?P<next>(?=第|[（(]))"
)
# 第十二条丙款: a number of old regulations
STEM = lazy_regex(r"(?P<stem>[甲乙丙丁戊己庚辛壬癸])[款项]")
# 第五条前段 · 第三条第二款但书: a part of the provision before it
SENTENCE = lazy_regex(r"的?(?P<sentence>前段|中段|后段|但书|首句|末句|第[一二三四五六]句)")
MOST_UNNAMED = 3  # items in a row whose article nothing says: more of them name nothing
LONGEST_RANGE = 100  # provisions between the two ends; a wider range is a misreading

# 国发〔2014〕5号文第二条 · 《…》中第二十条: between a citation and its provision
BRIDGE = lazy_regex(r"(?:文件?)?(?:中的?|的|之|所附的?)?(?=第|附\s*[件表录图]|表\s*\d)")

ANNEX = lazy_regex(rf"附件\s*(?P<number>{NUMERAL})(?!\d)")
ANNEX_LABEL = lazy_regex(
    r"附\s*(?P<kind>[件表录图])\s*之?(?P<number>\d{1,3}(?:[-－–—]\d{1,2})?|[一二三四五六七八九十]{1,3})"
)
# 附件1 · 附件2-1 · 附件1、2 · 附件一至三 · 附表3; not 附件一式三份
ANNEX_NUMBER = (
    r"(?:\d{1,2}(?:[-－–—]\d{1,2})?(?![\d.．])"
    r"|[一二三四五六七八九十]{1,3}(?![致律样些定直时切般式份]))"
)
ANNEX_LIST = lazy_regex(
    rf"附\s*(?P<kind>[件表录图])\s*之?(?P<numbers>{ANNEX_NUMBER}"
    rf"(?:[、和及与至到]{ANNEX_NUMBER}(?![年月日号个项条款章节级类种家人万亿元%％、．.]|\s*\d))*)"
)
ANNEX_BETWEEN = lazy_regex(r"(?:[、，和及或与]|以及|(?P<range>[至到]))(?=附\s*[件表录图])")
ANNEX_NAME = lazy_regex(r"f\d+(?:-\d+)?")
TABLE = lazy_regex(
    r"表\s*(?P<number>\d{1,3}(?:[-－–—]\d{1,2})?|[一二三四五六七八九十]{1,3}(?![致律样些定直时切般]))"
)
HYPHEN = lazy_regex("[-－–—]")
# 第三条, 第三条第二款、第五条 after a title: provisions of that document
PARTS = rf"(?:第[{NUMERALS}（）()、和及至第条款项章节之]{{1,40}}[条款项章节])"
# begins the rest of a sentence that was cut in two: 依照合同第八条、 | 第十条约定履行
PART_BEGIN = lazy_regex(
    rf"(?P<article>第[{NUMERALS}]{{1,8}}[条款项])(?![\s\u3000])"
    r"|[（(][一二三四五六七八九十百]{1,3}[）)][项款]"
)
# a bare 第四条 inside rules is a provision of these rules, unless another title is in front of it
BARE = lazy_regex(rf"第[{NUMERALS}]{{1,9}}(?:[、和及][^\u4e00-\u9fff]?[^条。]{{0,12}})?条")
# 前款 · 前款第（五）、第（六）项 · 本条第二款 · 前两款 · 前条
BEFORE = lazy_regex(
    r"(?P<which>前|上|本)(?P<count>[一两二三])?(?P<unit>条|款)(?!件)(?:规定的?|所列|所称|中的?|的)?(?=(?P<part>第|[（(])?)"
)
# 第（五）项 inside an article
OWN_ITEM = lazy_regex(r"(?<![款条、和及或])第[（(][一二三四五六七八九十]{1,3}[）)]")
COUNTS = {"一": 1, "两": 2, "二": 2, "三": 3}  # of 前两款
WIDTHS = ("部分", "编", "章", "节", "条", "款", "项", "目")
# the article, the 款 and the item that a text stands in: 4, 4-b2, 4-p2, 4-p2-3
WITHIN = lazy_regex(r"(?P<article>\d+(?:-b\d+)?)(?:-p(?P<paragraph>\d+))?(?:-(?P<item>\d+))?")

FIRST = "-p1-"
PARAGRAPH = lazy_regex(r"(?P<article>(?:f\d+-)?a\d+(?:-b\d+)?)(?:-\d+)*-p\d+")
NTH_PARAGRAPH = lazy_regex(r"(?P<article>(?:f\d+-)?a\d+(?:-b\d+)?)-p(?P<number>\d+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One provision that ``text[start:end]`` names, and its possible names, the exact one first.

    ``a9-p2`` means the second paragraph (款) of article 9, ``a9-p2-1`` the first item (项) in it,
    whatever their anchors are: see Anchors. Provisions between the ends of 第五条至第七条 have the
    span of the word between them.
    """

    start: int
    end: int
    anchors: tuple[str, ...]
    sentence: str = ""  # 前段, 但书: which part of the provision


@dataclass(slots=True)
class _Place:
    """The provision that a series of units has named so far: 第三条, then 第二款."""

    numbers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def within(cls, named: str) -> _Place:
        """Begin inside a provision: 4 is the article 4, 4-p2 its second 款."""
        found = WITHIN.fullmatch(named)
        if not found:
            return cls()
        numbers = {"条": found["article"], "款": found["paragraph"], "项": found["item"]}
        return cls({unit: number for unit, number in numbers.items() if number})

    def enter(self, unit: str, number: str) -> None:
        """Add a unit to the place; the numbers of the same and of narrower units are dropped."""
        for narrower in WIDTHS[WIDTHS.index(unit) :]:
            self.numbers.pop(narrower, None)
        if unit == "条":  # articles are numbered through all chapters, so the chapter adds nothing
            self.numbers.clear()
        self.numbers[unit] = number

    def anchors(self) -> Iterator[str]:
        """Give the possible names of the place, the narrowest first."""
        n = self.numbers
        if "条" in n:
            yield from self._in_article(f"a{n['条']}")
        elif "章" in n:
            chapter = f"b{n['编']}-c{n['章']}" if "编" in n else f"c{n['章']}"
            if "节" in n:
                yield f"{chapter}-j{n['节']}"
            yield chapter
        elif "编" in n:
            yield f"b{n['编']}"
        elif "部分" in n:
            for letter in "bs":  # b: the document prints 第三部分; s: it prints 三、
                if "项" in n:
                    yield f"{letter}{n['部分']}-{n['项']}"
                yield f"{letter}{n['部分']}"

    def _in_article(self, article: str) -> Iterator[str]:
        n = self.numbers
        paragraph = n.get("款", "")
        if "项" in n:
            # without a 款, only an item that is the only one of its number has this name
            holders = [f"{article}-p{paragraph}"] if paragraph else []
            holders += [article] if paragraph in ("", "1") else []
            if "目" in n:
                yield from (f"{holder}-{n['项']}-{n['目']}" for holder in holders)
            yield from (f"{holder}-{n['项']}" for holder in holders)
        if paragraph not in ("", "1"):
            yield f"{article}-p{paragraph}"
        yield article


def read_parts(text: str, start: int, article: str = "") -> tuple[Part, ...]:
    """Read the provisions that a text names from an offset on, one after another.

    ``第三条第（五）、（六）项和第八条`` → a3-5, a3-6, a8. ``article`` is the number of the article
    that a bare 第二款 or （三）项 belongs to, also with the 款: 4, 4-p2. Empty when the text at the
    offset names none.
    """
    if text.startswith(("附", "表"), start):
        return tuple(_annexes(text, start))
    parts: list[Part] = []
    place = _Place.within(article)
    opening: int | None = None  # start of a unit that a narrower one follows: 第三条|第二款
    since: tuple[str, int, int] | None = None  # unit before 至, and the span of that word
    at, unnamed = start, 0
    while found := UNIT.match(text, at):
        read = [*_unit(found, place, since)]
        unnamed = 0 if read and read[-1].anchors else unnamed + 1
        if not read or unnamed > MOST_UNNAMED:
            break
        if opening is not None:
            parts.pop()
            read[0] = Part(opening, read[0].end, read[0].anchors)
        parts += read
        at = found.end()
        if found["unit"] == "条" and (stem := STEM.match(text, at)):
            place.enter("项", str(STEMS.index(stem["stem"]) + 1))
            at = stem.end()
            parts[-1] = Part(parts[-1].start, at, tuple(place.anchors()))
        if sentence := SENTENCE.match(text, at):
            at = sentence.end()
            last = parts[-1]
            parts[-1] = Part(last.start, at, last.anchors, sentence["sentence"])
        between = BETWEEN.match(text, at)
        if not between:
            break
        # 第三条第二款: the narrower unit continues the provision; 第三条、第五条: a new one begins
        opening = None if between["joint"] or sentence else parts[-1].start
        since = (found["unit"], at, between.end()) if between["range"] else None
        at = between.end()
    return tuple(part for part in parts if part.anchors)


def _unit(
    found: re.Match[str], place: _Place, since: tuple[str, int, int] | None
) -> Iterator[Part]:
    """Read the numbers of one unit: 第三条, 第三、五条, 第五至七条; the place becomes the last."""
    text, unit = found.string, found["unit"]
    inserted = parse_numeral(found["inserted"] or "")
    suffix = f"-b{inserted + 1}" if inserted else ""
    numbers = [*NUMBER.finditer(text, found.start("numbers"), found.end("numbers"))]
    begin, span = found.start(), (0, 0)  # of the word between two numbers
    low = ""  # the number before 至
    if since and since[0] == unit:
        low, span = place.numbers.get(unit, ""), since[1:]
    for n, number in enumerate(numbers):
        value = parse_numeral(number["number"])
        if not value:
            return
        if n:
            span = numbers[n - 1].end(), number.start()
            joint = text[span[0] : span[1]]
            low = place.numbers[unit] if RANGE_WORD.fullmatch(joint) else ""
            begin = number.start()
        if low:
            first = int(low.partition("-")[0])
            if value <= first:
                return
            for between in range(first + 1, min(value, first + LONGEST_RANGE)):
                place.enter(unit, str(between))
                yield Part(*span, tuple(place.anchors()))
        is_last = n == len(numbers) - 1
        place.enter(unit, f"{value}{suffix if is_last else ''}")
        yield Part(begin, found.end() if is_last else number.end(), tuple(place.anchors()))
        low = ""


def _annexes(text: str, start: int) -> Iterator[Part]:
    """Read 附件1, 附件1、附件2, 附件1至3, 附表2, 表3."""
    if table := TABLE.match(text, start):
        yield Part(start, table.end(), (table_name(table.group()),))
        return
    at, span, last = start, (0, 0), 0  # last: the number before 至
    while found := ANNEX_LIST.match(text, at):
        numbers = [*re.finditer(ANNEX_NUMBER, found["numbers"])]
        base = found.start("numbers")
        begin = at
        for n, number in enumerate(numbers):
            if n:
                span = base + numbers[n - 1].end(), base + number.start()
                begin = span[1]
                last = last if text[span[0]] in "至到" else 0
            value = read_annex_number(number.group())
            if last and value.isdecimal():
                for between in range(last + 1, min(int(value), last + LONGEST_RANGE)):
                    yield Part(*span, (_annex(found["kind"], str(between)),))
            yield Part(begin, base + number.end(), (_annex(found["kind"], value),))
            last = int(value) if value.isdecimal() else 0
        at = found.end()
        between_two = ANNEX_BETWEEN.match(text, at)
        if not between_two:
            return
        span, at = between_two.span(), between_two.end()
        last = last if between_two["range"] else 0


def _annex(kind: str, number: str) -> str:
    return f"f{number}" if kind == "件" else f"附{kind}{number}"


def annex_name(label: str, place: int) -> str:
    """Give the name of an annex: 附件2-1 → f2-1, 附表3 → 附表3; without a number its place."""
    found = ANNEX_LABEL.match(label)
    if not found or not (number := read_annex_number(found["number"])):
        return f"f{place}"
    return _annex(found["kind"], number)


def table_name(caption: str) -> str:
    """Give the name of a table from its caption: 表3　任务分工 → 表3; empty if it has no number."""
    found = TABLE.match(caption)
    number = read_annex_number(found["number"]) if found else ""
    return f"表{number}" if number else ""


def words_of(text: str, sentence: str) -> str:
    """Give the words of a part of a provision: its 前段, 后段, 但书 or a sentence by its number.

    Empty where the text does not divide as the name supposes.
    """
    sentences = [one for one in re.split(r"(?<=。)", text) if one]
    if sentence == "但书":
        return text[text.find("但") :] if text.count("但") == 1 else ""
    if sentence in ("前段", "后段") and len(sentences) != 2:
        sentences = [one for one in re.split(r"(?<=；)", text) if one]
    if sentence in ("前段", "后段"):
        return sentences[sentence == "后段"] if len(sentences) == 2 else ""
    places = {"首句": 0, "末句": -1}
    if sentence in places:
        return sentences[places[sentence]] if sentences else ""
    number = parse_numeral(sentence.strip("第句")) or 0
    return sentences[number - 1] if 0 < number <= len(sentences) else ""


def read_annex_number(printed: str) -> str:
    """Read the number of an annex: 三 → 3, 2－1 → 2-1."""
    numbers = (parse_numeral(part) for part in HYPHEN.split(printed))
    return "-".join(str(number) for number in numbers if number)


class Anchors:
    """The anchors of a document in the order of its page, and what texts call them.

    ``names`` are those of generator/model/provisions.py: the name of a provision → its anchor,
    empty if it means none or several. Without names, a paragraph behind the items of an article is
    found by its place.
    """

    def __init__(self, anchors: Iterable[str], names: Mapping[str, str] | None = None) -> None:
        self.order = {anchor: n for n, anchor in enumerate(anchors)}
        self.names = names or {}
        self.has_names = names is not None
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
        """Pick the first of these names that the document has; empty when it has none."""
        for candidate in candidates:
            named = f"{scope}{candidate}"
            if named in self.names:
                if anchor := self.names[named]:
                    return anchor
            elif self.has_names and FIRST in named:  # an item of the first 款
                if anchor := self.find((candidate.replace(FIRST, "-", 1),), scope):
                    return anchor
            elif not self.has_names and (nth := NTH_PARAGRAPH.fullmatch(named)):
                own = self.paragraphs(nth["article"])
                if int(nth["number"]) <= len(own):
                    return own[int(nth["number"]) - 1]
            elif named in self.order and not (self.has_names and ANNEX_NAME.fullmatch(candidate)):
                return named
        return ""
