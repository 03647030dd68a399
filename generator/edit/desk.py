"""What the desk shows of an issue: its text by source lines, findings, entries of issue.toml."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.content import read_terms
from generator.content.misplaced import MisplacedError
from generator.content.toml_blocks import Value
from generator.edit.acts import Files
from generator.edit.files import text_of
from generator.model import Block, Diagnostic, Document, Heading, Issue, Paragraph, Table
from generator.model.edits import pieces, stretches
from generator.runtime.data import Json, dump
from generator.stages.check.shown import for_editors

ENTRIES = ("correction", "confirmed", "decision", "lift")


@dataclass(frozen=True, slots=True)
class Desk:
    """An issue as it is now."""

    issue: Issue
    findings: tuple[Diagnostic, ...]  # the likeliest first
    entries: tuple[tuple[str, dict[str, Value]], ...]  # of issue.toml: key and values, in its order


def read_desk(folder: Path, issue: Issue, misread: Iterable[Diagnostic]) -> Desk:
    """Put a desk together from an issue as it is now, and the misreadings that were found in it."""
    found = (*issue.diagnostics, *misread)
    listed = for_editors(found, issue.source.text, read_terms(folder.parent))
    return Desk(issue, tuple(listed), tuple(entries_of(folder)))


def still_there(misread: Iterable[Diagnostic], issue: Issue) -> Iterator[Diagnostic]:
    """Give the misreadings of an earlier text whose line still has what they would change."""
    lines = issue.source.text.split("\n")
    confirmed = {(c.code, c.line) for c in issue.source.confirmed}
    for one in misread:
        first = one.lines.first
        has_line = 0 < first <= len(lines) and one.before in lines[first - 1]
        if has_line and (one.code, first) not in confirmed:
            yield one


def entries_of(folder: Path) -> Iterator[tuple[str, dict[str, Value]]]:
    """Give the tables of issue.toml that an editor's acts write."""
    tables = tomllib.loads(text_of(Files(folder).facts))
    for key in ENTRIES:
        for table in tables.get(key, []):
            yield key, table


def misplaced_data(error: MisplacedError) -> Json:
    """Give the entries whose text is elsewhere, with the lines on which it stands now."""
    tables: dict[str, list[dict[str, Value]]] = {}
    for key, values in entries_of(error.folder):
        tables.setdefault(key, []).append(values)
    found: list[Json] = []
    for entry in error.entries:
        listed = tables.get(entry.key, [])
        own = listed[entry.nth] if entry.nth < len(listed) else {}
        found.append(
            {
                "key": entry.key,
                "values": {k: v for k, v in own.items() if isinstance(v, str | int)},
                "message": entry.message,
                "lines": list(entry.elsewhere),
            }
        )
    return found


def finding_id(finding: Diagnostic, line: str) -> str:
    """Name a finding by its words, not by its line: it stays the same where lines move."""
    words = "\0".join((finding.code, finding.before, finding.after, line, finding.message))
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def identified(desk: Desk) -> Iterator[tuple[str, str, Diagnostic]]:
    """Give the findings, each with its id and its line as received."""
    lines = desk.issue.source.original.split("\n")
    for finding in desk.findings:
        first = finding.lines.first
        text = lines[first - 1] if 0 < first <= len(lines) else ""
        yield finding_id(finding, text), text, finding


def desk_data(desk: Desk, known: Iterable[str] = ()) -> Json:
    """Give the desk as data for the page; documents whose digest is known are left out."""
    issue = desk.issue
    documents = [_document(document) for document in issue.documents]
    digests = [_digest(document) for document in documents]
    held = set(known)
    sent = {
        digest: document
        for digest, document in zip(digests, documents, strict=True)
        if digest not in held
    }
    return {
        "name": issue.name,
        "title": issue.masthead.title or issue.name,
        "order": list(digests),
        "documents": dict(sent),
        "findings": [_finding(issue, *one) for one in identified(desk)],
        "entries": [{"key": key, "values": dict(values)} for key, values in desk.entries],
        "paper": list(_paper(issue)),
    }


def source_lines(issue: Issue, first: int, last: int) -> dict[str, Json]:
    """Give lines of the text as received, and as the corrections have them."""
    own = slice(max(first - 1, 0), last)
    lines: list[Json] = list(issue.source.original.split("\n")[own])
    now: list[Json] = list(issue.source.text.split("\n")[own])
    return {"lines": lines, "now": now}


def _finding(issue: Issue, name: str, text: str, finding: Diagnostic) -> Json:
    first, last = finding.lines.first, finding.lines.last
    path, line = issue.source.place_of(first)
    return {
        "id": name,
        "code": finding.code,
        "severity": finding.severity,
        "line": first,
        "last": last,
        "file": Path(path).name if issue.source.parts else "",
        "file_line": line,
        "text": text,
        "message": finding.message,
        "from": finding.before,
        "to": finding.after,
        "confidence": finding.confidence,
    }


def _document(document: Document) -> dict[str, Json]:
    blocks = [*document.blocks]
    parts: list[Json] = [_block(block) for block in blocks]
    for attachment in document.attachments:
        parts.append({"kind": "attachment", "lines": [attachment.lines.first], "pieces": []})
        parts += [_block(block) for block in attachment.blocks]
    return {
        "id": document.id,
        "title": document.title,
        "number": str(document.number or ""),
        "lines": list(range(document.lines.first, document.lines.last + 1)),
        "blocks": parts,
    }


def _block(block: Block) -> Json:
    if isinstance(block, Table):
        return {
            "kind": "table",
            "anchor": block.anchor,
            "lines": [block.lines.first, block.lines.last],
            "rows": [list(row) for row in block.rows],
            "parts": _parts(block),
            "row_lines": list(block.row_lines),
            "header_rows": block.header_rows,
        }
    return {
        "kind": "heading" if isinstance(block, Heading) else block.kind,
        "level": block.level,
        "anchor": block.anchor,
        "lines": [block.lines.first, block.lines.last],
        "pieces": [[line, text] for text, line in pieces(block)],
        "image": block.image if isinstance(block, Paragraph) else "",
    }


def _parts(table: Table) -> Json:
    """Give the cells that take several source lines: row, column, and [line, text] of each part."""
    found: list[Json] = []
    for (row, column), breaks in table.breaks_of_cells().items():
        text = table.rows[row][column]
        own: list[Json] = [
            [line, text[start:end]] for start, end, line in stretches(breaks, len(text))
        ]
        found.append([row, column, own])
    return found


def _paper(issue: Issue) -> Iterator[Json]:
    """Give where lines are on paper: line, sheet, printed page, box."""
    for place in issue.paper.places:
        box: Json = list(place.box) if place.box else None
        yield [place.lines.first, place.page.sheet, place.page.printed, box]


def _digest(document: dict[str, Json]) -> str:
    return hashlib.sha256(dump(document).encode()).hexdigest()[:12]
