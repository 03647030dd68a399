"""The fold: how texts and queries are compared, character by character.

The same in Python and in JavaScript (templates/search/fold.mjs), held equal by
tests/search/fold_vectors.json and by a comparison of all characters in the browser: NFKC where it
stays one character, lower case, kinds of brackets, quotation marks and dashes made one,
traditional characters as simplified ones, what has no width dropped, and blanks kept only between
letters or digits.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# from OpenCC's TSCharacters.txt; written by tools/fold_table.py
TRADITIONAL_FILE = Path(__file__).with_name("traditional.txt")
# kinds of one mark → the one they are compared as
UNIFIED = {
    "[": "〔【﹝［", "]": "〕】﹞］", "<": "《〈＜﹤«", ">": "》〉＞﹥»",
    '"': "“”„‟「」『』〝〞＂", "'": "‘’‚‛＇", "-": "—–‐‑‒―－−﹣─",
}  # fmt: skip
# the blocks in which NFKC and lower case count: those whose characters no new Unicode changes
COMPARED = (
    (0x0020, 0x052F), (0x1E00, 0x1FFF), (0x2000, 0x2BFF), (0x2E80, 0x33FF), (0xF900, 0xFAFF),
    (0xFE10, 0xFE6F), (0xFF00, 0xFFEF),
)  # fmt: skip
DROPPED = re.compile(r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
                     r"\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")  # fmt: skip
BLANK = re.compile(r"[\t\r \x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
LONG = 200  # characters from which on an array pays
LOOSE_BLANK = re.compile(r"(?<![0-9a-z]) | (?![0-9a-z])")


class _Table(dict[int, int]):
    """What ``str.translate`` looks characters up in; each is worked out once."""

    def __missing__(self, code: int) -> int:
        folded = self[code] = ord(_fold_character(chr(code)))
        return folded


@cache
def traditional() -> dict[str, str]:
    """Read the table of traditional characters and their simplified ones."""
    pairs = TRADITIONAL_FILE.read_text("utf-8").split()
    return {pair[0]: pair[1] for pair in pairs}


@cache
def _table() -> _Table:
    return _Table()


@cache
def _unified() -> dict[str, str]:
    return {kind: one for one, kinds in UNIFIED.items() for kind in kinds}


def _fold_character(char: str) -> str:
    unified = _unified()
    if char in unified:
        return unified[char]
    code = ord(char)
    if any(low <= code <= high for low, high in COMPARED):
        normal = unicodedata.normalize("NFKC", char)
        char = normal if len(normal) == 1 else char
        lower = char.lower()
        char = lower if len(lower) == 1 else char
        char = unified.get(char, char)
    return traditional().get(char, char)


def fold(text: str) -> str:
    """Fold a text: what is compared when a reader searches. Idempotent.

    ``川府发 〔2016〕 ５５ 号`` → ``川府发[2016]55号``, ``Wi Fi`` → ``wi fi``. A line end counts as
    a blank.
    """
    return fold_lines(text.replace("\n", " "))


def fold_lines(text: str) -> str:
    """Fold passages that are parted by line ends, which stay."""
    text = BLANK.sub(" ", DROPPED.sub("", text))
    text = _map_long(text) if len(text) > LONG else text.translate(_table())
    return LOOSE_BLANK.sub("", text) if " " in text else text


def _map_long(text: str) -> str:
    """Do what translate does, for a whole document: ten times as fast by an array."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = _codes()[codes]
    unknown = np.unique(codes[folded == 0])
    if len(unknown):
        _codes()[unknown] = [_table()[code] for code in unknown.tolist()]
        folded = _codes()[codes]
    return folded.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _codes() -> NDArray[np.uint32]:
    """Each character's code → that of its folded one; 0 where it is not worked out yet."""
    return np.zeros(sys.maxunicode + 1, np.uint32)
