"""``gazette report``."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import EXISTING_FOLDER, FOLDER, examples


@click.command(
    "report",
    epilog=examples("gazette report site.old site > report.md"),
)
@click.argument("old", type=FOLDER)
@click.argument("new", type=EXISTING_FOLDER)
@click.option("--content", default="content", show_default=True, metavar="FOLDER",
              help="First folder in the paths of diagnostics.")  # fmt: skip
@click.option("--format", "style", type=click.Choice(["markdown", "json"]), default="markdown",
              show_default=True, help="Format of the report.")  # fmt: skip
@click.option("--keep", type=FOLDER,
              help="Copy the files that differ to old/ and new/ in this folder.")  # fmt: skip
@one_line_errors
def report_command(old: Path, new: Path, content: str, style: str, keep: Path | None) -> None:
    """List the changes between two sites.

    OLD and NEW are folders of built sites. The report lists changes of issues, documents, citations
    and findings; it reads only the issue.json files. If OLD does not exist, everything is new.
    """
    from generator.delivery.report import compare_sites, keep_differing, write_markdown
    from generator.runtime.data import dump, plain

    if keep:
        keep_differing(old, new, keep)
    report = compare_sites(old, new, content)
    click.echo(dump(plain(report)) if style == "json" else write_markdown(report), nl=False)
