"""Sheets → text: read pages of characters with columns, ruled tables, paragraphs and places."""

from __future__ import annotations

from generator.content.intake.sheets.page import (
    Area,
    Char,
    Rule,
    SheetPage,
    Unread,
    spread_line,
)
from generator.content.intake.sheets.reading import read_sheets

__all__ = ["Area", "Char", "Rule", "SheetPage", "Unread", "read_sheets", "spread_line"]
