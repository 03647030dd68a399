"""Issue and Links → issue.json, and the JSON file of each document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from generator.archive.fingerprints import passages_of
from generator.archive.summary import Found, citations_of, standards_of
from generator.formats.own_text import LINKED as LINKED
from generator.formats.own_text import text_key as text_key
from generator.model import (
    Attachment,
    Block,
    Document,
    Heading,
    Issue,
    Lines,
    Links,
    Paper,
    Paragraph,
    Resolved,
    Source,
    StateNote,
    Table,
    Target,
    TextBlock,
    document_url,
)
from generator.model.codes import reading_keys
from generator.model.pages import lines_of
from generator.model.provisions import Provisions, provisions_of
from generator.render.amending import revisions_of
from generator.runtime.data import Json, set_out

ISSUE_FILE = "issue.json"
DOCUMENT_FORMAT = "gazette-document/1"
# the facts of the issue that a document's own file repeats
HEAD = ("gazette", "gazette_id", "issue", "year", "number", "total_number")


def issue_data(issue: Issue, links: Links) -> dict[str, Json]:
    """Give the data of an issue, as published beside its pages."""
    documents: list[Json] = [_document(d, issue, links) for d in issue.documents]
    return {
        **_facts(issue),
        "documents": documents,
        **_account(issue, links),
        **_history(issue),
    }


def issue_files(
    issue: Issue, links: Links, before: Mapping[str, bytes] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Encode an issue's data, each document once: a file for each document, then issue.json.

    issue.json is broken into lines, so that two versions can be compared; the files of documents
    are not. ``before`` has the files of documents that did not change: they are not made again.
    """
    before = before or {}
    facts = _facts(issue)
    head = {
        "format": DOCUMENT_FORMAT,
        **{key: facts[key] for key in HEAD},
        "issue_data": ISSUE_FILE,
    }
    documents: list[msgspec.Raw] = []
    for document in issue.documents:
        if document.id in before:
            known = msgspec.json.decode(before[document.id], type=dict[str, msgspec.Raw])
            documents.append(known["document"])
            continue
        encoded = msgspec.Raw(msgspec.json.encode(_document(document, issue, links)))
        documents.append(encoded)
        yield f"{document.id}.json", msgspec.json.encode({**head, "document": encoded}) + b"\n"
    data = {**facts, "documents": documents, **_account(issue, links), **_history(issue)}
    yield ISSUE_FILE, set_out(msgspec.json.encode(data))


def _facts(issue: Issue) -> dict[str, Json]:
    """Give the facts of an issue: its masthead, its source, its printed contents."""
    masthead = issue.masthead
    gazette_id, _, _ = issue.name.partition("/")
    ids = {d.entry.place: d.id for d in issue.documents if d.entry}
    source = issue.source
    return {
        "gazette": masthead.title,
        "gazette_id": gazette_id,
        "issue": issue.folder,
        "year": masthead.year,
        "number": masthead.number,
        "total_number": masthead.total_number,
        "frequency": masthead.frequency,
        "sponsor": masthead.sponsor,
        "publisher": masthead.publisher,
        "address": masthead.address,
        "postcode": masthead.postcode,
        "phone": masthead.phone,
        "source": {
            "file": source.file,
            "sha256": source.sha256,
            "encoding": source.encoding,
            "lines": len(source.text.splitlines()),
            **_files(source),
        },
        "received": [
            {"file": r.file, "sha256": r.sha256, "engine": r.engine, "version": r.version}
            for r in source.came_as
        ],
        "contents": [
            {
                "category": entry.category,
                "title": entry.title,
                "page": entry.page,
                "line": entry.lines.first,
                "document": ids.get(entry.place),
                **({"made": True} if issue.contents_made else {}),
            }
            for entry in issue.contents
        ],
    }


def _files(source: Source) -> dict[str, Json]:
    """List the files of an issue that came in several; the lines of all count through."""
    files: list[Json] = [
        {
            "name": part.name,
            "sha256": part.sha256,
            "encoding": part.encoding,
            "first": part.first,
            "lines": part.lines,
        }
        for part in source.parts
    ]
    return {"files": files} if files else {}


def _place(source: Source, line: int) -> dict[str, Json]:
    """Name the file of a line and its number there, if the issue came in several files."""
    part = source.part_of(line)
    return {"file": part.name, "file_line": line - part.first + 1} if part else {}


def _account(issue: Issue, links: Links) -> dict[str, Json]:
    """Give the ledger (all changes to the text) and the diagnostics for editors."""
    return {
        "ledger": [
            {
                "rule": e.rule,
                "line": e.line,
                "before": e.before,
                "after": e.after,
                **({"clue": e.clue} if e.clue else {}),
            }
            for e in issue.ledger
        ],
        "diagnostics": [
            {
                "code": d.code,
                "severity": d.severity,
                "line": d.lines.first,
                "last_line": d.lines.last,
                "message": d.message,
                **reading_keys(d),
                **_place(issue.source, d.lines.first),
            }
            for d in (*issue.diagnostics, *links.diagnostics.get(issue.name, ()))
        ],
    }


def _history(issue: Issue) -> dict[str, Json]:
    """Give former addresses and earlier readings, each key only if there are any."""
    formers: list[Json] = [
        {
            "id": former.id,
            "title": former.title,
            "document": former.to or None,
            "anchors": dict(former.anchors),
            "withdrawn": former.why or None,
            "date": former.date or None,
        }
        for former in issue.formers
    ]
    earlier: list[Json] = [
        {
            "document": r.document,
            "anchor": r.anchor or None,
            "text": r.text,
            "until": r.until or None,
        }
        for r in issue.earlier
    ]
    return {
        **({"formers": formers} if formers else {}),
        **({"earlier": earlier} if earlier else {}),
    }


def _document(document: Document, within: Issue, links: Links) -> Json:
    issue = within.name
    part = within.source.part_of(document.lines.first)
    texts = [b for b in document.all_blocks() if not isinstance(b, Table)]
    own = (issue, document.id)
    tree = provisions_of(document)
    return {
        "id": document.id,
        "url": document_url(issue, document.id),
        "category": document.entry.category if document.entry else "",
        "page": document.entry.page if document.entry else None,
        "title": document.title,
        "number": str(document.number) if document.number else None,
        "issuer": document.issuer or None,
        "type": document.type or None,
        "addressees": document.addressees or None,
        "signature": document.signature or None,
        "date": document.date or None,
        "lines": _lines(document.lines),
        **({"file": part.name} if part else {}),
        "outline": [_unit(block, tree) for block in texts if block.ordinal],
        "blocks": [_block(block, within, tree) for block in document.blocks],
        "attachments": [_attachment(one, within, tree) for one in document.attachments],
        "appointments": msgspec.to_builtins(document.appointments),
        "responsibilities": msgspec.to_builtins(document.responsibilities),
        "terms": msgspec.to_builtins(document.terms),
        "state": [_note(note) for note in _notes(links, own)],
        "citations": [
            _citation(found, links.lookup(issue, document.id, found.citation), own)
            for found in citations_of(document)
        ],
        "references": [*_references(document, issue, links)],
        "cited_by": [
            {
                "gazette": place.issue.partition("/")[0],
                "issue": place.issue.rpartition("/")[2],
                "document": place.document,
                "anchor": place.anchor,
                "text": place.text,
                "relation": place.relation,
                "sentence": place.sentence,
                "parts": list(place.parts),
            }
            for place in links.cited_by.get((issue, document.id), ())
        ],
        **_amendments(document, within, links),
        **_printings(document, issue, links),
        **_standards(document),
        **({"aliases": dict(document.aliases)} if document.aliases else {}),
    }


def _notes(links: Links, document: tuple[str, str]) -> tuple[StateNote, ...]:
    state = links.states.get(document)
    return state.notes if state else ()


def _note(note: StateNote) -> Json:
    return {
        "kind": note.kind,
        "day": note.day or None,
        "sentence": note.sentence or None,
        "gazette": note.issue.partition("/")[0],
        "issue": note.issue.rpartition("/")[2],
        "document": note.document,
        "title": note.title,
        "number": note.number or None,
        "anchor": note.anchor or None,
        "url": document_url(note.issue, note.document),
    }


def _amendments(document: Document, issue: Issue, links: Links) -> dict[str, Json]:
    """Give what a document changes in others, and what others change in it; keys only if any."""
    targets = links.amends.get((issue.name, document.id)) or (None,) * len(document.amendments)
    own: list[Json] = [
        {
            "kind": one.kind,
            "work": {"title": one.work.title, "number": one.work.number or None},
            "provision": one.provision.name,
            "position": one.position or None,
            "old": list(one.old),
            "new": list(one.new),
            "to": one.to.name if one.to else None,
            "others": [other.name for other in one.others],
            "anchor": one.anchor,
            "line": one.line,
            "sentence": one.sentence,
            "target": _target(target, "") if target else None,
        }
        for one, target in zip(document.amendments, targets, strict=True)
    ]
    by_others: list[Json] = [
        {
            "gazette": revision.decision.issue.partition("/")[0],
            "issue": revision.decision.issue.rpartition("/")[2],
            "document": revision.decision.document,
            "title": revision.decision.title,
            "number": revision.decision.number or None,
            "date": revision.decision.date or None,
            "operations": [
                {
                    "kind": one.kind,
                    "provision": one.provision.name,
                    "anchor": anchor or None,
                    "source": one.anchor,
                    "sentence": one.sentence,
                }
                for one, anchor in revision.decision.operations
            ],
            "arranged": f"{revision.arranged}.html" if revision.arranged else None,
            "not_arranged": list(revision.reasons),
        }
        for revision in revisions_of(document, issue, links)
    ]
    return {
        **({"amendments": own} if own else {}),
        **({"amended_by": by_others} if by_others else {}),
    }


def _standards(document: Document) -> dict[str, Json]:
    """List the standards that a document cites; the key only if it cites any."""
    cited: list[Json] = [
        {
            "standard": one.name,
            "id": one.id,
            "title": one.title or None,
            "text": one.text,
            "anchor": one.anchor,
            "line": one.line,
        }
        for one in standards_of(document)
    ]
    return {"standards": cited} if cited else {}


def _printings(document: Document, issue: str, links: Links) -> dict[str, Json]:
    """Give the work that a document is one of several printings of; the key only if it is."""
    work = links.printings.get((issue, document.id))
    if work is None:
        return {}
    passages = passages_of(document)
    others: list[Json] = [
        {
            "gazette": other.issue.partition("/")[0],
            "issue": other.issue.rpartition("/")[2],
            "document": other.document,
            "url": other.url,
            "page": other.page,
            # where the text of this document is not that of the other
            "differences": [
                {
                    "anchors": [passage.anchor for passage in passages[slice(*one.own)]],
                    "passages": one.other[1] - one.other[0],
                }
                for one in other.differences
            ],
        }
        for other in work.others
    ]
    about: dict[str, Json] = {"work": work.work, "url": f"{work.path}.html", "others": others}
    return {"printings": about}


def _lines(lines: Lines) -> list[Json]:
    return [lines.first, lines.last]


def _unit(block: TextBlock, tree: Provisions) -> Json:
    return {
        "anchor": block.anchor,
        "level": block.level,
        "ordinal": block.ordinal,
        "label": block.label,
        "run_in": isinstance(block, Paragraph),
        "line": block.lines.first,
        **_provision(block, tree),
    }


def _provision(block: Block, tree: Provisions) -> dict[str, Json]:
    """Name the provision (条, 款, 项, 目) that a block is; the key only inside articles."""
    place = tree.places.get(block.anchor)
    return {"provision": place.label} if place and place.article else {}


def _block(block: Block, issue: Issue, tree: Provisions) -> Json:
    match block:
        case Table():
            return {
                "kind": "table",
                "anchor": block.anchor,
                "rows": [list(row) for row in block.rows],
                "header_rows": block.header_rows,
                "spans": [[s.row, s.column, s.row_span, s.col_span] for s in block.spans],
                "lines": _lines(block.lines),
                **_drawn(block, issue),
                **_on_paper(block, issue.paper),
            }
        case Heading() | Paragraph():
            image = block.image if isinstance(block, Paragraph) else ""
            return {
                "kind": block.kind if isinstance(block, Paragraph) else "heading",
                "anchor": block.anchor,
                "text": block.text,
                **_provision(block, tree),
                **({"image": image} if image else {}),
                "lines": _lines(block.lines),
                **_drawn(block, issue),
                **_on_paper(block, issue.paper),
            }


def _drawn(block: Block, issue: Issue) -> dict[str, Json]:
    """Give the MathML of the formulas that a block has in one line; the key only if it has any."""
    if not issue.source.formulas:
        return {}
    lines = {*lines_of(block)}
    drawn: list[Json] = [each.mathml for each in issue.source.formulas if each.line in lines]
    return {"mathml": drawn} if drawn else {}


def _on_paper(block: Block, paper: Paper) -> dict[str, Json]:
    """Give the pages of a block: printed numbers, sheets, boxes; each key only if it is known."""
    if not paper.places:
        return {}
    pages = paper.pages_of(block)
    printed: list[Json] = [page.printed for page in pages if page.printed]
    sheets: list[Json] = [page.sheet for page in pages if page.sheet]
    boxes: list[Json] = [
        {"page": place.page.sheet, "box": list(place.box)}
        for place in paper.boxes_of(block)
        if place.box
    ]
    return {
        **({"pages": printed} if printed else {}),
        **({"sheets": sheets} if sheets else {}),
        **({"boxes": boxes} if boxes else {}),
    }


def _attachment(attachment: Attachment, issue: Issue, tree: Provisions) -> Json:
    return {
        "kind": attachment.kind,
        "title": attachment.title,
        "lines": _lines(attachment.lines),
        "blocks": [_block(block, issue, tree) for block in attachment.blocks],
    }


def _citation(found: Found, resolved: Resolved, own: tuple[str, str]) -> Json:
    citation, target = found.citation, resolved.target
    is_self = bool(target and (target.issue, target.document) == own)
    relation = "self" if is_self and citation.relation != "transmits" else citation.relation
    pin = next(filter(None, (resolved.part(pin.anchors) for pin in citation.pins)), "")
    return {
        "text": found.printed,
        "title": citation.title or None,
        "number": str(citation.number) if citation.number else None,
        "relation": relation,
        "anchor": found.anchor,
        "line": found.line,
        "target": _target(target, pin) if target else None,
        "work": resolved.work,
        "elsewhere": resolved.elsewhere.url if resolved.elsewhere else None,
        "title_differs": resolved.differs,
        **({"by_title": True} if resolved.by_title else {}),
        **({"namesake": _target(resolved.namesake, "")} if resolved.namesake else {}),
    }


def _target(target: Target, pin: str) -> Json:
    gazette, _, issue = target.issue.partition("/")
    return {
        "gazette": gazette,
        "issue": issue,
        "document": target.document,
        "anchor": pin or target.anchor,
        "url": target.url,
    }


def _references(document: Document, issue: str, links: Links) -> Iterator[Json]:
    for reference in document.references:
        cited = reference.cited
        found = links.lookup(issue, document.id, cited) if cited else None
        if reference.by_name and not (found and found.target):
            continue
        pin = found.part(reference.named[0]) if found and reference.named else ""
        yield {
            "text": reference.text,
            "anchor": reference.anchor,
            "line": reference.line,
            "target": reference.target or None,
            "work": found.work if found and not reference.by_name else None,
            **({"leads_to": _target(found.target, pin)} if pin and found and found.target else {}),
        }
