"""Report personal numbers that may be published by mistake: identity cards, phones, accounts.

Nothing is removed: an editor decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.language.personal_numbers import PLAIN, personal_numbers
from generator.language.unseen import INVISIBLE
from generator.model import Block, Issue, Lines, Table
from generator.model.edits import line_at

SHOWN = 4  # digits at each end that a message shows: enough to find it, too few to use it


def find_personal(issue: Issue) -> Iterator[tuple[Lines, str]]:
    """Find personal numbers; give their lines, and a message that shows only a part of each."""
    masthead = issue.masthead.lines
    for line, text in enumerate(issue.source.text.split("\n", masthead.last)[: masthead.last], 1):
        if line >= masthead.first:
            for _, message in _in_text(INVISIBLE.sub("", text)):
                yield Lines(line, line), message
    for entry in issue.contents:
        for _, message in _in_text(f"{entry.category}\n{entry.title}"):
            yield entry.lines, message
    for divider in issue.dividers:
        yield from _in_block(divider)
    for document in issue.documents:
        for block in document.all_blocks():
            yield from _in_block(block)


def _in_block(block: Block) -> Iterator[tuple[Lines, str]]:
    if isinstance(block, Table):
        for row, column, cell in block.cells():
            for start, message in _in_text(cell):
                line = block.line_at(row, column, start)
                yield Lines(line, line), message
    else:
        for start, message in _in_text(block.text):
            line = line_at(block.breaks, start)
            yield Lines(line, line), message


def _in_text(text: str) -> Iterator[tuple[int, str]]:
    for kind, start, number in personal_numbers(text):
        digits = re.sub(r"[ -]", "", number.translate(PLAIN))
        shown = f"{digits[:SHOWN]}…{digits[-SHOWN:]}"
        yield start, f"疑似{kind}“{shown}”，涉及个人信息的，请核对是否可以公开"
