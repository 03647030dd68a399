"""The tree of provisions: 编, 章, 节, 条, 款, 项 and 目 of every block (立法技术规范).

Anchors are addresses and never change; this module says which provision each of them is. Citations,
pages, issue.json and Akoma Ntoso take labels, names and the tree from here.

1. An unnumbered paragraph of an article is the article's next 款, also behind items (项).
2. A paragraph inside a list of items belongs to the item above it, and is no 款.
3. An item belongs to the 款 that it stands in; （一） begins anew in the next 款.
4. 第三条之一 is an article of its own behind 第三条.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from generator.language.numerals import chinese_numeral
from generator.language.ordinals import STEMS, Ordinal, OrdinalStyle
from generator.language.provisions import (
    ANNEX_LABEL,
    ANNEX_NAME,
    FIRST,
    Anchors,
    annex_name,
    table_name,
)
from generator.model.blocks import Block, Paragraph, Table, TextBlock
from generator.model.issue import Attachment, Document
from generator.model.outline import LETTERS, printed_ordinal
from generator.runtime.patterns import lazy_regex

# the rank of a number inside a unit of each rank; nothing below 目 has a name
BELOW = "以下"
INSIDE: Mapping[str, str] = {"条": "项", "款": "项", "项": "目"}
DIVISIONS: Mapping[OrdinalStyle, str] = {"part": "编", "chapter": "章", "clause": "节"}
# 依照前款规定 behind a list refers to the list as a whole, so that it stands outside of it
REFERS_TO_LIST = lazy_regex(r"[^，。]{0,12}前款")
# 第一条（目的和依据）: the text of the article is the next line
HEADED = lazy_regex(r"[（(][^（()）]{1,20}[）)]$")
PARTED_ANNEX = lazy_regex(r"(?:^|-)f\d+-\d+$")
BLANKS = lazy_regex(r"\s+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands among the provisions of its document."""

    label: str  # 第三条第二款第（一）项; empty for a title, a number and the like
    name: str = ""  # as read_parts reads it: a3-p2-1; empty if no text can name the block
    article: str = ""  # anchor of its article
    paragraph: int = 0  # the 款 of the article that it is, or stands in
    rank: str = ""  # 编 章 节 条 款 项 目; empty for what is none


@dataclass(frozen=True, slots=True)
class Provisions:
    """The provisions of a document: the place of each block, and the block of each name."""

    places: Mapping[str, Place]  # by anchor, in the order of the page
    # name → anchor where the two differ; empty if several blocks have the name, or none
    names: Mapping[str, str]
    anchors: Anchors

    def label(self, anchor: str) -> str:
        """Give the words by which a block is cited: 第三条第二款; empty if it has none."""
        place = self.places.get(anchor)
        return place.label if place else ""

    def aliases(self) -> dict[str, str]:
        """Give further addresses, made of the names of provisions: a3-p2 → a3-2-p2."""
        return {
            place.name: anchor
            for anchor, place in self.places.items()
            if place.name and place.name not in self.places and self.names.get(place.name) == anchor
        }


def provisions_of(document: Document) -> Provisions:
    """Build the tree of a document's provisions, attachments included."""
    return _provisions(_Printed(document))


class _Printed:
    """A document as the key of a cache: equal as long as its blocks are the very same values."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document.blocks)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Printed)
            and self.document.blocks is other.document.blocks
            and self.document.attachments is other.document.attachments
        )


@lru_cache(maxsize=64)  # stages, pages and files ask for the tree of the same document
def _provisions(printed: _Printed) -> Provisions:
    document = printed.document
    tree = _Tree()
    _Scope(tree, "", "").read(document.blocks)
    said = attachment_labels(document)
    for number, attachment in enumerate(document.attachments, 1):
        _Scope(tree, f"f{number}-", said[number - 1]).read(attachment.blocks)
    tree.name_annexes(document.attachments)
    return tree.finished()


def attachment_labels(document: Document) -> list[str]:
    """Give the words by which the attachments are cited: 附件1, or 《title》 without a label."""
    return [_printed_label(a) or f"《{a.title}》" for a in document.attachments]


def _printed_label(attachment: Attachment) -> str:
    texts = (b.text for b in attachment.blocks if isinstance(b, Paragraph) and b.kind == "label")
    return next(texts, "").rstrip(" \u3000:：")


@dataclass(slots=True)
class _Node:
    """A unit that is open; later blocks belong to it until it is closed."""

    ordinal: Ordinal
    depth: int
    label: str  # inside an article without that of the article
    name: str  # without the prefix of the attachment
    rank: str  # 条, 款, 项 or 目; empty outside articles
    has_text: bool  # more than a name stands beside the number
    paragraphs: int  # counted so far: 款 of an article, 段 of any other unit
    anchor: str = ""
    is_split: bool = False  # units inside it have paragraphs of their own
    other_name: str = ""  # with the first 款, or without any: a3-p1-2, a3-2


@dataclass(slots=True)
class _Tree:
    """The places found so far, with what decides their labels and names in the end."""

    places: list[tuple[str, str, str, _Node | None, int, str]] = field(default_factory=list)
    named: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    units: list[str] = field(default_factory=list)  # anchors that look like a name

    def name_annexes(self, attachments: Sequence[Attachment]) -> None:
        """Name the annexes by their numbers; those behind a plan are the plan's own."""
        plan, counts = "", {"": 0}
        labels = (a.blocks[0] for a in attachments if a.kind == "annex" and a.blocks)
        are_numbered = any(ANNEX_LABEL.match(b.text) for b in labels if not isinstance(b, Table))
        for number, attachment in enumerate(attachments, 1):
            if attachment.kind == "transmitted":
                plan = f"f{number}-"
                counts[plan] = 0
            elif attachment.blocks:
                counts[plan] += 1
                label, titles = attachment.blocks[0], [*_titles(attachment.blocks)]
                printed = "" if isinstance(label, Table) else label.text
                if are_numbered and not ANNEX_LABEL.match(printed):
                    continue  # 附件 alone, beside 附件1 and 附件2
                anchor = titles[0] if titles else label.anchor
                self.named[plan + annex_name(printed, counts[plan])].append(anchor)

    def finished(self) -> Provisions:
        """Give the tree; a name that several blocks have leads to none of them."""
        places: dict[str, Place] = {}
        for anchor, label, name, article, paragraph, rank in self.places:
            if article:
                of_several = article.paragraphs > 1 and anchor != article.anchor
                of = f"第{chinese_numeral(paragraph)}款" if of_several and paragraph else ""
                if paragraph == 1 and label[:1] in STEMS:  # 甲款 is named for the number of a 款
                    of = ""
                label = article.label + of + label
                places[anchor] = Place(label, name, article.anchor, paragraph, rank)
            else:
                places[anchor] = Place(label, name, rank=rank)
        names = {
            name: anchors[0] if len({*anchors}) == 1 else ""
            for name, anchors in self.named.items()
            if anchors != [name] or ANNEX_NAME.fullmatch(name)
        }
        names |= {name: "" for name in self.units if name not in self.named}
        for name, anchors in self.named.items():  # 附件2 means the first of 附件2-1 and 附件2-2
            if PARTED_ANNEX.search(name) and (whole := name.rpartition("-")[0]) not in self.named:
                names.setdefault(whole, anchors[0])
        # a3-p1-2 is found as a3-2, where that is clear
        kept = {
            name: anchor
            for name, anchor in names.items()
            if FIRST not in name or names.get(short := name.replace(FIRST, "-", 1), short) != anchor
        }
        return Provisions(places, kept, Anchors(places, kept))


def _titles(blocks: Sequence[Block]) -> Iterator[str]:
    return (b.anchor for b in blocks if isinstance(b, Paragraph) and b.kind == "title")


@dataclass(slots=True)
class _Scope:
    """Reads one document or attachment; labels begin with ``said``, anchors with ``prefix``."""

    tree: _Tree
    prefix: str
    said: str
    open: list[_Node] = field(default_factory=list)
    article: _Node | None = None  # the one of them that is an article
    tables: int = 0
    loose: int = 0  # paragraphs before any unit

    def read(self, blocks: Sequence[Block]) -> None:
        """Place every block."""
        ordinals = [None if isinstance(b, Table) else printed_ordinal(b) for b in blocks]
        following = _following(ordinals)
        for block, ordinal, after in zip(blocks, ordinals, following, strict=True):
            if ordinal and not isinstance(block, Table):
                self._unit(block, ordinal)
            elif isinstance(block, Paragraph) and block.kind == "paragraph":
                self._paragraph(block, after)
            else:
                self._other(block)

    def _unit(self, block: TextBlock, ordinal: Ordinal) -> None:
        """Open the unit of a block, after closing those that it ends."""
        while self.open and self.open[-1].depth >= block.depth:
            if self.open.pop() is self.article:
                self.article = None
        above = self.open[-1] if self.open else None
        rest = block.text[ordinal.end :].strip(" \u3000")
        has_text = isinstance(block, Paragraph) and bool(rest)
        label = BLANKS.sub("", ordinal.text).rstrip("：、.．")
        if above and above.rank:
            node = self._item(ordinal, above, label)
        elif ordinal.style in LETTERS:
            node = self._division(ordinal, above, label)
            has_text = has_text and not HEADED.fullmatch(rest)
        else:
            node = self._section(block, ordinal, above, label)
        node.depth, node.anchor, node.has_text = block.depth, block.anchor, has_text
        node.paragraphs = int(has_text if node.rank == "条" else isinstance(block, Paragraph))
        self.open.append(node)
        if node.rank == "条":
            self.article = node
        rank = node.rank or DIVISIONS.get(ordinal.style, "")
        self._place(block.anchor, "" if node.rank == "条" else node.label, node.name, rank)
        if node.other_name:
            self.tree.named[self.prefix + node.other_name].append(block.anchor)
        if ordinal.style in LETTERS:
            self.tree.units.append(block.anchor)

    def _division(self, ordinal: Ordinal, above: _Node | None, printed: str) -> _Node:
        """Open a 编, 章, 节 or 条."""
        inserted = f"-b{ordinal.inserted + 1}" if ordinal.inserted else ""
        own = f"{LETTERS[ordinal.style]}{ordinal.number}{inserted}"
        if ordinal.style == "article":  # numbered through all chapters
            return _Node(ordinal, 0, self.said + printed, own, "条", False, 0)
        over = above if above and above.ordinal.style in LETTERS else None
        name = f"{over.name}-{own}" if over else own
        # chapters that are numbered through all parts are named without their part, too
        without = name.partition("-")[2] if name[0] == "b" and over else ""
        return _Node(
            ordinal, 0, (over.label if over else self.said) + printed, name, "", False, 0,
            other_name=without,
        )  # fmt: skip

    def _item(self, ordinal: Ordinal, above: _Node, printed: str) -> _Node:
        """Open an item (项) of an article, or a subitem (目) of an item."""
        rank = INSIDE.get(above.rank, "")
        number, other = f"-{ordinal.number}", ""
        if ordinal.style == "stem":  # 甲、 in old regulations
            rank, label = "款", f"{printed}款"
        elif rank:
            label = f"第{printed.strip('（()）') if rank == '目' else printed}{rank}"
        else:
            label = printed
        if above.rank == "条":
            above.paragraphs = max(above.paragraphs, 1)
            count = above.paragraphs
            name = above.name if count == 1 else f"{above.name}-p{count}"
            other = f"{above.name}-p1" if count == 1 else above.name
        else:
            name, other = above.name, above.other_name
        before = "" if above.rank == "条" else above.label
        return _Node(
            ordinal, 0, before + label, name + number, rank or BELOW, False, 0,
            other_name=other + number,
        )  # fmt: skip

    def _section(
        self, block: TextBlock, ordinal: Ordinal, above: _Node | None, printed: str
    ) -> _Node:
        """Open a unit outside articles: 三、（二）1."""
        label = above.label + _joint(above) if above else self.said
        if above and above.ordinal.path and ordinal.path:  # 2.1.1 says 2. and 2.1 again
            label = above.label.removesuffix(BLANKS.sub("", above.ordinal.text).rstrip("：、.．"))
        own = block.anchor.removeprefix(self.prefix)
        return _Node(ordinal, 0, label + printed, own, "", False, 0)

    def _paragraph(self, block: Paragraph, following: Ordinal | None) -> None:
        """Place an unnumbered paragraph: a 款 of the article, or a part of the open unit."""
        article = self.article
        holder = self._holder(block, following) if article else None
        if article is None or holder:
            self._part(block, holder or (self.open[-1] if self.open else None))
            return
        while self.open[-1] is not article:
            self.open.pop()
        article.paragraphs += 1
        article.is_split = False
        count = article.paragraphs  # texts name the first one by its article
        self._place(block.anchor, "", f"{article.name}-p{count}" if count > 1 else "", "款")

    def _holder(self, block: Paragraph, following: Ordinal | None) -> _Node | None:
        """Find the item that a paragraph belongs to; None if it is a 款 of the article."""
        inside = [n for n, node in enumerate(self.open) if node.rank not in ("", "条")]
        next_number = (following.style, following.number) if following else None
        for n in reversed(inside):  # the list goes on behind the paragraph
            node = self.open[n]
            if next_number == (node.ordinal.style, node.ordinal.number + 1):
                self.open[n - 1].is_split = True
                del self.open[n + 1 :]
                return node
        if not inside or REFERS_TO_LIST.match(block.text):
            return None
        last = self.open[-1]
        return last if not last.has_text or self.open[-2].is_split else None

    def _part(self, block: Paragraph, node: _Node | None) -> None:
        """Place a paragraph that no text names: 三、第2段."""
        if node is None:
            self.loose += 1
            self._place(block.anchor, f"{self.said}第{self.loose}段", "")
            return
        node.paragraphs += 1
        self._place(block.anchor, f"{node.label}{_joint(node)}第{node.paragraphs}段", "")

    def _other(self, block: Block) -> None:
        """Place a table, a title, a signature: what is no paragraph of the text."""
        label = self.said
        self.tables += isinstance(block, Table)
        if isinstance(block, Table) or (
            isinstance(block, Paragraph) and block.kind == "table_note"
        ):
            label += f"表{self.tables}"
        elif isinstance(block, Paragraph) and block.kind == "caption":
            label += f"表{self.tables + 1}"
            if name := table_name(block.text):
                self.tree.named[self.prefix + name].append(block.anchor)
        self.tree.places.append((block.anchor, label, "", None, 0, ""))

    def _place(self, anchor: str, label: str, name: str, rank: str = "") -> None:
        article = self.article
        full = self.prefix + name if name else ""
        paragraph = article.paragraphs if article else 0
        self.tree.places.append((anchor, label, full, article, paragraph, rank))
        if full:
            self.tree.named[full].append(anchor)


def _following(ordinals: Sequence[Ordinal | None]) -> list[Ordinal | None]:
    """Give for each block the unit behind it; None for the last one."""
    after: Ordinal | None = None
    found: list[Ordinal | None] = []
    for ordinal in reversed(ordinals):
        found.append(after)
        after = ordinal or after
    return found[::-1]


def _joint(node: _Node) -> str:
    """Give the mark between a number and what is named inside its unit: 三、（二）, 2.第2段."""
    if node.rank or node.ordinal.style not in ("section", "point", "decimal"):
        return ""
    if node.ordinal.style == "section":
        return "、"
    return "" if node.ordinal.path[1:] else "."
