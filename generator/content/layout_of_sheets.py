"""layout.json as data that is rewritten: what is on one sheet is exchanged, the rest moves."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from generator.content.intake.taken import line_digest
from generator.content.layout import decode_layout, lines_now
from generator.runtime.data import Json

LayoutData: TypeAlias = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the lines of a sheet are in the text; ``last`` is before ``first`` if it has none."""

    first: int
    last: int


def raw_layout(path: Path) -> LayoutData:
    """Read all of a layout.json; empty if there is none, SourceError if it cannot be read."""
    return decode_layout(path, dict) if path.is_file() else {}


def listed(layout: Mapping[str, Json], key: str) -> list[LayoutData]:
    """Give the tables that a layout lists under a key."""
    found = layout.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def number(table: Mapping[str, Json], key: str) -> int:
    """Give a number of a table; 0 if it has none."""
    found = table.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def present_layout(layout: LayoutData, lines: Sequence[str]) -> LayoutData:
    """Give a layout with the lines of the text as it is now; those that are not known are dropped.

    A loss is behind the nearest known line above it, and never dropped.
    """
    if str(layout.get("sha256")).lower() == _digest(lines):
        return layout
    written = layout.get("digests")
    before = [str(one) for one in written] if isinstance(written, list) else []
    now = lines_now(before, [line_digest(line) for line in lines])
    known = sorted(now)

    def near(line: int) -> int:
        nth = bisect_right(known, line)
        return now[known[nth - 1]] if nth else 0

    return {
        **layout,
        **{
            key: [
                {**one, "line": now[line]}
                for one in listed(layout, key)
                if (line := number(one, "line")) in now
            ]
            for key in ("lines", "formulas")
        },
        "losses": [{**one, "line": near(number(one, "line"))} for one in listed(layout, "losses")],
    }


def sheets_of_lines(layout: LayoutData) -> dict[int, set[int]]:
    """Give the sheets of each line."""
    found: dict[int, set[int]] = defaultdict(set)
    for line in listed(layout, "lines"):
        if number(line, "page") >= 1:
            found[number(line, "line")].add(number(line, "page"))
    return dict(found)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A layout, the layout of one sheet, and the lines at which this is put into it."""

    old: LayoutData
    own: LayoutData
    sheet: int
    cut: Cut
    delta: int  # lines that the text has more than before
    above: int  # lines above the first one of the new reading
    size: int  # lines of the new reading

    def data(self, text: Sequence[str], picture: str) -> LayoutData:
        """Give the layout of the new text; ``picture`` is the place of the sheet's new picture."""
        lines = [*self._kept("lines"), *self._new("lines")]
        if not listed(self.own, "lines"):  # a text alone: its lines are somewhere on the sheet
            own = range(self.above + 1, self.above + self.size + 1)
            lines += [{"line": n, "page": self.sheet} for n in own if text[n - 1].strip()]
        losses = [*self._losses(), *self._new("losses")]
        formulas: list[Json] = [*self._kept("formulas"), *self._new("formulas")]
        return {
            **self.old,
            "sha256": _digest(text),
            "pages": list(self._pages(picture)),
            "lines": [*sorted(lines, key=lambda line: number(line, "line"))],
            "losses": [*sorted(losses, key=lambda loss: number(loss, "page"))],
            **({"formulas": formulas} if formulas else {}),
            "digests": [line_digest(line) for line in text],
        }

    def _kept(self, key: str) -> Iterator[LayoutData]:
        for one in listed(self.old, key):
            line = number(one, "line")
            if not self.cut.first <= line <= self.cut.last:
                yield {**one, "line": line + self.delta if line > self.cut.last else line}

    def _losses(self) -> Iterator[LayoutData]:
        """Give the losses of other sheets; each is behind the line that it names."""
        for loss in listed(self.old, "losses"):
            line = number(loss, "line")
            is_below = line >= max(self.cut.first, self.cut.last)
            if number(loss, "page") != self.sheet:
                yield {**loss, "line": line + self.delta if is_below else line}

    def _new(self, key: str) -> Iterator[LayoutData]:
        for one in listed(self.own, key):
            moved: LayoutData = {**one, "line": number(one, "line") + self.above}
            yield {**moved, "page": self.sheet} if "page" in one else moved

    def _pages(self, picture: str) -> Iterator[Json]:
        new = next(iter(listed(self.own, "pages")), {})
        known = listed(self.old, "pages")
        if not any(number(page, "page") == self.sheet for page in known):
            known = sorted([*known, {"page": self.sheet}], key=lambda page: number(page, "page"))
        for page in known:
            if number(page, "page") != self.sheet:
                yield page
                continue
            measured = {key: value for key, value in new.items() if key != "image"}
            shown = {"image": picture, "retaken": str(self.own.get("engine") or "")}
            yield {**page, **measured, "page": self.sheet, **(shown if picture else {})}


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
