"""Issues in files, as the stages leave them: for the second pass of a build, and for later builds.

A file is read only if it has the wanted key, that of the issue's input and of the code of the
stages, and is whole. It holds texts, numbers, lists, and places in the list of the model's classes:
reading one runs no code that the file names, whoever wrote it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from generator.model import Issue
from generator.runtime.digests import LENGTH, digest

FORMAT = "gazette-waiting/1"
FAST = 1  # of zlib: a third of the size, in a third of the time of its default
SCALARS = frozenset((str, int, float, bool, type(None)))
MAPPING = -1  # in the place of a class
# what a file that no build wrote may raise, though its head be right
UNREADABLE = (
    zlib.error,
    msgspec.MsgspecError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


def _forms(kind: object, found: dict[type, None]) -> dict[type, None]:
    """Find the dataclasses and named tuples of which the values of a type are made."""
    if isinstance(kind, type) and (is_dataclass(kind) or hasattr(kind, "_fields")):
        if kind in found:
            return found
        found[kind] = None
        for inner in get_type_hints(kind).values():
            _forms(inner, found)
    for inner in get_args(kind):
        _forms(inner, found)
    return found


def _reader(kind: type) -> Callable[[Any], Sequence[object]]:
    """Make a function that gives the values of the fields of a form, in their order."""
    names = getattr(kind, "_fields", ()) or [field.name for field in fields(kind)]
    get: Callable[[Any], Sequence[object]] = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)


FORMS: tuple[Any, ...] = tuple(_forms(Issue, {}))
NUMBERED = {kind: (number, _reader(kind)) for number, kind in enumerate(FORMS)}


def put_aside(issue: Issue, path: Path, key: str) -> None:
    """Write an issue to a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    packed = zlib.compress(msgspec.msgpack.encode(_packed(issue)), FAST)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(digest(FORMAT, key, packed).encode() + packed)
    part.replace(path)


def take_up(path: Path, key: str) -> Issue | None:
    """Read an issue that was put aside with this key; None if there is none."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    head, packed = data[:LENGTH], data[LENGTH:]
    if head != digest(FORMAT, key, packed).encode():
        return None
    try:
        issue = _unpacked(msgspec.msgpack.decode(zlib.decompress(packed)))
    except UNREADABLE:
        return None
    return issue if isinstance(issue, Issue) else None


def _packed(value: Any) -> object:
    """Give a value of the model as lists, and as maps of a class to the values of its fields."""
    kind = type(value)
    if kind is tuple:
        return [v if type(v) in SCALARS else _packed(v) for v in value] if value else ()
    if form := NUMBERED.get(kind):
        number, values_of = form
        return {number: [v if type(v) in SCALARS else _packed(v) for v in values_of(value)]}
    if isinstance(value, Mapping):
        return {MAPPING: [_packed((*value.keys(),)), _packed((*value.values(),))]}
    msg = f"{kind} is no part of an issue"
    raise TypeError(msg)


def _unpacked(value: Any) -> Any:
    """Make the value of which ``_packed`` gave the parts."""
    if type(value) is list:
        return tuple([v if type(v) in SCALARS else _unpacked(v) for v in value]) if value else ()
    ((number, values),) = value.items()
    if number == MAPPING:
        return dict(zip(*_unpacked(values), strict=True))
    return FORMS[number](*[v if type(v) in SCALARS else _unpacked(v) for v in values])
