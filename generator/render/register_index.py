"""The index of a register: one table of up to 160 rows, else the names of all entries in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.language.organ_ranks import LEVELS
from generator.model import NO_MARK, StateMark
from generator.render.home_page import HomePage, list_page

MOST_ROWS = 160  # of the table of an index; an index of more entries is their names alone
MOST_OPEN = 600  # names that an index shows without a click


@dataclass(frozen=True, slots=True)
class IndexRow:
    """An entry in an index."""

    group: str  # a letter, or the index of a level; empty if the index has no groups
    name: str
    note: str
    address: str  # relative to the page
    cells: tuple[str | int, ...]
    last: tuple[str, str, str] | None = None  # address, title and note of its newest document
    mark: StateMark = NO_MARK  # of this document
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that is a name alone."""

    name: str
    address: str
    note: str = ""
    anchor: str = ""


def letter_name(letter: str) -> tuple[str, str]:
    """Give the anchor and the name of a group of one letter."""
    return ("other", "其他") if letter == "0" else (letter, letter.upper())


def level_name(level: str) -> tuple[str, str]:
    """Give the anchor and the name of a group of one level: 市级."""
    return f"level-{level}", LEVELS[int(level)]


def index_page(
    folder: str,
    title: str,
    about: str,
    columns: Sequence[str],
    rows: Iterable[IndexRow],
    name_of: Callable[[str], tuple[str, str]],
    files: Sequence[tuple[str, str]] = (),
) -> HomePage:
    """Plan the index of a register; the rows are sorted, and those of a group follow each other."""
    listed = list(rows)
    groups = [
        (*(name_of(key) if key else ("", "")), list(group))
        for key, group in groupby(listed, key=lambda row: row.group)
    ]
    if len(listed) <= MOST_ROWS:
        values = {"about": about, "columns": columns, "groups": groups, "files": files}
        return list_page(f"{folder}/index", title, (), ("register_table.html.j2", values))
    contents = [
        (
            anchor or "all",
            name or "全部",
            "",
            f"{len(group)}个",
            [Entry(row.name, row.address, f"{row.cells[0]}", row.anchor) for row in group],
        )
        for anchor, name, group in groups
    ]
    is_open = len(listed) <= MOST_OPEN
    return contents_page(
        f"{folder}/index", title, (), about, contents, is_open=is_open, files=files
    )


def contents_page(
    path: str,
    title: str,
    above: Sequence[tuple[str, str]],
    about: str,
    groups: Sequence[tuple[str, str, str, str, Sequence[Entry]]],
    *,
    is_open: bool,
    is_moved: bool = False,
    files: Sequence[tuple[str, str]] = (),
) -> HomePage:
    """Plan a page of names: of a large index, or of a large page that was split.

    A group is its anchor, its name, the address of its own page, a count and its entries. With
    ``is_moved`` the anchor of an entry leads on to the page of the entry.
    """
    values = {
        "about": about, "groups": groups, "is_open": is_open, "is_moved": is_moved, "files": files,
    }  # fmt: skip
    return list_page(path, title, above, ("register_contents.html.j2", values))
