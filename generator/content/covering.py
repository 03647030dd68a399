"""What an editor covers in a text before anything reads it: it is in no page, record or picture.

[[covered]] of issue.toml names it. A [[correction]] that takes a personal number out of its line
covers the number too: 勘误 and 校勘 would otherwise repeat it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.content.issue_facts import IssueTables
from generator.content.toml_tables import line_of
from generator.language.personal_numbers import personal_numbers
from generator.model import Correction, Loss, Source
from generator.runtime.errors import SourceError

COVER = "×"  # for each character


@dataclass(frozen=True, slots=True)
class Covering:
    """A text as received, with what is covered, and the lines of that."""

    source: Source
    lines: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()

    def of_losses(self, losses: Sequence[Loss]) -> tuple[Loss, ...]:
        """Cover the texts in the words of what intake could not take along."""
        return tuple(replace(loss, words=_without(loss.words, self.texts)) for loss in losses)


def cover(source: Source, tables: IssueTables, path: Path) -> Covering:
    """Cover what issue.toml names; SourceError if it is not in its line exactly once."""
    if not tables.covered:
        return Covering(source)
    lines = source.text.split("\n")
    for nth, wanted in enumerate(tables.covered):
        line = lines[wanted.line - 1] if 1 <= wanted.line <= len(lines) else ""
        if not wanted.text.strip() or line.count(wanted.text) != 1:
            where = f"{path}:{line_of(path, ('covered', nth, 'text'))}"
            # the words themselves are not repeated: the message may be kept in a log
            msg = (
                f"{where}: 要遮盖的文字在{source.shown(wanted.line)}应有一处，"
                f"实有 {line.count(wanted.text) if wanted.text.strip() else 0} 处；"
                "请改正 line 或 text"
            )
            raise SourceError(msg)
        lines[wanted.line - 1] = line.replace(wanted.text, covered(wanted.text))
    numbers = tuple(sorted({wanted.line for wanted in tables.covered}))
    texts = tuple(wanted.text for wanted in tables.covered)
    return Covering(replace(source, text="\n".join(lines)), numbers, texts)


def covered(text: str) -> str:
    """Give the characters that stand for a covered text; blanks stay."""
    return "".join(char if char.isspace() else COVER for char in text)


def without_numbers(
    received: str, corrected: str, corrections: Sequence[Correction]
) -> tuple[str, tuple[Correction, ...], tuple[int, ...]]:
    """Cover the personal numbers that corrections take out of their lines.

    Gives the received text, the corrections, and the lines that have such a number.
    """
    before, after = received.split("\n"), corrected.split("\n")
    lost: dict[int, list[str]] = {}
    for line in sorted({c.line for c in corrections}):
        had = [number for _, _, number in personal_numbers(before[line - 1])]
        has = [number for _, _, number in personal_numbers(after[line - 1])]
        if len(has) < len(had):
            lost[line] = [number for number in had if number not in has]
    if not lost:
        return received, tuple(corrections), ()
    for line, numbers in lost.items():
        before[line - 1] = _without(before[line - 1], numbers)
    changed = tuple(
        replace(c, printed=_without(c.printed, lost.get(c.line, ()))) for c in corrections
    )
    return "\n".join(before), changed, tuple(lost)


def _without(text: str, numbers: Sequence[str]) -> str:
    for number in numbers:
        text = text.replace(number, covered(number))
    return text
