"""Files → a zip with bytes that depend on names and contents alone; it is whole or not there."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, TypeAlias

# name, and the bytes: in a file of any size, or here
Member: TypeAlias = tuple[str, Path | bytes]

# the earliest time a zip can hold: the same input gives the same bytes on any day
EPOCH = (1980, 1, 1, 0, 0, 0)
SUMS = "SHA256SUMS"
ASIDE = ".new"
FORMAT = b"gazette-bundle/1 "
END = b"PK\x05\x06"  # how the last record of a zip begins: 22 bytes, then the comment
CHUNK = 1 << 18
# compressed already: deflating scans again took as long as everything else and saved nothing
STORED = frozenset({".gif", ".jpeg", ".jpg", ".pdf", ".png", ".webp", ".woff2"})


def write_zip(path: Path, key: str, members: Iterable[Member]) -> None:
    """Pack members in their order, and their sums after them, in a folder with the zip's name.

    1. One member at a time is in memory; of a file, only a chunk at a time.
    2. An existing file at ``path`` stays until the new zip is complete.
    3. The key is the zip's comment.
    """
    sums: list[str] = []
    with (
        put_in_place(path) as aside,
        zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
    ):
        archive.comment = FORMAT + key.encode("ascii")
        for name, source in members:
            sums.append(f"{_add(archive, f'{path.stem}/{name}', source)}  {name}\n")
        _add(archive, f"{path.stem}/{SUMS}", "".join(sums).encode())


def _add(archive: zipfile.ZipFile, name: str, source: Path | bytes) -> str:
    """Write one member; give the SHA-256 of what was written."""
    entry = zipfile.ZipInfo(name, EPOCH)
    is_stored = PurePosixPath(name).suffix.lower() in STORED
    entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    entry.create_system = 3  # Unix; the same on every system
    if isinstance(source, bytes):
        archive.writestr(entry, source)
        return hashlib.sha256(source).hexdigest()
    digest = hashlib.sha256()
    entry.file_size = source.stat().st_size  # zipfile chooses the format by it
    with source.open("rb") as file, archive.open(entry, "w") as member:
        for chunk in chunks(file):
            digest.update(chunk)
            member.write(chunk)
    return digest.hexdigest()


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


def has_key(path: Path, key: str) -> bool:
    """Whether a zip has the key; only its comment is read."""
    wanted = FORMAT + key.encode("ascii")
    size = 22 + len(wanted)
    if not path.is_file() or path.stat().st_size < size:
        return False
    with path.open("rb") as file:
        file.seek(-size, os.SEEK_END)
        tail = file.read()
    return tail.startswith(END) and tail.endswith(wanted)


def read_sums(path: Path) -> dict[str, str]:
    """Read the names and sums of the zips that an earlier run wrote; skip names with a folder."""
    if not path.is_file():
        return {}
    lines = (line.split("  ", 1) for line in path.read_text("utf-8").splitlines())
    pairs = ((line[1], line[0]) for line in lines if len(line) == 2)
    return {name: digest for name, digest in pairs if Path(name).name == name}


def remove_others(folder: Path, earlier: Iterable[str], kept: set[str]) -> None:
    """Remove the zips of earlier runs that are not kept, and what a killed run left."""
    for name in earlier:
        if name not in kept and name.endswith(".zip"):
            (folder / name).unlink(missing_ok=True)
    for path in [*folder.glob(f".*.zip{ASIDE}"), *folder.glob(f".{SUMS}*{ASIDE}")]:
        path.unlink()
