"""What an editor says of an issue in issue.toml."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta

from generator.content.documents import DOCUMENTS
from generator.content.folders import files_of
from generator.content.gazette_facts import is_inside
from generator.content.misplaced import Search
from generator.content.published_addresses import ADDRESSES_FILE
from generator.content.toml_tables import Number, Text, line_of, read_tables, with_lines
from generator.language.unseen import named
from generator.model import (
    Begins,
    Confirmation,
    Correction,
    Decision,
    IssueFacts,
    Scan,
    Source,
    SourceFile,
    Unplaced,
    Withdrawal,
)
from generator.runtime.errors import Faults, SourceError
from generator.runtime.places import FACTS_FILE

# the line of an entry that has no place in a new reading of the sheets, and applies to nothing
NOWHERE = 0


class CorrectionTable(msgspec.Struct, frozen=True):
    """[[correction]]: a misprint in one line, what it should read, and why."""

    line: Number
    printed: Text = msgspec.field(name="from")
    corrected: Text = msgspec.field(name="to")
    why: Text
    file: Text = ""  # of an issue of several files
    of: Literal["scan", "print"] = "scan"  # 扫描误认, or 原文印误


class LiftTable(msgspec.Struct, frozen=True):
    """[[lift]]: a line whose mark of secrecy no longer holds, and why."""

    line: Number
    why: Annotated[str, Meta(pattern=r"\S", description="写明标记为什么不再有效")]
    file: Text = ""  # of an issue of several files


Placed = TypeVar(
    "Placed", "CorrectionTable", "LiftTable", "DecisionTable", "ConfirmedTable", "CoveredTable"
)


class WithdrawnTable(msgspec.Struct, frozen=True):
    """[[withdrawn]]: a document that is not to be published, and why."""

    id: Text
    why: Annotated[str, Meta(pattern=r"\S", description="写明撤下的理由（会登在网站上）")]


class WithheldTable(msgspec.Struct, frozen=True):
    """[[withheld]]: a paragraph whose earlier readings are not to be shown, and why."""

    document: Text
    anchor: Text
    why: Annotated[str, Meta(pattern=r"\S", description="写明为什么不再显示")]


class CoveredTable(msgspec.Struct, frozen=True):
    """[[covered]]: a text in one line that is not to be published, and why."""

    line: Number
    text: Text
    why: Annotated[str, Meta(pattern=r"\S", description="写明为什么遮盖")]
    file: Text = ""  # of an issue of several files


class DecisionTable(msgspec.Struct, frozen=True):
    """[[decision]]: what a line begins, where the program reads it wrongly or cannot know."""

    line: Number
    text: Text
    begins: Begins
    why: Annotated[str, Meta(pattern=r"\S", description="写明理由")]
    file: Text = ""  # of an issue of several files


class ConfirmedTable(msgspec.Struct, frozen=True):
    """[[confirmed]]: a finding that is right as printed."""

    code: Text
    line: Number
    text: Text
    why: Annotated[str, Meta(pattern=r"\S", description="写明为什么原文无误")]
    file: Text = ""  # of an issue of several files


class ScanTable(msgspec.Struct, frozen=True):
    """[scan]: where the scan of the printed issue lies."""

    file: Text  # scan.pdf or pages/{page}.jpg
    first: Number = 1  # the printed page that the file's first page shows


class DocumentTable(msgspec.Struct, frozen=True):
    """[[document]]: the category of one file of an issue of several files."""

    file: Text
    category: Text


class CategoryTable(msgspec.Struct, frozen=True):
    """[[category]]: a category, and the documents that belong to it."""

    name: Text
    numbers: tuple[Text, ...] = ()  # codes of document numbers: 某府发
    files: tuple[Text, ...] = ()  # what the names of its files begin with: 1-


class MastheadTable(msgspec.Struct, frozen=True):
    """[masthead]: year and number of an issue that prints none."""

    year: Number | None = None
    number: Number | None = None
    total_number: Number | None = None


class IssueTables(msgspec.Struct, frozen=True):
    """All of issue.toml."""

    correction: tuple[CorrectionTable, ...] = ()
    lift: tuple[LiftTable, ...] = ()
    withdrawn: tuple[WithdrawnTable, ...] = ()
    withheld: tuple[WithheldTable, ...] = ()
    covered: tuple[CoveredTable, ...] = ()
    scan: ScanTable | None = None
    decision: tuple[DecisionTable, ...] = ()
    confirmed: tuple[ConfirmedTable, ...] = ()
    draft: bool = False  # checked, but not published
    sheets: bool = True  # whether the pictures of the printed pages are published
    document: tuple[DocumentTable, ...] = ()
    category: tuple[CategoryTable, ...] = ()
    masthead: MastheadTable | None = None


def read_issue_tables(path: Path) -> IssueTables:
    """Read issue.toml, which an issue may lack."""
    return read_tables(path, IssueTables) if os.path.lexists(path) else IssueTables()


def is_draft(folder: Path) -> bool:
    """Whether an issue is only checked, by its issue.toml, and not published yet.

    Raises SourceError for an issue that was published before: its addresses must stay.
    """
    path = folder / FACTS_FILE
    draft = read_issue_tables(path).draft
    if draft and (folder / ADDRESSES_FILE).exists():
        msg = (
            f"{path}:{line_of(path, ('draft',))}: 本期已经发布（有 {ADDRESSES_FILE}），"
            "不能改回草稿；要撤下某一篇，请用 [[withdrawn]]"
        )
        raise SourceError(msg)
    return draft


def in_joined_text(
    tables: IssueTables, find: Callable[[str, int], tuple[int, str]], path: Path
) -> IssueTables:
    """Give the tables with the lines of the joined text, by a function that finds these.

    Raises SourceError for a file that the issue does not have, and for a line without its file.
    """
    return msgspec.structs.replace(
        tables,
        correction=_found(tables.correction, "correction", find, path),
        lift=_found(tables.lift, "lift", find, path),
        decision=_found(tables.decision, "decision", find, path),
        confirmed=_found(tables.confirmed, "confirmed", find, path),
        covered=_found(tables.covered, "covered", find, path),
    )


def _found(
    listed: tuple[Placed, ...],
    key: str,
    find: Callable[[str, int], tuple[int, str]],
    path: Path,
) -> tuple[Placed, ...]:
    found = []
    faults = Faults()
    for nth, table in enumerate(listed):
        if table.line == NOWHERE:
            found.append(table)
            continue
        line, fault = find(table.file, table.line)
        if fault:
            inner = "file" if table.file else "line"
            faults.add(f"{path}:{line_of(path, (key, nth, inner))}: {fault}")
            continue
        found.append(msgspec.structs.replace(table, line=line))
    faults.end()
    return tuple(found)


def with_categories(
    files: Sequence[SourceFile], tables: IssueTables, path: Path
) -> tuple[SourceFile, ...]:
    """Give the files with their categories: [[document]], else [[category]], else the folder's."""
    own: dict[str, str] = {}
    names = {name: file.name for file in files for name in (file.name, f"{DOCUMENTS}/{file.name}")}
    for nth, table in enumerate(tables.document):
        if table.file not in names:
            near = get_close_matches(table.file, names, n=1, cutoff=0)
            hint = f"；是不是“{near[0]}”？" if near else "；[[document]] 只用于 documents/ 里的文件"
            msg = f"{path}:{line_of(path, ('document', nth, 'file'))}: 没有文件“{table.file}”{hint}"
            raise SourceError(msg)
        own[names[table.file]] = table.category
    by_prefix = [(prefix, c.name) for c in tables.category for prefix in c.files]
    return tuple(
        replace(file, category=own.get(file.name) or _of_prefix(file, by_prefix) or file.category)
        for file in files
    )


def _of_prefix(file: SourceFile, prefixes: Sequence[tuple[str, str]]) -> str:
    """Give the category of the longest prefix that a file's name has; 1- is none of 10-某通知."""
    fitting = [
        (len(prefix), name)
        for prefix, name in prefixes
        if file.name.startswith(prefix)
        and not (prefix[-1:].isdigit() and file.name[len(prefix) :][:1].isdigit())
    ]
    return max(fitting, default=(0, ""))[1]


def facts_of(tables: IssueTables) -> IssueFacts:
    """Give what is said of an issue that prints no masthead, and its categories by number."""
    said = tables.masthead or MastheadTable()
    codes = tuple((code, c.name) for c in tables.category for code in c.numbers)
    return IssueFacts(said.year, said.number, said.total_number, codes)


def corrections_of(tables: IssueTables) -> tuple[Correction, ...]:
    """Give the corrections, each reason in a line."""
    return tuple(
        Correction(c.line, c.printed, c.corrected, " ".join(c.why.split()), c.of)
        for c in tables.correction
    )


def scan_of(tables: IssueTables, path: Path) -> Scan | None:
    """Give the scan; SourceError when it is not in the issue's folder."""
    scan = tables.scan
    if scan is None:
        return None
    line = line_of(path, ("scan", "file"))
    if not is_inside(scan.file):
        msg = f"{path}:{line}: 扫描件“{scan.file}”应在这一期的文件夹里；请改正"
        raise SourceError(msg)
    if "{page}" not in scan.file and scan.file not in files_of(path.parent):
        msg = f"{path}:{line}: 没有扫描件“{scan.file}”；请放入，或改正文件名"
        raise SourceError(msg)
    return Scan(scan.file, scan.first)


def withdrawals_of(tables: IssueTables, path: Path) -> tuple[Withdrawal, ...]:
    """Give the documents that are withdrawn, with their lines in the file."""
    return tuple(
        Withdrawal(withdrawn.id, named(" ".join(withdrawn.why.split())), line)
        for withdrawn, line in with_lines(tables.withdrawn, path, "withdrawn", "id")
    )


def decisions_of(tables: IssueTables, source: Source, search: Search) -> tuple[Decision, ...]:
    """Give the decisions; one whose line does not have its text is noted and left out."""
    lines = source.text.split("\n")
    decisions = []
    for nth, decision in enumerate(tables.decision):
        if decision.line == NOWHERE:
            continue
        line = lines[decision.line - 1] if 0 < decision.line <= len(lines) else ""
        if line.count(decision.text) != 1 or not decision.text.strip():
            what = (
                f"{source.shown(decision.line)}应有一处“{decision.text[:40]}”，"
                f"现为“{line.strip()[:60]}”"
            )
            search.add("decision", nth, "line", what, decision.text)
            continue
        why = " ".join(decision.why.split())
        decisions.append(Decision(decision.line, decision.text, decision.begins, why))
    return tuple(decisions)


def unplaced_of(tables: IssueTables, path: Path) -> tuple[Unplaced, ...]:
    """Give the corrections and decisions that have no place in the text.

    Confirmations and lifted marks without a place need no word: what they settled is found again.
    """
    listed = [
        *(("correction", n, c.line, c.printed) for n, c in enumerate(tables.correction)),
        *(("decision", n, d.line, d.text) for n, d in enumerate(tables.decision)),
    ]
    return tuple(
        Unplaced(key, words, line_of(path, (key, nth, "line")))
        for key, nth, line, words in listed
        if line == NOWHERE
    )


def confirmations_of(tables: IssueTables, source: Source) -> tuple[Confirmation, ...]:
    """Give the confirmations whose line still has their text; a finding comes back else."""
    lines = source.text.split("\n")
    return tuple(
        Confirmation(c.code, c.line, c.text, " ".join(c.why.split()))
        for c in tables.confirmed
        if 0 < c.line <= len(lines) and c.text.strip() and c.text in lines[c.line - 1]
    )
