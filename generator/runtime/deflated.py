"""Values that are kept in memory deflated, because they are many and are seldom asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, overload

import msgspec

T = TypeVar("T")
FAST = 1  # of zlib: a tenth more bytes than its default, in a third of the time


class Deflated(Sequence[T]):
    """A sequence that is inflated and decoded anew whenever it is used: take a tuple of it."""

    __slots__ = ("_data", "_kind", "_length")

    def __init__(self, values: Sequence[T], kind: type[T]) -> None:
        """Deflate values of one kind."""
        self._kind = kind
        self._length = len(values)
        self._data = zlib.compress(msgspec.msgpack.encode(values), FAST) if values else b""

    def _read(self) -> tuple[T, ...]:
        if not self._data:
            return ()
        kind: Any = tuple[self._kind, ...]  # type: ignore[name-defined]
        read: tuple[T, ...] = msgspec.msgpack.decode(zlib.decompress(self._data), type=kind)
        return read

    def __len__(self) -> int:
        """Give the number of values, without reading them."""
        return self._length

    def __iter__(self) -> Iterator[T]:
        """Read the values."""
        return iter(self._read())

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        """Read all values, and give one or some of them."""
        return self._read()[at]


def written_out(value: object) -> object:
    """Give a value that msgspec can write for one that it does not know."""
    if isinstance(value, Deflated):
        return list(value)
    message = f"{type(value).__name__} cannot be written"
    raise NotImplementedError(message)
