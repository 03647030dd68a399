"""Read the pages of a built site back."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

SILENT = frozenset({"script", "style", "template"})
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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        classes = values.get("class", "").split()
        if self._depth and tag not in VOID:
            self._depth += 1
        elif "official" in classes:
            self._depth = 1
        if self._depth and "added" in classes:
            self._added = True
        if self._depth and not self._added and tag in BLOCKS:
            self.texts.append("")
            self.tags.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in VOID:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth and not self._added and self.texts:
            self.texts[-1] += data


def official(page: Path) -> OfficialText:
    reader = OfficialText()
    reader.feed(page.read_text("utf-8"))
    reader.close()
    reader.texts = [re.sub(r"\s+", " ", text).strip() for text in reader.texts]
    return reader
