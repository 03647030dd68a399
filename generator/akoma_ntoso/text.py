"""Official text → XML text: escaped, with elements round its stretches, and well-formed always."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# what XML 1.0 cannot hold in any spelling; Python reads \ud800 in a class as the lone surrogate
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that an element goes round."""

    start: int
    end: int
    opening: str
    closing: str


def escape(text: str) -> str:
    """Escape a text; > too, for ]]> must not stand in one."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Escape a text for an attribute between double quotation marks."""
    escaped = escape(text).replace('"', "&quot;")
    return escaped.replace("\n", "&#10;").replace("\t", "&#9;")


def encode(xml: str) -> bytes:
    """Encode a whole file: a carriage return by its number, what XML forbids as U+FFFD."""
    return FORBIDDEN.sub("\ufffd", xml).replace("\r", "&#13;").encode()


def inline(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    """Write ``text[start:end]`` with the elements round its stretches; spans in order of start.

    A span that ends outside the one it begins in, or outside the text, is cut in two there.
    """
    pieces: list[str] = []
    while spans:
        span, *rest = spans
        low, high = max(span.start, start), min(span.end, end)
        if low < high:
            inside = [other for other in rest if other.start < high]
            within = inline(text, inside, low, high)
            pieces += (escape(text[start:low]), span.opening, within, span.closing)
            start = high
        spans = [other for other in rest if other.end > start]
    pieces.append(escape(text[start:end]))
    return "".join(pieces)
