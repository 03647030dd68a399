"""The texts of a document that the checks read: its paragraphs, headings, and cells of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Diagnostic, Document, Lines, Table, TextBlock
from generator.model.codes import diagnostic
from generator.model.edits import line_at
from generator.stages.check.readings import UNKNOWN, Reading, reading_at, reading_in


@dataclass(frozen=True, slots=True)
class Text:
    """A text whose places can be found in the source: a block's, or a cell's."""

    text: str
    block: TextBlock | Table
    lines: Sequence[str]  # of the source
    cell: tuple[int, int] = (0, 0)  # row and column, of a table

    def line(self, offset: int) -> int:
        """Give the source line of an offset."""
        if isinstance(self.block, Table):
            return self.block.line_at(*self.cell, offset)
        return line_at(self.block.breaks, offset)

    def reading(self, start: int, end: int, after: str) -> Reading:
        """Give the reading of a place, in the line of the source; unknown where it has changed."""
        if not isinstance(self.block, Table):
            return reading_in(self.block, start, end, after, self.lines)
        line, left = self.lines[self.line(start) - 1], max(start - NAMING, 0)
        for begin in range(start, left - 1, -1):  # so much of the cell that no other has it
            wanted = self.text[begin:end]
            if wanted and line.count(wanted) == 1:
                at = line.index(wanted)
                return reading_at(line, at + start - begin, at + len(wanted), after)
        return UNKNOWN

    def report(
        self,
        code: str,
        place: tuple[int, int],
        message: str,
        after: str | None = None,
        confidence: float | None = None,
    ) -> Diagnostic:
        """Make a finding of a place (start and end); ``after`` is the reading, None: unknown."""
        line = self.line(place[0])
        reading = UNKNOWN if after is None else self.reading(*place, after)
        return diagnostic(code, Lines(line, line), message, reading, confidence)


NAMING = 12  # characters before a place of a cell that may be taken to find it in the line


def texts_of(document: Document, lines: Sequence[str]) -> Iterator[Text]:
    """Give all texts of a document and its attachments, in their order."""
    for block in document.all_blocks():
        if isinstance(block, Table):
            for row, column, text in block.cells():
                if text:
                    yield Text(text, block, lines, (row, column))
        elif block.text:
            yield Text(block.text, block, lines)
