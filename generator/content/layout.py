"""layout.json: where each line of a text stands on paper, as its intake wrote it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.content.documents import DOCUMENTS
from generator.content.intake.taken import ISSUE_FILE, layout_file_of
from generator.content.toml_files import refuse_unreadable
from generator.model import NO_PAPER, Box, Lines, OnPage, Page, Paper, Source
from generator.runtime.errors import SourceError

log = logging.getLogger(__name__)


class LayoutPage(msgspec.Struct, frozen=True):
    """A sheet, and the number that is printed on it."""

    page: int
    printed: str | None = None


class LayoutLine(msgspec.Struct, frozen=True):
    """A line, or a part of it, on a sheet."""

    line: int
    page: int
    box: Box | None = None


class Layout(msgspec.Struct, frozen=True):
    """The keys of layout.json that are read; others may be there."""

    sha256: str
    pages: tuple[LayoutPage, ...] = ()
    lines: tuple[LayoutLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A text that may have a layout: its file, its digest, its lines in the joined text."""

    path: Path
    sha256: str
    first: int
    lines: int


def read_paper(folder: Path, source: Source) -> Paper:
    """Read where the lines of an issue are on paper; nothing if no layout.json tells it."""
    whole = Text(folder / ISSUE_FILE, source.sha256, 1, source.text.count("\n") + 1)
    parts = [
        Text(folder / DOCUMENTS / part.name, part.sha256, part.first, part.lines)
        for part in source.parts
    ]
    places = [place for text in parts or [whole] for place in _places_of(text)]
    return Paper(tuple(places)) if places else NO_PAPER


def _places_of(text: Text) -> Iterator[OnPage]:
    path = layout_file_of(text.path)
    if not path.exists():
        return
    refuse_unreadable(path)
    try:
        layout = msgspec.json.decode(path.read_bytes(), type=Layout)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        msg = f"{path}:1: 读不懂：{error}；请移走它，或重新转换一次"
        raise SourceError(msg) from None
    if layout.sha256.lower() != text.sha256.lower():
        log.warning("%s: 注的是改动前的文本，不再用来注明页码；请移走它，或重新转换一次", path)
        return
    yield from _on_pages(layout.pages, layout.lines, text)


def _on_pages(
    pages: Sequence[LayoutPage], lines: Sequence[LayoutLine], text: Text
) -> Iterator[OnPage]:
    printed = {page.page: (page.printed or "").strip() for page in pages}
    for line in sorted(lines, key=lambda line: line.line):  # parts of a line keep their order
        if 1 <= line.line <= text.lines and line.page >= 1:
            number = text.first + line.line - 1
            page = Page(line.page, printed.get(line.page, ""))
            yield OnPage(Lines(number, number), page, line.box)
