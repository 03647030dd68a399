"""Issues that wait, between the first pass of a build and the second, in files of its own.

What is written here is read back by the same build a moment later; nothing else is ever read.
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
    """Give a value's class and fields: what dataclasses do themselves takes twice the time."""
    names = [field.name for field in dataclasses.fields(kind)]
    get = attrgetter(*names)
    if len(names) == 1:
        return lambda value: (kind, (get(value),))
    return lambda value: (kind, get(value))


class _Writer(pickle.Pickler):
    dispatch_table = {  # noqa: RUF012 - pickle's own name for it
        kind: _reducer(kind)
        for module in (model, document_numbers)
        for kind in vars(module).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind)
    }


def put_aside(issue: Issue, path: Path) -> None:
    """Write an issue into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = io.BytesIO()
    _Writer(data).dump(issue)
    path.write_bytes(data.getbuffer())


def take_up(path: Path) -> Issue:
    """Read an issue that this very build put aside."""
    issue: Issue = pickle.loads(path.read_bytes())
    return issue
