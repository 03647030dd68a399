"""search/states.js, search/printings.js and held.js: what lists of hits say of documents.

states.js has the documents with a state, printings.js those that several issues print, of which
hits show one row, held.js the last day. All are written anew by every build: they depend on all
issues.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from generator.model import NO_MARK, StateMark, States, Summary, mark_of
from generator.search.part_files import write_part

FOLDER = "search"
STATES, HELD, PRINTINGS = "states", "held", "printings"


# a printing of a work: issue, place in the issue from 0, name of the issue, address of the document
Listed: TypeAlias = "tuple[str, int, str, str]"


def write_states(
    site: Path,
    summaries: Iterable[Summary],
    states: States,
    works: Sequence[Sequence[Listed]],
    newest: str,
) -> None:
    """Write the marks of documents, and the date of the newest document that the archive holds.

    ``works`` has the printings of each work that is printed several times.
    """
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    write_part(folder, STATES, states_data(summaries, states))
    write_part(folder, PRINTINGS, works)
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
