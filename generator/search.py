"""Issues → search files for Material's box, made from the model and never from HTML.

The seam of the search engine: ``issue_entries`` says what can be found, ``write_index`` writes it
in the form that search-worker.js reads. Another engine replaces these and nothing else. Paragraphs
and cells are parted by line ends, which no phrase crosses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from generator.model import Block, Document, Heading, Issue, Paragraph, Table

# Material's box reads the language before it hands the index to the worker
CONFIG = {"lang": ["zh"], "separator": "\\s+", "pipeline": []}


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One thing a query can find: a page, or a part of it where the location has an anchor."""

    location: str  # relative to the site that the index belongs to
    title: str
    text: str

    def below(self, folder: PurePosixPath) -> SearchEntry:
        """Give the same entry seen from a site that holds this one in a folder."""
        return SearchEntry(f"{folder}/{self.location}", self.title, self.text)


def issue_entries(issue: Issue) -> list[SearchEntry]:
    """List what a query can find in an issue: each document, and each numbered unit of it."""
    entries: list[SearchEntry] = []
    for document in issue.documents:
        entries += _document_entries(document)
    return entries


def _document_entries(document: Document) -> list[SearchEntry]:
    page = f"{document.id}.html"
    entries: list[SearchEntry] = []
    texts: list[str] = []
    # the number stands in the title, whose hits count most
    number = f"（{document.number}）" if document.number else ""
    location, title = page, document.title + number
    for block in document.all_blocks():
        if isinstance(block, Paragraph) and block.kind in ("title", "number"):
            continue
        # a unit opens a part of its own; what follows it belongs to that part
        if not isinstance(block, Table) and block.ordinal:
            entries.append(_entry(location, title, texts))
            location, title, texts = f"{page}#{block.anchor}", f"{block.ordinal}{block.label}", []
        texts += _texts(block)
    entries.append(_entry(location, title, texts))
    return entries


def _entry(location: str, title: str, texts: Iterable[str]) -> SearchEntry:
    return SearchEntry(location, title, "\n".join(text for text in texts if text))


def _texts(block: Block) -> list[str]:
    match block:
        case Table():
            return ["\n".join(cell for cell in row if cell) for row in block.rows]
        case Heading() | Paragraph():
            return [block.text]


def write_index(site: Path, entries: Iterable[SearchEntry]) -> None:
    """Write a site's index twice: as JSON for http, as a script for file://."""
    folder = site / "search"
    folder.mkdir(exist_ok=True)
    data = {"config": CONFIG, "docs": [asdict(entry) for entry in entries]}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (folder / "search_index.json").write_text(text, "utf-8")
    (folder / "search_index.js").write_text(f"var __index = {text}", "utf-8")
