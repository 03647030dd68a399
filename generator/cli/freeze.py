"""``gazette freeze``."""

from __future__ import annotations

from datetime import datetime
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
    from generator.model.published import Published


@click.command(
    "freeze",
    epilog=examples("gazette freeze", "gazette freeze content/panzhihua/2017-01 --date 2017-03-01"),
)
@issue_folders_argument
@content_option("Folder of the archive; all its issues are frozen without FOLDERS.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="Day of publication.  [default: today]")  # fmt: skip
@one_line_errors
def freeze_command(folders: tuple[Path, ...], content: Path, day: datetime | None) -> None:
    """Record all published addresses and texts, so that they stay.

    Writes addresses.json beside the text of each issue; FOLDERS are the folders of issues. Run it
    when a site has been published: later builds keep the addresses, even if a correction or a rule
    changes the text. Commit these files with the archive. Exit status 1 when an issue may not be
    published; then nothing is written.
    """
    from generator.archive.issues import refuse_errors
    from generator.archive.summary import summarise
    from generator.content.published_addresses import ADDRESSES_FILE, write_published
    from generator.stages.history.freeze import freeze
    from generator.stages.pipeline import convert

    date = (day or datetime.now().astimezone()).strftime("%Y-%m-%d")
    frozen: list[tuple[Path, Published]] = []
    for folder in folders or all_issue_folders(content):
        issue = convert(folder)
        refuse_errors(folder.parent.parent, [(summarise(issue), issue.diagnostics)])
        frozen.append((folder / ADDRESSES_FILE, freeze(issue, date)))
    for path, published in frozen:
        if write_published(path, published):
            addresses = sum(len(d.places) for d in published.documents.values())
            click.echo(f"{path}: 公文 {len(published.documents)} 篇，网址 {addresses} 个")
