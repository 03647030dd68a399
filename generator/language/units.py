"""Find the lines of a document or attachment that are numbered units, and how narrow each unit is.

Mostly the ordinal alone decides (ordinals.py); this module adds what depends on other lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from generator.language.decimal_units import find_decimal_units
from generator.language.figures import first_decimals
from generator.language.ordinals import Ordinal, parse_ordinal, parse_ordinals
from generator.runtime.patterns import lazy_regex

# 注:1.本表由…, followed by 2.“一”指…
NOTE = lazy_regex(r"(?:[备附]?注|注释)\s*[:：]\s*(?=1\s*[.．、](?!\d)|[（(]1[）)])")
NOTE_BEGINS = frozenset("备附注")
ENDS = frozenset("。；;.!！?？")


def read_units(texts: Sequence[str]) -> list[Ordinal | None]:
    """Read the ordinal of each line, None if it has none; a table or picture is an empty text."""
    return [*_read_units(tuple(texts))]


@lru_cache(maxsize=4)  # several rules ask for the units of the same document
def _read_units(texts: tuple[str, ...]) -> tuple[Ordinal | None, ...]:
    ordinals = parse_ordinals(texts)
    for n, decimal in find_decimal_units(texts).items():
        ordinals[n] = decimal
    for n in [*first_decimals(texts), *_listed_in_notes(texts, ordinals)]:
        ordinals[n] = None
    if _sections_hold_articles(ordinals):
        ordinals = [
            replace(o, place="section_over_articles") if o and o.style == "section" else o
            for o in ordinals
        ]
    return tuple(ordinals)


def _listed_in_notes(texts: Sequence[str], ordinals: Sequence[Ordinal | None]) -> list[int]:
    """Find the lines that continue the list of a note: 2. below 注：1. is no unit."""
    if not any(text[:1] in NOTE_BEGINS and NOTE.match(text) for text in texts):
        return []
    listed: list[int] = []
    style, number = "", 0  # of the last item; the number is 0 outside a note
    for n, (text, ordinal) in enumerate(zip(texts, ordinals, strict=True)):
        if found := NOTE.match(text):
            first = parse_ordinal(text[found.end() :])
            style, number = (first.style, 1) if first else ("", 0)
        elif number and ordinal and (ordinal.style, ordinal.number) == (style, number + 1):
            listed.append(n)
            number += 1
        elif ordinal or not text or texts[n - 1][-1:] in ENDS:
            number = 0  # otherwise the line is the rest of an item that a page edge cut
    return listed


def _sections_hold_articles(ordinals: Sequence[Ordinal | None]) -> bool:
    """Whether 一、 contains 第一条, as in 若干措施: both are numbered through, 一、 comes first.

    In old regulations 一、 begins anew inside each article.
    """
    units = [o for o in ordinals if o and o.style in ("section", "article", "chapter", "clause")]
    if not units or units[0].style != "section":
        return False
    sections = [o.number for o in units if o.style == "section"]
    articles = [o.number for o in units if o.style == "article"]
    numbered_through = all(
        numbers == list(range(1, len(numbers) + 1)) for numbers in (sections, articles)
    )
    first = next((n for n, unit in enumerate(units) if unit.style == "article"), len(units))
    return numbered_through and any(unit.style == "section" for unit in units[first:])
