"""What is used of python-docx's XML nodes, and how their attributes are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED = ("styles", "numbering", "footnotes", "endnotes")


class Node(Protocol):
    """What is read of an XML element; lxml ships no types."""

    @property
    def tag(self) -> object: ...
    @property
    def text(self) -> str | None: ...
    def get(self, key: str) -> str | None: ...
    def find(self, path: str) -> Node | None: ...
    def iterfind(self, path: str) -> Iterator[Node]: ...
    def iter(self, tag: str) -> Iterator[Node]: ...
    def __iter__(self) -> Iterator[Node]: ...


class Relationship(Protocol):
    """What is read of a relationship of the document."""

    @property
    def reltype(self) -> str: ...
    @property
    def target_part(self) -> Part: ...


class Part(Protocol):
    """A part of the document."""

    @property
    def blob(self) -> bytes: ...


def related(relationships: Iterable[Relationship], kind: str) -> Node | None:
    """Find the part of a kind that a document is related to; None when it has none."""
    from docx.oxml.parser import parse_xml

    for relationship in relationships:
        if relationship.reltype == f"{OFFICE}/{kind}":
            root: Node = parse_xml(relationship.target_part.blob)
            return root
    return None


def name_of(node: Node) -> str:
    """Name without namespace; empty for comments and processing instructions."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute_of(node: Node | None, path: str, attribute: str = "val") -> str | None:
    """Give an attribute of a node below: ``pPr/numPr/numId`` → its w:val."""
    if node is None:
        return None
    below = node.find("/".join(W + name for name in path.split("/")))
    return None if below is None else below.get(W + attribute)


def number_of(value: str | None, default: int) -> int:
    """Read an attribute's number."""
    return default if value is None else int(value)


def is_on(node: Node, path: str) -> bool:
    """Whether a switch such as w:vanish stands there and is not turned off."""
    below = node.find("/".join(W + name for name in path.split("/")))
    return below is not None and below.get(W + "val") not in ("0", "false", "off")
