"""``gazette fetch``."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import content_option


@click.command("fetch")
@content_option("Folder of the archive.")
@one_line_errors
def fetch_command(content: Path) -> None:
    """Copy the inventories of other sites into content/.

    Copies those that gazette.toml lists. Only this command uses the network; builds read the
    copies.
    """
    from generator.archive.inventory import fetch_inventory
    from generator.content import find_gazettes

    for gazette in find_gazettes(content):
        for inventory in gazette.inventories:
            path, count = fetch_inventory(inventory, content / gazette.id)
            click.echo(f"{path}: {count} 篇公文")
