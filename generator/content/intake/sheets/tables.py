"""Give the lines of a page with its tables."""

from __future__ import annotations

from generator.content.intake.sheets.grids import take_grids
from generator.content.intake.sheets.open_tables import take_open_tables
from generator.content.intake.sheets.page import SheetPage
from generator.content.intake.sheets.printed_lines import Line, read_lines


def take_tables(page: SheetPage) -> list[Line]:
    """Give the lines of a page from top to bottom; each table is one line."""
    ruled, chars = take_grids(page, page.chars)
    opened, chars = take_open_tables(page, chars)
    return sorted([*ruled, *opened, *read_lines(chars)], key=lambda line: -line.base)
