"""Entries of issue.toml whose text is not where they say: all of an issue, named at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from generator.content.toml_tables import line_of
from generator.model import Source
from generator.runtime.errors import Faults, SourceError

Key: TypeAlias = Literal["correction", "decision"]
MOST_NAMED = 200  # entries that are looked for in other lines
MOST_LINES = 5  # that are named as possible places of an entry


@dataclass(frozen=True, slots=True)
class Misplaced:
    """An entry that does not fit its line."""

    key: Key
    nth: int  # among those of its kind, from 0
    message: str  # for the editor, with file and line
    elsewhere: tuple[int, ...] = ()  # lines of the joined text that have its words exactly once


class MisplacedError(SourceError):
    """An issue whose issue.toml has such entries."""

    def __init__(
        self, entries: Sequence[Misplaced], folder: Path, others: Iterable[str] = ()
    ) -> None:
        super().__init__("\n".join([*(entry.message for entry in entries), *others]))
        self.entries = tuple(entries)
        self.folder = folder


@dataclass(slots=True)
class Search:
    """Collects the entries that do not fit, and looks for their words in other lines."""

    source: Source
    facts: Path
    found: list[Misplaced] = field(default_factory=list)
    others: Faults = field(default_factory=Faults)  # that issue.toml has besides

    def add(
        self,
        key: Key,
        nth: int,
        inner: str,
        what: str,
        words: str = "",
        *,
        is_several: bool = False,
    ) -> None:
        """Note an entry; ``inner`` is the key of issue.toml at whose line it is named."""
        where = f"{self.facts}:{line_of(self.facts, (key, nth, inner))}"
        lines = self._lines_with(words) if words.strip() else ()
        hint = "；请改正 line 或 from" if key == "correction" else "；请改正 line 或 text"
        if len(lines) == 1:
            path, number = self.source.place_of(lines[0])
            hint = f"；这几个字现在在 {Path(path).name} 第{number}行，请改正 line"
        elif 1 < len(lines) <= MOST_LINES:
            several = "、".join(str(self.source.place_of(line)[1]) for line in lines)
            hint = f"；这几个字现在在第 {several} 行都有，请改正 line"
        elif is_several:
            hint = "；请把 from 写长一些，使它在这一行里只有一处"
        elif not words:
            hint = ""
        self.found.append(Misplaced(key, nth, f"{where}: {what}{hint}", lines))

    def _lines_with(self, words: str) -> tuple[int, ...]:
        if len(self.found) > MOST_NAMED:
            return ()
        lines = enumerate(self.source.text.split("\n"), 1)
        return tuple(n for n, line in lines if words in line and line.count(words) == 1)

    def end(self) -> None:
        """Raise MisplacedError if there are any; SourceError if issue.toml has other faults."""
        if self.found:
            raise MisplacedError(self.found, self.facts.parent, self.others.lines)
        self.others.end()
