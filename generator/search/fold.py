"""The fold: the form in which texts and queries are compared, character by character.

It applies NFKC where the result is one character, and lower case; it makes one character of all
variants of a bracket, quotation mark, dash, dot in a name or zero (二○一六); it replaces
traditional characters by simplified ones; it drops characters without width; it keeps blanks only
between letters or digits.

Python and JavaScript (templates/search/fold.mjs) do the same: tests/search/fold_vectors.json and a
comparison of all characters in the browser prove it.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator.language.traditional import traditional
from generator.runtime.patterns import lazy_regex

# the character that is compared → its variants
UNIFIED = {
    "[": "〔【﹝［", "]": "〕】﹞］", "<": "《〈＜﹤«", ">": "》〉＞﹥»",
    '"': "“”„‟「」『』〝〞＂", "'": "‘’‚‛＇", "-": "—–‐‑‒―－−﹣─",
    "·": "•‧∙･・⋅", "〇": "○◯", "市": "巿",
}  # fmt: skip
# the blocks to which NFKC and lower case apply: no new version of Unicode changes their characters
COMPARED = (
    (0x0020, 0x052F), (0x1E00, 0x1FFF), (0x2000, 0x2BFF), (0x2E80, 0x33FF), (0xF900, 0xFAFF),
    (0xFE10, 0xFE6F), (0xFF00, 0xFFEF),
)  # fmt: skip
DROPPED = lazy_regex(r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
                     r"\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")  # fmt: skip
BLANK = lazy_regex(r"[\t\r \x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
LONG = 200  # characters: an array is faster for longer texts
LOOSE_BLANK = lazy_regex(r"(?<![0-9a-z]) | (?![0-9a-z])")


class _Table(dict[int, int]):
    """The table for ``str.translate``; each character is folded once."""

    def __missing__(self, code: int) -> int:
        folded = self[code] = ord(_fold_character(chr(code)))
        return folded


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
    """Give a text the form that searches compare. Idempotent.

    ``川府发 〔2016〕 ５５ 号`` → ``川府发[2016]55号``, ``Wi Fi`` → ``wi fi``. A line end counts as
    a blank.
    """
    return fold_lines(text.replace("\n", " "))


def fold_lines(text: str) -> str:
    """Fold passages that are separated by line ends; the line ends stay."""
    text = BLANK.sub(" ", DROPPED.sub("", text))
    text = _map_long(text) if len(text) > LONG else text.translate(_table())
    return LOOSE_BLANK.sub("", text) if " " in text else text


def _map_long(text: str) -> str:
    """Do the same as ``str.translate``, for a long text: an array is ten times as fast."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = _codes()[codes]
    unknown = np.unique(codes[folded == 0])
    if len(unknown):
        _codes()[unknown] = [_table()[code] for code in unknown.tolist()]
        folded = _codes()[codes]
    return folded.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _codes() -> NDArray[np.uint32]:
    """Give the array: code of a character → code of its folded form, 0 if not folded yet."""
    return np.zeros(sys.maxunicode + 1, np.uint32)
