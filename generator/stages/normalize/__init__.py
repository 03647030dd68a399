"""Repair the damage of scanning by named rules, in a fixed order, each with its case file.

To add a rule: write a function, put its name into TEXT_RULES at the foot of text_rules.py or into
BLOCK_RULES at the foot of block_rules.py, add tests/cases/normalize/<name>.md, run ``make golden``
and read the difference, and run ``make docs`` (docs/add-a-rule.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from generator.language.document_numbers import DocumentNumber
from generator.language.pinyin import number_id
from generator.language.unseen import INVISIBLE, name_of
from generator.model import (
    Attachment,
    Block,
    CellLines,
    CellMarks,
    Correction,
    Diagnostic,
    Document,
    Heading,
    Issue,
    LedgerEntry,
    Lines,
    Mark,
    Masthead,
    Paragraph,
    Table,
    TocEntry,
    with_text,
)
from generator.model.codes import diagnostic
from generator.model.edits import (
    Edit,
    exchanged,
    find_edits,
    line_at,
    move_breaks,
    move_marks,
    move_offsets,
    pieces,
    stretches,
)
from generator.model.outline import number_blocks
from generator.runtime.patterns import lazy_regex
from generator.stages.normalize.block_rules import BLOCK_RULES
from generator.stages.normalize.running_heads import ISSUE_RULES
from generator.stages.normalize.text_rules import (
    REPLACED,
    TEXT_RULES,
    drop_invisible_characters,
    rules_for,
)
from generator.stages.parse import made_entry
from generator.stages.parse.furniture import RunningNames, running_names
from generator.stages.parse.identity import identify

MOST_ROUNDS = 30
LETTER_OR_DIGIT = lazy_regex(r"[^\W_]")

__all__ = ["BLOCK_RULES", "ISSUE_RULES", "MOST_ROUNDS", "TEXT_RULES", "normalize"]


def normalize(issue: Issue) -> Issue:
    """Repair an issue's text by the rules of this module.

    1. Idempotent.
    2. No ideograph, letter or digit is lost, made or moved, except those that the ledger lists.
    3. Levels come from ordinals; numbers stay as printed.
    4. Every block of a document has an anchor, unique in it.
    """
    ledger: list[LedgerEntry] = [*issue.ledger]
    names = running_names(issue.masthead, () if issue.contents_made else issue.contents)
    record = _Record(names, ledger, [])
    documents: list[Document] = []
    taken: set[str] = set()
    for place, document in enumerate(issue.documents, 1):
        repaired = _normalize_document(document, record)
        repaired = replace(repaired, id=_document_id(repaired.number, place, taken))
        taken.add(repaired.id)
        documents.append(repaired)
    if corrected := _corrected_words(issue.source.corrections):
        documents = [d.map_blocks(lambda block: _mark_block(block, corrected)) for d in documents]
    if issue.contents_made:
        contents = tuple(
            made_entry(document, document.entry.category if document.entry else "")
            for document in documents
        )
    else:
        contents = tuple(_normalize_entry(entry, ledger) for entry in issue.contents)
    titles = {entry.place: entry for entry in contents}
    linked = tuple(
        replace(d, entry=titles.get(d.entry.place, d.entry) if d.entry else None) for d in documents
    )
    return replace(
        issue,
        masthead=_normalize_masthead(issue.masthead, ledger),
        contents=contents,
        documents=linked,
        ledger=tuple(ledger),
        diagnostics=(*issue.diagnostics, *record.diagnostics),
    )


class _Record(NamedTuple):
    """What the rules need to know of the issue, and the lists that they add to."""

    names: RunningNames
    ledger: list[LedgerEntry]
    diagnostics: list[Diagnostic]


def _normalize_document(document: Document, record: _Record) -> Document:
    blocks = number_blocks(_normalize_blocks(document.blocks, record), prefix="")
    attached = ((a, _normalize_blocks(a.blocks, record)) for a in document.attachments)
    # an attachment may have had only a page number before the next label
    whole = [(attachment, blocks) for attachment, blocks in attached if blocks]
    attachments = tuple(
        _normalize_attachment(attachment, blocks, n)
        for n, (attachment, blocks) in enumerate(whole, 1)
    )
    return identify(replace(document, blocks=blocks, attachments=attachments))


def _corrected_words(corrections: Iterable[Correction]) -> dict[int, list[tuple[str, Correction]]]:
    """Give, by line, each corrected wording as the page shows it, and its correction."""
    words: dict[int, list[tuple[str, Correction]]] = {}
    for correction in corrections:
        pair = (_apply_text_rules(correction.corrected), correction)
        words.setdefault(correction.line, []).append(pair)
    return words


def _mark_block(block: Block, corrected: Mapping[int, Sequence[tuple[str, Correction]]]) -> Block:
    """Mark the words that an editor corrected, so that the page can show the printed ones."""
    if isinstance(block, Table):
        return block
    marks = [
        Mark("corrected", at, at + len(wanted), correction.printed, correction.of)
        for start, end, line in stretches(block.breaks, len(block.text))
        for wanted, correction in corrected.get(line, ())
        if wanted and block.text.count(wanted, start, end) == 1
        for at in [block.text.find(wanted, start, end)]
    ]
    if not marks:
        return block
    own = sorted({*block.marks, *marks}, key=lambda m: (m.start, -m.end, m.kind))
    return replace(block, marks=tuple(own))


def _normalize_attachment(
    attachment: Attachment, repaired: tuple[Block, ...], place: int
) -> Attachment:
    blocks = number_blocks(repaired, prefix=f"f{place}-")
    texts = (b.text for b in blocks if isinstance(b, Paragraph) and b.kind == "title")
    # a title on the label's own line (附件1 …目录) is part of that block
    title = next(texts, "") or _apply_text_rules(attachment.title)
    return replace(attachment, title=title, blocks=blocks)


def _document_id(number: DocumentNumber | None, place: int, taken: set[str]) -> str:
    wanted = number_id(number) if number else f"{place:02}"
    clashes = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return next(chosen for chosen in chain([wanted], clashes) if chosen not in taken)


def _normalize_entry(entry: TocEntry, ledger: list[LedgerEntry]) -> TocEntry:
    breaks = ((0, entry.lines.first),)
    title, _ = _repair_text(entry.title, breaks, ledger)
    return replace(entry, title=title, category=_apply_text_rules(entry.category))


def _normalize_masthead(masthead: Masthead, ledger: list[LedgerEntry]) -> Masthead:
    breaks = ((0, masthead.lines.first),)
    labelled = ((label, drop_invisible_characters(value)) for label, value in masthead.other)
    return replace(
        masthead,
        title=drop_invisible_characters(masthead.title),
        postcode=drop_invisible_characters(masthead.postcode),
        other=tuple(labelled),
        sponsor=_repair_text(masthead.sponsor, breaks, ledger)[0],
        publisher=_repair_text(masthead.publisher, breaks, ledger)[0],
        address=_repair_text(masthead.address, breaks, ledger)[0],
        phone=_repair_text(masthead.phone, breaks, ledger)[0],
    )


def _normalize_blocks(blocks: tuple[Block, ...], record: _Record) -> tuple[Block, ...]:
    """Apply the rules for blocks and then those for texts, until both change nothing more.

    A rule may need a text that another one repaired: to see that a paragraph continues, or that a
    line is a formula.

    This ends, because whatever a rule changes makes a measure smaller (measure, in fuzz/checks.py):
    the blocks and rows, or with as many of them the characters, or with as many of them those still
    to be replaced (blanks, half-width and misread characters), or with as many of them the headers
    still to be placed and the headings still to be settled. No rule adds a block, a row or a
    character. The second round of a document mostly finds nothing left; the bound is for a faulty
    rule that would change a text again and again, and then a finding says so.
    """
    texts: tuple[Block, ...] = ()  # the blocks after the rules for texts
    for _ in range(MOST_ROUNDS):
        for issue_rule in ISSUE_RULES:
            repaired = issue_rule(blocks, record.names)
            blocks = _entered(issue_rule.__name__, blocks, repaired, record.ledger)
        for rule in BLOCK_RULES:
            blocks = _entered(rule.__name__, blocks, rule(blocks), record.ledger)
        if blocks == texts:
            return blocks
        repaired_ones = set(map(id, texts))
        blocks = texts = tuple(
            block if id(block) in repaired_ones else _repair_block(block, record.ledger)
            for block in blocks
        )
    lines = Lines(blocks[0].lines.first, blocks[-1].lines.last) if blocks else Lines(1, 1)
    message = f"整理规则运行{MOST_ROUNDS}遍后仍有改动，这一部分可能没有整理完，请核对"
    record.diagnostics.append(diagnostic("not-settled", lines, message))
    return blocks


def _entered(
    rule: str, before: tuple[Block, ...], after: tuple[Block, ...], ledger: list[LedgerEntry]
) -> tuple[Block, ...]:
    """Enter the changes of a rule for blocks into the ledger."""
    if after is not before and after != before:
        ledger += _block_entries(rule, before, after)
    return after


def _repair_block(block: Block, ledger: list[LedgerEntry]) -> Block:
    match block:
        case Table():
            return _repair_table(block, ledger)
        case Heading() | Paragraph():
            text, edits_by_rule = _repair_text(block.text, block.breaks, ledger)
            if text == block.text:
                return block
            breaks, marks = block.breaks, block.marks
            for edits in edits_by_rule:
                breaks = move_breaks(breaks, edits)
                marks = move_marks(marks, edits)
            marks = (*marks, *_mark_invisible(block.text, edits_by_rule))
            return with_text(block, text, breaks, marks)


def _repair_table(table: Table, ledger: list[LedgerEntry]) -> Table:
    """Repair the cells of a table, each of their paragraphs by itself."""
    own_lines = table.breaks_of_cells()
    own_marks = {(cell.row, cell.column): cell.marks for cell in table.marks}
    rows: list[tuple[str, ...]] = []
    for r, (row, line) in enumerate(zip(table.rows, table.row_lines, strict=True)):
        texts: list[str] = []
        for c, cell in enumerate(row):
            breaks = own_lines.get((r, c), ((0, line),))
            text, edits_by_rule = _repair_cell(cell, breaks, ledger)
            texts.append(text)
            if text == cell:
                continue
            marks = own_marks.get((r, c), ())
            for edits in edits_by_rule:
                breaks = move_breaks(breaks, edits)
                marks = move_marks(marks, edits)
            if (r, c) in own_lines:
                own_lines[r, c] = breaks
            if marks := (*marks, *_mark_invisible(cell, edits_by_rule)):
                own_marks[r, c] = marks
        rows.append(tuple(texts))
    return replace(
        table,
        rows=tuple(rows),
        marks=tuple(CellMarks(r, c, marks) for (r, c), marks in sorted(own_marks.items())),
        cell_lines=tuple(CellLines(r, c, own) for (r, c), own in sorted(own_lines.items())),
    )


def _repair_cell(
    text: str, breaks: tuple[tuple[int, int], ...], ledger: list[LedgerEntry]
) -> tuple[str, list[tuple[Edit, ...]]]:
    """Apply the rules to the paragraphs of a cell; the second result is as in _repair_text."""
    if "\n" not in text:
        return _repair_text(text, breaks, ledger)
    edits_by_rule: list[tuple[Edit, ...]] = []
    repaired: list[str] = []
    at = start = 0  # where the paragraph begins: as received, and after the edits before it
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        first = (0, line_at(breaks, at))
        inside = ((offset - at, line) for offset, line in breaks if at < offset < end)
        own, by_rule = _repair_text(paragraph, (first, *inside), ledger)
        edits_by_rule += [
            tuple(Edit(start + edit.start, start + edit.end, edit.text) for edit in edits)
            for edits in by_rule
        ]
        repaired.append(own)
        at, start = end + 1, start + len(own) + 1
    return "\n".join(repaired), edits_by_rule


def _repair_text(
    text: str, breaks: tuple[tuple[int, int], ...], ledger: list[LedgerEntry]
) -> tuple[str, list[tuple[Edit, ...]]]:
    """Apply the rules to a text until none changes it, and enter each change into the ledger.

    A later rule may close up the word by which an earlier one reads a figure: ``0. 4个百分 点``.
    The second result is the edits of each rule that moves breaks and marks.
    """
    applied: list[tuple[Edit, ...]] = []
    rules = TEXT_RULES
    for _ in range(MOST_ROUNDS):
        received = text
        rules = rules_for(rules, text)
        for rule in rules:
            repaired = rule(text)
            if repaired == text:
                continue
            # two of three changes only widen punctuation, so that no offset moves
            if len(breaks) == 1 and len(repaired) == len(text):
                taken_out, put_in = exchanged(text, repaired, REPLACED.get(rule))
                if not LETTER_OR_DIGIT.search(taken_out + put_in):
                    ledger.append(LedgerEntry(rule.__name__, breaks[0][1], taken_out, put_in))
                    text = repaired
                    continue
            edits = find_edits(text, repaired)
            ledger += _text_entries(rule.__name__, text, edits, breaks)
            breaks = move_breaks(breaks, edits)
            applied.append(edits)
            text = repaired
        if text == received:
            break
    return text, applied


def _apply_text_rules(text: str) -> str:
    return _repair_text(text, ((0, 1),), [])[0]


def _mark_invisible(text: str, edits_by_rule: Sequence[Sequence[Edit]]) -> tuple[Mark, ...]:
    """Mark the places of removed invisible characters, in the text after all edits."""
    # without such edits no character was removed
    found = [*INVISIBLE.finditer(text)] if edits_by_rule else []
    if not found:
        return ()
    places = [character.start() for character in found]
    for edits in edits_by_rule:
        places = move_offsets(places, edits)
    placed = zip(places, found, strict=True)
    return tuple(Mark("invisible", at, at, name_of(character[0])) for at, character in placed)


def _text_entries(
    rule: str, text: str, edits: Sequence[Edit], breaks: Sequence[tuple[int, int]]
) -> list[LedgerEntry]:
    """List the changes of a rule in a text: one entry for each edit of a letter or digit.

    Edits of blanks and punctuation only are put together to one entry per line.
    """
    if len(breaks) == 1:
        taken_out = "".join([text[edit.start : edit.end] for edit in edits])
        put_in = "".join([edit.text for edit in edits])
        if not LETTER_OR_DIGIT.search(taken_out + put_in):
            return [LedgerEntry(rule, breaks[0][1], taken_out, put_in)]
    entries: list[LedgerEntry] = []
    counted: dict[int, tuple[str, str]] = {}
    for edit in edits:
        line = line_at(breaks, edit.start)
        taken = text[edit.start : edit.end]
        if LETTER_OR_DIGIT.search(taken) or LETTER_OR_DIGIT.search(edit.text):
            entries.append(LedgerEntry(rule, line, taken, edit.text))
        else:
            before, after = counted.get(line, ("", ""))
            counted[line] = (before + taken, after + edit.text)
    entries += [LedgerEntry(rule, line, *both) for line, both in counted.items()]
    return sorted(entries, key=lambda entry: entry.line)


def _block_entries(
    rule: str, before: tuple[Block, ...], after: tuple[Block, ...]
) -> list[LedgerEntry]:
    """List the characters that a rule for blocks changed, and the paragraphs that it joined."""
    untouched = {*map(id, before)} & {*map(id, after)}
    old = _letters_by_line(block for block in before if id(block) not in untouched)
    new = _letters_by_line(block for block in after if id(block) not in untouched)
    entries: list[LedgerEntry] = []
    for line, text in old.items():
        # line by line, because a removed text may equal the text after it
        if text != (kept_text := new.get(line, "")):
            edits = find_edits(text, kept_text)
            entries += _text_entries(rule, text, edits, ((0, line),))
    entries.sort(key=lambda entry: entry.line)
    if len(after) == len(before):  # no rule adds a block
        return entries
    kept = {block.lines.first for block in after}
    joined = [b for b in before if b.lines.first not in kept]
    if not joined:
        return entries
    clues = {
        line: clue
        for block in after
        if not isinstance(block, Table)
        for line, clue in block.evidence.joins
    }
    return entries + [
        LedgerEntry(rule, b.lines.first, _edge(b), "", clues.get(b.lines.first, "")) for b in joined
    ]


def _edge(block: Block) -> str:
    """Give the characters before a block: the end of a line, and the # of a false heading."""
    hashes = 0 if isinstance(block, Table) else block.hashes
    return "\n" + "#" * hashes


def _letters_by_line(blocks: Iterable[Block]) -> dict[int, str]:
    """Give the text of blocks by source line."""
    by_line: dict[int, list[str]] = {}
    for block in blocks:
        for text, line in pieces(block):
            by_line.setdefault(line, []).append(text)
    return {line: "".join(texts) for line, texts in by_line.items()}
