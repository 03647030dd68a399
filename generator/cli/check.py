"""``gazette check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

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


Place: TypeAlias = tuple[str, int]  # path of a file, line in it


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
    """Report doubtful places of issues: path:line: CODE message.

    FOLDERS are the folders of issues. Exit status 1 when a finding stops publication (with
    --strict: also when a finding is a warning).
    """
    found = _findings(folders or all_issue_folders(content))
    if style == "json":
        from generator.runtime.data import dump

        click.echo(dump([_as_data(place, d) for place, d in found]), nl=False)
    else:
        from generator.model.codes import format_diagnostic

        show = _annotation if style == "github" else format_diagnostic
        for place, diagnostic in found:
            click.echo(show(place, diagnostic))
    failing = [d for _, d in found if d.severity == "error" or (strict and d.severity == "warning")]
    if failing:
        sys.exit(1)


def _findings(folders: tuple[Path, ...]) -> list[tuple[Place, Diagnostic]]:
    """Give the diagnostics of all issues, each with its place, in the order of lines."""
    from generator.archive.issues import resolve_archive
    from generator.content import GAZETTE_FILE
    from generator.model import Links
    from generator.stages.pipeline import convert

    found: list[tuple[Place, Diagnostic]] = []
    issues = {folder: convert(folder) for folder in folders}
    # the citations of an issue are resolved in the archive that contains the issue
    archives: dict[Path, dict[Path, Issue]] = {}
    for folder, issue in issues.items():
        archives.setdefault(folder.resolve().parent.parent, {})[folder] = issue
    for archive, own in archives.items():
        is_archive = all((f.resolve().parent / GAZETTE_FILE).is_file() for f in own)
        links = resolve_archive(archive, own) if is_archive else Links()
        for issue in own.values():
            cited = links.diagnostics.get(issue.name, ())
            listed = sorted((*issue.diagnostics, *cited), key=lambda d: (d.lines.first, d.code))
            found += [(issue.source.place_of(d.lines.first), d) for d in listed]
    return found


def _annotation(place: Place, diagnostic: Diagnostic) -> str:
    path, line = place
    kind = {"error": "error", "warning": "warning", "info": "notice"}[diagnostic.severity]
    message = diagnostic.message.replace("%", "%25").replace("\n", "%0A")
    return f"::{kind} file={path},line={line},title={diagnostic.code}::{message}"


def _as_data(place: Place, diagnostic: Diagnostic) -> Json:
    path, line = place
    return {
        "path": path,
        "line": line,
        "last_line": line + diagnostic.lines.last - diagnostic.lines.first,
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
    }
