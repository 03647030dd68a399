"""Every document of a gazette in one file: gazette.csv for readers, gazette.jsonl for programs.

Both are in the order of the archive. The CSV follows RFC 4180, in UTF-8 with a byte order mark, by
which spreadsheets recognise it. A cell gets an apostrophe at its beginning if a spreadsheet would
read it as a formula or if it begins with an apostrophe already. A program that reads the file
removes the first apostrophe of a cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec

from generator.formats.planned import PlannedFile
from generator.model import NO_STATES, Gazette, States, Summary, document_url
from generator.model.addresses import issue_path, site_address
from generator.model.printings import NO_PRINTINGS, PrintingsOf
from generator.runtime.digests import digest

CSV_TYPE, JSONL_TYPE = "text/csv", "application/jsonl"
BYTE_ORDER_MARK = "\ufeff"
HEADINGS = (
    "期",
    "编号",
    "标题",
    "发文字号",
    "发文机关",
    "文种",
    "成文日期",
    "栏目",
    "印刷页码",
    "网址",
    "效力",
    "同文编号",
)
# a spreadsheet reads these, full-width ones too, as the beginning of a formula; ' is our own prefix
PREFIXED = frozenset("=+-@\t\r\n＝＋－＠'")


class Row(msgspec.Struct, frozen=True):
    """The facts of one document, under the names of issue.json."""

    issue: str
    id: str
    title: str
    number: str | None
    issuer: str | None
    type: str | None
    date: str | None
    category: str
    page: int | None
    url: str  # absolute if the site has a public address, else relative to its root
    state: str | None = None  # 已废止, 已修改 …, if a later document of the archive says so
    work: str | None = None  # of several printings: the rows of one work have the same


def listings(
    gazettes: Iterable[Gazette],
    summaries: Sequence[Summary],
    keys: Mapping[str, str],
    states: States = NO_STATES,
    printings: PrintingsOf = NO_PRINTINGS,
) -> Iterator[PlannedFile]:
    """Plan the lists of each gazette; ``keys`` are the keys of the issues' own stages."""
    labels = {place: state.label for place, state in states.items() if state.label}
    for gazette in gazettes:
        own = [issue for issue in summaries if issue.name.partition("/")[0] == gazette.id]
        site = site_address(gazette)
        names = {issue.name for issue in own}
        said = [
            f"{'/'.join(place)} {label}" for place, label in labels.items() if place[0] in names
        ]
        works = {place: p.work for place, p in printings.items() if place[0] in names}
        said += [f"{'/'.join(place)} {work}" for place, work in works.items()]
        key = digest(site, *(keys[issue.name] for issue in own), *said)
        rows = partial(_rows, own, site, labels, works)
        yield PlannedFile(f"{gazette.id}/gazette.csv", key, partial(_csv, rows))
        yield PlannedFile(f"{gazette.id}/gazette.jsonl", key, partial(_jsonl, rows))


def _rows(
    issues: Iterable[Summary],
    site: str,
    labels: Mapping[tuple[str, str], str],
    works: Mapping[tuple[str, str], str],
) -> Iterator[Row]:
    for issue in issues:
        folder = issue.name.rpartition("/")[2]
        address = f"{site}{issue_path(issue.name)}" if site else issue.name
        for d in issue.documents:
            yield Row(
                folder,
                d.id,
                d.title,
                d.number or None,
                d.issuer or None,
                d.type or None,
                d.date or None,
                d.category,
                d.page,
                document_url(address, d.id),
                labels.get((issue.name, d.id)),
                works.get((issue.name, d.id)),
            )


def _jsonl(rows: Callable[[], Iterator[Row]]) -> str:
    return msgspec.json.Encoder().encode_lines(rows()).decode()


def _csv(rows: Callable[[], Iterator[Row]]) -> str:
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    writer.writerows([cell(c) for c in msgspec.structs.astuple(r)] for r in rows())
    return file.getvalue()


def cell(value: object) -> object:
    """Give a value as a cell that no spreadsheet reads as a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in PREFIXED else value
