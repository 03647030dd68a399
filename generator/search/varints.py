"""Whole numbers in as few bytes as they need: seven bits per byte, the low bits first."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

BITS = 14
SMALL = 1 << BITS
LONGEST_VARINT = 5  # one more than the bytes of the largest number, which is below 2²⁸
SLICE = 200_000  # numbers packed at a time: packing needs forty bytes for each


# the bytes of small numbers, of which none is longer than two
TABLE = [bytes((number,)) for number in range(128)]
TABLE += [bytes((low | 128, high)) for high in range(1, 128) for low in range(128)]


def varint(number: int) -> bytes:
    """Write one number, not below zero and below 2²⁸."""
    if number < SMALL:
        return TABLE[number]
    # the low fourteen bits, each byte with the sign that more follow
    return bytes((number & 127 | 128, number >> 7 & 127 | 128)) + TABLE[number >> BITS]


def varints(numbers: Iterable[int]) -> bytes:
    """Write numbers one after another."""
    return b"".join([varint(number) for number in numbers])


def ascending(numbers: Iterable[int]) -> bytes:
    """Write ascending numbers: the first, then the distance of each from the one before."""
    listed = list(numbers)
    return varints(b - a for a, b in zip([0, *listed], listed, strict=False))


def pack(numbers: NDArray[np.uint32]) -> tuple[bytes, NDArray[np.int64]]:
    """Write many numbers below 2²⁸ at once; give the bytes, and the offset at which each ends."""
    written = bytearray()
    ends = np.zeros(len(numbers), np.int64)
    for at in range(0, len(numbers), SLICE):
        part, own = _pack(numbers[at : at + SLICE])
        ends[at : at + SLICE] = own + len(written)
        written += part.tobytes()
    return bytes(written), ends


def _pack(numbers: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    lengths = np.ones(len(numbers), np.int64)
    for byte in range(1, LONGEST_VARINT):
        lengths += numbers >= np.uint32(1 << 7 * byte) if byte < LONGEST_VARINT - 1 else 0
    ends = np.cumsum(lengths)
    written = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    starts = ends - lengths
    for byte in range(LONGEST_VARINT - 1):
        here = lengths > byte
        part = (numbers[here] >> np.uint32(7 * byte)) & np.uint32(127)
        more = (lengths[here] > byte + 1).astype(np.uint32) << np.uint32(7)
        written[starts[here] + byte] = (part | more).astype(np.uint8)
    return written, ends
