"""Open an OFD file (GB/T 33190), a zip of XML files: its parts by their paths, within limits."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from generator.content.intake.text import first_line
from generator.runtime.errors import SourceError, reason_of
from generator.runtime.patterns import lazy_regex

LARGEST_OFD = 1_000_000_000  # bytes when unpacked; only its XML is unpacked
LARGEST_PART = 60_000_000  # bytes of XML, which takes ten times that in memory
LARGEST_XML = 400_000_000  # bytes of all XML that is read
MOST_PARTS = 50_000
MOST_RATIO, RATIO_COUNTS_FROM = 200, 20_000_000  # as in unzip.py
ENCRYPTED = 0x1  # flag of a part
ROOT = "OFD.xml"
# GM/T 0099 keeps a list of the encrypted parts under these names
ENCRYPTION = lazy_regex(r"(?:^|/)(?:encryptions?|entriesmap|encentries|decryptseed)\.\w+$", re.I)
DAMAGED = "不是能读的 OFD 文件；请用 OFD 阅读器打开，重新另存，或转换为 PDF 后再放入"
Element = etree._Element  # lxml gives the type of all elements no other name


def name_of(element: Element) -> str:
    """Give an element's name without its namespace; empty for comments and entities."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Give the elements of these names directly below an element."""
    for below in element if element is not None else ():
        if name_of(below) in names:
            yield below


def child(element: Element | None, *path: str) -> Element | None:
    """Give the first element at a path below an element; None if there is none."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: Element | None) -> str:
    """Give the text of an element without the blanks around it."""
    return (element.text or "").strip() if element is not None else ""


@dataclass(slots=True)
class Package:
    """The parts of an open OFD file."""

    path: Path
    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo]
    left: int = LARGEST_XML  # bytes of XML that may still be read

    def has(self, place: str) -> bool:
        """Whether the file has a part."""
        return _folded(place) in self.names

    def xml(self, place: str) -> Element | None:
        """Read a part; None if the file lacks it, or if it is no XML."""
        entry = self.names.get(_folded(place))
        if entry is None:
            return None
        self.left -= entry.file_size
        if entry.file_size > LARGEST_PART or self.left < 0:
            msg = f"{self.path}:1: OFD 里的 {place} 太大；请转换为 PDF，或分成几个文件再放入"
            raise SourceError(msg)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root: Element | None = etree.fromstring(self.archive.read(entry), parser)
        except (etree.LxmlError, ValueError):
            return None
        return root


def _folded(place: str) -> str:
    """Give the name by which a part is looked up: writers differ in slashes and capitals."""
    return posixpath.normpath(place.replace("\\", "/")).lstrip("/").casefold()


def place_from(folder: str, place: str) -> str:
    """Give the path of a part that is named in a part of a folder; one with / begins at the top."""
    place = place.strip().replace("\\", "/")
    return place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place)


def open_package(path: Path, archive: zipfile.ZipFile) -> Package:
    """Check the parts of a file; SourceError for one that is too large, encrypted or no OFD."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    size = sum(entry.file_size for entry in entries)
    packed = max(path.stat().st_size, 1)
    if (
        len(entries) > MOST_PARTS
        or size > LARGEST_OFD
        or (size > RATIO_COUNTS_FROM and size > packed * MOST_RATIO)
    ):
        msg = f"{path}:1: OFD 解压后太大（{size:,} 字节），不像正常的文件；请转换为 PDF 再放入"
        raise SourceError(msg)
    names = {_folded(entry.filename): entry for entry in entries}
    locked = any(entry.flag_bits & ENCRYPTED for entry in entries)
    if locked or any(ENCRYPTION.search(name) for name in names):
        msg = f"{path}:1: OFD 加了密，文字读不出；请用 OFD 阅读器解密（去掉密码）后另存，再放入"
        raise SourceError(msg)
    if ROOT.casefold() not in names:
        msg = f"{path}:1: {DAMAGED}（没有 {ROOT}）"
        raise SourceError(msg)
    return Package(path, archive, names)


def unreadable(path: Path, error: Exception) -> SourceError:
    """Give the error for a file that cannot be read."""
    if isinstance(error, OSError) and not isinstance(error, zipfile.BadZipFile):
        return SourceError(f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件")
    return SourceError(f"{path}:1: {DAMAGED}（{first_line(error)}）")


# what zipfile raises for damaged files; RuntimeError for a password
FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError,
)  # fmt: skip
