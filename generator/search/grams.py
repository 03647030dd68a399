"""The stream of a segment → lists: the offsets of each bigram, the documents of each character.

numpy sorts and packs the lists: plain Python takes four times as long.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.search.varints import pack

STRETCH = 2_000_000  # characters searched at a time
AT_ONCE = 500_000  # bigrams sorted at a time, so that memory does not grow with the segment


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a segment, in the order of their keys, and the counts of the bigrams."""

    keys: list[str]
    values: list[bytes]
    counts: list[int]  # how often a bigram occurs in the segment; 0 for a single character


def make_lists(documents: list[str]) -> Lists:
    """List, for each bigram, its ascending offsets, and for each character its documents.

    The documents are folded texts, each passage with a line end. The documents one after another
    are the stream, and offsets count from its beginning. The list of a character has two numbers
    per document: the distance from the document before, and the offset in the document at which
    the character occurs first. The function empties the list ``documents``, to save memory.
    """
    seen = np.zeros(sys.maxunicode + 1, np.bool_)
    for document in documents:
        seen[_codes(document)] = True
    codes = np.flatnonzero(seen).tolist()
    place = np.zeros(codes[-1] + 1 if codes else 1, np.uint16)
    place[codes] = np.arange(len(codes), dtype=np.uint16)
    bounds = np.cumsum([0, *map(len, documents)])
    ranks = np.zeros(int(bounds[-1]), np.uint16)
    for n in range(len(documents)):
        ranks[bounds[n] : bounds[n + 1]] = place[_codes(documents[n])]
        documents[n] = ""
    chars = [chr(code) for code in codes]
    ends = chars.index("\n") if chars else -1
    found = dict(_characters(ranks, bounds, chars, ends))
    counts = dict.fromkeys(found, 0)
    for key, value, count in _bigrams(ranks, chars, ends):
        found[key], counts[key] = value, count
    keys = sorted(found)
    return Lists(keys, [found[key] for key in keys], [counts[key] for key in keys])


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _bigrams(
    ranks: NDArray[np.uint16], chars: list[str], ends: int
) -> Iterator[tuple[str, bytes, int]]:
    """Sort the bigrams and pack the offsets of each.

    One round takes the bigrams of some first characters, to save memory.
    """
    firsts, seconds = ranks[:-1], ranks[1:]
    sizes = np.zeros(len(chars), np.int64)
    for at in range(0, len(firsts), AT_ONCE):  # bincount makes eight bytes of each number
        sizes += np.bincount(firsts[at : at + AT_ONCE], minlength=len(chars))
    sizes = np.cumsum(sizes)
    low = 0
    while low < len(chars):
        before = int(sizes[low - 1]) if low else 0
        high = max(int(np.searchsorted(sizes, before + AT_ONCE, side="right")), low + 1)
        offsets = _where(firsts, low, high)
        low = high
        here = firsts[offsets]
        offsets = offsets[(here != ends) & (seconds[offsets] != ends)]
        if not len(offsets):
            continue
        # by the second character, then by the first: a stable sort keeps the earlier order
        offsets = offsets[np.argsort(seconds[offsets], kind="stable")]
        offsets = offsets[np.argsort(firsts[offsets], kind="stable")]
        one, other = firsts[offsets], seconds[offsets]
        new = np.flatnonzero((one[1:] != one[:-1]) | (other[1:] != other[:-1])) + 1
        begin = np.concatenate(([0], new))
        deltas = np.diff(offsets, prepend=np.uint32(0)).astype(np.uint32)
        deltas[begin] = offsets[begin]
        data, byte_ends = pack(deltas)
        last = np.append(begin[1:], len(offsets)) - 1
        stops = byte_ends[last].tolist()
        at = 0
        for a, b, stop, count in zip(
            one[begin].tolist(), other[begin].tolist(), stops, (last + 1 - begin).tolist(),
            strict=True,
        ):  # fmt: skip
            yield chars[a] + chars[b], data[at:stop], count
            at = stop


def _where(ranks: NDArray[np.uint16], low: int, high: int) -> NDArray[np.uint32]:
    """Find the offsets of ranks in low ≤ rank < high, a stretch at a time, to save memory."""
    found: list[NDArray[np.uint32]] = []
    for at in range(0, len(ranks), STRETCH):
        part = ranks[at : at + STRETCH]
        found.append((np.flatnonzero((part >= low) & (part < high)) + at).astype(np.uint32))
    return np.concatenate(found) if found else np.zeros(0, np.uint32)


def _characters(
    ranks: NDArray[np.uint16], bounds: NDArray[np.int64], chars: list[str], ends: int
) -> Iterator[tuple[str, bytes]]:
    """Pack, for each character, the documents that contain it, with its first offset in each."""
    seen_ranks: list[NDArray[np.uint16]] = []
    seen_first: list[NDArray[np.uint32]] = []
    documents: list[NDArray[np.uint32]] = []
    for document in range(len(bounds) - 1):
        own = ranks[bounds[document] : bounds[document + 1]]
        present, first = np.unique(own, return_index=True)
        seen_ranks.append(present)
        seen_first.append(first.astype(np.uint32))
        documents.append(np.full(len(present), document, np.uint32))
    if not documents:
        return
    rank = np.concatenate(seen_ranks)
    first = np.concatenate(seen_first)
    place = np.concatenate(documents)
    order = np.argsort(rank, kind="stable")
    rank, first, place = rank[order], first[order], place[order]
    begin = np.flatnonzero(np.diff(rank.astype(np.int64), prepend=-1))
    gaps = np.diff(place, prepend=np.uint32(0)).astype(np.uint32)
    gaps[begin] = place[begin]
    data, byte_ends = pack(np.column_stack((gaps, first)).ravel().astype(np.uint32))
    last = np.append(begin[1:], len(rank)) - 1
    at = 0
    for code, stop in zip(rank[begin].tolist(), byte_ends[2 * last + 1].tolist(), strict=True):
        if code != ends:
            yield chars[code], data[at:stop]
        at = stop
