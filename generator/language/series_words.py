"""Enumerations in running text: 一是…二是…, 第一，…第二，…, （1）…（2）…, ①…②…, 首先…其次….

Units that begin a paragraph are numbered otherwise (ordinals.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.language.numerals import parse_numeral
from generator.runtime.patterns import lazy_regex

NUMERAL = "[一二三四五六七八九十]{1,3}"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# an item begins the text, or follows punctuation
START = r"(?<![^。；;：:，,！？、“（\n ])"
STOP = r"(?<![^。；;：:，,\n])"
# the families of enumerations; specific before general
FAMILIES: dict[str, re.Pattern[str]] = {
    "是": lazy_regex(rf"{START}(?P<number>{NUMERAL})是(?!否|不是|非)"),
    "要": lazy_regex(rf"{STOP}(?P<number>{NUMERAL})要(?!素|件|点|务|道|求)"),
    "第": lazy_regex(rf"{STOP}第(?P<number>{NUMERAL})(?:[，,：:是]|、(?!第|{NUMERAL}))"),
    "其": lazy_regex(rf"{STOP}其(?P<number>{NUMERAL})(?:[，,：:、]|是)"),
    "）": lazy_regex(
        rf"{STOP}(?:[（(](?P<number>\d{{1,2}})[）)])(?![项款目条号、，。；年月日和及与或至]|[（(])"
    ),
    "○": lazy_regex(rf"{STOP}(?P<number>[{CIRCLED}])"),
    "、": lazy_regex(rf"{STOP}(?P<number>\d{{1,2}})(?:、(?![\d、])|[.．](?![\d]))"),
}
# what a list with a gap contains: its second item, or a later one
HINTS: dict[str, re.Pattern[str]] = {
    "是": lazy_regex("[二三四五六七八九十]是"),
    "要": lazy_regex("[二三四五六七八九十]要"),
    "第": lazy_regex("第[二三四五六七八九十]{1,2}[，,：:是、]"),
    "其": lazy_regex("其[二三四五六七八九十]"),
    "）": lazy_regex(r"[（(]\d{1,2}[）)]"),
    "○": lazy_regex("[②-⑳]"),
    "、": lazy_regex(r"[。；;：:，,]\d{1,2}[、.．]"),
}
MOST = 20  # items of an enumeration
REACH = 40  # texts that one enumeration may go on over
SHOWN: dict[str, str] = {
    "是": "{}是", "要": "{}要", "第": "第{}", "其": "其{}", "）": "（{}）", "○": "{}", "、": "{}、",
}  # fmt: skip
WORDS = "一二三四五六七八九十"


class Item(NamedTuple):
    """An item of an enumeration: its number, and where the number stands."""

    text: int  # of the texts
    start: int
    end: int
    number: int


class Gap(NamedTuple):
    """An item whose number does not follow the one before it."""

    item: Item
    printed: str  # 三是
    missing: str  # 二是; empty where the number is repeated
    reading: str = ""  # the number that it probably has


def find_gaps(texts: Sequence[str]) -> Iterator[Gap]:
    """Find the items of the enumerations of a document whose numbers do not follow each other."""
    whole = "\n".join(texts)
    for name, pattern in FAMILIES.items():
        if not HINTS[name].search(whole):
            continue
        items = [*_items(texts, pattern)]
        for start, end in _lists(items):
            yield from _gaps(name, items[start:end])


def _items(texts: Sequence[str], pattern: re.Pattern[str]) -> Iterator[Item]:
    for n, text in enumerate(texts):
        for found in pattern.finditer(text):
            printed = found["number"]
            number = CIRCLED.find(printed) + 1 or parse_numeral(printed) or 0
            if 0 < number <= MOST:
                yield Item(n, *found.span("number"), number)


def _lists(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Part the items of a family into enumerations: one begins at 一, or far behind the last item.

    A second 一 directly behind the first one is a misread 二 if 三 follows it.
    """
    start = 0
    for n, item in enumerate(items):
        if n == start:
            continue
        above, below = items[n - 1], items[n + 1 : n + 2]
        is_misread = (
            item.number == above.number == 1
            and item.text == above.text
            and bool(below and below[0].number == 3 and below[0].text == item.text)
        )
        goes_back = item.number <= above.number and not (
            item.number == above.number and item.text - above.text <= 1
        )
        if (item.number == 1 and not is_misread) or goes_back or item.text - above.text > REACH:
            yield start, n
            start = n
    if items:
        yield start, len(items)


def _gaps(name: str, items: Sequence[Item]) -> Iterator[Gap]:
    expected = 1
    for n, item in enumerate(items):
        behind = items[n + 1].number if n + 1 < len(items) else 0
        if item.number == expected:
            expected += 1
            continue
        printed = _shown(name, item.number)
        if item.number == expected - 1:
            reading = expected if behind == expected + 1 or (not behind and n > 1) else 0
            yield Gap(item, printed, "", _number(name, reading) if reading else "")
            expected += bool(reading)
        elif behind == item.number:  # 一是…三是…三是
            yield Gap(item, printed, _shown(name, expected), _number(name, expected))
            expected += 1
        elif item.number > expected and (len(items) > 1 or item.number == 2):
            yield Gap(item, printed, _shown(name, expected))
            expected = item.number + 1
        else:
            expected = item.number + 1


def _number(name: str, number: int) -> str:
    if name in "）、":
        return str(number)
    if name == "○":
        return CIRCLED[number - 1]
    tens, ones = divmod(number, 10)
    return ("十" if tens == 1 else "二十" if tens else "") + (WORDS[ones - 1] if ones else "")


def _shown(name: str, number: int) -> str:
    return SHOWN[name].format(_number(name, number))


# 其次 without 首先, 第一 or anything like it before it
SECOND = lazy_regex(rf"{STOP}(?P<word>其次)(?=[，,是要])")
FIRST = lazy_regex(r"首先|第一|首要|一是|其一|先是|首位|首选|主要|一要|最[大重首]")
NEAR, FAR = 6, 1000  # texts before 其次, and characters of each, in which 首先 is looked for


def seconds_alone(texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Find 其次 without 首先 before it: text, start and end."""
    for n, text in enumerate(texts):
        if "其次" not in text:
            continue
        for found in SECOND.finditer(text):
            own = text[max(found.start() - FAR, 0) : found.start()]
            above = (t[-FAR:] for t in texts[max(n - NEAR, 0) : n])
            if not any(map(FIRST.search, (own, *above))):
                yield n, *found.span("word")
