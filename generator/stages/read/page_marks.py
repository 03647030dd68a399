"""How engines mark where a page ends: a list of patterns, each with what it says of the page."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.runtime.patterns import lazy_regex


class PagePattern(NamedTuple):
    """A line that only marks a page; group ``sheet`` counts from ``first``, ``printed`` is read."""

    name: str
    pattern: re.Pattern[str]
    example: str
    first: int = 1


PAGE_PATTERNS: tuple[PagePattern, ...] = (
    # marker
    PagePattern("braces", lazy_regex(r"\{(?P<sheet>\d{1,5})\}-{3,}"), "{12}------", first=0),
    # DeepSeek-OCR
    PagePattern(
        "split", lazy_regex(r"<-{2,}\s*Page\s?Split\s*-{2,}>", re.I), "<--- Page Split --->"
    ),
    # ## Page 4 · --- Page 4 --- · [Page 4] · Page 4 of 12
    PagePattern(
        "word",
        lazy_regex(
            r"#{0,6}\s*[-=*\[【(]{0,12}\s*(?:Page|PAGE|page)\s?[:#]?\s?(?P<sheet>\d{1,5})"
            r"(?:\s?(?:of|/)\s?\d{1,5})?\s*[-=*\]】)]{0,12}"
        ),
        "## Page 4",
    ),
    # nanonets
    PagePattern(
        "tag",
        lazy_regex(r"<page_number>\s*(?P<printed>[^<>]{1,20}?)\s*</page_number>"),
        "<page_number>12</page_number>",
    ),
)
# inside a comment: Page 12 · page: 12 · PageNumber="12" · Meanless: 12 · PageBreak
COMMENTS: tuple[PagePattern, ...] = (
    PagePattern("page", lazy_regex(r"Page\s?[:#]?\s?(?P<sheet>\d{1,5})", re.I), "<!-- Page 12 -->"),
    PagePattern(
        "number",
        lazy_regex(r"PageNumber\s*=\s*\"?[-—\s]*(?P<printed>\d{1,5})[-—\s]*\"?", re.I),
        '<!-- PageNumber="12" -->',
    ),
    PagePattern(
        "meanless",
        lazy_regex(r"Meanless:\s*[-—·\s]*(?P<printed>\d{1,5})[-—·\s]*"),
        "<!-- Meanless: 12-->",
    ),
    PagePattern("break", lazy_regex(r"page[\s_-]?(?:break|split)", re.I), "<!-- PageBreak -->"),
    PagePattern("anchor", lazy_regex(r"page-anchor:.{1,80}"), "<!-- page-anchor: X-0030 -->"),
)


def read_page(text: str, patterns: tuple[PagePattern, ...]) -> tuple[int | None, str] | None:
    """Read a mark of a page: its sheet, its printed number; None if the text is none."""
    for row in patterns:
        if found := row.pattern.fullmatch(text):
            named = found.groupdict()
            sheet = named.get("sheet")
            return (int(sheet) + 1 - row.first if sheet else None), named.get("printed") or ""
    return None
