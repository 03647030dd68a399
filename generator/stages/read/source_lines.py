"""Read lines without markup: what is a heading, a row of cells, a picture.

markdown-it-py reads them and gives the line numbers; every rule that would reinterpret official
text (lists renumber, references vanish, indents become code) is off. Every line remains a line,
with or without a hard break at its end: normalize decides which lines belong together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt

from generator.language.head_parts import read_head_line
from generator.language.picture_lines import read_picture
from generator.language.unseen import UNSEEN
from generator.model import Mark
from generator.runtime.patterns import lazy_regex
from generator.stages.read.line import Line

# all characters for which str.isspace holds, and the byte order mark
BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\ufeff"
# a line without such a character is blank
SEEN = lazy_regex(rf"[^\s{UNSEEN}]")
BEGINNING = 12
INDENTED = lazy_regex(r" {0,3}\t| {4}")
MORE = "文"  # stands for the text behind the # of a heading
SENTENCE_ENDS = frozenset("。；：;:")
HASHES = lazy_regex(r"^\s*(#{1,6})[ \t\u3000]*")
# PM<sub>2.5</sub>, m<sup>2</sup>: the only tags that are read as marks
TAG = lazy_regex(r"<(?P<kind>sub|sup)>(?P<text>[^<>\n]{1,40})</(?P=kind)>")


def read_source_lines(
    raw: Sequence[str], numbers: Sequence[int], plain: Set[int] = frozenset()
) -> list[Line | None]:
    """Read lines by their texts and numbers; None for a blank line.

    ``plain`` are the indexes of lines that begin with the character #, which marks no heading.
    """
    levels = _levels(raw, plain)
    return [
        _read_line(line, numbers[n], levels.get(n, 0), n in plain) if line else None
        for n, line in enumerate(raw)
    ]


def _levels(raw: Sequence[str], plain: Set[int]) -> dict[int, int]:
    """Give the levels of the lines that Markdown reads as headings.

    Of all of its rules only that for headings is on, and a heading is told by its own line alone:
    lines that do not begin with # need not be read.
    """
    marked = [n for n, line in enumerate(raw) if "#" in line[:BEGINNING] and n not in plain]
    if not marked:
        return {}
    begun = [_beginning(raw[n]) for n in marked]
    if any(map(INDENTED.match, begun)):  # what stands above such a line decides, too
        return {marked[n]: level for n, level in _headings(begun).items()}
    kinds = [*dict.fromkeys(begun)]
    levels = {kinds[n]: level for n, level in _headings(kinds).items()}
    return {n: levels[kind] for n, kind in zip(marked, begun, strict=True) if kind in levels}


def _beginning(line: str) -> str:
    """Give what is enough of a line to recognise a heading: # and blanks, and whether more follows.

    So the many headings of an issue are of a few kinds.
    """
    beginning = line[:BEGINNING]
    lead = beginning[: len(beginning) - len(beginning.lstrip("# \t"))]
    return lead if len(lead) == len(beginning) else f"{lead}{MORE}"


def _headings(lines: Sequence[str]) -> dict[int, int]:
    """Give the levels of the lines that are headings."""
    return {
        token.map[0]: len(token.markup)
        for token in _markdown().parse("\n".join(lines))
        if token.type == "heading_open" and token.map is not None
    }


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero").enable("heading")
    # its normalisation would end lines at \r too, so that its line numbers would not be ours
    markdown.core.ruler.enableOnly(["block"])
    return markdown


def without_indents(lines: Iterable[Line]) -> Iterator[Line]:
    """Clear the cells of a line that tabs only indent: it is a paragraph, not a row.

    Directly below a row, only a line that ends like a sentence is a paragraph.
    """
    row = -1  # number of the last row
    for line in _without_head_rows([*lines]):
        if line.table is None and line.cells and not line.cells[0] and not any(line.cells[:-1]):
            is_sentence = line.text[-1] in SENTENCE_ENDS
            line = replace(line, cells=()) if is_sentence or row != line.number - 1 else line
        if line.cells:
            row = line.number
        yield line


def _without_head_rows(lines: Sequence[Line]) -> Iterator[Line]:
    """Clear the cells of a lone row that is a line of a head: 特急<tab>某府发〔2024〕1号."""
    for n, line in enumerate(lines):
        if line.cells and not any(
            near.cells for near in (*lines[n - 1 : n], *lines[n + 1 : n + 2])
        ):
            read = read_head_line(line.text)
            if read and (read.number or read.parts):
                line = replace(line, cells=())
        yield line


def _read_line(raw: str, number: int, hashes: int, is_plain: bool) -> Line | None:
    text = unicodedata.normalize("NFC", raw)
    is_row = "\t" in text and "\t" in text.strip("\r\n ") and bool(text.strip(BLANKS))
    # cells merged with those above are empty
    empty = text[: len(text) - len(text.lstrip(BLANKS))].count("\t") if is_row else 0
    text = text.strip(BLANKS)
    # a scan may have # without the blank after it that Markdown requires
    if not is_plain and text[:1] == "#" and (found := HASHES.match(text)):
        rest = text[found.end() :]
        if hashes or not rest or not rest[0].isascii():
            hashes, text = len(found[1]), rest
            if hashes:
                text = re.sub(r"\s+#+$", "", text)
    if not SEEN.search(text):  # a line of zero-width characters is blank to a reader
        return None
    if text[:2] == "![" and (picture := read_picture(text)):
        return Line(number, picture.caption, image=picture.image, place=picture.place)
    text, marks = lift_marks(text)
    if not is_row:
        return Line(number, text, hashes, marks=marks)
    cells = ("",) * empty + tuple(cell.strip(BLANKS) for cell in text.split("\t"))
    return Line(number, text, hashes, cells, marks)


def lift_marks(text: str) -> tuple[str, tuple[Mark, ...]]:
    """Remove the tags ``<sub>`` and ``<sup>`` from a text and give marks for their contents."""
    if "<su" not in text:
        return text, ()
    marks: list[Mark] = []
    parts: list[str] = []
    end = length = 0
    for found in TAG.finditer(text):
        parts += [text[end : found.start()], found["text"]]
        start = length + found.start() - end
        end_of_mark = start + len(found["text"])
        marks.append(Mark("sub" if found["kind"] == "sub" else "sup", start, end_of_mark))
        length, end = start + len(found["text"]), found.end()
    return "".join([*parts, text[end:]]), tuple(marks)
