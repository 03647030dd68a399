"""issue.docx → text: read paragraphs with their printed numbers, tables and notes."""

from __future__ import annotations

import logging
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.content.intake.taken import Taken
from generator.content.intake.text import (
    BREAKS,
    PRIVATE,
    UNKNOWN,
    clean_line,
    finish,
    first_line,
    flat_text,
    lifted,
)
from generator.content.intake.word_numbers import ListCounter, read_lists
from generator.content.intake.word_styles import LIFTS, Style, leads_to_page, read_styles
from generator.content.intake.word_xml import (
    FALLBACK,
    RELATED,
    Node,
    W,
    attribute_of,
    is_on,
    name_of,
    number_of,
    related,
)
from generator.runtime.errors import SourceError, reason_of

log = logging.getLogger(__name__)

LARGEST_DOCX = 200_000_000  # bytes when unpacked; an issue with many pictures has some 20 MB
LARGEST_PART = 60_000_000  # bytes of XML, which takes ten times that in memory
OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # first bytes of .doc, and of .docx under a password
# parts of the archive that are not read
NOT_READ = ("word/media/", "word/embeddings/", "word/fonts/")

# errors that python-docx, lxml and zipfile raise for damaged files
UNREADABLE = (
    OSError, LookupError, ValueError, TypeError, AttributeError, SyntaxError, RuntimeError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def convert_docx(path: Path) -> Taken:
    """Convert a Word document into the text of issue.md; SourceError when it cannot be read.

    1. Each paragraph is one line, with the number that Word prints before it.
    2. Each row of a table is a line of cells with tabs between them; a table with merged cells is
       written as HTML in one line.
    3. Headers, footers, text boxes, pictures, comments, hidden and deleted text are left out.
    """
    _check_archive(path)
    from docx import Document

    try:
        document = Document(str(path))
        body: Node | None = document.element.body
        part = document.part
        roots = {kind: related(part.rels.values(), kind) for kind in RELATED}
        blocks = list(_word_reader(roots).read(body)) if body is not None else []
    except UNREADABLE as error:
        raise _unreadable(path, error) from error
    if body is not None and (left_out := _left_out(body)):
        log.warning("%s: 没有转入：%s；需要的，请对照原件补入", path, left_out)
    return Taken(finish(blocks, path))


def _unreadable(path: Path, error: Exception) -> SourceError:
    reason = first_line(error)
    return SourceError(f"{path}:1: 不是能读的 Word 文档；请重新另存为 .docx：{reason}")


def _check_archive(path: Path) -> None:
    """Refuse files that must not be unpacked or parsed: with a password, too large, with a DTD."""
    try:
        with path.open("rb") as file:
            start = file.read(len(OLE))
        if start == OLE:
            msg = f"{path}:1: 有密码，或是旧的 .doc；请去掉密码，另存为 .docx 后再放入"
            raise SourceError(msg)
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        # zipfile raises RuntimeError for a password and for an unknown compression
        raise _unreadable(path, error) from error
    except OSError as error:
        msg = f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件"
        raise SourceError(msg) from error


def _check_parts(archive: zipfile.ZipFile, path: Path) -> None:
    # zipfile never unpacks more than an entry declares
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > LARGEST_DOCX:
        msg = f"{path}:1: 解压后超过 {LARGEST_DOCX // 10**6} MB；请去掉文档里的图片"
        raise SourceError(msg)
    for part in parts:
        if part.filename.startswith(NOT_READ):
            continue
        if part.file_size > LARGEST_PART:
            msg = (
                f"{path}:1: 文档内的 {part.filename} 超过 {LARGEST_PART // 10**6} MB；"
                "请用 Word 打开，重新另存为 .docx"
            )
            raise SourceError(msg)
        # Word writes no document type, and only there entities can be declared. The zero bytes are
        # removed, so that UTF-16 is searched like UTF-8
        if b"<!DOCTYPE" in archive.read(part).replace(b"\0", b""):
            msg = (
                f"{path}:1: 文档内的 {part.filename} 有文档类型声明（DOCTYPE），Word 不会写；"
                "请用 Word 打开，重新另存为 .docx"
            )
            raise SourceError(msg)


# (font, code) of symbols, which Word keeps outside the text
SYMBOLS = {
    ("wingdings", "A8"): "□", ("wingdings", "6F"): "□", ("wingdings", "71"): "□",
    ("wingdings", "FE"): "☑", ("wingdings", "FD"): "☒", ("wingdings", "FC"): "✓",
    ("wingdings", "6C"): "●", ("wingdings", "6E"): "■", ("wingdings", "75"): "◆",
    ("wingdings 2", "A3"): "□", ("wingdings 2", "52"): "☑", ("wingdings 2", "50"): "✓",
    ("symbol", "B7"): "•", ("symbol", "B4"): "×", ("symbol", "B0"): "°", ("symbol", "B1"): "±",
    ("symbol", "A3"): "≤", ("symbol", "B3"): "≥", ("symbol", "6D"): "μ", ("symbol", "57"): "Ω",
}  # fmt: skip
PAGE = "\f"  # a page break; XML text cannot contain this character
# a number with such an end, 一、 （一） 1., needs no blank before an ideograph
CLOSED = re.compile(r"[、，．.）)：:〕】]$")
LEFT_OUT = frozenset(
    {"pPr", "rPr", "sdtPr", "del", "moveFrom", "drawing", "pict", "object", "Fallback", "rt"}
)
NO_ROWS = LEFT_OUT | {"p", "tbl"}
MOST_COLUMNS = 63  # of a table in Word
LONGEST_TABLE = 20_000  # characters of a table in one line
NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


def _word_reader(roots: Mapping[str, Node | None]) -> _WordReader:
    styles = read_styles(roots["styles"])
    notes: dict[tuple[str, str], Node] = {}
    for kind in NOTES.values():
        root = roots[f"{kind}s"]
        for note in root.iterfind(W + kind) if root is not None else ():
            notes[kind, note.get(W + "id") or ""] = note
    return _WordReader(styles, ListCounter(read_lists(roots["numbering"], styles)), notes)


@dataclass(slots=True)
class _WordReader:
    """Reads the blocks of a document in order, because Word counts its numbers in this order."""

    styles: Mapping[str, Style]
    counter: ListCounter
    notes: Mapping[tuple[str, str], Node]
    pending: str = ""  # text of a paragraph without a printed end; the next one continues it
    note_count: int = 0
    waiting: list[str] = field(default_factory=list)  # notes of the block that is being read

    def read(self, body: Node) -> Iterator[str]:
        """Give the blocks of the whole document."""
        yield from self.blocks(body)
        if self.pending:
            yield from _lines_of(self.pending, "", "\t")

    def blocks(self, parent: Node) -> Iterator[str]:
        """Give paragraphs and tables, each followed by the notes that it refers to."""
        for node in parent:
            match name_of(node):
                case "p":
                    yield from self.paragraph(node)
                case "tbl":
                    yield from self.table(node)
                case name if name not in LEFT_OUT:
                    yield from self.blocks(node)
                case _:
                    continue
            while self.waiting:
                yield self.waiting.pop(0)

    def paragraph(self, node: Node) -> Iterator[str]:
        """Give a paragraph as one block, or as several if page breaks are inside it."""
        style = self.style(node)
        text = self.text(node, style)
        if text is None:
            return
        leads = style.leads or leads_to_page(node)
        mark = "#" * style.heading + " " if style.heading else ""
        yield from _lines_of(text, mark, " ..... " if leads else "\t")

    def style(self, paragraph: Node) -> Style:
        """Give the style of a paragraph; the default style if it names none."""
        name = attribute_of(paragraph, "pPr/pStyle") or ""
        return self.styles.get(name) or self.styles.get("") or Style()

    def text(self, paragraph: Node, style: Style) -> str | None:
        """Give the text with its printed number; None when it belongs to the next paragraph."""
        text = self.pending + lifted(self.pieces(paragraph, ""))
        self.pending = ""
        # the end of the paragraph was deleted, moved away or hidden
        if any(is_on(paragraph, f"pPr/rPr/{kind}") for kind in ("del", "moveFrom", "vanish")):
            self.pending = text
            return None
        label, suffix = self.label(paragraph, style)
        text = text.lstrip(" \t\u3000\xa0") if label else text
        return label + _gap(label, suffix, text) + text

    def label(self, paragraph: Node, style: Style) -> tuple[str, str]:
        """Give the number printed before a paragraph, and its suffix: tab, space or nothing."""
        direct = attribute_of(paragraph, "pPr/numPr/numId")
        list_id = style.list_id if direct is None else direct
        if list_id is None or list_id == "0":  # 0 cancels the number of the style
            return "", ""
        found = self.counter.lists.get(list_id)
        levels = {level.style: n for n, level in found.levels.items()} if found else {}
        by_style = next((levels[name] for name in style.ids if name in levels), style.level)
        own = attribute_of(paragraph, "pPr/numPr/ilvl")
        if own is not None:
            return self.counter.label(list_id, int(own))
        return self.counter.label(list_id, (by_style if direct is None else 0) or 0)

    def pieces(self, parent: Node, lift: str) -> Iterator[tuple[str, str]]:
        """Give the pieces of text, each with its lift: sub, sup or ""."""
        for node in parent:
            match name_of(node):
                case "t":
                    yield BREAKS.sub(" ", node.text or ""), lift
                case "r":
                    if not is_on(node, "rPr/vanish"):
                        yield from self.pieces(node, self.lift(node) or lift)
                case "tab" | "ptab":
                    yield "\t", ""
                case "cr":
                    yield "\n", ""
                case "br":
                    yield "\n" if node.get(W + "type") in (None, "textWrapping") else PAGE, ""
                case "noBreakHyphen":
                    yield "-", lift
                case "sym":
                    yield _symbol(node), lift
                case "footnoteReference" | "endnoteReference" as kind:
                    yield self.reference(node, NOTES[kind]), ""
                case "sub" | "sup" as kind:  # of a formula
                    yield from self.pieces(node, kind)
                case "den":
                    yield "/", lift
                    yield from self.pieces(node, lift)
                case name if name not in LEFT_OUT:
                    yield from self.pieces(node, lift)
                case _:
                    continue

    def lift(self, run: Node) -> str:
        """Give the lift of a run: sub or sup, or "" if the run is on the line or names none."""
        if (own := attribute_of(run, "rPr/vertAlign")) is not None:
            return LIFTS.get(own, "")
        style = self.styles.get(attribute_of(run, "rPr/rStyle") or "-")
        return style.lift if style else ""

    def reference(self, node: Node, kind: str) -> str:
        """Give the mark of a note, and keep the note for the end of the block."""
        note = self.notes.get((kind, node.get(W + "id") or ""))
        if node.get(W + "customMarkFollows") in ("1", "true", "on"):
            mark = ""  # the text has a mark of its own
        else:
            self.note_count += 1
            mark = f"[{self.note_count}]"
        if note is not None:
            texts = (lifted(self.pieces(paragraph, "")) for paragraph in note.iter(W + "p"))
            if text := flat_text("\n".join(texts)):
                self.waiting.append(f"{mark} {text}".strip())
        return mark

    def table(self, node: Node) -> Iterator[str]:
        """Give a table as lines of cells; a single column is a frame and gives its blocks."""
        rows = [row for row in _below(node, "tr") if row.find(f"{W}trPr/{W}del") is None]
        cells = [list(_below(row, "tc")) for row in rows]
        if all(len(row) <= 1 for row in cells):
            for cell in (cell for row in cells for cell in row):
                yield from self.blocks(cell)
            return
        grid = [list(self.cells(row)) for row in rows]
        if any(cell.is_merged for row in grid for cell in row):
            yield _merged_table(grid)
            return
        lines = ["\t".join(cell.text for cell in row) for row in grid]
        if lines := [line for line in lines if line.strip()]:
            yield "\n".join(lines)

    def cells(self, row: Node) -> Iterator[_Cell]:
        """Give a row's cells, those that are merged into the one above or before it as well."""
        for _ in range(min(number_of(attribute_of(row, "trPr/gridBefore"), 0), MOST_COLUMNS)):
            yield _Cell("")
        for cell in _below(row, "tc"):
            above, before = (cell.find(f"{W}tcPr/{W}{name}") for name in ("vMerge", "hMerge"))
            goes_down = above is not None and above.get(W + "val") != "restart"
            goes_on = before is not None and before.get(W + "val") != "restart"
            span = min(number_of(attribute_of(cell, "tcPr/gridSpan"), 1), MOST_COLUMNS)
            text = "" if goes_down or goes_on else flat_text("\n".join(self.cell(cell)))
            yield _Cell(text, max(span, 1), goes_down=goes_down, goes_on=goes_on)

    def cell(self, parent: Node) -> Iterator[str]:
        """Give the paragraphs of a cell, with those of tables inside it."""
        for node in parent:
            match name_of(node):
                case "p":
                    yield self.text(node, self.style(node)) or ""
                case name if name not in LEFT_OUT:
                    yield from self.cell(node)
                case _:
                    continue


@dataclass(slots=True)
class _Cell:
    """A cell of a row, with its width in columns."""

    text: str
    columns: int = 1
    rows: int = 1
    goes_down: bool = False  # the cell above covers it
    goes_on: bool = False  # the cell before it covers it

    @property
    def is_merged(self) -> bool:
        """Whether it is larger than one cell of the grid, or covered by such a one."""
        return self.columns > 1 or self.goes_down or self.goes_on


def _merged_table(grid: Sequence[Sequence[_Cell]]) -> str:
    """Give a table with merged cells as HTML, in one line if it is not very long."""
    open_cells: dict[int, _Cell] = {}  # the last cell that began at a column, of those above
    rows: list[list[_Cell]] = []
    for row in grid:
        kept: list[_Cell] = []
        begun: dict[int, _Cell] = {}
        column = 0
        for cell in row:
            above = open_cells.get(column)
            if cell.goes_down and above is not None and above.columns == cell.columns:
                above.rows += 1
                begun[column] = above
            elif cell.goes_on and kept:
                kept[-1].columns += cell.columns
            else:
                kept.append(cell)
                begun[column] = cell
            column += cell.columns
        open_cells = begun
        if len(kept) < len(row) or any(cell.text for cell in kept):  # not an empty row
            rows.append(kept)
    lines = [f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in rows]
    text = f"<table>{''.join(lines)}</table>"
    return text if len(text) <= LONGEST_TABLE else "\n".join(("<table>", *lines, "</table>"))


def _html_cell(cell: _Cell) -> str:
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return f"<td{rows}{columns}>{cell.text}</td>"


def _below(parent: Node, name: str) -> Iterator[Node]:
    """Find the rows of a table or the cells of a row, also inside content controls."""
    for node in parent:
        if name_of(node) == name:
            yield node
        elif name_of(node) not in NO_ROWS:
            yield from _below(node, name)


def _gap(label: str, suffix: str, text: str) -> str:
    if not text or suffix == "nothing" or not label or label[-1].isspace():
        return ""
    return "" if CLOSED.search(label) and not text[0].isascii() else " "


def _symbol(node: Node) -> str:
    font = (node.get(W + "font") or "").lower()
    code = (node.get(W + "char") or "").upper()
    if symbol := SYMBOLS.get((font, code.removeprefix("F0").removeprefix("00"))):
        return symbol
    symbol = chr(int(code, 16)) if code else UNKNOWN
    return UNKNOWN if PRIVATE.match(symbol) or "\ud800" <= symbol <= "\udfff" else symbol


def _lines_of(text: str, mark: str, leader: str) -> Iterator[str]:
    """Split a text at page breaks; each page is a block that keeps its line breaks."""
    for page in text.split(PAGE):
        lines = [line for each in page.split("\n") if (line := clean_line(each, leader))]
        if lines:
            yield "  \n".join(mark + line for line in lines)


def _left_out(body: Node) -> str:
    counts = {
        "个文本框": _count(body, "txbxContent"),
        "张图片": _count(body, "drawing") + _count(body, "object"),
        "处已删去的文字": _count(body, "delText"),
    }
    return "、".join(f"{count} {name}" for name, count in counts.items() if count)


def _count(body: Node, name: str) -> int:
    # Word repeats such parts in a fallback for older programs
    again = sum(1 for node in body.iter(FALLBACK) for _ in node.iter(W + name))
    return sum(1 for _ in body.iter(W + name)) - again
