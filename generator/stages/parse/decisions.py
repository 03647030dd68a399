"""Apply an editor's decisions ([[decision]] in issue.toml) to the lines, before any clue speaks.

A decision about a text within a line splits the line there; two lines of one number result.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.model import Begins, Decision, Diagnostic, LedgerEntry, Lines, Mark
from generator.model.codes import diagnostic
from generator.stages.parse.lines import BLANKS, Line

# of a line of the contents, which stays as it is
OF_CONTENTS = frozenset({"entry-without-document"})


@dataclass(frozen=True, slots=True)
class DecidedLines:
    """The lines as an editor decided, what was removed, and decisions that found no text."""

    lines: tuple[Line, ...]
    ledger: tuple[LedgerEntry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place in a line's text at which something begins by a decision."""

    at: int
    begins: Begins


def apply_decisions(lines: Sequence[Line], decisions: Iterable[Decision]) -> DecidedLines:
    """Split lines where a decision says that something begins, and remove decided furniture.

    1. Each line that no decision names stays the same value.
    2. No character is lost but those of furniture, which the ledger lists.
    3. A decision whose text is not in a line that is read gives a diagnostic.
    """
    by_line: dict[int, list[Decision]] = defaultdict(list)
    for decision in decisions:
        by_line[decision.line].append(decision)
    if not by_line:
        return DecidedLines(tuple(lines))
    decided: list[Line] = []
    ledger: list[LedgerEntry] = []
    for line in lines:
        # a line that <br> or a picture breaks is several here: a text is of the first that has it
        left = by_line.get(line.number, [])
        found = [(at, told) for told in left if (at := _place_of(told, line)) >= 0]
        if not found:
            decided.append(line)
            continue
        placed = [told for _, told in found]
        by_line[line.number] = [told for told in left if told not in placed]
        line, removed = _without_furniture(line, found)
        ledger += (LedgerEntry("decided_furniture", line.number, text, "") for text in removed)
        cuts = [
            _Cut(_place_of(told, line), told.begins)
            for told in placed
            if told.begins != "furniture"
        ]
        decided += _pieces(line, sorted(cuts, key=lambda cut: cut.at))
    unused = [_unused(told) for left in by_line.values() for told in left]
    return DecidedLines(tuple(decided), tuple(ledger), tuple(unused))


def _place_of(decision: Decision, line: Line) -> int:
    """Give the offset of a decision's text in a line without its markup; -1 if it is not there."""
    return line.text.find(_words_of(decision, line))


def _words_of(decision: Decision, line: Line) -> str:
    """Give a decision's text as a line without its markup has it."""
    text = unicodedata.normalize("NFC", decision.text).strip(BLANKS)
    # an editor copies the # of the source too
    return text if text in line.text else text.lstrip("#").strip(BLANKS)


def _unused(decision: Decision) -> Diagnostic:
    message = (
        f"issue.toml 的 [[decision]]（begins = “{decision.begins}”，“{decision.text[:40]}”）"
        "在这一行没有作用；请核对行号和文字，或删去"
    )
    return diagnostic("decision-unused", Lines(decision.line, decision.line), message)


def _without_furniture(
    line: Line, found: Iterable[tuple[int, Decision]]
) -> tuple[Line, tuple[str, ...]]:
    """Take the texts that belong to the printed page out of a line; give them too."""
    removed: list[str] = []
    for _, decision in sorted(found, key=lambda pair: -pair[0]):
        if decision.begins != "furniture":
            continue
        start = _place_of(decision, line)
        end = start + len(_words_of(decision, line))
        removed.append(line.text[start:end])
        whole = _part(line, 0, start), _part(line, end, len(line.text))
        line = replace(
            line,
            text=whole[0].text + whole[1].text,
            marks=(*whole[0].marks, *_moved(whole[1].marks, len(whole[0].text))),
            cells=(),
        )
        if "\t" in line.text:
            line = replace(line, cells=_cells(line.text))
    return line, tuple(reversed(removed))


def _pieces(line: Line, cuts: Sequence[_Cut]) -> Iterator[Line]:
    """Split a line at the cuts; cells begin within their piece, everything else begins one."""
    begins = [cut for cut in cuts if cut.begins != "cell" and cut.begins not in OF_CONTENTS]
    if not begins or begins[0].at > 0:
        begins = [_Cut(0, "row") if cuts and cuts[0].begins == "cell" else _NOTHING, *begins]
    ends = [*(cut.at for cut in begins[1:]), len(line.text)]
    for cut, end in zip(begins, ends, strict=True):
        inner = [c.at for c in cuts if c.begins == "cell" and cut.at < c.at < end]
        part = line if cut.at == 0 and end == len(line.text) else _part(line, cut.at, end)
        if not part.text.strip(BLANKS):
            continue
        decided = None if cut is _NOTHING else cut.begins
        if decided == "row" or inner:
            edges = [cut.at, *inner, end]
            cells = tuple(cell for a, b in pairwise(edges) for cell in _cells(line.text[a:b]))
            yield replace(part, cells=cells, table=None, decided="row")
        elif decided is None:
            yield part if part is line else replace(part, cells=_cells_if_row(part.text))
        else:
            hashes = part.hashes if decided in ("title", "document", "heading") else 0
            yield replace(part, cells=(), table=None, hashes=hashes, decided=decided)


_NOTHING = _Cut(0, "paragraph")  # before the first cut of a line


def _part(line: Line, start: int, end: int) -> Line:
    """Give a part of a line's text as a line of the same number, with its marks."""
    text = line.text[start:end]
    start += len(text) - len(text.lstrip(BLANKS))
    text = text.strip(BLANKS)
    marks = tuple(
        Mark(m.kind, max(m.start, start) - start, min(m.end, start + len(text)) - start, m.note)
        for m in line.marks
        if m.start < start + len(text) and m.end > start
    )
    hashes = 0 if start else line.hashes
    return replace(line, text=text, marks=marks, cells=(), table=None, hashes=hashes, breaks=())


def _moved(marks: Iterable[Mark], by: int) -> Iterator[Mark]:
    return (replace(mark, start=mark.start + by, end=mark.end + by) for mark in marks)


def _cells(text: str) -> tuple[str, ...]:
    return tuple(cell.strip(BLANKS) for cell in text.strip(BLANKS).split("\t"))


def _cells_if_row(text: str) -> tuple[str, ...]:
    return _cells(text) if "\t" in text else ()
