"""Read finished pages back: Markdown and templates must not have changed the official text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from generator.errors import SiteError
from generator.model import Block, Document, Issue, Table

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "source"})
BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "li"})


class OfficialText(HTMLParser):
    """The texts of an element with class ``official``, block by block, up to what the site adds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []  # every block's tag and attributes
        self._depth = 0  # inside the official text
        self._added = False
        self._skipped = 0  # the depth of a link that the site adds inside a paragraph

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block of the official text, or notice that it ends."""
        values = {name: value or "" for name, value in attrs}
        classes = values.get("class", "").split()
        if self._depth and tag not in VOID:
            self._depth += 1
        elif "official" in classes:
            self._depth = 1
        if self._depth and "added" in classes:
            if tag == "a":
                self._skipped = self._depth
            else:
                self._added = True
        if self._depth and not self._added and tag in BLOCKS:
            self.texts.append("")
            self.tags.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if self._depth and tag not in VOID:
            if self._depth == self._skipped:
                self._skipped = 0
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """Add to the block that is open."""
        if self._depth and not self._added and not self._skipped and self.texts:
            self.texts[-1] += data


def read_page(page: Path) -> OfficialText:
    """Read the official text of a page; blanks count as one."""
    reader = OfficialText()
    reader.feed(page.read_text("utf-8"))
    reader.close()
    reader.texts = [_one_blank(text) for text in reader.texts]
    return reader


def read_back(issue: Issue, site: Path) -> None:
    """Compare each document's page with the model; SiteError names the first difference."""
    for document in issue.documents:
        page = site / f"{document.id}.html"
        shown = read_page(page).texts
        wanted = texts_of(document)
        if shown == wanted:
            continue
        place = next(
            (n for n, (a, b) in enumerate(zip(shown, wanted, strict=False)) if a != b),
            min(len(shown), len(wanted)),
        )
        message = (
            f"{page.name}: the page differs from the text: expected "
            f"{_at(wanted, place)!r}, shows {_at(shown, place)!r}"
        )
        raise SiteError(message)


def texts_of(document: Document) -> list[str]:
    """List the texts of a document in the order of its page, cells one by one."""
    return [_one_blank(text) for block in document.all_blocks() for text in _texts(block)]


def _texts(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row]
    return [block.text]


def _one_blank(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _at(texts: list[str], place: int) -> str:
    return texts[place][:60] if place < len(texts) else ""
