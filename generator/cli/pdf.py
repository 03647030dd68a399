"""``gazette pdf``."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import FOLDER, examples, site_option
from generator.cli.progress import progress_bar


@click.command("pdf", epilog=examples("gazette pdf", "gazette pdf panzhihua/2017-01"))
@click.argument("issues", nargs=-1, metavar="[GAZETTE/ISSUE]…")
@site_option
@click.option("--target", type=FOLDER, default="dist/pdf", show_default=True,
              help="Folder for the PDF files.")  # fmt: skip
@one_line_errors
def pdf_command(issues: tuple[str, ...], site: Path, target: Path) -> None:
    """Print issues of a built site to PDF files.

    Makes a PDF of each document, and issue.pdf of the whole issue; needs a browser of the Chromium
    family. Prints all issues if no GAZETTE/ISSUE is named. Exit status: 0 done, 1 the browser
    failed, 2 no such issue, or no browser.
    """
    from generator.delivery.paper import print_issue

    names = issues or [
        path.parent.relative_to(site).as_posix() for path in sorted(site.glob("*/*/issue.json"))
    ]
    with progress_bar() as progress:
        for done, name in enumerate(names, 1):
            for path in print_issue(site, name, target):
                click.echo(path)
            progress("打印", done, len(names))
