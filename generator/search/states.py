"""What lists of hits say of documents, and what pages say of the archive.

states.js has the documents with a state, printings.js those that several issues print, of which
hits show one row, held.js the last day. All are written anew by every build: they depend on all
issues.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from generator.model import NO_MARK, StateMark, States, Summary, mark_of
from generator.runtime.data import Json
from generator.search.part_files import write_part

FOLDER = "search"
STATES, PRINTINGS, HELD = "states", "printings", "held.js"
BUNDLED: dict[str, Json] = {"day": ""}  # of a bundle: what is held changes, and a bundle does not


# a printing of a work: issue, place in the issue from 0, name of the issue, address of the document
Listed: TypeAlias = "tuple[str, int, str, str]"


def write_states(
    site: Path,
    summaries: Sequence[Summary],
    states: States,
    works: Sequence[Sequence[Listed]],
    held: dict[str, Json],
) -> None:
    """Write the marks of documents, the printings of each work, and what the archive holds.

    ``works`` has the printings of each work that is printed several times.
    """
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    write_part(folder, STATES, states_data(summaries, states))
    write_part(folder, PRINTINGS, works)
    write_held(site, held)


def write_held(site: Path, held: dict[str, Json]) -> None:
    """Write the script that tells the pages what the archive holds: docs/data.md has the fields.

    No page prints these, so that a new issue does not renew all pages.
    """
    data = json.dumps(held, ensure_ascii=True, separators=(",", ":"))
    (site / HELD).write_text(f"gazetteHeld({data});\n", "ascii")


def held_data(summaries: Sequence[Summary], newest: str) -> dict[str, Json]:
    """Give the date of the newest document, counts, the first and the last year, the last addition.

    The last addition is the day that ``gazette freeze`` recorded.
    """
    years = sorted({summary.year for summary in summaries if summary.year})
    documents = [document for summary in summaries for document in summary.documents]
    return {
        "day": newest,
        "gazettes": len({summary.name.partition("/")[0] for summary in summaries}),
        "issues": len(summaries),
        "documents": len(documents),
        "years": [years[0], years[-1]] if years else [],
        "added": max((document.since for document in documents), default=""),
    }


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
