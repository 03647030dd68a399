"""Where the lines of a title may end: between words, as GB/T 9704 wants it (词意完整).

A browser breaks Chinese between any two characters. A page therefore names the places in a title
where a line may end. They are found in three steps:

- What is never cut: known words and names, numbers with their units, short texts in brackets, 的
  with the type that ends the title, and what no line begins or ends with.
- Where it reads best: after the issuer, in front of 关于, 和 and the like.
- Elsewhere, between two characters that official Chinese rarely has beside each other: their
  pointwise mutual information is low (character_model.py).

Where this leaves a long text without a place, the weakest of its pairs becomes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from generator.language.character_model import official_chinese
from generator.language.document_types import TAIL, WORDS, any_of
from generator.language.organs import ENDINGS, PLACE_LEVELS, STATE
from generator.language.pinyin_tables import phrases
from generator.runtime.patterns import lazy_regex

FIRM = 4.0  # at or above it, not even a long text without another place is cut
WEAK = 0.0  # bits of association: at or above it, two characters are taken for one word
UNSEEN = 0.2  # count of a pair that was never seen
LONGEST_BROKEN = 400  # characters of a title; what is longer is none, and is left to the browser
LONGEST_UNBROKEN = 8  # characters without a place to end a line
WHOLE = 12  # characters of a name or of a text in brackets that fits on the line of a phone
SHORTEST = 2  # characters of a line

# words of titles that the counts of their pairs do not show: these are too rare, or too common
WORDS_FILE = Path(__file__).with_name("title_words.txt")
# characters that begin no line, unless a known word begins with them
TAILS = frozenset(
    "化性率业者员型式类级度品权力家们等内外上下中间后前时化量费金税物所站厂社法例令案表册单书证"
    "省市县区州盟旗乡镇村厅局委部院处科办会年月日号期次届个项条款元亿万人的了着过之以"
)
# characters that end no line, unless a known word ends with them
HEADS = frozenset("各本该第不非未无副总全再对在为于被将与和及或由从向按以把因是有的")
# a line may end in front of these, whatever is before them
OPENERS = lazy_regex(r"(?<!有)关于|以及|(?<=[^\W\d])[和与及暨](?=[^\W\d]{2})")
ABOUT = lazy_regex("关于")
NUMBER = lazy_regex(
    r"第?(?:\d+(?:[.．,，:：—～~-]\d+)*+[%％℃]?|[〇零一二三四五六七八九十百千万亿两]{2,}+"
    r"|[〇零一二三四五六七八九十百千万亿两])(?:年度|年代|周年|平方米|万元|亿元|公里|[年月日号期次届个项条款章节元亩吨名人户批类级])?"
)
BRACKETED = lazy_regex(r"[“‘（(《〈〔【][^“”‘’（()）《》〈〉〔〕【】]{1,20}[”’）)》〉〕】]")
OPENING, CLOSING = "“‘（(《〈<〔【~～—－-·", "”’）)》〉>〕】、，。；：！？~～—－-·… \u3000\xa0"
PERSON = lazy_regex(r"关于([^\W\d]{2,4})(?=等\d|等[一二三四五六七八九十]|同志)")
PLACE = lazy_regex(rf"(?=([^\W\d]{{2}}[{PLACE_LEVELS}村]))")
# 的通知, 的若干意见, 的通知（试行）
TYPE_AT_END = lazy_regex(rf"的[^的，、《》]{{0,4}}{any_of('type', 'cited')}》?(?={TAIL}$|$)")


@cache
def known_words() -> frozenset[str]:
    """Collect words that are never cut: of titles, types, organs, and of a dictionary of readings.

    The dictionary's words are those with a reading of their own, which is a sample of all.
    """
    lines = WORDS_FILE.read_text("utf-8").splitlines()
    common = [word for line in lines if not line.startswith("#") for word in line.split()]
    listed = (*common, STATE, *WORDS, *ENDINGS, *phrases().names)
    return frozenset(word for word in listed if 2 <= len(word) <= LONGEST_UNBROKEN)


@lru_cache(maxsize=8192)
def title_breaks(title: str, names: tuple[str, ...] = (), issuer: int = 0) -> tuple[int, ...]:
    """List the offsets in a title in front of which a line may begin.

    ``names`` are kept whole, as those of the places and agencies of a gazette; the first ``issuer``
    characters name the issuer.

    ``国务院关于职工工作时间的规定`` → 国务院｜关于职工｜工作时间｜的规定
    """
    length = len(title)
    if not LONGEST_UNBROKEN < length <= LONGEST_BROKEN:
        return ()
    kept = set(_inside(_kept(title, names, issuer)))
    starts, ends = set(), set()
    for start, end in _words(title):
        starts.add(start)
        ends.add(end)
        kept.update(range(start + 1, end))
    opened = {found.start() for found in OPENERS.finditer(title)} | ({issuer} if issuer else set())
    for at in range(1, length):
        if title[at] in TAILS and at not in starts:
            kept.add(at)
        if title[at - 1] in HEADS and at not in ends:
            kept.add(at)
        if title[at] in CLOSING or title[at - 1] in OPENING:
            kept.add(at)
    for found in ABOUT.finditer(title):
        kept.update((found.start() + 1, found.end()))
    typed = {found.start() for found in TYPE_AT_END.finditer(title)}
    kept -= {issuer, *typed}
    places = _associations(title)
    free = set(range(SHORTEST, length - SHORTEST + 1)) - kept
    chosen = {at for at in free if at in opened or title[at - 1] in CLOSING or places[at] < WEAK}
    chosen |= typed & free
    for at in sorted(chosen):  # a word of one character goes with its neighbour
        if {at, at + 1} <= chosen:
            rest = {at, at + 1} - opened - typed
            chosen.discard(max(rest, key=lambda place: places[place], default=0))
    return tuple(sorted(chosen | set(_loosened(free, chosen, places))))


def _associations(title: str) -> list[float]:
    """Give the pointwise mutual information of each character with the one before, in bits."""
    model = official_chinese()
    ids = model.ids(title)
    one, two = ids[:-1], ids[1:]
    together = np.maximum(model.pair_counts(one, two), UNSEEN) * model.frequency.sum()
    return [0.0, *np.log2(together / (model.frequency[one] * model.frequency[two])).tolist()]


def _kept(title: str, names: Iterable[str], issuer: int) -> Iterator[tuple[int, int]]:
    """Find the parts of a title that stay whole because of their form, and the names in it."""
    for pattern in (NUMBER, TYPE_AT_END):
        yield from (found.span() for found in pattern.finditer(title))
    for pattern in (PLACE, PERSON):
        yield from (found.span(1) for found in pattern.finditer(title))
    for found in BRACKETED.finditer(title):
        if found.end() - found.start() <= WHOLE:
            yield found.span()
    if issuer <= WHOLE:
        yield 0, issuer
    yield from _repeated(title, issuer)
    for name in names:
        if 2 <= len(name) <= WHOLE:
            at = title.find(name)
            while at >= 0:
                yield at, at + len(name)
                at = title.find(name, at + 1)


def _repeated(title: str, issuer: int) -> Iterator[tuple[int, int]]:
    """Find where a title repeats what its issuer's name begins with: the name of a place."""
    at = issuer + 1
    while issuer and at < len(title):
        end = at
        while end < len(title) and end - at < issuer and title[end] == title[end - at]:
            end += 1
        if end - at > 1:
            yield at, end
        at = max(end, at + 1)


def _inside(spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    for start, end in spans:
        yield from range(start + 1, end)


def _words(title: str) -> Iterator[tuple[int, int]]:
    """Find the known words of a title; of those that begin at one character, the longest."""
    known = known_words()
    for start in range(len(title) - 1):
        for end in range(min(start + LONGEST_UNBROKEN, len(title)), start + 1, -1):
            if title[start:end] in known:
                yield start, end
                break


def _loosened(free: set[int], found: set[int], places: list[float]) -> Iterator[int]:
    """Find a place in each long part that has none: where two characters belong together least."""
    edges = [0, *sorted(found), len(places)]
    parts = [*pairwise(edges)]
    while parts:
        start, end = parts.pop()
        inside = [
            at for at in free if start + SHORTEST <= at <= end - SHORTEST and places[at] < FIRM
        ]
        if end - start > LONGEST_UNBROKEN and inside:
            at = min(inside, key=lambda place: (places[place], place))
            yield at
            parts += [(start, at), (at, end)]
