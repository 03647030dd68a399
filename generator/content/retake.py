"""A better reading of the same sheets: find the entries of issue.toml again in its text.

A build never searches: an entry names its line. So the entries are found once, when the new text is
put in the place of the old one, and issue.toml is rewritten: only its numbers of lines and names of
files, nothing else of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from generator.content.documents import line_finder
from generator.content.intake.taken import ISSUE_FILE
from generator.content.issue_facts import NOWHERE, IssueTables, in_joined_text, read_issue_tables
from generator.content.toml_tables import line_of
from generator.model import Source
from generator.runtime.alignment import LIKE, align
from generator.runtime.errors import SourceError
from generator.runtime.patterns import lazy_regex
from generator.runtime.places import FACTS_FILE

Kind: TypeAlias = Literal["correction", "decision", "confirmed", "lift", "covered"]

NEAR = 30  # lines above and below the place where an entry is expected
LONG_ENOUGH = 4  # characters that are found near in a line that is not like the old one
LONG_ENOUGH_ANYWHERE = 10  # characters that are found anywhere in the text
WRITTEN_LINE = lazy_regex(r"(?P<key>\bline[\"']?\s*=\s*)[+-]?[\w]+")
WRITTEN_FILE = lazy_regex(r"(?P<key>\bfile[\"']?\s*=\s*)(?:\"[^\"]*\"|'[^']*')")
LONGEST_SHOWN = 40


class Entry(NamedTuple):
    """An entry of issue.toml with a line, and the words by which it is found."""

    kind: Kind
    nth: int  # among those of its kind
    line: int  # of the joined text
    words: str
    corrected: str = ""  # of a correction: what the words should be


@dataclass(frozen=True, slots=True)
class Retaken:
    """issue.toml for the new text, and what became of its entries."""

    toml: str
    kept: int
    lost: tuple[str, ...]  # a line for each entry that was not found, for the editor


def move_entries(
    folder: Path, before: Source, after: Source, became: Mapping[int, int] | None = None
) -> Retaken:
    """Rewrite the issue.toml of a folder for a new text of the same sheets.

    1. An entry is moved to a line that has its words exactly once: to the line that the old one
       became, else to the only one near it, else to the only one in the text.
    2. An entry that is not found gets line 0, where it applies to nothing; it is named.
    3. All else in the file stays as it is: comments, order, blanks.

    Where ``became`` tells which line each old one became, an entry is not looked for elsewhere.
    """
    path = folder / FACTS_FILE
    raw = read_issue_tables(path)
    tables = in_joined_text(raw, line_finder(before.parts, ISSUE_FILE), path)
    old = before.original.split("\n")
    entries = list(_entries(tables, old))
    if not entries:
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        return Retaken(text, 0, ())
    finder = _Finder(old, after.original.split("\n"), became)
    places: dict[tuple[Kind, int], int] = {}
    lost: list[str] = []
    for entry in entries:
        line = finder.find(entry)
        places[entry.kind, entry.nth] = line
        if line and entry.kind == "correction":
            finder.correct(line, entry)
        if not line:
            at = line_of(path, (entry.kind, entry.nth, "line"))
            lost.append(_lost(path, at, entry, is_right=finder.is_right(entry)))
    toml = _rewritten(path, raw, places, after)
    return Retaken(toml, len(entries) - len(lost), tuple(lost))


def _entries(tables: IssueTables, lines: Sequence[str]) -> Iterator[Entry]:
    """List the entries, corrections first: the words of others may be of the corrected text."""
    for n, one in enumerate(tables.correction):
        yield Entry("correction", n, one.line, one.printed, one.corrected)
    for n, decision in enumerate(tables.decision):
        yield Entry("decision", n, decision.line, decision.text)
    for n, confirmed in enumerate(tables.confirmed):
        yield Entry("confirmed", n, confirmed.line, confirmed.text)
    for n, lift in enumerate(tables.lift):
        words = lines[lift.line - 1].strip() if 1 <= lift.line <= len(lines) else ""
        yield Entry("lift", n, lift.line, words)
    for n, covered in enumerate(tables.covered):
        yield Entry("covered", n, covered.line, covered.text)


class _Finder:
    """The new text, in which the entries of the old one are found."""

    def __init__(
        self, old: Sequence[str], new: Sequence[str], became: Mapping[int, int] | None
    ) -> None:
        self.old = old
        self.received = tuple(new)
        self.new = list(new)
        self.is_told = became is not None
        if became is not None:
            self.became = dict(became)
            self.known = sorted(self.became)
            return
        before = [n for n, line in enumerate(old) if line.strip()]
        after = [n for n, line in enumerate(new) if line.strip()]
        texts = ["".join(old[n].split()) for n in before], ["".join(new[n].split()) for n in after]
        # the line that each old one became, from 1
        self.became = {before[i] + 1: after[j] + 1 for i, j in align(*texts).items()}
        self.known = sorted(self.became)

    def find(self, entry: Entry) -> int:
        """Give the line to which an entry belongs; 0 if there is none, or more than one."""
        if not entry.words.strip() or not 1 <= entry.line <= len(self.old):
            return NOWHERE
        own = self.became.get(entry.line, 0)
        if own and self._has(own, entry):
            return own
        if self.is_told:
            return NOWHERE
        middle = own or self._expected(entry.line)
        near = range(max(middle - NEAR, 1), min(middle + NEAR, len(self.new)) + 1)
        length = len("".join(entry.words.split()))
        fits: Callable[[int], bool] = (
            (lambda _: True) if length >= LONG_ENOUGH else (lambda n: self._is_like(entry.line, n))
        )
        found = [n for n in near if self._has(n, entry) and fits(n)]
        if not found and length >= LONG_ENOUGH_ANYWHERE:
            found = [n for n in range(1, len(self.new) + 1) if self._has(n, entry)]
        return found[0] if len(found) == 1 else NOWHERE

    def is_right(self, entry: Entry) -> bool:
        """Whether the new reading has what a correction wanted, where it was."""
        own = self.became.get(entry.line, 0)
        return bool(entry.corrected and own and entry.corrected in self.new[own - 1])

    def correct(self, line: int, entry: Entry) -> None:
        """Apply a correction, so that later entries find the corrected words."""
        self.new[line - 1] = self.new[line - 1].replace(entry.words, entry.corrected)

    def _has(self, line: int, entry: Entry) -> bool:
        # what is covered is covered before anything is corrected
        lines = self.received if entry.kind == "covered" else self.new
        return lines[line - 1].count(entry.words) == 1

    def _expected(self, line: int) -> int:
        """Give about where a line without a counterpart is, by the nearest one above that has."""
        nth = bisect_right(self.known, line)
        above = self.known[nth - 1] if nth else 0
        return (self.became[above] if above else 0) + line - above

    def _is_like(self, line: int, other: int) -> bool:
        from rapidfuzz.distance import Indel

        return Indel.normalized_similarity(self.old[line - 1], self.new[other - 1]) >= LIKE


NAMES: Mapping[Kind, str] = {
    "correction": "更正", "decision": "决定", "confirmed": "注明无误", "lift": "解除密级",
    "covered": "遮盖",
}  # fmt: skip


def _lost(path: Path, at: int, entry: Entry, *, is_right: bool) -> str:
    # what is covered is not repeated: the message may be kept in a log
    words = "…" if entry.kind == "covered" else entry.words[:LONGEST_SHOWN]
    if is_right:
        what = f"新文本已作“{entry.corrected[:LONGEST_SHOWN]}”，这一条不再需要，请删去"
    else:
        what = "在新文本里找不到，或不止一处；请核对后改写 line，不再需要的删去"
    return f"{path}:{at}: {NAMES[entry.kind]}“{words}”{what}（已改为 line = {NOWHERE}）"


def _rewritten(
    path: Path, tables: IssueTables, places: Mapping[tuple[Kind, int], int], after: Source
) -> str:
    """Write the new lines and files into the text of issue.toml."""
    lines = path.read_bytes().decode("utf-8-sig").split("\n")
    listed = _listed(tables)
    for (kind, nth), line in places.items():
        part = after.part_of(line) if line else None
        file, _ = listed[kind][nth]
        own = (part.name, line - part.first + 1) if part else (file, line)
        _write(lines, path, (kind, nth, "line"), WRITTEN_LINE, str(own[1]))
        if own[0] != file:
            _write(lines, path, (kind, nth, "file"), WRITTEN_FILE, f'"{own[0]}"')
        listed[kind][nth] = own
    text = "\n".join(lines)
    written = _listed(msgspec.toml.decode(text, type=IssueTables))
    for kind, nth in places:
        if written[kind][nth] != listed[kind][nth]:
            raise _unwritable(path, (kind, nth, "line"))
    return text


def _listed(tables: IssueTables) -> dict[Kind, list[tuple[str, int]]]:
    """Give file and line of the entries of each kind."""
    return {
        "correction": [(one.file, one.line) for one in tables.correction],
        "decision": [(one.file, one.line) for one in tables.decision],
        "confirmed": [(one.file, one.line) for one in tables.confirmed],
        "lift": [(one.file, one.line) for one in tables.lift],
        "covered": [(one.file, one.line) for one in tables.covered],
    }


def _write(
    lines: list[str], path: Path, place: tuple[str, int, str], key: re.Pattern[str], value: str
) -> None:
    at = line_of(path, place) - 1
    if "{" in lines[at].partition("#")[0] or not key.search(lines[at]):
        raise _unwritable(path, place)
    lines[at] = key.sub(lambda found: f"{found['key']}{value}", lines[at], count=1)


def _unwritable(path: Path, place: tuple[str, int, str]) -> SourceError:
    at = line_of(path, place)
    msg = f"{path}:{at}: 这一条的 line 改写不了；请写作 [[{place[0]}]]，一行一个键，再做一次"
    return SourceError(msg)
