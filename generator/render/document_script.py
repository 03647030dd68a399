"""A document as one classic script: what other pages show of it, without opening its page.

The card of a citation and the comparison of two documents read it, over http and from disk. What
changes when another document repeals this one is in it, so that pages that cite this document need
not be built again.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Document, Gazette, Heading, Issue, Table
from generator.model.validity import LABELS, State
from generator.render.issue import own_title
from generator.runtime.data import Json
from generator.runtime.packed import compress

SCRIPT = ".js"  # beside the page: guofa-2016-13.html, guofa-2016-13.js


def document_script(
    document: Document, issue: Issue, gazette: Gazette, state: State | None = None
) -> str:
    """Write a document as a script that calls ``gazetteDocument`` with its address and its data.

    The data are deflated (docs/data.md has their form).
    """
    data: dict[str, Json] = {
        "title": document.title,
        "number": str(document.number or ""),
        "issuer": document.issuer,
        "date": document.date,
        "gazette": gazette.title,
        "issue": own_title(issue),
        "state": list(_said(state)),
        "begins": state.awaited if state else "",
        "ends": state.ends if state else "",
        "blocks": list(_blocks(document)),
    }
    return f'gazetteDocument("{issue.name}/{document.id}","{compress(data)}");\n'


def _said(state: State | None) -> Iterator[str]:
    """Say what is known of a document's validity, the gravest first, and who says it."""
    for note in state.notes if state else ():
        if label := LABELS.get(note.kind):
            since = f"，{note.day}起" if note.day else ""
            yield f"{label}{since}：{note.name}"


def _blocks(document: Document) -> Iterator[Json]:
    """Give the blocks in the order of the page: anchor, kind, text; of a table, its rows."""
    for block in document.all_blocks():
        if isinstance(block, Table):
            yield [block.anchor, "table", [list(row) for row in block.rows]]
        else:
            kind = "heading" if isinstance(block, Heading) else block.kind
            yield [block.anchor, kind, block.text]
