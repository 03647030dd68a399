"""Ranges of ideographs, written for use inside a character class of a regular expression."""

from __future__ import annotations

# the ideographs of codes, names and sentences: text recognition gives characters of this block
HAN = r"\u4e00-\u9fff"
# the ideographs beyond the first block of sixteen bits: extensions B to J, 𬭸
BEYOND = r"\U00020000-\U0003ffff"
# every ideograph, and 〇: rare ones occur in names of people and places
HAN_OF_NAMES = rf"\u3007\u3400-\u9fff\uf900-\ufaff{BEYOND}"
# the same without 〇, which is a digit too: for repairs of blanks and punctuation beside any
# ideograph, the compatibility ideographs included, which old encodings have twice
HAN_OF_ANY_PRINT = rf"\u3400-\u9fff\uf900-\ufaff{BEYOND}"
