"""Measure how decisions on amendment are read: operations told, wrong ones, words against the text.

    python -m benchmarks.bench_amendments CONTENT --truth INDEX --after GAZETTE/ISSUE

CONTENT is a folder of content with the decisions, and with the amended text as it stands now.
INDEX is a file of lines ``issue truth-file``; a truth file has a line ``kind provision`` for each
operation of the decision (``insertion 第三十八条第二款``), written by hand.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from generator.archive.consolidate import consolidate
from generator.archive.provision_tree import Article, ProvisionTree, clauses_of, read_tree
from generator.archive.renumbering import ITEM_HEAD
from generator.language.numerals import chinese_numeral, parse_numeral
from generator.model import Amendment, Document, Issue
from generator.model.amendments import Provision
from generator.stages.pipeline import convert

Told = Counter[tuple[str, str]]


@click.command()
@click.argument("content", type=click.Path(exists=True, path_type=Path))
@click.option("--truth", type=click.Path(exists=True, path_type=Path))
@click.option("--after", multiple=True, help="the issue with an amended text as it stands now")
def main(content: Path, truth: Path | None, after: tuple[str, ...]) -> None:
    """Print what is told of each decision, and how it agrees with truth and with the text now."""
    issues = {p.name: convert(p) for p in sorted(content.glob("*/*/")) if p.is_dir()}
    decisions = [d for issue in issues.values() for d in issue.documents if d.amendments]
    unread = sum(
        d.code == "amendment-unread" for issue in issues.values() for d in issue.diagnostics
    )
    operations = sum(len(d.amendments) for d in decisions)
    click.echo(f"decisions {len(decisions)}  operations {operations}  unread places {unread}")
    if truth:
        _against_truth(truth, issues)
    for name in after:
        _against_text(issues[name], decisions)


def _against_truth(index: Path, issues: dict[str, Issue]) -> None:
    hits = wanted = wrong = 0
    for line in index.read_text("utf-8").splitlines():
        name, file = line.split()
        kinds = [
            tuple(row.split()) for row in (index.parent / file).read_text("utf-8").splitlines()
        ]
        truth: Told = Counter((kind, place) for kind, place in kinds)
        told: Told = Counter(
            (a.kind, _place(a)) for d in issues[name].documents for a in d.amendments
        )
        both = sum((truth & told).values())
        hits, wanted, wrong = hits + both, wanted + truth.total(), wrong + (told - truth).total()
        click.echo(f"{name}: told {both}/{truth.total()}, wrong {(told - truth).total()}")
        for fault, where in (("missing", truth - told), ("wrong", told - truth)):
            for kind, place in where.elements():
                click.echo(f"  {fault}: {kind} {place}")
    click.echo(f"all: told {hits}/{wanted} = {hits / wanted:.3f}, wrong {wrong}")


def _place(amendment: Amendment) -> str:
    return amendment.provision.name


def _against_text(issue: Issue, decisions: list[Document]) -> None:
    """Compare the last new words of each article with the text as it stands now."""
    document = issue.documents[0]
    tree = read_tree(document)
    if tree is None:
        sys.exit(f"{issue.name}: no articles")
    built: dict[str, _Built] = {}
    for decision in sorted(decisions, key=lambda d: (_year(d), _nth(d.title))):
        own = [a for a in decision.amendments if a.work.title == document.title]
        moved = {a.provision.name: a.to for a in own if a.to and not a.new}
        # what earlier decisions said of 第一百三十六条 is now in 第一百四十一条
        earlier = [replace(one, place=_moved(one.place, moved)) for one in built.values()]
        built = {one.place.name: one for one in earlier}
        _apply(built, own, decision.title)
    equal = 0
    for name, one in built.items():
        held = "".join(_held(tree, one.place)).rstrip("；。")
        said = "".join(one.texts).rstrip("；。")
        if held == said or (one.is_part and said in held):
            equal += 1
        else:
            click.echo(f"  differs: {name} (last: {one.decision})")
    click.echo(f"{document.title}: {equal} of {len(built)} amended provisions equal the text now")


@dataclass(frozen=True, slots=True)
class _Built:
    """What the decisions make of a provision."""

    place: Provision
    decision: str
    texts: tuple[str, ...]
    is_part: bool = False  # only some words of it are known


def _apply(built: dict[str, _Built], own: list[Amendment], title: str) -> None:
    """Apply a decision to the articles whose whole text is known, else note the provision."""
    for article in dict.fromkeys(a.provision.article for a in own if a.provision.article):
        mine = [a for a in own if a.provision.article == article]
        whole = [a for a in mine if a.new and len(a.provision.units) == 1 and not a.position]
        whole_place = whole[-1].to or whole[-1].provision if whole else None
        if whole and whole_place:
            for name in [n for n in built if n.startswith(f"{whole_place.name}第")]:
                del built[name]
            built[whole_place.name] = _Built(whole_place, title, tuple(_said(whole[-1])))
            continue
        known = built.get(
            Provision(f"第{chinese_numeral(int(article.partition('-')[0]))}条", (), ()).name
        )
        inner = [a for a in mine if len(a.provision.units) > 1 or a.position]
        if known and inner:
            tree = ProvisionTree([], [], [Article(article, "", clauses_of(known.texts))], [])
            for line in tree.articles()[0].lines:
                line.before = line.after
            if not consolidate(tree, inner):
                built[known.place.name] = replace(
                    known, decision=title, texts=tree.articles()[0].texts
                )
                continue
        for one in inner:
            place = one.to or one.provision
            if one.new and place.name not in built:
                is_part = one.position != ""
                built[place.name] = _Built(place, title, tuple(_said(one)), is_part)
            elif one.new:
                built[place.name] = replace(
                    built[place.name], decision=title, texts=tuple(_said(one))
                )


def _moved(place: Provision, moved: dict[str, Provision]) -> Provision:
    if to := moved.get(place.name):
        return to
    article = f"{place.name.partition('条')[0]}条"
    if to := moved.get(article):
        return Provision(to.name + place.name[len(article) :], (*to.units, *place.units[1:]), ())
    return place


def _year(document: Document) -> str:
    note = document.first("history")
    return note[1:5] or document.date[:4]


def _nth(title: str) -> int:
    bracket = title.rpartition("（")[2].rstrip("）年")
    return parse_numeral(bracket) or 0


def _said(amendment: Amendment) -> Iterator[str]:
    for text in amendment.new:
        text = text.replace("‘", "“").replace("’", "”")
        yield ITEM_HEAD.sub("", text) if "项" in dict(amendment.provision.units) else text


def _held(tree: ProvisionTree, place: Provision) -> Iterator[str]:
    units = dict(place.units)
    article = tree.article(units["条"])
    if article is None:
        return
    clauses = clauses_of(article.texts)
    if number := units.get("款"):
        clauses = clauses[int(number) - 1 : int(number)]
    lines = [line for clause in clauses for line in clause.lines]
    if item := units.get("项"):
        lines = [line for line in lines if line.number == int(item)]
        yield from (ITEM_HEAD.sub("", line.after) for line in lines)
        return
    yield from (line.after for line in lines)


if __name__ == "__main__":
    main()
