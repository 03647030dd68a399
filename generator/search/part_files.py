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
from generator.search.varints import TABLE, varint, varints

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
        same = 0
        for one, other in zip(before, key, strict=False):
            if one != other:
                break
            same += 1
        length = len(key) - same
        if length == 1:  # as most keys: bigrams, of which the first character is the one before's
            shard += TABLE[same] + TABLE[1] + varint(ord(key[same]))
        else:
            shard += TABLE[same] + TABLE[length] + varints(map(ord, key[same:]))
        shard += varint(len(value)) + value
        before = key
        if len(shard) >= size:
            write_part(folder, f"{name}{len(first) - 1}", encode(bytes(shard)))
            shard.clear()
    if shard:
        write_part(folder, f"{name}{len(first) - 1}", encode(bytes(shard)))
    return "\n".join(first)


def text_bytes(text: str) -> bytes:
    """Write a text as the length of its UTF-8 in bytes, then its UTF-8."""
    data = text.encode()
    return varint(len(data)) + data
