"""What a text says of itself: how often its own characters follow one another.

A gazette has names and terms that no general model knows. They occur again and again, a misreading
does not. A place must not speak for itself, so what stands there is counted without the place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from generator.language.character_model import BEGIN, Ids, Logs, place_in
from generator.runtime.patterns import lazy_regex

RUN = lazy_regex("[\u3400-\u9fff]+")
LEAST_ISSUES, LEAST_TIMES = 2, 3  # in which, and how often, words occur that issues share

SHARE = 0.4  # of the voice beside the model
DISCOUNT = 0.3
AFTER_PAIR, AFTER_ONE = 1.0, 4.0  # how many places weigh as much as what is known without them


class Voice:
    """Counts of characters, pairs and triples in a sequence of ids."""

    def __init__(self, sequence: Ids, size: int, learned: tuple[Ids, Ids] | None = None):
        before, one, two = sequence[:-2], sequence[1:-1], sequence[2:]
        self._size = size
        self._single = np.bincount(sequence, minlength=size)
        grams = np.r_[one * size + two + size**3, (before * size + one) * size + two]
        weights = np.ones(len(grams), np.int64)
        if learned is not None:
            keys, counts = learned
            grams, weights = np.r_[grams, keys], np.r_[weights, counts]
        self._grams, place = np.unique(grams, return_inverse=True)
        self._counts = np.bincount(place, weights).astype(np.int64)

    def _count(self, keys: Ids) -> NDArray[np.int64]:
        places = place_in(self._grams, keys)
        return np.where(places >= 0, self._counts[places], 0)

    def singles(self, one: Ids) -> NDArray[np.int64]:
        """Count how often each character occurs."""
        return self._single[one]

    def pairs(self, one: Ids, two: Ids) -> NDArray[np.int64]:
        """Count how often each pair occurs."""
        return self._count(one * self._size + two + self._size**3)

    def mixed(self, before: Ids, one: Ids, two: Ids, known: Logs, own: int) -> Logs:
        """Mix the probabilities that a model knows with those of the voice.

        ``own`` is 1 where the characters asked about stand in the sequence themselves.
        """
        pairs = self.pairs(one, two)
        pair = pairs - own
        after_one = (np.maximum(pair - DISCOUNT, 0) + AFTER_ONE * known) / (
            np.maximum(self._single[one] - own, 0) + AFTER_ONE
        )
        pairs_before = self.pairs(before, one)
        both = np.nonzero((pairs > 0) & (pairs_before > 0))[0]  # no triple without its two pairs
        triple = np.full(len(two), -own)
        triple[both] += self._count(
            (before[both] * self._size + one[both]) * self._size + two[both]
        )
        context = np.maximum(pairs_before - own, 0)
        after_both = (np.maximum(triple - DISCOUNT, 0) + AFTER_PAIR * after_one) / (
            context + AFTER_PAIR
        )
        voice = np.where(one == BEGIN, after_one, after_both)
        mixed = (1 - SHARE) * known + SHARE * voice
        return np.where(two == BEGIN, 1.0, mixed)


def shared_words(issues: Iterable[Iterable[str]]) -> dict[str, int]:
    """Count the pairs and triples of characters that several issues have in their texts."""
    total: Counter[str] = Counter()
    having: Counter[str] = Counter()
    for texts in issues:
        counts: Counter[str] = Counter()
        for text in texts:
            for run in RUN.findall(text):
                framed = f"^{run}$"
                for length in (2, 3):
                    counts.update(framed[n : n + length] for n in range(len(framed) - length + 1))
        total.update(counts)
        having.update(counts.keys())
    return {
        words: count
        for words, count in total.items()
        if count >= LEAST_TIMES and having[words] >= LEAST_ISSUES
    }
