"""``gazette audit``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import (
    all_issue_folders,
    content_option,
    examples,
    issue_folders_argument,
)


@click.command(
    "audit",
    epilog=examples("gazette audit", "gazette audit content/panzhihua/2017-01"),
)
@issue_folders_argument
@content_option("Folder of the archive; all its issues are audited without FOLDERS.")
@one_line_errors
def audit_command(folders: tuple[Path, ...], content: Path) -> None:
    """Prove that no text of an issue was lost or invented.

    Undoes the changes that the ledger lists, compares the result with the source, and prints how
    often each rule changed the text. FOLDERS are the folders of issues. Exit status 1 when a line
    cannot be restored.
    """
    from collections import Counter

    from generator.model.codes import format_diagnostic
    from generator.stages.pipeline import convert

    failed = False
    for folder in folders or all_issue_folders(content):
        issue = convert(folder)
        faults = [d for d in issue.diagnostics if d.code == "audit"]
        for diagnostic in faults:
            click.echo(format_diagnostic(issue.source.place_of(diagnostic.lines.first), diagnostic))
        rules = Counter(entry.rule for entry in issue.ledger)
        changes = "，".join(f"{rule} {count}" for rule, count in sorted(rules.items()))
        state = "不能还原" if faults else "可逐字还原"
        click.echo(f"{issue.source.path}: {state}；改动 {sum(rules.values())} 处（{changes}）")
        failed = failed or bool(faults)
    if failed:
        sys.exit(1)
