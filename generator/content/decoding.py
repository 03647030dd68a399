"""Bytes → text: decode UTF-8 or GB18030, and end each line with LF."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from generator.content.file_kinds import FIRST, kind_of
from generator.content.limits import refuse_text
from generator.runtime.errors import SourceError, reason_of
from generator.runtime.patterns import lazy_regex

# one class in front, to which the engine skips
LINE_END = lazy_regex(r"[\r\x0b\x0c\x85\u2028\u2029](?:(?<=\r)\n)?")
# the commonest characters of official Chinese: they show that a text was decoded correctly
COMMON = frozenset("的和在为人民政府发展工作关于年月日第号，。、一二三十各市省县（）")


def read_text(path: Path) -> str:
    """Read a text file in UTF-8 or GB18030, and end each line with LF.

    Raises SourceError, with file and line, when it has another encoding.
    """
    return LINE_END.sub("\n", decode(path.read_bytes(), path)[0])


class Received(NamedTuple):
    """A text file as received."""

    text: str  # each line ends with LF
    encoding: str
    sha256: str  # of the file's bytes


def read_received(path: Path) -> Received:
    """Read the text of a document or an issue; SourceError if it cannot be read, or is empty."""
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件"
        raise SourceError(msg) from error
    text, encoding = decode(data, path)
    text = LINE_END.sub("\n", text)
    if not text.strip():
        msg = f"{path}:1: 文件是空的；请放入公文的文本，或移走这个文件"
        raise SourceError(msg)
    refuse_text(text, str(path))
    return Received(text, encoding, hashlib.sha256(data).hexdigest())


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """Decode the bytes of a text file; give the text and the name of the encoding.

    Raises SourceError, with file and line, when they are neither UTF-8 nor GB18030.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        data, utf8 = data[3:], "utf-8-sig"
    else:
        utf8 = "utf-8"
    if (zero := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, zero) + 1
        if kind := kind_of(data[:FIRST]):
            msg = f"{path}:1: 不是文本，是 {kind}；请核对是否放错了文件，或改正文件名的后缀"
            raise SourceError(msg)
        msg = f"{path}:{line}: 不是文本，或是 UTF-16 编码；请另存为 UTF-8 编码的文本文件"
        raise SourceError(msg)
    try:
        return data.decode("utf-8"), utf8
    except UnicodeDecodeError as error:
        bad = error.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    # nearly any bytes can be decoded as GB18030, so the result must look like official Chinese
    sample = [c for c in text[:20000] if ord(c) > 127]
    if sample and sum(c in COMMON for c in sample) >= len(sample) / 20:
        return text, "gb18030"
    line = data.count(b"\n", 0, bad) + 1
    import charset_normalizer  # imported here because few texts need it

    guess = charset_normalizer.from_bytes(data[:100_000]).best()
    hint = f"（可能是 {guess.encoding}）" if guess else ""
    msg = (
        f"{path}:{line}: 既不是 UTF-8 编码，也不是 GB18030（含 GBK）编码{hint}；"
        "请另存为 UTF-8 编码的文本文件"
    )
    raise SourceError(msg)
