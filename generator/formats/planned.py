"""A file that is planned before it is written: its key tells whether it stands already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of the home site, and what it is made of."""

    path: str  # relative to the site's root
    key: str
    write: Callable[[], str]  # gives its text
