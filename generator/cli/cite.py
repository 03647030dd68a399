"""``gazette cite``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import content_option, examples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.archive.cite import Cited
    from generator.runtime.data import Json


@click.command(
    "cite",
    epilog=examples(
        "gazette cite 根据某府发〔2020〕7号，通知如下。",
        "gazette cite draft.txt --format json",
    ),
)
@click.argument("text")
@content_option("Folder of the archive in which citations are resolved.")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table",
              show_default=True, help="How citations are printed.")  # fmt: skip
@one_line_errors
def cite_command(text: str, content: Path, style: str) -> None:
    """Find the citations in a text, and the addresses they lead to.

    TEXT is the text itself, or the name of its file (- for standard input). Each citation has its
    title, number and relation, and its address: a document of the archive, a document on another
    site, or else the entry of the cited work.
    """
    from generator.archive.cite import cite
    from generator.archive.issues import read_archive

    found = cite(_text_or_file(text), *read_archive(content, {}))
    if style == "json":
        from generator.runtime.data import dump

        click.echo(dump([_cited_as_data(c) for c in found]), nl=False)
    else:
        _print_table(found)


def _print_table(found: Iterable[Cited]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from generator.render import CITES

    table = Table("行", "引文", "关系", "所在", box=None, pad_edge=False)
    for cited in found:
        row = (str(cited.fact.line), cited.text, CITES[cited.fact.relation])
        cells = (*row, _place_of(cited))
        table.add_row(*map(Text, cells))  # as Text, so that [ ] is no markup of rich
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def _text_or_file(text: str) -> str:
    """Give the text itself, or the text of the file of that name, or of standard input for -."""
    if text == "-":
        return sys.stdin.read()
    try:
        is_file = Path(text).is_file()
    except (OSError, ValueError):  # too long for a name, or with a zero byte: not a file name
        return text
    if not is_file:
        return text
    from generator.content import read_text

    return read_text(Path(text))


def _place_of(cited: Cited) -> str:
    resolved = cited.resolved
    if resolved.target:
        note = "（标题与文号不符）" if resolved.differs else ""
        page = f"，第{cited.page}页" if cited.page else ""
        return f"{resolved.target.url}{page}{note}"
    if resolved.elsewhere:
        return resolved.elsewhere.url
    return f"{resolved.entry}（未收录）"


def _cited_as_data(cited: Cited) -> Json:
    fact, resolved = cited.fact, cited.resolved
    target = resolved.target
    return {
        "text": cited.text,
        "title": fact.title or None,
        "number": fact.number or None,
        "relation": fact.relation,
        "line": fact.line,
        "target": target.url if target else None,
        "page": cited.page or None,
        "elsewhere": resolved.elsewhere.url if resolved.elsewhere else None,
        "work": resolved.work,
        "title_differs": resolved.differs,
    }
