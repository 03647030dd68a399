"""Blocks → the parts of an Akoma Ntoso document: preface, hierarchy, conclusions.

1. Every block is written in the order of the page, with its own anchor as eId.
2. Its num, heading and p together contain its text, without a character more or less.
3. Any blocks in any order give elements that fit the schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from operator import itemgetter
from urllib.parse import quote

from generator.formats.akoma_ntoso.inline import Span, attribute, inline
from generator.language.dates import parse_date, valid_date
from generator.language.ordinals import OrdinalStyle
from generator.model import (
    Block,
    CellSpan,
    Heading,
    Mark,
    Paragraph,
    Reference,
    Table,
    TextBlock,
    TextPlace,
)
from generator.model.outline import lead_length, printed_ordinal
from generator.model.provisions import Place, Provisions
from generator.render.link_writer import Lead, LinkWriter
from generator.render.printed_pages import PageBegun


@dataclass(frozen=True, slots=True)
class Unit:
    """An element of the hierarchy, and the blocks in it that contain no others."""

    block: TextBlock  # that begins it
    depth: int  # twice that of the outline, so that a 款 without a number fits in between
    own: list[Block]


PREFACE = {"label", "title", "number", "history", "addressees"}
AMONG_PREFACE = {"note", "signature", "date"}  # part of the preface if another line of it follows
CONCLUSIONS = {"attachment_note", "signature", "date", "note", "footer"}

# 编章节条, then 一、（一）1.（1） of other texts
UNITS: dict[OrdinalStyle, str] = {
    "part": "part", "chapter": "chapter", "clause": "section", "article": "article",
    "stem": "paragraph", "section": "section", "item": "subsection", "point": "paragraph",
    "subpoint": "subparagraph", "decimal": "level",
}  # fmt: skip
# 款, 项 and 目 of an article have the names usual in translations, whatever their numbers look like
IN_ARTICLE = {"款": "paragraph", "项": "subparagraph", "目": "point"}
INLINE = {"title": "docTitle", "number": "docNumber", "signature": "signature"}


def is_rules(blocks: Sequence[Block]) -> bool:
    """Say whether blocks are rules in articles (章节条), which makes the document an act."""
    ordinals = (printed_ordinal(b) for b in blocks if not isinstance(b, Table))
    return any(o and o.style == "article" for o in ordinals)


@dataclass(frozen=True, slots=True)
class BodyWriter:
    """Writes the blocks of one document and its attachments."""

    links: LinkWriter
    files: Sequence[str]  # the pictures in the folder
    references: Mapping[TextPlace, tuple[Reference, ...]]
    pages: Mapping[str, tuple[PageBegun, ...]]  # that begin in a block, by its anchor
    tree: Provisions

    def parts(self, blocks: Sequence[Block]) -> list[str]:
        """Write the parts of a document or an attachment that come after its meta."""
        leading = [*takewhile(lambda b: _kind(b) in PREFACE | AMONG_PREFACE, blocks)]
        first = max((n for n, b in enumerate(leading, 1) if _kind(b) in PREFACE), default=0)
        rest = blocks[first:]
        last = len(rest) - len(list(takewhile(lambda b: _kind(b) in CONCLUSIONS, reversed(rest))))
        opening, units = self._units(rest[:last])
        opened = self._blocks(opening)
        written = self._hierarchy(units)
        parts = _wrapped("preface", self._blocks(blocks[:first]))
        if is_rules(blocks):  # the schema allows only units in a body
            parts += _wrapped("preamble", opened) + _wrapped("body", written)
        else:
            parts += _wrapped("mainBody", [*opened, *written] or ["<p/>"])
        return parts + _wrapped("conclusions", self._blocks(rest[last:]))

    def _hierarchy(self, units: Sequence[Unit]) -> list[str]:
        """Write units nested in each other, as in the table of contents of the page."""
        written: list[str] = []
        is_open: list[tuple[int, str]] = []  # depth and name of the units that hold the next
        following = [unit.depth for unit in units[1:]] + [-1]
        for unit, next_depth in zip(units, following, strict=False):
            while is_open and is_open[-1][0] >= unit.depth:
                written.append(f"</{is_open.pop()[1]}>")
            name, opening, text = self._unit(unit.block)
            content = [*text, *self._blocks(unit.own)]
            place = "intro" if next_depth > unit.depth else "content"
            written += [opening, *_wrapped(place, content)]
            is_open.append((unit.depth, name))
        return written + [f"</{name}>" for _, name in reversed(is_open)]

    def _units(self, blocks: Iterable[Block]) -> tuple[list[Block], list[Unit]]:
        """Split blocks into those before the first unit, and the units with their own blocks.

        The second paragraph (款) of an article and each further one are units in the article; the
        first one stands beside its number.
        """
        opening: list[Block] = []
        units: list[Unit] = []
        own = opening
        article = 0  # its depth
        for block in blocks:
            place = self.tree.places.get(block.anchor)
            if not isinstance(block, Table) and (isinstance(block, Heading) or block.ordinal):
                depth = 2 * block.depth
                article = depth if place and place.rank == "条" else article
            elif isinstance(block, Paragraph) and place and _is_further(place):
                depth = article + 1
            else:
                own.append(block)
                continue
            own = []
            units.append(Unit(block, depth, own))
        return opening, units

    def _unit(self, block: TextBlock) -> tuple[str, str, list[str]]:
        """Give a unit's element name, its opening with number and heading, and its run-in text."""
        text, spans = block.text, self._spans(block)
        if isinstance(block, Paragraph) and not block.ordinal:  # a 款
            written = _paragraph(block, self._text(block), self.files, is_marked=False)
            return "paragraph", f'<paragraph eId="{block.anchor}">', [written]
        ordinal = printed_ordinal(block)
        if ordinal is None:
            heading = f"<heading>{inline(text, spans, 0, len(text))}</heading>"
            opening = f'<hcontainer eId="{block.anchor}" name="heading">{heading}'
            return "hcontainer", opening, []
        place = self.tree.places.get(block.anchor)
        is_inside = bool(place and place.article and place.article != block.anchor)
        name = UNITS[ordinal.style]
        if place and is_inside:
            name = IN_ARTICLE.get(place.rank, "indent")
        # the blanks after a number belong to it
        cut = len(text) - len(text[ordinal.end :].lstrip(" \u3000"))
        end = len(text) if isinstance(block, Heading) else max(lead_length(block), cut)
        opening = f'<{name} eId="{block.anchor}"><num>{inline(text, spans, 0, cut)}</num>'
        if end > cut:
            opening += f"<heading>{inline(text, spans, cut, end)}</heading>"
        run_on = [f"<p>{inline(text, spans, end, len(text))}</p>"] if end < len(text) else []
        return name, opening, run_on

    def _blocks(self, blocks: Sequence[Block]) -> list[str]:
        """Write blocks that contain no others; the caption of a table is part of it."""
        written: list[str] = []
        caption: TextBlock | None = None
        for block in blocks:
            if isinstance(block, Table):
                if caption:
                    written.pop()
                written.append(self._table(block, caption))
                caption = None
            else:
                written.append(_paragraph(block, self._text(block), self.files))
                caption = block if _kind(block) == "caption" else None
        return written

    def _text(self, block: TextBlock) -> str:
        return inline(block.text, self._spans(block), 0, len(block.text))

    def _table(self, table: Table, caption: TextBlock | None) -> str:
        cited = {(cell.row, cell.column): cell.citations for cell in table.citations}
        spans = {(span.row, span.column): span for span in table.spans}
        pages = {one.at: one for one in self.pages.get(table.anchor, ())}
        rows = [f'<table eId="{table.anchor}">']
        if caption:
            rows.append(f'<caption eId="{caption.anchor}">{self._text(caption)}</caption>')
        for number, cells in groupby(table.cells(), key=itemgetter(0)):
            name = "th" if number < table.header_rows else "td"
            anchor = f' eId="{table.row_anchor(number)}"' if name == "td" else ""
            edges = [*map(_end_of_page, [pages[number]] if number in pages else ())]
            written = (
                self._cell(
                    name,
                    text,
                    self.links.leads(
                        cited.get((r, c), ()),
                        self.references.get((table.row_anchor(r), c), ()) if name == "td" else (),
                    ),
                    spans.get((r, c)),
                    edges if n == 0 else (),
                )
                for n, (r, c, text) in enumerate(cells)
            )
            rows.append(f"<tr{anchor}>{''.join(written)}</tr>")
        return "\n".join([*rows, "</table>"])

    def _cell(
        self,
        name: str,
        text: str,
        leads: Iterable[Lead],
        merged: CellSpan | None,
        edges: Sequence[Span],
    ) -> str:
        spans = _sorted([_ref(lead) for lead in leads])
        edge = "".join(span.opening for span in edges)
        about, start, paragraphs = "", 0, []
        if merged:
            counts = (("colspan", merged.col_span), ("rowspan", merged.row_span))
            about = "".join(f' {key}="{count}"' for key, count in counts if count > 1)
        for paragraph in text.split("\n"):
            end = start + len(paragraph)
            paragraphs.append(f"<p>{edge}{inline(text, spans, start, end)}</p>")
            start, edge = end + 1, ""
        return f"<{name}{about}>{''.join(paragraphs)}</{name}>"

    def _spans(self, block: TextBlock) -> list[Span]:
        references = self.references.get((block.anchor, None), ())
        begun = [one for one in self.pages.get(block.anchor, ()) if one.is_exact]
        if not (block.citations or references or block.marks or begun):
            return []
        spans = [_ref(lead) for lead in self.links.leads(block.citations, references)]
        return _sorted([*spans, *map(_mark, _visible(block.marks)), *map(_end_of_page, begun)])


def _kind(block: Block) -> str:
    return block.kind if isinstance(block, Paragraph) else ""


def _is_further(place: Place) -> bool:
    return place.rank == "款" and place.paragraph > 1


def _wrapped(name: str, blocks: Sequence[str]) -> list[str]:
    return [f"<{name}>", *blocks, f"</{name}>"] if blocks else []


def _paragraph(block: TextBlock, text: str, files: Sequence[str], *, is_marked: bool = True) -> str:
    """Write a paragraph; one that is not marked has its anchor on the element around it."""
    kind = _kind(block)
    if name := INLINE.get(kind):
        text = f"<{name}>{text}</{name}>"
    elif kind == "date" and (day := valid_date(parse_date(block.text))):
        text = f'<date date="{day}">{text}</date>'
    elif isinstance(block, Paragraph) and block.image in files:
        caption = attribute(block.text or "图")
        text = f'<img src="{attribute(quote(block.image))}" alt="{caption}"/>{text}'
    about = "" if kind == "paragraph" else f' class="{kind.replace("_", "-")}"'
    own = f' eId="{block.anchor}"' if is_marked else ""
    return f"<p{own}{about}>{text}</p>"


def _sorted(spans: Sequence[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: (span.start, -span.end))


def _ref(lead: Lead) -> Span:
    # a document that is only named without 《》 is no cited work
    work = lead.found.work if lead.found and not lead.is_named else ""
    about = f' refersTo="#work_{work}"' if work else ""
    return Span(lead.start, lead.end, f'<ref href="{attribute(lead.address)}"{about}>', "</ref>")


def _end_of_page(begun: PageBegun) -> Span:
    """Give the marker of the end of a page, which names the page that ends."""
    return Span(begun.at, begun.at, f'<eop number="{attribute(begun.above)}"/>', "")


def _visible(marks: Iterable[Mark]) -> list[Mark]:
    """Leave out the places of removed invisible characters, because they have no text."""
    return [mark for mark in marks if mark.kind != "invisible"]


def _mark(mark: Mark) -> Span:
    """Give the element of a mark; a correction has the text before as title, as on the page."""
    if mark.kind == "corrected":
        about = f'<inline name="corrected" title="{attribute(mark.was)}">'
        return Span(mark.start, mark.end, about, "</inline>")
    return Span(mark.start, mark.end, f"<{mark.kind}>", f"</{mark.kind}>")
