"""What floats in a Word document or is embedded: text boxes, pictures, charts, sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.content.intake.word_package import UNREADABLE, Budget, Package, open_bytes
from generator.content.intake.word_sheets import sheet_rows
from generator.content.intake.word_xml import Node, R, name_of, words_of
from generator.runtime.errors import SourceError
from generator.runtime.patterns import lazy_regex

# what makes a drawing a picture; a drawing without it is a line or a shape, which says nothing
PICTURES = frozenset({"pic", "blip", "imagedata", "contentPart"})
POSITIONS = ("positionV", "positionH")
SAME_ROW = 180_000  # EMU, half a centimetre: boxes whose tops are nearer are side by side
EMU = {
    "pt": 12_700.0,
    "in": 914_400.0,
    "cm": 360_000.0,
    "mm": 36_000.0,
    "px": 9_525.0,
    "": 12_700.0,
}
LENGTH = lazy_regex(r"(?P<figure>-?\d{1,6}(?:\.\d{1,6})?)(?P<unit>[a-z]{0,2})")
EXCEL = lazy_regex(r"Excel\.|\bET\.", re.IGNORECASE)
EQUATION = lazy_regex(r"Equation|MathType", re.IGNORECASE)
MOST_TEXTS = 100  # of a chart or a diagram
LONGEST_WORDS = 200  # characters of an embedded document


@dataclass(frozen=True, slots=True)
class Box:
    """A text box."""

    content: Node  # its paragraphs and tables
    top: float | None  # EMU; None where it is not said
    left: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a drawing or an embedded object holds."""

    boxes: tuple[Box, ...] = ()
    words: str = ""  # of WordArt, which is text in its place
    rows: tuple[tuple[str, ...], ...] = ()  # of a sheet
    losses: tuple[tuple[str, str], ...] = ()  # kinds with words


def look_into(node: Node, package: Package, budget: Budget) -> Found:
    """Look into a drawing, a picture or an embedded object."""
    within = [*_within(node, (node,))]
    parts = [part for part, _ in within]
    if any(_is_hidden(part) for part in parts):
        return Found(losses=(("hidden", ""),))
    anchor = _anchor(parts)
    boxes = tuple(_box(part, a, anchor) for part, a in within if name_of(part) == "txbxContent")
    words = "".join(part.get("string") or "" for part in parts if name_of(part) == "textpath")
    related = package.related(package.main)

    def texts(key: str | None, *names: str) -> str:
        part = related[key].name if key and key in related else ""
        return _texts(package, part, names) if part else ""

    losses: list[tuple[str, str]] = []
    for part in parts:
        match name_of(part):
            case "OLEObject":
                found = related.get(part.get(R + "id") or "")
                return _embedded(part, package, found.name if found else "", budget)
            case "chart":
                losses.append(("chart", texts(part.get(R + "id"), "t", "v")))
            case "relIds":
                losses.append(("picture", texts(part.get(R + "dm"), "t")))
            case _:
                continue
    if not losses and any(name_of(part) in PICTURES for part in parts):
        losses.append(("picture", _said_of(parts)))
    # text of a shape that is no text box of Word
    drawn = [
        part.text or "" for part in parts if name_of(part) == "t" and "drawingml" in str(part.tag)
    ]
    if drawn and not losses:
        losses.append(("picture", " ".join(drawn)))
    return Found(boxes, words, losses=tuple(losses))


def in_reading_order(boxes: Sequence[Box]) -> list[Box]:
    """Put boxes of one paragraph in the order of reading: rows from above, in a row from left.

    Boxes of which one does not say where it is keep their order.
    """
    placed = [(box.top, box.left, box) for box in boxes if box.top is not None]
    if len(placed) < len(boxes):
        return list(boxes)
    placed.sort(key=lambda each: each[0] or 0.0)
    rows: list[list[Box]] = []
    first = 0.0
    for top, _, box in placed:
        if not rows or (top or 0.0) - first > SAME_ROW:
            rows.append([])
            first = top or 0.0
        rows[-1].append(box)
    return [box for row in rows for box in sorted(row, key=lambda box: box.left or 0.0)]


def _within(node: Node, around: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Give what is in a drawing, each with what is around it.

    The text of boxes is left out, and the form for older programs, which repeats the drawing.
    """
    for part in node:
        if name_of(part) == "Fallback":
            continue
        yield part, around
        if name_of(part) != "txbxContent":
            yield from _within(part, (*around, part))


def _is_hidden(part: Node) -> bool:
    if name_of(part) == "docPr":
        return part.get("hidden") in ("1", "true")
    return name_of(part) == "shape" and "visibility:hidden" in (part.get("style") or "")


def _anchor(parts: Sequence[Node]) -> tuple[float | None, float | None]:
    """Find where a drawing is: top and left."""
    places = {name_of(part): _number(part) for part in parts if name_of(part) in POSITIONS}
    return places.get(POSITIONS[0]), places.get(POSITIONS[1])


def _box(content: Node, around: Sequence[Node], anchor: tuple[float | None, float | None]) -> Box:
    """Find where a box is: by the anchor of its drawing, its place in a group, its VML style."""
    top, left = anchor
    for shape in around:
        style = shape.get("style") or ""
        said = dict(part.split(":", 1) for part in style.split(";") if ":" in part)
        if "margin-top" in said or "top" in said:
            top = (top or 0.0) + _length(said.get("margin-top") or said.get("top") or "")
            left = (left or 0.0) + _length(said.get("margin-left") or said.get("left") or "")
        if name_of(shape) != "wsp":
            continue
        for place in shape.iterfind("{*}spPr/{*}xfrm/{*}off"):
            top = (top or 0.0) + float(place.get("y") or 0)
            left = (left or 0.0) + float(place.get("x") or 0)
    return Box(content, top, left)


def _number(position: Node) -> float | None:
    for part in position:
        if name_of(part) == "posOffset" and (part.text or "").strip().lstrip("-").isdecimal():
            return float(part.text or 0)
    return None


def _length(text: str) -> float:
    found = LENGTH.fullmatch(text.strip())
    return float(found["figure"]) * EMU.get(found["unit"], 0.0) if found else 0.0


def _said_of(parts: Sequence[Node]) -> str:
    """Give what the author wrote about a picture; not the names that a program gives it."""
    for part in parts:
        if name_of(part) in ("docPr", "shape") and (said := part.get("descr") or part.get("alt")):
            return said
    return ""


def _texts(package: Package, name: str, tags: Sequence[str]) -> str:
    try:
        root = package.root(name)
        texts = [node.text or "" for node in _all(root) if name_of(node) in tags]
    except (*UNREADABLE, SourceError):
        return ""
    return " ".join(text.strip() for text in texts[:MOST_TEXTS] if text.strip())


def _all(node: Node) -> Iterator[Node]:
    for part in node:
        yield part
        yield from _all(part)


def _embedded(node: Node, package: Package, name: str, budget: Budget) -> Found:
    """Read an embedded object: the cells of a sheet, of another one the words where it has any."""
    program = node.get("ProgID") or ""
    if EQUATION.search(program):
        return Found(losses=(("formula", ""),))
    data = package.bytes(name) if name and budget.spend(package.size(name)) else b""
    if not EXCEL.search(program) and not name.endswith((".xlsx", ".xlsm")):
        return Found(losses=(("object", f"{program} {_words_of_document(data, package)}".strip()),))
    rows, doubt = sheet_rows(data, package.path, budget) if data else ((), "没有数据")
    kind = "sheet-format" if rows else "sheet"
    return Found(rows=rows, losses=((kind, doubt),) if doubt else ())


def _words_of_document(data: bytes, package: Package) -> str:
    """Give the first words of an embedded Word document; "" for anything else."""
    try:
        inner = open_bytes(data, package.path)
        return words_of(inner.root(inner.main), "t")[:LONGEST_WORDS]
    except (*UNREADABLE, SourceError):
        return ""
