"""What an editor says of an issue in issue.toml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.content.folders import files_of
from generator.content.gazette_facts import (
    is_inside,
)
from generator.content.toml_values import (
    line_of,
    lines_of_entries,
    reason,
    tables,
    value,
)
from generator.model import Correction, Scan, Withdrawal
from generator.runtime.errors import SourceError

ISSUE_KEYS = ("correction", "lift", "withdrawn", "withheld", "scan")


def read_scan(facts: Mapping[str, object], path: Path) -> Scan | None:
    """Read [scan] of issue.toml: file = "scan.pdf" or "pages/{page}.jpg", first = 1."""
    table = facts.get("scan")
    if table is None:
        return None
    if not isinstance(table, dict):
        msg = f"{path}:{line_of(path, 'scan')}: [scan] is a table with file and first"
        raise SourceError(msg)
    scan = Scan(value(table, "file", str, path), value(table, "first", int, path, 1))
    if not is_inside(scan.file):
        msg = f"{path}:{line_of(path, scan.file)}: {scan.file!r} must lie in the issue's folder"
        raise SourceError(msg)
    if "{page}" not in scan.file and scan.file not in files_of(path.parent):
        msg = f"{path}:{line_of(path, scan.file)}: no such file: {scan.file}"
        raise SourceError(msg)
    return scan


def read_lifted(facts: Mapping[str, object], path: Path) -> tuple[int, ...]:
    """Read [[lift]] of issue.toml: a line whose mark of secrecy no longer holds, and why."""
    entries = tables(facts, "lift", path, "marks are lifted by [[lift]] with line and why")
    for entry in entries:
        reason(entry, path, line_of(path, "why"), "why the mark no longer holds")
    return tuple(value(entry, "line", int, path) for entry in entries)


def read_withdrawn(facts: Mapping[str, object], path: Path) -> tuple[Withdrawal, ...]:
    """Read [[withdrawn]] of issue.toml: a document that is not to be published, and why."""
    form = "documents are withdrawn by [[withdrawn]] with id and why"
    entries = tables(facts, "withdrawn", path, form)
    names = [value(entry, "id", str, path) for entry in entries]
    lines = lines_of_entries(path, "withdrawn", names) if names else []
    what = "why it is withdrawn; its page shows it"
    return tuple(
        Withdrawal(name, reason(entry, path, line, what), line)
        for entry, name, line in zip(entries, names, lines, strict=True)
    )


def read_withheld(facts: Mapping[str, object], path: Path) -> tuple[tuple[str, str], ...]:
    """Read [[withheld]] of issue.toml: paragraphs whose earlier readings are not to be shown."""
    form = "earlier readings are withheld by [[withheld]] with document, anchor and why"
    entries = tables(facts, "withheld", path, form)
    names = [value(entry, "document", str, path) for entry in entries]
    anchors = [value(entry, "anchor", str, path) for entry in entries]
    lines = lines_of_entries(path, "withheld", names) if names else []
    for entry, line in zip(entries, lines, strict=True):
        reason(entry, path, line, "why it is not to be shown")
    # an anchor as it stands in an address, too
    return tuple((n, a.strip().removeprefix("#")) for n, a in zip(names, anchors, strict=True))


def read_corrections(facts: Mapping[str, object], path: Path) -> tuple[Correction, ...]:
    """Read [[correction]] of issue.toml: a misprint in one line, what it should read, and why."""
    form = "corrections are written as [[correction]] with line, from, to, why"
    entries = tables(facts, "correction", path, form)
    return tuple(
        Correction(
            line=value(entry, "line", int, path),
            printed=value(entry, "from", str, path),
            corrected=value(entry, "to", str, path),
            why=" ".join(value(entry, "why", str, path).split()),
        )
        for entry in entries
    )
