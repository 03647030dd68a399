"""The command ``gazette``: with commands.py the only modules that print and catch.

What a build needs takes a second to load. A build that finds nothing changed needs none of it, so
it is loaded where it is used; all other commands stand in commands.py.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from generator import __version__
from generator.language.unseen import named
from generator.runtime.errors import GazetteError, UsageError
from generator.runtime.places import CONFIG, TEMPLATES, Places
from generator.site.manifest import survey

P = ParamSpec("P")
R = TypeVar("R")

# what every site of ours has
MARKS = ("manifests", "assets/gazette")
FOLDER_TYPE = click.Path(path_type=Path, file_okay=False)


class Commands(click.Group):
    """The group, which loads the commands of commands.py when one is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        return sorted({*super().list_commands(ctx), *_others()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command by its name."""
        return super().get_command(ctx, cmd_name) or _others().get(cmd_name)


def _others() -> dict[str, click.Command]:
    found: dict[str, click.Command] = importlib.import_module("generator.cli.commands").COMMANDS
    return found


def one_line_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn a GazetteError into one clear line and its exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except GazetteError as error:
            click.echo(f"gazette: {named(str(error))}", err=True)
            sys.exit(error.exit_code)

    return run


def archive_options(command: Callable[P, R]) -> Callable[P, R]:
    """Where an archive is read from and written to."""
    for option in (
        click.option("--build", "build_dir", type=FOLDER_TYPE, default="build", show_default=True,
                     help="Folder for generated Markdown and the cache."),
        click.option("--site", type=FOLDER_TYPE, default="site", show_default=True,
                     help="Folder of the finished website."),
        click.option("--content", type=FOLDER_TYPE, default="content", show_default=True,
                     help="Folder of the archive: <gazette>/<year>-<nn>/issue.md."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gazette")
@click.option("-v", "--verbose", is_flag=True, help="Say more about what is done.")
@click.pass_context
def main(context: click.Context, *, verbose: bool) -> None:
    r"""From the scanned text of a government gazette to its searchable website.

    \b
    gazette new panzhihua 2017-02 FILE   take a text into content/
    gazette check                        see what the scan damaged
    gazette build                        build the website into site/
    gazette serve                        look at it while you edit
    """
    context.with_resource(printed_log(logging.INFO if verbose else logging.WARNING))


@contextmanager
def printed_log(level: int) -> Iterator[None]:
    """Print what is logged while a command runs, unless the caller has set up logging already."""
    root = logging.getLogger()
    if root.handlers:
        yield
        return
    handler, before = logging.StreamHandler(), root.level
    root.addHandler(handler)
    root.setLevel(level)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


@main.command("build")
@archive_options
@click.option("--jobs", type=click.IntRange(1), default=lambda: os.cpu_count() or 1,
              show_default="number of processors", help="Issues worked on at a time.")  # fmt: skip
@click.option("--scheduler", default="", metavar="ADDRESS",
              help="Work on the Dask cluster whose scheduler is at ADDRESS.")  # fmt: skip
@one_line_errors
def build_command(content: Path, site: Path, build_dir: Path, jobs: int, scheduler: str) -> None:
    """Build the website of an archive; what did not change is kept.

    The new site takes the old one's place only when it is finished and its links are sound; until
    then the old one stands. Exit status: 0 done, 1 the content is at fault and nothing was
    published, 2 wrong usage.
    """
    places = archive_places(content, site, build_dir)
    found = survey(places)
    if standing := found.unchanged:
        issues, documents = len(standing.issues), standing.documents
        click.echo(f"{site}: {issues} 期，{documents} 篇公文{counts(standing.warnings)}，无变动")
        return
    from generator.runtime.parallel import workers
    from generator.site.build import build

    with progress_bar() as progress, workers(jobs, scheduler) as run:
        built = build(places, run, progress, found)
    click.echo(
        f"{site}: {built.issues} 期，{built.documents} 篇公文{counts(built.warnings)}，"
        f"更新 {built.renewed} 期"
    )


def archive_places(content: Path, site: Path, build_dir: Path) -> Places:
    """Check that the folders of an archive are apart, and find what it has of its own.

    templates/ and mkdocs.yml beside content/ win over those of the program.
    """
    content, site, build_dir = content.resolve(), site.resolve(), build_dir.resolve()
    for one, other in ((site, content), (content, site), (build_dir, content), (site, build_dir)):
        if one == other or one in other.parents:
            msg = f"{one} and {other} must not hold one another"
            raise UsageError(msg)
    if site.is_dir() and any(site.iterdir()) and not any((site / m).is_dir() for m in MARKS):
        msg = f"{site}: holds files that no build put there; name a new folder, or an empty one"
        raise UsageError(msg)
    own_templates, own_config = content.parent / "templates", content.parent / "mkdocs.yml"
    return Places(
        content, site, build_dir,
        templates=own_templates if own_templates.is_dir() else TEMPLATES,
        config=own_config if own_config.is_file() else CONFIG,
    )  # fmt: skip


def counts(warnings: int) -> str:
    """Say how many places an editor should look at."""
    return f"，{warnings} 处待核对（gazette check）" if warnings else ""


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks = {}

        def report(what: str, done: int, count: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=count)
            bar.update(tasks[what], completed=done)

        yield report
