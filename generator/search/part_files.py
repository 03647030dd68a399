"""Sorted tables split into small files, each a classic script that calls one function.

The call is ``gazette_part("g12", "<base64>")``: fetch can read such a file over http, and a script
element can read it on file://. All files are ASCII, so it does not matter which charset a host
declares. docs/search.md describes the format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from generator.runtime.packed import encode
from generator.search.varints import TABLE, varint

SMALLEST, LARGEST = 3_000, 18_000  # bytes of a shard before base64, which makes 24,000 of 18,000
SHARDS = 100  # a table has about this many shards, between the two sizes


def shard_size(total: int) -> int:
    """Choose the bytes of a shard from the bytes of its table: small tables get small shards."""
    return min(max(total // SHARDS, SMALLEST), LARGEST)


def write_part(folder: Path, name: str, payload: object) -> None:
    """Write one file, which calls gazette_part with the payload."""
    text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"))
    (folder / f"{name}.js").write_text(f'gazette_part("{name}",{text});\n', "ascii")


def write_table(folder: Path, name: str, items: Iterable[tuple[str, bytes]], size: int) -> str:
    """Write a table, keys ascending by code points, into shards; give the first key of each.

    An entry is: the number of characters in common with the key before, the number of further
    characters, their code points, the length of the value, the value. The first keys are joined
    by line ends.
    """
    first: list[str] = []
    shard = bytearray()
    before = ""
    for key, value in items:
        if not shard:
            first.append(key)
            before = ""
        same = _in_common(before, key)
        rest = key[same:]
        shard += TABLE[same] + TABLE[len(rest)]
        for char in rest:
            shard += varint(ord(char))
        shard += varint(len(value)) + value
        before = key
        if len(shard) >= size:
            write_part(folder, f"{name}{len(first) - 1}", encode(bytes(shard)))
            shard.clear()
    if shard:
        write_part(folder, f"{name}{len(first) - 1}", encode(bytes(shard)))
    return "\n".join(first)


def _in_common(one: str, other: str) -> int:
    for n, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return n
    return min(len(one), len(other))


def text_bytes(text: str) -> bytes:
    """Write a text as the length of its UTF-8 in bytes, then its UTF-8."""
    data = text.encode()
    return varint(len(data)) + data
