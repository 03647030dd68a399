"""Files → a zip with bytes that depend on names and contents alone; it is whole or not there.

zipfile writes the zip, also one of more than 4 GB or 65,535 members. It cannot take a member over
that is compressed already, so ``_put`` writes such a member itself: the header that zipfile makes
of it, then its bytes. No well-kept library does that for Python.
"""

from __future__ import annotations

import hashlib
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from generator.runtime.digests import LARGE
from generator.runtime.errors import SiteError

# the earliest time a zip can hold: the same input gives the same bytes on any day
EPOCH = (1980, 1, 1, 0, 0, 0)
SUMS = "SHA256SUMS"
ASIDE = ".new"
CHUNK = 1 << 18
# compressed already: deflating scans again took as long as everything else and saved nothing
STORED = frozenset({".gif", ".jpeg", ".jpg", ".pdf", ".png", ".webp", ".woff2"})
LOCAL_HEADER = 30  # bytes before the name (APPNOTE.TXT 4.3.7)


@dataclass(frozen=True, slots=True)
class Content:
    """What tells the content of one file from that of others."""

    sha256: str
    crc: int
    size: int


@dataclass(frozen=True, slots=True)
class Packed:
    """A member of a zip, as it lies there."""

    content: Content
    at: int  # offset of its local header
    size: int  # bytes, compressed


@dataclass(frozen=True, slots=True)
class Copy:
    """The bytes of a member, taken over from another zip as they lie there."""

    zip: Path
    packed: Packed


Source: TypeAlias = Path | bytes | Copy


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a zip that is written."""

    name: str
    content: Content
    source: Source  # a file of any size, its bytes, or a copy that is compressed already


def write_zip(path: Path, comment: bytes, members: Iterable[Member]) -> dict[str, Packed]:
    """Pack members in their order, and their sums after them, in a folder with the zip's name.

    1. One member at a time is in memory; of a large file, only a chunk at a time.
    2. An existing file at ``path`` stays until the new zip is complete.
    3. A member has the same bytes in the zip, whether it is compressed now or copied.

    Gives the members with their places. Raises SiteError when a file has changed since its content
    was looked at.
    """
    written: dict[str, Packed] = {}
    with (
        put_in_place(path) as aside,
        aside.open("wb") as file,
        zipfile.ZipFile(file, "w") as archive,
        ExitStack() as opened,
    ):
        archive.comment = comment
        zips: dict[Path, IO[bytes]] = {}
        for member in members:
            name, at = f"{path.stem}/{member.name}", archive.start_dir
            source = member.source
            if isinstance(source, Copy):
                if source.zip not in zips:
                    zips[source.zip] = opened.enter_context(source.zip.open("rb"))
                size = source.packed.size
                _put(archive, file, name, member.content, size, _copy(zips[source.zip], source))
            elif isinstance(source, Path) and member.content.size > LARGE:
                size = _stream(archive, name, member, source)
            else:
                data = source if isinstance(source, bytes) else read_as(source, member.content)
                packed = data if is_stored(name) else deflate(data)
                size = len(packed)
                _put(archive, file, name, member.content, size, (packed,))
            written[member.name] = Packed(member.content, at, size)
        sums = "".join(f"{packed.content.sha256}  {name}\n" for name, packed in written.items())
        archive.writestr(_entry(f"{path.stem}/{SUMS}"), sums.encode())
    return written


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_STORED if is_stored(name) else zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    entry.create_system = 3  # Unix; the same on every system
    return entry


def _put(
    archive: zipfile.ZipFile,
    file: IO[bytes],
    name: str,
    content: Content,
    size: int,
    packed: Iterable[bytes],
) -> None:
    """Write a member that is compressed already, of ``size`` bytes, at the end of a zip."""
    entry = _entry(name)
    entry.CRC, entry.file_size, entry.compress_size = content.crc, content.size, size
    entry.header_offset = archive.start_dir  # the end of what is written so far
    # zipfile decides so for a file of known size
    header = entry.FileHeader(zip64=content.size * 1.05 > zipfile.ZIP64_LIMIT)
    file.write(header)
    for chunk in packed:
        file.write(chunk)
    archive.filelist.append(entry)
    archive.NameToInfo[name] = entry
    archive.start_dir += len(header) + size


def _stream(archive: zipfile.ZipFile, name: str, member: Member, path: Path) -> int:
    """Compress a large file chunk by chunk; give its size in the zip."""
    entry = _entry(name)
    entry.file_size = member.content.size  # zipfile chooses the format by it
    digest = hashlib.sha256()
    with path.open("rb") as file, archive.open(entry, "w") as target:
        for chunk in chunks(file):
            digest.update(chunk)
            target.write(chunk)
    _check(path, digest.hexdigest(), member.content)
    return entry.compress_size


def _copy(file: IO[bytes], source: Copy) -> Iterator[bytes]:
    """Read the compressed bytes of a member, which begin after its local header."""
    file.seek(source.packed.at)
    header = file.read(LOCAL_HEADER)
    name, extra = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    file.seek(source.packed.at + LOCAL_HEADER + name + extra)
    left = source.packed.size
    while left:
        chunk = file.read(min(left, CHUNK))
        if not chunk:
            message = f"{source.zip}: 打包时这个文件变短了；请再运行一次"
            raise SiteError(message)
        left -= len(chunk)
        yield chunk


def is_stored(name: str) -> bool:
    """Whether a file of this name is not compressed again."""
    return posixpath.splitext(name)[1].lower() in STORED


def deflate(data: bytes) -> bytes:
    """Compress bytes as zipfile does: at zlib's default level, without a header."""
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def content_of(data: bytes) -> Content:
    """Look at the content of bytes."""
    return Content(hashlib.sha256(data).hexdigest(), zlib.crc32(data), len(data))


def content_of_file(path: str) -> Content:
    """Look at the content of a file of any size."""
    digest, crc, size = hashlib.sha256(), 0, 0
    with open(path, "rb") as file:  # noqa: PTH123 - a Path for each file costs more than its bytes
        for chunk in chunks(file):
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
    return Content(digest.hexdigest(), crc, size)


def read_as(path: Path, content: Content) -> bytes:
    """Read a file; raises SiteError if its content is no longer the same."""
    data = path.read_bytes()
    _check(path, hashlib.sha256(data).hexdigest(), content)
    return data


def _check(path: Path, sha256: str, content: Content) -> None:
    if sha256 != content.sha256:
        message = f"{path}: 打包时网站变了；请等 gazette build 完成，再运行一次"
        raise SiteError(message)


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Read a file piece by piece."""
    while chunk := file.read(CHUNK):
        yield chunk


def file_sum(path: Path) -> str:
    """Give the SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """Give a temporary path beside ``path``; at the end, the file there replaces ``path``."""
    aside = path.with_name(f".{path.name}{ASIDE}")
    try:
        yield aside
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
