"""docling: DoclingDocument as JSON, the body in its order of reading.

Only what an issue needs is read, and unknown keys are ignored. Where the package docling-core is
installed (the extra ``docling``), it validates the file first and brings it to its newest version.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape

import msgspec

from generator.content.intake.engines.json_values import count_of, number_of, shares_of, text_of
from generator.content.intake.engines.result import BlockKind, EngineResult, ReadBlock
from generator.content.intake.taken import Box, Place, ReadPage
from generator.content.intake.text import first_line
from generator.runtime.errors import SourceError

MOST_PAGES = 10_000
DEEPEST = 50  # groups within each other
MOST_ROWS, MOST_COLUMNS = 10_000, 1_000
KINDS: Mapping[str, BlockKind] = {
    "title": "title", "section_header": "title",
    "table": "table", "document_index": "table",
    "picture": "picture", "chart": "picture",
    "formula": "formula", "footnote": "footnote", "caption": "caption",
    "page_header": "furniture", "page_footer": "furniture",
}  # fmt: skip


class Ref(msgspec.Struct):
    """A reference to an item of the document."""

    ref: str = msgspec.field(default="", name="$ref")


class Prov(msgspec.Struct):
    """Where an item is on paper."""

    page_no: object = None
    bbox: object = None


class Cell(msgspec.Struct):
    """A cell of a table, once for all places that it covers."""

    text: object = None
    row_span: object = 1
    col_span: object = 1
    start_row_offset_idx: object = 0
    start_col_offset_idx: object = 0
    column_header: object = False
    ref: object = None  # of a cell that holds items: they are children of the table too


class TableData(msgspec.Struct):
    """The cells of a table."""

    table_cells: list[Cell] = []


class Node(msgspec.Struct):
    """A text, a table, a picture or a group."""

    self_ref: str = ""
    label: object = None
    text: object = None
    orig: object = None
    level: object = None
    enumerated: object = None
    marker: object = None
    content_layer: object = None
    prov: list[Prov] = []
    children: list[Ref] = []
    captions: list[Ref] = []
    footnotes: list[Ref] = []
    data: TableData | None = None
    image: object = None


class DoclingPage(msgspec.Struct):
    """A page."""

    page_no: object = None
    size: object = None


class DoclingDocument(msgspec.Struct):
    """A document."""

    schema_name: str
    version: object = None
    body: Node = msgspec.field(default_factory=Node)
    furniture: Node = msgspec.field(default_factory=Node)
    groups: list[Node] = []
    texts: list[Node] = []
    tables: list[Node] = []
    pictures: list[Node] = []
    key_value_items: list[Node] = []
    form_items: list[Node] = []
    field_regions: list[Node] = []
    field_items: list[Node] = []
    pages: dict[str, DoclingPage] = {}


def is_docling(data: object) -> bool:
    """Whether JSON is a DoclingDocument."""
    return isinstance(data, Mapping) and data.get("schema_name") == "DoclingDocument"


def read_docling(data: object, source: str) -> EngineResult:
    """Read a DoclingDocument."""
    version = text_of(data.get("version"))[:40] if isinstance(data, Mapping) else ""
    reader = _Reader(msgspec.convert(validated(data, source), DoclingDocument))
    blocks = [*reader.blocks(reader.document.body, 0), *reader.margins()]
    last = max([*reader.sizes, *(block.page for block in blocks)], default=0)
    pages = tuple(ReadPage(n, *reader.sizes.get(n, (0.0, 0.0))) for n in range(1, last + 1))
    return EngineResult(f"docling {version}".strip(), source, pages, tuple(blocks))


def validated(data: object, source: str) -> object:
    """Validate the document with docling-core and bring it to its newest version.

    Without the package the document stays as it is. Raises SourceError for an invalid one.
    """
    try:
        from docling_core.types.doc.document import DoclingDocument as Model
    except ImportError:
        return data
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of keys that newer versions no longer write
            newest: object = Model.model_validate(data).export_to_dict()
    except (ValueError, AttributeError, RecursionError) as error:
        msg = (
            f"{source}:1: docling-core 校验不通过（{first_line(error)[:200]}）；"
            "请重新导出或升级 docling-core，或放入同时得到的 .md 文件"
        )
        raise SourceError(msg) from error
    return newest


class _Reader:
    """Reads the items of a document, each once."""

    def __init__(self, document: DoclingDocument) -> None:
        self.document = document
        kinds = (document.groups, document.texts, document.tables, document.pictures,
                 document.key_value_items, document.form_items, document.field_regions,
                 document.field_items)  # fmt: skip
        self.nodes = {node.self_ref: node for nodes in kinds for node in nodes if node.self_ref}
        self.sizes = {
            count_of(page.page_no or name, MOST_PAGES): _size(page.size)
            for name, page in document.pages.items()
        }
        self.read: set[str] = set()

    def blocks(self, node: Node, depth: int) -> Iterator[ReadBlock]:
        """Read what an item holds, in its order."""
        if depth > DEEPEST:
            return
        for ref in node.children:
            inner = self.nodes.get(ref.ref)
            if inner is None or ref.ref in self.read:
                continue
            self.read.add(ref.ref)
            label = text_of(inner.label)
            kind = KINDS.get(label, "text")
            if kind in ("table", "picture"):
                yield self.figure(inner, kind)
                self.pass_cells(inner)
                for part in self.blocks(inner, depth + 1):
                    # the words on a picture are in the picture
                    yield replace(part, kind="furniture", label="in_picture")
            else:
                if text_of(inner.text):
                    yield self.block(inner, kind)
                yield from self.blocks(inner, depth + 1)

    def pass_cells(self, node: Node) -> None:
        """Take the items in the cells of a table as read: the cells have their words."""
        waiting = [
            text_of(cell.ref.get("$ref"))
            for cell in (node.data.table_cells if node.data else ())
            if isinstance(cell.ref, Mapping)
        ]
        while waiting:
            ref = waiting.pop()
            if ref not in self.read and (inner := self.nodes.get(ref)):
                self.read.add(ref)
                waiting += [child.ref for child in inner.children]

    def margins(self) -> Iterator[ReadBlock]:
        """Read the running heads, which older versions keep apart, and what nothing refers to."""
        for block in self.blocks(self.document.furniture, 0):
            yield replace(block, kind="furniture")
        for node in self.document.texts:
            if node.self_ref not in self.read and text_of(node.text):
                self.read.add(node.self_ref)
                yield replace(self.block(node, "furniture"), kind="furniture")

    def block(self, node: Node, kind: BlockKind) -> ReadBlock:
        """Read a text."""
        if text_of(node.content_layer) not in ("", "body"):  # furniture, background, invisible
            kind = "furniture"
        label = text_of(node.label)
        level = 1 if label == "title" else (count_of(node.level, 9) or 1) + 1
        words = _item_text(node) if label == "list_item" else text_of(node.text)
        if kind == "formula" and words:
            words = f"$${words.strip().strip('$')}$$"
        return ReadBlock(kind, words, self.places(node), label, level)

    def figure(self, node: Node, kind: BlockKind) -> ReadBlock:
        """Read a table or a picture with its captions and notes."""
        uri = node.image.get("uri") if isinstance(node.image, Mapping) else None
        path = text_of(uri)
        return ReadBlock(
            kind,
            _html(node.data) if kind == "table" and node.data else "",
            self.places(node),
            text_of(node.label),
            captions=self.texts(node.captions),
            notes=self.texts(node.footnotes),
            image="" if path.startswith("data:") else path,
        )

    def texts(self, refs: list[Ref]) -> tuple[str, ...]:
        found = []
        for ref in refs:
            if (node := self.nodes.get(ref.ref)) and ref.ref not in self.read:
                self.read.add(ref.ref)
                found.append(text_of(node.text))
        return tuple(filter(None, found))

    def places(self, node: Node) -> tuple[Place, ...]:
        places = []
        for prov in node.prov:
            page = count_of(prov.page_no, MOST_PAGES)
            places.append(Place(page, _box(prov.bbox, *self.sizes.get(page, (0.0, 0.0)))))
        return tuple(places) or (Place(0),)


def _item_text(node: Node) -> str:
    """Give an item of a list with its printed number, which docling keeps apart."""
    words, printed = text_of(node.text), text_of(node.orig)
    if printed.endswith(words) and 0 < len(printed) - len(words) <= 10:
        return printed.lstrip("·•●-* ") if node.enumerated is not True else printed
    marker = text_of(node.marker).strip()
    if node.enumerated is True and marker and not words.startswith(marker):
        return f"{marker} {words}"
    return words


def _size(value: object) -> tuple[float, float]:
    if not isinstance(value, Mapping):
        return 0.0, 0.0
    return number_of(value.get("width")) or 0.0, number_of(value.get("height")) or 0.0


def _box(value: object, width: float, height: float) -> Box | None:
    """Give the place of an item; its origin is at the foot of the page, or at its head."""
    if not isinstance(value, Mapping) or width <= 0 or height <= 0:
        return None
    left, top, right, bottom = (number_of(value.get(key)) for key in ("l", "t", "r", "b"))
    if left is None or top is None or right is None or bottom is None:
        return None
    if value.get("coord_origin", "TOPLEFT") == "BOTTOMLEFT":
        top, bottom = height - top, height - bottom
    return shares_of(left, top, right, bottom, width, height)


def _html(data: TableData) -> str:
    """Write a table as HTML, each merged cell once with its spans."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for cell in data.table_cells:
        row = count_of(cell.start_row_offset_idx, MOST_ROWS)
        column = count_of(cell.start_col_offset_idx, MOST_COLUMNS)
        name = "th" if cell.column_header is True else "td"
        down, across = count_of(cell.row_span, MOST_ROWS), count_of(cell.col_span, MOST_COLUMNS)
        spans = (f' rowspan="{down}"' if down > 1 else "") + (
            f' colspan="{across}"' if across > 1 else ""
        )
        text = escape(text_of(cell.text), quote=False)
        rows.setdefault(row, []).append((column, f"<{name}{spans}>{text}</{name}>"))
    if not rows:
        return ""
    written = ("".join(cell for _, cell in sorted(rows.get(n, []))) for n in range(max(rows) + 1))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in written)}</table>"
