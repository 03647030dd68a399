"""What the program itself changed between the text as received and the page, for the desk."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.model import Issue
from generator.model.edits import find_edits
from generator.render.collation import NAMES, Row, collate
from generator.runtime.data import Json

LONGEST_LINE = 600  # characters of a line that are compared one with another


def changes_data(issue: Issue) -> Json:
    """Give each line that the page has otherwise: by line, how it was read, what was changed."""
    found: dict[str, Json] = {}
    for rows in collate(issue).values():
        for row in rows:
            if row.received != row.edited:
                found[str(row.number)] = _line(row)
    return found


def _line(row: Row) -> Json:
    rules = dict.fromkeys(NAMES.get(entry.rule, entry.rule) for entry in row.changes)
    return {
        "read_as": row.read_as,
        "rules": list(rules),
        "received": row.received,
        "edits": list(_edits(row.received, row.edited)),
    }


def _edits(received: str, edited: str) -> Iterator[Json]:
    """Give the edits: offset and end in the published text, and what was received there."""
    if len(received) > LONGEST_LINE:
        shift = 0
        for edit in find_edits(received, edited):
            start = edit.start + shift
            yield [start, start + len(edit.text), received[edit.start : edit.end]]
            shift += len(edit.text) - (edit.end - edit.start)
        return
    for tag, a, b, c, d in SequenceMatcher(None, received, edited, autojunk=False).get_opcodes():
        if tag != "equal":
            yield [c, d, received[a:b]]
