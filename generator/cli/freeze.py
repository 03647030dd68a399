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
@content_option("Folder of the archive, frozen whole when no FOLDERS are given.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="Day of publication.  [default: today]")  # fmt: skip
@one_line_errors
def freeze_command(folders: tuple[Path, ...], content: Path, day: datetime | None) -> None:
    """Note every published address and reading, so that it stays.

    Writes addresses.json beside the text of each issue of FOLDERS. Run it when a site has been
    published: later builds then keep those addresses, whatever a correction or a better rule makes
    of the text. What is written belongs to the archive and is committed with it. Exit status 1 when
    an issue may not be published; then nothing is written.
    """
    from generator.archive.issues import refuse_errors
    from generator.content.published_addresses import ADDRESSES_FILE, write_published
    from generator.stages.history.freeze import freeze
    from generator.stages.pipeline import convert

    date = (day or datetime.now().astimezone()).strftime("%Y-%m-%d")
    frozen: list[tuple[Path, Published]] = []
    for folder in folders or all_issue_folders(content):
        issue = convert(folder)
        refuse_errors(folder.parent.parent, {issue.name: issue.diagnostics})
        frozen.append((folder / ADDRESSES_FILE, freeze(issue, date)))
    for path, published in frozen:
        if write_published(path, published):
            addresses = sum(len(d.places) for d in published.documents.values())
            click.echo(f"{path}: 公文 {len(published.documents)} 篇，网址 {addresses} 个")
