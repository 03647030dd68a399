"""Values in the JSON of engines, read without trust: any may be missing or of another type."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from generator.content.intake.taken import Box
from generator.content.intake.text import lifted

DEEPEST = 12  # lists and objects within each other
# styles of a span that change what it says: m² is not m2
LIFTED = {"superscript": "sup", "subscript": "sub"}
LONGEST_NUMBER = 12  # digits, also as text


def text_of(value: object) -> str:
    """Give a text, or the texts of a list one after the other."""
    return "".join(texts_of(value))


def texts_of(value: object) -> tuple[str, ...]:
    """Give the texts in a text, a list, or a span {"type", "content"}; formulas between $ signs."""
    return tuple(_texts(value, 0))


def _texts(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield value
    elif depth > DEEPEST:
        return
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, depth + 1)
    elif isinstance(value, Mapping):
        kind = value.get("type")
        words = value.get("content", value.get("text"))
        if kind in ("equation_inline", "inline_equation") and isinstance(words, str):
            yield words if words.startswith(("$", "\\(")) else f"${words.strip()}$"
        elif isinstance(words, str) and (lift := _lift(value)):
            yield lifted([(words, lift)])
        else:
            yield from _texts(words, depth + 1)


def _lift(span: Mapping[str, object]) -> str:
    """Give sup or sub for a span that is set higher or lower."""
    styles = span.get("styles", span.get("style"))
    names = styles if isinstance(styles, list) else []
    return next((LIFTED[name] for name in names if isinstance(name, str) and name in LIFTED), "")


def number_of(value: object) -> float | None:
    """Give a finite number, also one written as text; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and len(value) <= LONGEST_NUMBER:
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, int | float):
        try:
            number = float(value)
        except OverflowError:
            return None
        return number if math.isfinite(number) else None
    return None


def count_of(value: object, most: int) -> int:
    """Give a whole number from 0 to ``most``; 0 for anything else."""
    number = number_of(value)
    return int(number) if number is not None and 0 <= number <= most else 0


def numbers_of(value: object, count: int) -> tuple[float, ...] | None:
    """Give a list of exactly so many numbers; None for anything else."""
    if not isinstance(value, list) or len(value) != count:
        return None
    numbers = [number for item in value if (number := number_of(item)) is not None]
    return tuple(numbers) if len(numbers) == count else None


def box_of(value: object, width: float, height: float) -> Box | None:
    """Give left, top, right, bottom as shares of a page; None where they are no such place."""
    numbers = numbers_of(value, 4)
    if numbers is None or width <= 0 or height <= 0:
        return None
    left, top, right, bottom = numbers
    return shares_of(left, top, right, bottom, width, height)


def box_around(value: object, width: float, height: float) -> Box | None:
    """Give the box around corners [[x, y], …]."""
    if not isinstance(value, list) or not 2 <= len(value) <= 1_000:
        return None
    corners = [corner for item in value if (corner := numbers_of(item, 2)) is not None]
    if len(corners) != len(value) or width <= 0 or height <= 0:
        return None
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return shares_of(min(across), min(down), max(across), max(down), width, height)


def shares_of(
    left: float, top: float, right: float, bottom: float, width: float, height: float
) -> Box | None:
    """Turn lengths into shares of the page, kept within it; None for an empty box."""
    shares = (left / width, top / height, right / width, bottom / height)
    box = tuple(round(min(max(share, 0.0), 1.0), 4) for share in shares)
    if box[0] >= box[2] or box[1] >= box[3]:
        return None
    return box[0], box[1], box[2], box[3]
