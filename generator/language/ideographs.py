"""Ideographs, as classes of regular expressions take them."""

from __future__ import annotations

# those of codes, names and sentences: the block that every scan is read in
HAN = r"\u4e00-\u9fff"
# and those of extension A, which names of people and places have
HAN_OF_NAMES = r"\u3400-\u9fff"
# and those that old encodings have twice: what stands beside a blank or a mark that is repaired
HAN_OF_ANY_PRINT = r"\u3400-\u9fff\uf900-\ufaff"
