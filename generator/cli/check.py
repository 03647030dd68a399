"""``gazette check``."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import click

from generator.cli.messages import one_line_errors, say
from generator.cli.options import (
    content_option,
    examples,
    issue_folders_argument,
)
from generator.runtime.patterns import lazy_regex

if TYPE_CHECKING:
    from generator.model import Diagnostic, Issue
    from generator.runtime.data import Json


Place: TypeAlias = tuple[str, int]  # path of a file, line in it
MOST_REPEATED = 20  # findings that the end lists once more
# path:line: words, or path: words; a path may have a colon, as in C:/content
FAULT = lazy_regex(r"(?P<path>.+?)(?::(?P<line>[0-9]+))?: (?P<said>.*)", re.DOTALL)


class Checked(NamedTuple):
    """The findings of an issue, the likeliest first, each with its file and line."""

    path: str  # "" of what could not be read
    found: list[tuple[Place, Diagnostic]]
    is_draft: bool


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
    the last line of an issue counts its findings. An issue that cannot be read does not hide the
    others. The end lists once more what stops publication. Exit status 1 when a finding stops
    publication (with --strict: also when a finding is a warning). Without FOLDERS, findings in
    drafts (draft = true in issue.toml) are reported, but stop nobody. Findings on words of the
    gazette's terms.txt are left out.
    """
    issues = _check(folders, content)
    if style == "json":
        from generator.runtime.data import dump

        data = [_as_data(place, one) for issue in issues for place, one in issue.found]
        click.echo(dump(data), nl=False)
    elif style == "github":
        for issue in issues:
            for place, one in issue.found[:most]:
                click.echo(_annotation(place, one))
    stopping = ("error", "warning") if strict else ("error",)
    stoppers = [
        (place, one)
        for issue in issues
        if folders or not issue.is_draft
        for place, one in issue.found
        if one.severity in stopping
    ]
    if style == "text":
        for issue in issues:
            _print(issue, most)
        _print_end(issues, stoppers, strict=strict)
    if stoppers:
        sys.exit(1)


def _print(issue: Checked, most: int | None) -> None:
    """Print the findings of an issue, and in the last line how many there are of each kind."""
    from generator.model.codes import format_diagnostic
    from generator.stages.check.shown import count_line

    shown = issue.found[:most]
    for place, one in shown:
        say(format_diagnostic(place, one))
    if issue.found and issue.path:
        more = len(issue.found) - len(shown)
        rest = f"；以上 {len(shown)} 处，另有 {more} 处没有列出" if more else ""
        say(f"{issue.path}: {count_line([one for _, one in issue.found])}{rest}")


def _print_end(
    issues: list[Checked], stoppers: list[tuple[Place, Diagnostic]], *, strict: bool
) -> None:
    """Print what stops publication, once more and together; or that nothing does."""
    from generator.model.codes import format_diagnostic

    if not stoppers:
        if any(issue.found for issue in issues):
            say("没有停止发布的问题，可以发布（gazette build）")
        return
    what = "错误和提醒（--strict）" if strict else "错误"
    files = len({path for (path, _), _ in stoppers})
    say(f"停止发布的有 {len(stoppers)} 处，在 {files} 个文件里；{what}都改正以后才能发布：")
    for place, one in stoppers[:MOST_REPEATED]:
        say(f"  {format_diagnostic(place, one)}")
    if len(stoppers) > MOST_REPEATED:
        say(f"  以上 {MOST_REPEATED} 处，另有 {len(stoppers) - MOST_REPEATED} 处没有列出")


def _check(folders: tuple[Path, ...], content: Path) -> list[Checked]:
    """Give the findings of all issues; of one that cannot be read, why not.

    Without ``folders``, the whole archive is checked. Raises SourceError where there is none.
    """
    from generator.archive.comparing import compare_republished
    from generator.archive.issues import issue_folders, resolve_archive, same_numbers
    from generator.archive.summary import summarise
    from generator.content import GAZETTE_FILE, find_gazettes, is_draft, read_terms
    from generator.content.learned import read_learned
    from generator.model import Lines, Links
    from generator.model.codes import diagnostic
    from generator.runtime.errors import Faults
    from generator.stages.check.misreadings import find_misreadings
    from generator.stages.check.shown import for_editors
    from generator.stages.pipeline import convert

    faults = Faults()
    listed = folders or issue_folders(
        content, find_gazettes(content, faults), drafts=True, faults=faults
    )
    issues: dict[Path, Issue] = {}
    for folder in listed:
        with faults.noted():
            _refuse_no_issue(folder)
            issues[folder] = convert(folder)
    # the citations of an issue are resolved in the archive that contains the issue
    archives: dict[Path, dict[Path, Issue]] = {}
    for folder, issue in issues.items():
        archives.setdefault(folder.resolve().parent.parent, {})[folder] = issue
    checked: list[Checked] = []
    for archive, own in archives.items():
        is_archive = all((f.resolve().parent / GAZETTE_FILE).is_file() for f in own)
        links = Links()
        if is_archive:
            # faults of issues that are not asked for are said when they are
            links = resolve_archive(archive, own, Faults() if folders else faults)
        for folder, issue in own.items():
            gazette = folder.resolve().parent
            learned: dict[str, int] = {}
            terms: frozenset[str] = frozenset()
            with faults.noted():
                learned = read_learned(gazette)
            with faults.noted():
                terms = read_terms(gazette)
            cited = links.diagnostics.get(issue.name, ())
            compared = compare_republished(issue, links)
            found = (
                *issue.diagnostics, *cited, *compared, *find_misreadings(issue, learned),
            )  # fmt: skip
            shown = for_editors(found, issue.source.text, terms)
            draft = is_draft(folder)
            if draft:
                shown.insert(0, diagnostic("draft", Lines(1, 1), "草稿：只检查，不发布"))
            placed = [(issue.source.place_of(one.lines.first), one) for one in shown]
            checked.append(Checked(issue.source.path, placed, draft))
        published = [summarise(issue) for folder, issue in own.items() if not is_draft(folder)]
        checked += [_unread(one, "number-of-two") for one in same_numbers(published, archive)]
    return [*checked, *(_unread(one, "unreadable") for one in faults.lines)]


def _refuse_no_issue(folder: Path) -> None:
    """Refuse a folder that the editor named and that has no text of an issue."""
    from generator.content import has_text
    from generator.runtime.errors import SourceError

    if not has_text(folder):
        msg = (
            f"{folder}: 不是一期的文件夹，里面没有 issue.md 或别的文本；"
            "请写一期的文件夹，例如 content/panzhihua/2017-01"
        )
        raise SourceError(msg)


def _unread(fault: str, code: str) -> Checked:
    """Turn a fault into a finding; the line is 1 where the fault names none."""
    from generator.model import Lines
    from generator.model.codes import diagnostic

    found = FAULT.fullmatch(fault)
    path, line, said = found.groups("1") if found else ("", "1", fault)
    place = (path, int(line))
    return Checked("", [(place, diagnostic(code, Lines(place[1], place[1]), said))], False)


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
