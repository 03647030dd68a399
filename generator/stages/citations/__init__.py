"""Find the citations of one issue in its repaired text: span, number, title and relation."""

from __future__ import annotations

from generator.stages.citations.find import find_citations, find_in_text, short_names

__all__ = ["find_citations", "find_in_text", "short_names"]
