"""Reads what a site publishes of an issue, as far as reports compare it.

Another version of the program may have written it: a missing field counts as empty.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from generator.delivery.report.values import Finding, ReportedDocument, ReportedIssue
from generator.runtime.data import Json
from generator.runtime.errors import SourceError

Data: TypeAlias = dict[str, Json]

FIELDS = ("title", "number", "date", "issuer", "type")  # of a document, compared as they are
FACTS = (
    "gazette", "year", "number", "total_number", "frequency", "sponsor", "publisher", "address",
    "postcode", "phone", "contents",
)  # of an issue  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublishedCitation:
    """A citation, and where it leads."""

    text: str
    anchor: str
    relation: str
    target: tuple[str, str, str] | None  # issue, document, anchor
    elsewhere: str
    work: str


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """A document: its facts, its paragraphs, its citations."""

    id: str
    url: str
    fields: Mapping[str, str]
    texts: tuple[str, ...]
    citations: tuple[PublishedCitation, ...]

    def shown(self) -> ReportedDocument:
        """Give the document as reports name it."""
        return ReportedDocument(
            self.url, self.fields["title"], self.fields["number"], self.fields["date"]
        )


@dataclass(frozen=True, slots=True)
class PublishedIssue:
    """An issue: its facts, its documents, its findings."""

    name: str
    title: str
    sha256: str
    facts: str
    documents: tuple[PublishedDocument, ...]
    findings: tuple[Finding, ...]

    def shown(self, was: str = "") -> ReportedIssue:
        """Give the issue as reports name it; ``was`` is its former name."""
        return ReportedIssue(self.name, self.title, len(self.documents), was)


def read_published(path: Path, name: str, content: str) -> PublishedIssue:
    """Read an issue.json; raises SourceError if it is not JSON or not an object."""
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        msg = f"{path}: 不是 JSON；请重新生成网站（gazette build）：{error}"
        raise SourceError(msg) from error
    if not isinstance(data, dict):
        msg = f"{path}: 不是 issue.json 的格式；请重新生成网站（gazette build）"
        raise SourceError(msg)
    source = _object(data, "source")
    file = f"{content}/{name}/{_text(source, 'file')}"
    return PublishedIssue(
        name,
        _title(data),
        _text(source, "sha256"),
        json.dumps([data.get(key) for key in FACTS]),
        tuple(_document(document) for document in _objects(data, "documents")),
        tuple(
            Finding(
                f"{file}/{_text(found, 'file')}" if _text(found, "file") else file,
                int(_text(found, "file_line") or _text(found, "line") or 0),
                _text(found, "code"),
                _text(found, "severity"),
                _text(found, "message"),
            )
            for found in _objects(data, "diagnostics")
        ),
    )


def _title(data: Data) -> str:
    year, number = _text(data, "year"), _text(data, "number")
    return _text(data, "gazette") + (f"{year}年第{number}期" if year and number else "")


def _document(data: Data) -> PublishedDocument:
    parts = [data, *_objects(data, "attachments")]
    return PublishedDocument(
        _text(data, "id"),
        _text(data, "url"),
        {name: _text(data, name) for name in FIELDS},
        tuple(_words(block) for part in parts for block in _objects(part, "blocks")),
        tuple(_citation(citation) for citation in _objects(data, "citations")),
    )


def _words(block: Data) -> str:
    rows = block.get("rows")
    if not rows:
        return _text(block, "text")
    spans = block.get("spans")  # older sites have none
    return json.dumps([rows, spans] if spans else rows, ensure_ascii=False)


def _citation(data: Data) -> PublishedCitation:
    target = _object(data, "target")
    issue = f"{_text(target, 'gazette')}/{_text(target, 'issue')}"
    return PublishedCitation(
        _text(data, "text"),
        _text(data, "anchor"),
        _text(data, "relation"),
        (issue, _text(target, "document"), _text(target, "anchor")) if target else None,
        _text(data, "elsewhere"),
        _text(data, "work"),
    )


def _text(data: Data, key: str) -> str:
    value = data.get(key)
    return str(value) if isinstance(value, str | int) else ""


def _object(data: Data, key: str) -> Data:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _objects(data: Data, key: str) -> list[Data]:
    value = data.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
