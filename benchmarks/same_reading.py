"""Compare two readings of one issue whose lines differ: by words, never by line numbers.

Both readings are the data of issue.json. White space and the width of punctuation do not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from rapidfuzz.distance import Levenshtein

Data: TypeAlias = Mapping[str, Any]  # of issue.json, or of one of its documents
WIDE, NARROW = "，：；（）～！？［］〔〕【】．", ",:;()~!?[][][]."
WIDTH = str.maketrans(WIDE, NARROW)
FIELDS = ("title", "number", "date", "issuer", "addressees", "signature", "category", "page")
EDGE = 10  # characters by which the beginning and the end of a paragraph are known
LIKE = 0.6  # share of a title's characters by which it is taken for another


def fold(text: object) -> str:
    """Give a text without white space and widths of punctuation; "" for None."""
    return re.sub(r"\s+", "", "" if text is None else str(text)).translate(WIDTH)


def compare(right: Data, other: Data) -> dict[str, float]:
    """Give each measure as a share from 0 to 1: 1 where the other reading is the right one."""
    pairs = pair(right["documents"], other["documents"])
    found = [(ours, theirs) for ours, theirs in pairs if theirs is not None]
    total = len(right["documents"]) + len(other["documents"])
    return {
        "documents": 2 * len(found) / total if total else 1.0,
        "fields": _fields(pairs),
        "outline": _same(right, other, _outline),
        "joins": _same(right, other, _edges),
        "attachments": _same(right, other, lambda d: (fold(a["title"]) for a in d["attachments"])),
        "cells": _same(right, other, lambda d: (fold(c) for *_, c in _cells(d))),
        "places": _same(right, other, _cells),
        "spans": _same(right, other, _spans),
        "text": _text(pairs),
    }


def pair(right: Sequence[Data], other: Sequence[Data]) -> list[tuple[Data, Data | None]]:
    """Give each document with the other reading of it, or None; each is taken once.

    Two with the same number belong together, then two with the same title, then the likest titles.
    """
    left = list(other)
    found: dict[int, Data] = {}
    for key in ("number", "title"):
        for n, document in enumerate(right):
            name = fold(document[key])
            same = next((each for each in left if name and fold(each[key]) == name), None)
            if n not in found and same is not None:
                found[n] = same
                left.remove(same)
    for n, document in enumerate(right):
        if n not in found and left:
            likest = max(left, key=lambda each: _likeness(document, each))
            if _likeness(document, likest) >= LIKE:
                found[n] = likest
                left.remove(likest)
    return [(document, found.get(n)) for n, document in enumerate(right)]


def _likeness(one: Data, other: Data) -> float:
    return Levenshtein.normalized_similarity(fold(one["title"]), fold(other["title"]))


def _fields(pairs: Iterable[tuple[Data, Data | None]]) -> float:
    """Give the share of the fields that a document has and that the other reading has as well."""
    told = [
        theirs is not None and fold(theirs[name]) == fold(ours[name])
        for ours, theirs in pairs
        for name in FIELDS
        if ours[name] or (theirs is not None and theirs[name])
    ]
    return sum(told) / len(told) if told else 1.0


def _same(right: Data, other: Data, items: Callable[[Data], Iterable[object]]) -> float:
    """Give the F1 of the things that documents hold; how often each occurs counts."""
    ours, theirs = (
        Counter(item for document in data["documents"] for item in items(document))
        for data in (right, other)
    )
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0


def _blocks(document: Data) -> Iterator[Data]:
    for part in (document, *document["attachments"]):
        yield from part["blocks"]


def _outline(document: Data) -> Iterator[object]:
    for unit in document["outline"]:
        yield unit["level"], fold(unit["ordinal"]), fold(unit["label"])[:8]


def _edges(document: Data) -> Iterator[object]:
    """Give the beginning and the end of each paragraph: a wrong join changes two of them."""
    for block in _blocks(document):
        if block["kind"] == "paragraph" and (text := fold(block.get("text"))):
            yield "begins", text[:EDGE]
            yield "ends", text[-EDGE:]


def _cells(document: Data) -> Iterator[tuple[int, int, str]]:
    """Give the cells of tables that have a text, with row and column."""
    for block in _blocks(document):
        for y, row in enumerate(block.get("rows") or []):
            for x, cell in enumerate(row):
                if fold(cell):
                    yield y, x, fold(cell)


def _spans(document: Data) -> Iterator[object]:
    """Give the merged cells: row, column, how many rows and columns, the text."""
    for block in _blocks(document):
        for y, x, rows, columns in block.get("spans") or []:
            yield y, x, rows, columns, fold(block["rows"][y][x])


def _words(document: Data) -> str:
    return "".join(
        fold(block.get("text")) + "".join(fold(c) for row in block.get("rows") or [] for c in row)
        for block in _blocks(document)
    )


def _text(pairs: Iterable[tuple[Data, Data | None]]) -> float:
    total = wrong = 0
    for ours, theirs in pairs:
        words = _words(ours)
        total += len(words)
        if theirs is None:
            wrong += len(words)
        else:
            wrong += min(len(words), Levenshtein.distance(words, _words(theirs)))
    return 1 - wrong / total if total else 1.0
