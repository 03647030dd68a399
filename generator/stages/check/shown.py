"""Findings as editors are shown them.

The likeliest are first; those laid to rest by a term, and those that repeat another, are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile

from generator.model import Diagnostic, Severity
from generator.model.codes import SEVERITIES

RANKS: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}
UNKNOWN = 0.5  # confidence of a finding that has none
REACH = 40  # characters on either side of a place in which a term may begin or end


def likeliest_first(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Order findings: those that stop publication, then by severity and confidence, then lines."""

    def order(one: Diagnostic) -> tuple[int, float, int, str, str]:
        sure = UNKNOWN if one.confidence is None else one.confidence
        return RANKS[one.severity], -sure, one.lines.first, one.code, one.message

    return sorted(found, key=order)


def for_editors(found: Iterable[Diagnostic], text: str, terms: Collection[str]) -> list[Diagnostic]:
    """Give findings as editors are shown them: of the source's text, with its gazette's terms."""
    lines = text.split("\n")
    return without_repeats(without_terms(found, lines, terms), lines)


def without_repeats(found: Iterable[Diagnostic], lines: Sequence[str]) -> list[Diagnostic]:
    """Leave out findings that correct a line as a likelier one does; ``lines`` are the source's.

    Several checks may see the same misreading. A finding without a reading, and one that stops
    publication, stays.
    """
    seen: set[tuple[int, str]] = set()
    kept: list[Diagnostic] = []
    for one in likeliest_first(found):
        first = one.lines.first
        if one.before and one.severity != "error" and first <= len(lines):
            corrected = first, lines[first - 1].replace(one.before, one.after, 1)
            if corrected in seen:
                continue
            seen.add(corrected)
        kept.append(one)
    return kept


def count_line(found: Sequence[Diagnostic]) -> str:
    """Say how many findings there are of each severity and of each kind, the most first."""
    severities = Counter(one.severity for one in found)
    codes = Counter(one.code for one in sorted(found, key=lambda one: one.code))
    by_severity = "，".join(f"{name} {severities[key]}" for key, name in SEVERITIES.items())
    by_code = "，".join(f"{code} {count}" for code, count in codes.most_common())
    return f"共 {len(found)} 处：{by_severity}（{by_code}）"


def without_terms(
    found: Iterable[Diagnostic], lines: Sequence[str], terms: Collection[str]
) -> list[Diagnostic]:
    """Leave out the findings that a term lays to rest; those that stop publication stay.

    It lays to rest each finding whose reading would change a character of the term. ``lines`` are
    those of the source.
    """
    if not terms:
        return [*found]
    longest = min(max(map(len, terms)), REACH)
    return [
        one
        for one in found
        if one.severity == "error" or not _is_termed(one, lines, terms, longest)
    ]


def _is_termed(one: Diagnostic, lines: Sequence[str], terms: Collection[str], longest: int) -> bool:
    line = lines[one.lines.first - 1] if one.lines.first <= len(lines) else ""
    at = line.find(one.before) if one.before else -1
    if at < 0:
        return False
    start, end = _changed(one.before, one.after)
    left = _beside(lines, one.lines.first - 1, -1) + line[: at + start]
    right = line[at + end :] + _beside(lines, one.lines.first - 1, 1)
    left = "".join(left[-2 * REACH :].split())[-REACH:]
    right = "".join(right[: 2 * REACH].split())[:REACH]
    changed = "".join(one.before[start:end].split())
    around, first, last = left + changed + right, len(left), len(left) + len(changed)
    return any(
        around[begin:stop] in terms
        for begin in range(max(last - longest, 0), first + 1)
        for stop in range(max(last, begin + 1), min(begin + longest, len(around)) + 1)
        if changed or begin < first < stop  # a character is lost inside the term
    )


def _changed(before: str, after: str) -> tuple[int, int]:
    """Give the part of ``before`` that ``after`` has otherwise."""
    start = _in_common(before, after)
    rest = min(len(before), len(after)) - start
    tail = _in_common(before[::-1][:rest], after[::-1][:rest])
    return start, len(before) - tail


def _in_common(one: str, other: str) -> int:
    """Count the characters with which both texts begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _beside(lines: Sequence[str], nth: int, step: int) -> str:
    """Give the end of the text above a line (step -1), or the beginning of that below it (1)."""
    nth += step
    while 0 <= nth < len(lines) and not lines[nth].strip():
        nth += step
    if not 0 <= nth < len(lines):
        return ""
    return lines[nth].strip()[-REACH:] if step < 0 else lines[nth].strip()[:REACH]
