"""Check the guarantees of the stages for any input; an AssertionError names the broken one.

Fuzzing runs these checks on millions of texts, tests/stages/test_properties.py on the texts that
hypothesis makes. The numbers are those of the guarantees in the stages' docstrings.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from fuzz.words import CORRECTED, HEAD
from generator.content import FACTS_FILE, load
from generator.content.intake.taken import ISSUE_FILE
from generator.language.numerals import MISREAD_DIGITS
from generator.language.ordinals import DEEPEST
from generator.language.unseen import UNSEEN
from generator.model import Block, Citation, Issue, Paragraph, Source, Table
from generator.model.edits import pieces
from generator.model.outline import ITEM_LEVEL, printed_ordinal
from generator.runtime.errors import GazetteError
from generator.stages.check.audit import audit, markup_by_line, signs, without_markup
from generator.stages.citations import find_citations, find_in_text
from generator.stages.normalize import (
    BLOCK_RULES,
    ISSUE_RULES,
    MOST_ROUNDS,
    TEXT_RULES,
    normalize,
)
from generator.stages.normalize.block_rules import settle_headings
from generator.stages.parse import parse
from generator.stages.parse.furniture import RunningNames, running_names
from generator.stages.parse.lines import Line, lift_marks, read_lines

BLANK = re.compile(rf"[\s#{UNSEEN}]")
PLACED = re.compile(r".*/issue\.(?:md|toml):\d+: ")
# letters that may be misread digits, and 曰 for 日
MISREAD = frozenset(MISREAD_DIGITS) | {"曰"}
# characters that a rule may replace: the measure counts ASCII twice, other ones of these once
REPLACED = frozenset("\t\xa0（）［］【】﹝﹞[]()．ｏＯ６０〇○＂＇")
# the one text rule that removes a letter, digit or ideograph; the ledger records it
TAKES_OUT = "drop_doubled_month"
# those that replace a misread letter by the digit that it was, which the ledger records too
RESTORES = frozenset({"restore_numbers", "restore_dates"})
OTHER_RULES = frozenset(rule.__name__ for rule in TEXT_RULES) - {TAKES_OUT} - RESTORES


def read(text: str) -> Issue:
    """Parse a text as if it had been loaded."""
    return parse(Source("some/2020-01", text, ISSUE_FILE, ISSUE_FILE, "", "utf-8"))


def with_head(text: str) -> str:
    """Put contents and a title before a text that has no contents."""
    return text if "目录" in text else HEAD + text


def own_lines(issue: Issue) -> list[int]:
    """List the lines that the values of an issue came from; a line of two values comes twice."""
    masthead = issue.masthead.lines
    claimed = list(range(masthead.first, masthead.last + 1))
    if not issue.contents_made:  # else they are made of the titles
        # two columns of contents share their lines
        claimed += {n for e in issue.contents for n in range(e.lines.first, e.lines.last + 1)}
    claimed += [p.lines.first for p in issue.dividers]
    for document in issue.documents:
        for block in document.all_blocks():
            if isinstance(block, Table):
                claimed += block.source_lines()
            else:
                claimed += [number for _, number in block.breaks]
    return claimed


def check_parse(text: str) -> None:
    """Check the guarantees of parse: total (1), lines (2), documents (3), texts (4)."""
    issue = read(text)
    lines = text.split("\n")
    blank = {n for n, raw in enumerate(lines, 1) if not BLANK.sub("", raw)}
    read_ones = read_lines(text)
    blank |= {*range(1, len(lines) + 1)} - {n for line in read_ones for n in _lines_of(line)}
    claimed = [n for n in own_lines(issue) if n not in blank]
    if issue.documents:
        expected = {n for line in read_ones for n in _lines_of(line)} - blank
        entries = {n for e in issue.contents for n in range(e.lines.first, e.lines.last + 1)}
        assert set(claimed) | entries == expected | entries, "a line belongs to nothing"
    # <br> and a table in one line of HTML break a line into several values
    counts = Counter(line.number for line in read_ones)
    broken = {number for number, count in counts.items() if count > 1}
    dividers = {p.lines.first for p in issue.dividers}
    outside = [n for n in claimed if n not in dividers and n not in broken]
    assert len(outside) == len(set(outside)), "a line belongs to two values"
    codes = [d.code for d in issue.diagnostics]
    missing = codes.count("entry-without-document")
    # what looks like a head above the contents is reported, and stays with the masthead
    above = min((document.lines.first for document in issue.documents), default=0)
    unlisted = sum(
        d.code == "document-without-entry" and d.lines.first >= above for d in issue.diagnostics
    )
    listed = len(issue.documents) - unlisted
    if issue.documents:
        assert listed + missing == len(issue.contents), "contents and text differ without a word"
    assert issue.contents or "no-documents" in codes
    assert issue.contents_made == ("no-contents" in codes)
    starts = [document.lines.first for document in issue.documents]
    assert starts == sorted(starts), "documents are not in the order of the text"
    markup = markup_by_line(issue.ledger)
    for document in issue.documents:
        for block in document.all_blocks():
            for piece, number in pieces(block):
                plain = without_markup(lines[number - 1], markup.get(number, ()))
                received, _ = lift_marks(unicodedata.normalize("NFC", plain))
                cells = piece if not isinstance(block, Table) else piece.replace(" ", "")
                assert _within(cells, received), f"line {number} reads otherwise"


def _lines_of(line: Line) -> list[int]:
    """List the source lines of a line: of the words of a seal, of the cells of a row."""
    cells = (n for _, breaks in line.cell_breaks for _, n in breaks)
    return [line.number, *(n for _, n in line.breaks), *cells]


def _within(piece: str, line: str) -> bool:
    """Whether a line holds the characters of a piece in their order."""
    rest = iter(line)
    return all(char in rest for char in piece if not char.isspace())


def check_normalize(text: str) -> None:
    """Check normalize: idempotent (1), nothing lost or made (2), levels (3), anchors (4)."""
    before = read(with_head(text))
    once = normalize(before)
    twice = normalize(replace(once, ledger=()))
    assert [d.blocks for d in twice.documents] == [d.blocks for d in once.documents]
    assert [d.attachments for d in twice.documents] == [d.attachments for d in once.documents]
    assert twice.contents == once.contents
    assert twice.ledger == (), "a second run changes something"
    assert (faults := audit(once)) == (), faults
    for entry in once.ledger[len(before.ledger) :]:
        if entry.rule in OTHER_RULES:
            assert signs(entry.before) == signs(entry.after), entry
    for document in once.documents:
        anchors = [block.anchor for block in document.all_blocks()]
        assert all(anchors), "a block without an anchor"
        assert len(anchors) == len(set(anchors)), "two blocks with one anchor"
        for block in document.all_blocks():
            _check_level(block)


def measure(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Measure what rules can still change; each rule that changes blocks makes the result smaller.

    In this order, each part counting only between equals in those before it: blocks and rows,
    characters, characters still to be replaced (blanks, half-width and misread ones), headers of
    tables still to be placed, headings still to be settled.
    """
    texts = [text for block in blocks for text in _texts_of(block)]
    rows = sum(len(block.rows) for block in blocks if isinstance(block, Table))
    placed = sum(block.header_rows != 1 for block in blocks if isinstance(block, Table))
    settled = settle_headings(tuple(blocks))
    return (
        len(blocks) + rows,
        sum(map(len, texts)),
        sum(_weight(c) for text in texts for c in text),
        -placed,
        sum(before is not after for before, after in zip(blocks, settled, strict=True)),
    )


def _weight(character: str) -> int:
    """Give how many times a character may still be replaced, at most."""
    if character in MISREAD:
        return 3
    return 2 if character.isascii() else int(character in REPLACED)


def _texts_of(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        for row in block.rows:
            yield from row
    else:
        yield block.text


def check_ending(text: str) -> None:
    """Check that each rule that changes anything makes the measure smaller, in every round."""
    issue = read(with_head(text))
    names = running_names(issue.masthead, issue.contents)
    for document in issue.documents:
        for blocks in (document.blocks, *(a.blocks for a in document.attachments)):
            _check_rounds(blocks, names)


def _check_rounds(blocks: tuple[Block, ...], names: RunningNames) -> None:
    rules: list[tuple[str, Callable[[tuple[Block, ...]], tuple[Block, ...]]]] = [
        *((rule.__name__, partial(_with_names, rule=rule, names=names)) for rule in ISSUE_RULES),
        *((rule.__name__, rule) for rule in BLOCK_RULES),
        *((rule.__name__, partial(_with_texts, rule=rule)) for rule in TEXT_RULES),
    ]
    for _ in range(MOST_ROUNDS):
        begun = blocks
        for name, rule in rules:
            after = rule(blocks)
            if after != blocks:
                assert measure(after) < measure(blocks), f"{name} makes nothing smaller"
            blocks = after
        if blocks == begun:
            return
    msg = "the rules do not end"
    raise AssertionError(msg)


def _with_names(
    blocks: tuple[Block, ...],
    rule: Callable[[tuple[Block, ...], RunningNames], tuple[Block, ...]],
    names: RunningNames,
) -> tuple[Block, ...]:
    return rule(blocks, names)


def _with_texts(blocks: tuple[Block, ...], rule: Callable[[str], str]) -> tuple[Block, ...]:
    """Apply a rule for texts to blocks, as far as the measure looks at them."""
    return tuple(
        replace(block, rows=tuple(tuple(map(rule, row)) for row in block.rows))
        if isinstance(block, Table)
        else replace(block, text=rule(block.text))
        for block in blocks
    )


def _check_level(block: Block) -> None:
    if isinstance(block, Table):
        return
    ordinal = printed_ordinal(block)
    assert (ordinal.text if ordinal else "") == block.ordinal, "an ordinal that is not printed"
    assert block.text.startswith(block.ordinal), "an ordinal that is not printed"
    levels = {ordinal.level, ITEM_LEVEL, 1} if ordinal else {0}
    if ordinal and ordinal.path:  # under 一、 or （一） a decimal unit may be deeper
        levels |= {*range(ordinal.level, DEEPEST + 1)}
    assert block.level in levels, "a level that the ordinal does not give"


def citations_of_block(block: Block) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """Yield each text of a block that can have citations, with its citations."""
    if isinstance(block, Table):
        for cell in block.citations:
            yield block.rows[cell.row][cell.column], cell.citations
    else:
        yield block.text, block.citations


def check_spans(text: str, found: tuple[Citation, ...]) -> None:
    """Check that citations are in order, each inside an earlier one or after it (2)."""
    open_ends: list[int] = []
    start = 0
    for citation in found:
        assert start <= citation.start < citation.end <= len(text), "spans out of order"
        start = citation.start
        while open_ends and open_ends[-1] <= citation.start:
            open_ends.pop()
        assert not open_ends or citation.end <= open_ends[-1], "spans that cross"
        open_ends.append(citation.end)
        for pin in citation.pins:
            assert 0 <= pin.start < pin.end <= len(text), "a pin outside the text"


def without_citations(block: Block) -> Block:
    """Remove the citations of a block."""
    if isinstance(block, Table):  # for mypy: citations of cells have another type
        return replace(block, citations=())
    return replace(block, citations=())


def check_citations(text: str) -> None:
    """Check find_citations: texts (1), spans (2), a document does not cite itself (3)."""
    check_spans(text, find_in_text(text))
    issue = normalize(read(with_head(text)))
    found = find_citations(issue)
    assert (
        replace(found, documents=tuple(d.map_blocks(without_citations) for d in found.documents))
        == issue
    ), "more than citations changed"
    for document in found.documents:
        for block in document.all_blocks():
            silent = isinstance(block, Paragraph) and block.kind in ("title", "number")
            for said, citations in citations_of_block(block):
                check_spans(said, citations)
                assert not (silent and citations), "a title or number that cites"
                own = [c for c in citations if c.number and c.number == document.number]
                assert not own, "a document that cites itself"


def check_corrections(facts: bytes, folder: Path, text: str = CORRECTED) -> None:
    """Check load (2, 3): any issue.toml gives a Source, or an error with file and line."""
    (folder / ISSUE_FILE).write_text(text, "utf-8")
    (folder / FACTS_FILE).write_bytes(facts)
    source = load_or_refuse(folder)
    if source is None:
        return
    received, corrected = source.original.split("\n"), source.text.split("\n")
    for number, (line, now) in enumerate(zip(received, corrected, strict=True), 1):
        wanted = line
        for correction in source.corrections:
            if correction.line == number:
                assert wanted.count(correction.printed) == 1, "not found once"
                wanted = wanted.replace(correction.printed, correction.corrected)
        assert wanted == now, "a line differs from what its corrections make of it"
    assert (faults := audit(normalize(parse(source)))) == (), faults


def load_or_refuse(folder: Path) -> Source | None:
    """Load a folder; None if it is refused with a message that begins with file and line."""
    refusal = ""
    try:
        return load(folder)
    except GazetteError as error:
        refusal = str(error)
    assert PLACED.match(refusal), f"no file and line: {refusal}"
    return None


TEXT_CHECKS: dict[str, Callable[[str], None]] = {
    "parse": check_parse,
    "normalize": check_normalize,
    "ending": check_ending,
    "citations": check_citations,
}
TARGETS = (*TEXT_CHECKS, "corrections")


def check(target: str, data: bytes, folder: Path) -> None:
    """Run one target on the bytes of an input; ``folder`` is for the files that it needs."""
    if target == "corrections":
        check_corrections(data, folder)
    else:
        TEXT_CHECKS[target](data.decode("utf-8", "replace").replace("\0", ""))
