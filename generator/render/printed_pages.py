"""Where printed pages begin in a document: for the marks on its page, and for citations of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.model import Block, Document, OnPage, Paper, Table
from generator.runtime.patterns import lazy_regex

# what a label may hold, so that it can stand in an attribute: 12, 12—13, Ⅳ
UNFIT = lazy_regex(r"[^\w—–、·-]+")


class PageBegun(NamedTuple):
    """A place in a block where a page begins."""

    at: int  # offset in a text, or row of a table
    page: str
    above: str  # the page that ends there
    is_exact: bool = True  # else the page begins somewhere in the source line
    sheet: str = ""  # the address of its picture; empty if there is none


def no_picture(_line: int, _place: OnPage) -> str:
    """Give the address of a picture where there are none."""
    return ""


def pages_begun(
    document: Document, paper: Paper, picture: Callable[[int, OnPage], str] = no_picture
) -> dict[str, tuple[PageBegun, ...]]:
    """Give, by the anchor of each block in which a page begins, the places and the pages.

    ``picture`` gives the address of the picture of a sheet, by a line and its place.

    The page of the document's first line is not among them. Of a line over two pages it is not
    known where the second one begins: the place is where the line does, and names both (12—13).
    """
    found: dict[str, tuple[PageBegun, ...]] = {}
    current = first_page(document, paper)
    for block in document.all_blocks() if paper.places else ():
        begun: list[PageBegun] = []
        for at, line in _starts(block):
            places = [*paper.places_of((line,))]
            pages = [place.page.printed for place in places]
            known = list(dict.fromkeys(UNFIT.sub("", page) for page in pages if page))
            # where the page of the line above is not known, this one may have begun there
            if known and current and known != [current]:
                shown = picture(line, places[-1])
                begun.append(PageBegun(at, "—".join(known), current, len(known) == 1, shown))
            current = known[-1] if known else ""
        if begun:
            found[block.anchor] = tuple(begun)
    return found


def first_page(document: Document, paper: Paper) -> str:
    """Give the printed page on which a document begins; empty if it is not known."""
    return UNFIT.sub("", paper.page_at(document.lines.first)) if paper.places else ""


def pages_of_anchors(document: Document, paper: Paper) -> dict[str, str]:
    """Give the printed page of each anchor that is on another page than the anchor before it."""
    found: dict[str, str] = {}
    above = ""
    for block in document.all_blocks() if paper.places else ():
        for at, line in _starts(block):
            if at and not isinstance(block, Table):
                break
            anchor = block.row_anchor(at) if isinstance(block, Table) else block.anchor
            page = UNFIT.sub("", paper.page_at(line))
            if page != above and anchor not in found:
                found[anchor] = above = page
    return found


def _starts(block: Block) -> Iterator[tuple[int, int]]:
    """Give the places of a block at which a source line begins: (offset or row, line)."""
    if isinstance(block, Table):
        yield from enumerate(block.row_lines)
    else:
        yield from block.breaks
