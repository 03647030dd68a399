"""``gazette check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import (
    all_issue_folders,
    content_option,
    examples,
    issue_folders_argument,
)

if TYPE_CHECKING:
    from generator.model import Diagnostic, Issue
    from generator.runtime.data import Json


@click.command(
    "check",
    epilog=examples(
        "gazette check                             all issues",
        "gazette check content/panzhihua/2017-01   one issue",
        "gazette check --strict --format github    for continuous integration",
    ),
)
@issue_folders_argument
@content_option("Folder of the archive; all its issues are checked without FOLDERS.")
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text",
              show_default=True, help="How findings are printed.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@one_line_errors
def check_command(folders: tuple[Path, ...], content: Path, style: str, *, strict: bool) -> None:
    """Report doubtful places as path:line: CODE [severity] message.

    FOLDERS are the folders of issues. Exit status 1 when a finding stops publication (with
    --strict: also when a finding is a warning). Without FOLDERS, findings in drafts (draft = true
    in issue.toml) are reported, but stop nobody.
    """
    checked = folders or all_issue_folders(content, drafts=True)
    found = _findings(checked)
    if style == "json":
        from generator.runtime.data import dump

        click.echo(dump([_as_data(path, d) for path, d in found]), nl=False)
    else:
        from generator.model.codes import format_diagnostic

        show = _annotation if style == "github" else format_diagnostic
        for path, diagnostic in found:
            click.echo(show(path, diagnostic))
    stopping = ("error", "warning") if strict else ("error",)
    lenient = set() if folders else {path for path, d in found if d.code == "draft"}
    if any(d.severity in stopping for path, d in found if path not in lenient):
        sys.exit(1)


def _findings(folders: tuple[Path, ...]) -> list[tuple[str, Diagnostic]]:
    """Give the diagnostics of all issues, each with the path of its text, in the order of lines."""
    from generator.archive.issues import resolve_archive
    from generator.content import GAZETTE_FILE, is_draft
    from generator.model import Lines, Links
    from generator.model.codes import diagnostic
    from generator.stages.pipeline import convert

    found: list[tuple[str, Diagnostic]] = []
    issues = {folder: convert(folder) for folder in folders}
    # the citations of an issue are resolved in the archive that contains the issue
    archives: dict[Path, dict[Path, Issue]] = {}
    for folder, issue in issues.items():
        archives.setdefault(folder.resolve().parent.parent, {})[folder] = issue
    for archive, own in archives.items():
        is_archive = all((f.resolve().parent / GAZETTE_FILE).is_file() for f in own)
        links = resolve_archive(archive, own) if is_archive else Links()
        for folder, issue in own.items():
            cited = links.diagnostics.get(issue.name, ())
            listed = sorted((*issue.diagnostics, *cited), key=lambda d: (d.lines.first, d.code))
            if is_draft(folder):
                listed.insert(0, diagnostic("draft", Lines(1, 1), "草稿：只检查，不发布"))
            found += [(issue.source.path, d) for d in listed]
    return found


def _annotation(path: str, diagnostic: Diagnostic) -> str:
    kind = {"error": "error", "warning": "warning", "info": "notice"}[diagnostic.severity]
    message = diagnostic.message.replace("%", "%25").replace("\n", "%0A")
    return f"::{kind} file={path},line={diagnostic.lines.first},title={diagnostic.code}::{message}"


def _as_data(path: str, diagnostic: Diagnostic) -> Json:
    return {
        "path": path,
        "line": diagnostic.lines.first,
        "last_line": diagnostic.lines.last,
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
    }
