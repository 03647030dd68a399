"""Put printed lines together that are one line of the text, whatever their margins.

These are entries of the contents that wrap, with their page behind or between their lines, and
titles that are set upright, a character on each line.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.content.intake.sheets.printed_lines import Line
from generator.content.intake.text import BEGINS_HAN, LEADERS, join_pieces
from generator.runtime.patterns import lazy_regex

# …………（12） · ..... 2 · a wide gap and 15: what ends an entry of the contents
PAGE_ENDS = lazy_regex(r"(?P<leader>[\s.．…·‥]*)(?P<page>[（(\[]?\d{1,4}[）)\]]?)$")
LEADER = lazy_regex(r"[.．…·‥][ .．…·‥]+")
CONTENTS_WORDS = ("目录", "目次", "要目")
CATEGORY_BEGINS = ("【", "[", "［", "●", "◆", "■", "★")
FEWEST_ENTRIES, MOST_BETWEEN = 2, 6  # of a contents; lines between two of its entries
MOST_LINES = 4  # of an entry
PAGE_ROOM = 5.0  # characters before the pages that a wrapped line leaves free
SAME_HEIGHT = 3.0  # points
CLOSE = 2.2  # sizes of the type between the baselines of an entry's lines
FEWEST_UPRIGHT, UPRIGHT_PITCH = 3, 4  # characters of an upright title; sizes between two


@dataclass(frozen=True, slots=True)
class Unit:
    """Printed lines that are read as one; ``whole`` if nothing else is joined to them."""

    lines: tuple[Line, ...]
    text: str
    whole: bool = False


def units_of(lines: Sequence[Line], *, contents: bool) -> list[Unit]:
    """Give the lines of a flow as units; ``contents`` says that its word is printed above."""
    units: list[Unit] = []
    n = 0
    wrapped = _wrapped_entries(lines, contents=contents)
    while n < len(lines):
        if n in wrapped:
            unit = wrapped[n]
        else:
            upright = _upright(lines, n)
            unit = Unit(upright, "".join(line.text for line in upright), len(upright) > 1)
        units.append(unit)
        n += len(unit.lines)
    return units


def is_contents_word(line: Line) -> bool:
    """Whether a line is the heading of the contents."""
    return "".join(line.text.split()).strip("【】[]") in CONTENTS_WORDS


def _upright(lines: Sequence[Line], n: int) -> tuple[Line, ...]:
    """Give the lines of an upright title from ``n`` on, or line ``n`` alone."""
    found = [lines[n]]
    if len(found[0].text) == 1 and BEGINS_HAN.match(found[0].text):
        for line in lines[n + 1 :]:
            above = found[-1]
            same = abs(line.left - above.left) < line.size / 3
            near = above.base - line.base < line.size * UPRIGHT_PITCH
            if not (len(line.text) == 1 and BEGINS_HAN.match(line.text) and same and near):
                break
            if abs(line.size - above.size) > line.size / 10:
                break
            found.append(line)
    return tuple(found) if len(found) >= FEWEST_UPRIGHT else (lines[n],)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line that ends with a page; ``left`` is where the page begins."""

    n: int
    title: str
    page: str
    left: float
    leader: bool


def _wrapped_entries(lines: Sequence[Line], *, contents: bool) -> dict[int, Unit]:
    """Find entries of several lines, each at the index of its first line."""
    found: dict[int, Unit] = {}
    for entries in _lists(lines):
        led = sum(entry.leader for entry in entries)
        word = contents or any(is_contents_word(line) for line in lines[: entries[0].n])
        if not word and led * 2 < len(entries):
            continue
        room = min(entry.left for entry in entries)
        start = 0 if not found else max(n + len(unit.lines) for n, unit in found.items())
        for entry in entries:
            first = entry.n
            while first > start and entry.n - first < MOST_LINES - 1:
                if not _wraps(lines[first - 1], lines[first], room, alone=not entry.title):
                    break
                first -= 1
            last = entry.n + 1
            if not entry.title and first < entry.n and last < len(lines):
                # the page may stand between the two lines of its title
                heights = lines[first].base, lines[entry.n].base, lines[last].base
                last += abs(2 * heights[1] - heights[0] - heights[2]) < SAME_HEIGHT
            parts = [line.text for line in lines[first : entry.n]]
            parts += [entry.title, *(line.text for line in lines[entry.n + 1 : last])]
            if last - first > 1:
                title = ""
                for part in parts:
                    title = join_pieces(title, part)
                found[first] = Unit(tuple(lines[first:last]), f"{title}\t{entry.page}", whole=True)
            start = last
    return found


def _lists(lines: Sequence[Line]) -> Iterator[list[_Entry]]:
    """Give the entries of each list of titles with pages."""
    run: list[_Entry] = []
    for n, line in enumerate(lines):
        if (entry := _entry(n, line)) is None:
            continue
        if run and n - run[-1].n > MOST_BETWEEN:
            if len(run) >= FEWEST_ENTRIES:
                yield run
            run = []
        run.append(entry)
    if len(run) >= FEWEST_ENTRIES:
        yield run


def _entry(n: int, line: Line) -> _Entry | None:
    if line.rows or not (found := PAGE_ENDS.search(line.text)):
        return None
    title = line.text[: found.start()].rstrip(LEADERS + "\t‥")
    chars = [char for char in line.chars if char.text.strip()]
    page = chars[-len(found["page"]) :]
    before = chars[: -len(found["page"])]
    if not before:
        return _Entry(n, "", found["page"], page[0].left, leader=False)
    leader = bool(LEADER.search(found["leader"]))
    if not leader and page[0].left - before[-1].right < line.size * 1.2:
        return None
    return _Entry(n, title, found["page"], page[0].left, leader)


def _wraps(line: Line, after: Line, room: float, *, alone: bool) -> bool:
    """Whether a line of the contents goes on in the next: no page would fit behind it."""
    if line.rows or is_contents_word(line) or line.text.startswith(CATEGORY_BEGINS):
        return False
    if PAGE_ENDS.search(line.text) and _entry(0, line):
        return False
    if abs(line.size - after.size) > line.size / 10 or line.base - after.base > line.size * CLOSE:
        return False
    is_open = any(line.text.count(a) > line.text.count(b) for a, b in ("《》", "（）", "“”"))
    return (
        is_open
        or line.right > room - line.size * PAGE_ROOM
        or (alone and line.base - after.base < line.size * 1.2)
    )


def usual_pitch(flows: Sequence[Sequence[Line]]) -> float:
    """Give the usual distance of the lines of paragraphs, in sizes of their type."""
    distances = [
        (above.base - below.base) / below.size
        for lines in flows
        for above, below in pairwise(lines)
        if not above.rows and not below.rows and abs(above.size - below.size) < 0.2
    ]
    near = [each for each in distances if 0.9 < each < 3]
    return statistics.median_low(near) if near else 1.75
