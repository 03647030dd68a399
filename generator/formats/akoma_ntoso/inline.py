"""Official text → XML text: escaped, with elements round its stretches, and well-formed always."""

from __future__ import annotations

import re
from bisect import bisect_left
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
    cut: list[Span] = []  # spans that began in what is written, and go on
    at = 0  # in spans: the next that has not begun
    while cut or at < len(spans):
        if cut:
            span, *cut = cut
        else:
            span, at = spans[at], at + 1
        low, high = max(span.start, start), min(span.end, end)
        if low >= high:
            continue
        behind = bisect_left(spans, high, lo=at, key=lambda other: other.start)
        inside = [*cut, *spans[at:behind]]
        within = inline(text, inside, low, high)
        pieces += (escape(text[start:low]), span.opening, within, span.closing)
        start, at = high, behind
        cut = [other for other in inside if other.end > start]
    pieces.append(escape(text[start:end]))
    return "".join(pieces)
