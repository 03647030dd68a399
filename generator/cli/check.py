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


class Checked(NamedTuple):
    """The findings of an issue, the likeliest first, and whether it is a draft."""

    issue: Issue
    found: list[Diagnostic]
    is_draft: bool

    def place(self, finding: Diagnostic) -> Place:
        """Give the file and the line of a finding."""
        return self.issue.source.place_of(finding.lines.first)


@click.command(
    "check",
    epilog=examples(
        "gazette check                             all issues",
        "gazette check content/panzhihua/2017-01   one issue",
        "gazette check --max 20                    of each issue the 20 likeliest",
        "gazette check --strict --format github    for continuous integration",
    ),
)
@issue_folders_argument
@content_option("Folder of the archive; all its issues are checked without FOLDERS.")
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text",
              show_default=True, help="How they are printed; json has all.")  # fmt: skip
@click.option("--max", "most", type=click.IntRange(min=0), metavar="N",
              help="Print at most N findings of an issue, the likeliest.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@one_line_errors
def check_command(
    folders: tuple[Path, ...], content: Path, style: str, most: int | None, *, strict: bool
) -> None:
    """Report doubtful places as path:line: CODE [severity] message.

    FOLDERS are the folders of issues. What stops publication is printed first, then the likeliest;
    the last line of an issue counts its findings. Exit status 1 when a finding stops publication
    (with --strict: also when a finding is a warning). Without FOLDERS, findings in drafts (draft =
    true in issue.toml) are reported, but stop nobody. Findings on words of the gazette's terms.txt
    are left out.
    """
    issues = _check(folders or all_issue_folders(content, drafts=True))
    if style == "json":
        from generator.runtime.data import dump

        data = [_as_data(issue.place(one), one) for issue in issues for one in issue.found]
        click.echo(dump(data), nl=False)
    elif style == "github":
        for issue in issues:
            for one in issue.found[:most]:
                click.echo(_annotation(issue.place(one), one))
    else:
        for issue in issues:
            _print(issue, most)
    stopping = ("error", "warning") if strict else ("error",)
    stoppers = (i for i in issues if not (i.is_draft and not folders))
    if any(one.severity in stopping for issue in stoppers for one in issue.found):
        sys.exit(1)


def _print(issue: Checked, most: int | None) -> None:
    """Print the findings of an issue, and in the last line how many there are of each kind."""
    from generator.model.codes import format_diagnostic
    from generator.stages.check.shown import count_line

    shown = issue.found[:most]
    for one in shown:
        click.echo(format_diagnostic(issue.place(one), one))
    if issue.found:
        more = len(issue.found) - len(shown)
        rest = f"；以上 {len(shown)} 处，另有 {more} 处没有列出" if more else ""
        click.echo(f"{issue.issue.source.path}: {count_line(issue.found)}{rest}")


def _check(folders: tuple[Path, ...]) -> list[Checked]:
    """Give the findings of all issues."""
    from generator.archive.comparing import compare_republished
    from generator.archive.issues import resolve_archive
    from generator.content import GAZETTE_FILE, is_draft, read_terms
    from generator.content.learned import read_learned
    from generator.model import Lines, Links
    from generator.model.codes import diagnostic
    from generator.stages.check.misreadings import find_misreadings
    from generator.stages.check.shown import for_editors
    from generator.stages.pipeline import convert

    checked: list[Checked] = []
    issues = {folder: convert(folder) for folder in folders}
    gazettes = dict.fromkeys(f.resolve().parent for f in folders)
    terms = {path: read_terms(path) for path in gazettes}
    learned = {path: read_learned(path) for path in gazettes}
    # the citations of an issue are resolved in the archive that contains the issue
    archives: dict[Path, dict[Path, Issue]] = {}
    for folder, issue in issues.items():
        archives.setdefault(folder.resolve().parent.parent, {})[folder] = issue
    for archive, own in archives.items():
        is_archive = all((f.resolve().parent / GAZETTE_FILE).is_file() for f in own)
        links = resolve_archive(archive, own) if is_archive else Links()
        for folder, issue in own.items():
            cited = links.diagnostics.get(issue.name, ())
            found = (
                *issue.diagnostics,
                *cited,
                *compare_republished(issue, links),
                *find_misreadings(issue, learned[folder.resolve().parent]),
            )
            listed = for_editors(found, issue.source.text, terms[folder.resolve().parent])
            draft = is_draft(folder)
            if draft:
                listed.insert(0, diagnostic("draft", Lines(1, 1), "草稿：只检查，不发布"))
            checked.append(Checked(issue, listed, draft))
    return checked


def _annotation(place: Place, diagnostic: Diagnostic) -> str:
    path, line = place
    kind = {"error": "error", "warning": "warning", "info": "notice"}[diagnostic.severity]
    message = diagnostic.message.replace("%", "%25").replace("\n", "%0A")
    return f"::{kind} file={path},line={line},title={diagnostic.code}::{message}"


def _as_data(place: Place, diagnostic: Diagnostic) -> Json:
    from generator.model.codes import reading_keys

    path, line = place
    return {
        "path": path,
        "line": line,
        "last_line": line + diagnostic.lines.last - diagnostic.lines.first,
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        **reading_keys(diagnostic),
    }
