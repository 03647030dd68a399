"""What belongs to the printed page and not to the text: page numbers, running heads."""

from __future__ import annotations

import re

from generator.model import Block, Paragraph, Table, TextBlock

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
    return tuple(
        [
            block
            for block in blocks
            if isinstance(block, Table) or len(block.text) > LONGEST or not _is_furniture(block)
        ]
    )


def _is_furniture(block: TextBlock) -> bool:
    if isinstance(block, Paragraph) and block.kind != "paragraph":
        return False
    if block.text[:1] in EDGES and PAGE_NUMBER.fullmatch("".join(block.text.split())):
        return True
    if "期" not in block.text:
        return False
    return bool(RUNNING_HEAD.fullmatch("".join(block.text.split())))
