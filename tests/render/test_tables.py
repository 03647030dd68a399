"""Tables as Markdown, and what the Markdown extension makes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown import markdown

from generator.model import Block, Document, Issue, Lines, Links, Masthead, Paragraph, Source, Table
from generator.model.outline import number_blocks
from generator.render.markdown_extension import UnitsExtension
from generator.render.pieces import Piece, document_pieces
from generator.site.html_page import HtmlPage, one_blank
from tests.tables import drawn, tables

HEADED = """
类别 | 任务 | 责任单位 | <
^ | ^ | 牵头 | 配合
生态 | 清淤 | 市水务局 | 市财政局
^ | 护岸¶绿化 | ^ | ^
"""


def pieces_of(*blocks: Block) -> list[Piece]:
    numbered = number_blocks(blocks, "")
    document = Document("01", None, "某", None, "", "", "", Lines(1, 9), numbered)
    source = Source("some/2020-01", "", "issue.md", "issue.md", "", "utf-8")
    return document_pieces(document, Issue(source, Masthead(), (), (document,)), Links())


def shown(*pieces: Piece) -> etree._Element:
    """Render pieces as templates/blocks.md.j2 writes them."""
    parts: list[str] = []
    for piece in pieces:
        if piece.kind == "table":
            rows = [f"| {' | '.join(row)} |" for row in piece.rows]
            rows.insert(1, f"|{' --- |' * len(piece.rows[0])}")
            parts += ["\n".join(rows), piece.attributes]
        else:
            parts.append(f"{piece.hashes} {piece.markdown}\n{piece.attributes}".strip())
    html = markdown("\n\n".join(parts), extensions=["tables", "attr_list", UnitsExtension()])
    root = etree.HTML(html)
    assert root is not None
    return root


def cells(root: etree._Element) -> list[list[str]]:
    """List the cells of the rows: their tags, texts, counts and scopes."""
    return [
        [
            " ".join(
                [
                    str(cell.tag),
                    "/".join(map(str, cell.itertext())),
                    *(f"{k}={cell.get(k)}" for k in ("rowspan", "colspan", "scope") if cell.get(k)),
                ]
            )
            for cell in row
        ]
        for row in root.iter("tr")
    ]


def test_a_table_without_merged_cells_is_written_as_before() -> None:
    (piece,) = pieces_of(drawn("甲 | 乙\n丙 | 丁"))
    assert piece.attributes == "{: #t1 }"
    assert piece.rows == (("甲", "乙"), ("丙", "丁"))


def test_merged_cells_are_named_under_the_table_and_their_rows_stay_whole() -> None:
    (piece,) = pieces_of(replace(drawn(HEADED), header_rows=2))
    assert piece.attributes == (
        '{: #t1 header-rows="2" spans="0,0,2,1 0,1,2,1 0,2,1,2 2,0,2,1 2,2,2,1 2,3,2,1" }'
    )
    assert piece.rows[3] == ("", "护岸<br>绿化", "", "")


def test_the_page_has_merged_cells_and_says_what_their_headings_are_for() -> None:
    root = shown(*pieces_of(replace(drawn(HEADED), header_rows=2)))
    assert cells(root) == [
        [
            "th 类别 rowspan=2 scope=col",
            "th 任务 rowspan=2 scope=col",
            "th 责任单位 colspan=2 scope=colgroup",
        ],
        ["th 牵头 scope=col", "th 配合 scope=col"],
        [
            "th 生态 rowspan=2 scope=row",
            "td 清淤",
            "td 市水务局 rowspan=2",
            "td 市财政局 rowspan=2",
        ],
        ["td 护岸/绿化"],
    ]
    assert [group.get("span") for group in root.iter("colgroup")] == ["1", "1", "2"]
    assert [row.get("id") for row in root.iter("tr")] == [None, None, "t1-r1", "t1-r2"]


def test_a_title_over_all_columns_leaves_the_groups_to_the_row_below() -> None:
    table = drawn("责任分工 | < | <\n任务 | 单位 | <\n^ | 牵头 | 配合\n清淤 | 甲局 | 乙局")
    root = shown(*pieces_of(replace(table, header_rows=3)))
    assert cells(root)[:2] == [
        ["th 责任分工 colspan=3 scope=col"],
        ["th 任务 rowspan=2 scope=col", "th 单位 colspan=2 scope=colgroup"],
    ]
    assert [group.get("span") for group in root.iter("colgroup")] == ["1", "2"]


def test_a_form_has_no_header() -> None:
    table = drawn("姓名 | 张三 | 照片\n性别 | 男 | ^\n籍贯 | 某地 | <")
    root = shown(*pieces_of(replace(table, header_rows=0)))
    assert cells(root) == [
        ["td 姓名", "td 张三", "td 照片 rowspan=2"],
        ["td 性别", "td 男"],
        ["td 籍贯", "td 某地 colspan=2"],
    ]
    assert root.find(".//thead") is None
    assert [row.get("id") for row in root.iter("tr")] == ["t1-r1", "t1-r2", "t1-r3"]


def test_a_caption_becomes_that_of_its_table_and_names_it() -> None:
    caption = Paragraph("表1 任务分工", Lines(1, 1), ((0, 1),), "caption")
    root = shown(*pieces_of(caption, drawn("甲 | 乙\n丙 | 丁")))
    (table,) = root.iter("table")
    (found,) = root.iter("caption")
    assert (found.get("id"), found.text) == ("t1-caption", "表1 任务分工")
    assert table.get("aria-labelledby") == "t1-caption"
    assert not list(root.iter("p"))


def test_a_caption_without_a_table_stays_a_paragraph() -> None:
    caption = Paragraph("表1 任务分工", Lines(1, 1), ((0, 1),), "caption")
    root = shown(*pieces_of(caption, Paragraph("正文。", Lines(2, 2), ((0, 2),))))
    assert [p.get("class") for p in root.iter("p")] == ["caption", None]


def test_a_page_is_read_back_with_captions_cells_and_their_paragraphs() -> None:
    caption = Paragraph("表1", Lines(1, 1), ((0, 1),), "caption")
    root = shown(*pieces_of(caption, drawn("甲 | 乙\n丙¶戊 | ^")))
    html = etree.tostring(root, encoding="unicode", method="html")
    page = HtmlPage(f'<div class="official">{html}</div>'.encode())
    assert page.texts == ["表1", "甲", "乙", "丙 戊"]


def test_columns_are_classed_by_their_longest_paragraph() -> None:
    task = "做" * 30
    rows_of_table = (
        "序号 | 任务 | 单位 | 说明",
        f"1 | {task} | 市水务局¶市财政局 | 见<附>件一二三",
        "^ | 甲 | 乙 | 丙",
    )
    table = drawn("\n".join(rows_of_table))
    root = shown(*pieces_of(table))
    rows = [[cell.get("class") for cell in row] for row in root.iter("tr")]
    assert rows[1] == ["narrow leading", "wide", "narrow", "middle"]
    assert rows[2] == ["wide", "narrow", "middle"]


SIGNS = (
    "甲",
    "1.",
    "|",
    "\\",
    "<br>",
    "&amp;",
    "*",
    "[a](b)",
    "\n",
    " ",
    "---",
    "#",
    "{: .x }",
    "`",
)
texts = st.lists(st.sampled_from(SIGNS), max_size=3).map("".join)


@pytest.mark.parametrize("empty", ["", " "])
def test_the_last_row_of_two_is_shown_also_if_it_is_empty(empty: str) -> None:
    table = Table((("甲", ""), (empty, empty)), Lines(1, 2), (1, 2))
    assert len(list(shown(*pieces_of(table)).iter("tr"))) == 2


@given(tables(texts))
def test_any_merged_cells_are_on_the_page_with_their_texts(table: Table) -> None:
    root = shown(*pieces_of(table))
    html = etree.tostring(root, encoding="unicode", method="html")
    found = HtmlPage(f'<div class="official">{html}</div>'.encode()).texts
    assert found == [one_blank(text) for _, _, text in table.cells()]
    sizes = [
        (int(cell.get("rowspan", "1")), int(cell.get("colspan", "1")))
        for cell in root.iter("td", "th")
    ]
    own = {(s.row, s.column): (s.row_span, s.col_span) for s in table.spans}
    assert sizes == [own.get((r, c), (1, 1)) for r, c, _ in table.cells()]
