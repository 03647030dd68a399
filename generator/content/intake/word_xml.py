"""Types for the XML nodes of python-docx, and functions that read their attributes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OFF = ("0", "false", "off")


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
    return bool(switch(node, path))


def switch(node: Node, path: str) -> bool | None:
    """Give whether a switch such as w:vanish is on; None if the node does not have it."""
    below = node.find("/".join(W + name for name in path.split("/")))
    return None if below is None else below.get(W + "val") not in OFF
