"""The printed pages that the lines of a source are on, where page marks or a layout tell them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from generator.model.blocks import Block, Lines, Table

# left, top, right and bottom, as shares of the page
Box: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageMark:
    """A place where a page of the source begins, as an engine marked it."""

    line: int
    sheet: int | None = None  # the page of the file, from 1, if the mark says it
    printed: str = ""  # the number that is printed on the page, if the mark says it


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the printed issue."""

    sheet: int | None = None  # of the scan or file, from 1; None if it is not known
    printed: str = ""  # the number printed on it; empty if it is not known


@dataclass(frozen=True, slots=True)
class OnPage:
    """Lines that are on one page; with a box, one line or a part of it."""

    lines: Lines
    page: Page
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """Something in a file that could not be taken along into its text."""

    page: int  # the sheet, from 1; 0 where the file has no pages
    line: int  # of the text, behind which it is missing; 0 above the first line
    kind: str  # a key of LOSS_KINDS (intake/taken.py); other keys are kept as they are
    words: str = ""


@dataclass(frozen=True, slots=True)
class SheetNumbers:
    """The sheets that a file was read from, with their printed numbers, and its lines."""

    lines: Lines
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Where the lines of a source are on paper: in their order, only those that are known.

    A line over the edge of a page is on both.
    """

    places: tuple[OnPage, ...] = ()

    def places_of(self, lines: Iterable[int]) -> Iterator[OnPage]:
        """Give the places of some lines, line by line."""
        if not self.places:
            return
        for line in lines:
            end = bisect_right(self.places, line, key=lambda place: place.lines.first)
            begin = end
            while begin and self.places[begin - 1].lines.last >= line:
                begin -= 1
            yield from self.places[begin:end]

    def pages_of(self, block: Block) -> tuple[Page, ...]:
        """Give the pages that a block is on, each once, in their order."""
        return tuple(dict.fromkeys(place.page for place in self.places_of(lines_of(block))))

    def boxes_of(self, block: Block) -> tuple[OnPage, ...]:
        """Give the places of a block that have a box, each once."""
        places = self.places_of(lines_of(block))
        return tuple(dict.fromkeys(place for place in places if place.box))

    def page_at(self, line: int) -> str:
        """Give the printed number of the page on which a line begins; empty if not known."""
        return next((place.page.printed for place in self.places_of((line,))), "")

    def page_behind(self, line: int) -> str:
        """Give the printed number of the page on which a line ends; empty if not known."""
        pages = [place.page.printed for place in self.places_of((line,))]
        return pages[-1] if pages else ""


NO_PAPER = Paper()


def lines_of(block: Block) -> list[int]:
    """List the source lines that a block is made of, in their order."""
    if isinstance(block, Table):
        return block.source_lines()
    return [line for _, line in block.breaks]
