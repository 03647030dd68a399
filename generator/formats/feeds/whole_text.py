"""The text of a document as HTML, for feeds: from the document's JSON that the site publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import TypeAlias

import msgspec

WholeTextOf: TypeAlias = Callable[[str], bytes]  # path of a document's page → its JSON
LONGEST_TEXT = 60_000  # characters of HTML of one document; a longer one is left to its page
HEADS = frozenset({"title", "heading", "label"})


class Block(msgspec.Struct, frozen=True):
    """A block of issue.json, as far as a feed shows it."""

    kind: str
    text: str = ""
    rows: list[list[str]] = []
    header_rows: int = 0


class Attachment(msgspec.Struct, frozen=True):
    """An attachment of a document."""

    blocks: list[Block] = []


class DocumentText(msgspec.Struct, frozen=True):
    """A document of issue.json."""

    blocks: list[Block] = []
    attachments: list[Attachment] = []


class DocumentData(msgspec.Struct, frozen=True):
    """The JSON beside the page of a document."""

    document: DocumentText


def whole_text(data: bytes) -> str:
    """Write the text of a document as HTML; empty if it is too long for a feed."""
    document = msgspec.json.decode(data, type=DocumentData).document
    blocks = [*document.blocks, *(b for a in document.attachments for b in a.blocks)]
    text = "".join(_html(blocks))
    return text if len(text) <= LONGEST_TEXT else ""


def _html(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.rows:
            yield _table(block)
        elif block.text:
            text = escape(block.text, quote=False).replace("\n", "<br>")
            yield f"<p><strong>{text}</strong></p>" if block.kind in HEADS else f"<p>{text}</p>"


def _table(block: Block) -> str:
    rows = []
    for nth, row in enumerate(block.rows):
        tag = "th" if nth < block.header_rows else "td"
        cells = (escape(cell, quote=False).replace("\n", "<br>") for cell in row)
        rows.append("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>")
    return f"<table>{''.join(rows)}</table>"
