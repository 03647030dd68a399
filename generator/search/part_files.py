"""Sorted tables cut into small files: each a classic script that calls one function.

``gazette_part("g12", "<base64>")``: so the same file is read by fetch over http and by a script
element on file://. All files are ASCII, whatever charset a host says they have. The format is
described in docs/search.md.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable
from pathlib import Path

from generator.search.varints import TABLE, varint

SMALLEST, LARGEST = 3_000, 18_000  # bytes of a shard before base64, which makes them 24,000
LEVEL = 5  # six takes a third more time for one part in a hundred
SHARDS = 100  # a small segment is cut into about as many


def shard_size(total: int) -> int:
    """Choose how large the shards of a table are, from its bytes: small tables get small ones."""
    return min(max(total // SHARDS, SMALLEST), LARGEST)


def write_part(folder: Path, name: str, payload: object) -> None:
    """Write one file; its payload is what gazette_part hands over."""
    text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"))
    (folder / f"{name}.js").write_text(f'gazette_part("{name}",{text});\n', "ascii")


def encode(data: bytes) -> str:
    """Write bytes as base64."""
    return base64.b64encode(data).decode("ascii")


def compress(value: object) -> str:
    """Write a value as JSON, deflated, in base64: for texts."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return encode(zlib.compress(text.encode(), LEVEL))


def write_table(folder: Path, name: str, items: Iterable[tuple[str, bytes]], size: int) -> str:
    """Write a table, keys ascending by code points, into shards; give the first key of each.

    An entry is: how many characters of the key before it has in common, how many follow, their
    code points, the length of its value, the value. The first keys are joined by line ends.
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
    """Write a text as its length in bytes and its UTF-8."""
    data = text.encode()
    return varint(len(data)) + data
