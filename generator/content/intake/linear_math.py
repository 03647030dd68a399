"""Write parts of a formula in one line: fractions, roots, powers, sums, as one types them.

``(A-B)/(1+i)^t`` · ``√(X+Y)`` · ``∑(t=1→n)``
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.runtime.patterns import lazy_regex

RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
RAISED_TEXT = lazy_regex(r"[0-9+\-−=()ni]+")
LOWERED_TEXT = lazy_regex(r"[^<>\n]{1,20}")
# a name, a number or a bracket, which needs no brackets as a part of something else
BASE = lazy_regex(
    r"[√∛∜]*(?:[^\W\d_]+|\d+(?:\.\d+)?%?|\([^()]*\)|（[^（）]*）|\[[^\[\]]*\])"  # 面积 12.5% (A+B)
)
# what may follow it: x<sub>i</sub>, ⁿ, ^t, (x)
BEHIND = lazy_regex(r"<sub>[^<>]*</sub>|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ′]|\^[^\W_]|\^?\([^()]*\)")
ADDS = lazy_regex(r"[+\-−±=<>≤≥，,；;]")
SHORT_POWER = lazy_regex(r"\^\w$")
ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}


def grouped(text: str) -> str:
    """Put a text into brackets unless it is one number, name or bracket."""
    return text if not text or _is_atom(text) else f"({text})"


def _is_atom(text: str) -> bool:
    found = BASE.match(text)
    while found and found.end() < len(text):
        found = BEHIND.match(text, found.end())
    return found is not None


def fraction(above: str, below: str) -> str:
    """Write a fraction."""
    return f"{grouped(above)}/{grouped(below)}"


def root(degree: str, text: str) -> str:
    """Write a root; an empty degree is a square root."""
    sign = ROOTS.get(degree) or f"{raised(degree)}√"
    return f"{sign}{grouped(text)}"


def raised(text: str) -> str:
    """Write a power or an upper index: ``²``, ``^t``."""
    if not text:
        return ""
    return text.translate(RAISED) if RAISED_TEXT.fullmatch(text) else f"^{grouped(text)}"


def lowered(text: str) -> str:
    """Write a lower index."""
    if not text:
        return ""
    return f"<sub>{text}</sub>" if LOWERED_TEXT.fullmatch(text) else f"_({text})"


def operator(sign: str, low: str, high: str, text: str) -> str:
    """Write a sum, a product or an integral with its limits."""
    limits = f"({low}→{high})" if low and high else f"({low or high})" if low or high else ""
    return f"{sign}{limits}" + (f"({text})" if ADDS.search(_outside(text)) else text)


def joined(parts: Iterable[tuple[str, bool]]) -> str:
    """Join parts of a formula, each with whether it is a fraction.

    What is next to a fraction or behind a power must not look like a part of it: ``2(1/2)``,
    ``(1/z)dz``, ``x^(k)a``.
    """
    pieces: list[str] = []
    ends_in_fraction = False
    for part, is_fraction in parts:
        if not part:
            continue
        last = pieces[-1] if pieces else ""
        if part[0].isalnum() or part[0] in "(（":
            if ends_in_fraction:
                pieces[-1] = f"({last})"
            elif SHORT_POWER.search(last):
                pieces[-1] = f"{last[:-1]}({last[-1]})"
        is_part = is_fraction and touches(pieces[-1] if pieces else "")
        pieces.append(f"({part})" if is_part else part)
        ends_in_fraction = is_fraction and not is_part
    return "".join(pieces)


def touches(before: str) -> bool:
    """Whether a fraction behind a text would look like a part of its last number or name."""
    return before[-1:].isascii() and (before[-1:].isalnum() or before[-1:] == ")")


def _outside(text: str) -> str:
    """Give what is outside all brackets."""
    depth = 0
    outside = ""
    for character in text:
        depth -= character in ")]}）"
        outside += "" if depth > 0 else character
        depth += character in "([{（"
    return outside
