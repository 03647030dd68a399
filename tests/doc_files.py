"""Read the pages for people: blocks and spans of code, commands, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.conftest import ROOT

PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
GUIDE = ROOT / "docs" / "add-an-issue.md"
PARSER = MarkdownIt("commonmark").enable("table")
# a span of code that begins so is a command
COMMAND = re.compile(
    r"(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?"
    r"(?:make|gazette|python|python3|pip|sudo|apt-get|git|cd|cp|minisign|gpg|sha256sum|dask|mkdocs"
    r"|pytest|playwright|npm|npx|curl|bash|sh) \S"
)


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code: its language, and the file that it quotes, if any."""

    page: Path
    line: int
    language: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command that a page names."""

    page: Path
    line: int
    text: str

    def __str__(self) -> str:
        """Name it as pytest shows it."""
        return f"{self.page.name}:{self.line} {self.text}"


def tokens(page: Path) -> list[Token]:
    return PARSER.parse(page.read_text("utf-8"))


def fences(page: Path) -> Iterator[Fence]:
    """Give the blocks of code of a page; one that is merely indented has no language."""
    for token in tokens(page):
        if token.type in ("fence", "code_block"):
            language, _, file = token.info.strip().partition(" ")
            yield Fence(page, (token.map or [0])[0] + 1, language, file.strip(), token.content)


def sections(page: Path) -> dict[str, str]:
    """Give the text below each heading of the second rank."""
    parts = re.split(r"^## (.+)\n", page.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def spans(page: Path) -> Iterator[tuple[int, str]]:
    """Give the spans of code of a page with their lines."""
    for token in tokens(page):
        for child in token.children or ():
            if child.type == "code_inline":
                yield (token.map or [0])[0] + 1, child.content


def commands(page: Path) -> Iterator[Command]:
    """Give every command of a page: each line of its fences for a shell, and spans of code."""
    for fence in fences(page):
        if fence.language == "sh":
            for n, line in enumerate(fence.text.splitlines(), fence.line + 1):
                if text := re.sub(r"(?:^|\s+)#.*", "", line).strip():
                    yield Command(page, n, text)
    for n, text in spans(page):
        if COMMAND.match(text):
            yield Command(page, n, text)


def links(page: Path) -> Iterator[tuple[int, str]]:
    """Give the targets of the links and pictures of a page."""
    for token in tokens(page):
        for child in token.children or ():
            target = child.attrGet("href") or child.attrGet("src")
            if target:
                yield (token.map or [0])[0] + 1, str(target)


def anchors(page: Path) -> set[str]:
    """Give the anchors that hosts make of a page's headings."""
    found: set[str] = set()
    parsed = tokens(page)
    for token, inline in pairwise(parsed):
        if token.type == "heading_open":
            words = "".join(c.content for c in inline.children or ()).lower()
            found.add(re.sub(r"[^\w\- ]", "", words).replace(" ", "-"))
    return found
