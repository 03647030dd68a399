"""Registers of all documents by number, issuer, type and date, as on the shelves of a library.

A large shelf is split by year (dates: by month), so that a new issue changes few pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import TypeAlias

from generator.language.document_numbers import DocumentNumber
from generator.language.file_names import fit_name
from generator.language.pinyin import initial, romanise
from generator.model import (
    NO_MARK,
    NO_STATES,
    DocumentFact,
    StateMark,
    States,
    Summary,
    document_url,
    mark_of,
)
from generator.runtime.patterns import lazy_regex

LARGEST = 150  # documents on one page
UNKNOWN = "0"  # page of the documents without a number, a date …
SEPARATORS = lazy_regex(r"[、\s\u3000]+")


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in the list of a register."""

    url: str  # relative to the site's root
    title: str
    number: str
    issuer: str
    type: str
    date: str
    mark: StateMark = NO_MARK
    also: tuple[tuple[str, str], ...] = ()  # its other printings: name of the issue, address
    parsed: DocumentNumber | None = field(default=None, compare=False)  # its number, parsed


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of a register: the documents of an issuer code, an issuer, a type, a year."""

    page: str
    title: str
    letter: str
    sections: tuple[tuple[str, str, tuple[Listed, ...]], ...]  # title, own page or "", documents

    @property
    def documents(self) -> list[Listed]:
        """All its documents, in the order of the list."""
        return [document for _, _, documents in self.sections for document in documents]

    @property
    def count(self) -> int:
        """Number of documents on the shelf."""
        return sum(len(documents) for _, _, documents in self.sections)

    @property
    def newest(self) -> Listed:
        """The document with the latest date."""
        return max(self.documents, key=lambda document: (document.date, document.url))

    @property
    def years(self) -> str:
        """The years of its documents: 1990—2017; empty if no document has a date."""
        years = sorted({d.date[:4] for d in self.documents if d.date})
        return "—".join(dict.fromkeys((years[0], years[-1]))) if years else ""


@dataclass(frozen=True, slots=True)
class ShelfRegister:
    """A register of documents: its folder and title, and how it sorts documents into shelves."""

    folder: str
    title: str
    names: Callable[[Listed], Sequence[str]]  # the names of the shelves that have a document
    section: Callable[[Listed], str]
    order: Callable[[Listed], tuple[str | int, ...]]
    missing: str  # title of the shelf of documents without a name: 没有发文字号
    newest_first: bool = True
    by_years: bool = False  # its shelves are years, the newest first


# by issue and document: the names and addresses of a document's other printings; no names for one
# that is listed with another
Also: TypeAlias = Mapping[tuple[str, str], tuple[tuple[str, str], ...]]


def list_documents(
    summaries: Iterable[Summary], states: States = NO_STATES, also: Also = MappingProxyType({})
) -> list[Listed]:
    """List the documents of all issues, once for all registers; several printings are one row."""
    return [
        _listed(summary.name, d, mark_of(states.get((summary.name, d.id))), also.get(place, ()))
        for summary in summaries
        for d in summary.documents
        if also.get(place := (summary.name, d.id), ((),))
    ]


def shelve(register: ShelfRegister, documents: Iterable[Listed]) -> tuple[Shelf, ...]:
    """Put the documents of all issues on the shelves of a register, sorted by pinyin or year."""
    found: dict[str, dict[str, list[Listed]]] = defaultdict(lambda: defaultdict(list))
    for document in documents:
        for name in register.names(document) or ("",):
            # names with the same pinyin share a page, so that addresses do not depend on order
            found[shelf_page(name)][name].append(document)
    shelves = (_shelf(register, page, names) for page, names in found.items())
    if register.by_years:
        return tuple(sorted(shelves, key=lambda s: s.page, reverse=True))
    return tuple(sorted(shelves, key=lambda s: (s.letter == UNKNOWN, s.letter, s.page)))


def shelf_page(name: str) -> str:
    """Give the name of a shelf's page: the pinyin of the shelf's name."""
    return fit_name(romanise(name)) or UNKNOWN


def issuers_of(issuer: str) -> list[str]:
    """Split the issuers of a joint document."""
    return [name for name in SEPARATORS.split(issuer) if name]


def _shelf(register: ShelfRegister, page: str, names: dict[str, list[Listed]]) -> Shelf:
    title = "、".join(sorted(name for name in names if name)) or register.missing
    documents = sorted(
        (document for listed in names.values() for document in listed), key=register.order
    )
    if register.newest_first:
        documents.reverse()
    large = len(documents) > LARGEST
    # a year may occur in several groups if names share a page: the first decides its place
    parts: dict[str, list[Listed]] = defaultdict(list)
    for section, group in groupby(documents, key=register.section):
        parts[section] += group
    sections = [
        piece
        for section, listed in parts.items()
        for piece in (
            _pieces(section, f"{page}-{_stem(section)}", listed, register.newest_first)
            if large
            else [(section, "", tuple(listed))]
        )
    ]
    return Shelf(page, title, initial(page), tuple(sections))


def _pieces(
    section: str, page: str, listed: list[Listed], newest_first: bool
) -> list[tuple[str, str, tuple[Listed, ...]]]:
    """Split the documents of a section into pages; later issues leave the full ones as they are.

    The page with the section's own address is the one that grows if the newest come first, else the
    first one.
    """
    if len(listed) <= LARGEST:
        return [(section, page, tuple(listed))]
    listed = listed[::-1] if newest_first else listed
    cut = [listed[at : at + LARGEST] for at in range(0, len(listed), LARGEST)]
    own = len(cut) if newest_first else 1
    pieces = [
        (
            f"{section}（{nth}）",
            page if nth == own else f"{page}-{nth}",
            tuple(piece[::-1] if newest_first else piece),
        )
        for nth, piece in enumerate(cut, 1)
    ]
    return pieces[::-1] if newest_first else pieces


def _stem(section: str) -> str:
    return "-".join(re.findall(r"\d+", section)) or UNKNOWN


def _listed(
    issue: str, document: DocumentFact, mark: StateMark, also: tuple[tuple[str, str], ...]
) -> Listed:
    return Listed(
        url=document_url(issue, document.id),
        title=document.title,
        number=document.number,
        issuer=document.issuer,
        type=document.type,
        date=document.date,
        mark=mark,
        also=also,
        parsed=DocumentNumber.parse(document.number),
    )


def _code(document: Listed) -> Sequence[str]:
    return (document.parsed.code,) if document.parsed else ()


def _issuers(document: Listed) -> Sequence[str]:
    return issuers_of(document.issuer)


def _types(document: Listed) -> Sequence[str]:
    return (document.type,) if document.type else ()


def _years(document: Listed) -> Sequence[str]:
    return (document.date[:4],) if document.date else ()


def _year(document: Listed) -> str:
    return f"{document.date[:4]}年" if document.date else "日期不详"


def _number_year(document: Listed) -> str:
    parsed = document.parsed
    return f"{parsed.year}年" if parsed and parsed.year else _year(document)


def _month(document: Listed) -> str:
    return f"{document.date[:4]}年{int(document.date[5:7])}月" if document.date else "日期不详"


def _number_order(document: Listed) -> tuple[str | int, ...]:
    parsed = document.parsed
    year = parsed.year or 0 if parsed else 0
    return year, parsed.serial if parsed else 0, document.date, document.url


def _date_order(document: Listed) -> tuple[str | int, ...]:
    return document.date, document.number, document.url


SHELVES = (
    ShelfRegister(
        "numbers",
        "发文字号索引",
        _code,
        _number_year,
        _number_order,
        "没有发文字号",
        newest_first=False,
    ),
    ShelfRegister("issuers", "发文机关索引", _issuers, _year, _date_order, "发文机关不详"),
    ShelfRegister("types", "文种索引", _types, _year, _date_order, "文种不详"),
    ShelfRegister("dates", "成文日期索引", _years, _month, _date_order, "日期不详", by_years=True),
)
