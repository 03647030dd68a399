"""layout.json: where each line of a text is on paper, and what its intake could not take along."""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.content.documents import DOCUMENTS
from generator.content.intake.taken import ISSUE_FILE, layout_file_of, line_digest
from generator.content.toml_files import refuse_unreadable
from generator.model import NO_PAPER, Box, Lines, Loss, OnPage, Page, Paper, SheetNumbers, Source
from generator.runtime.errors import SourceError

T = TypeVar("T")

log = logging.getLogger(__name__)


class LayoutPage(msgspec.Struct, frozen=True):
    """A sheet, and the number that is printed on it."""

    page: int
    printed: str | None = None
    image: str | None = None
    retaken: str | None = None  # what read this sheet alone, in the place of an earlier reading


class LayoutLine(msgspec.Struct, frozen=True):
    """A line, or a part of it, on a sheet."""

    line: int
    page: int
    box: Box | None = None


class LayoutLoss(msgspec.Struct, frozen=True):
    """What could not be taken along, and the line behind which it is missing."""

    line: int = 0
    page: int = 0
    kind: str = ""
    words: str = ""


class Layout(msgspec.Struct, frozen=True):
    """The keys of layout.json that are read; others may be there."""

    sha256: str
    source: str = ""
    engine: str = ""
    pages: tuple[LayoutPage, ...] = ()
    lines: tuple[LayoutLine, ...] = ()
    losses: tuple[LayoutLoss, ...] = ()
    digests: tuple[str, ...] = ()  # of the lines of the text that it was written for


@dataclass(frozen=True, slots=True)
class Text:
    """A text that may have a layout: its file, its digest, its lines in the joined text."""

    path: Path
    sha256: str
    first: int
    lines: tuple[str, ...]  # as received

    @property
    def last(self) -> int:
        """The last of its lines in the joined text."""
        return self.first + len(self.lines) - 1


def with_layout(source: Source, folder: Path) -> Source:
    """Add what layout.json tells of an issue: places of lines, sheets, losses.

    1. A layout that was written for another version of the text tells the places of the lines
       that are still there, and of lines that were changed where they are.
    2. No loss is left out, whatever became of the text.
    """
    read = [(text, layout) for text in _texts(folder, source) if (layout := read_layout(text.path))]
    if not read:
        return source
    places: list[OnPage] = []
    losses: list[Loss] = []
    sheets: list[SheetNumbers] = []
    for text, layout in read:
        now = _lines_of(layout, text)
        places += _on_pages(layout, text, now)
        losses += _losses(layout, text, now)
        pages = tuple(Page(p.page, (p.printed or "").strip()) for p in layout.pages if p.page >= 1)
        if pages:
            sheets.append(SheetNumbers(Lines(text.first, text.last), pages))
    paper = Paper(tuple(places)) if places else NO_PAPER
    return replace(source, paper=paper, sheet_numbers=tuple(sheets), losses=tuple(losses))


def _texts(folder: Path, source: Source) -> Iterator[Text]:
    lines = source.original.split("\n")
    if not source.parts:
        yield Text(folder / ISSUE_FILE, source.sha256, 1, tuple(lines))
    for part in source.parts:
        own = tuple(lines[part.first - 1 : part.last])
        yield Text(folder / DOCUMENTS / part.name, part.sha256, part.first, own)


def read_layout(text: Path) -> Layout | None:
    """Read the layout of a text; None if there is none."""
    path = layout_file_of(text)
    return decode_layout(path, Layout) if path.exists() else None


def decode_layout(path: Path, kind: type[T]) -> T:
    """Decode a layout.json; SourceError if it cannot be read, or is no layout."""
    refuse_unreadable(path)
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        msg = f"{path}:1: 不是完整的 JSON，或不是本程序写的；请移走它，或重新转换一次"
        raise SourceError(msg) from None


def _lines_of(layout: Layout, text: Text) -> dict[int, int]:
    """Map the lines of a layout to lines of the text as it is now; empty if that is not known."""
    if layout.sha256.lower() == text.sha256.lower():
        return {line: line for line in range(1, len(text.lines) + 1)}
    if not layout.digests:
        path = layout_file_of(text.path)
        log.warning("%s: 注的是改动前的文本，不再用来注明页码；请移走它，或重新转换一次", path)
        return {}
    return lines_now(layout.digests, [line_digest(line) for line in text.lines])


def lines_now(before: Sequence[str], now: Sequence[str]) -> dict[int, int]:
    """Find the lines of an earlier text in the present one, by the digests of their words.

    Lines that were changed keep their place where as many lines as before are between two that
    were not. Lines count from 1; blank lines, whose digests are "", are not looked for.
    """
    from generator.runtime.alignment import stayed

    old = [(n, words) for n, words in enumerate(before, 1) if words]
    new = [(n, words) for n, words in enumerate(now, 1) if words]
    found: dict[int, int] = {}
    same = stayed([words for _, words in old], [words for _, words in new])
    for (i, j), (until, other_until) in pairwise([(-1, -1), *same, (len(old), len(new))]):
        if i >= 0:
            found[old[i][0]] = new[j][0]
        if until - i == other_until - j:
            changed = zip(old[i + 1 : until], new[j + 1 : other_until], strict=True)
            found |= {before_line: line for (before_line, _), (line, _) in changed}
    return found


def _on_pages(layout: Layout, text: Text, now: Mapping[int, int]) -> Iterator[OnPage]:
    printed = {page.page: (page.printed or "").strip() for page in layout.pages}
    found = [(now[line.line], line) for line in layout.lines if line.page >= 1 and line.line in now]
    for own, line in sorted(found, key=lambda pair: pair[0]):  # parts of a line keep their order
        number = text.first + own - 1
        yield OnPage(Lines(number, number), Page(line.page, printed.get(line.page, "")), line.box)


def _losses(layout: Layout, text: Text, now: Mapping[int, int]) -> Iterator[Loss]:
    """Give the losses, each behind the line that it was behind, or the nearest known one above."""
    known = sorted(now)
    for loss in layout.losses:
        nth = bisect_right(known, loss.line)
        above = now[known[nth - 1]] if nth else 0
        own = above if known else max(min(loss.line, len(text.lines)), 0)
        yield Loss(max(loss.page, 0), text.first - 1 + own, loss.kind, loss.words)
