"""Values printed as outlines, so that a difference can be read."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Block, Document, Issue, Table


def outline(issue: Issue, *, whole: bool) -> str:
    """One line a value; ``whole`` prints texts whole, else their beginnings."""
    lines = [f"masthead {issue.masthead}"]
    lines += [f"entry {e.lines.first} {e.category} | {e.title} | {e.page}" for e in issue.contents]
    for document in issue.documents:
        lines.append(f"document {document.id} {document.lines.first}-{document.lines.last}")
        lines += [f"  {text}" for text in _facts(document)]
        lines += [f"  {_block(block, whole)}" for block in document.blocks]
        for attachment in document.attachments:
            lines.append(f"  attachment {attachment.kind} {attachment.title}")
            lines += [f"    {_block(block, whole)}" for block in attachment.blocks]
    lines += [f"{d.lines.first} {d.code} {d.severity} {d.message}" for d in issue.diagnostics]
    return "\n".join(lines) + "\n"


def _facts(document: Document) -> Iterator[str]:
    yield f"number {document.number}"
    yield f"issuer {document.issuer}"
    yield f"type {document.type}"
    yield f"date {document.date}"


def _block(block: Block, whole: bool) -> str:
    where = f"{block.anchor or '-'} {block.lines.first}-{block.lines.last}"
    if isinstance(block, Table):
        rows = [" | ".join(row) for row in block.rows]
        return f"table {where} {len(rows)} rows" + (
            "".join(f"\n      {r}" for r in rows) if whole else ""
        )
    kind = getattr(block, "kind", "heading")
    unit = f" [{block.level} {block.ordinal} {block.label}]" if block.ordinal and whole else ""
    return f"{kind} {where}{unit} {block.text if whole else block.text[:24]}"
