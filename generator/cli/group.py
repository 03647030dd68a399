"""The group ``gazette``: its help, its own options, and the list of its commands."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from generator import __version__
from generator.cli.audit import audit_command
from generator.cli.build import build_command
from generator.cli.bundle import bundle_command
from generator.cli.check import check_command
from generator.cli.cite import cite_command
from generator.cli.edit import edit_command
from generator.cli.fetch import fetch_command
from generator.cli.freeze import freeze_command
from generator.cli.languages import ENGLISH, in_language, language_of, language_option
from generator.cli.learn import learn_command
from generator.cli.new import new_command
from generator.cli.options import examples
from generator.cli.pdf import pdf_command
from generator.cli.report import report_command
from generator.cli.retake import retake_command
from generator.cli.serve import serve_command
from generator.cli.show import show_command
from generator.cli.usage_errors import usage_fault

COMMANDS = (
    audit_command, build_command, bundle_command, check_command, cite_command, edit_command,
    fetch_command, freeze_command, learn_command, new_command, pdf_command, report_command,
    retake_command, serve_command, show_command,
)  # fmt: skip


UTF8 = ("utf-8", "utf8")


class Gazette(click.Group):
    """The group, which says wrong usage in Chinese."""

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: object,
    ) -> object:
        """Run a command, and end the process with its exit status."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        for stream in (sys.stdout, sys.stderr):
            # a pipe on Windows may have an encoding without some characters of a text
            if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in UTF8:
                stream.reconfigure(errors="backslashreplace")
        try:
            status = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.UsageError as error:
            if language_of(error.ctx) == ENGLISH:
                error.show()
            else:
                click.echo(f"gazette: {usage_fault(error)}", err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo(f"gazette: {in_language('已中止')}", err=True)
            sys.exit(1)
        # the process ends: its last collection need not look at all that a build has made, which
        # takes a twentieth of adding an issue
        gc.freeze()
        sys.exit(status if isinstance(status, int) else 0)


@click.group(
    cls=Gazette,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "gazette new panzhihua 2017-02 FILE    add a text to content/",
        "gazette check                         report damage from the scan",
        "gazette build                         build the website into site/",
        "gazette edit                          correct and publish in the browser",
        "gazette serve                         preview it while you edit",
    ),
)
@language_option
@click.version_option(__version__, prog_name="gazette")
@click.option("-v", "--verbose", is_flag=True, help="Print each step of the work.")
@click.pass_context
def main(context: click.Context, *, verbose: bool) -> None:
    """Turn the scanned text of a government gazette into a searchable website.

    "gazette COMMAND --help" describes a command. Exit status of all commands: 0 done, 1 the content
    is at fault, 2 wrong usage.
    """
    from generator.cli.log import printed_log
    from generator.cli.progress import step_bar
    from generator.runtime.progress import watched_by

    context.with_resource(printed_log(verbose=verbose))
    context.with_resource(watched_by(step_bar))
