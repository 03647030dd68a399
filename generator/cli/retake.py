"""``gazette retake``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import content_option, examples
from generator.runtime.errors import SourceError, UsageError

if TYPE_CHECKING:
    from generator.archive.difference import ChangedText, Difference
    from generator.content.retake import Retaken
    from generator.content.retaken_files import Prepared
    from generator.runtime.data import Json

STATES = {"added": "新增", "gone": "没有了", "changed": "有改动"}
LONGEST_SHOWN = 60  # characters of a text that differs
MOST_TEXTS = 20  # texts that differ, of a document


@click.command(
    "retake",
    epilog=examples(
        "gazette retake moumou 2024-04 第4期.zip    a better result of OCR",
        "gazette retake moumou 2024-02 第2期.docx   the original of a scan",
        "gazette retake moumou 2024-02 第12页.png --sheet 12",
        "gazette retake moumou 2024-02 第2期.docx --dry-run",
    ),
)
@click.argument("gazette")
@click.argument("issue")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...",
                type=click.Path(path_type=Path, exists=True))  # fmt: skip
@content_option("Folder of the archive.")
@click.option("--sheet", type=click.IntRange(1), metavar="N",
              help="PATH is one sheet, the Nth of the issue; all others stay.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="Format of what --dry-run says.")  # fmt: skip
@one_line_errors
def retake_command(
    gazette: str,
    issue: str,
    paths: tuple[Path, ...],
    content: Path,
    sheet: int | None,
    style: str,
    *,
    dry_run: bool,
) -> None:
    """Replace the text of an issue by a better reading.

    PATH is a better reading of the sheets of ISSUE of GAZETTE, in any form that "gazette new"
    takes. The entries of issue.toml are found again by their words, and their lines rewritten;
    each that is not found gets line = 0 and is named. addresses.json stays, so that published
    addresses are kept. The files that are replaced are kept in received/before-1. With --sheet, the
    lines of one sheet are exchanged, where layout.json says which these are. Exit status 1 when the
    new text cannot be read; then nothing is changed.
    """
    import shutil
    from tempfile import TemporaryDirectory

    from generator.cli.handing_in import say
    from generator.content import FACTS_FILE
    from generator.content.handed_in import take
    from generator.content.retaken_files import exchange, prepare, prepare_sheet
    from generator.stages.pipeline import convert

    folder = content / gazette / issue
    if not folder.is_dir():
        msg = f"{folder}: 没有这一期；第一次放入请用 gazette new"
        raise UsageError(msg)
    aside, old = (folder.with_name(f".{issue}.{end}") for end in ("new", "old"))
    for leftover in (aside, old):
        if leftover.exists():
            msg = f"{leftover}: 上一次没有做完；请核对 {folder} 是否完好，再移走它"
            raise UsageError(msg)
    with TemporaryDirectory() as scratch:  # for what is in a zip
        if dry_run:
            aside = Path(scratch) / ".compared" / gazette / issue
        placed = take(paths, Path(scratch))
        try:
            prepared = (
                prepare_sheet(folder, placed, aside, sheet)
                if sheet
                else prepare(folder, placed, aside)
            )
            if dry_run:
                _say_difference(folder, prepared, style)
                return
            exchange(folder, prepared, old)
        except (SourceError, UsageError, OSError, KeyboardInterrupt):
            shutil.rmtree(aside, ignore_errors=True)
            raise
    for line in placed.said:
        click.echo(line)
    if (folder / FACTS_FILE).exists():
        click.echo(f"{folder / FACTS_FILE}: 随文字移到新行的 {prepared.retaken.kept} 条")
    for line in prepared.retaken.lost:
        click.echo(line)
    say(convert(folder))


def _say_difference(folder: Path, prepared: Prepared, style: str) -> None:
    """Say what would change if the reading took the place of the issue's text."""
    import shutil

    import msgspec

    from generator.archive.difference import compare_readings
    from generator.content import FACTS_FILE, GAZETTE_FILE
    from generator.content.published_addresses import ADDRESSES_FILE
    from generator.stages.pipeline import convert

    aside = prepared.aside
    for facts in (folder.parent / GAZETTE_FILE, folder / ADDRESSES_FILE):
        if facts.is_file():
            above = aside.parent if facts.parent == folder.parent else aside
            shutil.copyfile(facts, above / facts.name)
    if prepared.retaken.toml:
        (aside / FACTS_FILE).write_bytes(prepared.retaken.toml.encode())
    difference = compare_readings(convert(folder), convert(aside))
    if style == "json":
        click.echo(msgspec.json.encode(_data(difference, prepared.retaken)))
        return
    for fact in difference.facts:
        click.echo(f"{fact.name}：{fact.before or '（无）'} → {fact.after or '（无）'}")
    for document in difference.documents:
        if document.state == "same":
            continue
        click.echo(f"{STATES[document.state]}  {document.title}  {document.number}")
        for fact in document.facts:
            click.echo(f"    {fact.name}：{fact.before or '（无）'} → {fact.after or '（无）'}")
        for text in document.texts[:MOST_TEXTS]:
            click.echo(f"    {_shown(text)}")
        if more := len(document.texts) - MOST_TEXTS:
            click.echo(f"    另有 {more} 段") if more > 0 else None
    if difference.is_none:
        click.echo("发布的文字没有不同")
    click.echo(f"随文字移到新行的 {prepared.retaken.kept} 条")
    for line in prepared.retaken.lost:
        click.echo(line)


def _shown(text: ChangedText) -> str:
    before, after = (
        one if len(one) <= LONGEST_SHOWN else f"{one[: LONGEST_SHOWN - 1]}…"
        for one in (text.before.replace("\n", "／"), text.after.replace("\n", "／"))
    )
    if not before:
        return f"第{text.line}行 增加“{after}”"
    return f"第{text.line}行 “{before}”→“{after}”" if after else f"没有了“{before}”"


def _data(difference: Difference, retaken: Retaken) -> dict[str, Json]:
    from generator.runtime.data import plain

    return {
        "facts": plain(difference.facts),
        "documents": plain(difference.documents),
        "kept": retaken.kept,
        "lost": list(retaken.lost),
    }
