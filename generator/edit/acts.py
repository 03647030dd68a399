"""What an editor does to an issue, as changes of its files that can be undone.

Every act adds tables to issue.toml, cuts them, or adds a word to terms.txt. Acts are applied to the
files as they are now, so that what another person wrote in between stays.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from generator.content import FACTS_FILE, TERMS_FILE
from generator.content.toml_blocks import (
    NotSpliced,
    Value,
    append_table,
    cut_table,
    set_value,
)
from generator.edit.files import ChangedMeanwhile, text_of, write_text
from generator.runtime.errors import SourceError

TRIES = 5  # to change a file that another program writes, too

Table: TypeAlias = Literal["correction", "confirmed", "decision", "lift"]


class Append(msgspec.Struct, frozen=True, tag="append"):
    """A table that is appended to issue.toml."""

    key: Table
    values: dict[str, str | int]


class Cut(msgspec.Struct, frozen=True, tag="drop"):
    """A table of issue.toml, by all its values, that is taken back."""

    key: Table
    values: dict[str, str | int]


class Move(msgspec.Struct, frozen=True, tag="move"):
    """A table of issue.toml whose text is on another line now."""

    key: Table
    values: dict[str, str | int]
    line: int


class AddTerm(msgspec.Struct, frozen=True, tag="add-term"):
    """A word that is added to the gazette's terms.txt."""

    word: str


class DropTerm(msgspec.Struct, frozen=True, tag="drop-term"):
    """A word that is taken out of the gazette's terms.txt."""

    word: str


Change: TypeAlias = Append | Cut | Move | AddTerm | DropTerm


class Conflict(Exception):  # noqa: N818 - the other side is not in the wrong
    """What an act would change is not there any more; ``args[0]`` says so to the editor."""


def inverse_of(change: Change) -> Change:
    """Give the change that undoes a change."""
    match change:
        case Append():
            return Cut(change.key, change.values)
        case Cut():
            return Append(change.key, change.values)
        case Move():
            line = change.values["line"]
            assert isinstance(line, int)
            return Move(change.key, {**change.values, "line": change.line}, line)
        case AddTerm():
            return DropTerm(change.word)
        case DropTerm():
            return AddTerm(change.word)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of an issue that acts may change."""

    issue: Path  # its folder

    @property
    def facts(self) -> Path:
        """issue.toml."""
        return self.issue / FACTS_FILE

    @property
    def terms(self) -> Path:
        """The terms.txt of the gazette."""
        return self.issue.parent / TERMS_FILE


def apply(changes: Sequence[Change], files: Files) -> None:
    """Make all changes or none; Conflict when one finds nothing to change.

    What another program writes in between stays: the changes are made anew in its text. Raises
    SourceError when a file cannot be read or written.
    """
    of_facts = [c for c in changes if isinstance(c, Append | Cut | Move)]
    of_terms = [c for c in changes if isinstance(c, AddTerm | DropTerm)]
    _terms(text_of(files.terms), of_terms)  # none at all if one cannot be made
    _rewrite(files.facts, lambda text: _facts(text, of_facts, files.facts))
    _rewrite(files.terms, lambda text: _terms(text, of_terms))


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Write what becomes of a file's text; where another program writes meanwhile, of the new."""
    for _ in range(TRIES):
        before = text_of(path)
        text = change(before)
        if text == before:
            return
        try:
            write_text(path, text, before)
        except ChangedMeanwhile:
            continue
        return
    raise Conflict("另一个程序正在不停地改写这个文件；没有改动任何文件，请稍后再试")  # noqa: EM101


def _facts(text: str, changes: Sequence[Append | Cut | Move], path: Path) -> str:
    for change in changes:
        text = _changed(text, change, path)
    return text


def _changed(text: str, change: Append | Cut | Move, path: Path) -> str:
    try:
        match change:
            case Append():
                return append_table(text, change.key, change.values)
            case Cut():
                return cut_table(text, change.key, _find(text, change.key, change.values))
            case Move():
                nth = _find(text, change.key, change.values)
                return set_value(text, change.key, nth, "line", change.line)
    except NotSpliced as error:
        msg = f"{path}: 这里有校对台不会改写的写法；请用文本编辑器改正，或把它写成 [[…]]"
        raise SourceError(msg) from error


def _find(text: str, key: str, values: Mapping[str, Value]) -> int:
    """Find a table by its values; the last of several equal ones."""
    listed = tomllib.loads(text).get(key, [])
    found = [n for n, table in enumerate(listed) if table == dict(values)]
    if not found:
        msg = "这一条已经不在 issue.toml 里，可能有人改过；没有改动任何文件"
        raise Conflict(msg)
    return found[-1]


def _terms(text: str, changes: Sequence[AddTerm | DropTerm]) -> str:
    for change in changes:
        text = _with_term(text, change)
    return text


def _with_term(text: str, change: AddTerm | DropTerm) -> str:
    lines = text.splitlines(keepends=True)
    held = [line.strip() for line in lines]
    if isinstance(change, AddTerm):
        if change.word in held:
            msg = f"“{change.word}”已经在 {TERMS_FILE} 里；没有改动任何文件"
            raise Conflict(msg)
        end = "" if not text or text.endswith("\n") else "\n"
        return f"{text}{end}{change.word}\n"
    if change.word not in held:
        msg = f"“{change.word}”已经不在 {TERMS_FILE} 里，可能有人改过；没有改动任何文件"
        raise Conflict(msg)
    last = len(held) - 1 - held[::-1].index(change.word)
    return "".join(lines[:last] + lines[last + 1 :])
