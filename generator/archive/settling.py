"""Settle the numbers of a text after all operations of a decision are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.archive.provision_tree import (
    ARTICLE,
    Article,
    Clause,
    Line,
    ProvisionTree,
    clauses_of,
)
from generator.archive.renumbering import (
    Moves,
    article_name,
    headed,
    ordered,
    refuse,
    with_gone,
)
from generator.language.ordinals import parse_ordinal


@dataclass(slots=True)
class Changes:
    """What becomes of articles, of the paragraphs of each, and of the items of each paragraph."""

    articles: Moves = field(default_factory=Moves)
    clauses: dict[str, Moves] = field(default_factory=dict)  # by article
    items: dict[tuple[str, int], Moves] = field(default_factory=dict)  # by article and paragraph
    in_order: bool = False  # 条文顺序作相应调整


def settle(tree: ProvisionTree, changes: Changes) -> None:
    """Put new provisions in their places and write the new numbers."""
    for (number, at), moves in changes.items.items():
        article = tree.article(number)
        if article:
            _settle_items(article.clauses[at], moves)
    for number, moves in changes.clauses.items():
        article = tree.article(number)
        if article:
            _settle_clauses(article, moves)
    articles = changes.articles
    if articles.gone or articles.new or articles.to or changes.in_order:
        _settle_articles(tree, articles, is_counted=changes.in_order)


def _settle_items(clause: Clause, moves: Moves) -> None:
    lead, items = clause.lines[0], clause.lines[1:]
    held = {str(line.number): line for line in items if line.number}
    if len(held) != len(items):
        refuse("一款中的项没有序号、或序号重复")
    made = {n: Line("", "", headed(new[0], n), int(n)) for n, new in moves.new.items()}
    order = ordered(list(held), moves, "项", is_counted=False)
    lines = []
    for number, origin in order:
        line = made[number] if origin is None else held[origin]
        if origin is not None and origin != number:
            line.after = headed(body_of(line.after), number)
        lines.append(line)
    gone = [held[n] for n in held if n in moves.gone]
    for line in gone:
        line.after = ""
    clause.lines = [lead, *with_gone(items, lines)]


def _settle_clauses(article: Article, moves: Moves) -> None:
    held = {str(n): clause for n, clause in enumerate(article.clauses, 1)}
    made: dict[str, Clause] = {}
    for number, new in moves.new.items():
        written = clauses_of(new)
        if len(written) != 1:
            refuse("新的一款不止一款")
        made[number] = written[0]
    order = ordered(list(held), moves, "款", is_counted=True)
    clauses = [made[n] if origin is None else held[origin] for n, origin in order]
    for number in moves.gone:
        for line in held[number].lines:
            line.after = ""
    first = clauses[0] if clauses else None
    if first is not None and first is not article.clauses[0]:
        old_first = article.clauses[0].lines[0]
        old_first.after = old_first.after.removeprefix(article.head)
        first.lines[0].after = article.head + first.lines[0].after
    article.clauses = with_gone(article.clauses, clauses)


def _settle_articles(tree: ProvisionTree, moves: Moves, *, is_counted: bool) -> None:
    held = {article.number: article for article in tree.articles()}
    if len(held) != len(tree.articles()):
        refuse("本站文本中有两条序号相同")
    for number in [*moves.gone, *moves.to]:
        if number not in held:
            refuse(f"本站文本中没有{article_name(number)}")
    order = ordered(list(held), moves, "条", is_counted=is_counted)
    final: list[Article] = []
    blank = next((a.head[len(a.head.rstrip(" \u3000")) :] for a in held.values()), "\u3000")
    for number, origin in order:
        head = f"{article_name(number)}{blank or chr(0x3000)}"
        if origin is None:
            article = Article(number, head, rewritten([], moves.new[number], head))
        else:
            article = held[origin]
            if origin != number:
                line = article.clauses[0].lines[0]
                line.after = head + line.after.removeprefix(article.head)
                article.head, article.number = head, number
        final.append(article)
    for number in moves.gone:
        for line in held[number].lines:
            line.after = ""
    _rebuild(tree, final, {id(a) for a in held.values()}, moves)


def _rebuild(tree: ProvisionTree, final: list[Article], origins: set[int], moves: Moves) -> None:
    """Put the articles in their order, between the headings of their chapters."""
    parts = list(tree.parts)
    stable = [a for a in final if id(a) in origins]
    before = [p for p in parts if isinstance(p, Article) and any(p is s for s in stable)]
    if [id(a) for a in before] != [id(a) for a in stable]:
        if any(isinstance(part, Line) for part in parts):
            refuse("条的次序变动越过章节，本站不整理")
        gone = [p for p in parts if not any(p is a for a in final)]
        tree.parts = [*final, *gone]
        return
    for n, article in enumerate(final):
        if id(article) in origins:
            continue
        above = final[n - 1] if n else None
        at = next((i for i, p in enumerate(parts) if p is above), -1) + 1
        near = moves.behind.get(article.number)
        following = parts[at] if at < len(parts) else None
        if isinstance(following, Line) and not near and following.is_heading:
            refuse(f"没有说明{article_name(article.number)}在哪一章")
        while at < len(parts) and _is_gone(parts[at]):
            at += 1
        parts.insert(at, article)
    tree.parts = parts


def _is_gone(part: Line | Article) -> bool:
    return isinstance(part, Article) and not any(line.after for line in part.lines)


def rewritten(clauses: Sequence[Clause], new: tuple[str, ...], head: str) -> list[Clause]:
    """Write new paragraphs over old ones, line by line; what is over is added or deleted."""
    written = clauses_of(new)
    old = [line for clause in clauses for line in clause.lines]
    texts = [line for clause in written for line in clause.lines]
    if head and texts:
        texts[0].after = head + texts[0].after
    for line, before in zip(texts, old, strict=False):
        line.anchor, line.before = before.anchor, before.before
    over = old[len(texts) :]
    for line in over:
        line.after = ""
    if over and written:
        written[-1].lines += over
    return written


def body_of(text: str) -> str:
    """Give a text without the number in front of it: 第五条　, （三）."""
    if found := ARTICLE.match(text):
        if found.group()[-1:] in " \u3000":
            return text[found.end() :]
        return text
    ordinal = parse_ordinal(text)
    if ordinal is None:
        return text
    return text[ordinal.end :].lstrip(" \u3000")
