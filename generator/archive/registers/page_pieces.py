"""Cut what a register lists into pages that are short enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def in_pieces(entries: Iterable[T], size_of: Callable[[T], int], most: int) -> list[list[T]]:
    """Fill pieces one after another; only an entry alone may be larger than ``most``.

    The first pieces stay as they are when more entries come behind them. There is one piece at
    least.
    """
    pieces: list[list[T]] = [[]]
    room = most
    for entry in entries:
        size = size_of(entry)
        if pieces[-1] and size > room:
            pieces.append([])
            room = most
        pieces[-1].append(entry)
        room -= size
    return pieces
