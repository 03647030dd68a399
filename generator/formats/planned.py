"""A file that is planned before it is written: its key shows whether the existing site has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of the home site: its path, its cache key, and the function that writes it."""

    path: str  # relative to the site's root
    key: str
    write: Callable[[], str]  # returns the text of the file
