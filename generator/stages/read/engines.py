"""Which engine a text looks like, by its habits; no rule of reading asks for it."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.runtime.patterns import lazy_regex


class Habit(NamedTuple):
    """What one engine writes and others do not."""

    engine: str
    pattern: re.Pattern[str]
    example: str


HABITS: tuple[Habit, ...] = (
    Habit(
        "MinerU",
        lazy_regex(r"!\[[^\]\n]{0,80}\]\(images/[0-9a-f]{64}\.jpg\)"),
        f"![](images/{'0a' * 32}.jpg)",
    ),
    Habit(
        "MinerU",
        lazy_regex(r"<summary>(?:seal|bar|line|pie|natural_image)</summary>"),
        "<summary>seal</summary>",
    ),
    Habit(
        "PaddleOCR",
        lazy_regex(r"<div style=\"text-align: center;\">"),
        '<div style="text-align: center;">',
    ),
    Habit("PaddleOCR", lazy_regex(r"<table border=\"?1\"?[\s>]"), "<table border=1 style='…'>"),
    Habit("docling", lazy_regex(r"<!-- (?:image|formula-not-decoded) -->"), "<!-- image -->"),
    Habit("marker", lazy_regex(r"^\{\d{1,5}\}-{48}$", re.MULTILINE), "{12}" + "-" * 48),
    Habit("marker", lazy_regex(r"<span id=\"page-\d{1,5}-\d{1,5}\">"), '<span id="page-3-0">'),
    Habit(
        "marker",
        lazy_regex(r"!\[[^\]\n]{0,80}\]\(_page_\d{1,5}_"),
        "![](_page_3_Picture_1.jpeg)",
    ),
    Habit(
        "markitdown",
        lazy_regex(r"!\[[^\]\n]{0,80}\]\(data:image/\w{2,5};base64\.\.\.\)"),
        "![](data:image/png;base64...)",
    ),
    Habit(
        "markitdown",
        lazy_regex(r"^\|(?:[ ]{1,3}\|){1,100}\n\|(?: ?-{3} ?\|){1,100}$", re.MULTILINE),
        "|  |  |\n| --- | --- |",
    ),
    Habit(
        "pandoc",
        lazy_regex(r"^#{1,6} [^\n]{1,200}\{#[^}\s]{1,80}\}$", re.MULTILINE),
        "# 总则 {#section-1}",
    ),
    Habit(
        "pandoc",
        lazy_regex(r"\]\(media/image\d{1,4}\.\w{3,4}\)\{width="),
        '![](media/image1.png){width="1in"}',
    ),
    Habit("pandoc", lazy_regex(r"^\+[-=]{3,200}\+", re.MULTILINE), "+------+------+"),
    Habit("pandoc", lazy_regex(r"^<colgroup>\n<col ", re.MULTILINE), "<colgroup>\n<col style>"),
    Habit(
        "DeepSeek-OCR",
        lazy_regex(r"<--- Page Split --->|<\|ref\|>|<\|det\|>"),
        "<--- Page Split --->",
    ),
    Habit("olmOCR", lazy_regex(r"\A---\nprimary_language:"), "---\nprimary_language: zh\n---"),
    Habit(
        "Doc2X",
        lazy_regex(r"<!-- (?:Meanless: |Footnote -->|Media -->|figureText)"),
        "<!-- Meanless: 12-->",
    ),
    Habit(
        "Mistral OCR",
        lazy_regex(r"!\[img-\d{1,4}\.jpeg\]\(img-\d{1,4}\.jpeg\)"),
        "![img-0.jpeg](img-0.jpeg)",
    ),
    Habit(
        "Azure 文档智能",
        lazy_regex(r"<!-- Page(?:Number|Header|Footer|Break)\b"),
        "<!-- PageBreak -->",
    ),
)


def likely_engine(text: str) -> str:
    """Name the engine that a text looks like; empty where it has no habits, or those of several."""
    counts: dict[str, int] = {}
    for habit in HABITS:
        if habit.pattern.search(text):
            counts[habit.engine] = counts.get(habit.engine, 0) + 1
    best = sorted(counts.items(), key=lambda item: -item[1])
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]
