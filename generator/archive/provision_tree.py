"""The provisions of a held text: its articles, their paragraphs (款) and items (项), as lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.language.numerals import parse_numeral
from generator.language.ordinals import parse_ordinal
from generator.model import Block, Document, Heading, Paragraph, Table
from generator.model.outline import printed_ordinal
from generator.runtime.patterns import lazy_regex

ARTICLE = lazy_regex(
    r"第(?P<number>[〇一二三四五六七八九十百千零两\d]+)条(?:之(?P<inserted>[一二三四五六七八九十]+))?[\s\u3000]*"
)
ARTICLE_ANCHOR = lazy_regex(r"(?:f\d+-)?a\d+(?:-b\d+)?")
BLANKS = lazy_regex(r"\s+")
ITEMS = ("item", "point", "subpoint", "section")


@dataclass(slots=True)
class Line:
    """A block of a text: what it says before and after a decision, empty where there is none."""

    anchor: str
    before: str
    after: str
    number: int = 0  # of an item
    is_heading: bool = False
    is_table: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether the decision changed it."""
        return self.before != self.after


@dataclass(slots=True)
class Clause:
    """A paragraph of an article (款), with its items."""

    lines: list[Line]

    @property
    def is_open(self) -> bool:
        """Whether its list without numbers goes on: 组成： | 委员长， | 秘书长."""
        return self.lines[-1].after.endswith(("：", "，", "、", "；")) and not any(
            line.number for line in self.lines
        )

    def items(self, number: int) -> list[Line]:
        """List its items of a number."""
        return [line for line in self.lines[1:] if line.number == number]


@dataclass(slots=True)
class Article:
    """An article (条): its number, how it is printed, its paragraphs."""

    number: str  # 17-b2 is 第十七条之一
    head: str  # 第五条　, as printed
    clauses: list[Clause] = field(default_factory=list)
    above: tuple[str, ...] = ()  # anchors of the chapter and section that it is in

    @property
    def lines(self) -> list[Line]:
        """All its lines; the first begins with its number."""
        return [line for clause in self.clauses for line in clause.lines]

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says now, without its number."""
        texts = [line.after for line in self.lines if line.after]
        if texts:
            texts[0] = texts[0].removeprefix(self.head)
        return tuple(texts)


@dataclass(slots=True)
class ProvisionTree:
    """The text of a document: lines above the first article, articles and headings."""

    title: list[Line]
    preamble: list[Line]  # paragraphs before the first numbered unit
    parts: list[Line | Article]  # in the order of the text
    tail: list[Line]  # signature and what is behind it

    def articles(self) -> list[Article]:
        """List the articles in the order of the text."""
        return [part for part in self.parts if isinstance(part, Article)]

    def article(self, number: str) -> Article | None:
        """Find the one article of a number; None if there is none or several."""
        found = [article for article in self.articles() if article.number == number]
        return found[0] if len(found) == 1 else None


def read_tree(document: Document) -> ProvisionTree | None:
    """Read the provisions of a document, else of the plan that it transmits; None without any."""
    texts = [document.blocks, *(a.blocks for a in document.attachments if a.kind == "transmitted")]
    for blocks in texts:
        tree = _tree(blocks)
        if tree.articles():
            return tree
    return None


def article_digests(document: Document) -> tuple[str, ...]:
    """Give the number and a digest of each article, so that two texts can be compared from afar.

    Blanks and the number in front do not count. Only anchors are looked at: every summary has
    these digests, and reading a text as provisions takes ten times as long.
    """
    texts = [document.blocks, *(a.blocks for a in document.attachments if a.kind == "transmitted")]
    for blocks in texts:
        articles: dict[str, list[str]] = {}  # by anchor
        numbers: dict[str, str] = {}
        own = ""
        for block in blocks:
            if isinstance(block, Table):
                continue
            if ARTICLE_ANCHOR.fullmatch(block.anchor) and (head := ARTICLE.match(block.text)):
                own = block.anchor
                articles[own] = [block.text[head.end() :]]
                numbers[own] = article_number(block.text)
            elif own and block.anchor.startswith(f"{own}-"):
                articles[own].append(block.text)
            else:
                own = ""
        if articles:
            return tuple(f"{numbers[a]}:{text_digest(texts)}" for a, texts in articles.items())
    return ()


def text_digest(texts: Iterable[str]) -> str:
    """Make a short digest of the texts of an article; blanks do not count."""
    text = "\n".join(BLANKS.sub("", text) for text in texts)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def article_number(text: str) -> str:
    """Read the number of an article at the beginning of a text: 17-b2 for 第十七条之一."""
    found = ARTICLE.match(text)
    number = parse_numeral(found["number"]) if found else None
    if not found or not number:
        return ""
    inserted = parse_numeral(found["inserted"] or "")
    return f"{number}-b{inserted + 1}" if inserted else str(number)


def _tree(blocks: Sequence[Block]) -> ProvisionTree:
    tree = ProvisionTree([], [], [], [])
    above: dict[int, str] = {}
    article: Article | None = None
    for block in blocks:
        if isinstance(block, Table):
            line = Line(block.anchor, "", "", is_table=True)
            (article.clauses[-1].lines if article else tree.preamble).append(line)
            continue
        line = Line(block.anchor, block.text, block.text, is_heading=isinstance(block, Heading))
        if isinstance(block, Paragraph) and block.kind == "title":
            tree.title.append(line)
            continue
        if isinstance(block, Paragraph) and block.kind != "paragraph":
            closing = block.kind in ("signature", "date", "note", "footer", "attachment_note")
            (tree.tail if closing and tree.parts else tree.title).append(line)
            continue
        ordinal = printed_ordinal(block)
        style = ordinal.style if ordinal else ""
        if style == "article":
            head = ARTICLE.match(block.text)
            article = Article(
                article_number(block.text),
                head.group() if head else "",
                above=tuple(above.values()),
            )
            article.clauses.append(Clause([line]))
            tree.parts.append(article)
        elif style in ("part", "chapter", "clause"):
            level = ("part", "chapter", "clause").index(style)
            above = {n: anchor for n, anchor in above.items() if n < level} | {level: line.anchor}
            article = None
            tree.parts.append(line)
        elif article is None:
            (tree.parts if tree.parts else tree.preamble).append(line)
        elif ordinal and style in ITEMS:
            line.number = ordinal.number
            article.clauses[-1].lines.append(line)
        elif isinstance(block, Heading):
            tree.parts.append(line)
            article = None
        elif article.clauses[-1].is_open:
            article.clauses[-1].lines.append(line)
        else:
            article.clauses.append(Clause([line]))
    return tree


def clauses_of(texts: Iterable[str], anchor: str = "") -> list[Clause]:
    """Make the paragraphs of an article from new texts; items belong to the paragraph above."""
    clauses: list[Clause] = []
    for text in texts:
        ordinal = parse_ordinal(text)
        number = ordinal.number if ordinal and ordinal.style in ITEMS else 0
        line = Line(anchor, "", text, number)
        if clauses and (number or clauses[-1].is_open):
            clauses[-1].lines.append(line)
        else:
            clauses.append(Clause([line]))
    return clauses
