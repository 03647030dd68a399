"""Characters that scans confuse by their shape, in grades of likeness (tools/look_alikes.py)."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TABLE_FILE = Path(__file__).with_name("look_alikes.txt.gz")
SHAPES_FILE = Path(__file__).with_name("shapes.npz")
SIDE = 8  # pixels of a small picture of a character
GRADES = 3  # 0: hardly told apart; 2: alike in part


@cache
def look_alikes() -> dict[str, tuple[str, ...]]:
    """Read the table: a character, and those it may be misread from, in a text for each grade."""
    table = gzip.decompress(TABLE_FILE.read_bytes()).decode("utf-8")
    rows = (line.split("\t") for line in table.split("\n"))
    return {character: tuple(groups) for character, *groups in rows}


@cache
def shapes(characters: str) -> NDArray[np.float32]:
    """Give the small pictures of characters as rows; the product of two rows is their likeness.

    It is 1 for the same shape, and about 0 for two that have nothing in common. A character without
    a picture is like no other.
    """
    with np.load(SHAPES_FILE) as stored:
        drawn, pictures = stored["characters"], stored["shapes"].astype(np.float32)
    pictures -= pictures.mean(0)
    pictures /= np.linalg.norm(pictures, axis=1, keepdims=True)
    place = np.full(0x10000, len(drawn))
    place[drawn] = np.arange(len(drawn))
    rows = np.vstack([pictures, np.zeros_like(pictures[:1])])
    codes = [ord(c) if ord(c) < len(place) else 0 for c in characters]
    found: NDArray[np.float32] = rows[place[codes]]
    return found
