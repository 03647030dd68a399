"""Tables with merged cells, drawn in a text: tests need them before any file has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import strategies as st

from generator.model import Block, CellSpan, Lines, Paragraph, Table
from generator.stages import normalize
from generator.stages.normalize import BLOCK_RULES
from generator.stages.parse import body
from generator.stages.parse.tab_tables import read_table

_TASKS = "\n".join(
    f"{'生态保护' if n == 1 else '^'}\t{n}\t"
    f"完成第{n}段河道的清淤、护岸和绿化，配套建设管护设施，建立长效机制。\t"
    f"{'市水务局' if n == 1 else '^'}\t市财政局\t2024年{n}月底前"
    for n in range(1, 11)
)
_SCORES = "\n".join(
    "\t".join([f"某县{n}", *(f"{n * k}" for k in range(1, 9))]) for n in range(1, 4)
)
# a header of two rows, a cell over ten rows, nine columns, paragraphs in cells, a form
MERGED = f"""\
某某市人民政府公报

2024年第1期（总第1期）

目录

某某市人民政府关于加强河湖保护的意见 ..... 2

# 某某市人民政府关于加强河湖保护的意见

某府发〔2024〕5号

各区人民政府：

根据《某某市河湖管理办法》（某府发〔2020〕3号），分工如下：

一、任务分工

类别\t序号\t工作任务\t责任单位\t<\t完成时限
^\t^\t^\t牵头单位\t配合单位\t^
{_TASKS}
交通建设\t11\t按《某某市河湖管理办法》（某府发〔2020〕3号）执行。¶加强监管。\t市交通局¶市公安局\t市财政局\t2024年底前

二、考核得分

表1 河湖管护考核得分（依据《某某市河湖管理办法》）

县名\t水质\t<\t<\t<\t岸线\t<\t绿化\t总分
^\t一季度\t二季度\t三季度\t四季度\t长度\t比例\t^\t^
{_SCORES}

注：得分截至2023年底。

三、登记表

基本情况\t名称\t某某河\t照片
^\t长度\t25公里\t^
^\t流域\t某某江\t^
备注\t另附图纸。\t<\t<

某某市人民政府

2024年3月6日
"""

UP, LEFT, PARAGRAPH = "^", "<", "¶"


def drawn(text: str, first: int = 1) -> Table:
    """Read a table whose cells stand between bars, one row a line, from the source line ``first``.

    ``^`` belongs to the cell above, ``<`` to the cell to the left; ``¶`` ends a paragraph.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")]
    spans = tuple(
        CellSpan(r, c, *size)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell not in (UP, LEFT) and (size := _size(rows, r, c)) != (1, 1)
    )
    texts = tuple(
        tuple("" if c in (UP, LEFT) else c.replace(PARAGRAPH, "\n") for c in row) for row in rows
    )
    numbers = range(first, first + len(rows))
    return Table(texts, Lines(first, numbers[-1]), tuple(numbers), spans=spans, is_closed=True)


def _size(rows: Sequence[Sequence[str]], row: int, column: int) -> tuple[int, int]:
    end = row + 1
    while end < len(rows) and rows[end][column] == UP:
        end += 1
    last = column + 1
    while last < len(rows[row]) and rows[row][last] == LEFT:
        last += 1
    return end - row, last - column


@st.composite
def tables(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Table:
    """Make tables of a few rows and columns, with merged cells anywhere."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    rows = [[draw(texts) for _ in range(width)] for _ in range(height)]
    free = {(r, c) for r in range(height) for c in range(width)}
    spans: list[CellSpan] = []
    for row, column in sorted(free):
        size = draw(st.integers(1, height - row)), draw(st.integers(1, width - column))
        span = CellSpan(row, column, *size)
        if size != (1, 1) and free.issuperset(span.places()):
            spans.append(span)
            free.difference_update(span.places())
            for r, c in [*span.places()][1:]:
                rows[r][c] = ""
    lines = tuple(range(1, height + 1))
    header = draw(st.integers(0, height))
    return Table(
        tuple(map(tuple, rows)), Lines(1, height), lines, header, spans=tuple(spans), is_closed=True
    )


def draw(table: Table) -> str:
    """Draw a table as ``drawn`` reads it."""
    covered = {
        place: UP if place[0] > span.row and place[1] == span.column else LEFT
        for span in table.spans
        for place in span.places()
        if place != (span.row, span.column)
    }
    return "\n".join(
        " | ".join(covered.get((r, c), cell.replace("\n", PARAGRAPH)) for c, cell in enumerate(row))
        for r, row in enumerate(table.rows)
    )


def redrawn(table: Table) -> Table:
    """Read a tab-separated table in which cells are drawn as merged."""
    own = drawn("\n".join(" | ".join(row) for row in table.rows))
    return replace(own, lines=table.lines, row_lines=table.row_lines)


@contextmanager
def reading_drawn_tables() -> Iterator[None]:
    """Read tab-separated tables as drawn, a line 表1 … as a caption and a line 注：… as a note.

    It holds in this process alone.
    """

    def name_captions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map(_named, blocks))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body, "read_table", lambda lines: redrawn(read_table(lines)))
        patch.setattr(normalize, "BLOCK_RULES", (name_captions, *BLOCK_RULES))
        yield


def _named(block: Block) -> Block:
    if isinstance(block, Paragraph) and block.text.startswith("表"):
        return replace(block, kind="caption")
    if isinstance(block, Paragraph) and block.text.startswith("注："):
        return replace(block, kind="table_note")
    return block
