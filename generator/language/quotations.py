"""Quotations that run over paragraphs: the words that a decision puts in “” (将第五条修改为：“…”).

Two habits are printed. Each paragraph of a quotation begins with “ and only the last ends with ”;
or only the first begins with “. Inside, other words are quoted with ‘’, or with “” again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

OPENING, CLOSING = "“", "”"
QUOTED = "\ue000"  # stands for a whole quotation in an outline
BREAK = "\n"  # stands between two paragraphs
BEHIND = " \u3000；;。，,、"  # may follow the last ” of a paragraph


class Origin(NamedTuple):
    """Where a character of an outline comes from."""

    paragraph: int
    offset: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of one quotation; each paragraph is one text, without the marks around it."""

    words: tuple[str, ...]
    first: Origin  # of the opening mark
    last: Origin  # behind the closing mark
    is_closed: bool = True


@dataclass(frozen=True, slots=True)
class Outline:
    """Paragraphs with each quotation replaced by one character, joined by line breaks."""

    text: str
    origins: tuple[Origin, ...]  # of each character
    quotations: tuple[Quotation, ...]  # in the order of their characters


def outline_of(paragraphs: Sequence[str], restarts: Sequence[bool]) -> Outline:
    """Separate what a text says itself from what it quotes.

    ``restarts`` says of each paragraph whether it begins a sentence of the text whatever is still
    open: a lost ” then costs one quotation, not all that follows.
    """
    text: list[str] = []
    origins: list[Origin] = []
    quotations: list[Quotation] = []
    words: list[str] = []
    opened: Origin | None = None

    def close(last: Origin, *, is_closed: bool) -> None:
        nonlocal opened, words
        if opened is None:
            return
        said = tuple(word for word in (w.strip(" \u3000") for w in words) if word)
        quotations.append(Quotation(said, opened, last, is_closed))
        opened, words = None, []

    depth = 0
    for number, paragraph in enumerate(paragraphs):
        if opened and restarts[number]:
            close(Origin(number, 0), is_closed=False)
            depth = 0
        if text and not opened:
            text.append(BREAK)
            origins.append(Origin(number, 0))
        at = 1 if opened and _continues(paragraph) else 0
        begin = at
        while at < len(paragraph):
            char = paragraph[at]
            if char == OPENING:
                depth += 1
                if depth == 1:
                    opened, begin = Origin(number, at), at + 1
                    text.append(QUOTED)
                    origins.append(opened)
            elif char == CLOSING and depth:
                depth -= 1
                if not depth:
                    words.append(paragraph[begin:at])
                    close(Origin(number, at + 1), is_closed=True)
            elif not depth:
                text.append(char)
                origins.append(Origin(number, at))
            at += 1
        if opened:
            words.append(paragraph[begin:])
            depth = 1  # “ of words in a paragraph that lost their ” close with their paragraph
    close(Origin(len(paragraphs), 0), is_closed=False)
    return Outline("".join(text), tuple(origins), tuple(quotations))


def _continues(paragraph: str) -> bool:
    """Whether “ at the beginning of a paragraph only says that the quotation goes on."""
    if not paragraph.startswith(OPENING):
        return False
    surplus = paragraph.count(OPENING) - paragraph.count(CLOSING)
    # “停车场”是指…。 inside a quotation: the first “ belongs to the word
    return surplus > 0 or (not surplus and paragraph.rstrip(BEHIND).endswith(CLOSING))
