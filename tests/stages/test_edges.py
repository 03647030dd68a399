"""The quick test of an edge: it only says sooner what all clues would say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from generator.model import Lines, Paragraph
from generator.stages.normalize.edges import CLUES, Edge, edge_between
from generator.stages.normalize.joins import as_heading
from tests.case_files import ALL

CASES = [case for case in ALL if case.stage == "normalize"]
QUICK, *BETWEEN = CLUES[: [c.name for c in CLUES].index("sentence-end", 1)]


# what cases seldom have at an edge
ABOVE = (
    "由下式得出S=a+b。",
    f"由S=a+b{'计算，' * 40}得出。",
    f"第五条修改为：“{'各县，' * 60}。",
    "关于某事的通知。",
    "各县（区。",
)
BELOW = ("式中：S为面积。", "式中的面积。", "第十条约定的。", "S=a×b", "市）的。")


def edges() -> Iterator[Edge]:
    """Put the lines of all cases side by side: each last character, each first one."""
    lines = sorted(
        {line.strip() for case in CASES for line in case.before.split("\n") if line.strip()}
    )
    above = {line[-1]: line for line in lines}
    below = {line[0]: line for line in lines}
    for end, beginning in product((*above.values(), *ABOVE), (*below.values(), *BELOW)):
        block = paragraph(beginning)
        yield edge_between(paragraph(end), block)
        yield edge_between(paragraph(end), as_heading(block, ""))
        yield edge_between(paragraph(end), replace(block, is_item=True))


def paragraph(text: str) -> Paragraph:
    return Paragraph(text, Lines(1, 1), ((0, 1),))


def test_no_other_clue_holds_where_the_quick_test_sees_the_end_of_a_sentence() -> None:
    plain = [edge for edge in edges() if QUICK.holds(edge)]
    assert len(plain) > 1000
    others = {c.name: (e.text, e.head) for e in plain for c in BETWEEN if c.holds(e)}
    assert others == {}


def test_the_quick_test_leaves_kinds_that_no_page_edge_cuts_to_their_clue() -> None:
    title = Paragraph("关于某事的通知。", Lines(1, 1), ((0, 1),), kind="title")
    assert not edge_between(title, paragraph("各县要落实。")).is_plain_end
    assert edge_between(paragraph("关于某事的通知。"), paragraph("各县要落实。")).is_plain_end
