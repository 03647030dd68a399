"""The objects on a page of an OFD file → characters, rules and pictures with their places.

Lengths in OFD are millimetres from the upper left corner; those of the pages read here are points
from the lower left one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, hypot, isfinite, radians, sin
from typing import NamedTuple

from generator.content.intake.ofd_package import Element, child, children, name_of
from generator.content.intake.pdf_text import TurnedChar, character, direction, turned
from generator.content.intake.sheets.page import SMALLEST, Area, Char, Rule
from generator.content.intake.text import UNKNOWN
from generator.runtime.patterns import lazy_regex

POINTS = 72 / 25.4  # of a millimetre
DEEPEST = 12  # objects within each other
MOST_OBJECTS = 200_000  # of a page
MOST_CHARACTERS = 400_000  # of a page
MOST_RULES, MOST_CORNERS = 20_000, 1_000  # of a page, of a path; more are a drawing
PLACEHOLDER = "¤"  # a character of which the file holds only the glyph
NUMBER = lazy_regex(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
STEP = lazy_regex(r"[MLSBQAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
CORNERS_OF = {"M": 2, "L": 2, "S": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
GROUPS = frozenset({"Layer", "PageBlock", "Content"})
LARGE = 0.5  # share of a page that the picture of a scan covers
LONGEST_STEP = 1.05  # sizes; a longer step spreads the characters
THIN = 0.6  # millimetres: a filled shape that is thinner is a rule


class Transform(NamedTuple):
    """An affine transform: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point comes to be."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, inner: Transform) -> Transform:
        """Give the transform that applies another one first."""
        a, b, c, d, e, f = inner
        return Transform(
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            *self.point(e, f),
        )


def numbers(value: str | None) -> list[float]:
    """Read the numbers of an attribute."""
    found = [float(number) for number in NUMBER.findall(value or "")]
    return [number if isfinite(number) else 0.0 for number in found]


@dataclass(slots=True)
class Objects:
    """What is on a page; ``height`` is that of the sheet, in millimetres."""

    width: float
    height: float
    units: Mapping[str, Element]  # composite graphic units, by their ids
    chars: list[TurnedChar] = field(default_factory=list)
    unseen: list[TurnedChar] = field(default_factory=list)  # that are there, but not drawn
    covered: int = 0  # of the characters, those that the largest picture was drawn over
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)
    seen: int = 0

    def add(self, elements: Iterable[Element], transform: Transform, depth: int = 0) -> None:
        """Add the objects of a layer, a block or a composite unit."""
        for element in elements:
            self.seen += 1
            if self.seen > MOST_OBJECTS or depth > DEEPEST:
                return
            if element.get("Visible") in ("false", "0"):
                continue
            name = name_of(element)
            if name in GROUPS:
                self.add(element, transform, depth + 1)
            elif name == "TextObject":
                self._add_text(element, transform.after(_own(element)))
            elif name == "PathObject":
                self._add_path(element, transform.after(_own(element)))
            elif name == "ImageObject":
                self._add_picture(element, transform)
            elif name == "CompositeObject":
                unit = self.units.get(element.get("ResourceID") or "")
                own = transform.after(_own(element))
                self.add(children(unit, "Content"), own, depth + 1)

    def _place(self, transform: Transform, x: float, y: float) -> tuple[float, float]:
        """Give a point on the page, in points from its lower left corner."""
        across, down = transform.point(x, y)
        return across * POINTS, (self.height - down) * POINTS

    def _add_text(self, element: Element, transform: Transform) -> None:
        size = (numbers(element.get("Size")) or [0.0])[0]
        stretch = (numbers(element.get("HScale")) or [1.0])[0] or 1.0
        if size <= 0:
            return
        is_drawn = element.get("Alpha") != "0" and (
            element.get("Fill") not in ("false", "0") or element.get("Stroke") in ("true", "1")
        )
        found = self.chars if is_drawn else self.unseen
        angle = radians((numbers(element.get("CharDirection")) or [0.0])[0])
        ahead = transform.point(cos(angle), sin(angle))
        start = transform.point(0, 0)
        turn = direction(ahead[0] - start[0], start[1] - ahead[1])
        tall = size * hypot(transform.c, transform.d) * POINTS
        wide = size * stretch * hypot(transform.a, transform.b) * POINTS
        sheet = self.width * POINTS, self.height * POINTS
        for glyph in _glyphs(element, size * stretch):
            text = character(glyph.text, wrong=glyph.text == UNKNOWN) if glyph.text else ""
            if not text or len(found) >= MOST_CHARACTERS:
                continue
            left, base = turned(*self._place(transform, glyph.x, glyph.y), *sheet, turn or 0)
            width = wide if _is_full(text) else wide / 2
            if 0 < glyph.advance <= size * stretch * LONGEST_STEP:
                width = glyph.advance / (size * stretch) * wide
            if isfinite(left + base + width + tall):
                char = Char(text, left, left + max(width, SMALLEST), base, max(tall, SMALLEST))
                found.append(TurnedChar(turn, char))

    def _add_path(self, element: Element, transform: Transform) -> None:
        data = child(element, "AbbreviatedData")
        is_drawn = element.get("Stroke") not in ("false", "0")
        is_filled = element.get("Fill") in ("true", "1")
        if data is None or not (is_drawn or is_filled) or len(self.rules) >= MOST_RULES:
            return
        for shape in _shapes(data.text or ""):
            corners = [self._place(transform, *corner) for corner in shape]
            found = [rule for pair in pairwise(corners) for rule in _rule(*pair)]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            thickness = min(max(xs) - min(xs), max(ys) - min(ys))
            if is_drawn:
                self.rules += found
            elif thickness <= THIN * POINTS:
                middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
                is_upright = max(xs) - min(xs) < max(ys) - min(ys)
                self.rules += (
                    _rule((middle[0], min(ys)), (middle[0], max(ys)))
                    if is_upright
                    else _rule((min(xs), middle[1]), (max(xs), middle[1]))
                )

    def _add_picture(self, element: Element, transform: Transform) -> None:
        """Add the place of a picture, which fills the unit square of its own coordinates."""
        has_own = len(numbers(element.get("CTM"))) >= 6
        box = [*numbers(element.get("Boundary")), 0.0, 0.0, 0.0, 0.0][:4]
        own = transform.after(_own(element))
        far = (1.0, 1.0) if has_own else (box[2], box[3])
        corners = [self._place(own, x, y) for x in (0.0, far[0]) for y in (0.0, far[1])]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        if all(map(isfinite, (*xs, *ys))):
            self.pictures.append(Area(min(xs), min(ys), max(xs), max(ys)))
            if self.covers(self.pictures[-1]):
                self.covered = len(self.chars)

    def covers(self, picture: Area) -> bool:
        """Whether a picture covers most of the page: that of a scan does."""
        covered = (picture.right - picture.left) * (picture.top - picture.bottom)
        return covered > self.width * self.height * POINTS * POINTS * LARGE


def _own(element: Element) -> Transform:
    """Give the transform of an object: its matrix, then its place on the page."""
    box = [*numbers(element.get("Boundary")), 0.0, 0.0][:2]
    matrix = numbers(element.get("CTM"))
    own = Transform(*matrix[:6]) if len(matrix) >= 6 else Transform()
    return Transform(e=box[0], f=box[1]).after(own)


class Glyph(NamedTuple):
    """A character and its origin, in the coordinates of its object."""

    text: str
    x: float
    y: float
    advance: float  # to the next one; 0 where that is not said


def _glyphs(element: Element, size: float) -> Iterator[Glyph]:
    x = y = 0.0
    transformed = {
        n
        for glyphs in children(element, "CGTransform")
        for n in _range(glyphs.get("CodePosition"), glyphs.get("CodeCount"))
    }
    at = 0  # of the character among all of the object
    for code in children(element, "TextCode"):
        text = _text(code.text or "")
        x, y = (numbers(code.get("X")) or [x])[0], (numbers(code.get("Y")) or [y])[0]
        across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        own_x, own_y = x, y
        is_spread = code.get("DeltaX") is None and code.get("DeltaY") is None
        for n, each in enumerate(text):
            step = across[n] if n < len(across) else 0.0
            if is_spread:
                step = size if _is_full(each) else size / 2
            lost = each == PLACEHOLDER and at in transformed
            yield Glyph(UNKNOWN if lost else each, own_x, own_y, step)
            own_x += step
            own_y += down[n] if n < len(down) else 0.0
            at += 1


def _is_full(text: str) -> bool:
    """Whether a character is as wide as it is high, if nothing else says it: — and “ are."""
    return unicodedata.east_asian_width(text[0]) in "WFA"


def _text(text: str) -> str:
    """Give the characters of a text; line ends are of the file's layout."""
    return text.strip() if "\n" in text or "\r" in text else text


def _range(first: str | None, count: str | None) -> range:
    begin, length = int((numbers(first) or [0])[0]), int((numbers(count) or [1])[0])
    return range(max(begin, 0), max(begin, 0) + min(max(length, 0), MOST_CHARACTERS))


def _steps(value: str | None, count: int) -> list[float]:
    """Read the steps between characters: ``5 5 g 3 2.5`` → 5, 5, 2.5, 2.5, 2.5."""
    found: list[float] = []
    parts = (value or "").split()
    n = 0
    while n < len(parts) and len(found) < count:
        if parts[n] == "g" and n + 2 < len(parts):
            times = int(min(max((numbers(parts[n + 1]) or [0.0])[0], 0), count))
            found += (numbers(parts[n + 2]) or [0.0])[:1] * times
            n += 3
        else:
            found += (numbers(parts[n]) or [0.0])[:1]
            n += 1
    return found


def _shapes(data: str) -> Iterator[list[tuple[float, float]]]:
    """Give the straight-lined shapes of a path: ``M 0 0 L 5 0 L 5 2 C`` is closed."""
    shape: list[tuple[float, float]] = []
    steps = STEP.findall(data[: MOST_CORNERS * 40])
    n = 0
    while n < len(steps):
        kind = steps[n]
        count = CORNERS_OF.get(kind, 0)
        values = [float(step) for step in steps[n + 1 : n + 1 + count] if step not in CORNERS_OF]
        n += 1 + len(values)
        if len(values) < count or not all(map(isfinite, values)):
            continue
        if kind in "MS" or (kind in "QBA" and shape):
            if len(shape) > 1:
                yield shape
            shape = [(values[-2], values[-1])]
        elif kind == "L" and len(shape) < MOST_CORNERS:
            shape.append((values[0], values[1]))
        elif kind == "C" and len(shape) > 1:
            shape.append(shape[0])
    if len(shape) > 1:
        yield shape


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    (x1, y1), (x2, y2) = start, end
    if not all(map(isfinite, (x1, y1, x2, y2))):
        return
    if abs(y1 - y2) <= 1 < abs(x1 - x2):
        yield Rule(False, (y1 + y2) / 2, min(x1, x2), max(x1, x2))
    elif abs(x1 - x2) <= 1 < abs(y1 - y2):
        yield Rule(True, (x1 + x2) / 2, min(y1, y2), max(y1, y2))
