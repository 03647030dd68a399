"""Open a Word file: its parts, what they are related to, and the limits of what is unpacked.

python-docx opens neither .docm and .dotx nor strict files, and refuses a whole document for one
relationship without a part; so the archive is read here.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.content.intake.text import first_line
from generator.content.intake.word_xml import Node, name_of
from generator.runtime.errors import SourceError, reason_of
from generator.runtime.patterns import lazy_regex

LARGEST_DOCX = 200_000_000  # bytes when unpacked; an issue with many pictures has some 20 MB
LARGEST_PART = 60_000_000  # bytes of XML, which takes ten times that in memory
LARGEST_INSERTED = 120_000_000  # bytes of files that are inserted or embedded, all together
OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # first bytes of .doc, and of .docx under a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # in the directory of a .docx with a password
LOOKED_AT = 2_000_000  # bytes of such a file
# strict files name what the others name http://schemas.openxmlformats.org/…/2006/…
STRICT = lazy_regex(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
MAIN = "officeDocument"  # what a file is related to as its document

# errors that lxml and zipfile raise for damaged files
UNREADABLE = (
    OSError, LookupError, ValueError, TypeError, AttributeError, SyntaxError, RuntimeError,
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Related:
    """What a part is related to."""

    kind: str  # the last word of its type: styles, image, aFChunk …
    name: str  # of the part; "" for an address outside the file


@dataclass(slots=True)
class Budget:
    """How many bytes of inserted and embedded files are still read, of a document and in these."""

    left: int = LARGEST_INSERTED

    def spend(self, size: int) -> bool:
        """Whether so many bytes may be read; they count as read then."""
        self.left -= size
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word or Excel file."""

    path: str  # of the file that was handed in, for messages
    archive: zipfile.ZipFile
    main: str  # name of the part with the document
    known: dict[str, Mapping[str, Related]] = field(default_factory=dict)  # relations by part

    def root(self, name: str) -> Node:
        """Parse a part; SourceError for one that must not be parsed, UNREADABLE for a damaged one.

        Word writes no document type, and only there entities can be declared.
        """
        from docx.oxml.parser import parse_xml

        fault = ""
        if self.size(name) > LARGEST_PART:
            fault = f"超过 {LARGEST_PART // 10**6} MB"
        data = b"" if fault else self.bytes(name)
        # without the zero bytes UTF-16 is searched like UTF-8
        if b"<!DOCTYPE" in data.replace(b"\0", b""):
            fault = "有文档类型声明（DOCTYPE），Word 不会写"
        if fault:
            msg = f"{self.path}:1: 文档内的 {name} {fault}；请用 Word 打开，重新另存为 .docx"
            raise SourceError(msg)
        if b"purl.oclc.org" in data:
            data = STRICT.sub(TRANSITIONAL, data)
        root: Node = parse_xml(data)
        return root

    def bytes(self, name: str) -> bytes:
        """Give the bytes of a part."""
        return self.archive.read(name)

    def size(self, name: str) -> int:
        """Give how many bytes a part has."""
        return self.archive.getinfo(name).file_size

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self.archive.NameToInfo

    def related(self, name: str) -> Mapping[str, Related]:
        """List what a part is related to, by its ids there; nothing if it is not told."""
        if name not in self.known:
            folder, _, file = name.rpartition("/")
            listed = posixpath.join(folder, "_rels", f"{file}.rels")
            self.known[name] = dict(self._related(listed, folder)) if self.has(listed) else {}
        return self.known[name]

    def _related(self, listed: str, folder: str) -> Iterator[tuple[str, Related]]:
        for node in self.root(listed):
            if name_of(node) != "Relationship":
                continue
            kind = (node.get("Type") or "").rpartition("/")[2]
            target = node.get("Target") or ""
            if node.get("TargetMode") == "External":
                target = ""
            elif target:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield node.get("Id") or "", Related(kind, target if self.has(target) else "")


def open_package(path: Path) -> Package:
    """Open a Word file; SourceError if it must not be unpacked or has no document."""
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件"
        raise SourceError(msg) from error
    if data.startswith(OLE):
        what = "有密码" if ENCRYPTED in data[:LOOKED_AT] else "是旧的 .doc 格式，或有密码"
        msg = f"{path}:1: {what}；请用 Word 或 WPS 打开，去掉密码，另存为 .docx 后再放入"
        raise SourceError(msg)
    try:
        return open_bytes(data, str(path))
    except UNREADABLE as error:
        raise unreadable(path, error) from error


def open_bytes(data: bytes, path: str) -> Package:
    """Open the bytes of a Word or Excel file; SourceError, or an error of UNREADABLE."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    # zipfile never unpacks more than an entry declares
    if sum(part.file_size for part in archive.infolist()) > LARGEST_DOCX:
        msg = f"{path}:1: 解压后超过 {LARGEST_DOCX // 10**6} MB；请去掉文档里的图片"
        raise SourceError(msg)
    package = Package(path, archive, "")
    for related in package.related("").values():
        if related.kind == MAIN and related.name:
            return Package(path, archive, related.name)
    msg = "没有正文的部分"
    raise ValueError(msg)


def unreadable(path: Path, error: Exception) -> SourceError:
    """Give the error for a damaged file."""
    reason = first_line(error)
    return SourceError(f"{path}:1: 不是能读的 Word 文档；请重新另存为 .docx：{reason}")
