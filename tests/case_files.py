"""Case files: each rule's examples, which are its documentation too.

A case is a heading and a fence ``~~~ example`` with a text, a line of one dot, and what becomes of
the text. Texts of several paragraphs are parted by blank lines; a rule that changes nothing there
is shown by the same text twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """One example of one rule."""

    stage: str
    rule: str
    name: str
    line: int
    before: str
    after: str


def read_cases(path: Path) -> Iterator[Case]:
    name = ""
    tokens = MarkdownIt("commonmark").parse(path.read_text("utf-8"))
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following:
            name = following.content
        elif token.type == "fence" and token.info.strip() == "example":
            before, dot, after = token.content.partition("\n.\n")
            line = (token.map or [0])[0] + 1
            assert dot, f"{path}:{line}: a case has a line of one dot between its two texts"
            yield Case(path.parent.name, path.stem, name, line, before, after.rstrip("\n"))


ALL = [case for path in sorted(CASES.rglob("*.md")) for case in read_cases(path)]
