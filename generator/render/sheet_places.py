"""Where the paragraphs of a document are on its sheets: for the page that shows both (对照原页)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from generator.model import Document, Issue, OnPage, Table, lines_of
from generator.model.sheets import Frame, Sheet, SheetKey, hull
from generator.runtime.data import Json

PLACES = ".sheets.js"  # the end of the name of a document's file of places
SHARE = 10_000  # places are counted in such shares of a sheet


def sheets_of(document: Document, issue: Issue) -> list[Sheet]:
    """List the sheets that a document is on, in their order, with those between them."""
    if not issue.sheets:
        return []
    keys: set[SheetKey] = set()
    for block in document.all_blocks():
        for line in lines_of(block):
            places = issue.paper.places_of((line,))
            keys |= {key for p in places if (key := issue.sheet_of(line, p.page))}
    ends: dict[int, tuple[int, int]] = {}
    for part, sheet in keys:
        first, last = ends.get(part, (sheet, sheet))
        ends[part] = min(first, sheet), max(last, sheet)
    return [
        sheet
        for sheet in issue.sheets
        if (own := ends.get(sheet.key[0])) and own[0] <= sheet.key[1] <= own[1]
    ]


def picture_of(issue: Issue, line: int, place: OnPage) -> str:
    """Give the address of the picture of the sheet that a line is on; empty if there is none."""
    key = issue.sheet_of(line, place.page) if issue.sheets else None
    sheets = (s.large for s in issue.sheets if s.key == key and not s.is_withheld)
    return next(sheets, "")


def sheet_script(document: Document, issue: Issue, sizes: Mapping[str, tuple[int, int]]) -> str:
    """Write the sheets of a document and the places of its paragraphs as a script.

    A page loads it when a reader asks for the sheets. It is a script and no JSON, because from disk
    a page can load only that. It holds no text: neither what is covered nor anything else. It is
    empty for a document without sheets.
    """
    sheets = sheets_of(document, issue)
    if not any(sheet.name in sizes for sheet in sheets):
        return ""
    number = {sheet.key: n for n, sheet in enumerate(sheets)}
    data: dict[str, Json] = {
        "sheets": [_sheet(sheet, sizes) for sheet in sheets],
        "places": {
            anchor: [[number[frame.key], *_shares(frame)] for frame in frames]
            for anchor, frames in _places(document, issue, number)
        },
    }
    written = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return f"gazetteSheets({written});\n"


def _sheet(sheet: Sheet, sizes: Mapping[str, tuple[int, int]]) -> Json:
    size = sizes.get(sheet.name)
    if sheet.is_withheld or not size:
        return {"label": sheet.label, "withheld": True}
    return {
        "label": sheet.label,
        "large": sheet.large,
        "small": sheet.small,
        "size": list(size),
        **({"masked": True} if sheet.masks else {}),
    }


def _shares(frame: Frame) -> list[Json]:
    return [round(share * SHARE) for share in frame.box]


def _places(
    document: Document, issue: Issue, number: Mapping[SheetKey, int]
) -> Iterator[tuple[str, list[Frame]]]:
    """Give the areas of each paragraph and of each row, by anchor."""
    shown = {sheet.key for sheet in issue.sheets if not sheet.is_withheld and sheet.key in number}
    for block in document.all_blocks():
        frames = issue.frames_of(lines_of(block))
        if isinstance(block, Table):
            yield from _anchored(block.anchor, _by_sheet(frames), shown)
            for row, line in enumerate(block.row_lines):
                if row >= block.header_rows:
                    own = _by_sheet(issue.frames_of([line]))
                    yield from _anchored(block.row_anchor(row), own, shown)
        else:
            yield from _anchored(block.anchor, frames, shown)


def _anchored(
    anchor: str, frames: list[Frame], shown: set[SheetKey]
) -> Iterator[tuple[str, list[Frame]]]:
    own = [frame for frame in frames if frame.key in shown]
    if own:
        yield anchor, own


def _by_sheet(frames: list[Frame]) -> list[Frame]:
    """Join the areas of a table: one for each sheet."""
    joined: dict[SheetKey, Frame] = {}
    for frame in frames:
        above = joined.get(frame.key)
        joined[frame.key] = Frame(frame.key, hull(above.box, frame.box)) if above else frame
    return list(joined.values())
