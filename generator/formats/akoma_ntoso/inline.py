"""Official text → XML text: escaped, with elements around ranges of it, always well-formed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from generator.runtime.patterns import lazy_regex

# XML 1.0 cannot contain these, not even escaped; \ud800 in a class means the lone surrogate
FORBIDDEN = lazy_regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A range of a text, and the tags of an element around it."""

    start: int
    end: int
    opening: str
    closing: str


def escape(text: str) -> str:
    """Escape a text; also >, because XML forbids ]]> in a text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Escape a text for an attribute between double quotation marks."""
    escaped = escape(text).replace('"', "&quot;")
    return escaped.replace("\n", "&#10;").replace("\t", "&#9;")


def encode(xml: str) -> bytes:
    """Encode a whole file: a carriage return as &#13;, characters that XML forbids as U+FFFD."""
    return FORBIDDEN.sub("\ufffd", xml).replace("\r", "&#13;").encode()


def inline(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    """Write ``text[start:end]`` with the elements of its spans, which are in the order of start.

    Where a span goes beyond the end of the span in which it begins, it is cut into two elements.
    The parts of a span outside ``start`` and ``end`` are left out. A span without a text is a
    marker, before the character at its place.
    """
    pieces: list[str] = []
    cut: list[Span] = []  # spans that began in the text before and go on
    at = 0  # index of the first span that has not begun
    while cut or at < len(spans):
        if cut:
            span, *cut = cut
        else:
            span, at = spans[at], at + 1
        if span.start == span.end and start <= span.start < end:  # a marker without a text
            pieces += (escape(text[start : span.start]), span.opening, span.closing)
            start = span.start
            continue
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
