"""Read since when a document is in force, and until when, from its own words."""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.dates import read_date_line, valid_date
from generator.language.event_days import read_events, read_note
from generator.language.validity import Events, Statement, days_of, find_statements
from generator.model import Attachment, Block, Document, OwnTerm, Paragraph, Table
from generator.runtime.patterns import lazy_regex
from generator.stages.citations.names import fold_name, names_of

# the kinds of paragraphs that say nothing about the document's validity
SILENT = frozenset(
    {"title", "number", "history", "addressees", "attachment_note", "signature", "date", "footer",
     "label", "picture", "caption", "table_note"}
)  # fmt: skip
# the text that such a document carries is another's: what it forwards, or what its decision changed
CARRIES_ANOTHER = lazy_regex("转发|转送|转报|修[改订正].*的?决定")
DEEPEST = 9  # quotations inside each other that are told apart
ITEMS = 2  # the level from which an ordinal counts items of a unit: （一）


def find_terms(document: Document) -> tuple[OwnTerm, ...]:
    """Find the days on which a document comes into force and expires, in the order of its page.

    The plan that it makes public speaks for it, other attachments do not. Each kind and day is
    given once, where the text says it; the note under the title counts where no text does.
    """
    events = events_of(document)
    own = [a for a in document.attachments if _speaks(a, document)]
    names = {
        fold_name(document.title),
        *names_of(document.title, document.issuer, tuple(a.title for a in own if a.title)),
    }
    said: list[tuple[str, Statement, str]] = []
    for blocks in (document.blocks, *(attachment.blocks for attachment in own)):
        said += _dated(list(_statements(blocks, names)), events)
    if not any(statement.kind == "effective" for _, statement, _ in said):
        said += _dated(
            [(anchor, s) for anchor, note in _notes(document) for s in read_note(note)], events
        )
    found: dict[tuple[str, str], OwnTerm] = {}
    for anchor, statement, day in said:
        term = OwnTerm(statement.kind, day, anchor, statement.sentence)
        found.setdefault((term.kind, day), term)
    return tuple(term for term in found.values() if term.day)


def _dated(
    said: list[tuple[str, Statement]], events: Events
) -> Iterator[tuple[str, Statement, str]]:
    days = days_of([statement for _, statement in said], events)
    return ((anchor, s, day) for (anchor, s), day in zip(said, days, strict=True))


def events_of(document: Document) -> Events:
    """Give the days of a document's publication, adoption and approval, as far as it prints them.

    A note under the title (题注) names the events of its days; without one, the document's date
    is that of its publication.
    """
    notes = [note for _, note in _notes(document)]
    events = read_events(notes[0]) if notes else {}
    if "published" not in events:
        line = read_date_line(document.first("date"))
        day = valid_date(document.date if not notes else line)
        if day:
            events["published"] = day
    return events


def _notes(document: Document) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.kind == "history":
            yield block.anchor, block.text


def _speaks(attachment: Attachment, document: Document) -> bool:
    """Whether an attachment is the text that the document makes public as its own."""
    if CARRIES_ANOTHER.search(document.title):
        return False
    if attachment.kind == "transmitted":
        return True
    handed_on = {
        fold_name(citation.title)
        for block in document.blocks
        if not isinstance(block, Table)
        for citation in block.citations
        if citation.relation == "transmits" and citation.title
    }
    return bool(attachment.title) and fold_name(attachment.title) in handed_on


def _statements(blocks: tuple[Block, ...], names: set[str]) -> Iterator[tuple[str, Statement]]:
    quoted = 0  # quotation marks that are open from the blocks before
    for block in blocks:
        if isinstance(block, Table) or (isinstance(block, Paragraph) and block.kind in SILENT):
            continue
        text = block.text
        if not quoted or "”" in text:
            begins = "“" * quoted + text
            level = block.level if block.ordinal else 0
            alone = not quoted and (level < ITEMS or block.ordinal.startswith("第"))
            for statement in find_statements(
                begins, lambda title: fold_name(title) in names, alone=alone
            ):
                yield block.anchor, statement
        # each paragraph of a quotation begins with a mark, only the last has the closing one
        opened, closed = text.count("“"), text.count("”")
        if text.startswith("“") and quoted:
            opened -= 1
        quoted = min(max(quoted + opened - closed, 0), DEEPEST)
