"""The folder of an issue whose text is exchanged: the new one is made aside, then put in place."""

from __future__ import annotations

import shutil
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.content.documents import DOCUMENTS, has_documents
from generator.content.engine_results import Placed
from generator.content.folders import take_in_texts
from generator.content.handed_in import put
from generator.content.intake import PAGES, SOURCES, take_in
from generator.content.intake.taken import ISSUE_FILE, LAYOUT_FILE
from generator.content.issue_facts import read_issue_tables
from generator.content.load import received_text
from generator.content.one_sheet import exchange_sheet
from generator.content.received import RECEIVED
from generator.content.retake import Retaken, move_entries
from generator.model import Source
from generator.runtime.errors import UsageError
from generator.runtime.places import FACTS_FILE

BEFORE = "before-{n}"  # in received/: the files that were replaced
SHEET = "sheet-{sheet}"  # … the files that a sheet was read from


@dataclass(frozen=True, slots=True)
class Prepared:
    """A better reading in a folder of its own; the issue is as it was."""

    aside: Path
    retaken: Retaken
    replaced: frozenset[str]  # files and folders of the issue that do not stay beside it


def prepare(folder: Path, placed: Placed, aside: Path) -> Prepared:
    """Read what was handed in as a whole issue, and find the entries of issue.toml in it.

    Raises UsageError where the forms differ, SourceError for what cannot be read.
    """
    before = received_text(folder)
    put(placed, aside)
    take_in_texts([aside])
    after = received_text(aside)
    _refuse_other_form(folder, before, after)
    return Prepared(aside, move_entries(folder, before, after), _replaced_by(_files_of(aside)))


def prepare_sheet(folder: Path, placed: Placed, aside: Path, sheet: int) -> Prepared:
    """Read what was handed in as one sheet of the issue, and put it into the text."""
    before = received_text(folder)
    with TemporaryDirectory() as scratch:
        read = Path(scratch) / folder.parent.name / folder.name
        put(placed, read)
        if has_documents(read):
            msg = f"放入的是几个文件，只换第 {sheet} 张；请只放入这一张"
            raise UsageError(msg)
        take_in(read)
        received_text(read)  # says what is wrong of it
        new = exchange_sheet(folder, sheet, read)
        new.write(aside)
        own = new.source.read_bytes() if new.source else b""
    _keep_handed_in(folder, placed, aside, sheet, own)
    after = received_text(aside)
    retaken = move_entries(folder, before, after, new.became)
    return Prepared(aside, retaken, frozenset({new.replaced} - {""}))


def _keep_handed_in(folder: Path, placed: Placed, aside: Path, sheet: int, picture: bytes) -> None:
    """Keep what a sheet was read from, byte for byte; its picture is in pages/ already."""
    n, name = 1, SHEET.format(sheet=sheet)
    while (folder / RECEIVED / name).exists():
        n += 1
        name = f"{SHEET.format(sheet=sheet)}-{n}"
    for path in placed.copied.values():
        if not picture or path.read_bytes() != picture:
            target = aside / RECEIVED / name / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def exchange(folder: Path, prepared: Prepared, old: Path) -> None:
    """Put a reading in the place of the issue's text; what is replaced is kept in received/.

    ``old`` is where the folder is moved for the moment; it does not exist before or after.
    """
    _carry_over(folder, prepared)
    folder.rename(old)
    prepared.aside.rename(folder)
    shutil.rmtree(old)


def _refuse_other_form(folder: Path, before: Source, after: Source) -> None:
    """Refuse one file for several, or several for one: lines would belong to no file."""
    if bool(before.parts) != bool(after.parts):
        ours, given = (
            "一篇一个文件（documents/）" if source.parts else "整本一个文件"
            for source in (before, after)
        )
        msg = f"{folder}: 原来是{ours}，放入的是{given}；请放入同一种"
        raise UsageError(msg)


def _carry_over(folder: Path, prepared: Prepared) -> None:
    """Copy into the new folder what the new files do not replace, and keep what they do."""
    aside = prepared.aside
    n = 1
    while (folder / RECEIVED / BEFORE.format(n=n)).exists():
        n += 1
    kept = aside / RECEIVED / BEFORE.format(n=n)
    new = _files_of(aside)
    scan = read_issue_tables(folder / FACTS_FILE).scan
    shown = scan.file if scan else ""  # the scan that readers compare the text with
    for place in sorted(_files_of(folder)):
        if place.as_posix() == FACTS_FILE:
            (aside / place).write_bytes(prepared.retaken.toml.encode())
            continue
        was_kept = place.as_posix().startswith(f"{RECEIVED}/{BEFORE.format(n='')}")
        stays = was_kept or place.as_posix() == shown
        is_named = {place.parts[0], place.as_posix()} & prepared.replaced
        is_replaced = place in new or (is_named and not stays)
        target = (kept if is_replaced else aside) / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / place, target)


def _files_of(folder: Path) -> Set[Path]:
    """Give the files of a folder by their places in it."""
    found = (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    return frozenset(p.relative_to(folder) for p in found)


def _replaced_by(new: Set[Path]) -> frozenset[str]:
    """Give the files and folders of the old text that do not stay beside the new one.

    The scan that the old text was read from stays, unless the new text came with a file of its own.
    """
    came_with_own = any(p.parts[0] == PAGES or p.as_posix() in SOURCES for p in new)
    sources = (*SOURCES, PAGES) if came_with_own else ()
    return frozenset((ISSUE_FILE, LAYOUT_FILE, DOCUMENTS, RECEIVED, *sources))
