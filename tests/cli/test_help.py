"""The help of the command and of each of its commands, read as it is printed at 80 columns."""

from __future__ import annotations

import re
import shlex
import unicodedata

import click
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.cli.bundle import SIGNERS
from generator.delivery.bundle import SIGNATURES

COLUMNS = 80
COMMANDS = sorted(main.commands)
EVERY = ["", *COMMANDS]


def help_of(command: str) -> str:
    arguments = [*command.split(), "--help"]
    runner = CliRunner(env={"COLUMNS": str(COLUMNS)})
    return runner.invoke(main, arguments, prog_name="gazette", catch_exceptions=False).output


def command_of(name: str) -> click.Command:
    return main.commands[name] if name else main


def examples_of(command: str) -> list[str]:
    """Give the printed lines below "Examples:"."""
    _, heading, listed = help_of(command).partition("\n  Examples:\n")
    assert heading or not command_of(command).epilog
    return listed.splitlines()


def width(line: str) -> int:
    """Count the columns of a terminal that a line takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("command", EVERY)
def test_no_line_is_wider_than_a_terminal(command: str) -> None:
    assert [line for line in help_of(command).splitlines() if width(line) > COLUMNS] == []


@pytest.mark.parametrize("command", EVERY)
def test_marks_for_click_are_not_printed(command: str) -> None:
    assert "\\b" not in help_of(command)
    assert "\b" not in help_of(command)


@pytest.mark.parametrize("command", EVERY)
def test_each_example_has_a_line_of_its_own(command: str) -> None:
    written = [
        line for line in (command_of(command).epilog or "").splitlines() if "gazette" in line
    ]
    assert [line.strip() for line in examples_of(command)] == [line.strip() for line in written]
    assert all(line.startswith("    gazette ") for line in examples_of(command))


@pytest.mark.parametrize("command", EVERY)
def test_each_example_names_arguments_and_options_that_exist(command: str) -> None:
    for line in examples_of(command):
        # cut off a comment, which follows several blanks, and a redirection, which follows >
        words = shlex.split(re.split(r" {3,}| > ", line.strip())[0])
        assert words[0] == "gazette"
        assert command in ("", words[1])
        named = main.commands[words[1]]
        parser = named.make_parser(click.Context(named, resilient_parsing=True))
        parser.parse_args(words[2:])


def test_the_summary_of_each_command_is_whole() -> None:
    listed = help_of("").partition("\nCommands:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed] == COMMANDS
    assert [line for line in listed if not line.endswith(".") or line.endswith("..")] == []


@pytest.mark.parametrize("command", EVERY)
def test_each_option_and_each_argument_is_described(command: str) -> None:
    words = " ".join((command_of(command).help or "").split())
    for parameter in command_of(command).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
        else:
            name = (parameter.metavar or parameter.name or "").strip("[]….").upper()
            assert re.search(rf"\b{name}\b", words), name


def test_a_bundle_can_be_signed_by_every_program_that_is_known() -> None:
    assert tuple(SIGNATURES) == SIGNERS
