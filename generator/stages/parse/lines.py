"""Read the source's Markdown as far as it can be trusted: lines, ``#``, tabs, pictures.

markdown-it-py reads it and gives the line numbers; every rule that would reinterpret official text
(lists renumber, references vanish, indents become code) is off. Every line remains a line, with or
without a hard break at its end: normalize decides which lines belong together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading

from generator.language.head_parts import read_head_line
from generator.language.picture_lines import read_picture
from generator.language.unseen import UNSEEN
from generator.model import NO_EVIDENCE, Begins, Evidence, Mark, Paragraph, ParagraphKind
from generator.model import Lines as Span

# all characters for which str.isspace holds, and the byte order mark
BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\ufeff"
# a line without such a character is blank
SEEN = re.compile(rf"[^\s{UNSEEN}]")
FOOTNOTE_MARK = re.compile(r"(?<=\S)\s*+[\[［〔]\d{1,2}[\]］〕]$")
FOOTNOTE_ENDS = frozenset("]］〕")
NOT_COMPARED = re.compile(rf"[\W_{UNSEEN}]+")
BEGINNING = 12
SENTENCE_ENDS = frozenset("。；：;:")
HASHES = re.compile(r"^\s*(#{1,6})[ \t\u3000]*")
# --- · *** · ___ · * * *: a rule across the page in Markdown, and no text; not ——
SEPARATOR = re.compile(r"(?P<mark>[-*_])(?:[ \t]?(?P=mark)){2,80}")
SEPARATOR_MARKS = frozenset("-*_")
# PM<sub>2.5</sub>, m<sup>2</sup>: the only tags that scans of gazettes carry
TAG = re.compile(r"<(?P<kind>sub|sup)>(?P<text>[^<>\n]{1,40})</(?P=kind)>")


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line of the source."""

    number: int
    text: str  # without #, trailing hard break and surrounding blanks; rows keep their tabs
    hashes: int = 0
    cells: tuple[str, ...] = ()  # of a tab-separated row
    marks: tuple[Mark, ...] = field(default=())
    image: str = ""  # of a line that is a picture
    place: str = ""  # the image as written, with Markdown's title: map.png "规划"
    decided: Begins | None = None  # by an editor, whatever the clues say

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
        return Paragraph(
            text=self.text,
            lines=Span(self.number, self.number),
            breaks=((0, self.number),),
            kind=kind,
            marks=self.marks,
            hashes=self.hashes,
            image=self.image,
            evidence=self.evidence(clue),
        )


def read_lines(text: str) -> tuple[Line, ...]:
    """Read the non-blank lines of a source."""
    markdown = MarkdownIt("zero").enable("heading")
    # its normalisation would end lines at \r too, so that its line numbers would not be ours
    markdown.core.ruler.enableOnly(["block"])
    markdown.block.ruler.at("paragraph", _paragraph)
    raw = text.split("\n")
    # the beginning of a line is enough to recognise a heading, a paragraph or a blank line
    begun = (line[:BEGINNING] if line[:BEGINNING].strip() else line for line in raw)
    lines: list[Line] = []
    for token in markdown.parse("\n".join(begun)):
        if token.type not in ("heading_open", "paragraph_open") or token.map is None:
            continue
        first, last = token.map
        hashes = len(token.markup) if token.type == "heading_open" else 0
        read = (_read_line(raw[number], number + 1, hashes) for number in range(first, last))
        lines += [line for line in read if line]
    return tuple(_without_indents(lines))


def _without_indents(lines: Iterable[Line]) -> Iterator[Line]:
    """Clear the cells of a line that tabs only indent: it is a paragraph, not a row.

    Directly below a row, only a line that ends like a sentence is a paragraph.
    """
    row = -1  # number of the last row
    for line in _without_head_rows([*lines]):
        if line.cells and not line.cells[0] and not any(line.cells[:-1]):
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


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a paragraph: markdown-it's own rule, without the tokens that are not needed here."""
    if silent:
        return False
    following = start + 1
    while following < end and not state.isEmpty(following):
        if heading(state, following, end, True):
            break
        following += 1
    state.line = following
    state.push("paragraph_open", "p", 0).map = [start, following]
    return True


def _read_line(raw: str, number: int, hashes: int) -> Line | None:
    text = unicodedata.normalize("NFC", raw)
    is_row = "\t" in text.strip("\r\n ") and bool(text.strip(BLANKS))
    # cells merged with those above are empty
    empty = text[: len(text) - len(text.lstrip(BLANKS))].count("\t") if is_row else 0
    text = text.strip(BLANKS)
    # a scan may have # without the blank after it that Markdown requires
    if found := HASHES.match(text):
        rest = text[found.end() :]
        if hashes or not rest or not rest[0].isascii():
            hashes, text = len(found[1]), rest
            if hashes:
                text = re.sub(r"\s+#+$", "", text)
    if is_separator(text):
        return None
    if not SEEN.search(text):  # a line of zero-width characters is blank to a reader
        return None
    if text[:2] == "![" and (picture := read_picture(text)):
        return Line(number, picture.caption, image=picture.image, place=picture.place)
    text, marks = lift_marks(text)
    cells = tuple(cell.strip(BLANKS) for cell in text.split("\t")) if is_row else ()
    cells = ("",) * empty + cells
    return Line(number, text, hashes, cells, marks)


def is_separator(text: str) -> bool:
    """Whether a line is only a rule across the page: ---, ***, * * *."""
    return text[:1] in SEPARATOR_MARKS and bool(SEPARATOR.fullmatch(text))


def separators(text: str) -> Iterator[tuple[int, str]]:
    """Find the lines of a source that are rules across the page: their numbers and texts."""
    if not any(mark * 2 in text or f"{mark} {mark}" in text for mark in "-*_"):
        return
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip(BLANKS)
        if is_separator(line):
            yield number, line


def fold_title(text: str) -> str:
    """Reduce a title to its letters, digits and ideographs; titles are compared in this form."""
    return NOT_COMPARED.sub("", text)


def likeness(one: str, other: str) -> float:
    """Give the share of characters that two folded titles have in common, from 0 to 1."""
    from rapidfuzz.distance import Indel  # loaded for issues with a damaged title

    return Indel.normalized_similarity(one, other)


def without_footnote(title: str) -> str:
    """Remove the number of a footnote from the end of a title: …统计公报[1]."""
    return FOOTNOTE_MARK.sub("", title) if title[-1:] in FOOTNOTE_ENDS else title


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
