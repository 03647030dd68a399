"""Blocks of a document → pieces of Markdown, with their links, ready for the templates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import quote

from generator.language.ordinals import OrdinalStyle, parse_ordinal
from generator.language.unseen import named
from generator.model import (
    Block,
    Document,
    Heading,
    Issue,
    Links,
    Mark,
    Paragraph,
    Reference,
    Table,
    TextBlock,
    TextPlace,
)
from generator.model.outline import lead_length
from generator.model.pages import lines_of
from generator.render.escape import escape_inside, escape_markdown, escape_title
from generator.render.line_breaks import Names, breaks_of
from generator.render.link_writer import LinkWriter, Span
from generator.render.printed_pages import PageBegun, pages_begun
from generator.render.sheet_places import picture_of
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.identity import issuer_length

# characters that Markdown would interpret in the value of an attribute
# what the page says, as a note of the site, where it has no file for a picture
MISSING = "*（此处有图片，本站缺少图片文件）*{: .added .picture-missing }"
# the typeface of a unit's heading is that of its ordinal, wherever it is: 一、 is set in 黑体,
# （一） in 楷体, 1. in 仿宋 (GB/T 9704); articles have none of their own
RANKED: Mapping[OrdinalStyle, str] = {
    "part": ".first", "chapter": ".first", "section": ".first",
    "clause": ".second", "item": ".second",
    "point": ".third", "subpoint": ".third",
}  # fmt: skip
SPECIAL = lazy_regex(r"[!-/:-@\[-`{-~]|(?! )\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block ready for the templates: escaped Markdown, and its attribute list."""

    kind: str
    markdown: str
    attributes: str
    hashes: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    aliases: tuple[str, ...] = ()  # anchors under which it was published earlier
    formulas: tuple[str, ...] = ()  # MathML of the formulas that its text has in one line


def document_pieces(
    document: Document,
    issue: Issue,
    links: Links,
    names: Names = (),
    changed: Mapping[str, str] | None = None,
) -> list[Piece]:
    """Write the blocks of a document in the order of its page; no title cuts one of ``names``.

    ``changed`` has the anchors of paragraphs that later decisions changed, with their words.
    """
    writer = replace(_BlockWriter.of(document, issue, links, names), changed=changed or {})
    pieces = [writer.aliased(block, 0) for block in document.blocks]
    for attachment in document.attachments:
        has_title = any(isinstance(b, Paragraph) and b.kind == "title" for b in attachment.blocks)
        below = 1 if has_title else 0  # units of an attachment are one rank below its title
        pieces += [writer.aliased(block, below) for block in attachment.blocks]
    return pieces


@dataclass(frozen=True, slots=True)
class _BlockWriter:
    """Writes the blocks of one document as pieces."""

    writer: LinkWriter
    files: tuple[str, ...]
    references: Mapping[TextPlace, tuple[Reference, ...]]
    cited: Mapping[str, int]  # how often other documents cite each anchor
    # the anchor of a transmitted plan → that of the paragraph that transmits it
    back: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # former anchors of each
    pages: Mapping[str, tuple[PageBegun, ...]] = field(
        default_factory=dict
    )  # that begin in a block
    formulas: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # MathML by source line
    names: Names = ()  # that no title cuts
    changed: Mapping[str, str] = field(default_factory=dict)  # by later decisions: their words

    @classmethod
    def of(cls, document: Document, issue: Issue, links: Links, names: Names) -> _BlockWriter:
        return cls(
            LinkWriter(issue.name, document, links),
            issue.source.files,
            document.references_by_place(),
            count_citing(links, issue.name, document.id),
            _transmitting(document, issue.name, links),
            _aliases(document),
            pages_begun(document, issue.paper, partial(picture_of, issue)),
            _formulas(issue),
            names,
        )

    def aliased(self, block: Block, below: int) -> Piece:
        """Write a block, with the anchors under which it was published earlier."""
        piece = self.piece(block, below)
        if former := self.aliases.get(block.anchor):
            piece = replace(piece, aliases=former)
        if not self.formulas:
            return piece
        lines = dict.fromkeys(lines_of(block))
        drawn = tuple(each for line in lines for each in self.formulas.get(line, ()))
        return replace(piece, formulas=drawn) if drawn else piece

    def piece(self, block: Block, below: int) -> Piece:
        match block:
            case Table():
                return self._table(block)
            case Heading():
                hashes = "#" * min(2 + block.depth + below, 6)
                text = self._text(block)
                if (
                    text.endswith("#") and text != "\\#"
                ):  # Markdown would take it for the end of the heading
                    text = f"{text[:-1]}\\#"
                rank = _rank(block.text)
                return Piece(
                    "heading", text, f"{{: #{block.anchor}{rank}{self._pages(block)} }}", hashes
                )
            case Paragraph():
                return self._paragraph(block, below)

    def _table(self, table: Table) -> Piece:
        cited = {(cell.row, cell.column): cell.citations for cell in table.citations}
        marked = {(cell.row, cell.column): cell.marks for cell in table.marks}
        rows = tuple(
            tuple(
                _cell(
                    text,
                    [
                        *self.writer.spans(
                            cited.get((r, c), ()),
                            self.references.get((table.row_anchor(r), c), ()),
                        ),
                        *map(_mark, marked.get((r, c), ())),
                    ],
                )
                for c, text in enumerate(row)
            )
            for r, row in enumerate(table.rows)
        )
        header = f' header-rows="{table.header_rows}"' if table.header_rows != 1 else ""
        spans = " ".join(f"{s.row},{s.column},{s.row_span},{s.col_span}" for s in table.spans)
        merged = f' spans="{spans}"' if spans else ""
        is_empty = len(table.rows) == 2 and not any(map(str.strip, table.rows[1]))
        empty = ' rows="2"' if is_empty else ""
        attributes = f"{{: #{table.anchor}{header}{merged}{empty}{self._pages(table)} }}"
        return Piece("table", "", attributes, rows=rows)

    def _paragraph(self, block: Paragraph, below: int) -> Piece:
        if block.image and block.image not in self.files:
            block = replace(block, image="")
        text, pages = self._text(block), self._pages(block)
        if block.kind == "title":
            hashes = "##" if below else "#"
            length = 0 if below else issuer_length(block.text)
            extra = " .attachment-title" if below else f' lead="{length}"' if length else ""
            # the issuer of a document is drawn on a line of its own
            at = (place for place in breaks_of(block.text, self.names) if place != length)
            places = " ".join(map(str, at))
            breaks = f' breaks="{places}"' if places else ""
            about = f"{{: #{block.anchor}{extra}{breaks}{pages} }}"
            return Piece("heading", text, about, hashes)
        if block.kind == "picture":
            image = f"![{text or '图'}]({quote(block.image)})" if block.image else MISSING
            return Piece(
                "paragraph", f"{image} {text}".strip(), f"{{: #{block.anchor} .picture{pages} }}"
            )
        if block.ordinal:
            depth = min(block.depth + below, 4)
            run_in = f'.run-in{_rank(block.text)} lead="{lead_length(block)}" depth="{depth}"'
            return Piece("paragraph", text, f"{{: #{block.anchor} {run_in}{pages} }}")
        kind = "" if block.kind == "paragraph" else f" .{block.kind.replace('_', '-')}"
        return Piece("paragraph", text, f"{{: #{block.anchor}{kind}{pages} }}")

    def _pages(self, block: Block) -> str:
        """Give the attribute that says where pages begin in a block; of a picture, only before."""
        begun = self.pages.get(block.anchor, ())
        if isinstance(block, Paragraph) and block.kind == "picture":
            begun = tuple(one._replace(at=0) for one in begun[:1])
        listed = " ".join(
            f"{one.at}:{one.page}" + (f":{one.sheet}" if one.sheet else "") for one in begun
        )
        return f' pages="{listed}"' if listed else ""

    def _text(self, block: TextBlock) -> str:
        """Write a text with its links and marks; after it, the links that this site adds."""
        spans = self.writer.spans(block.citations, self.references.get((block.anchor, None), ()))
        text = _write(block.text, [*spans, *(_mark(mark) for mark in block.marks)])
        if count := self.cited.get(block.anchor):
            label = f"被{count}处引用"
            text += f"[{label}](#cited-{block.anchor}){{: .added .cited-count }}"
        if words := self.changed.get(block.anchor):
            about = escape_title(words.replace("\n", " "))
            text += f'[修](#amended-{block.anchor} "{about}"){{: .added .amended }}'
        if anchor := self.back.get(block.anchor):
            text += f'[↑](#{anchor} "回到印发、转发本件的正文"){{: .added .back }}'
        return text


def _rank(text: str) -> str:
    """Give the class of the ordinal that a unit begins with; empty if it has no typeface."""
    ordinal = parse_ordinal(text)
    rank = RANKED.get(ordinal.style) if ordinal else None
    return f" {rank}" if rank else ""


def count_citing(links: Links, issue: str, document: str) -> dict[str, int]:
    """Count, for each anchor of a document, the places in other documents that cite it."""
    counts: dict[str, int] = defaultdict(int)
    for place in links.cited_by.get((issue, document), ()):
        for part in place.parts:
            counts[part] += 1
    return counts


def _formulas(issue: Issue) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for formula in issue.source.formulas:
        found[formula.line] += (formula.mathml,)
    return dict(found)


def _aliases(document: Document) -> dict[str, tuple[str, ...]]:
    """Give the former anchors of each block; a table has those of its rows too."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    blocks = {block.anchor for block in document.all_blocks()} if document.aliases else set()
    for former, anchor in document.aliases.items():
        found[anchor if anchor in blocks else anchor.rpartition("-r")[0]] += (former,)
    return found


def _transmitting(document: Document, issue: str, links: Links) -> dict[str, str]:
    """Find, for the anchor of each transmitted plan, the anchor of the paragraph that cites it."""
    found: dict[str, str] = {}
    for block in document.blocks:
        for citation in () if isinstance(block, Table) else block.citations:
            target = links.lookup(issue, document.id, citation).target
            if target and (target.issue, target.document) == (issue, document.id) and target.anchor:
                found.setdefault(target.anchor, block.anchor)
    return found


def _write(text: str, spans: Iterable[Span]) -> str:
    """Write a text as Markdown: escaped, with the Markdown of its spans."""
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        opening.setdefault(span.start, []).append(span.before)
        closing.setdefault(span.end, []).append(span.after)
    if not opening:
        return escape_markdown(text)
    cuts = sorted({0, len(text), *opening, *closing})
    parts: list[str] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        parts += [*reversed(closing.get(start, ())), *opening.get(start, ())]
        piece = text[start:end]
        parts.append(escape_markdown(piece) if start == 0 else escape_inside(piece))
    return "".join(parts)


def _cell(text: str, spans: Iterable[Span]) -> str:
    """Write the text of a cell, which is one line of Markdown: its paragraphs end in <br>."""
    return _write(text, spans).replace("|", "\\|").replace("\n", "<br>")


def _mark(mark: Mark) -> Span:
    """Give the Markdown before and after a mark; a correction shows the printed text on hover."""
    if mark.kind == "corrected":
        was = SPECIAL.sub(lambda char: f"&#{ord(char[0])};", named(mark.was))
        about = f'*{{: .corrected title="{was}" }}'
        return Span(mark.start, mark.end, "*", about)
    if mark.kind == "invisible":
        return Span(mark.start, mark.end, f"{{{mark.note}}}", "")
    return Span(mark.start, mark.end, f"<{mark.kind}>", f"</{mark.kind}>")
