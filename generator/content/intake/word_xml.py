"""Types for the XML nodes of python-docx, and functions that read their attributes."""

from __future__ import annotations

from collections.abc import Container, Iterator
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


def chosen_alternative(node: Node) -> Node:
    """Give the alternative that a new program shows."""
    choices = [part for part in node if name_of(part) == "Choice"]
    return choices[0] if choices else next(iter(node), node)


def nearest(parent: Node, name: str, closed: Container[str]) -> Iterator[Node]:
    """Find the nearest nodes of a name, also inside content controls, but not in closed nodes."""
    for node in parent:
        if name_of(node) == name:
            yield node
        elif name_of(node) == "AlternateContent":
            yield from nearest(chosen_alternative(node), name, closed)
        elif name_of(node) not in closed:
            yield from nearest(node, name, closed)


def words_of(node: Node, *names: str) -> str:
    """Give the text in a node, of elements with one of the names."""
    words = (node.text or "") if name_of(node) in names else ""
    return words + "".join(words_of(part, *names) for part in node if name_of(part) != "Fallback")
