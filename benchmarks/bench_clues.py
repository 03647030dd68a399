"""Say what each clue is worth: leave one out at a time, and count what is read otherwise.

    python -m benchmarks.bench_clues FOLDER… [--no-contents] [--truth FILE]

FOLDERs are issue folders, or folders of them. What is counted are facts by lines of the source: a
document begins, a heading stands, two lines are one paragraph. With ``--no-contents``, the lines of
the printed contents are left out, so that heads alone find the documents. With ``--truth``, a JSON
file with ``documents`` (first_line), ``headings`` (line) and ``joins`` (first_line, next_line) of
one FOLDER, those facts are right that it lists; without it, the reading with all clues is right.

A clue with two zeros decides nothing in these issues that another would not decide as well: it may
go, unless a case of its own says what it is for.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from benchmarks.archive import issue_folders
from generator.content import load
from generator.model import Heading, Issue, Source, Table
from generator.stages.normalize import block_rules, edges, normalize
from generator.stages.parse import body, furniture, headings, heads, parse

# every list of clues: the module that holds it, and its name
LISTS: tuple[tuple[ModuleType, str], ...] = (
    (heads, "CLUES"),
    (body, "CLOSING_CLUES"),
    (headings, "PLAIN_CLUES"),
    (headings, "NUMBERED_CLUES"),
    (block_rules, "UNIT_CLUES"),
    (edges, "CLUES"),
    (furniture, "CLUES"),
)
Fact: TypeAlias = tuple[str, ...]


def facts_of(issue: Issue) -> Iterator[Fact]:
    """Give what was read: where documents begin, which lines are headings, which are joined."""
    for document in issue.documents:
        yield "document", str(document.lines.first)
        for block in document.all_blocks():
            if isinstance(block, Table):
                continue
            if isinstance(block, Heading):
                yield "heading", str(block.lines.first)
            lines = [line for _, line in block.breaks]
            for above, below in pairwise(lines):
                yield "join", str(above), str(below)


def facts_of_truth(path: Path) -> set[Fact]:
    """Read the facts that a truth file lists."""
    truth = json.loads(path.read_text("utf-8"))
    found: set[Fact] = {("document", str(d["first_line"])) for d in truth["documents"]}
    found |= {("heading", str(h["line"])) for h in truth["headings"]}
    joins = {("join", str(j["first_line"]), str(j["next_line"])) for j in truth["joins"]}
    return found | joins


@contextmanager
def without(module: ModuleType, name: str, clue: str) -> Iterator[None]:
    """Leave one clue out of a list."""
    whole = getattr(module, name)
    setattr(module, name, tuple(c for c in whole if c.name != clue))
    try:
        yield
    finally:
        setattr(module, name, whole)


def read_all(sources: Iterable[Source]) -> set[Fact]:
    """Read the facts of all issues, each with the issue's name in front."""
    return {
        (source.name, *fact) for source in sources for fact in facts_of(normalize(parse(source)))
    }


def without_contents(source: Source) -> Source:
    """Leave out the lines that list the documents."""
    lines = source.text.split("\n")
    for entry in parse(source).contents:
        for n in range(entry.lines.first, entry.lines.last + 1):
            lines[n - 1] = ""
    return replace(source, text="\n".join(lines))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each clue: facts lost and gained without it, right and wrong ones."""
    parser = argparse.ArgumentParser(description="what each clue is worth")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--truth", type=Path, help="the facts of the one FOLDER")
    parser.add_argument("--no-contents", action="store_true", help="let heads find the documents")
    options = parser.parse_args(arguments)
    sources = [load(folder) for folder in issue_folders(options.paths)]
    if options.no_contents:
        sources = [without_contents(source) for source in sources]
    whole = read_all(sources)
    right = whole
    if options.truth:
        listed = facts_of_truth(options.truth)
        right = {(source.name, *fact) for source in sources for fact in listed}
    sys.stdout.write(
        f"{len(sources)} issues, {len(whole)} facts, {len(whole & right)} of them right\n"
    )
    sys.stdout.write("list clue: right facts lost, other facts gained\n")
    for module, name in LISTS:
        clues = getattr(module, name)
        for clue in clues[:-1]:  # the last one always holds
            with without(module, name, clue.name):
                left = read_all(sources)
            lost, gained = len((whole - left) & right), len((left - whole) - right)
            label = f"{module.__name__.rpartition('.')[2]}.{name} {clue.name}"
            sys.stdout.write(f"{label}: -{lost} +{gained}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
