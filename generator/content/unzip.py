"""Unpack a zip that an editor hands in: nothing leaves its folder, and its size is limited."""

from __future__ import annotations

import stat
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

from generator.language.file_names import fault_of
from generator.runtime.errors import SourceError, reason_of
from generator.runtime.patterns import lazy_regex

MOST_FILES = 20_000
LARGEST_UNPACKED = 2_000_000_000  # bytes; an issue with its pictures has some 50 MB
# how much smaller a zip may be than its files: JSON and text come to 50
MOST_RATIO, RATIO_COUNTS_FROM = 200, 20_000_000
UTF8_NAMES = 0x800  # flag of an entry
ENCRYPTED = 0x1
PIECE = 1 << 20
DRIVE = lazy_regex(r"[A-Za-z]:")
IDEOGRAPH = lazy_regex(r"[\u4e00-\u9fff]")
LEFT_BEHIND = ("__MACOSX/",)


def unpack(path: Path, target: Path) -> None:
    """Unpack a zip into a new folder.

    1. Every file is inside the folder: a zip with a link, an absolute path or .. is refused.
    2. A zip with too many files, too many bytes or too high a ratio is refused before unpacking.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = _checked(archive.infolist(), path)
            for entry, name in names:
                _write(archive, entry, target / name)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        msg = f"{path}:1: 不是完整的 zip 文件；请重新下载或重新压缩"
        raise SourceError(msg) from error
    except RuntimeError as error:  # what zipfile raises for a password
        msg = f"{path}:1: zip 有密码；请先解压，放入其中的文件"
        raise SourceError(msg) from error
    except OSError as error:
        msg = f"{path}:1: 解压不了（{reason_of(error)}）；请先解压，放入其中的文件"
        raise SourceError(msg) from error


def _checked(entries: list[zipfile.ZipInfo], path: Path) -> list[tuple[zipfile.ZipInfo, str]]:
    """Give the files of a zip with their names, or refuse all of them."""
    if len(entries) > MOST_FILES:
        msg = f"{path}:1: zip 里有 {len(entries):,} 个文件，最多 {MOST_FILES:,} 个；请分成几期"
        raise SourceError(msg)
    size = sum(entry.file_size for entry in entries)
    if size > LARGEST_UNPACKED:
        msg = f"{path}:1: zip 解压后超过 {LARGEST_UNPACKED // 10**6:,} MB；请分成几期"
        raise SourceError(msg)
    packed = max(path.stat().st_size, 1)
    if size > RATIO_COUNTS_FROM and size > packed * MOST_RATIO:
        msg = f"{path}:1: zip 解压后是原来的 {size // packed:,} 倍，不像正常的文件；请先解压查看"
        raise SourceError(msg)
    found: dict[str, tuple[zipfile.ZipInfo, str]] = {}
    for entry in entries:
        name = _name_of(entry)
        if stat.S_ISLNK(entry.external_attr >> 16):
            msg = f"{path}:1: zip 里的“{name}”是链接，不是文件；请重新压缩，只放文件"
            raise SourceError(msg)
        parts = name.rstrip("/").split("/")
        if name.startswith("/") or DRIVE.match(name) or any(p in ("", ".", "..") for p in parts):
            msg = f"{path}:1: zip 里的“{name}”指向文件夹以外；请重新压缩"
            raise SourceError(msg)
        if entry.is_dir() or name.startswith(LEFT_BEHIND):
            continue
        if entry.flag_bits & ENCRYPTED:
            msg = f"{path}:1: zip 有密码；请先解压，放入其中的文件"
            raise SourceError(msg)
        if fault := next(filter(None, map(fault_of, parts)), ""):
            msg = f"{path}:1: zip 里的“{name}”{fault}，有的系统不能解压；请改名后重新压缩"
            raise SourceError(msg)
        if name.casefold() in found:
            msg = f"{path}:1: zip 里有两个“{name}”；请重新压缩"
            raise SourceError(msg)
        found[name.casefold()] = entry, name
    return list(found.values())


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Give the name of a file; some programs write UTF-8 or GBK without saying so."""
    name = entry.filename
    if not entry.flag_bits & UTF8_NAMES:
        for encoding in ("utf-8", "gb18030"):
            with suppress(UnicodeError):
                name = entry.filename.encode("cp437").decode(encoding)
                if name.isascii() or IDEOGRAPH.search(
                    name
                ):  # 通知 in GBK is other letters in UTF-8
                    break
    return name.replace("\\", "/")


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    left = entry.file_size  # zipfile never gives more than an entry declares
    with archive.open(entry) as source, target.open("xb") as file:
        while left > 0 and (piece := source.read(min(PIECE, left))):
            left -= len(piece)
            file.write(piece)
