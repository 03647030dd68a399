"""Values as plain data, and data as JSON text."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TypeAlias

import msgspec

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def plain(value: object) -> Json:
    """Turn the value of any stage into data: fields by name, tuples as lists, mappings as pairs."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (f.name for f in dataclasses.fields(value))
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return [{"key": plain(key), "value": plain(item)} for key, item in value.items()]
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def dump(data: Json) -> str:
    """Write data as JSON text, the same bytes for the same data."""
    return set_out(msgspec.json.encode(data)).decode()


def set_out(data: bytes) -> bytes:
    """Indent JSON, one value per line, and end it with a line end.

    msgspec writes the same bytes as json.dumps(ensure_ascii=False, indent=1), in a tenth of the
    time.
    """
    return msgspec.json.format(data, indent=1) + b"\n"
