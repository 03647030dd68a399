"""Account in the ledger for all between the received text and the lines that are classed."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import LedgerEntry, Source
from generator.stages.parse.decisions import DecidedLines
from generator.stages.parse.furniture import account_for
from generator.stages.parse.lines import Line


def changes(
    source: Source, decided: DecidedLines, furniture: Sequence[Line]
) -> tuple[LedgerEntry, ...]:
    """List the corrections, decided furniture, tags, pictures, and running heads."""
    lines = decided.lines
    return (
        *(*_corrections(source), *decided.ledger, *_lifted(lines), *_pictures(lines)),
        *account_for(furniture),
    )


def _corrections(source: Source) -> tuple[LedgerEntry, ...]:
    return tuple(
        LedgerEntry("correction", c.line, c.printed, c.corrected) for c in source.corrections
    )


def _lifted(lines: tuple[Line, ...]) -> tuple[LedgerEntry, ...]:
    """Account for the tags that became marks."""
    return tuple(
        LedgerEntry("lift_marks", line.number, tag, "")
        for line in lines
        for mark in line.marks
        for tag in (f"<{mark.kind}>", f"</{mark.kind}>")
    )


def _pictures(lines: tuple[Line, ...]) -> tuple[LedgerEntry, ...]:
    """Account for the file names of pictures, of which the page shows the caption."""
    return tuple(LedgerEntry("show_picture", n.number, n.place, "") for n in lines if n.image)
