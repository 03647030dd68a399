"""What commands that take files in say of what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from generator.model import Issue


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
