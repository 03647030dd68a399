"""Tables that engines mark become tables of the model, with their merged cells."""

from __future__ import annotations

import pytest

from generator.model import Diagnostic, Table
from generator.stages.parse.body import read_blocks
from generator.stages.read import read


def tables(text: str) -> list[Table]:
    return [block for block in read_blocks(read(text).lines) if isinstance(block, Table)]


def spans(table: Table) -> list[tuple[int, int, int, int]]:
    return [(s.row, s.column, s.row_span, s.col_span) for s in table.spans]


def rows_found(text: str) -> list[Diagnostic]:
    return [d for d in read(text).diagnostics if d.code == "table-row"]


MERGED = (
    "<table><tr><td rowspan=2>区县</td><td colspan=2>任务</td></tr>"
    "<tr><td>新建</td><td>改建</td></tr><tr><td>甲区</td><td>1</td><td>2</td></tr></table>"
)


def test_merged_cells_are_told_and_the_cells_that_they_cover_are_empty() -> None:
    (table,) = tables(MERGED)
    assert table.rows == (("区县", "任务", ""), ("", "新建", "改建"), ("甲区", "1", "2"))
    assert spans(table) == [(0, 0, 2, 1), (0, 1, 1, 2)]
    assert table.row_lines == (1, 1, 1)
    assert table.is_closed


def test_the_same_table_over_many_lines_knows_the_line_of_each_cell() -> None:
    (table,) = tables(MERGED.replace("><", ">\n<"))
    assert table.rows == (("区县", "任务", ""), ("", "新建", "改建"), ("甲区", "1", "2"))
    assert table.row_lines == (2, 6, 10)
    assert [(c.row, c.column, c.breaks[0][1]) for c in table.cell_lines][:3] == [
        (0, 0, 3),
        (0, 1, 4),
        (1, 1, 7),
    ]


@pytest.mark.parametrize(
    ("head", "count"),
    [
        ("<thead><tr><td>甲</td></tr><tr><td>乙</td></tr></thead>", 2),
        ("<tr><th>甲</th></tr><tr><th>乙</th></tr>", 2),
        ("<tr><td>甲</td></tr><tr><th>乙</th></tr>", 1),
    ],
)
def test_rows_marked_as_a_header_are_its_header(head: str, count: int) -> None:
    (table,) = tables(f"<table>{head}<tr><td>丙</td></tr></table>")
    assert table.header_rows == count


def test_equal_neighbours_are_never_merged() -> None:
    (table,) = tables("| 任务 | 任务 |\n|---|---|\n| 新建 | 改建 |")
    assert table.rows[0] == ("任务", "任务")
    assert table.spans == ()


def test_a_grid_tells_merged_cells_by_its_borders() -> None:
    (table,) = tables(
        "+------+-------------+\n"
        "| 区县 | 任务        |\n"
        "|      +------+------+\n"
        "|      | 新建 | 改建 |\n"
        "+======+======+======+\n"
        "| 甲区 | 1    | 2    |\n"
        "+------+------+------+\n"
    )
    assert table.rows == (("区县", "任务", ""), ("", "新建", "改建"), ("甲区", "1", "2"))
    assert spans(table) == [(0, 0, 2, 1), (0, 1, 1, 2)]
    assert table.header_rows == 2


def test_cells_that_overlap_or_are_too_wide_cost_nothing_and_are_not_merged() -> None:
    wide = "<td rowspan=1000 colspan=100>甲</td>"
    (table,) = tables(f"<table><tr><td>乙</td><td rowspan=2>丙</td></tr><tr>{wide}</tr></table>")
    assert len(table.rows) == 2
    assert "".join("".join(row) for row in table.rows) == "乙丙甲"
    assert (
        sum(
            len(row) for t in tables(f"<table>{f'<tr>{wide}</tr>' * 300}</table>") for row in t.rows
        )
        < 400_000
    )


def test_two_tables_below_each_other_are_two() -> None:
    one = "<table><tr><td>甲</td></tr></table>"
    assert len(tables(one + one)) == 2
    assert len(tables("| 甲 |\n|---|\n| 1 |\n| 乙 |\n|---|\n| 2 |")) == 2


def test_a_table_below_the_mark_of_a_page_opens_the_page() -> None:
    text = f"{MERGED}\n\n<--- Page Split --->\n\n{MERGED}"
    assert [table.opens_page for table in tables(text)] == [False, True]


def test_a_table_that_repeats_the_head_above_or_counts_on_is_a_piece_of_it() -> None:
    head, rule = "| 序号 | 任务 |", "|---|---|"
    first = f"{head}\n{rule}\n| 1 | 植树 |"

    def opens_page(second: str, between: str = "") -> bool:
        return tables(f"{first}\n\n{between}\n\n{second}")[1].opens_page

    assert opens_page(f"{head}\n{rule}\n| 2 | 养护 |")
    assert opens_page(f"| 2 | 养护 |\n{rule}\n| 3 | 管护 |")
    assert not opens_page(f"| 名称 | 单位 |\n{rule}\n| 甲 | 乙 |")
    assert not opens_page(f"| 序号 | 任务 | 单位 |\n{rule[:-1]}|---|\n| 2 | 养护 | 甲 |")
    assert not opens_page(f"{head}\n{rule}\n| 2 | 养护 |", between="表2 任务")


def test_a_table_in_a_cell_is_lines_of_the_cell() -> None:
    inner = "<table><tr><td>乙</td><td>丙</td></tr></table>"
    (table,) = tables(f"<table><tr><td>甲</td><td>{inner}</td></tr></table>")
    assert table.rows == (("甲", "乙\n丙"),)


def test_a_table_without_an_end_ends_at_a_blank_line() -> None:
    lines = read("<table><tr><td>甲</td></tr>\n<tr><td>乙\n\n第二段。").lines
    assert [line.cells for line in lines] == [("甲",), ("乙",), ()]


@pytest.mark.parametrize(
    ("row", "line"),
    [("| 1 |", 5), ("| 1 | 植树 | 甲局 | 乙局 |", 5)],
)
def test_a_row_with_fewer_or_more_cells_than_its_head_is_reported(row: str, line: int) -> None:
    text = f"第一段。\n\n| 序号 | 任务 | 单位 |\n|---|---|---|\n{row}\n"
    (found,) = rows_found(text)
    assert found.lines.first == line
    assert found.severity == "warning"


@pytest.mark.parametrize("text", [MERGED, "| 甲 | 乙 |\n|---|---|\n| | 1 |", "甲\t乙\n1\n"])
def test_a_row_with_as_many_cells_as_its_head_is_not_reported(text: str) -> None:
    assert rows_found(text) == []
