"""Tables with merged cells: their headers, their rows, the source lines of their cells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.model import CellLines, CellSpan, Mark
from generator.model.blocks import CellMarks
from generator.model.edits import pieces
from generator.model.tables import (
    closed_rows,
    covered_rows,
    head_depth,
    printed_text,
    repeats_of_head,
    with_texts,
    without_rows,
)
from tests.tables import draw, drawn

HEADED = """
序号 | 工作任务 | 责任单位 | <
^ | ^ | 牵头 | 配合
1 | 清淤 | 市水务局 | 市财政局
2 | 护岸 | ^ | 市林业局
3 | 绿化 | ^ | ^
"""


def test_a_merged_cell_knows_the_places_that_it_takes() -> None:
    span = CellSpan(1, 2, 2, 2)
    assert [*span.places()] == [(1, 2), (1, 3), (2, 2), (2, 3)]
    assert (span.end_row, span.end_column) == (3, 4)


def test_only_the_first_cell_of_a_merged_one_is_listed() -> None:
    table = drawn("甲 | 乙\n^ | 丙")
    assert [*table.cells()] == [(0, 0, "甲"), (0, 1, "乙"), (1, 1, "丙")]


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        (HEADED, 2),
        ("表 | < | <\n甲 | 乙 | 丙\n1 | 2 | 3", 2),  # a title over the header
        ("表 | < | <\n甲 | 乙 | <\n^ | 丙 | 丁\n1 | 2 | 3", 3),
        ("甲 | 乙 | < | <\n^ | 丙 | < | 丁\n^ | 戊 | 己 | ^\n1 | 2 | 3 | 4", 3),
        ("甲 | 乙 | <\n | 丙 | 丁\n1 | 2 | 3", 0),  # no cell over both rows
        ("甲 | 乙 | 丙\n^ | 1 | 2\n^ | 3 | 4", 0),  # a form
        ("甲 | 乙 | <\n^ | 丙 | 丁", 0),  # nothing below
        ("姓名 | 张三 | 照片\n性别 | 男 | ^\n籍贯 | 某地 | <", 0),
    ],
)
def test_merged_cells_show_how_many_rows_a_header_has(text: str, depth: int) -> None:
    assert head_depth(drawn(text)) == depth


def test_rows_are_counted_with_those_that_merged_cells_join() -> None:
    table = drawn("甲 | 乙\n^ | 丙\n丁 | ^\n戊 | 己")
    assert closed_rows(table, 1) == 3
    assert closed_rows(table, 0) == 0


def test_a_dropped_row_shortens_the_merged_cells_over_it_and_moves_those_below() -> None:
    table = replace(
        drawn(HEADED),
        marks=(CellMarks(4, 1, (Mark("invisible", 1, 1, "U+200B"),)),),
        cell_lines=(CellLines(2, 1, ((0, 9),)), CellLines(3, 1, ((0, 10),))),
    )
    kept = without_rows(table, {2})
    assert draw(kept).split("\n")[2:] == ["2 | 护岸 |  | 市林业局", "3 | 绿化 | ^ | ^"]
    assert kept.spans[-2:] == (CellSpan(2, 2, 2, 1), CellSpan(2, 3, 2, 1))
    assert kept.marks[0].row == 3
    assert [cell.row for cell in kept.cell_lines] == [2]
    assert without_rows(table, ()) is table


def test_a_repeated_header_is_found_with_its_merged_cells() -> None:
    head = "\n".join(HEADED.strip().split("\n")[:2])
    again = f"{HEADED.strip()}\n{head}\n4 | 造林 | 市林业局 | 市财政局"
    assert repeats_of_head(drawn(again)) == {5, 6}
    assert not repeats_of_head(drawn(HEADED))
    split = again.replace(
        f"3 | 绿化 | ^ | ^\n{head}", f"{head.replace('<', '')}\n3 | 绿化 | 丙 | 丁"
    )
    assert not repeats_of_head(drawn(split))  # its cells are not merged


def test_a_row_that_merged_cells_cover_is_found() -> None:
    assert covered_rows(drawn("甲 | 乙\n^ | ^\n丙 | 丁")) == {1}
    assert covered_rows(drawn(HEADED)) == set()


def test_the_text_of_a_merged_cell_holds_for_its_rows_not_for_its_columns() -> None:
    table = drawn(HEADED)
    spans = table.span_of_places()
    assert printed_text(table, 4, 2, spans) == "市水务局"
    assert printed_text(table, 4, 3, spans) == "市林业局"
    assert printed_text(table, 0, 3, spans) == ""
    assert printed_text(table, 2, 1, spans) == "清淤"


def test_cells_over_several_lines_give_their_parts_line_by_line() -> None:
    table = replace(
        drawn("序号 | 任务\n1 | 清淤护岸", first=1),
        cell_lines=(CellLines(1, 0, ((0, 2),)), CellLines(1, 1, ((0, 2), (2, 3)))),
    )
    assert [*pieces(table)] == [("序号", 1), ("任务", 1), ("1", 2), ("清淤", 2), ("护岸", 3)]
    side_by_side = replace(
        drawn("清淤护岸 | 市水务局", first=5),
        cell_lines=(CellLines(0, 0, ((0, 5), (2, 6))), CellLines(0, 1, ((0, 5), (2, 6)))),
    )
    assert [*pieces(side_by_side)] == [("清淤", 5), ("市水", 5), ("护岸", 6), ("务局", 6)]
    assert side_by_side.line_at(0, 1, 1) == 5
    assert side_by_side.line_at(0, 1, 2) == 6
    assert table.line_at(0, 0, 1) == 1
    assert side_by_side.source_lines() == [5, 6]


def test_rows_on_one_line_come_one_after_another() -> None:
    table = replace(
        drawn("序号 | 任务\n1 | 清淤护岸\n2 | 绿化"),
        row_lines=(5, 5, 9),
        cell_lines=(CellLines(1, 0, ((0, 5),)), CellLines(1, 1, ((0, 5), (2, 9)))),
    )
    assert "".join(text for text, line in pieces(table) if line == 5) == "序号任务1清淤"
    assert "".join(text for text, line in pieces(table) if line == 9) == "护岸2绿化"
    lines = [line for _, line in pieces(table)]
    assert lines == sorted(lines)


def test_a_merged_cell_beside_rows_is_read_line_by_line() -> None:
    table = replace(
        drawn("清淤 | 市水务局\n护岸 | ^", first=5),
        cell_lines=(CellLines(0, 1, ((0, 5), (2, 6))),),
    )
    assert [piece for piece in pieces(table) if piece[0]] == [
        ("清淤", 5),
        ("市水", 5),
        ("护岸", 6),
        ("务局", 6),
    ]


def test_changed_texts_move_marks_and_lines() -> None:
    table = replace(
        drawn("财 政 部 | 甲"),
        marks=(CellMarks(0, 0, (Mark("invisible", 4, 4, "U+200B"),)),),
        cell_lines=(CellLines(0, 0, ((0, 1), (4, 2))),),
    )
    changed = with_texts(table, (("财政部", "甲"),))
    assert changed.cell_lines[0].breaks == ((0, 1), (2, 2))
    assert changed.marks[0].marks[0].start == 2
