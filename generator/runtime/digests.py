"""Digests of contents: equal digests mean equal contents."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

LARGE = 4_000_000  # bytes: a file above is not held in memory
LENGTH = 32  # hexadecimal digits: no two contents of all gazettes will share a key


def digest(*parts: bytes | str) -> str:
    """Make a key of parts; where one ends and the next begins counts too."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()[:LENGTH]


def key_of(value: object) -> str:
    """Make a key of a value made of dataclasses, mappings, sequences and scalars."""
    return digest(msgspec.json.encode(value))


def content_key(path: Path) -> bytes:
    """Give what a file holds, or stands for it: of a large scan its own key, read in pieces."""
    if path.stat().st_size <= LARGE:
        return path.read_bytes()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
