"""``gazette build``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.cli.messages import counts, one_line_errors, say
from generator.cli.options import archive_options, archive_places, examples
from generator.cli.progress import progress_bar


@click.command(
    "build",
    epilog=examples(
        "gazette build",
        "gazette build --content ~/gazettes/content --site /srv/gazettes --jobs 4",
    ),
)
@archive_options
@click.option("--jobs", type=click.IntRange(1), default=lambda: os.cpu_count() or 1, metavar="N",
              show_default="number of processors", help="Issues built at a time.")  # fmt: skip
@click.option("--scheduler", default="", metavar="ADDRESS",
              help="Build on the Dask cluster with the scheduler at ADDRESS.")  # fmt: skip
@click.option("--why", is_flag=True, help="Say of each page that was built, why.")
@one_line_errors
def build_command(
    content: Path, site: Path, build_dir: Path, jobs: int, scheduler: str, why: bool
) -> None:
    """Build the website of an archive; unchanged pages are kept.

    The new site replaces the existing one only when it is finished and all its links are good.
    Exit status: 0 done, 1 the content is at fault and nothing was published, 2 wrong usage.
    """
    from generator.runtime.garbage import loading

    with loading():
        from generator.site.survey import survey

    places = archive_places(content, site, build_dir)
    found = survey(places)
    if existing := found.unchanged:
        issues, documents = len(existing.issues), existing.documents
        say(f"{site}: {issues} 期，{documents} 篇公文{counts(existing.warnings)}，无变动")
        return
    # these modules take long to load, and a build without changes does not need them
    with loading():
        from generator.runtime.parallel import workers
        from generator.site.build import build

    with progress_bar() as progress, workers(jobs, scheduler) as run:
        built = build(places, run, progress, found)
    say(
        f"{site}: {built.issues} 期，{built.documents} 篇公文{counts(built.warnings)}，"
        f"更新 {built.renewed} 期"
    )
    if why:
        from generator.site.page_keys import in_words

        for page, reasons in built.why.items():
            say(f"{site}/{page}: {in_words(reasons)}")
