"""Texts → words that they print with marks, by the words without marks.

Readers leave quotation marks and the dots of names out: 一带一路建设 for “一带一路”建设, 阿不都某某
for 阿不都·某某. The search looks such words up here and then looks for the printed form literally,
so that an entry too many costs a little time and finds nothing false.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.runtime.patterns import lazy_regex
from generator.search.fold import fold
from generator.search.part_files import text_bytes

# words in quotation marks; a sentence in them is no name
QUOTED = lazy_regex(
    r"“[^“”‘’，。；：、！？\n]{2,12}”|「[^「」，。；：、！？\n]{2,12}」|『[^『』，。；：、！？\n]{2,12}』"
    r"|‘[^“”‘’，。；：、！？\n]{2,12}’"
)
CITED = lazy_regex(r"[《〈][^《》〈〉\n]{2,40}[》〉]")  # in the title of a document
# the two characters at a dot are enough: 都·某
DOTTED = lazy_regex(r"(?=([\u4e00-\u9fff]·[\u4e00-\u9fff]))")
MARKS = str.maketrans("", "", "\"'<>·")
FACTOR, SUMS = 257, 65_536  # templates/search/segment.mjs has them, too


def marked_words(title: str, passages: Iterable[str], folded: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a document that have marks: without them, and as printed, folded.

    ``folded`` is the folded text of all passages.
    """
    for found in CITED.findall(title):
        yield _pair(fold(found))
    for passage in passages:
        if "“" in passage or "‘" in passage or "「" in passage or "『" in passage:
            for found in QUOTED.findall(passage):
                yield _pair(fold(found))
    if "·" in folded:
        for found in DOTTED.findall(folded):
            yield _pair(found)


def _pair(printed: str) -> tuple[str, str]:
    return printed.translate(MARKS), printed


def marked_items(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, bytes]]:
    """Group the words by their first two characters, for a table of the index."""
    groups: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for words, printed in pairs:
        if len(words) > 1:
            groups[words[:2]].add((words, printed))
    return [
        (key, b"".join(text_bytes(text) for pair in sorted(pairs) for text in pair))
        for key, pairs in sorted(groups.items())
    ]


def marked_sums(keys: Iterable[str]) -> list[int]:
    """Give a number for each key of the table of marked words, ascending, below 65,536.

    A query looks only for those of its pairs of characters that have one of these numbers: nearly
    every query is spared the table.
    """
    return sorted({(FACTOR * ord(key[0]) + ord(key[1])) % SUMS for key in keys})
