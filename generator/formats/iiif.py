"""The pictures of an issue's sheets as a manifest of IIIF Presentation 3, with the texts on them.

https://iiif.io/api/presentation/3.0/: a canvas for each sheet, painted with its picture; the text
of each paragraph as an annotation of the place that it is printed at; a range for each document.
Ids must be addresses, so there is a manifest only if gazette.toml names a homepage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from generator.model import Block, Gazette, Issue, Table, lines_of
from generator.model.addresses import site_address
from generator.model.sheets import Frame, Sheet, SheetKey
from generator.render.issue import IIIF_FILE, own_title
from generator.render.sheet_places import sheets_of
from generator.runtime.data import Json, dump

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
LANGUAGE = "zh-CN"
SMALL = 800  # pixels across, of the smaller pictures


def iiif_manifest(issue: Issue, gazette: Gazette, sizes: Mapping[str, tuple[int, int]]) -> str:
    """Write the manifest of an issue; empty if it has no pictures, or the site no address.

    ``sizes`` are those of the larger pictures, by the names of the sheets. A sheet without a
    picture has no canvas; nothing that is withdrawn or covered is in the manifest.
    """
    address = site_address(gazette)
    sheets = [s for s in issue.sheets if s.name in sizes and not s.is_withheld]
    if not (address and sheets):
        return ""
    base = f"{address}{quote(issue.name)}/"
    texts = _texts(issue, {sheet.key for sheet in sheets})
    title = own_title(issue)
    data: dict[str, Json] = {
        "@context": CONTEXT,
        "id": f"{base}{IIIF_FILE}",
        "type": "Manifest",
        "label": _said(f"{gazette.title}{title}"),
        "metadata": _metadata(issue, gazette, title),
        "requiredStatement": {
            "label": _said("说明"),
            "value": _said("原页图片据收到的文件制作；文字由本站整理，如有出入，以印刷本为准。"),
        },
        "viewingDirection": "left-to-right",
        "homepage": [_linked(f"{base}index.html", "Text", "text/html", f"{gazette.title}{title}")],
        "seeAlso": [_linked(f"{base}issue.json", "Dataset", "application/json", "本期数据")],
        "items": [_canvas(s, base, sizes[s.name], texts.get(s.key, [])) for s in sheets],
        **_structures(issue, base, {sheet.key for sheet in sheets}),
    }
    return dump(data)


def _said(text: str, language: str = LANGUAGE) -> Json:
    return {language: [text]}


def _linked(address: str, kind: str, media: str, label: str) -> Json:
    return {"id": address, "type": kind, "format": media, "label": _said(label)}


def _metadata(issue: Issue, gazette: Gazette, title: str) -> Json:
    masthead = issue.masthead
    said = (
        ("公报", gazette.title),
        ("期号", title),
        (masthead.sponsor_label or "主办", masthead.sponsor),
        (masthead.publisher_label or "编辑出版", masthead.publisher),
    )
    return [{"label": _said(label), "value": _said(value)} for label, value in said if value]


def canvas_id(base: str, sheet: Sheet) -> str:
    """Give the id of the canvas of a sheet."""
    return f"{base}{sheet.name}/canvas"


def _canvas(
    sheet: Sheet, base: str, size: tuple[int, int], texts: list[tuple[Block, Frame]]
) -> Json:
    canvas, (width, height) = canvas_id(base, sheet), size
    small = min(SMALL, width)
    picture: dict[str, Json] = {
        "id": f"{base}{sheet.large}", "type": "Image", "format": "image/webp",
        "width": width, "height": height,
    }  # fmt: skip
    thumbnail: dict[str, Json] = {
        "id": f"{base}{sheet.small}", "type": "Image", "format": "image/webp",
        "width": small, "height": max(1, round(height * small / width)),
    }  # fmt: skip
    page = f"{base}{sheet.name}"
    painting: dict[str, Json] = {
        "id": f"{page}/painting", "type": "Annotation", "motivation": "painting",
        "body": picture, "target": canvas,
    }  # fmt: skip
    found: dict[str, Json] = {
        "id": canvas, "type": "Canvas", "label": _said(sheet.label), "width": width,
        "height": height, "thumbnail": [thumbnail],
        "items": [{"id": f"{page}/page", "type": "AnnotationPage", "items": [painting]}],
    }  # fmt: skip
    if texts:
        items: list[Json] = [
            _annotation(f"{page}/text/{n}", canvas, size, block, frame)
            for n, (block, frame) in enumerate(texts, 1)
        ]
        listed: Json = {"id": f"{page}/text", "type": "AnnotationPage", "items": items}
        found["annotations"] = [listed]
    return found


def _annotation(
    name: str,
    canvas: str,
    size: tuple[int, int],
    block: Block,
    frame: Frame,
) -> Json:
    left, top, right, bottom = frame.box
    width, height = size
    x, y = int(left * width), int(top * height)
    across, down = max(1, round(right * width) - x), max(1, round(bottom * height) - y)
    return {
        "id": name,
        "type": "Annotation",
        "motivation": "supplementing",
        "body": {
            "type": "TextualBody",
            "value": _text(block),
            "format": "text/plain",
            "language": LANGUAGE,
        },
        "target": f"{canvas}#xywh={x},{y},{across},{down}",
    }


def _text(block: Block) -> str:
    if isinstance(block, Table):
        return "\n".join("\t".join(row) for row in block.rows)
    return block.text


def _texts(issue: Issue, shown: set[SheetKey]) -> dict[SheetKey, list[tuple[Block, Frame]]]:
    """Give the paragraphs on each sheet, each once for every area that it takes."""
    found: dict[SheetKey, list[tuple[Block, Frame]]] = defaultdict(list)
    for document in issue.documents:
        for block in document.all_blocks():
            for frame in issue.frames_of(lines_of(block)):
                if frame.key in shown and _text(block):
                    found[frame.key].append((block, frame))
    return found


def _structures(issue: Issue, base: str, shown: set[SheetKey]) -> dict[str, Json]:
    ranges = list(_ranges(issue, base, shown))
    return {"structures": ranges} if ranges else {}


def _ranges(issue: Issue, base: str, shown: set[SheetKey]) -> Iterator[Json]:
    for document in issue.documents:
        own = [sheet for sheet in sheets_of(document, issue) if sheet.key in shown]
        canvases: list[Json] = [{"id": canvas_id(base, s), "type": "Canvas"} for s in own]
        if canvases:
            yield {
                "id": f"{base}{document.id}/range",
                "type": "Range",
                "label": _said(document.title or document.id),
                "items": canvases,
            }
