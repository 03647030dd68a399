"""The group ``gazette``: its help, its own options, and the list of its commands."""

from __future__ import annotations

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
from generator.cli.learn import learn_command
from generator.cli.new import new_command
from generator.cli.options import examples
from generator.cli.pdf import pdf_command
from generator.cli.report import report_command
from generator.cli.retake import retake_command
from generator.cli.serve import serve_command
from generator.cli.show import show_command

COMMANDS = (
    audit_command, build_command, bundle_command, check_command, cite_command, edit_command,
    fetch_command, freeze_command, learn_command, new_command, pdf_command, report_command,
    retake_command, serve_command, show_command,
)  # fmt: skip


@click.group(
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
