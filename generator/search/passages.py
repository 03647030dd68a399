"""issue.json → what a search can find: the passages of each document, with their anchors.

The index is made from a published file. So it can be made again from a built site, and for any
part of it: a bundle, a segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from generator.model import row_anchor

UNIT_LENGTH = 24  # characters of a unit's name that the hits inside the unit show


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading, a paragraph of a cell: a phrase is found only inside one of them."""

    anchor: str
    text: str  # as printed
    unit: str = ""  # the name of the unit that begins here: 二、主要任务


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the search index; passages[0] is its title."""

    url: str  # relative to the archive's root
    title: str
    number: str
    issuer: str
    type: str
    date: str
    gazette: str  # title
    issue: str  # panzhihua/2017-01
    year: str
    agencies: tuple[str, ...]
    people: tuple[str, ...]
    passages: tuple[Passage, ...]
    # of the issue: 2017年第1期（总第227期）; 0 if not known
    issue_year: int = 0
    issue_number: int = 0
    total_number: int = 0


class _Block(msgspec.Struct):
    kind: str
    anchor: str
    text: str = ""
    rows: list[list[str]] = []
    header_rows: int = 0


class _Attachment(msgspec.Struct):
    blocks: list[_Block]


class _Unit(msgspec.Struct):
    anchor: str
    ordinal: str
    label: str


class _Responsibility(msgspec.Struct):
    agency_id: str | None


class _Appointment(msgspec.Struct):
    person: str | None


class _Document(msgspec.Struct):
    url: str
    title: str
    number: str | None
    issuer: str | None
    type: str | None
    date: str | None
    outline: list[_Unit]
    blocks: list[_Block]
    attachments: list[_Attachment]
    responsibilities: list[_Responsibility]
    appointments: list[_Appointment]


class _Issue(msgspec.Struct):
    """What of an issue.json can be found; the rest is passed over and never an object."""

    gazette_id: str
    gazette: str | None
    issue: str
    year: int | None
    documents: list[_Document]
    number: int | None = None
    total_number: int | None = None


ISSUE = msgspec.json.Decoder(_Issue)


def entries_in(json: bytes) -> Iterator[Entry]:
    """List the documents of an issue.json in their order."""
    return _entries(ISSUE.decode(json))


def entries_of(data: Mapping[str, object]) -> Iterator[Entry]:
    """List the documents of the data that issue.json is written from."""
    return _entries(msgspec.convert(data, _Issue))


def _entries(issue: _Issue) -> Iterator[Entry]:
    folder = issue.issue[:4]  # 2017-01, or any name that an editor gave
    year = str(issue.year or (folder if folder.isdecimal() else ""))
    for document in issue.documents:
        yield Entry(
            url=document.url,
            title=document.title,
            number=document.number or "",
            issuer=document.issuer or "",
            type=document.type or "",
            date=document.date or "",
            gazette=issue.gazette or issue.gazette_id,
            issue=f"{issue.gazette_id}/{issue.issue}",
            year=(document.date or year)[:4],
            agencies=_unique(r.agency_id for r in document.responsibilities),
            people=_unique(a.person for a in document.appointments),
            passages=tuple(_passages(document)),
            issue_year=issue.year or 0,
            issue_number=issue.number or 0,
            total_number=issue.total_number or 0,
        )


def _unique(names: Iterator[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _passages(document: _Document) -> Iterator[Passage]:
    """Give the texts of a document in the order of its page, but the whole title first."""
    units = {unit.anchor: _unit_name(unit) for unit in document.outline}
    blocks = [*document.blocks, *(b for a in document.attachments for b in a.blocks)]
    own_title = next((b for b in blocks if b.kind == "title"), None)
    title = own_title.text if own_title else document.title
    yield Passage(own_title.anchor if own_title else "", title)
    for block in blocks:
        if block is own_title:
            continue
        if block.kind == "table":
            yield from _cells(block)
        else:
            yield Passage(block.anchor, block.text, units.get(block.anchor, ""))


def _unit_name(unit: _Unit) -> str:
    name = f"{unit.ordinal}{unit.label}"
    return name if len(name) <= UNIT_LENGTH else f"{name[: UNIT_LENGTH - 1]}…"


def _cells(table: _Block) -> Iterator[Passage]:
    for place, row in enumerate(table.rows):
        anchor = row_anchor(table.anchor, place, table.header_rows)
        paragraphs = (text for cell in row for text in cell.split("\n") if text)
        yield from (Passage(anchor, text) for text in paragraphs)
