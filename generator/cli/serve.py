"""``gazette serve``."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.languages import in_language
from generator.cli.messages import counts, one_line_errors, say
from generator.cli.options import archive_options, archive_places, examples
from generator.runtime.errors import GazetteError, UsageError, words_of

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from generator.runtime.parallel import Run

GREATEST_PORT = 65_535


@click.command("serve", epilog=examples("gazette serve", "gazette serve --address 127.0.0.1:8080"))
@archive_options
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT",
              help="Address to listen on.")  # fmt: skip
@one_line_errors
def serve_command(content: Path, site: Path, build_dir: Path, address: str) -> None:
    """Preview the website, and build it again after every change.

    Watches content/, templates/ and mkdocs.yml. A text with a fault is reported here and in a
    banner on the pages, and the site stays as it was.
    """
    places = archive_places(content, site, build_dir)
    host, _, port = address.rpartition(":")
    if not host or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > GREATEST_PORT:
        msg = f"--address 应为 HOST:PORT，例如 127.0.0.1:8000，现为 {address!r}；请改正"
        raise UsageError(msg)
    from contextlib import nullcontext

    from generator.runtime.parallel import Alone, workers
    from generator.site.build import build
    from generator.site.mkdocs import serve
    from generator.site.mkdocs_patches import forget_templates
    from generator.site.survey import survey

    def rebuilding() -> AbstractContextManager[Run]:
        # an edit changes few issues, and after the first build this process has loaded all modules
        is_new = not site.exists()
        return workers(os.cpu_count() or 1) if is_new else nullcontext(Alone())

    def rebuild() -> str:
        """Build, and give what is wrong; "" when nothing is."""
        found = survey(places)
        if found.unchanged:
            return ""
        forget_templates()
        try:
            with rebuilding() as run:
                built = build(places, run, lambda *_: None, found)
        except GazetteError as error:
            fault = str(error)
        except OSError as error:
            fault = words_of(error)
        else:
            say(f"{built.issues} 期，{built.documents} 篇公文{counts(built.warnings)}")
            return ""
        click.echo(in_language(f"gazette: {fault}"), err=True)
        return in_language(fault)

    fault = rebuild()
    say(f"http://{host}:{port}/  (Ctrl-C 结束)")
    watched = [content, *places.template_folders, places.config]
    serve(site, watched, (host, int(port)), rebuild, fault)
