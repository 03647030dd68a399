"""Read the source's Markdown as far as it can be trusted: lines, # marks, tabs, pictures.

markdown-it-py reads it with the line numbers; every rule that would reinterpret official text
(lists renumber, references vanish, indents become code) is left off. Every line stays a line, with
a hard break at its end or without: which lines belong together is for normalize to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading

from generator.language.unseen import UNSEEN
from generator.model import Lines as Span
from generator.model import Mark, Paragraph, ParagraphKind

# all that str.isspace says, and the mark of byte order
BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\ufeff"
# a line without any is blank
SEEN = re.compile(rf"[^\s{UNSEEN}]")
FOOTNOTE_MARK = re.compile(r"(?<=\S)\s*+[\[［〔]\d{1,2}[\]］〕]$")
FOOTNOTE_ENDS = frozenset("]］〕")
NO_SIGN = re.compile(rf"[\W_{UNSEEN}]+")
BEGINNING = 12
SENTENCE_ENDS = frozenset("。；：;:")
HASHES = re.compile(r"^\s*(#{1,6})[ \t\u3000]*")
# ![图1 规划范围](images/map.png) alone on its line
PICTURE = re.compile(
    r"^!\[(?P<caption>[^\]\n]*)\]\((?P<place>(?P<image>[^()\s]+\.(?:png|jpe?g|gif|webp))(?:\s+\"[^\"]*\")?)\)$",
    re.IGNORECASE,
)
# PM<sub>2.5</sub>, m<sup>2</sup>: the only tags that scans of gazettes carry
TAG = re.compile(r"<(?P<kind>sub|sup)>(?P<text>[^<>\n]{1,40})</(?P=kind)>")


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line of the source."""

    number: int
    text: str  # without # marks, trailing hard break and surrounding blanks; tabs kept in rows
    hashes: int = 0
    cells: tuple[str, ...] = ()  # of a tab-separated row
    marks: tuple[Mark, ...] = field(default=())
    image: str = ""  # of a line that is a picture
    place: str = ""  # the same as it was written, with the title that Markdown shows over it

    @property
    def compact(self) -> str:
        """The text without any blanks, for comparing."""
        return "".join(self.text.split())

    @property
    def is_text(self) -> bool:
        """Whether the line is text, and neither a row of a table nor a picture."""
        return not self.cells and not self.image

    def paragraph(self, kind: ParagraphKind = "paragraph") -> Paragraph:
        """Make a paragraph of this line alone."""
        return Paragraph(
            text=self.text,
            lines=Span(self.number, self.number),
            breaks=((0, self.number),),
            kind=kind,
            marks=self.marks,
            hashes=self.hashes,
            image=self.image,
        )


def read_lines(text: str) -> tuple[Line, ...]:
    """Read the non-blank lines of a source."""
    markdown = MarkdownIt("zero").enable("heading")
    # its normalisation would end lines at \r too, and count others than we do
    markdown.core.ruler.enableOnly(["block"])
    markdown.block.ruler.at("paragraph", _paragraph)
    raw = text.split("\n")
    # the beginnings of lines say which is a heading, a paragraph, or blank
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
    """Take a line that tabs only indent for the paragraph it is, but for one below a row."""
    row = -1  # number of the last row
    for line in lines:
        if line.cells and not line.cells[0] and not any(line.cells[:-1]):
            is_sentence = line.text[-1] in SENTENCE_ENDS
            line = replace(line, cells=()) if is_sentence or row != line.number - 1 else line
        if line.cells:
            row = line.number
        yield line


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a paragraph's lines: markdown-it's own rule, without tokens that nobody reads."""
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
    # a scan may set the # marks without the blank that Markdown asks for
    if found := HASHES.match(text):
        rest = text[found.end() :]
        if hashes or not rest or not rest[0].isascii():
            hashes, text = len(found[1]), rest
            if hashes:
                text = re.sub(r"\s+#+$", "", text)
    if not SEEN.search(text):  # a line of zero-width characters is blank to a reader
        return None
    if picture := PICTURE.match(text):
        return Line(
            number, picture["caption"].strip(), image=picture["image"], place=picture["place"]
        )
    text, marks = lift_marks(text)
    cells = tuple(cell.strip(BLANKS) for cell in text.split("\t")) if is_row else ()
    cells = ("",) * empty + cells
    return Line(number, text, hashes, cells, marks)


def fold_title(text: str) -> str:
    """Reduce a title to its letters, digits and ideographs, the way titles are compared."""
    return NO_SIGN.sub("", text)


def without_footnote(title: str) -> str:
    """Take the mark of a footnote from a title: …统计公报[1]."""
    return FOOTNOTE_MARK.sub("", title) if title[-1:] in FOOTNOTE_ENDS else title


def lift_marks(text: str) -> tuple[str, tuple[Mark, ...]]:
    """Take ``<sub>`` and ``<sup>`` out of a text and remember what they held."""
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
