"""题注: read number, issuer and date from the note under a title.

（1993年5月7日国务院第3次常务会议通过　1993年6月29日国务院令第116号发布　1993年11月1日施行）
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.language.dates import DATE, parse_date
from generator.language.document_numbers import (
    CODED_IN_NOTE,
    DECREE_IN_NOTE,
    DECREE_SPLIT,
    DocumentNumber,
)
from generator.language.numerals import half_width
from generator.language.organs import STATE
from generator.runtime.patterns import lazy_regex

# the verbs of a clause, from publication to mere approval and entry into force
PUBLISHED = lazy_regex(r"发布|公布|颁布|印发|颁发")
CHANGED = lazy_regex(r"修订|修正|修改")
ADOPTED = lazy_regex(r"通过")
ALLOWED = lazy_regex(r"批准|同意|批复")
IN_FORCE = lazy_regex(r"(?:起)?(?:施行|执行|实施|生效)$")
# 某某市第十一届人民代表大会常务委员会第八次会议 → 某某市人民代表大会常务委员会
COUNT = r"第[〇一二三四五六七八九十百\d]+"
MEETING = lazy_regex(rf"{COUNT}届|{COUNT}次.*$|(?:常务|全体|主任|党组)会议.*$")
SEPARATORS = lazy_regex(r"[、，,\s\u3000]+")
# a name with one of these is a phrase, not an organ: 根据…的决定
NO_ORGAN = lazy_regex(r"根据|的|《|关于|第")


@dataclass(frozen=True, slots=True)
class History:
    """The facts that a note gives; a missing one is None or empty."""

    number: DocumentNumber | None = None
    issuer: str = ""
    date: str = ""


def read_history(text: str) -> History:
    """Read the note under a title; ``text`` includes its brackets."""
    if not text:
        return History()
    clauses = list(_clauses(text.strip().strip("（）()")))
    published = [c for c in clauses if PUBLISHED.search(c)]
    issued = published or [c for c in clauses if ADOPTED.search(c)]
    return History(
        number=next((n for c in published or clauses if (n := _number(c))), None),
        issuer=next((o for c in issued if (o := _organs(c))), "") or _signed(clauses),
        date=_date(clauses),
    )


def _clauses(text: str) -> Iterator[str]:
    """Split a note before each date: a clause is a date and the event on it."""
    starts = [m.start() for m in DATE.finditer(half_width(text))] or [0]
    if starts[0]:
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if clause := text[start:end].strip(" \u3000，,；;、。"):
            yield clause


def _number(clause: str) -> DocumentNumber | None:
    if CHANGED.search(clause) and not PUBLISHED.search(clause):
        return None
    if found := CODED_IN_NOTE.search(clause):
        return DocumentNumber(found["code"], int(found["year"]), int(found["serial"]))
    if found := DECREE_IN_NOTE.search(_after_date(clause)):
        organ = _first_organ(found["organs"])
        year = int(found["year"]) if found["year"] else None
        if organ:
            return DocumentNumber(f"{organ}令", year, int(found["serial"]))
    return None


def _first_organ(text: str) -> str:
    return next((name for name in _names(text) if name and not NO_ORGAN.search(name)), "")


def _names(text: str) -> list[str]:
    return [_bare(name) for name in SEPARATORS.split(text) if name]


def _bare(name: str) -> str:
    return name.strip().removeprefix(STATE)


def _after_date(clause: str) -> str:
    found = DATE.match(half_width(clause))
    return clause[found.end() :] if found else clause


def _organs(clause: str) -> str:
    """Name the organs of a clause before its verb, joined with 、."""
    rest = _after_date(clause)
    verb = PUBLISHED.search(rest) or ADOPTED.search(rest)
    if not verb:
        return ""
    head = rest[: verb.start()]
    head = DECREE_SPLIT.split(head)[0]
    head = MEETING.sub("", head).removesuffix("令").removesuffix("公告")
    names = _names(head)
    if not names or any(NO_ORGAN.search(name) or not 2 <= len(name) <= 30 for name in names):
        return ""
    return "、".join(names)


def _signed(clauses: list[str]) -> str:
    """Read an organ and a date without verb: （民政部一九九七年一月二十八日）."""
    if len(clauses) == 2 and not DATE.search(clauses[0]) and DATE.fullmatch(clauses[1]):
        name = _bare(clauses[0])
        return name if 2 <= len(name) <= 30 and not NO_ORGAN.search(name) else ""
    return ""


def _date(clauses: list[str]) -> str:
    """Give the date of the text as printed: when it was published or last changed.

    Otherwise give the date when it was adopted or approved, then any date.
    """
    rest = [c for c in clauses if not IN_FORCE.search(c)]
    public = [n for n, c in enumerate(rest) if PUBLISHED.search(c)]
    changed = [n for n, c in enumerate(rest) if CHANGED.search(c)]
    if public and (not changed or changed[-1] <= public[-1]):
        return parse_date(rest[public[-1]])
    for kind in (CHANGED, ADOPTED, ALLOWED):
        found = [c for c in rest if kind.search(c)]
        if found:
            return parse_date(found[-1])
    dates = (parse_date(c) for c in rest or clauses)
    return next((date for date in dates if date), "")
