"""``gazette check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

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


class Finding(NamedTuple):
    """A finding, its place, and whether its issue is a draft."""

    place: Place
    diagnostic: Diagnostic
    is_draft: bool


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

        click.echo(dump([_as_data(f.place, f.diagnostic) for f in found]), nl=False)
    else:
        from generator.model.codes import format_diagnostic

        show = _annotation if style == "github" else format_diagnostic
        for finding in found:
            click.echo(show(finding.place, finding.diagnostic))
    stopping = ("error", "warning") if strict else ("error",)
    if any(f.diagnostic.severity in stopping and not (f.is_draft and not folders) for f in found):
        sys.exit(1)


def _findings(folders: tuple[Path, ...]) -> list[Finding]:
    """Give the diagnostics of all issues, each with its place, in the order of lines."""
    from generator.archive.issues import resolve_archive
    from generator.content import GAZETTE_FILE, is_draft
    from generator.model import Lines, Links
    from generator.model.codes import diagnostic
    from generator.stages.pipeline import convert

    found: list[Finding] = []
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
            draft = is_draft(folder)
            if draft:
                listed.insert(0, diagnostic("draft", Lines(1, 1), "草稿：只检查，不发布"))
            place_of = issue.source.place_of
            found += [Finding(place_of(d.lines.first), d, draft) for d in listed]
    return found


def _annotation(place: Place, diagnostic: Diagnostic) -> str:
    path, line = place
    kind = {"error": "error", "warning": "warning", "info": "notice"}[diagnostic.severity]
    message = diagnostic.message.replace("%", "%25").replace("\n", "%0A")
    return f"::{kind} file={path},line={line},title={diagnostic.code}::{message}"


def _as_data(place: Place, diagnostic: Diagnostic) -> Json:
    from generator.formats.issue_json import reading

    path, line = place
    return {
        "path": path,
        "line": line,
        "last_line": line + diagnostic.lines.last - diagnostic.lines.first,
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        **reading(diagnostic),
    }
