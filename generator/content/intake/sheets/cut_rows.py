"""Put together the rows of tables that are cut by the edge of a page or column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.content.intake.sheets.places import Block
from generator.content.intake.sheets.printed_lines import Cell, Row
from generator.content.intake.text import join_pieces

MOST_HEADS = 3  # rows of a head that is printed again
SAME_WIDTH = 0.1  # share by which the parts of a table may differ in width


def join_cut_rows(blocks: Iterable[Block]) -> list[Block]:
    """Move the second part of a row to its first part, above a head that is printed again."""
    joined: list[Block] = []
    head: tuple[Row, ...] = ()  # the rows of the table's first part
    for block in blocks:
        if not (joined and block.rows and joined[-1].rows and _fit(joined[-1], block)):
            head = block.rows
            joined.append(block)
            continue
        n = _repeated(head, block.rows)
        if n < len(block.rows) and _is_cut(joined[-1].rows[-1], block.rows[n]):
            joined[-1] = _with_row(joined[-1], block, n)
            block = _without_row(block, n)
        if block.rows:
            joined.append(block)
    return joined


def _fit(above: Block, below: Block) -> bool:
    first, second = above.rows[-1], below.rows[0]
    width, other = first.area.right - first.area.left, second.area.right - second.area.left
    apart = (above.pieces[-1].page, above.pieces[-1].column) != (
        below.pieces[0].page,
        below.pieces[0].column,
    )
    same = abs(width - other) <= SAME_WIDTH * max(width, other)
    return apart and same and len(first.cells) == len(second.cells)


def _repeated(head: tuple[Row, ...], rows: tuple[Row, ...]) -> int:
    """Count the first rows that are those of the table's head again."""
    n = 0
    while n < min(MOST_HEADS, len(head), len(rows)) and _words(head[n]) == _words(rows[n]):
        n += 1
    return n


def _words(row: Row) -> str:
    return "".join(row.text.split())


def _is_cut(above: Row, below: Row) -> bool:
    """Whether a row goes on: a cell's text does, and the row is not numbered or named again."""
    pairs = list(zip(above.cells, below.cells, strict=True))
    named = bool(above.cells[0].text and below.cells[0].text)
    goes_on = any(one.cut and other.text for one, other in pairs)
    empty = any(bool(one.text) != bool(other.text) for one, other in pairs)
    return goes_on and (empty or len(pairs) == 1) and not (named and not above.cells[0].cut)


def _with_row(block: Block, other: Block, n: int) -> Block:
    last = len(block.rows) - 1
    cells = tuple(
        Cell(join_pieces(one.text, two.text), two.cut or (one.cut and not two.text))
        for one, two in zip(block.rows[-1].cells, other.rows[n].cells, strict=True)
    )
    pieces = [replace(piece, line=last) for piece in other.pieces if piece.line == n]
    rows = (*block.rows[:-1], replace(block.rows[-1], cells=cells))
    text = "\n".join(row.text for row in rows)
    return replace(block, text=text, rows=rows, pieces=(*block.pieces, *pieces))


def _without_row(block: Block, n: int) -> Block:
    rows = (*block.rows[:n], *block.rows[n + 1 :])
    pieces = tuple(
        replace(piece, line=piece.line - (piece.line > n))
        for piece in block.pieces
        if piece.line != n
    )
    return replace(block, text="\n".join(row.text for row in rows), rows=rows, pieces=pieces)
