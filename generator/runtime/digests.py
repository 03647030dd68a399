"""Digests of contents: equal digests mean equal contents."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

LARGE = 4_000_000  # bytes: a larger file is never in memory as a whole
LENGTH = 32  # hexadecimal digits: enough that no two contents share a key


def digest(*parts: bytes | str) -> str:
    """Make a key of parts; the boundaries between the parts count too.

    ``("ab", "c")`` and ``("a", "bc")`` have different keys.
    """
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
    """Give the bytes of a file; for a large file (a scan), its digest, read in pieces."""
    if path.stat().st_size <= LARGE:
        return path.read_bytes()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
