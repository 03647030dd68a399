"""One small issue as the engines would write it, each in its format; the words are our own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from generator.runtime.data import Json, dump

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
TABLE = (
    "<table><tr><td rowspan=2>区</td><td colspan=2>任务</td></tr>"
    "<tr><td>排查</td><td>整改</td></tr><tr><td>东区</td><td>30</td><td>12</td></tr></table>"
)
WIDTH, HEIGHT = 1240.0, 1754.0  # pixels of a page
HEAD = "某某市人民政府公报 2024年第3期"


@dataclass(frozen=True, slots=True)
class Piece:
    """A thing on a page: its kind, its words, its page from 0, its top in thousandths."""

    kind: str
    words: str
    page: int
    top: int
    level: int = 0
    caption: str = ""
    note: str = ""
    image: str = ""

    @property
    def thousandths(self) -> list[Json]:
        return [100, self.top, 900, self.top + 25]

    @property
    def pixels(self) -> list[Json]:
        return [124, round(self.top * 1.754), 1116, round((self.top + 25) * 1.754)]

    @property
    def points(self) -> list[Json]:
        return [59.5, self.top * 0.842, 535.5, (self.top + 25) * 0.842]


ISSUE = (
    Piece("text", "某某市人民政府公报", 0, 50, level=1),
    Piece("text", "2024年第3期（总第27期）", 0, 90),
    Piece("text", "目 录", 0, 130, level=1),
    Piece("text", "某某市人民政府关于印发防汛预案的通知 ..... 2", 0, 170),
    Piece("text", "某某市人民政府关于公布古树名录的通知 ..... 3", 0, 200),
    Piece("number", "1", 0, 950),
    Piece("header", HEAD, 1, 20),
    Piece("text", "某某市人民政府关于印发防汛预案的通知", 1, 60, level=1),
    Piece("text", "某府发[2024] 12 号", 1, 100),
    Piece("text", "各区人民政府，市政府各部门：", 1, 130),
    Piece("text", "现将《某某市防汛预案》印发给你们，请认真执行。", 1, 160),
    Piece("text", "一、总体要求", 1, 190, level=2),
    Piece("text", "坚持预防为主，各区要在汛期前完成隐患排查，并将排查结果报市防汛抗旱指", 1, 220),
    Piece("footnote", "① 汛期为每年5月至10月。", 1, 900),
    Piece("number", "— 2 —", 1, 950),
    Piece("header", HEAD, 2, 20),
    Piece("text", "挥部备案。", 2, 60),
    Piece("table", TABLE, 2, 100, caption="表1 责任分工", note="注：单位为户。"),
    Piece("text", "某某市人民政府", 2, 320),
    Piece("text", "2024年3月5日", 2, 350),
    Piece("seal", "某某市人民政府", 2, 380, image="seal.jpg"),
    Piece("text", "某某市人民政府关于公布古树名录的通知", 2, 420, level=1),
    Piece("text", "某府发〔2024〕13号", 2, 450),
    Piece("text", "各区人民政府：", 2, 480),
    Piece("text", "现公布古树名录，位置见图1。", 2, 500),
    Piece("image", "", 2, 530, caption="图1 古树分布图", image="map.jpg"),
    Piece("text", "某某市人民政府", 2, 800),
    Piece("text", "2024年3月9日", 2, 830),
    Piece("number", "— 3 —", 2, 950),
)
PAGES = 3


def of_page(page: int) -> list[Piece]:
    return [piece for piece in ISSUE if piece.page == page]


MINERU_KINDS = {"number": "page_number", "footnote": "page_footnote", "seal": "image"}
V2_KINDS = {
    "number": "page_number", "footnote": "page_footnote", "seal": "image", "header": "page_header",
    "text": "paragraph",
}  # fmt: skip


def content_list() -> Json:
    """Write MinerU's content_list.json."""
    return [_item(piece) for piece in ISSUE]


def _item(piece: Piece) -> Json:
    item: dict[str, Json] = {
        "type": MINERU_KINDS.get(piece.kind, piece.kind), "page_idx": piece.page,
        "bbox": piece.thousandths,
    }  # fmt: skip
    if piece.kind == "table":
        item |= {"table_body": piece.words, "table_caption": [piece.caption],
                 "table_footnote": [piece.note], "img_path": "images/t.jpg"}  # fmt: skip
    elif piece.image:
        item |= {"img_path": f"images/{piece.image}", "image_footnote": [],
                 "image_caption": [piece.caption] if piece.caption else []}  # fmt: skip
        if piece.kind == "seal":
            item |= {"sub_type": "seal", "content": piece.words}
    else:
        item["text"] = piece.words
        if piece.level:
            item["text_level"] = piece.level
    return item


def content_list_v2() -> Json:
    """Write MinerU's content_list_v2.json."""
    return [[_item_v2(piece) for piece in of_page(page)] for page in range(PAGES)]


def _span(words: str) -> list[Json]:
    return [{"type": "text", "content": words}] if words else []


def _item_v2(piece: Piece) -> Json:
    kind = "title" if piece.level else V2_KINDS.get(piece.kind, piece.kind)
    content: dict[str, Json] = {f"{kind}_content": _span(piece.words)}
    if piece.level:
        content["level"] = piece.level
    if piece.kind == "table":
        content = {"html": piece.words, "table_caption": _span(piece.caption),
                   "table_footnote": _span(piece.note)}  # fmt: skip
    elif piece.image:
        content = {"image_source": {"path": f"images/{piece.image}"}, "image_footnote": [],
                   "image_caption": _span(piece.caption), "content": piece.words}  # fmt: skip
    item: dict[str, Json] = {"type": kind, "content": content, "bbox": piece.thousandths}
    return item | ({"sub_type": "seal"} if piece.kind == "seal" else {})


def middle() -> Json:
    """Write MinerU's middle.json."""
    return {
        "pdf_info": [
            {
                "page_idx": page, "page_size": [595, 842],
                "para_blocks": [_block(p) for p in of_page(page) if p.kind not in MARGINS],
                "discarded_blocks": [_block(p) for p in of_page(page) if p.kind in MARGINS],
            }
            for page in range(PAGES)
        ],
        "_backend": "pipeline", "_version_name": "2.5.4",
    }  # fmt: skip


def middle_tree() -> Json:
    """Write the middle_json.json of MinerU 4: places are shares, texts are spans."""
    return {
        "metadata": {"file_suffix": "pdf", "producer": {"name": "mineru", "version": "4.0.12"}},
        "extensions": {"mineru": {"tier": "flash"}},
        "pages": [
            {"page_idx": page, "blocks": [_tree_block(p, n) for n, p in enumerate(of_page(page))]}
            for page in range(PAGES)
        ],
        "is_full_document": True, "schema": "docvortex.middle", "schema_version": "2.0",
    }  # fmt: skip


TREE_KINDS = {"number": "page_number", "footnote": "page_footnote", "seal": "image"}


def _tree_block(piece: Piece, index: int) -> Json:
    kind = TREE_KINDS.get(piece.kind, piece.kind)
    if piece.level:
        kind = "doc_title" if piece.level == 1 else "paragraph_title"
    left, top, right, bottom = (float(str(number)) / 1000 for number in piece.thousandths)
    block: dict[str, Json] = {"type": kind, "index": index, "bbox": [left, top, right, bottom]}
    if piece.level:
        block["level"] = piece.level
    if piece.kind != "table" and not piece.image:
        return block | {"content": _span(piece.words)}
    body: dict[str, Json] = {"type": f"{kind}_body", "index": index, "content": piece.words}
    if piece.image:
        body["image_path"] = f"images/{piece.image}"
    parts: list[Json] = [body]
    for name, said in (("caption", piece.caption), ("footnote", piece.note)):
        if said:
            parts.append({"type": f"{kind}_{name}", "content": _span(said)})
    seal: dict[str, Json] = {"sub_type": "seal"} if piece.kind == "seal" else {}
    return block | {"content": parts} | seal


def structured_content() -> Json:
    """Write the structured_content.json of MinerU 4: the same tree with texts as Markdown."""
    pages: list[Json] = []
    for page in range(PAGES):
        blocks: list[Json] = []
        for n, piece in enumerate(of_page(page)):
            block = _tree_block(piece, n)
            assert isinstance(block, dict)
            block["content"] = piece.words
            if piece.kind == "table" or piece.image:
                block["captions"] = [{"content": piece.caption}] if piece.caption else []
                block["footnotes"] = [{"content": piece.note}] if piece.note else []
            if piece.image:
                block["image_source"] = f"images/{piece.image}"
            blocks.append({key: value for key, value in block.items() if key != "index"})
        pages.append({"page_idx": page, "blocks": blocks})
    return {"pages": pages, "metadata": {"producer": {"name": "mineru", "version": "4.0.12"}}}


MARGINS = ("header", "number", "footnote")


def _row(span: dict[str, Json], piece: Piece) -> Json:
    return {"bbox": piece.points, "spans": [{"bbox": piece.points, **span}]}


def _block(piece: Piece) -> Json:
    kind = "title" if piece.level else MINERU_KINDS.get(piece.kind, piece.kind)
    block: dict[str, Json] = {"type": kind, "bbox": piece.points}
    words: dict[str, Json] = {"type": "text", "content": piece.words, "score": 0.98}
    if piece.kind != "table" and not piece.image:
        level: dict[str, Json] = {"level": piece.level} if piece.level else {}
        return {**block, **level, "lines": [_row(words, piece)]}
    body: dict[str, Json] = {"type": "table", "html": piece.words, "image_path": "t.jpg"}
    if piece.image:
        body = {"type": "image", "image_path": piece.image, "content": piece.words}
    parts: list[Json] = [
        {"type": f"{kind}_body", "bbox": piece.points, "lines": [_row(body, piece)]}
    ]
    for name, said in (("caption", piece.caption), ("footnote", piece.note)):
        if said:
            row = _row({"type": "text", "content": said}, piece)
            parts.append({"type": f"{kind}_{name}", "bbox": piece.points, "lines": [row]})
    seal: dict[str, Json] = {"sub_type": "seal"} if piece.kind == "seal" else {}
    return {**block, **seal, "blocks": parts}


def paddle_page(page: int) -> dict[str, Json]:
    """Write a page as PaddleOCR's ``*_res.json``."""
    blocks = [block for piece in of_page(page) for block in _paddle_blocks(piece)]
    return {
        "input_path": "第3期.pdf", "page_index": page, "page_count": PAGES,
        "width": int(WIDTH), "height": int(HEIGHT), "model_settings": {"use_seal": True},
        "parsing_res_list": [
            {**block, "block_id": n, "block_order": None if block["block_label"] == "table" else n}
            for n, block in enumerate(blocks)
        ],
        "layout_det_res": {"boxes": []},
    }  # fmt: skip


def _paddle_blocks(piece: Piece) -> list[dict[str, Json]]:
    label = {1: "doc_title", 2: "paragraph_title"}.get(piece.level, piece.kind)
    found: list[dict[str, Json]] = [
        {"block_label": label, "block_content": piece.words, "block_bbox": piece.pixels}
    ]
    if piece.caption:
        title = "table_title" if piece.kind == "table" else "figure_title"
        said: dict[str, Json] = {
            "block_label": title,
            "block_content": piece.caption,
            "block_bbox": piece.pixels,
        }
        found.insert(0 if piece.kind == "table" else 1, said)
    if piece.note:
        found.append(
            {"block_label": "vision_footnote", "block_content": piece.note,
             "block_bbox": piece.pixels}
        )  # fmt: skip
    return found


def paddle_pictures() -> dict[str, str]:
    """Give the names of PaddleOCR's pictures, by the names here."""
    return {
        piece.image: "imgs/img_in_{}_box_{}_{}_{}_{}.jpg".format(piece.kind, *piece.pixels)
        for piece in ISSUE
        if piece.image
    }


CELLS: list[tuple[str, int, int, int, int]] = [
    ("区", 0, 0, 2, 1), ("任务", 0, 1, 1, 2), ("排查", 1, 1, 1, 1), ("整改", 1, 2, 1, 1),
    ("东区", 2, 0, 1, 1), ("30", 2, 1, 1, 1), ("12", 2, 2, 1, 1),
]  # fmt: skip


def docling() -> Json:
    """Write docling's JSON; places have their origin at the foot of the page."""
    lists: dict[str, list[Json]] = {"texts": [], "tables": [], "pictures": []}
    body: list[Json] = []

    def add(kind: str, piece: Piece, item: dict[str, Json]) -> Json:
        left, top, right, bottom = (float(str(number)) for number in piece.points)
        box: Json = {"l": left, "t": 842 - top, "r": right, "b": 842 - bottom,
                     "coord_origin": "BOTTOMLEFT"}  # fmt: skip
        ref = f"#/{kind}/{len(lists[kind])}"
        prov: Json = [{"page_no": piece.page + 1, "bbox": box, "charspan": [0, 1]}]
        lists[kind].append({"self_ref": ref, "children": [], "prov": prov, **item})
        return {"$ref": ref}

    def text(piece: Piece, label: str, words: str, layer: str = "body") -> Json:
        level: dict[str, Json] = {"level": 1} if label == "section_header" else {}
        return add("texts", piece, {"label": label, "text": words, "orig": words,
                                    "content_layer": layer, **level})  # fmt: skip

    for piece in ISSUE:
        label = {1: "title", 2: "section_header"}.get(piece.level, "text")
        if piece.kind == "table" or piece.image:
            captions = [text(piece, "caption", piece.caption)] if piece.caption else []
            notes = [text(piece, "footnote", piece.note)] if piece.note else []
            item: dict[str, Json] = {"captions": captions, "footnotes": notes,
                                     "children": [*captions, *notes]}  # fmt: skip
            if piece.kind == "table":
                cells: Json = [
                    {"text": words, "start_row_offset_idx": row, "start_col_offset_idx": column,
                     "end_row_offset_idx": row + down, "end_col_offset_idx": column + across,
                     "row_span": down, "col_span": across, "column_header": False}
                    for words, row, column, down, across in CELLS
                ]  # fmt: skip
                item |= {
                    "label": "table",
                    "data": {"table_cells": cells, "num_rows": 3, "num_cols": 3},
                }
                body.append(add("tables", piece, item))
                continue
            image: Json = {"uri": f"images/{piece.image}", "mimetype": "image/jpeg", "dpi": 72,
                           "size": {"width": 8.0, "height": 8.0}}  # fmt: skip
            item |= {"label": "picture", "image": image}
            if piece.words:
                item["children"] = [*captions, text(piece, "text", piece.words)]
            body.append(add("pictures", piece, item))
        elif piece.kind in ("header", "number"):
            label = "page_header" if piece.kind == "header" else "page_footer"
            body.append(text(piece, label, piece.words, "furniture"))
        else:
            label = "footnote" if piece.kind == "footnote" else label
            body.append(text(piece, label, piece.words))
    for items in lists.values():  # what an item holds names it
        for holder in cast("list[dict[str, Json]]", items):
            holder.setdefault("parent", {"$ref": "#/body"})
            for inner in cast("list[dict[str, str]]", holder["children"]):
                _, kind, n = inner["$ref"].split("/")
                cast("dict[str, Json]", lists[kind][int(n)])["parent"] = {
                    "$ref": holder["self_ref"]
                }
    pages: Json = {
        str(n): {"page_no": n, "size": {"width": 595.0, "height": 842.0}}
        for n in range(1, PAGES + 1)
    }
    return {
        "schema_name": "DoclingDocument", "version": "1.8.0", "name": "g", **lists, "groups": [],
        "body": {"self_ref": "#/body", "children": body, "label": "unspecified"}, "pages": pages,
        "furniture": {"self_ref": "#/furniture", "children": []},
    }  # fmt: skip


def printed(page: int) -> list[Piece]:
    """List the lines of a page that lines alone can show: no tables, pictures, notes."""
    return [p for p in of_page(page) if p.kind == "text"]


def corners(piece: Piece) -> Json:
    left, top, right, bottom = piece.pixels
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


RAPID_FORMS: dict[str, Callable[[int], Json]] = {
    "rows": lambda page: [[corners(p), p.words, 0.98] for p in printed(page)],
    "objects": lambda page: [
        {"box": corners(p), "txt": p.words, "score": "0.98"} for p in printed(page)
    ],
}


def hocr() -> str:
    """Write hOCR as Tesseract does, a word for each character or two."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<html><head><title></title></head><body>'
        + "".join(
            f"<div class='ocr_page' title='image \"{n}.png\"; bbox 0 0 1240 1754; ppageno {n}'>"
            + "".join(map(_hocr_par, of_page(n)))
            + "</div>"
            for n in range(PAGES)
        )
        + "</body></html>"
    )


def _hocr_par(piece: Piece) -> str:
    if piece.kind not in ("text", "number"):
        return ""
    box = " ".join(map(str, piece.pixels))
    words = "".join(
        f"<span class='ocrx_word' title='bbox {box}; x_wconf 96'>{word}</span> "
        for word in _words(piece.words)
    )
    name = "ocr_pageno" if piece.kind == "number" else "ocr_par"
    line = f"<span class='ocr_line' title='bbox {box}; baseline 0 0'>{words}</span>"
    return f"<p class='{name}' title='bbox {box}'>{line}</p>"


def _words(text: str) -> list[str]:
    """Cut a text into words as Tesseract does: at blanks, and ideographs two by two."""
    return re.findall(r"[\u4e00-\u9fff]{1,2}|[^\s\u4e00-\u9fff]+", text)


def alto() -> str:
    """Write ALTO, page numbers in the margin at the foot."""
    pages = []
    for number in range(PAGES):
        inside = "".join(_alto_block(p) for p in printed(number))
        below = "".join(_alto_block(p) for p in of_page(number) if p.kind == "number")
        pages.append(
            f'<Page WIDTH="1240" HEIGHT="1754" PHYSICAL_IMG_NR="{number + 1}">'
            f"<PrintSpace>{inside}</PrintSpace><BottomMargin>{below}</BottomMargin></Page>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><alto xmlns="http://www.loc.gov/standards/alto/'
        f'ns-v4#"><Layout>{"".join(pages)}</Layout></alto>'
    )


def _alto_block(piece: Piece) -> str:
    left, top, right, bottom = (int(str(number)) for number in piece.pixels)
    place = f'HPOS="{left}" VPOS="{top}" WIDTH="{right - left}" HEIGHT="{bottom - top}"'
    words = "<SP/>".join(
        f'<String CONTENT="{word}" WC="0.96" {place}/>' for word in piece.words.split(" ")
    )
    return f"<TextBlock {place}><TextLine {place}>{words}</TextLine></TextBlock>"


def write(path: Path, data: Json) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(data), "utf-8")
    return path


def write_mineru(folder: Path, data: Json, name: str = "g_content_list.json") -> Path:
    """Write a folder as MinerU does: the JSON, images/, the Markdown."""
    write(folder / name, data)
    for image in ("seal.jpg", "map.jpg", "t.jpg"):
        (folder / "images").mkdir(exist_ok=True)
        (folder / "images" / image).write_bytes(PICTURE)
    (folder / "g.md").write_text("# 某某市人民政府公报\n", "utf-8")
    (folder / "g_layout.pdf").write_bytes(b"%PDF-1.4")
    return folder


def write_paddle(folder: Path) -> Path:
    """Write a folder as PaddleOCR does: a file for each page, and imgs/."""
    for page in range(PAGES):
        write(folder / f"第3期_{page}_res.json", paddle_page(page))
    for name in paddle_pictures().values():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(PICTURE)
    return folder
