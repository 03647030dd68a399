"""Short fingerprints of texts: printings of one document are compared by them, without the texts.

A fingerprint has the length and a number for each paragraph. The numbers of two paragraphs make
that of both as one paragraph, so that a paragraph broken in another place is no difference.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.language.document_numbers import CLOSING, OPENING
from generator.model import Block, Document, Paragraph, ParagraphKind, Table
from generator.model.printings import Difference
from generator.runtime.alignment import stayed
from generator.runtime.patterns import lazy_regex

# facts of the document, or of the printed page: each gazette sets them in its own way
NOT_COMPARED: frozenset[ParagraphKind] = frozenset(
    ("number", "history", "signature", "date", "footer", "label", "picture")
)
# blanks and punctuation do not count, as scans lose and change them; a point, a dash and a slash
# count between digits (1.5, 2016—2020)
PUNCTUATION = lazy_regex(
    rf"""[\s，。、；：！？“”‘’"'《》〈〉＜＞<>{{}}「」『』…·•・,;:!?*_`{OPENING}{CLOSING}]+"""
)
BETWEEN_DIGITS = lazy_regex(r"(?<![0-9])[.\-—–―~/|]+|[.\-—–―~/|]+(?![0-9])")
DASHES = lazy_regex("[—–―~]+")
SPLIT = "\0"  # between two passages; no text of an issue has it
BASE = 1 << 16  # of the number that the UTF-16 units of a text make
PRIME = (1 << 40) + 15  # two different paragraphs have one number once in a million million


class Passage(NamedTuple):
    """A paragraph, or the row of a table, that is compared."""

    anchor: str
    text: str


class Print(NamedTuple):
    """The fingerprint of a text: its length without what does not count, and its number."""

    length: int
    number: int


NOTHING = Print(0, 0)


def passages_of(document: Document) -> list[Passage]:
    """List the paragraphs and rows of a document that are compared, in the order of the page."""
    own = (block for block in document.blocks if not _is_title(block))
    annexed = (block for attachment in document.attachments for block in attachment.blocks)
    return [passage for blocks in (own, annexed) for b in blocks for passage in _passages(b)]


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.kind == "title"


def _passages(block: Block) -> Iterator[Passage]:
    if isinstance(block, Table):
        for row, cells in enumerate(block.rows):
            yield Passage(block.row_anchor(row), "\u3000".join(filter(None, cells)))
    elif not isinstance(block, Paragraph) or block.kind not in NOT_COMPARED:
        yield Passage(block.anchor, block.text)


def counted(text: str) -> str:
    """Give the characters of a text that count when two printings are compared."""
    # punctuation first: without it, nearly all texts are in the normal form already
    folded = unicodedata.normalize("NFKC", PUNCTUATION.sub("", text))
    return DASHES.sub("-", BETWEEN_DIGITS.sub("", folded))


def fingerprint(document: Document) -> str:
    """Give the fingerprint of a document: length and number of each passage, in hexadecimals.

    The first is that of its notes on its history (题注), which tell its versions apart. It is empty
    if there is nothing to compare.
    """
    blocks = (b for b in document.all_blocks() if isinstance(b, Paragraph) and b.kind == "history")
    history = "".join(block.text for block in blocks)
    passages = passages_of(document)
    if not passages:
        return ""
    texts = SPLIT.join(text.replace(SPLIT, "") for text in (history, *(p.text for p in passages)))
    prints = map(_print, counted(texts).split(SPLIT))
    return " ".join(f"{one.length:x}.{one.number:x}" for one in prints)


def _print(text: str) -> Print:
    """Give the fingerprint of a text of which each character counts."""
    data = text.encode("utf-16-be", "surrogatepass")
    return Print(len(data) // 2, int.from_bytes(data) % PRIME)


def history_of(text: str) -> str:
    """Give the part of a fingerprint that tells versions apart."""
    return text.partition(" ")[0]


def read_prints(text: str) -> list[Print]:
    """Read the passages of a fingerprint."""
    pairs = (one.partition(".") for one in text.split()[1:])
    return [Print(int(length, 16), int(number, 16)) for length, _, number in pairs]


def joined(prints: Sequence[Print]) -> Print:
    """Give the fingerprint of several texts as one."""
    length = number = 0
    for one in prints:
        number = (number * pow(BASE, one.length, PRIME) + one.number) % PRIME
        length += one.length
    return Print(length, number)


def compare(own: Sequence[Print], other: Sequence[Print]) -> tuple[int, tuple[Difference, ...]]:
    """Compare two fingerprints: how many characters are the same, and where the texts differ."""
    keys, other_keys = ([f"{one.length}.{one.number}" for one in each] for each in (own, other))
    same = 0
    found: list[Difference] = []
    i = j = 0
    for a, b in [*stayed(keys, other_keys), (len(own), len(other))]:
        for one in _unlike(own, other, (i, a), (j, b)):
            if isinstance(one, Difference):
                found.append(one)
            else:
                same += one
        same += own[a].length if a < len(own) else 0
        i, j = a + 1, b + 1
    return same, tuple(found)


Range = tuple[int, int]


def _unlike(
    own: Sequence[Print], other: Sequence[Print], here: Range, there: Range
) -> Iterator[Difference | int]:
    """Compare passages between equal ones: yield differences, and the lengths of equal texts.

    Passages are equal as a whole if only their breaks differ. Pairs of passages differ one by one;
    else the texts are compared from one break that both have at the same length to the next.
    """
    mine, theirs = joined(own[slice(*here)]), joined(other[slice(*there)])
    if mine == theirs:
        yield mine.length
        return
    if here[1] - here[0] == there[1] - there[0]:
        for i, j in zip(range(*here), range(*there), strict=True):
            if own[i] == other[j]:
                yield own[i].length
            else:
                yield Difference((i, i + 1), (j, j + 1))
        return
    i, j = here[0], there[0]
    begun = i, j
    length = other_length = 0
    while i < here[1] or j < there[1]:
        if j == there[1] or (i < here[1] and length <= other_length):
            length += own[i].length
            i += 1
        else:
            other_length += other[j].length
            j += 1
        is_last = i == here[1] and j == there[1]
        if (length == other_length and i > begun[0] and j > begun[1]) or is_last:
            one, two = joined(own[begun[0] : i]), joined(other[begun[1] : j])
            if one == two:
                yield one.length
            else:
                yield Difference((begun[0], i), (begun[1], j))
            begun = i, j
