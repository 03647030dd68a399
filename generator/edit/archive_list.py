"""The issues of an archive with the state of each, quick enough for hundreds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from generator.content import FACTS_FILE, find_gazettes, find_issues
from generator.content.intake.taken import ISSUE_FILE
from generator.content.published_addresses import ADDRESSES_FILE
from generator.edit.files import text_of
from generator.edit.proofed import state_data
from generator.edit.workspace import Workspace
from generator.model import Gazette
from generator.runtime.data import Json
from generator.runtime.errors import Faults, GazetteError


def archive_data(workspace: Workspace) -> Json:
    """Give the gazettes and their issues; what cannot be read says so itself."""
    content = workspace.places.content
    faults = Faults()
    gazettes: tuple[Gazette, ...] = ()
    with faults.noted():
        gazettes = find_gazettes(content, faults)
    listed = [_gazette(workspace, gazette) for gazette in gazettes]
    return {"gazettes": listed, "fault": "\n".join(faults.lines)}


def _gazette(workspace: Workspace, gazette: Gazette) -> Json:
    faults = Faults()  # of an issue: they do not hide the others
    folders = find_issues(workspace.places.content / gazette.id, faults)
    issues = [_issue(workspace, path) for path in reversed(folders)]
    fault = "\n".join(faults.lines)
    return {"id": gazette.id, "title": gazette.title, "issues": issues, "fault": fault}


def _issue(workspace: Workspace, folder: Path) -> Json:
    """Give the state of an issue from its small files alone; the text is not read."""
    name = f"{folder.parent.name}/{folder.name}"
    kept = workspace.journal(name).kept
    state: dict[str, Json] = {
        "name": name,
        "folder": folder.name,
        "published": (folder / ADDRESSES_FILE).is_file() or _is_built(workspace, name),
        "taken": (folder / ISSUE_FILE).is_file() or (folder / "documents").is_dir(),
        "doubtful": len(kept.doubtful),
        "acts": len(kept.done),
        "when": kept.done[-1].when if kept.done else 0,
        "state": state_data(workspace, name),
    }
    try:
        tables = tomllib.loads(text_of(folder / FACTS_FILE))
    except (tomllib.TOMLDecodeError, GazetteError):
        return {**state, "fault": "issue.toml 读不懂"}
    counts = dict(_counts(tables))
    return {**state, **counts, "draft": tables.get("draft") is True, "fault": ""}


def _counts(tables: dict[str, object]) -> Iterator[tuple[str, Json]]:
    for key in ("correction", "confirmed", "decision"):
        listed = tables.get(key)
        yield key, len(listed) if isinstance(listed, list) else 0


def _is_built(workspace: Workspace, name: str) -> bool:
    return (workspace.places.site / name / "index.html").is_file()
