"""Documents of an archive that have one number: one document printed twice, or a misread number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.language.document_numbers import DocumentNumber
from generator.model import Diagnostic, DocumentFact, Lines, Summary
from generator.model.codes import diagnostic

RESTARTED = frozenset({"主席令"})  # each National People's Congress numbers from 1 again


class _Print(NamedTuple):
    """A document in an issue."""

    issue: str
    document: DocumentFact

    @property
    def gazette(self) -> str:
        return self.issue.partition("/")[0]


def find_twice(summaries: Iterable[Summary]) -> dict[str, list[Diagnostic]]:
    """Report the documents whose number an earlier document of the archive has, by their issue.

    The number counts within a gazette, and between gazettes if the issuer is the same: organs of
    different places may have one code (政发).
    """
    first: dict[tuple[str, ...], _Print] = {}
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for summary in summaries:
        confirmed = frozenset(summary.confirmed)
        for document in summary.documents:
            one = _Print(summary.name, document)
            earlier = [first.setdefault(key, one) for key in _keys(one)]
            other = next((print_ for print_ in earlier if print_ is not one), None)
            if other is None:
                continue
            reported = _report(one, other)
            if (reported.code, reported.lines.first) not in confirmed:
                found[one.issue].append(reported)
    return dict(found)


def _keys(one: _Print) -> Iterator[tuple[str, ...]]:
    """Give what two documents have in common that should not have one number; none without one."""
    document = one.document
    number = DocumentNumber.parse(document.number)
    if number is None or number.code in RESTARTED:
        return
    # each government numbers its decrees from 1 again
    since = "" if number.year else document.date[:4]
    yield ("gazette", one.gazette, document.number, since)
    if document.issuer:
        yield ("issuer", document.issuer, document.number, since)


def _report(one: _Print, other: _Print) -> Diagnostic:
    where = Lines(one.document.line, one.document.line)
    place = f"{other.issue}/{other.document.id}"
    number, title = one.document.number, other.document.title
    if {*one.document.names, one.document.title} & {*other.document.names, title}:
        message = f"{number}《{title}》在本站已有一篇：{place}，引用时链接到本公报所登的一篇"
        return diagnostic("document-twice", where, message)
    message = f"发文字号{number}已有一篇：{place}《{title}》，标题与本篇不同，请核对"
    return diagnostic("number-twice", where, message)
