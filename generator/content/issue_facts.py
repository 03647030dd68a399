"""What an editor says of an issue in issue.toml."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from generator.content.folders import FACTS_FILE, files_of
from generator.content.gazette_facts import is_inside
from generator.content.published_addresses import ADDRESSES_FILE
from generator.content.toml_tables import Number, Text, line_of, read_tables, with_lines
from generator.language.unseen import named
from generator.model import Begins, Confirmation, Correction, Decision, Scan, Withdrawal
from generator.runtime.errors import SourceError


class CorrectionTable(msgspec.Struct, frozen=True):
    """[[correction]]: a misprint in one line, what it should read, and why."""

    line: Number
    printed: Text = msgspec.field(name="from")
    corrected: Text = msgspec.field(name="to")
    why: Text


class LiftTable(msgspec.Struct, frozen=True):
    """[[lift]]: a line whose mark of secrecy no longer holds, and why."""

    line: Number
    why: Annotated[str, Meta(pattern=r"\S", description="say why the mark no longer holds")]


class WithdrawnTable(msgspec.Struct, frozen=True):
    """[[withdrawn]]: a document that is not to be published, and why."""

    id: Text
    why: Annotated[
        str, Meta(pattern=r"\S", description="say why it is withdrawn; its page shows it")
    ]


class WithheldTable(msgspec.Struct, frozen=True):
    """[[withheld]]: a paragraph whose earlier readings are not to be shown, and why."""

    document: Text
    anchor: Text
    why: Annotated[str, Meta(pattern=r"\S", description="say why it is not to be shown")]


class DecisionTable(msgspec.Struct, frozen=True):
    """[[decision]]: what a line begins, where the program reads it wrongly or cannot know."""

    line: Number
    text: Text
    begins: Begins
    why: Annotated[str, Meta(pattern=r"\S", description="say why the line is so")]


class ConfirmedTable(msgspec.Struct, frozen=True):
    """[[confirmed]]: a finding that is right as printed."""

    code: Text
    line: Number
    text: Text
    why: Annotated[str, Meta(pattern=r"\S", description="say why it is right as printed")]


class ScanTable(msgspec.Struct, frozen=True):
    """[scan]: where the scan of the printed issue lies."""

    file: Text  # scan.pdf or pages/{page}.jpg
    first: Number = 1  # the printed page that the file's first page shows


class IssueTables(msgspec.Struct, frozen=True):
    """All of issue.toml."""

    correction: tuple[CorrectionTable, ...] = ()
    lift: tuple[LiftTable, ...] = ()
    withdrawn: tuple[WithdrawnTable, ...] = ()
    withheld: tuple[WithheldTable, ...] = ()
    scan: ScanTable | None = None
    decision: tuple[DecisionTable, ...] = ()
    confirmed: tuple[ConfirmedTable, ...] = ()
    draft: bool = False  # checked, but not published


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


def corrections_of(tables: IssueTables) -> tuple[Correction, ...]:
    """Give the corrections, each reason in a line."""
    return tuple(
        Correction(c.line, c.printed, c.corrected, " ".join(c.why.split()))
        for c in tables.correction
    )


def scan_of(tables: IssueTables, path: Path) -> Scan | None:
    """Give the scan; SourceError when it is not in the issue's folder."""
    scan = tables.scan
    if scan is None:
        return None
    line = line_of(path, ("scan", "file"))
    if not is_inside(scan.file):
        msg = f"{path}:{line}: {scan.file!r} must lie in the issue's folder"
        raise SourceError(msg)
    if "{page}" not in scan.file and scan.file not in files_of(path.parent):
        msg = f"{path}:{line}: no such file: {scan.file}"
        raise SourceError(msg)
    return Scan(scan.file, scan.first)


def withdrawals_of(tables: IssueTables, path: Path) -> tuple[Withdrawal, ...]:
    """Give the documents that are withdrawn, with their lines in the file."""
    return tuple(
        Withdrawal(withdrawn.id, named(" ".join(withdrawn.why.split())), line)
        for withdrawn, line in with_lines(tables.withdrawn, path, "withdrawn", "id")
    )


def decisions_of(tables: IssueTables, text: str, path: Path) -> tuple[Decision, ...]:
    """Give the decisions; SourceError when a line does not have the text that is decided about."""
    lines = text.split("\n")
    for nth, decision in enumerate(tables.decision):
        line = lines[decision.line - 1] if 0 < decision.line <= len(lines) else ""
        if line.count(decision.text) != 1 or not decision.text.strip():
            where = f"{path}:{line_of(path, ('decision', nth, 'line'))}"
            msg = (
                f"{where}: 第{decision.line}行应有一处“{decision.text[:40]}”，"
                f"现为“{line.strip()[:60]}”；请改正 line 或 text"
            )
            raise SourceError(msg)
    return tuple(
        Decision(d.line, d.text, d.begins, " ".join(d.why.split())) for d in tables.decision
    )


def confirmations_of(tables: IssueTables, text: str) -> tuple[Confirmation, ...]:
    """Give the confirmations whose line still has their text; a finding comes back else."""
    lines = text.split("\n")
    return tuple(
        Confirmation(c.code, c.line, c.text, " ".join(c.why.split()))
        for c in tables.confirmed
        if 0 < c.line <= len(lines) and c.text.strip() and c.text in lines[c.line - 1]
    )
