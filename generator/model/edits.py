"""Find the edits of a rule, and move offsets, line breaks and marks to their new places.

A rule may only remove characters or replace one character by another, so the edits are found in
one pass; one that removes some and replaces others may only put a full-width blank for a blank. Any
other change counts as one edit from the first difference to the last.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.model import Block, Mark, Table, TextBlock, with_text

CHUNK = 256  # characters compared at once to find the next difference
LONG, SHORT = 64, 8  # … in texts of equal length, first so many and then so few


class Edit(NamedTuple):
    """``before[start:end]`` became ``text``; a tuple, as an issue has tens of thousands of them."""

    start: int
    end: int
    text: str


def find_edits(before: str, after: str) -> tuple[Edit, ...]:
    """Find the edits that turn one text into the other, in order, in linear time."""
    if before == after:
        return ()
    if len(before) == len(after):
        return _replaced(before, after)
    return _removed(before, after) or (whole_edit(before, after),)


def whole_edit(before: str, after: str) -> Edit:
    """Give one edit from the first difference of two texts to the last, in linear time."""
    shorter = min(len(before), len(after))
    start = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    back = 0
    while back < shorter - start and before[-1 - back] == after[-1 - back]:
        back += 1
    return Edit(start, len(before) - back, after[start : len(after) - back])


class Replaced(NamedTuple):
    """The characters that a rule replaces, each by the same one wherever it does."""

    pattern: re.Pattern[str]  # matches one of them
    table: Mapping[int, str]  # for str.translate


def exchanged(before: str, after: str, replaced: Replaced | None = None) -> tuple[str, str]:
    """Give the characters that differ in two texts of equal length: the old ones, the new ones."""
    if replaced and not replaced.pattern.search(after):  # all of them were replaced
        old = "".join(replaced.pattern.findall(before))
        return old, old.translate(replaced.table)
    places = _differing(before, after)
    return "".join([before[n] for n in places]), "".join([after[n] for n in places])


def first_difference(one: str, start: int, other: str, begin: int) -> int:
    """Count the characters that are equal in two texts, each read from its own offset."""
    same = 0
    longest = min(len(one) - start, len(other) - begin)
    step = CHUNK
    while same < longest and step:
        a, b = start + same, begin + same
        if one[a : a + step] == other[b : b + step]:
            same += step
        else:  # the difference is among these characters: compare fewer at once
            step //= 4
    return min(same, longest)


def _replaced(before: str, after: str) -> tuple[Edit, ...]:
    return tuple([Edit(n, n + 1, after[n]) for n in _differing(before, after)])


def _differing(before: str, after: str) -> list[int]:
    """List the offsets at which texts of equal length differ; equal stretches cost one compare."""
    if before[SHORT:] == after[SHORT:]:  # behind an ordinal, mostly
        return [n for n in range(min(SHORT, len(before))) if before[n] != after[n]]
    return [
        n
        for long in range(0, len(before), LONG)
        if before[long : long + LONG] != after[long : long + LONG]
        for start in range(long, min(long + LONG, len(before)), SHORT)
        if before[start : start + SHORT] != after[start : start + SHORT]
        for n in range(start, min(start + SHORT, len(before)))
        if before[n] != after[n]
    ]


def _removed(before: str, after: str) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    at = kept = 0
    while at < len(before):
        same = first_difference(before, at, after, kept)
        at, kept = at + same, kept + same
        if at < len(before) and after[kept : kept + 1] == "\u3000" and before[at].isspace():
            edits.append(Edit(at, at + 1, "\u3000"))
            at, kept = at + 1, kept + 1
            continue
        start = at
        while at < len(before) and (kept == len(after) or before[at] != after[kept]):
            at += 1
        if at > start:
            edits.append(Edit(start, at, ""))
    return tuple(edits) if kept == len(after) else ()


def move_offsets(offsets: Iterable[int], edits: Sequence[Edit]) -> list[int]:
    """Move ascending offsets of the old text to the same places in the new text."""
    moved: list[int] = []
    shift = n = 0
    for offset in offsets:
        while n < len(edits) and edits[n].end <= offset:
            shift += len(edits[n].text) - (edits[n].end - edits[n].start)
            n += 1
        inside = n < len(edits) and edits[n].start < offset
        moved.append((edits[n].start if inside else offset) + shift)
    return moved


def move_breaks(
    breaks: tuple[tuple[int, int], ...], edits: Sequence[Edit]
) -> tuple[tuple[int, int], ...]:
    """Move the offsets at which source lines begin to their places after edits."""
    if len(breaks) == 1 or all(len(e.text) == e.end - e.start for e in edits):
        return breaks  # one line, or nothing moved
    offsets = move_offsets((offset for offset, _ in breaks), edits)
    return tuple((o, line) for o, (_, line) in zip(offsets, breaks, strict=True))


def move_marks(marks: tuple[Mark, ...], edits: Sequence[Edit]) -> tuple[Mark, ...]:
    """Move marks to their places after edits; drop a mark if all its text was removed."""
    if not marks:
        return marks
    starts = move_offsets((m.start for m in marks), edits)
    ends = move_offsets((m.end for m in marks), edits)
    moved = zip(marks, starts, ends, strict=True)
    kept = (replace(m, start=a, end=b) for m, a, b in moved)
    return tuple(m for m in kept if m.start < m.end or m.kind == "invisible")


def edited(block: TextBlock, edits: Sequence[Edit]) -> TextBlock:
    """Apply edits to a block that has no number yet, and move its line breaks and marks.

    Edits that change nothing are skipped; if all are skipped, the same block is returned.
    """
    edits = [edit for edit in edits if block.text[edit.start : edit.end] != edit.text]
    if not edits:
        return block
    parts: list[str] = []
    end = 0
    for edit in edits:
        parts += [block.text[end : edit.start], edit.text]
        end = edit.end
    text = "".join([*parts, block.text[end:]])
    return with_text(block, text, move_breaks(block.breaks, edits), move_marks(block.marks, edits))


def edited_at(blocks: Sequence[Block], edits: Mapping[int, Sequence[Edit]]) -> tuple[Block, ...]:
    """Apply edits to blocks, given the edits of each by its index; tables stay as they are."""
    return tuple(
        edited(block, edits[n]) if n in edits and not isinstance(block, Table) else block
        for n, block in enumerate(blocks)
    )


def line_at(breaks: Sequence[tuple[int, int]], offset: int) -> int:
    """Give the source line of an offset; ``breaks`` are (offset, line) of each line's beginning."""
    return breaks[max(bisect_right(breaks, offset, key=lambda b: b[0]) - 1, 0)][1]


def stretches(breaks: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int, int]]:
    """Split a text of some length by its source lines: (start, end, line) of each part."""
    ends = [offset for offset, _ in breaks[1:]] + [length]
    for (start, line), end in zip(breaks, ends, strict=True):
        yield start, end, line


def pieces(block: Block) -> Iterator[tuple[str, int]]:
    """Split a block's text by the source lines that it came from: (text, line) of each part."""
    if isinstance(block, Table):
        if block.cell_lines:
            yield from _pieces_of_cells(block)
        else:
            for row, line in zip(block.rows, block.row_lines, strict=True):
                yield "".join(row), line
        return
    for start, end, line in stretches(block.breaks, len(block.text)):
        yield block.text[start:end], line


class _Part(NamedTuple):
    """A part of a cell: its text on one source line."""

    line: int
    row: int
    column: int
    goes_on: bool  # the cell began on a line above
    text: str


def _pieces_of_cells(table: Table) -> list[tuple[str, int]]:
    """Split the cells of a table by source lines, in the order of the source.

    A line holds the ends of cells that began above it, then rows one after another; or, where a row
    takes several lines, the parts of cells that stand side by side.
    """
    own = table.breaks_of_cells()
    parts = [
        _Part(line, r, c, start > 0, text[start:end])
        for r, row in enumerate(table.rows)
        for c, text in enumerate(row)
        for start, end, line in stretches(own.get((r, c), ((0, table.row_lines[r]),)), len(text))
    ]
    drawn = _drawn_lines(table, [part for part in parts if part.text])
    parts.sort(
        key=lambda part: (
            part.line,
            0 if part.goes_on or part.line in drawn else part.row + 1,
            part.column,
        )
    )
    return [(part.text, part.line) for part in parts]


def _drawn_lines(table: Table, parts: Sequence[_Part]) -> set[int]:
    """Find the lines on which parts of cells stand side by side.

    Each column occurs once; a cell that goes on beside a later row is merged with it.
    """
    columns = Counter((part.line, part.column) for part in parts)
    begun: dict[int, int] = {}  # line → the last row that begins on it
    for part in parts:
        if not part.goes_on:
            begun[part.line] = part.row
    ends = {(span.row, span.column): span.end_row for span in table.spans}
    going_on = [part for part in parts if part.goes_on]
    found = {part.line for part in going_on}
    found -= {line for (line, _), count in columns.items() if count > 1}
    return found - {
        part.line
        for part in going_on
        if begun.get(part.line, 0) >= ends.get((part.row, part.column), part.row + 1)
    }
