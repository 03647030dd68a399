"""A model of official Chinese: how likely an ideograph is after the two before it.

It is made from counts of characters, pairs and triples (tools/language_model.py, docs/misprints.md)
and answers for many places at once. It knows what is usual, never what is true.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ids: TypeAlias = NDArray[np.int64]
Logs: TypeAlias = NDArray[np.float64]

MODEL_FILE = Path(__file__).with_name("official_chinese.npz")
# a run of ideographs stands between BEGIN and END; a character that the counts lack is UNKNOWN
UNKNOWN, BEGIN, END = 0, 1, 2
FIRST = 3  # the id of the most frequent character
DISCOUNT_PAIR, DISCOUNT_TRIPLE = 0.75, 0.6  # absolute discounting (Ney, Essen, Kneser 1994)
LEAST = 0.02  # share that is always kept for what was never counted
RARE = 0.3  # count of a character that the counts lack
# counts are stored in a byte: exact up to EXACT, above it in steps of STEP
EXACT, STEP = 32, 1.06


def packed(counts: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Pack counts into a byte each."""
    steps = EXACT + np.round(np.log(np.maximum(counts, EXACT) / EXACT) / np.log(STEP))
    return np.where(counts <= EXACT, counts, np.minimum(steps, 255)).astype(np.uint8)


def _unpacked(codes: NDArray[np.uint8]) -> Logs:
    values = np.arange(256, dtype=np.float64)
    values[EXACT:] = EXACT * STEP ** (values[EXACT:] - EXACT)
    return values[codes]


def place_in(keys: Ids, wanted: Ids) -> Ids:
    """Give the places of the wanted keys in a sorted list of keys; -1 for those not in it."""
    if not len(keys):
        return np.full(len(wanted), -1)
    found = np.searchsorted(keys, wanted)
    found[found == len(keys)] = 0
    return np.where(keys[found] == wanted, found, -1)


def ends_of(counts: NDArray[np.unsignedinteger]) -> Ids:
    """Give for each entry the number of its group, where the groups have these many entries."""
    return np.repeat(np.arange(len(counts)), counts)


def mark(bits: NDArray[np.uint8], keys: Ids) -> None:
    """Set the bits of sorted keys."""
    if len(keys):
        byte = keys >> 3
        first = np.nonzero(np.r_[True, byte[1:] != byte[:-1]])[0]
        values = (1 << (keys & 7)).astype(np.uint8)
        bits[byte[first]] |= np.bitwise_or.reduceat(values, first)


class CharacterModel:
    """Probabilities of characters after two others, by counts with interpolation."""

    def __init__(self, characters: str, packed_counts: dict[str, NDArray[np.unsignedinteger]]):
        stored = packed_counts
        self.characters = "\ufffd^$" + characters
        self.size = len(self.characters)
        self._ids = np.zeros(0x10000, np.int64)
        self._ids[[ord(c) for c in self.characters[BEGIN:]]] = np.arange(BEGIN, self.size)
        single = stored["single"].astype(np.float64)
        self.frequency = np.maximum(np.r_[0, single], RARE)  # of each id, UNKNOWN first
        self._share = self.frequency / single[1:].sum()
        pairs = _unpacked(stored["pair"])
        first = ends_of(stored["seconds"])
        self._pairs = first * self.size + stored["second"]
        self._pair_count = pairs
        self._pair_kept = np.maximum(pairs - DISCOUNT_PAIR, 0)
        seen = np.bincount(first, self._pair_kept, self.size)
        self._left_of_single = np.clip(1 - seen / np.maximum(self.frequency, 1), LEAST, 1)
        triples = _unpacked(stored["triple"])
        owner = ends_of(stored["thirds"])
        self._triples = owner * self.size + stored["third"]
        self._triple_kept = np.maximum(triples - DISCOUNT_TRIPLE, 0).astype(np.float32)
        seen = np.bincount(owner, self._triple_kept, len(pairs))
        self._left_of_pair = np.clip(1 - seen / pairs, LEAST, 1)

    def ids(self, text: str) -> Ids:
        """Give the id of each character of a text; UNKNOWN for all that the counts lack."""
        units = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        return np.where(units < len(self._ids), self._ids[units & 0xFFFF], UNKNOWN)

    def pair_counts(self, one: Ids, two: Ids) -> Logs:
        """Count how often each pair was seen."""
        places = place_in(self._pairs, one * self.size + two)
        return np.where(places >= 0, self._pair_count[places], 0.0)

    def pairs_seen(self) -> NDArray[np.uint8]:
        """Give a bit for each pair, by one * size + two, that says whether it was ever seen."""
        bits = np.zeros(self.size * self.size // 8 + 1, np.uint8)
        mark(bits, self._pairs)
        return bits

    def thirds(self, before: Ids, one: Ids) -> tuple[Ids, Ids]:
        """List what was seen after pairs: the number of the pair asked about, and the character."""
        pair = place_in(self._pairs, before * self.size + one)
        asked = np.nonzero((pair >= 0) & (one != BEGIN))[0]
        first = np.searchsorted(self._triples, pair[asked] * self.size)
        counts = np.searchsorted(self._triples, (pair[asked] + 1) * self.size) - first
        inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(asked, counts), self._triples[
            np.repeat(first, counts) + inside
        ] % self.size

    def probabilities(self, before: Ids, one: Ids, two: Ids) -> Logs:
        """Give the probability of each character ``two`` after ``before`` and ``one``.

        BEGIN has no probability of its own (1), and nothing before it counts.
        """
        pair = place_in(self._pairs, one * self.size + two)
        kept = np.where(pair >= 0, self._pair_kept[pair], 0.0)
        after_one = kept / np.maximum(self.frequency[one], 1)
        after_one += self._left_of_single[one] * self._share[two]
        known = place_in(self._pairs, before * self.size + one)
        known[one == BEGIN] = -1
        both = np.nonzero((known >= 0) & (pair >= 0))[0]  # no triple without its two pairs
        triple = place_in(self._triples, known[both] * self.size + two[both])
        kept = np.zeros(len(two))
        kept[both] = np.where(triple >= 0, self._triple_kept[triple], 0.0)
        after_both = kept / self._pair_count[known] + self._left_of_pair[known] * after_one
        return np.where(two == BEGIN, 1.0, np.where(known >= 0, after_both, after_one))

    def likelihood(self, text: str) -> float:
        """Give the logarithm of the probability of a run of ideographs."""
        run = np.r_[BEGIN, BEGIN, self.ids(text), END]
        return float(np.log(self.probabilities(run[:-2], run[1:-1], run[2:])).sum())


@cache
def official_chinese() -> CharacterModel:
    """Load the model; it is loaded once, and only by what asks for it."""
    with np.load(MODEL_FILE) as stored:
        counts = {name: stored[name] for name in stored.files}
    return CharacterModel("".join(map(chr, counts.pop("characters"))), counts)
