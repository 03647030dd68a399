"""Keep what a Word document has and its text cannot have, with the places in the text.

While the blocks are read, a note stands in them as a mark of characters that XML cannot contain;
when they are whole, the marks are taken out and tell the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.content.intake.taken import LOSS_KINDS, MOST_WORDS, Loss
from generator.model.formulas import Formula
from generator.runtime.patterns import lazy_regex

MARK = lazy_regex("\x02(?P<number>\\d+)\x03")
# kinds of which a paragraph tells once, with all words
TOLD_ONCE = frozenset({"struck", "deleted", "hidden", "reading", "symbol"})

MOST_SAID = 3  # losses of a kind whose words a message repeats
LONGEST_SAID = 60  # characters of each


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A formula that the text has in one line."""

    text: str
    mathml: str


@dataclass(frozen=True, slots=True)
class _Lost:
    kind: str
    words: str


@dataclass(slots=True)
class Losses:
    """The losses and formulas of a document, in the order in which they are read."""

    notes: list[_Lost | _Drawn] = field(default_factory=list)
    open: list[_Lost | _Drawn] = field(default_factory=list)  # of the paragraph that is read
    is_apart: bool = True  # whether there is text since the last loss

    def lose(self, kind: str, words: str = "") -> None:
        """Note that something of the paragraph that is read is lost."""
        words = " ".join(words.split())
        last = self.open[-1] if self.open else None
        if kind in TOLD_ONCE and isinstance(last, _Lost) and last.kind == kind:
            if len(last.words) > 2 * MOST_WORDS:
                return  # more is not kept
            self.open[-1] = _Lost(kind, last.words + ("…" if self.is_apart else "") + words)
        else:
            self.open.append(_Lost(kind, words))
        self.is_apart = False

    def draw(self, text: str, mathml: str) -> None:
        """Note a formula of the paragraph that is read."""
        self.open.append(_Drawn(text, mathml))

    def marks(self) -> str:
        """Give the marks of the paragraph that was read, and begin a new one."""
        first = len(self.notes)
        self.notes += _merged(self.open)
        self.open = []
        return "".join(f"\x02{number}\x03" for number in range(first, len(self.notes)))

    def place(
        self, blocks: Iterable[str]
    ) -> tuple[list[str], tuple[Loss, ...], tuple[Formula, ...]]:
        """Take the marks out of the blocks; give the blocks, the losses and the formulas."""
        kept: list[str] = []
        lines: dict[int, int] = {}
        last = 0  # the line at which the blocks so far end
        for block in blocks:
            bare = MARK.sub("", block).strip("\n")
            if not bare.strip():  # nothing but notes: they belong behind what is above
                lines |= {number: last for number, _ in _marks(block)}
                continue
            first = last + 2 if kept else 1  # a blank line is between two blocks
            lines |= {number: first + at for number, at in _marks(block)}
            kept.append(bare)
            last = first + bare.count("\n")
        losses: list[Loss] = []
        formulas: list[Formula] = []
        line = 0
        for number, note in enumerate(self.notes):
            line = lines.get(number, line)
            if isinstance(note, _Lost):
                losses.append(Loss(0, line, note.kind, note.words))
            else:
                formulas.append(Formula(line, note.text, note.mathml))
        return kept, tuple(losses), tuple(formulas)


def _marks(block: str) -> Iterator[tuple[int, int]]:
    """Give the number of each mark, and how many line ends are above it."""
    at = above = 0
    for mark in MARK.finditer(block):
        above += block.count("\n", at, mark.start())
        at = mark.start()
        yield int(mark["number"]), above


def _merged(notes: Sequence[_Lost | _Drawn]) -> list[_Lost | _Drawn]:
    """Make one of the notes of a paragraph that are of one kind, where their words belong together.

    What is hidden keeps its words to itself.
    """
    merged: list[_Lost | _Drawn] = []
    once: dict[str, int] = {}
    for note in notes:
        if not isinstance(note, _Lost) or note.kind not in TOLD_ONCE:
            merged.append(note)
            continue
        words = "" if note.kind == "hidden" else note.words
        if note.kind not in once:
            once[note.kind] = len(merged)
            merged.append(_Lost(note.kind, words))
            continue
        above = merged[once[note.kind]]
        if isinstance(above, _Lost):
            merged[once[note.kind]] = _Lost(note.kind, f"{above.words}…{words}".strip("…"))
    return merged


def summary(losses: Sequence[Loss]) -> str:
    """Say in a line what was lost, for the editor who takes the file in: ``1 处图表（“产值”）``.

    The words of deleted and struck-out text are said here, and not by the check, whose findings
    others may see.
    """
    parts = []
    for kind, name in LOSS_KINDS.items():
        found = [loss for loss in losses if loss.kind == kind]
        words = "、".join(f"“{_cut(loss.words)}”" for loss in found[:MOST_SAID] if loss.words)
        more = " 等" if words and len(found) > MOST_SAID else ""
        if found:
            parts.append(f"{len(found)} 处{name}" + (f"（{words}{more}）" if words else ""))
    return "、".join(parts)


def _cut(words: str) -> str:
    return f"{words[:LONGEST_SAID]}…" if len(words) > LONGEST_SAID else words
