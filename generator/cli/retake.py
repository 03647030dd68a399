"""``gazette retake``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import content_option, examples
from generator.runtime.errors import SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Set

    from generator.content.retake import Retaken
    from generator.model import Source

BEFORE = "before-{n}"  # in received/: the files that were replaced


@click.command(
    "retake",
    epilog=examples(
        "gazette retake moumou 2024-04 第4期.zip    a better result of OCR",
        "gazette retake moumou 2024-02 第2期.docx   the original of a scan",
    ),
)
@click.argument("gazette")
@click.argument("issue")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...",
                type=click.Path(path_type=Path, exists=True))  # fmt: skip
@content_option("Folder of the archive.")
@one_line_errors
def retake_command(gazette: str, issue: str, paths: tuple[Path, ...], content: Path) -> None:
    """Replace the text of an issue by a better reading.

    PATH is a better reading of the sheets of ISSUE of GAZETTE, in any form that "gazette new"
    takes. The entries of issue.toml are found again by their words, and their lines rewritten;
    each that is not found gets line = 0 and is named. addresses.json stays, so that published
    addresses are kept. The files that are replaced are kept in received/before-1. Exit status 1
    when the new text cannot be read; then nothing is changed.
    """
    import shutil
    from tempfile import TemporaryDirectory

    from generator.cli.handing_in import say
    from generator.content.folders import FACTS_FILE, take_in_texts
    from generator.content.handed_in import put, take
    from generator.content.load import received_text
    from generator.content.retake import move_entries
    from generator.stages.pipeline import convert

    folder = content / gazette / issue
    if not folder.is_dir():
        msg = f"{folder}: 没有这一期；第一次放入请用 gazette new"
        raise UsageError(msg)
    before = received_text(folder)
    aside, old = (folder.with_name(f".{issue}.{end}") for end in ("new", "old"))
    for leftover in (aside, old):
        if leftover.exists():
            msg = f"{leftover}: 上一次没有做完；请核对 {folder} 是否完好，再移走它"
            raise UsageError(msg)
    try:
        with TemporaryDirectory() as scratch:  # for what is in a zip
            placed = take(paths, Path(scratch))
            put(placed, aside)
        take_in_texts([aside])
        after = received_text(aside)
        _refuse_other_form(folder, before, after)
        retaken = move_entries(folder, before, after)
        _carry_over(folder, aside, retaken)
    except (SourceError, UsageError, OSError):
        shutil.rmtree(aside, ignore_errors=True)
        raise
    folder.rename(old)
    aside.rename(folder)
    shutil.rmtree(old)
    for line in placed.said:
        click.echo(line)
    if (folder / FACTS_FILE).exists():
        click.echo(f"{folder / FACTS_FILE}: 随文字移到新行的 {retaken.kept} 条")
    for line in retaken.lost:
        click.echo(line)
    say(convert(folder))


def _refuse_other_form(folder: Path, before: Source, after: Source) -> None:
    """Refuse one file for several, or several for one: lines would belong to no file."""
    if bool(before.parts) != bool(after.parts):
        ours, given = (
            "一篇一个文件（documents/）" if source.parts else "整本一个文件"
            for source in (before, after)
        )
        msg = f"{folder}: 原来是{ours}，放入的是{given}；请放入同一种"
        raise UsageError(msg)


def _carry_over(folder: Path, aside: Path, retaken: Retaken) -> None:
    """Copy into the new folder what the new files do not replace, and keep what they do."""
    import shutil

    from generator.content.folders import FACTS_FILE
    from generator.content.issue_facts import read_issue_tables
    from generator.content.received import RECEIVED

    n = 1
    while (folder / RECEIVED / BEFORE.format(n=n)).exists():
        n += 1
    kept = aside / RECEIVED / BEFORE.format(n=n)
    new = {path.relative_to(aside) for path in _files_of(aside)}
    replaced = _replaced_by(new)
    scan = read_issue_tables(folder / FACTS_FILE).scan
    shown = scan.file if scan else ""  # the scan that readers compare the text with
    for path in _files_of(folder):
        place = path.relative_to(folder)
        if place.as_posix() == FACTS_FILE:
            (aside / place).write_bytes(retaken.toml.encode())
            continue
        was_kept = place.as_posix().startswith(f"{RECEIVED}/{BEFORE.format(n='')}")
        stays = was_kept or place.as_posix() == shown
        is_replaced = place in new or (place.parts[0] in replaced and not stays)
        target = (kept if is_replaced else aside) / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def _files_of(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink()]


def _replaced_by(new: Set[Path]) -> frozenset[str]:
    """Give the files and folders of the old text that do not stay beside the new one.

    The scan that the old text was read from stays, unless the new text came with a file of its own.
    """
    from generator.content.documents import DOCUMENTS
    from generator.content.intake import PAGES, SOURCES
    from generator.content.intake.taken import ISSUE_FILE, LAYOUT_FILE
    from generator.content.received import RECEIVED

    came_with_own = any(p.parts[0] == PAGES or p.as_posix() in SOURCES for p in new)
    sources = (*SOURCES, PAGES) if came_with_own else ()
    return frozenset((ISSUE_FILE, LAYOUT_FILE, DOCUMENTS, RECEIVED, *sources))
