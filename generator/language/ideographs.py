"""Ranges of ideographs, written for use inside a character class of a regular expression."""

from __future__ import annotations

# the ideographs of codes, names and sentences: text recognition gives characters of this block
HAN = r"\u4e00-\u9fff"
# with extension A, which occurs in names of people and places
HAN_OF_NAMES = r"\u3400-\u9fff"
# with the compatibility ideographs, which old encodings have twice: for repairs of blanks and
# punctuation beside any ideograph
HAN_OF_ANY_PRINT = r"\u3400-\u9fff\uf900-\ufaff"
