"""Write the few files that an editor's acts may change: whole or not at all, and read back."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from generator.runtime.errors import SourceError, reason_of
from generator.runtime.moving import move


def text_of(path: Path) -> str:
    """Read a file with its line ends as they are; "" if there is none."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        msg = f"{path}:1: 不是 UTF-8 文本，不能由校对台改写；请另存为 UTF-8"
        raise SourceError(msg) from error
    except OSError as error:
        msg = f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件"
        raise SourceError(msg) from error


def version_of(path: Path) -> str:
    """Give the digest of a file's bytes; that of no bytes if there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError:
        return hashlib.sha256(b"").hexdigest()[:16]


class ChangedMeanwhile(Exception):  # noqa: N818 - says what happened; nothing is wrong
    """Another program wrote a file after it was read."""


def write_text(path: Path, text: str, before: str | None = None) -> None:
    """Write a file beside its place, move it there, and read it back.

    A reader sees the old text or the new one, whatever happens in between. ``before`` is the text
    that the new one was made from: where the file has another by now, nothing is written and
    ChangedMeanwhile is raised. Raises SourceError when the file does not hold the text afterwards.
    """
    data = text.encode("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if before is not None and text_of(path) != before:
                raise ChangedMeanwhile(path)
            if path.exists():
                Path(aside).chmod(path.stat().st_mode & 0o777)
            else:
                Path(aside).chmod(0o644)
            move(Path(aside), path)
        finally:
            Path(aside).unlink(missing_ok=True)
        if path.read_bytes() != data:
            msg = f"{path}:1: 写入以后读回的内容不一致；请检查磁盘，重做这一步"
            raise SourceError(msg)
    except OSError as error:
        msg = f"{path}:1: 写不了（{reason_of(error)}）；请检查这个文件夹"
        raise SourceError(msg) from error
