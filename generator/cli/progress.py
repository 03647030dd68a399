"""The progress bar of slow commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from generator.runtime.progress import WRITTEN, Step, written


@contextmanager
def progress_bar() -> Iterator[Callable[..., None]]:
    """Give a function that shows progress: (task, done, count); silent if stderr is no terminal.

    A fourth argument names what is being done, where the task alone does not say it. For a program
    that asks for it by the environment, progress is written in lines.
    """
    if os.environ.get(WRITTEN):
        yield lambda task, done, count, step="": click.echo(
            written(Step(task, done, count, step)), err=True
        )
        return
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
        TextColumn("{task.fields[step]}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks = {}

        def report(task: str, done: int, count: int, step: str = "") -> None:
            if task not in tasks:
                tasks[task] = bar.add_task(task, total=count, step=step)
            bar.update(tasks[task], completed=done, step=step)

        yield report


@contextmanager
def step_bar(task: str, count: int) -> Iterator[Callable[[int, str], None]]:
    """Give a function that shows the progress of one task: (steps done, name of the next one)."""
    with progress_bar() as report:
        yield lambda done, step: report(task, done, count, step)
