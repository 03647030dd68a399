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
    site_option,
)


@click.command(
    "audit",
    epilog=examples("gazette audit", "gazette audit content/panzhihua/2017-01"),
)
@issue_folders_argument
@content_option("Folder of the archive; all its issues are audited without FOLDERS.")
@site_option
@one_line_errors
def audit_command(folders: tuple[Path, ...], content: Path, site: Path) -> None:
    """Prove that no text of an issue was lost or invented.

    Undoes the changes that the ledger lists, compares the result with the source, and prints how
    often each rule changed the text. If the website was built from this text, also looks for each
    line of issue.md on its pages. FOLDERS are the folders of issues. Exit status 1 when a line
    cannot be restored, or is on no page.
    """
    from collections import Counter

    from generator.model.codes import format_diagnostic
    from generator.site.source_proof import is_of, prove, read_pages
    from generator.stages.pipeline import convert

    failed = False
    for folder in folders or all_issue_folders(content, drafts=True):
        issue = convert(folder)
        faults = [d for d in issue.diagnostics if d.code == "audit"]
        for diagnostic in faults:
            click.echo(format_diagnostic(issue.source.place_of(diagnostic.lines.first), diagnostic))
        rules = Counter(entry.rule for entry in issue.ledger)
        changes = "，".join(f"{rule} {count}" for rule, count in sorted(rules.items()))
        state = "不能还原" if faults else "可逐字还原"
        click.echo(f"{issue.source.path}: {state}；改动 {sum(rules.values())} 处（{changes}）")
        pages = site / issue.name
        if is_of(issue, pages):
            proof = prove(issue, read_pages(pages))
            for diagnostic in proof.faults:
                click.echo(
                    format_diagnostic(issue.source.place_of(diagnostic.lines.first), diagnostic)
                )
            click.echo(f"{issue.source.path}: {proof.in_words()}")
            faults += proof.faults
        else:
            click.echo(f"{issue.source.path}: 网页未建或不是由这份文本建成，没有对照")
        failed = failed or bool(faults)
    if failed:
        sys.exit(1)
