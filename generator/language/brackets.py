"""Brackets and quotation marks in pairs, and which of them scans read for one another."""

from __future__ import annotations

BRACKET_PAIRS = (
    ("《", "》"), ("“", "”"), ("〔", "〕"), ("（", "）"), ("【", "】"), ("〈", "〉"), ("［", "］"),
)  # fmt: skip
# round and square ones: （某某〕 was printed （某某）
ONE_KIND = frozenset("（〔［【")
