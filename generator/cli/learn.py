"""``gazette learn``."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import content_option, examples


@click.command("learn", epilog=examples("gazette learn", "gazette learn --content archive"))
@content_option("Folder of the archive.")
@one_line_errors
def learn_command(content: Path) -> None:
    """Learn the names and terms that the issues of each gazette share.

    Writes learned.tsv beside each gazette.toml: words of two and three characters that occur in at
    least two issues, with their counts. `gazette check` then tells names from misreadings better.
    The file changes only when this command is run, so that the findings of an issue never depend on
    other issues unasked. Commit it with the archive.
    """
    from generator.archive.issues import issue_folders
    from generator.content import find_gazettes
    from generator.content.learned import write_learned
    from generator.language.voice import shared_words
    from generator.stages.check.misreadings import texts_of
    from generator.stages.pipeline import convert

    for gazette in find_gazettes(content):
        folders = issue_folders(content, [gazette], drafts=True)
        issues = ([text.text for text in texts_of(convert(folder))] for folder in folders)
        learned = shared_words(issues)
        path = write_learned(content / gazette.id, learned)
        click.echo(f"{path}: {len(folders)} 期共有的词 {len(learned)} 个")
