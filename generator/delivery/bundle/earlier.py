"""The zips of an earlier run: which of them can be kept, and what of them can be copied.

A zip says in its comment by which program it was made, and gives a key of all that went into it.
It is believed only if it has the sum that SHA256SUMS records, too: then no byte of it has changed
since the run that wrote both.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.delivery.bundle.pack import ASIDE, SUMS, Content, Packed, file_sum
from generator.runtime.patterns import lazy_regex

FORMAT = "gazette-bundle/2"
COMMENT = lazy_regex(rf"{FORMAT} (?P<program>[0-9a-f]{{32}}) (?P<key>[0-9a-f]{{64}})")
LENGTH = len(f"{FORMAT} {'':32} {'':64}")
END = b"PK\x05\x06"  # how the last record of a zip begins: 22 bytes, then the comment
END_SIZE = 22
# what zipfile and zlib raise for a file that is no zip, or not one of ours
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError),
    *(RuntimeError, ValueError),
)


@dataclass(frozen=True, slots=True)
class Label:
    """The comment of a zip: what it was made of."""

    program: str  # cache key of the program and its settings
    key: str  # cache key of the program and of all that is in the zip

    def write(self) -> bytes:
        """Write it as the comment of a zip."""
        return f"{FORMAT} {self.program} {self.key}".encode("ascii")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A zip that can be believed."""

    path: Path
    label: Label
    sum: str
    members: Mapping[str, Packed]  # in their order

    def contents(self) -> dict[str, Content]:
        """Give the content of each member."""
        return {name: packed.content for name, packed in self.members.items()}


def read_label(path: Path) -> Label | None:
    """Read the comment of a zip, and nothing else of it; None if it is not one of ours."""
    size = END_SIZE + LENGTH
    try:
        with path.open("rb") as file:
            file.seek(-size, os.SEEK_END)
            tail = file.read()
    except OSError:  # missing, or too short
        return None
    found = COMMENT.fullmatch(tail[END_SIZE:].decode("ascii", "replace"))
    if not found or not tail.startswith(END):
        return None
    return Label(found["program"], found["key"])


def sum_of_whole(path: Path, recorded: str) -> str:
    """Give the sum of a zip if it is the recorded one; else an empty text."""
    try:
        found = file_sum(path)
    except OSError:
        return ""
    return found if found == recorded else ""


def read_earlier(path: Path, program: str, recorded: str) -> Earlier | None:
    """Read where the members of a zip lie; None for a zip that cannot be believed."""
    label = read_label(path)
    if label is None or label.program != program:
        return None
    found = sum_of_whole(path, recorded)
    members = _read_members(path) if found else {}
    return Earlier(path, label, found, members) if members else None


def _read_members(path: Path) -> dict[str, Packed]:
    """Read the members of a zip, and their sums in it; none if the two do not agree."""
    found: dict[str, Packed] = {}
    own = f"{path.stem}/"
    try:
        with zipfile.ZipFile(path) as archive:
            sums = sums_in(archive.read(own + SUMS).decode("utf-8"))
            for entry in archive.infolist()[:-1]:
                name = entry.filename.removeprefix(own)
                content = Content(sums[name], entry.CRC, entry.file_size)
                found[name] = Packed(content, entry.header_offset, entry.compress_size)
    except DAMAGED:
        return {}
    return found if list(found) == list(sums) else {}


def sums_in(text: str) -> dict[str, str]:
    """Read the lines of a SHA256SUMS: name → sum."""
    lines = (line.split("  ", 1) for line in text.splitlines())
    return {line[1]: line[0] for line in lines if len(line) == 2}


def read_sums(path: Path) -> dict[str, str]:
    """Read the names and sums of the zips that an earlier run wrote; skip names with a folder."""
    if not path.is_file():
        return {}
    named = sums_in(path.read_text("utf-8", "replace"))
    return {name: digest for name, digest in named.items() if Path(name).name == name}


def remove_others(folder: Path, earlier: Iterable[str], kept: set[str]) -> None:
    """Remove the zips of earlier runs that are not kept, and what a killed run left."""
    for name in earlier:
        if name not in kept and name.endswith(".zip"):
            (folder / name).unlink(missing_ok=True)
    for path in [*folder.glob(f".*.zip{ASIDE}"), *folder.glob(f".{SUMS}*{ASIDE}")]:
        path.unlink()
