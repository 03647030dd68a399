"""Numbers printed with titles: after an entry, at a title's beginning, on a line above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.language.document_numbers import (
    AHEAD,
    APART,
    BEHIND_TITLE,
    SERIES_AHEAD,
    DocumentNumber,
)
from generator.language.head_parts import HeadLine, read_head_line
from generator.language.organs import ORGAN, STATE
from generator.model import ParagraphKind
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.lines import Line, fold_title

LONGEST_BESIDE = 100  # characters of a line that has no addressees
# parts that a line of its own may have too where no head is: a date, who may read the paper
ELSEWHERE = frozenset({"date", "disclosure", "class", "catalogue"})
MOST_ABOVE, MOST_BELOW = 14, 9  # lines of a head above its title and below
OTHERS_BELOW = 3  # lines below a title that are no such parts, at most
LETTERHEAD, NUMBER = frozenset({"letterhead"}), frozenset({"number"})
NO_PARTS: frozenset[str] = frozenset()
NO_ORGAN = lazy_regex(r"关于|的|《")
SHORTEST = 5  # characters that identify a title without its number, at least


def part_number(title: str) -> tuple[str, str]:
    """Split an entry's title from the number printed with it; the number is empty if there is none.

    ``某市…的通知（某政发〔2014〕12号）`` → ``某市…的通知``, ``某政发〔2014〕12号``
    """
    for found in (BEHIND_TITLE.search(title), APART.search(title), AHEAD.match(title)):
        if found and DocumentNumber.parse(found["number"]):
            bare = (title[: found.start()] or title[found.end() :]).strip()
            return bare if len(bare) >= SHORTEST else title, found["number"]
    return title, ""


def names_of(title: str) -> tuple[str, ...]:
    """Give the folded forms that a title of the contents may have in the text, likeliest first.

    These are the title without its number, the title as printed and, for an announcement, its
    number alone.
    """
    bare, _ = part_number(title)
    names = [fold_title(bare), fold_title(title)]
    if (series := read_series(title)) and series["matter"].strip():
        number = fold_title(series["number"])
        names += [number, STATE + number.removeprefix(STATE)]
    return tuple(dict.fromkeys(names))


def read_series(title: str) -> re.Match[str] | None:
    """Match organs and number at the beginning of a title: 海关总署公告2024年第150号（关于…）."""
    found = SERIES_AHEAD.match(title)
    return None if found is None or NO_ORGAN.search(found["organs"]) else found


def read_line(line: Line) -> HeadLine | None:
    """Read a line of a head: a number, or what else stands there; None for any other line."""
    if not line.is_text or len(line.text) > LONGEST_BESIDE:
        return None
    return read_head_line(line.text)


def is_number_line(line: Line) -> bool:
    """Whether a line is a document number, perhaps with a date or a name, without addressees."""
    if "号" not in line.text and "號" not in line.text:
        return False
    read = read_line(line)
    return read is not None and read.number is not None and not read.addressees


def stands_beside(line: Line) -> bool:
    """Whether a line is a part of a head beside the number: 特急, 000001, 登记号：…, 签发人：….

    So is a number that cannot be read. A date alone is none, nor is （此件公开发布）: the document
    before may end with these.
    """
    read = read_line(line)
    return (
        read is not None
        and read.number is None
        and (read.is_misread or bool(read.parts - ELSEWHERE))
    )


def head_kind(line: Line) -> ParagraphKind | None:
    """Give the kind of a line of a head that has no addressees: number, note or label."""
    if line.image:
        return "picture"
    read = read_line(line)
    if read is None:
        return "label" if line.is_text and is_letterhead(line.compact) else None
    if read.number or read.is_misread:
        return "number"
    return "note" if read.parts - ELSEWHERE else None


def head_above(lines: Sequence[Line], start: int, end: int, floor: int) -> tuple[int, bool]:
    """Find where the head of the title ``lines[start:end]`` begins, and whether a letterhead does.

    A head may begin above its title: 000001 / 特急 / 某市人民政府文件 / 某府发〔2016〕20号 / title.
    It has each part once: a number above a title that has its own below closes the document
    before, and so does the number of a register. Pictures between the parts belong to the head.
    ``floor`` is the first line that may be taken.
    """
    seen = {part for line in _below(lines, end) for part in _parts(line)}
    letterhead = False
    first = n = start
    while n > max(floor, start - MOST_ABOVE):
        line = lines[n - 1]
        if not line.image:
            parts = _parts(line)
            if not parts - ELSEWHERE or not parts.isdisjoint(seen):
                break
            if letterhead and "number" in parts:
                break
            letterhead = letterhead or "letterhead" in parts
            seen |= parts
            first = n - 1
        n -= 1
    return first, letterhead


def _below(lines: Sequence[Line], end: int) -> Iterator[Line]:
    """Give the lines below a title among which the parts of its head may be."""
    others = 0  # addressees, a history note, text
    for line in lines[end : end + MOST_BELOW]:
        others += not (line.image or _parts(line))
        if others >= OTHERS_BELOW:
            break
        yield line


def _parts(line: Line) -> frozenset[str]:
    read = read_line(line)
    if read is None:
        return LETTERHEAD if line.is_text and is_letterhead(line.compact) else NO_PARTS
    return read.parts | NUMBER if read.number or read.is_misread else frozenset(read.parts)


def is_letterhead(text: str) -> bool:
    """Whether a text without blanks is a letterhead: an organ and 文件, 某市人民政府文件."""
    return text.endswith("文件") and len(text) <= 40 and bool(ORGAN.fullmatch(text[:-2]))
