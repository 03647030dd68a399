"""Issues in files, where they wait between the first and the second pass of a build.

A build reads only the files that it wrote itself a moment ago, and no others.
"""

from __future__ import annotations

import dataclasses
import io
import pickle
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from typing import Any

from generator import model
from generator.language import document_numbers
from generator.model import Issue

Reducer = Callable[[Any], tuple[type, tuple[object, ...]]]


def _reducer(kind: type) -> Reducer:
    """Make a function that gives the class and the fields of a value.

    The way of dataclasses themselves takes twice the time.
    """
    names = [field.name for field in dataclasses.fields(kind)]
    get = attrgetter(*names)
    if len(names) == 1:
        return lambda value: (kind, (get(value),))
    return lambda value: (kind, get(value))


class _Writer(pickle.Pickler):
    dispatch_table = {  # noqa: RUF012 - the name that pickle expects
        kind: _reducer(kind)
        for module in (model, document_numbers)
        for kind in vars(module).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind)
    }


def put_aside(issue: Issue, path: Path) -> None:
    """Write an issue to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = io.BytesIO()
    _Writer(data).dump(issue)
    path.write_bytes(data.getbuffer())


def take_up(path: Path) -> Issue:
    """Read an issue that the same build put aside."""
    issue: Issue = pickle.loads(path.read_bytes())
    return issue
