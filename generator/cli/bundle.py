"""``gazette bundle``."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import FOLDER, archive_options, examples
from generator.cli.progress import progress_bar
from generator.runtime.errors import UsageError

# the keys of SIGNATURES in delivery/bundle/sign.py, which is not loaded for the help
SIGNERS = ("minisign", "gpg")


@click.command(
    "bundle",
    epilog=examples(
        "gazette bundle",
        "gazette bundle --text-only --target dist/text",
        "gazette bundle --sign minisign --sign-key gazette.key",
    ),
)
@archive_options
@click.option("--target", type=FOLDER, default="dist", show_default=True,
              help="Folder for the zip files.")  # fmt: skip
@click.option("--sign", "program", type=click.Choice(SIGNERS), envvar="GAZETTE_SIGN",
              show_envvar=True, help="Sign SHA256SUMS, which covers all zip files.")  # fmt: skip
@click.option("--sign-key", "key", metavar="FILE|ID", envvar="GAZETTE_SIGN_KEY", default="",
              show_envvar=True, help="minisign: file of the secret key; gpg: id of the key.  "
              "[default: the default of that program]")  # fmt: skip
@click.option("--text-only", is_flag=True,
              help="Leave out the pictures of the printed pages, and scans.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1), default=lambda: os.cpu_count() or 1, metavar="N",
              show_default="number of processors", help="Zip files made at a time.")  # fmt: skip
@one_line_errors
def bundle_command(
    content: Path,
    site: Path,
    build_dir: Path,  # noqa: ARG001
    target: Path,
    program: str | None,
    key: str,
    text_only: bool,
    jobs: int,
) -> None:
    """Pack the built website into zip files for reading offline.

    Makes one zip of the archive and one of each issue; unchanged zips are left alone. Exit status:
    0 done, 1 the site cannot be read offline, 2 wrong usage or the signature failed.
    """
    if key and not program:
        msg = "用 --sign-key 时，还要写 --sign minisign 或 --sign gpg"
        raise UsageError(msg)
    from generator.content import find_gazettes
    from generator.delivery.bundle import Signer, bundle
    from generator.model.addresses import address_of
    from generator.runtime.parallel import Alone, workers

    homepages = {g.id: address_of(g, "") for g in find_gazettes(content)}
    signer = Signer(program, key) if program else None
    with progress_bar() as progress, workers(jobs) if jobs > 1 else nullcontext(Alone()) as run:
        written = bundle(site, target, homepages, signer, progress, text_only=text_only, run=run)
    for path in written:
        click.echo(path)
