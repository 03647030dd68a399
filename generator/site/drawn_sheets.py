"""The pictures of an issue's sheets, as the site knows them; sheet_pictures.py draws them.

An issue without sheets needs no more than this module: no library for pictures is loaded.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.model import Issue
from generator.model.sheets import Sheet
from generator.runtime.places import Places
from generator.site import manifest, records


@dataclass(frozen=True, slots=True)
class Picture:
    """What the site knows of the pictures of a sheet."""

    key: str  # of all that they are made of
    width: int  # of the larger one, in pixels
    height: int
    digests: tuple[str, str]  # of the larger one, of the smaller one


@dataclass(frozen=True, slots=True)
class Drawn:
    """The sheets of an issue that have pictures, or are withheld; the pictures wait in a folder."""

    sheets: tuple[Sheet, ...]
    sizes: Mapping[str, tuple[int, int]]  # name of a sheet → pixels of its larger picture
    files: tuple[str, ...]
    folder: Path

    def put(self, target: Path) -> None:
        """Move the pictures into the folder of the issue in the site."""
        for name in self.files:
            place = target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(self.folder / name, place)
        shutil.rmtree(self.folder, ignore_errors=True)


def draw_any_sheets(issue: Issue, places: Places, aside: Path) -> Drawn:
    """Draw the sheets of an issue into the folder ``aside``; most issues have none."""
    if issue.sheets:
        # this import loads the libraries that read and write pictures
        from generator.site.sheet_pictures import draw_sheets

        return draw_sheets(issue, places, aside)
    records.write(places.staged / manifest.sheets_manifest(issue.name), {})
    return Drawn((), {}, (), aside)


def drawn_before(issue: Issue, places: Places) -> tuple[Sheet, ...]:
    """Give the sheets of an issue that have pictures in the existing site, or are withheld."""
    own = manifest.sheets_manifest(issue.name)
    drawn = records.read(places.site / own, dict[str, Picture]) or {} if issue.sheets else {}
    return tuple(sheet for sheet in issue.sheets if sheet.is_withheld or sheet.name in drawn)
