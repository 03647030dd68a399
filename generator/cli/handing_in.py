"""What commands that take files in do with them: put them into a folder, say what was read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from generator.content.engine_results import Placed
    from generator.model import Issue


def put(placed: Placed, folder: Path) -> None:
    """Copy files byte for byte into the folder of an issue, and write those that are made."""
    import shutil

    for place, path in placed.copied.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for place, text in placed.written.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")


def say(taken: Issue) -> None:
    """Say what was read: how many documents, where each begins, what is doubtful."""
    from generator.model.codes import format_diagnostic

    source = taken.source
    if source.parts:
        click.echo(
            f"{source.path}: 文件 {len(source.parts)} 个，按文件名的次序各作一篇；"
            f"公文 {len(taken.documents)} 篇"
            + ("；目录由本站据标题编制" if taken.contents_made else "")
        )
    else:
        click.echo(f"{source.path}: 目录 {len(taken.contents)} 条，公文 {len(taken.documents)} 篇")
    for document in taken.documents:
        part = source.part_of(document.lines.first)
        _, line = source.place_of(document.lines.first)
        where = f"{part.name}:{line}" if part else f"{line:>5}"
        click.echo(f"  {where}  {document.title}  {document.number or ''}")
    for diagnostic in taken.diagnostics:
        click.echo(format_diagnostic(source.place_of(diagnostic.lines.first), diagnostic))
