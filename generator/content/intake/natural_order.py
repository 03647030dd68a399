"""The order in which people put names that have numbers in them."""

from __future__ import annotations

from generator.runtime.patterns import lazy_regex

SPREAD = lazy_regex(r"\d+|\D+")


def natural_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """Give a key that sorts names as people do: 2 before 10."""
    pieces = (
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece.casefold())
        for piece in SPREAD.findall(name)
    )
    return (*pieces, (2, 0, name))
