"""Give the lines of a page with its tables."""

from __future__ import annotations

from collections.abc import Sequence

from generator.content.intake.sheets.grids import take_grids
from generator.content.intake.sheets.open_tables import take_open_tables
from generator.content.intake.sheets.page import Rule, SheetPage
from generator.content.intake.sheets.printed_lines import Line, read_lines


def take_tables(page: SheetPage, rules: Sequence[Rule]) -> list[Line]:
    """Give the lines of a page from top to bottom; each table is one line.

    ``rules`` are those of the page with the ones of its running heads.
    """
    ruled, chars = take_grids(page, page.chars)
    opened, chars = take_open_tables(rules, chars)
    return sorted([*ruled, *opened, *read_lines(chars)], key=lambda line: -line.base)
