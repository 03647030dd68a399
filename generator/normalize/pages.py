"""What belongs to the printed page and not to the text: page numbers, running heads."""

from __future__ import annotations

import re

from generator.model import Block, Heading, Table

LONGEST = 40  # characters of such a line
EDGES = frozenset("—–―－-·•・")  # of a page's number
# — 12 — · ·3· · －12－ · - 3 -, without blanks
PAGE_NUMBER = re.compile(r"(?P<mark>[—–―－-]{1,3}|[·•・])\d{1,4}(?:[—–―－-]{1,3}|[·•・])")
# 某市人民政府公报2022年第5期, and the page's number beside it
GAZETTE = r"(?:(?![刊登载见于在的和与])[\u4e00-\u9fff]){2,20}(?:公报|政报)"
NUMBER = r"(?:19|20)\d\d年?第\d{1,3}期(?:[（(]总第\d{1,4}期[）)])?"
MARKED = r"(?:[·•・—–―－-]{0,3}\d{1,4}[·•・—–―－-]{1,3}|[·•・—–―－-]{1,3}\d{1,4})?"
RUNNING_HEAD = re.compile(rf"{MARKED}(?:{GAZETTE}{NUMBER}|{NUMBER}{GAZETTE}){MARKED}")


def drop_page_furniture(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Take out lines that are a page's number or running head, so that text goes on over them.

    ``分管领 / — 12 — / 导负责`` → ``分管领导负责``

    给编辑：去掉单独成行的页码（— 12 —）和书眉（某市人民政府公报 2022年第5期）。
    """
    furniture = {
        n
        for n, block in enumerate(blocks)
        if not isinstance(block, Table)
        # most lines are long: a look at each spares them the rest
        and len(text := block.text) <= LONGEST
        and (text[:1] in EDGES or "期" in text)
        and (isinstance(block, Heading) or block.kind == "paragraph")
        and _is_furniture("".join(text.split()))
    }
    if not furniture:
        return blocks
    return tuple(block for n, block in enumerate(blocks) if n not in furniture)


def _is_furniture(text: str) -> bool:
    return bool(PAGE_NUMBER.fullmatch(text) or RUNNING_HEAD.fullmatch(text))
