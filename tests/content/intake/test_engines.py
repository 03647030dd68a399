"""Results of engines, each read to the same text and the same places."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import ModuleType
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.intake.engines import (
    Composed,
    compose,
    read_results,
    recognise,
)
from generator.content.intake.engines.compose import LONGEST_TABLE_LINE, table_lines
from generator.content.intake.engines.json_values import box_of, number_of, text_of
from generator.content.intake.engines.result import EngineResult, ReadBlock
from generator.content.intake.taken import Place, ReadPage
from generator.runtime.data import Json, dump
from generator.runtime.errors import SourceError
from tests.content.intake import results


def read(*paths: Path) -> EngineResult:
    found = [known for path in paths for known in recognise(path)]
    assert len(found) == len(paths)
    return read_results(found, paths[0].name)[0]


def composed(result: EngineResult) -> Composed:
    return compose(result, lambda name: name)


def result_of(*blocks: ReadBlock, pages: int = 3) -> EngineResult:
    listed = tuple(ReadPage(n) for n in range(1, pages + 1))
    return EngineResult("某软件", "a.json", listed, blocks)


def block(kind: str, words: str, page: int = 1, **more: object) -> ReadBlock:
    return ReadBlock(kind, words, (Place(page),), **more)  # type: ignore[arg-type]


def lines_of(composed: Composed) -> list[dict[str, Json]]:
    return cast("list[dict[str, Json]]", composed.layout["lines"])


MINERU = [results.content_list, results.content_list_v2, results.middle, results.middle_tree,
          results.structured_content]  # fmt: skip


@pytest.mark.parametrize("write", MINERU)
def test_the_formats_of_mineru_give_the_same_text(
    write: Callable[[], Json], tmp_path: Path
) -> None:
    text = composed(read(results.write(tmp_path / "a.json", write()))).text
    assert text == composed(read(results.write(tmp_path / "b.json", results.content_list()))).text
    lines = text.split("\n")
    assert "## 一、总体要求" in lines
    assert results.TABLE in lines
    assert "![图1 古树分布图](images/map.jpg)" in lines
    assert "![某某市人民政府](images/seal.jpg)" in lines
    assert results.HEAD not in text


def test_middle_json_tells_sizes_version_and_confidence(tmp_path: Path) -> None:
    found = composed(read(results.write(tmp_path / "layout.json", results.middle())))
    assert found.layout["engine"] == "MinerU 2.5.4 (pipeline)"
    pages = cast("list[Json]", found.layout["pages"])
    assert pages[1] == {"page": 2, "printed": "2", "width": 595.0, "height": 842.0}
    assert lines_of(found)[0]["confidence"] == 0.98
    assert lines_of(found)[0]["box"] == [0.1, 0.05, 0.9, 0.075]


def test_the_tree_of_mineru_4_tells_version_and_places(tmp_path: Path) -> None:
    found = composed(read(results.write(tmp_path / "middle_json.json", results.middle_tree())))
    assert found.layout["engine"] == "MinerU 4.0.12"
    assert lines_of(found)[0] == {"line": 1, "page": 1, "box": [0.1, 0.05, 0.9, 0.075]}
    pages = cast("list[dict[str, Json]]", found.layout["pages"])
    assert [page.get("printed") for page in pages] == ["1", "2", "3"]


def tree(*blocks: Json, page: int = 0) -> dict[str, Json]:
    return {"page_idx": page, "blocks": list(blocks)}


def tree_of(*pages: dict[str, Json]) -> Json:
    return {"schema": "docvortex.middle", "schema_version": "2.0", "pages": list(pages)}


BOX: Json = [0.1, 0.1, 0.9, 0.2]


def test_a_text_that_mineru_4_goes_on_with_is_one_with_two_places(tmp_path: Path) -> None:
    def text(words: str, **more: Json) -> Json:
        spans: Json = [{"type": "text", "content": words}]
        return {"type": "text", "bbox": BOX, "content": spans, **more}

    note: Json = {"type": "page_footnote", "bbox": BOX, "content": "① 注。"}
    data = tree_of(
        tree(text("各区要在汛期前完成排"), note), tree(text("查。", continues_prev=True), page=1)
    )
    found = composed(read(results.write(tmp_path / "a.json", data)))
    assert found.text.startswith("各区要在汛期前完成排查。\n")
    assert [line["page"] for line in lines_of(found) if line["line"] == 1] == [1, 2]
    assert "① 注。" in found.text


def test_spans_of_mineru_4_keep_what_is_set_higher_and_lose_their_looks(tmp_path: Path) -> None:
    spans: Json = [
        {"type": "text", "content": "面积", "styles": ["bold"]},
        {"type": "hyperlink", "url": "http://a.example", "content": [
            {"type": "text", "content": "500m"},
            {"type": "text", "content": "2", "styles": ["superscript"]},
        ]},
        {"type": "text", "content": "，", "styles": []},
        {"type": "equation_inline", "content": "50\\%"},
    ]  # fmt: skip
    items: Json = [
        {"type": "text", "content": [{"type": "text", "content": "1. 甲；"}]},
        {"type": "list", "content": [
            {"type": "text", "content": [{"type": "text", "content": "（1）乙；"}]}]},
    ]  # fmt: skip
    data = tree_of(tree({"type": "text", "content": spans}, {"type": "list", "content": items}))
    found = composed(read(results.write(tmp_path / "a.json", data)))
    assert found.text == "面积500m<sup>2</sup>，$50\\%$\n\n1. 甲；\n（1）乙；\n"
    assert (found.layout["pages"], found.layout["lines"]) == ([], [])  # a Word document


def test_a_result_of_mineru_4_is_read_from_its_best_file(tmp_path: Path) -> None:
    best = results.write(tmp_path / "middle_json.json", results.middle_tree())
    other = results.write(tmp_path / "structured_content.json", results.structured_content())
    found = [known for path in (other, best) for known in recognise(path)]
    _, used = read_results(found, "a.zip")
    assert [one.path for one in used] == [best]


def test_content_list_takes_sizes_from_middle_json_beside_it(tmp_path: Path) -> None:
    content = results.write(tmp_path / "g_content_list.json", results.content_list())
    middle = results.write(tmp_path / "g_middle.json", results.middle())
    found = read(middle, content)
    assert found.engine == "MinerU 2.5.4 (pipeline)"
    assert found.pages[0] == ReadPage(1, 595.0, 842.0)


def test_a_paragraph_over_a_pages_edge_has_a_place_on_both(tmp_path: Path) -> None:
    box: list[Json] = [59.5, 84.2, 535.5, 168.4]
    rows: list[Json] = [
        {"bbox": box, "spans": [{"type": "text", "content": "各区要在汛期前"}]},
        {"bbox": box, "spans": [{"type": "text", "content": "完成排查。", "cross_page": True}]},
    ]
    page: dict[str, Json] = {
        "page_idx": 4, "page_size": [595, 842],
        "para_blocks": [{"type": "text", "bbox": box, "lines": rows},
                        {"type": "text", "bbox": box, "lines": [], "lines_deleted": True}],
    }  # fmt: skip
    path = results.write(tmp_path / "a.json", {"pdf_info": [page]})
    found = composed(read(path))
    assert found.text == "各区要在汛期前完成排查。\n"
    assert [(line["line"], line["page"]) for line in lines_of(found)] == [(1, 5), (1, 6)]


WRAPPED: dict[str, Callable[[dict[str, Json]], Json]] = {
    "bare": lambda page: page,
    "res": lambda page: {"res": page},
    "pruned": lambda page: {"prunedResult": page, "markdown": {"text": ""}},
    "list": lambda page: [page],
    "service": lambda page: {
        "errorCode": 0,
        "result": {"layoutParsingResults": [{"prunedResult": page, "outputImages": {}}]},
    },
}


@pytest.mark.parametrize("wrap", WRAPPED)
def test_a_page_of_paddleocr_is_found_however_it_is_wrapped(wrap: str, tmp_path: Path) -> None:
    path = results.write(tmp_path / "a_res.json", WRAPPED[wrap](results.paddle_page(2)))
    found = read(path)
    assert found.engine == "PaddleOCR"
    text = composed(found).text
    assert results.TABLE in text
    assert "表1 责任分工\n\n<table>" in text
    picture = results.paddle_pictures()["map.jpg"]
    assert f"![图1 古树分布图]({picture})" in text


def test_pages_of_paddleocr_are_in_the_order_that_they_name(tmp_path: Path) -> None:
    paths = [
        results.write(tmp_path / f"{name}.json", results.paddle_page(page))
        for name, page in (("c", 0), ("b", 1), ("a", 2))
    ]
    text = composed(read(*reversed(paths))).text
    assert text.startswith("# 某某市人民政府公报\n")
    one = composed(
        read(results.write(tmp_path / "all.json", [*map(results.paddle_page, range(3))]))
    )
    assert one.text == text


def test_a_page_of_lines_alone_is_read_line_by_line(tmp_path: Path) -> None:
    page: Json = {
        "res": {
            "width": 1000, "height": 2000, "rec_texts": ["某某市人民政府", "", "2024年3月5日"],
            "rec_scores": [0.9, 0.1, 0.8],
            "rec_boxes": [[100, 200, 500, 240], [0, 0, 1, 1], [100, 300, 500, 340]],
        }
    }  # fmt: skip
    found = composed(read(results.write(tmp_path / "a_res.json", page)))
    assert found.text == "某某市人民政府\n2024年3月5日\n"
    assert lines_of(found)[1] == {
        "line": 2, "page": 1, "box": [0.1, 0.15, 0.5, 0.17], "confidence": 0.8
    }  # fmt: skip


def test_a_docling_document_is_read_in_its_order(tmp_path: Path) -> None:
    found = read(results.write(tmp_path / "g.json", results.docling()))
    text = composed(found).text
    assert found.engine == "docling 1.8.0"
    assert found.pages[0] == ReadPage(1, 595.0, 842.0)
    assert '<td rowspan="2">区</td><td colspan="2">任务</td>' in text
    assert "\n\n表1 责任分工\n\n<table>" in text
    assert "![图1 古树分布图](images/map.jpg)" in text
    assert results.HEAD not in text
    places = lines_of(composed(found))
    assert places[0] == {"line": 1, "page": 1, "box": [0.1, 0.05, 0.9, 0.075]}
    assert dict(composed(found).left) == {"书眉": 2, "页码": 3, "图片里的文字": 1}


@pytest.fixture
def without_docling_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as without the package, which needs more keys than a test is about."""
    monkeypatch.setitem(sys.modules, "docling_core.types.doc.document", None)


def docling_core(monkeypatch: pytest.MonkeyPatch, validate: Callable[[Json], Json]) -> None:
    """Put a stand-in for docling-core in place, which validates in its own way."""

    class Model:
        def __init__(self, data: Json) -> None:
            self.data = data

        @classmethod
        def model_validate(cls, data: Json) -> Model:
            return cls(validate(data))

        def export_to_dict(self) -> Json:
            return self.data

    module = ModuleType("docling_core.types.doc.document")
    module.DoclingDocument = Model  # type: ignore[attr-defined]
    for name in ("docling_core", "docling_core.types", "docling_core.types.doc"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, module.__name__, module)


def test_docling_core_upgrades_a_document_where_it_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def upgraded(data: Json) -> Json:
        assert isinstance(data, dict)
        assert data["version"] == "1.8.0"
        texts = cast("list[dict[str, Json]]", data["texts"])
        return {**data, "version": "9.9.9", "texts": [{**t, "text": "新版"} for t in texts]}

    docling_core(monkeypatch, upgraded)
    found = read(results.write(tmp_path / "g.json", results.docling()))
    assert found.engine == "docling 1.8.0"  # the version that the engine wrote
    assert {block.text for block in found.blocks if block.kind == "text"} == {"新版"}


def test_what_docling_core_does_not_accept_is_refused_in_chinese(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(_: Json) -> Json:
        msg = "Doc version 3.0.0 incompatible\nmore"
        raise ValueError(msg)

    docling_core(monkeypatch, refused)
    path = results.write(tmp_path / "g.json", results.docling())
    with pytest.raises(
        SourceError, match=r"g\.json:1: docling-core 校验不通过（Doc version 3"
    ) as told:
        read(path)
    assert "more" not in str(told.value)


def test_the_fixture_of_docling_is_valid(tmp_path: Path) -> None:
    pytest.importorskip("docling_core", reason="needs the extra docling")
    found = composed(read(results.write(tmp_path / "g.json", results.docling())))
    assert "## 一、总体要求" in found.text


@pytest.mark.usefixtures("without_docling_core")
def test_fields_of_docling_and_what_lies_under_the_text_are_not_lost(tmp_path: Path) -> None:
    def item(ref: str, words: str, *children: str, **more: Json) -> dict[str, Json]:
        held: Json = [{"$ref": child} for child in children]
        return {"self_ref": ref, "label": "text", "text": words, "children": held} | more

    data: Json = {
        "schema_name": "DoclingDocument", "version": "1.10.0",
        "body": item("#/body", "", "#/field_regions/0", "#/texts/1", "#/texts/2"),
        "field_regions": [item("#/field_regions/0", "", "#/texts/0")],
        "texts": [item("#/texts/0", "联系电话：1234567"), item("#/texts/1", "正文。"),
                  item("#/texts/2", "水印", content_layer="background")],
    }  # fmt: skip
    found = composed(read(results.write(tmp_path / "g.json", data)))
    assert found.text == "联系电话：1234567\n\n正文。\n"
    assert [one["words"] for one in cast("list[dict[str, Json]]", found.layout["furniture"])] == [
        "水印"
    ]


@pytest.mark.usefixtures("without_docling_core")
def test_items_in_the_cells_of_a_table_are_told_once(tmp_path: Path) -> None:
    cell: Json = {"text": "甲 乙", "start_row_offset_idx": 0, "start_col_offset_idx": 0,
                  "row_span": 1, "col_span": 1, "ref": {"$ref": "#/texts/0"}}  # fmt: skip
    data: Json = {
        "schema_name": "DoclingDocument", "version": "1.10.0",
        "body": {"self_ref": "#/body", "children": [{"$ref": "#/tables/0"}]},
        "tables": [{"self_ref": "#/tables/0", "label": "table", "data": {"table_cells": [cell]},
                    "children": [{"$ref": "#/texts/0"}]}],
        "texts": [{"self_ref": "#/texts/0", "label": "text", "text": "甲 乙"}],
    }  # fmt: skip
    found = composed(read(results.write(tmp_path / "g.json", data)))
    assert found.text == "<table><tr><td>甲 乙</td></tr></table>\n"
    assert found.layout["furniture"] == []


@pytest.mark.usefixtures("without_docling_core")
def test_items_of_docling_keep_their_printed_numbers(tmp_path: Path) -> None:
    items: list[dict[str, Json]] = [
        {"text": "银杏", "orig": "1. 银杏", "enumerated": True, "marker": "1."},
        {"text": "香樟", "orig": "香樟", "enumerated": True, "marker": "(二)"},
        {"text": "古柏", "orig": "· 古柏", "enumerated": False, "marker": "·"},
        {"text": "a<b", "orig": "a<b"},
    ]
    texts: list[Json] = [
        {"self_ref": f"#/texts/{n}", "label": "list_item", "prov": [], **item}
        for n, item in enumerate(items)
    ]
    group: Json = {"self_ref": "#/groups/0", "label": "list",
                   "children": [{"$ref": f"#/texts/{n}"} for n in range(4)]}  # fmt: skip
    data: Json = {"schema_name": "DoclingDocument", "texts": texts, "groups": [group],
                  "body": {"self_ref": "#/body", "children": [{"$ref": "#/groups/0"},
                           {"$ref": "#/body"}, {"$ref": "#/nothing/9"}]}}  # fmt: skip
    text = composed(read(results.write(tmp_path / "g.json", data))).text
    assert text == "1. 银杏\n\n(二) 香樟\n\n古柏\n\na<b\n"


@pytest.mark.parametrize("form", results.RAPID_FORMS)
def test_the_lines_of_rapidocr_are_read_in_all_its_forms(form: str, tmp_path: Path) -> None:
    pages = [results.RAPID_FORMS[form](page) for page in range(results.PAGES)]
    paths = [results.write(tmp_path / f"{n}.json", page) for n, page in enumerate(pages)]
    found = composed(read(*paths))
    assert found.text.startswith("某某市人民政府公报\n2024年第3期（总第27期）\n")
    assert lines_of(found)[0] == {"line": 1, "page": 1, "confidence": 0.98}
    together = results.write(tmp_path / "all.json", pages)
    assert composed(read(together)).text == found.text


def line_at(words: str, left: int, top: int) -> Json:
    """Give a line of RapidOCR at a place in pixels, 40 high."""
    right = left + 40 * len(words)
    corners: Json = [[left, top], [right, top], [right, top + 40], [left, top + 40]]
    return {"box": corners, "txt": words, "score": 0.9}


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        (("某市关于停车的通知…", 0, 100), ("…12", 900, 104), True),
        (("某市关于停车的通知……", 0, 100), ("12", 900, 95), True),
        (("某市关于停车的通知", 0, 100), ("…………（3）", 500, 100), True),
        (("某市关于停车的通知……", 0, 100), ("12-13", 900, 100), True),
        (("某市关于停车的通知…", 0, 100), ("12", 900, 150), False),  # of the next row
        (("某市停车场", 0, 100), ("12", 900, 100), False),  # cells of a table
        (("合计…", 0, 100), ("停车场", 900, 100), False),
        (("某市关于停车的通知…", 500, 100), ("12", 0, 100), False),  # of the column before
    ],
)
def test_the_page_of_an_entry_is_joined_to_its_leaders(
    left: tuple[str, int, int], right: tuple[str, int, int], joined: bool, tmp_path: Path
) -> None:
    lines: Json = [line_at(*left), line_at(*right), line_at("第一条", 0, 300)]
    found = composed(read(results.write(tmp_path / "a.json", lines)))
    between = "" if joined else "\n"
    assert found.text == f"{left[0]}{between}{right[0]}\n第一条\n"


def test_lines_of_paddleocr_are_joined_with_their_places(tmp_path: Path) -> None:
    page: Json = {
        "rec_texts": ["某市关于停车的通知…", "…12"], "rec_scores": [0.99, 0.95],
        "rec_boxes": [[100, 100, 500, 140], [800, 102, 900, 140]], "width": 1000, "height": 1000,
    }  # fmt: skip
    found = composed(read(results.write(tmp_path / "a_res.json", page)))
    assert lines_of(found) == [
        {"line": 1, "page": 1, "box": [0.1, 0.1, 0.9, 0.14], "confidence": 0.95}
    ]


@pytest.mark.parametrize(
    ("name", "write"), [("g.hocr", results.hocr), ("g.html", results.hocr), ("g.xml", results.alto)]
)
def test_hocr_and_alto_are_read_line_by_line(
    name: str, write: Callable[[], str], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(write(), "utf-8")
    found = composed(read(path))
    assert found.text.startswith("某某市人民政府公报\n\n2024年第3期（总第27期）\n")
    assert "某府发[2024] 12号" in found.text
    assert lines_of(found)[0] == {
        "line": 1, "page": 1, "box": [0.1, 0.0502, 0.9, 0.0753], "confidence": 0.96
    }  # fmt: skip
    assert cast("list[dict[str, Json]]", found.layout["pages"])[1]["width"] == 1240.0
    assert dict(found.left) == {"页码": 3}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", b"<alto><Layout>"),
        ("b.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                  b"<alto><TextLine>&x;</alto>"),
        ("c.xml", b"<alto>\xff\xfe</alto>"),
    ],
)  # fmt: skip
def test_broken_xml_is_refused(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match="不是完整的 hOCR 或 ALTO 文件"):
        read(tmp_path / name)


def test_a_file_that_xml_names_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("密", "utf-8")
    xml = (
        f'<!DOCTYPE alto [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><alto><Page><TextBlock>'
        '<TextLine><String CONTENT="字"/>&x;</TextLine></TextBlock></Page></alto>'
    )
    (tmp_path / "a.xml").write_text(xml, "utf-8")
    assert composed(read(tmp_path / "a.xml")).text == "字\n"


@pytest.mark.guarantee("compose", 1)
def test_each_block_is_in_the_text_once_and_in_order() -> None:
    words = [f"第{n}段。" for n in range(1, 6)]
    found = composed(result_of(*(block("text", one, 1 + n // 2) for n, one in enumerate(words))))
    assert [line for line in found.text.split("\n") if line.startswith("第")] == words


@pytest.mark.guarantee("compose", 2)
@pytest.mark.parametrize("write", [results.content_list, results.middle])
def test_each_line_of_text_has_its_place(write: Callable[[], Json], tmp_path: Path) -> None:
    found = composed(read(results.write(tmp_path / "a.json", write())))
    lines = found.text.split("\n")
    texts = {n for n, line in enumerate(lines, 1) if line and not line.startswith("<!--")}
    assert {line["line"] for line in lines_of(found)} == texts
    assert all("box" in line for line in lines_of(found))
    assert found.layout["sha256"] == hashlib.sha256(found.text.encode()).hexdigest()
    for line in lines_of(found):
        words = lines[cast("int", line["line"]) - 1].lstrip("# ")
        pages = {p.page + 1 for p in results.ISSUE if words in (p.words, p.caption, p.note)}
        assert line["page"] in pages or words.startswith("![")


def test_a_page_of_which_nothing_was_read_is_lost_behind_the_line_before_it() -> None:
    blocks = (
        block("text", "第一页。"),
        block("furniture", "— 2 —", 2, label="page_number"),
        block("text", "第三页。", 3),
    )
    found = compose(result_of(*blocks, pages=4), lambda _: "")
    losses = cast("list[dict[str, Json]]", found.layout["losses"])
    assert [(loss["page"], loss["kind"]) for loss in losses] == [(2, "page"), (4, "page")]
    lines = found.text.split("\n")
    above = [lines[cast("int", loss["line"]) - 1] for loss in losses]
    assert above == ["第一页。", "第三页。"]


@pytest.mark.guarantee("compose", 3)
def test_what_is_not_in_the_text_is_in_the_layout() -> None:
    blocks = (
        block("furniture", "某公报", label="header"),
        block("text", "正文。"),
        block("table", "", image="t.jpg"),
        block("formula", ""),
        block("seal", "某某市人民政府"),
        block("picture", "", captions=("图1",)),
    )
    found = compose(result_of(*blocks, pages=1), lambda _: "")
    assert found.layout["furniture"] == [{"page": 1, "kind": "running-head", "words": "某公报"}]
    losses = cast("list[dict[str, Json]]", found.layout["losses"])
    assert [loss["kind"] for loss in losses] == ["table", "picture", "formula", "seal", "picture"]
    assert losses[3]["words"] == "某某市人民政府"
    assert dict(found.left)["没有图片文件的印章"] == 1


def test_a_footnote_waits_until_the_cut_paragraph_ends() -> None:
    blocks = (block("text", "报市防汛抗旱指"), block("footnote", "① 说明。"),
              block("text", "挥部备案。", 2), block("text", "二、其他", 2))  # fmt: skip
    text = composed(result_of(*blocks)).text
    assert text == ("报市防汛抗旱指\n\n<!-- Page 2 -->\n\n挥部备案。\n\n① 说明。\n\n二、其他\n")
    whole = (block("text", "报指挥部备案。"), block("footnote", "① 说明。"), block("text", "二", 2))
    assert composed(result_of(*whole)).text.startswith("报指挥部备案。\n\n① 说明。\n\n<!--")


@pytest.mark.parametrize(
    ("words", "printed"),
    [("— 12 —", "12"), ("第12页 共40页", "12"), ("12/40", "12"), ("12 13", "12-13"),
     ("XII", "XII"), ("·", None), ("1 2 3", None)],
)  # fmt: skip
def test_the_printed_number_of_a_page_is_learned(words: str, printed: str | None) -> None:
    page = block("furniture", words, label="page_number")
    found = composed(result_of(block("text", "正文。"), page, pages=1))
    (learned,) = cast("list[dict[str, Json]]", found.layout["pages"])
    assert learned.get("printed") == printed


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("<html><body><table><tr><td>1</td></tr></table></body></html>",
         "<table><tr><td>1</td></tr></table>"),
        ("<table>\n  <tr>\n <td>甲</td>\n</tr></table>\n", "<table><tr><td>甲</td></tr></table>"),
        ("<table><tr><td>甲\n乙</td></tr></table>", "<table><tr><td>甲<br>乙</td></tr></table>"),
        ('<div style="x"><table><tr><td>1</td></tr></table></div>',
         "<table><tr><td>1</td></tr></table>"),
        ("<table><tr><td>1\r\n2</td></tr></table>", "<table><tr><td>1<br>2</td></tr></table>"),
    ],
)  # fmt: skip
def test_a_table_is_one_line_of_html(html: str, line: str) -> None:
    assert table_lines(html) == [line]


def test_a_very_long_table_has_a_line_for_each_row() -> None:
    rows = "<tr><td>一格的文字</td></tr>" * (LONGEST_TABLE_LINE // 20)
    lines = table_lines(f"<table>{rows}</table>")
    assert "".join(lines) == f"<table>{rows}</table>"
    assert max(map(len, lines)) < 100


def test_a_head_on_one_page_alone_is_pointed_out() -> None:
    heads = [block("furniture", f"某某市公报 {n}", n, label="header") for n in (1, 2, 3)]
    title = block("furniture", "某某市人民政府关于防汛的通知", 2, label="header")
    found = composed(result_of(*heads, title, block("text", "正文。")))
    assert found.doubtful == ("第2张：某某市人民政府关于防汛的通知",)


@pytest.mark.parametrize(
    "item",
    [
        {"type": "text", "text": None, "page_idx": 0},
        {"type": "text", "text": "字", "page_idx": "x", "bbox": [1]},
        {"type": "text", "text": "字", "page_idx": -5, "bbox": None, "text_level": "二"},
        {"type": "text", "text": ["字", {"type": "text", "content": "母"}], "page_idx": 10**30},
        {"type": "table", "table_body": None, "table_caption": "表1", "page_idx": 0},
        {"type": "image", "img_path": "../../etc/passwd", "page_idx": 0, "image_caption": None},
        {"type": "list", "list_items": "字", "page_idx": 0, "new_key": {"a": [1]}},
        {"type": "text", "text": "字\x00\x1b[2J\u202e\ud7ff", "page_idx": 0, "bbox": [9, 9, 1, 1]},
    ],
)
def test_values_of_other_types_do_not_stop_the_reading(item: Json, tmp_path: Path) -> None:
    good: Json = {"type": "text", "text": "正文。", "page_idx": 0, "bbox": [0, 0, 500, 500]}
    found = composed(read(results.write(tmp_path / "a.json", [good, item])))
    assert found.text.startswith("正文。\n")
    assert "\x00" not in found.text
    json.loads(dump(found.layout))


@pytest.mark.parametrize(
    ("data", "engine"),
    [
        ([{"type": "text", "text": "字", "page_idx": 0}, "字"], "MinerU"),
        ({"pdf_info": [{"para_blocks": "字"}]}, "MinerU"),
        ({"parsing_res_list": ["字"]}, "PaddleOCR"),
        ({"schema": "docvortex.middle", "pages": ["字"]}, "MinerU"),
    ],
)
def test_a_result_that_breaks_its_format_is_refused_in_chinese(
    data: Json, engine: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    if isinstance(data, list):
        data = [*[data[0]] * 60, *data]  # beyond what is looked at to know the format
    results.write(path, data)
    with pytest.raises(SourceError, match=f"像是 {engine} 的识别结果，但有一处"):
        read(path)


def test_what_mineru_joined_over_a_page_is_no_loss(tmp_path: Path) -> None:
    data: Json = [
        {"type": "table", "table_body": results.TABLE, "page_idx": 0},
        {"type": "table", "img_path": "", "table_caption": [], "page_idx": 1},
        {"type": "text", "text": "", "page_idx": 1},
        {"type": "text", "text": "正文。", "page_idx": 1},
    ]
    found = composed(read(results.write(tmp_path / "a.json", data)))
    assert found.text == f"{results.TABLE}\n\n<!-- Page 2 -->\n\n正文。\n"
    assert found.layout["losses"] == []


def test_a_word_document_has_no_pages(tmp_path: Path) -> None:
    data: Json = [{"type": "text", "text": "某某市公报", "text_level": 1},
                  {"type": "text", "text": "#1号楼拆除。"}]  # fmt: skip
    found = composed(read(results.write(tmp_path / "a.json", data)))
    assert found.text == "# 某某市公报\n\n#1号楼拆除。\n"
    assert (found.layout["pages"], found.layout["lines"]) == ([], [])


@pytest.mark.parametrize("as_text", [True, False])
def test_the_answer_of_mineru_s_service_is_unwrapped(as_text: bool, tmp_path: Path) -> None:
    inner: Json = dump(results.content_list()) if as_text else results.content_list()
    answer: Json = {
        "backend": "pipeline",
        "results": {"第3期": {"md_content": "", "content_list": inner}},
    }
    assert results.TABLE in composed(read(results.write(tmp_path / "a.json", answer))).text


def test_the_lines_of_paddleocr_s_service_are_pages(tmp_path: Path) -> None:
    lines = [
        json.dumps({"result": {"layoutParsingResults": [{"prunedResult": results.paddle_page(n)}]}})
        for n in range(results.PAGES)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    found = read(tmp_path / "a.jsonl")
    assert len(found.pages) == 3


def part(words: str, page: int = 0) -> Json:
    return [{"type": "text", "text": words, "page_idx": page, "bbox": [0, 0, 500, 500]}]


def test_several_results_are_the_parts_of_an_issue_in_the_order_given(tmp_path: Path) -> None:
    first = results.write(tmp_path / "上_content_list.json", part("甲。", 1))
    second = results.write(tmp_path / "下_content_list.json", part("乙。"))
    sizes: Json = {"pdf_info": [{"page_idx": 0, "page_size": [595, 842], "para_blocks": []}]}
    middle = results.write(tmp_path / "下_middle.json", sizes)
    known = [one for path in (first, middle, second) for one in recognise(path)]
    result, used = read_results(known, "第3期")
    assert result.parts == ("上", "下")
    assert [one.path.name for one in used] == [first.name, second.name, middle.name]
    assert [(page.page, page.width) for page in result.pages] == [(1, 0.0), (2, 0.0), (3, 595.0)]
    found = composed(result)
    assert found.text == "甲。\n\n<!-- Page 3 -->\n\n乙。\n"
    assert [line["page"] for line in lines_of(found)] == [2, 3]


def test_parts_in_folders_of_their_own_are_told_apart(tmp_path: Path) -> None:
    for name, words in (("1-40", "甲。"), ("41-80", "乙。")):
        results.write(tmp_path / name / "middle_json.json", tree_of(tree(
            {"type": "text", "bbox": BOX, "content": words})))  # fmt: skip
        results.write(tmp_path / name / "structured_content.json", results.structured_content())
    found = read_results(
        [one for path in sorted(tmp_path.rglob("*.json")) for one in recognise(path)], "a"
    )[0]
    assert found.parts == ("1-40", "41-80")
    assert [block.text for block in found.blocks] == ["甲。", "乙。"]


def test_the_answer_of_a_service_may_hold_several_documents(tmp_path: Path) -> None:
    answer: Json = {"results": {"上": {"content_list": dump(part("甲。"))},
                                "下": {"content_list": part("乙。")}}}  # fmt: skip
    found = read_results(recognise(results.write(tmp_path / "a.json", answer)), "a")[0]
    assert (found.parts, [b.text for b in found.blocks]) == (("上", "下"), ["甲。", "乙。"])
    answer = {"results": {"上": {"content_list": part("甲。")}, "下": {"md_content": "乙。"}}}
    assert recognise(results.write(tmp_path / "a.json", answer)) == []


@pytest.mark.parametrize(
    ("names", "words", "told"),
    [
        (("auto/g_content_list.json", "vlm/g_content_list.json"), "甲乙", "同一份文件识别了几次"),
        (("g_content_list.json", "g (1)_content_list.json"), "甲甲", "内容相同"),
    ],
)
def test_one_document_recognised_twice_is_refused(
    names: tuple[str, str], words: str, told: str, tmp_path: Path
) -> None:
    paths = [
        results.write(tmp_path / name, part(word)) for name, word in zip(names, words, strict=True)
    ]
    with pytest.raises(SourceError, match=told):
        read_results([one for path in paths for one in recognise(path)], "a")


def test_results_of_several_engines_are_refused(tmp_path: Path) -> None:
    first = results.write(tmp_path / "a_content_list.json", results.content_list())
    other = results.write(tmp_path / "c_res.json", results.paddle_page(0))
    with pytest.raises(SourceError, match="几种软件的识别结果（MinerU、PaddleOCR）"):
        read(first, other)


@pytest.mark.parametrize(
    "data",
    [{}, [], [[]], None, 3, "字", {"documents": []}, [{"a": 1}],
     [[{"type": "text", "content": "x"}]], {"type": "FeatureCollection", "features": []},
     [{"layout_dets": [], "page_info": {}}], [{"type": {"a": 1}}], {"res": {"res": {"res": {}}}}],
)  # fmt: skip
def test_other_json_is_no_result(data: Json, tmp_path: Path) -> None:
    assert recognise(results.write(tmp_path / "a.json", data)) == []


@pytest.mark.parametrize("text", ["{", "", '["\\ud800"', "[" * 100_000, "\x00\x01"])
def test_broken_json_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match="JSON"):
        recognise(path)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text("字<$|#\n", max_size=5)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["type", "content", "text", "a"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
KEYS = ("text", "bbox", "page_idx", "table_body", "img_path", "image_caption", "list_items",
        "text_level", "content", "sub_type")  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6), max_size=4))
def test_any_values_are_read_without_an_exception(items: list[dict[str, Json]]) -> None:
    from generator.content.intake.engines import mineru, paddleocr

    data: Json = [{"type": kind, **item} for item in items for kind in ("text", "image", "table")]
    dump(compose(mineru.read_content_list(data, "a"), lambda _: "").layout)
    blocks: Json = [
        {"block_label": item.get("sub_type"), "block_content": item.get("text"),
         "block_bbox": item.get("bbox")}
        for item in items
    ]  # fmt: skip
    page: Json = {"parsing_res_list": blocks, "width": 100, "height": 100}
    dump(compose(paddleocr.read_paddle([page], "a"), lambda name: name).layout)


ODD: tuple[Json, ...] = (
    None, True, -1, 10**25, "", "字", [], {}, ["字"], [[1]], {"type": "text"}, "<t", "../../x.jpg",
    "x\x00y", "#/body",
)  # fmt: skip


def damaged(data: Json, by: Random) -> Json:
    """Put odd values into JSON, and leave some out."""
    if by.random() < 0.01:
        return by.choice(ODD)
    if isinstance(data, dict):
        return {key: damaged(value, by) for key, value in data.items() if by.random() > 0.005}
    return [damaged(value, by) for value in data] if isinstance(data, list) else data


@pytest.mark.parametrize(
    "whole",
    [*(write() for write in MINERU), results.docling(),
     [*map(results.paddle_page, range(3))], [*map(results.RAPID_FORMS["objects"], range(3))]],
)  # fmt: skip
@pytest.mark.usefixtures("without_docling_core")
def test_a_damaged_result_is_read_or_refused(whole: Json, tmp_path: Path) -> None:
    by = Random(18)
    outcomes = set()
    for _ in range(60):
        path = results.write(tmp_path / "a.json", damaged(whole, by))
        try:
            if found := recognise(path):
                dump(composed(read_results(found, "a")[0]).layout)
                outcomes.add("read")
        except SourceError:
            outcomes.add("refused")
    assert "read" in outcomes


def test_a_kind_of_a_later_version_is_read_as_text(tmp_path: Path) -> None:
    items: list[Json] = [{"type": "text", "text": f"第{n}段。", "page_idx": 0} for n in range(9)]
    items.append({"type": "marginalia", "content": "边注。", "page_idx": 0})
    assert "边注。" in composed(read(results.write(tmp_path / "a.json", items))).text


def test_numbers_and_boxes_are_read_without_trust() -> None:
    assert [number_of(value) for value in (1, "2.5", True, None, "x", 10**400)] == [
        1.0, 2.5, None, None, None, None
    ]  # fmt: skip
    assert box_of([-5, 0, 50, 120], 100, 100) == (0.0, 0.0, 0.5, 1.0)
    assert box_of([1, 2, 3], 100, 100) is None
    assert text_of({"type": "inline_equation", "content": "50\\%"}) == "$50\\%$"


MANNERS: tuple[tuple[str, Json, str], ...] = (
    ("an empty first page of MinerU", [[], [{"type": "paragraph", "content": {
        "paragraph_content": [{"type": "text", "content": "甲。"}]}}]], "甲。\n"),
    ("a list of MinerU", [[{"type": "list", "content": {"list_items": [
        {"item_content": [{"type": "text", "content": "1. 甲；"}]},
        {"item_content": [{"type": "text", "content": "2. 乙。"}]}]}}]], "1. 甲；\n2. 乙。\n"),
    ("a formula of MinerU", [[{"type": "equation_interline", "content": {
        "math_content": "a=b", "image_source": {"path": "images/e.jpg"}}}]], "$$a=b$$\n"),
    ("a listing of MinerU with its caption", [[{"type": "algorithm", "content": {
        "algorithm_caption": [{"type": "text", "content": "办理流程"}],
        "algorithm_content": [{"type": "text", "content": "受理。"}]}}]], "办理流程\n\n受理。\n"),
    ("a code block of MinerU", [{"type": "code", "code_body": "受理。", "page_idx": 0,
        "code_caption": ["办理流程"]}], "办理流程\n\n受理。\n"),
    ("plain keys of PaddleOCR", {"width": 9, "height": 9, "parsing_res_list": [
        {"label": "doc_title", "content": "某市公报", "bbox": [0, 0, 9, 1]},
        {"label": "text", "content": "甲。", "bbox": [0, 1, 9, 2]}]}, "# 某市公报\n\n甲。\n"),
    ("a contents page of PaddleOCR", {"parsing_res_list": [
        {"block_label": "content", "block_content": "某通知……2\n某意见……5"}]},
        "某通知……2\n某意见……5\n"),
    ("pages of PaddleOCR in a list", [{"res": {"parsing_res_list": [
        {"block_label": "vertical_text", "block_content": "竖排。"}]}}], "竖排。\n"),
    ("a seal of PaddleOCR", {"parsing_res_list": [{"block_label": "seal", "block_content":
        "某市\n人民政府", "block_bbox": [0, 0, 9, 9]}]},
        "![某市人民政府](imgs/img_in_seal_box_0_0_9_9.jpg)\n"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "data", "text"), MANNERS, ids=lambda value: str(value)[:30])
def test_manners_of_engines_are_read(name: str, data: Json, text: str, tmp_path: Path) -> None:
    assert name
    assert composed(read(results.write(tmp_path / "a.json", data))).text == text
