"""Where a provision that a decision names is in a held text: exactly one place, or a reason."""

from __future__ import annotations

from generator.archive.provision_tree import Article, Clause, Line, ProvisionTree
from generator.archive.renumbering import refuse
from generator.language.ordinals import parse_ordinal
from generator.model.amendments import Provision


def find_article(tree: ProvisionTree, place: Provision) -> Article:
    """Find the article of a provision, which the text has once."""
    article = tree.article(place.article)
    if article is None:
        refuse(f"本站文本中没有、或不止一处{place.name}")
    return article


def find_clause(tree: ProvisionTree, place: Provision) -> Clause:
    """Find the paragraph (款) of a provision; of an item, the one that has it."""
    article = find_article(tree, place)
    number = int(dict(place.units).get("款", "0"))
    item = dict(place.units).get("项")
    if number:
        if number > len(article.clauses):
            refuse(f"本站文本中没有{place.name}")
        return article.clauses[number - 1]
    having = [c for c in article.clauses if item and c.items(int(item))]
    having = having or [c for c in article.clauses if c.lines[1:]] if item else article.clauses
    if len(having) != 1:
        refuse(f"没有说明在{place.name}的哪一款")
    return having[0]


def find_lines(tree: ProvisionTree, place: Provision) -> list[Line]:
    """Find the lines of a provision: the whole text, a preamble, a heading, an article."""
    units = dict(place.units)
    if not units:
        lines = [*tree.title, *tree.preamble]
        for part in tree.parts:
            lines += part.lines if isinstance(part, Article) else [part]
        return [line for line in lines if not line.is_table]
    if "名称" in units:
        return tree.title[:1]
    if "引言" in units or "序言" in units or "自然段" in units or "段" in units:
        return _preamble(tree, units)
    if "章" in units or "节" in units:
        return _part(tree, place)
    if "项" in units:
        found = find_clause(tree, place).items(int(units["项"]))
        if len(found) != 1:
            refuse(f"本站文本中没有、或不止一处{place.name}")
        return found
    if "款" in units:
        return find_clause(tree, place).lines
    return find_article(tree, place).lines


def _preamble(tree: ProvisionTree, units: dict[str, str]) -> list[Line]:
    lines = [line for line in tree.preamble if not line.is_heading and not line.is_table]
    number = units.get("自然段") or units.get("段")
    if number and int(number) <= len(lines):
        return [lines[int(number) - 1]]
    if len(lines) != 1:
        refuse("本站文本的引言不是一段")
    return lines


def _part(tree: ProvisionTree, place: Provision) -> list[Line]:
    """Find the heading of a chapter, or of a section in a chapter."""
    wanted = [(unit, int(n.partition("-")[0])) for unit, n in place.units if unit in "章节"]
    found: list[Line] = []
    chapter = 0
    for part in tree.parts:
        ordinal = None if isinstance(part, Article) else parse_ordinal(part.before)
        if ordinal is None or ordinal.style not in ("chapter", "clause"):
            continue
        if ordinal.style == "chapter":
            chapter = ordinal.number
        mine = [("章", chapter)] + ([("节", ordinal.number)] if ordinal.style == "clause" else [])
        if mine == wanted and isinstance(part, Line):
            found.append(part)
    if len(found) != 1:
        refuse(f"本站文本中没有、或不止一处{place.name}")
    return found
