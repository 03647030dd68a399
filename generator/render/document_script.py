"""A document as one classic script: what other pages show of it, without opening its page.

The card of a citation and the comparison of two documents read it, over http and from disk. What
changes when another document repeals this one is in it, so that pages that cite this document need
not be built again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.archive.provision_tree import ProvisionTree
from generator.model import Block, Document, Gazette, Heading, Issue, Links, Table, document_url
from generator.model.validity import LABELS, State
from generator.render.amending import Revision, lines_of, revisions_of
from generator.render.issue import own_title
from generator.runtime.data import Json
from generator.runtime.packed import compress

SCRIPT = ".js"  # beside the page: guofa-2016-13.html, guofa-2016-13.js


def document_scripts(
    document: Document, issue: Issue, gazette: Gazette, links: Links
) -> Iterator[tuple[str, str]]:
    """Write a document, and each text that the site made of it by an amending decision, as scripts.

    Gives their names, without a suffix. A script calls ``gazetteDocument`` with its address and its
    data, deflated (docs/data.md has their form).
    """
    state = links.states.get((issue.name, document.id))
    arranged = [one for one in revisions_of(document, issue, links) if one.tree]
    facts: dict[str, Json] = {
        "title": document.title,
        "number": str(document.number or ""),
        "issuer": document.issuer,
        "date": document.date,
        "gazette": gazette.title,
        "issue": own_title(issue),
    }
    own: dict[str, Json] = {
        **facts,
        "state": list(_said(state)),
        "begins": state.awaited if state else "",
        "ends": state.ends if state else "",
        "later": list(_later(state, (issue.name, document.id))),
        "arranged": [[one.arranged, _version(one)] for one in arranged],
        "blocks": list(_blocks(document.all_blocks())),
    }
    yield document.id, _script(f"{issue.name}/{document.id}", own)
    for one in arranged:
        if one.tree:
            data = {**facts, "state": [], "version": f"{_version(one)}，本站整理，不是正式文本"}
            blocks: list[Json] = list(_changed(document, one.tree))
            yield one.arranged, _script(f"{issue.name}/{one.arranged}", {**data, "blocks": blocks})


def _script(name: str, data: dict[str, Json]) -> str:
    return f'gazetteDocument("{name}","{compress(data)}");\n'


def _version(revision: Revision) -> str:
    day = f"（{revision.decision.date}）" if revision.decision.date else ""
    return f"按{revision.name}{day}修改的文本"


def _later(state: State | None, own: tuple[str, str]) -> Iterator[Json]:
    """List what took the place of this document, or may have: page, title, what is said."""
    seen: set[tuple[str, str]] = set()
    for note in state.notes if state else ():
        place = (note.issue, note.document)
        if note.kind in ("superseded", "repealed") and place != own and place not in seen:
            seen.add(place)
            page = document_url(*place).removesuffix(".html")
            yield [page, note.title or note.name, f"{LABELS[note.kind]}：{note.name}"]


def _said(state: State | None) -> Iterator[Json]:
    """Give what is known of a document's validity, the gravest first: kind, label, day, by whom.

    Whether the day is still to come is for the reader's clock to say.
    """
    for note in state.notes if state else ():
        if label := LABELS.get(note.kind):
            yield [note.kind, label, note.day, note.name]


def _blocks(blocks: Iterable[Block]) -> Iterator[Json]:
    """Give the blocks in the order of the page: anchor, kind, text; of a table, its rows."""
    for block in blocks:
        if isinstance(block, Table):
            yield [block.anchor, "table", [list(row) for row in block.rows]]
        else:
            kind = "heading" if isinstance(block, Heading) else block.kind
            yield [block.anchor, kind, block.text]


def _changed(document: Document, tree: ProvisionTree) -> Iterator[Json]:
    """Give the blocks of a document as a decision changes it.

    What is not among its provisions (the notice that transmits them, further annexes) stays.
    """
    lines = lines_of(tree)
    blocks = list(document.all_blocks())
    by_anchor = {block.anchor: block for block in blocks}
    inside = {line.anchor for line in lines}
    places = [n for n, block in enumerate(blocks) if block.anchor in inside]
    first, last = (places[0], places[-1] + 1) if places else (0, 0)
    yield from _blocks(blocks[:first])
    for line in lines:
        old = by_anchor.get(line.anchor)
        if line.is_table:
            yield from _blocks([old] if old else ())
        elif line.after:
            kind = "heading" if line.is_heading else "paragraph"
            kept = old.kind if old and not isinstance(old, Heading | Table) else kind
            yield [line.anchor, kept, line.after]
    yield from _blocks(blocks[last:])
