"""Citations: find them in an issue, summarise it, resolve them over all issues.

The order is eyecite's: clean (normalize), find, resolve, annotate (render).
"""

from __future__ import annotations

from generator.citations.find import find_citations, find_in_text, short_names
from generator.citations.mentions import mentions_of
from generator.citations.nearby import STRENGTH
from generator.citations.resolve import resolve_citations
from generator.citations.summary import Found, citations_of, summarise

__all__ = [
    "STRENGTH",
    "Found",
    "citations_of",
    "find_citations",
    "find_in_text",
    "mentions_of",
    "resolve_citations",
    "short_names",
    "summarise",
]
