"""Rules for tables with merged cells: pieces over page edges, headers, texts, responsibilities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import (
    Block,
    CellLines,
    CellSpan,
    Document,
    LedgerEntry,
    Lines,
    Paragraph,
    Table,
)
from generator.model.edits import pieces
from generator.model.outline import number_blocks
from generator.model.tables import closed_rows
from generator.stages.check.audit import restores, signs
from generator.stages.extract.responsibilities import find_responsibilities
from generator.stages.normalize import _normalize_blocks, _Record
from generator.stages.normalize.furniture import drop_page_furniture
from generator.stages.normalize.table_heads import place_header_rows
from generator.stages.normalize.table_pieces import merge_table_pieces
from generator.stages.parse.furniture import RunningNames
from tests.tables import draw, drawn, tables

HEAD = "序号 | 工作任务 | 责任单位 | <\n^ | ^ | 牵头 | 配合"


def paragraph(text: str, line: int, kind: str = "paragraph") -> Paragraph:
    return Paragraph(text, Lines(line, line), ((0, line),), kind=kind)  # type: ignore[arg-type]


def on_next_page(text: str, first: int) -> Table:
    return replace(drawn(text, first), opens_page=True)


def settled(blocks: tuple[Block, ...], ledger: list[LedgerEntry]) -> tuple[Block, ...]:
    """Apply all rules until they change nothing more."""
    return _normalize_blocks(blocks, _Record(RunningNames(), ledger, []))


def merge(above: str, below: str) -> list[str]:
    """Draw what becomes of two tables with a page edge between them."""
    first = drawn(above)
    blocks = merge_table_pieces((first, on_next_page(below, len(first.rows) + 2)))
    assert merge_table_pieces(blocks) == blocks
    return [draw(block) for block in blocks if isinstance(block, Table)]


def test_tables_after_each_other_are_two_if_their_ends_are_marked() -> None:
    blocks = (drawn("序号 | 任务\n1 | 甲"), drawn("序号 | 任务\n2 | 乙", 4))
    assert merge_table_pieces(blocks) == blocks


def test_a_page_edge_or_a_word_between_them_joins_them() -> None:
    assert merge("序号 | 任务\n1 | 甲", "序号 | 任务\n2 | 乙") == ["序号 | 任务\n1 | 甲\n2 | 乙"]
    assert merge("序号 | 任务\n1 | 甲", "2 | 乙") == ["序号 | 任务\n1 | 甲\n2 | 乙"]
    marked = (drawn("序号 | 任务\n1 | 甲"), paragraph("续表", 3), drawn("2 | 乙", 4))
    (whole,) = merge_table_pieces(marked)
    assert isinstance(whole, Table)
    assert whole.lines == Lines(1, 4)
    titled = (marked[0], paragraph("续表1", 3, "caption"), marked[2])
    assert len(merge_table_pieces(titled)) == 1


def test_a_page_number_between_them_is_a_page_edge() -> None:
    blocks: tuple[Block, ...] = (
        drawn("序号 | 任务\n1 | 甲"),
        paragraph("— 12 —", 3),
        drawn("2 | 乙", 5),
    )
    assert len(merge_table_pieces(drop_page_furniture(blocks))) == 1


@pytest.mark.parametrize(
    "below",
    ["序号 | 单位\n1 | 丙", "1 | 乙 | 丙", "单位 | 得分 | <\n^ | 日常 | 年终\n甲县 | 1 | 2"],
)
def test_another_table_on_the_next_page_stays_apart(below: str) -> None:
    width = below.split("\n")[0].count("|")
    above = "序号 | 任务" + " | 时限" * (width - 1) + "\n1 | 甲" + " | 年底" * (width - 1)
    if width == 2 and below.startswith("1"):
        above = "序号 | 任务\n1 | 甲"
    assert merge(above, below) == [above, below]


def test_a_repeated_merged_header_is_dropped_in_whole() -> None:
    above, below = f"{HEAD}\n1 | 清淤 | 甲局 | 乙局", f"{HEAD}\n2 | 护岸 | 丙局 | <"
    assert merge(above, below) == [f"{above}\n2 | 护岸 | 丙局 | <"]


def test_a_merged_header_that_the_engine_repeats_inside_a_table_is_dropped() -> None:
    table = drawn(f"{HEAD}\n1 | 清淤 | 甲局 | 乙局\n续表 | < | < | <\n{HEAD}\n2 | 护岸 | 丙局 | <")
    (whole,) = merge_table_pieces((table,))
    assert isinstance(whole, Table)
    assert draw(whole) == f"{HEAD}\n1 | 清淤 | 甲局 | 乙局\n2 | 护岸 | 丙局 | <"


def test_a_merged_cell_that_a_page_cut_is_one_again() -> None:
    above = "序号 | 任务 | 单位\n1 | 甲 | 市水务局\n2 | 乙 | ^"
    assert merge(above, "3 | 丙 | \n4 | 丁 | ^") == [f"{above}\n3 | 丙 | ^\n4 | 丁 | ^"]
    # one that began in the last row
    above = "序号 | 任务 | 单位\n1 | 甲 | 市水务局"
    assert merge(above, "3 | 丙 | \n4 | 丁 | ^") == [f"{above}\n3 | 丙 | ^\n4 | 丁 | ^"]


def test_a_leading_merged_cell_takes_the_empty_ones_below_the_page() -> None:
    above = "类别 | 任务\n生态 | 甲\n^ | 乙"
    assert merge(above, " | 丙\n | 丁\n交通 | 戊") == [f"{above}\n^ | 丙\n^ | 丁\n交通 | 戊"]
    three = merge_table_pieces(
        (drawn(above), on_next_page(" | 丙\n | 丁", 6), on_next_page(" | 戊\n文化 | 己", 9))
    )
    assert [draw(t) for t in three if isinstance(t, Table)] == [
        f"{above}\n^ | 丙\n^ | 丁\n^ | 戊\n文化 | 己"
    ]


def test_an_empty_cell_that_may_be_empty_in_print_stays_empty() -> None:
    above = "序号 | 任务 | 单位\n1 | 甲 | 市水务局\n2 | 乙 | ^"
    assert merge(above, "3 | 丙 | ") == [f"{above}\n3 | 丙 | "]
    # the text again is another cell: equal texts are never merged by guess
    again = "3 | 丙 | 市水务局\n4 | 丁 | ^"
    assert merge(above, again) == [f"{above}\n{again}"]
    # another shape
    assert merge(above, "3 |  | <\n4 | ^ | <") == [f"{above}\n3 |  | <\n4 | ^ | <"]


def test_a_row_that_a_page_cut_is_one_again() -> None:
    above = "序号 | 任务 | 单位\n1 | 甲做好。 | 市水务局\n2 | 推进（一期 | 市财"
    below = " | 工程）。 | 政局\n3 | 丙做好。 | 乙局"
    assert merge(above, below) == [
        "序号 | 任务 | 单位\n1 | 甲做好。 | 市水务局\n2 | 推进（一期工程）。 | 市财政局\n"
        "3 | 丙做好。 | 乙局"
    ]
    (whole,) = merge_table_pieces((drawn(above), on_next_page(below, 6)))
    assert [*pieces(whole)][6:] == [
        ("2", 3),
        ("推进（一期", 3),
        ("市财", 3),
        ("工程）。", 6),
        ("政局", 6),
        ("3", 7),
        ("丙做好。", 7),
        ("乙局", 7),
    ]


def test_a_text_without_the_full_stop_of_its_column_was_cut() -> None:
    rows = "序号 | 任务\n1 | 甲完成。\n2 | 乙完成。\n3 | 推进旅游业与新"
    assert merge(rows, " | 型工业化融合。\n4 | 丁完成。") == [rows + "型工业化融合。\n4 | 丁完成。"]
    whole = rows + "型工业化融合。"
    assert merge(whole, " | 另有一段。") == [f"{whole}\n | 另有一段。"]


def test_a_cut_row_keeps_its_merged_cells() -> None:
    above = "类别 | 任务 | 单位\n生态 | 甲。 | 市水务局\n^ | 推进（一期 | ^"
    below = " | 工程）。 | \n^ | 丁。 | ^\n交通 | 戊。 | 乙局"
    assert merge(above, below) == [
        "类别 | 任务 | 单位\n生态 | 甲。 | 市水务局\n^ | 推进（一期工程）。 | ^\n^ | 丁。 | ^\n"
        "交通 | 戊。 | 乙局"
    ]


def test_a_row_wholly_under_merged_cells_is_dropped() -> None:
    (table,) = merge_table_pieces((drawn("甲 | 乙\n丙 | 丁\n^ | ^\n戊 | 己"),))
    assert isinstance(table, Table)
    assert draw(table) == "甲 | 乙\n丙 | 丁\n戊 | 己"


@pytest.mark.parametrize(
    ("text", "header"),
    [
        (f"{HEAD}\n1 | 清淤 | 甲局 | 乙局", 2),
        ("责任分工表 | < | <\n序号 | 任务 | 单位\n1 | 甲 | 乙", 2),
        ("序号 | 任务 | 单位\n1 | 甲 | 乙局\n2 | 丙 | ^", 1),
        ("姓名 | 张三 | 照片\n性别 | 男 | ^\n籍贯 | 某地 | <", 0),
        ("基本情况 | 姓名 | 张三\n^ | 性别 | 男\n^ | 籍贯 | 某地", 0),
        ("单位 | 得分 | <\n | 日常 | 年终\n甲县 | 1 | 2", 2),
    ],
)
def test_merged_cells_place_the_header(text: str, header: int) -> None:
    (table,) = place_header_rows((drawn(text),))
    assert isinstance(table, Table)
    assert table.header_rows == header
    assert place_header_rows((table,)) == (table,)


def test_a_header_that_the_source_marks_ends_with_its_merged_cells() -> None:
    marked = replace(drawn("甲 | 乙\n丙 | 丁\n^ | 戊\n己 | 庚"), header_rows=2)
    (table,) = place_header_rows((marked,))
    assert isinstance(table, Table)
    assert table.header_rows == 3


def test_cells_of_a_marked_table_are_never_moved() -> None:
    lost = "单位 | 得分 | \n日常 | 年终 | \n甲县 | 1 | 2"
    (table,) = place_header_rows((drawn(lost),))
    assert isinstance(table, Table)
    assert draw(table) == lost


def test_the_paragraphs_of_a_cell_are_repaired_one_by_one() -> None:
    table = replace(
        drawn("序号 | 任务\n1 | (一) 清 淤;¶(二) 护岸,\u200b绿化"),
        cell_lines=(CellLines(1, 1, ((0, 2), (9, 3))),),
    )
    (repaired,) = settled((table,), [])
    assert isinstance(repaired, Table)
    assert repaired.rows[1][1] == "（一）清淤；\n（二）护岸，绿化"
    assert repaired.cell_lines == (CellLines(1, 1, ((0, 2), (7, 3))),)
    (mark,) = repaired.marks
    assert (mark.row, mark.column, mark.marks[0].start) == (1, 1, 13)
    assert settled((repaired,), []) == (repaired,)


def test_a_caption_and_a_note_have_the_number_of_their_table() -> None:
    blocks = (
        paragraph("表1 任务分工", 1, "caption"),
        drawn("甲 | 乙\n丙 | 丁", 2),
        paragraph("注：数据截至年底。", 4, "table_note"),
        paragraph("注：不含县级。", 5, "table_note"),
        drawn("甲 | 乙\n丙 | 丁", 6),
    )
    anchors = [block.anchor for block in number_blocks(blocks, "f1-")]
    assert anchors == ["f1-t1-caption", "f1-t1", "f1-t1-note", "f1-t1-note-b2", "f1-t2"]


def duties(text: str) -> list[tuple[str, str, str, str]]:
    blocks = number_blocks(place_header_rows((drawn(text),)), "")
    document = Document("01", None, "", None, "", "", "", Lines(1, 9), blocks)
    return [(r.agency, r.role, r.task, r.anchor) for r in find_responsibilities(document, {})]


def test_the_agency_of_a_merged_cell_holds_for_all_its_rows() -> None:
    assert duties("工作任务 | 负责单位\n清淤 | 市水务局\n护岸 | ^\n造林 | 市林业局") == [
        ("市水务局", "负责单位", "清淤", "t1-r1"),
        ("市水务局", "负责单位", "护岸", "t1-r2"),
        ("市林业局", "负责单位", "造林", "t1-r3"),
    ]


def test_a_merged_header_names_the_role_of_each_column() -> None:
    text = "工作任务 | 责任分工 | <\n^ | 牵头单位 | 配合单位\n清淤 | 市水务局 | 市财政局"
    assert duties(text) == [
        ("市水务局", "牵头单位", "清淤", "t1-r1"),
        ("市财政局", "配合单位", "清淤", "t1-r1"),
    ]
    text = "工作任务 | 责任单位 | <\n^ | 市级 | 县级\n清淤 | 市水务局 | 某县人民政府"
    assert [role for _, role, _, _ in duties(text)] == ["责任单位", "责任单位"]


def test_the_heading_of_a_group_of_rows_is_no_agency() -> None:
    text = "责任单位 | 工作任务\n市水务局 | <\n市财政局 | 清淤"
    assert [agency for agency, _, _, _ in duties(text)] == ["市财政局"]


def test_agencies_may_stand_in_paragraphs_of_a_cell() -> None:
    assert [
        agency for agency, _, _, _ in duties("任务 | 责任单位\n清淤 | 市水务局¶各区人民政府")
    ] == [
        "市水务局",
        "各区人民政府",
    ]
    assert [
        a for a, _, _, _ in duties("任务 | 责任单位\n清淤 | 市发展和改¶革委员会、市水务局")
    ] == [
        "市发展和改革委员会",
        "市水务局",
    ]


def test_a_form_has_no_columns_of_agencies() -> None:
    assert not duties("责任单位 | 市水务局 | 照片\n任务 | 清淤 | ^")


def test_many_pieces_are_joined_in_linear_time() -> None:
    count = 4000
    blocks = (
        drawn("类别 | 任务\n生态 | 甲\n^ | 乙"),
        *(on_next_page(" | 丙\n^ | 丁", 4 + 3 * n) for n in range(count)),
    )
    (whole,) = merge_table_pieces(blocks)
    assert isinstance(whole, Table)
    assert whole.spans == (CellSpan(1, 0, 2 + 2 * count, 1),)


WORDS = (
    "",
    "",
    "甲",
    "序号",
    "完成。",
    "推进（一",
    "期）",
    "续表",
    "1",
    "财 政 部",
    "乙\n丙",
    "、",
)
words = st.lists(st.sampled_from(WORDS), max_size=2).map("".join)
pieces_of_tables = st.lists(st.tuples(tables(words), st.booleans()), min_size=1, max_size=4)


@pytest.mark.medium
@given(pieces_of_tables)
@settings(max_examples=60, deadline=None)
def test_any_tables_stay_whole_and_are_changed_once(found: list[tuple[Table, bool]]) -> None:
    blocks: list[Block] = []
    line = 1
    for table, opens_page in found:
        # some of them on one line, as engines write a table
        step = 1 if table.spans else len(found) % 2
        moved = tuple(line + n * step for n in range(len(table.rows)))
        lines = Lines(line, moved[-1])
        blocks.append(replace(table, lines=lines, row_lines=moved, opens_page=opens_page))
        line = moved[-1] + 2
    ledger: list[LedgerEntry] = []
    repaired = settled(tuple(blocks), ledger)
    for block in repaired:
        assert isinstance(block, Table)
        width = len(block.rows[0])
        assert {len(row) for row in block.rows} == {width}
        assert len(block.row_lines) == len(block.rows)
        places = [place for span in block.spans for place in span.places()]
        assert len(places) == len(set(places))
        assert all(r < len(block.rows) and c < width for r, c in places)
        assert list(block.spans) == sorted(block.spans, key=lambda s: (s.row, s.column))
        own = {(r, c) for r, c, _ in block.cells()}
        assert not any(
            text
            for r, row in enumerate(block.rows)
            for c, text in enumerate(row)
            if (r, c) not in own
        )
        assert closed_rows(block, block.header_rows) == block.header_rows
    assert settled(repaired, []) == repaired
    written, received = _by_line(repaired), _by_line(blocks)
    taken: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for entry in ledger:
        if signs(entry.before) != signs(entry.after):
            rest = signs(entry.before).removesuffix(signs(entry.after))
            taken[entry.line].append((rest, ""))
    for number, text in received.items():
        assert restores(signs(text), signs(written[number]), taken[number])


def _by_line(blocks: Iterable[Block]) -> defaultdict[int, str]:
    found: defaultdict[int, str] = defaultdict(str)
    for block in blocks:
        for text, number in pieces(block):
            found[number] += text
    return found
