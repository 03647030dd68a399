"""Traditional characters and their simplified forms, by OpenCC's table.

Texts are published as printed. The simplified form serves to compare: the search compares every
text in it, and a document number has one form in whatever characters it is printed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator.runtime.patterns import lazy_regex

# from OpenCC's TSCharacters.txt; written by tools/fold_table.py
TRADITIONAL_FILE = Path(__file__).with_name("traditional.txt")
# characters of document numbers that simplified print never has. 乾, 著, 徵 are in the table too,
# but 乾县 is simplified print: a text is simplified only if it has one of these
TRADITIONAL_PRINT = lazy_regex("[號發國辦廳縣區務會衛農財稅總黨機關認請廣東漢業]")


@cache
def traditional() -> dict[str, str]:
    """Read the table: traditional character → simplified character."""
    pairs = TRADITIONAL_FILE.read_text("utf-8").split()
    return {pair[0]: pair[1] for pair in pairs}


@cache
def _table() -> dict[int, str]:
    return {ord(one): other for one, other in traditional().items()}


def simplify(text: str) -> str:
    """Replace traditional characters by simplified ones in a text of traditional print.

    ``示府發〔2024〕5號`` → ``示府发〔2024〕5号``; a text of simplified print stays (乾政发).
    """
    return text.translate(_table()) if TRADITIONAL_PRINT.search(text) else text
