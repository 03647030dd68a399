"""Case files: each rule's examples, which are its documentation too.

A case is a heading and a fence ``~~~ example`` with a text, a line of one dot, and what a reader
sees of the text, after all rules. Texts of several paragraphs are parted by blank lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from generator.model import Issue, Source
from generator.stages.normalize import normalize
from generator.stages.parse import parse

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


def normalized(body: str, title: str = "某市人民政府关于某事的通知") -> Issue:
    """Parse and normalize a text as the body of the one document in 示范市人民政府公报."""
    masthead = "示范市人民政府公报\n\n2024年第3期（总第12期）\n\n"
    text = f"{masthead}目录\n\n市政府文件\n\n{title} ..... 1\n\n# {title}\n\n{body}"
    return normalize(parse(Source("case/2020-01", text, "case.md", "issue.md", "", "utf-8")))


ALL = [case for path in sorted(CASES.rglob("*.md")) for case in read_cases(path)]
