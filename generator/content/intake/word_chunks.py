"""Files that are inserted in a Word document (altChunk) as HTML or plain text → blocks."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.content.intake.text import BREAKS, join_pieces, lifted, protected
from generator.content.intake.word_losses import Losses
from generator.content.intake.word_tables import Cell, table_block
from generator.runtime.patterns import lazy_regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ZIP = b"PK\x03\x04"
RTF = b"{\\rtf"
MIME = lazy_regex(rb"^(?:MIME-Version|Content-Type|From):", re.IGNORECASE | re.MULTILINE)
TAGS = lazy_regex(rb"<(?:!doctype|html|head|body|p|div|table|h[1-6]|span|br|meta)\b", re.IGNORECASE)
BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "pre", "section", "article",
     "blockquote", "center", "dl", "dt", "dd", "hr", "body", "html", "form", "tr"}
)  # fmt: skip
NOT_SHOWN = frozenset({"head", "script", "style", "title", "meta", "link", "template", "xml"})
STRUCK = frozenset({"s", "strike", "del"})
HIDDEN = lazy_regex(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
STRIKES = lazy_regex(r"text-decoration[^;]*line-through", re.IGNORECASE)
CHARSET = lazy_regex(rb"charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
MOST_SPAN = 200
DEEPEST = 100  # elements in elements; deeper ones are read as text


def kind_of(data: bytes, name: str) -> str:
    """Say what an inserted file is, by its first bytes: docx, rtf, mht, html, txt or ""."""
    start = data[:2_000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(ZIP):
        return "docx"
    if start.startswith(RTF):
        return "rtf"
    if MIME.match(start):
        return "mht"
    if TAGS.search(data[:20_000]) or name.lower().endswith((".html", ".htm")):
        return "html"
    return "txt" if name.lower().endswith((".txt", ".text")) else ""


def chunk_blocks(data: bytes, name: str, losses: Losses) -> Iterator[str]:
    """Give the blocks of an inserted file; none where its kind is not read."""
    kind = kind_of(data, name)
    if kind == "mht":
        data = _page_of(data)
        kind = "html" if data else ""
    if kind == "html":
        from lxml import html

        root = html.document_fromstring(_decoded(data))
        yield from _HtmlReader(losses).read(root)
    elif kind == "txt":
        for line in _decoded(data).splitlines():
            if line.strip():
                yield protected(BREAKS.sub(" ", line).strip())


def _page_of(data: bytes) -> bytes:
    """Give the page of a web archive (.mht)."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            found = part.get_payload(decode=True)
            return found if isinstance(found, bytes) else b""
    return b""


def _decoded(data: bytes) -> str:
    """Decode a file by what it says of itself, else as UTF-8 or GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    said = CHARSET.search(data[:2_000])
    for encoding in ("utf-8-sig", said[1].decode("ascii") if said else "gb18030", "gb18030"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("gb18030", "replace")


class _HtmlReader:
    """Reads paragraphs and tables of HTML."""

    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.pieces: list[tuple[str, str]] = []
        self.made: list[str] = []

    def read(self, root: HtmlElement) -> list[str]:
        """Give the blocks of a page."""
        self.inside(root, "", 0)
        self.end()
        return self.made

    def end(self) -> None:
        """End a paragraph."""
        lines = [
            " ".join(part for part in BREAKS.split(line.strip(" \u3000\xa0")) if part)
            for line in lifted(self.pieces).split("\f")
        ]
        self.pieces = []
        text = "  \n".join(filter(None, lines))
        if text or self.losses.open:
            self.made.append(text + self.losses.marks())

    def inside(self, element: HtmlElement, lift: str, depth: int) -> None:
        """Read what is in an element."""
        self.say(element.text, lift)
        for child in element:
            if isinstance(child.tag, str):
                self.child(child, lift, depth + 1)
            self.say(child.tail, lift)

    def say(self, text: str | None, lift: str) -> None:
        """Add a piece of text; a line end of the file prints nothing between ideographs."""
        flat = ""
        for line in (text or "").split("\n"):
            flat = join_pieces(flat, BREAKS.sub(" ", line)) if flat else BREAKS.sub(" ", line)
        self.pieces.append((protected(flat), lift))
        self.losses.is_apart = self.losses.is_apart or bool(flat.strip())

    def child(self, child: HtmlElement, lift: str, depth: int) -> None:
        """Read an element."""
        tag = child.tag.lower().rpartition(":")[2]
        style = child.get("style") or ""
        if tag in NOT_SHOWN:
            return
        if HIDDEN.search(style) or child.get("hidden") is not None:
            self.losses.lose("hidden")
        elif tag in STRUCK or STRIKES.search(style):
            self.losses.lose("struck", "".join(child.itertext()))
        elif tag == "br":
            self.pieces.append(("\f", ""))
        elif tag == "img":
            self.losses.lose("picture", child.get("alt") or "")
        elif depth > DEEPEST:
            self.say("".join(child.itertext()), lift)
        elif tag == "table":
            self.end()
            self.table(child, depth)
        elif tag in BLOCKS:
            self.end()
            self.inside(child, "", depth)
            self.end()
        else:
            self.inside(child, tag if tag in ("sub", "sup") else lift, depth)

    def table(self, table: HtmlElement, depth: int) -> None:
        """Read a table; one of a single column is a frame."""
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in _rows(table)]
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    self.inside(cell, "", depth)
                    self.end()
            return
        grid: list[list[Cell]] = []
        covered: dict[int, int] = {}  # rows that a cell above still covers, by column
        for row in rows:
            cells: list[Cell] = []
            column = 0
            for cell in row:
                inner = _HtmlReader(self.losses)
                lines = [line.strip() for made in inner.read(cell) for line in made.split("\n")]
                wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
                while covered.get(column, 0) > 0:
                    covered[column] -= 1
                    column += 1
                for _ in range(wide):
                    covered[column] = high - 1
                    column += 1
                cells.append(Cell(lines, wide, high))
            grid.append(cells)
        if block := table_block(grid):
            self.made.append(block + self.losses.marks())


def _rows(table: HtmlElement) -> list[HtmlElement]:
    """Give the rows of a table, without those of tables in it."""
    inner = [
        [part] if part.tag == "tr" else list(part)
        for part in table
        if part.tag in ("tr", "thead", "tbody", "tfoot")
    ]
    return [row for rows in inner for row in rows if row.tag == "tr"]


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return int(value) if value.isdecimal() and 1 <= int(value) <= MOST_SPAN else 1
