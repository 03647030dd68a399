"""Messages that several commands print: errors in one line, numbers of findings."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from generator.cli.languages import in_language
from generator.runtime.errors import GazetteError, words_of

P = ParamSpec("P")
R = TypeVar("R")


def one_line_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Make a command print a GazetteError as one line, and end with its exit status."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except GazetteError as error:
            from generator.language.unseen import named

            click.echo(f"gazette: {named(in_language(str(error)))}", err=True)
            sys.exit(error.exit_code)
        except OSError as error:
            if isinstance(error, BrokenPipeError):  # the reader of the output has enough
                raise
            from generator.language.unseen import named

            click.echo(f"gazette: {named(in_language(words_of(error)))}", err=True)
            sys.exit(1)

    return run


def say(text: str) -> None:
    """Print words for the editor, in the language that was chosen."""
    click.echo(in_language(text))


def counts(warnings: int) -> str:
    """Say how many places an editor should look at."""
    return f"，{warnings} 处待核对（gazette check）" if warnings else ""
