"""Case files: each example gives the result that the file states."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.language.dates import parse_date
from generator.language.document_numbers import DocumentNumber
from generator.language.head_parts import read_number_line
from generator.language.ordinals import parse_ordinal
from generator.language.pinyin import number_id
from generator.model import Block, Reference, Source, Table
from generator.stages.citations import find_citations, find_in_text
from generator.stages.extract import extract
from generator.stages.parse import parse
from generator.stages.parse.history_note import read_history
from generator.stages.read import read
from tests.case_files import ALL, Case, normalized


def spell(blocks: tuple[Block, ...]) -> str:
    parts = []
    for block in blocks:
        if isinstance(block, Table):
            parts.append("\n".join("\t".join(row) for row in block.rows))
        else:
            parts.append(block.text)
    return "\n\n".join(parts)


def run_normalize(case: Case) -> str:
    document = normalized(case.before).documents[0]
    parts = [document.blocks[1:], *(attachment.blocks for attachment in document.attachments)]
    return "\n\n".join(map(spell, filter(None, parts)))


def run_citations(case: Case) -> str:
    found = find_in_text(case.before)
    rows = (
        f"{case.before[c.start : c.end]} | {c.title} | {c.number or ''} | {c.relation}"
        for c in found
    )
    return "\n".join(rows)


def run_parse(case: Case) -> str:
    issue = parse(Source("case/2020-01", case.before, "case.md", "issue.md", "", "utf-8"))
    rows = [f"{e.category} | {e.title} | {e.page}" for e in issue.contents]
    for document in issue.documents:
        rows.append(f"# {document.title}")
        rows += [f"  {line}" for block in document.blocks for line in _spell_kind(block)]
        for attachment in document.attachments:
            rows.append(f"  + {attachment.kind} {attachment.title}")
            rows += [f"    {line}" for block in attachment.blocks for line in _spell_kind(block)]
    return "\n".join(rows)


def _spell_kind(block: Block) -> list[str]:
    """Write the kind of a block, then its text; each row of a table is a line."""
    kind = str(getattr(block, "kind", type(block).__name__.lower()))
    if isinstance(block, Table):
        return [kind, *(f"  {row}" for row in spell((block,)).split("\n"))]
    return [f"{kind} {block.text}"]


def run_read(case: Case) -> str:
    """Write the lines that reading gives: # of a heading, | between cells, a picture's file."""
    rows = []
    for line in read(case.before).lines:
        text = (
            " | ".join(cell.replace("\n", "/") or "_" for cell in line.cells)
            if line.cells
            else line.text
        )
        picture = f"[{line.image}] " if line.image else ""
        rows.append(f"{'#' * line.hashes}{' ' if line.hashes else ''}{picture}{text}".strip())
    return "\n".join(rows)


def run_extract(case: Case) -> str:
    title, _, body = case.before.partition("\n")
    issue = normalized(body, title)
    document = extract(find_citations(issue), None).documents[0]
    if case.rule == "appointments":
        rows = [
            f"{a.action} {a.person} | {a.organisation} | {a.post} | {a.remark}"
            for a in document.appointments
        ]
    elif case.rule == "references":
        rows = [_spell_reference(r) for r in document.references]
    else:
        rows = [
            f"{r.role}{'*' if r.lead else ''} {r.agency} | {r.task} | {r.deadline} | {r.anchor}"
            for r in document.responsibilities
        ]
    return "\n".join(rows)


def _spell_reference(reference: Reference) -> str:
    """Write a reference; what it names in another document, with ? if only the archive can tell."""
    cited = reference.cited
    name = f" | {cited.number or cited.title}" if cited else ""
    named = "".join(f" {anchors[0]}" for anchors in reference.named)
    sure = "?" if reference.by_name else ""
    return f"{reference.text} | {reference.anchor} | {reference.target}{name}{named}{sure}"


def run_relations(case: Case) -> str:
    found = find_in_text(case.before)
    return "\n".join(f"{case.before[c.start : c.end]} {c.relation}" for c in found)


def run_numbering(case: Case) -> str:
    readers: dict[str, Callable[[str], str]] = {
        "document_number": lambda text: str(DocumentNumber.parse(text)),
        "number_line": _spell_number_line,
        "document_id": _spell_id,
        "ordinal": _spell_ordinal,
        "date": parse_date,
        "history": _spell_history,
    }
    return "\n".join(readers[case.rule](line) or "-" for line in case.before.split("\n"))


def _spell_number_line(text: str) -> str:
    number, addressees = read_number_line(text)
    return f"{number} | {addressees}"


def _spell_id(text: str) -> str:
    number = DocumentNumber.parse(text)
    return number_id(number) if number else "-"


def _spell_history(text: str) -> str:
    history = read_history(text)
    return f"{history.number or ''} | {history.issuer} | {history.date}"


def _spell_ordinal(text: str) -> str:
    ordinal = parse_ordinal(text)
    return f"{ordinal.style} {ordinal.number}" if ordinal else "-"


RUNNERS: dict[str, Callable[[Case], str]] = {
    "normalize": run_normalize,
    "citations": run_citations,
    "relations": run_relations,
    "parse": run_parse,
    "read": run_read,
    "extract": run_extract,
    "numbering": run_numbering,
}


@pytest.mark.parametrize("case", ALL, ids=lambda c: f"{c.stage}/{c.rule}.md:{c.line} {c.name}")
def test_a_case_file_states_the_result(case: Case) -> None:
    assert RUNNERS[case.stage](case) == case.after
