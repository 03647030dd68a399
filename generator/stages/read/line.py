"""What reading gives: the lines of a source without markup, and an account of what was removed."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model import (
    NO_EVIDENCE,
    Begins,
    CellSpan,
    Diagnostic,
    Evidence,
    LedgerEntry,
    Lines,
    Mark,
    PageMark,
    Paragraph,
    ParagraphKind,
)
from generator.model.quick import quickly_made


@dataclass(frozen=True, slots=True)
class MarkedTable:
    """What markup says about a table, beside the texts of its cells; its rows are lines."""

    spans: tuple[CellSpan, ...] = ()
    header_rows: int = 1
    opens_page: bool = False  # a page begins between the line above and the table


@quickly_made
@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source that is not blank, or a row of a table that markup tells."""

    number: int
    text: str  # without #, trailing hard break and surrounding blanks; rows keep their tabs
    hashes: int = 0
    cells: tuple[str, ...] = ()  # of a row
    marks: tuple[Mark, ...] = field(default=())
    image: str = ""  # of a line that is a picture
    place: str = ""  # the image as written, with Markdown's title: map.png "规划"
    is_item: bool = False  # it begins with a printed dash, not with Markdown's mark of a list
    decided: Begins | None = None  # by an editor, whatever the clues say
    opens_page: bool = False  # a page begins between the line above and this one
    breaks: tuple[tuple[int, int], ...] = ()  # of a text on several lines: (offset, line)
    table: MarkedTable | None = None  # of a row that markup tells; all rows of a table share it
    row: int = 0  # the place of such a row in its table
    cell_breaks: tuple[tuple[int, tuple[tuple[int, int], ...]], ...] = ()
    """Of such a row: the columns of cells on other lines, each with (offset, line)."""

    @property
    def compact(self) -> str:
        """The text without any blanks, for comparing."""
        return "".join(self.text.split())

    @property
    def is_text(self) -> bool:
        """Whether the line is text, and neither a row of a table nor a picture."""
        return not self.cells and not self.image

    def evidence(self, clue: str) -> Evidence:
        """Give the reason why this line is what it is: a decision, else the clue that decided."""
        if self.decided:
            return Evidence(self.decided, "decision")
        return Evidence(clue=clue) if clue else NO_EVIDENCE

    def paragraph(self, kind: ParagraphKind = "paragraph", clue: str = "") -> Paragraph:
        """Make a paragraph of this line alone; ``clue`` is the name of what decided its kind."""
        breaks = self.breaks or ((0, self.number),)
        # without keywords, which take half of the time
        return Paragraph(
            self.text, Lines(self.number, breaks[-1][1]), breaks, kind, "", "", 0, 0, "", (),
            self.marks, self.hashes, self.image, self.evidence(clue), self.is_item,
            self.opens_page,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a source, and what the markup around their text was."""

    lines: tuple[Line, ...]
    ledger: tuple[LedgerEntry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: tuple[PageMark, ...] = ()
