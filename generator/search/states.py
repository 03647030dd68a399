"""search/states.js: the documents of which lists of hits say a state; held.js: the last day.

Both are written anew by every build: they depend on all issues.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.model import NO_MARK, StateMark, States, Summary, mark_of
from generator.search.part_files import write_part

FOLDER = "search"
STATES, HELD = "states", "held"


def write_states(site: Path, summaries: Iterable[Summary], states: States, newest: str) -> None:
    """Write the marks of documents, and the date of the newest document that the archive holds."""
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    write_part(folder, STATES, states_data(summaries, states))
    write_part(site, HELD, {"day": newest})


def states_data(summaries: Iterable[Summary], states: States) -> dict[str, dict[str, list[str]]]:
    """Give the marks by issue and by the document's place in it, from 0; most have none.

    A mark is [kind, day, begins, ends] without the empty values at its end.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for summary in summaries:
        marks = {
            str(place): _values(mark)
            for place, d in enumerate(summary.documents)
            if (mark := mark_of(states.get((summary.name, d.id)))) != NO_MARK
        }
        if marks:
            found[summary.name] = marks
    return found


def _values(mark: StateMark) -> list[str]:
    values = [mark.kind, mark.day, mark.begins, mark.ends]
    while not values[-1]:
        values.pop()
    return values
