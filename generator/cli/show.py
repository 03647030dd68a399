"""``gazette show``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import EXISTING_FOLDER, examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.runtime.data import Json

STAGES = (
    "load", "parse", "normalize", "clues", "find_citations", "summarise", "resolve_citations",
    "issue",
)  # fmt: skip
SHOWN = 60  # characters of a line


@click.command(
    "show",
    epilog=examples(
        "gazette show content/panzhihua/2017-01",
        "gazette show content/panzhihua/2017-01 --stage parse",
    ),
)
@click.argument("folder", type=EXISTING_FOLDER)
@click.option(
    "--stage",
    type=click.Choice(STAGES),
    default="issue",
    show_default=True,
    metavar="STAGE",
    help=f"Print the result of this stage: {', '.join(STAGES)}.",
)
@click.option("--alone", is_flag=True, help="Ignore the other issues of the archive.")
@one_line_errors
def show_command(folder: Path, stage: str, *, alone: bool) -> None:
    """Print the result of a stage for one issue as JSON.

    FOLDER is the folder of the issue. The last stage gives issue.json; its citations are resolved
    in the archive that contains the issue. The stage clues prints, in place of JSON, each line of
    the text with its class and the clues that decided.
    """
    from generator.runtime.data import dump

    if stage == "clues":
        click.echo("\n".join(_read_lines(folder)))
        return
    click.echo(dump(_show(folder, stage, alone=alone)), nl=False)


def _read_lines(folder: Path) -> Iterator[str]:
    """Give each line as it was read: its number, class and clues, its first characters."""
    from generator.language.unseen import named
    from generator.stages.check.explain import explain
    from generator.stages.pipeline import convert

    issue = convert(folder)
    lines = issue.source.text.split("\n")
    for number, told in explain(issue).items():
        shown = " ".join(lines[number - 1].split())[:SHOWN]
        yield f"{number}: {told.words} {named(shown)}"


def _show(folder: Path, stage: str, *, alone: bool) -> Json:
    from generator.archive.issues import resolve_archive
    from generator.archive.resolve import resolve_citations
    from generator.archive.summary import summarise
    from generator.content import GAZETTE_FILE, load
    from generator.formats.issue_json import issue_data
    from generator.runtime.data import plain
    from generator.stages.citations import find_citations
    from generator.stages.normalize import normalize
    from generator.stages.parse import parse
    from generator.stages.pipeline import convert

    source = load(folder)
    if stage == "load":
        return plain(source)
    issue = parse(source)
    if stage == "parse":
        return plain(issue)
    issue = normalize(issue)
    if stage == "normalize":
        return plain(issue)
    if stage == "find_citations":
        return plain(find_citations(issue))
    issue = convert(folder)
    if stage == "summarise":
        return plain(summarise(issue))
    content = folder.resolve().parent.parent
    if alone or not (folder.resolve().parent / GAZETTE_FILE).is_file():
        links = resolve_citations([summarise(issue)])
    else:
        links = resolve_archive(content, {folder: issue})
    return plain(links) if stage == "resolve_citations" else issue_data(issue, links)
