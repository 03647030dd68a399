"""校勘: a document's lines as received beside what became of them, each change with its rule."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import jinja2

from generator.audit import pieces
from generator.model import Document, Issue, LedgerEntry

NAMES = {
    "correction": "勘误",
    "lift_marks": "上标下标",
    "show_picture": "图片",
    "merge_table_pieces": "合并表格",
    "place_header_rows": "表头归位",
    "part_joint_organs": "联合署名",
    "settle_headings": "条目",
    "join_cut_paragraphs": "接合断行",
    "drop_invisible_characters": "去隐形字符",
    "drop_doubled_month": "去重字",
    "widen_punctuation": "全角标点",
    "unify_number_brackets": "六角括号",
    "close_up_numbers": "文号空格",
    "close_up_ordinals": "序数空格",
    "close_up_blanks": "去空格",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One source line: as received, as it stands on the page, and why."""

    number: int
    received: str
    edited: str
    changes: tuple[LedgerEntry, ...]


def collate(issue: Issue, document: Document) -> tuple[Row, ...]:
    """Set the lines of a document against the text of its page; blank lines are left out."""
    edited: dict[int, list[str]] = defaultdict(list)
    for block in document.all_blocks():
        for text, line in pieces(block):
            edited[line].append(text)
    changes: dict[int, list[LedgerEntry]] = defaultdict(list)
    for entry in issue.ledger:
        changes[entry.line].append(entry)
    source = issue.source.original.split("\n")
    rows = (
        Row(n, source[n - 1], "".join(edited.get(n, ())), tuple(changes.get(n, ())))
        for n in range(document.lines.first, document.lines.last + 1)
    )
    return tuple(row for row in rows if row.received.strip())


def render_collation(issue: Issue, document: Document, templates: Path) -> str:
    """Write the page that sets a document's source against its text: plain HTML, no script."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("collation.html.j2").render(
        document=document, source=issue.source, rows=collate(issue, document), names=NAMES
    )
