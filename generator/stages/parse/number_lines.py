"""Numbers printed with titles: after an entry, at a title's beginning, on a line above it."""

from __future__ import annotations

import re

from generator.language.document_numbers import (
    AHEAD,
    APART,
    BEHIND_TITLE,
    REGISTRATION,
    SERIES_AHEAD,
    DocumentNumber,
    read_number_line,
)
from generator.language.organs import ORGAN, STATE
from generator.stages.parse.lines import Line, fold_title

LONGEST_REGISTRATION = 50
NO_ORGAN = re.compile(r"关于|的|《")
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


def is_number_line(line: Line) -> bool:
    """Whether a line is a document number, perhaps with a date or a name, without addressees."""
    if not line.is_text or len(line.text) > 60 or "号" not in line.text:
        return False
    number, addressees = read_number_line(line.text)
    return number is not None and not addressees


def is_registration(line: Line) -> bool:
    """Whether a line is the number of a document in a register of rules (统一登记号)."""
    if not line.is_text or len(line.text) > LONGEST_REGISTRATION:
        return False
    return REGISTRATION.fullmatch(line.compact.strip("（）()")) is not None


def is_letterhead(text: str) -> bool:
    """Whether a text without blanks is a letterhead: an organ and 文件, 某市人民政府文件."""
    return text.endswith("文件") and len(text) <= 40 and bool(ORGAN.fullmatch(text[:-2]))
