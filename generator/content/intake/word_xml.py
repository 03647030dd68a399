"""Types for the XML nodes of python-docx, and functions that read their attributes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED = ("styles", "numbering", "footnotes", "endnotes")


class Node(Protocol):
    """The used members of an XML element, because lxml ships no types."""

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
    """The used members of a relationship of the document."""

    @property
    def reltype(self) -> str: ...
    @property
    def target_part(self) -> Part: ...


class Part(Protocol):
    """The used member of a part of the document."""

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
    """Give a node's name without its namespace; empty for comments and processing instructions."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute_of(node: Node | None, path: str, attribute: str = "val") -> str | None:
    """Give an attribute of the node at a path: ``pPr/numPr/numId`` → its w:val; None without it."""
    if node is None:
        return None
    below = node.find("/".join(W + name for name in path.split("/")))
    return None if below is None else below.get(W + attribute)


def number_of(value: str | None, default: int) -> int:
    """Read a number from the value of an attribute; the default if there is none."""
    return default if value is None else int(value)


def is_on(node: Node, path: str) -> bool:
    """Whether the node has a switch such as w:vanish that is not turned off."""
    below = node.find("/".join(W + name for name in path.split("/")))
    return below is not None and below.get(W + "val") not in ("0", "false", "off")
