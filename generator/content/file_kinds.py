"""What a file is, by its first bytes or the shape of its JSON, in words for editors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

FIRST = 512  # bytes that are looked at
# first bytes of files that are no text
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF 文件"),
    (b"PK\x03\x04", "zip 压缩文件，或 .docx、.xlsx、.ofd"),
    (b"PK\x05\x06", "空的 zip 文件"),
    (bytes.fromhex("D0CF11E0A1B11AE1"), "旧的 .doc、.xls 或 .wps 文件"),
    (b"\x89PNG\r\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"II*\x00", "TIFF 图片"),
    (b"MM\x00*", "TIFF 图片"),
    (b"BM", "BMP 图片"),
    (b"Rar!", "rar 压缩文件"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩文件"),
    (b"\x1f\x8b", "gzip 压缩文件"),
    (b"SQLite format 3", "SQLite 数据库"),
    (b"\x93NUMPY", "NumPy 数据"),
    (b"\x80\x04", "Python 的 pickle 数据"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
    (b"{\\rtf", "RTF 文件"),
)
BINARY_MAGIC = frozenset({b"BM", b"MZ", b"GIF8", b"Rar!"})  # a text may begin with these
LARGEST_LOOKED_AT = 50_000_000


def binary_kind(path: Path) -> str:
    """Say what a file is that is no text; empty for a text."""
    try:
        with path.open("rb") as file:
            start = file.read(FIRST)
    except OSError:
        return ""
    return kind_of(start)


def kind_of(start: bytes) -> str:
    """Say what a file is whose first bytes are given; empty for a text."""
    for magic, kind in MAGIC:
        if start.startswith(magic) and (magic not in BINARY_MAGIC or b"\0" in start):
            return kind
    return ""


def json_kind(path: Path) -> str:
    """Say what the JSON of a file is; empty where it cannot be read."""
    try:
        if path.stat().st_size > LARGEST_LOOKED_AT:
            return "很大的 JSON"
        data: object = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError, RecursionError):
        return "不完整的 JSON"
    if isinstance(data, list):
        first = data[0] if data else None
        keys = f"，每项有 {_keys(first)}" if isinstance(first, Mapping) else ""
        return f"JSON 列表，{len(data):,} 项{keys}"
    if isinstance(data, Mapping):
        return f"JSON，有 {_keys(data)}" if data else "空的 JSON"
    return "JSON，只有一个值"


def _keys(data: Mapping[object, object]) -> str:
    named = [str(key)[:30] for key in list(data)[:5]]
    return "、".join(named) + (" 等" if len(data) > 5 else "")
