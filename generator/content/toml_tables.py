"""gazette.toml and issue.toml → the structs that declare their tables.

A table is a msgspec.Struct: its fields are the keys of the table, with their types. A value of
another form is refused with file and line, the expected form and the value found. The description
of a type completes the sentence "… 应…": ``为整数``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, TypeAlias, TypeVar, cast, get_args, get_origin

import msgspec

from generator.content.toml_files import read_toml
from generator.language.unseen import UNSEEN, name_of
from generator.runtime.errors import Faults, SourceError
from generator.runtime.patterns import lazy_regex

log = logging.getLogger("generator.content")

Table = TypeVar("Table", bound=msgspec.Struct)
Place: TypeAlias = tuple[str | int, ...]  # ("correction", 1, "from"): in the second [[correction]]
Text: TypeAlias = Annotated[str, msgspec.Meta(description="为引号括起的文字")]
# the number of a line or a page; larger than that of any printed issue
Number: TypeAlias = Annotated[
    int,
    msgspec.Meta(gt=-10_000_000, lt=10_000_000, description="为小于 10,000,000 的整数，不加引号"),
]
# keys with a quotation from an issue, or with an explanation of any number of lines
QUOTING = frozenset({"from", "to", "why"})
OFF_THE_PAGE = lazy_regex(rf"[{UNSEEN}\r\n\t]")


def read_tables(path: Path, kind: type[Table]) -> Table:
    """Read a file as a struct; SourceError names the value that has another form, with its line.

    A key that resembles one of the struct is refused; other unknown keys are named in a warning.
    No text contains a line end, a tab or an invisible character, except under the keys of
    ``QUOTING``.
    """
    given = read_toml(path)
    faults = Faults()
    with faults.noted():
        refuse_slips(given, kind.__struct_encode_fields__, path)
    try:
        tables = msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        for wrong in _wrong(given, kind, (), ()):
            faults.add(_complaint(wrong, path))
        if not faults.lines:
            faults.add(f"{path}:1: 读不懂（{error}）；请改正")
        raise SourceError("\n".join(faults.lines)) from error
    for place, text in _texts(msgspec.to_builtins(tables)):
        if place[-1] not in QUOTING and (found := OFF_THE_PAGE.search(text)):
            what = f"[{place[0]}] 的一个名称" if text == place[-1] else f"{_name(place)} "
            faults.add(
                f"{path}:{line_of(path, place)}: {what}里有看不见的字符或换行"
                f"（{name_of(found[0])}）；请删去"
            )
    faults.end()
    return tables


def refuse_slips(given: Collection[str], known: Collection[str], path: Path) -> None:
    """Refuse keys that resemble a known one: [[withdraw]] would leave a document published.

    Other unknown keys may be an editor's own; they are named in a warning.
    """
    faults = Faults()
    for key in given:
        if key in known:
            continue
        line = line_of(path, (key,))
        if meant := get_close_matches(key, known, n=1, cutoff=0.7):
            faults.add(f"{path}:{line}: 没有 {key!r} 这个键，是不是 {meant[0]!r}？请改正")
        else:
            log.warning("%s:%s: 没有 %r 这个键，不起作用", path, line, key)
    faults.end()


def _texts(value: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Give each text of a value with its place; keys are texts, too."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list | tuple):
        for n, item in enumerate(value):
            yield from _texts(item, (*place, n))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*place, key), key
            yield from _texts(item, (*place, key))


class Wrong(NamedTuple):
    """A value that does not have the form of its field."""

    place: Place
    kind: object  # type of the field
    value: object  # None: the key is missing
    strangers: tuple[str, ...]  # unknown keys beside it


def _wrong(
    given: object, kind: object, place: Place, strangers: tuple[str, ...]
) -> Iterator[Wrong]:
    """Find the innermost values that do not have the form of their fields."""
    struct = _struct_of(kind)
    if struct is not None and isinstance(given, dict):
        fields = msgspec.structs.fields(struct)
        others = tuple(key for key in given if key not in {f.encode_name for f in fields})
        for one in fields:
            inner = (*place, one.encode_name)
            if one.encode_name in given:
                yield from _wrong(given[one.encode_name], one.type, inner, ())
            elif one.required:
                yield Wrong(inner, one.type, None, others)
    elif get_origin(kind) is tuple and isinstance(given, list):
        inner_kind = get_args(kind)[0]
        for n, item in enumerate(given):
            is_table = _struct_of(inner_kind) is None or isinstance(item, dict)
            yield from _wrong(item, inner_kind if is_table else kind, (*place, n), ())
    else:
        try:
            msgspec.convert(given, kind)
        except msgspec.ValidationError:
            yield Wrong(place, kind, given, strangers)


def _struct_of(kind: object) -> type[msgspec.Struct] | None:
    """Give the struct of a table's type; ``Scan | None`` is read as ``Scan``."""
    for one in (kind, *get_args(kind)[:1]):
        if isinstance(one, type) and issubclass(one, msgspec.Struct):
            return one if get_origin(kind) is not tuple else None
    return None


def _complaint(wrong: Wrong, path: Path) -> str:
    """Say in words for editors which value has another form than expected, with its line."""
    place, kind, value, strangers = wrong
    found = "现在没有；请补上" if value is None else f"现为{_shown(value)}；请改正"
    if value is None and strangers:
        found = f"现在没有（有 {'、'.join(strangers)}，不是这里的键）；请补上或改正"
    if isinstance(value, dict) and get_origin(kind) is tuple:
        found = f"现在只有一层方括号 [{place[0]}]；请改正"
    if isinstance(value, list) and _struct_of(kind) is not None:
        found = f"现在有两层方括号 [[{place[0]}]]；请改正"
    return f"{path}:{line_of(path, place)}: {_name(place)} 应{_form(kind, place)}，{found}"


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"文字 {value!r:.200}" if value.strip() else "空白"
    return f" {value!r:.200}" if not isinstance(value, bool) else f" {str(value).lower()}"


def _types_of(kind: object) -> dict[str, object]:
    """Map the keys of a struct to the types of its fields; ``Scan | None`` is read as ``Scan``."""
    struct = cast("type[msgspec.Struct]", next(iter(get_args(kind)), kind))
    return {f.encode_name: f.type for f in msgspec.structs.fields(struct)}


def _form(kind: object, place: Place) -> str:
    """Describe the expected form: 为引号括起的文字; 写作 [scan]，其中有 file、first."""
    for meta in get_args(kind):
        if isinstance(meta, msgspec.Meta):
            return str(meta.description)
    if kind is bool:
        return "为 true 或 false，不加引号"
    if get_origin(kind) is dict:
        return f"写作表 [{place[0]}]"
    if get_origin(kind) is Literal:
        return f"为 {'、'.join(map(str, get_args(kind)))} 之一"
    is_one = len(place) == 1 and get_origin(kind) is not tuple
    header = f"[{place[0]}]" if is_one else f"[[{place[0]}]]"
    return f"写作 {header}，其中有 {'、'.join(_types_of(kind))}"


def _name(place: Place) -> str:
    """Name a value in a message by its innermost key; the number in a list is left out."""
    return str([step for step in place if isinstance(step, str)][-1])


def with_lines(
    tables: Sequence[Table], path: Path, key: str, inner: str
) -> Iterator[tuple[Table, int]]:
    """Give each of the tables [[key]] with the line of its key ``inner``."""
    lines = _lines_of(path, key, inner) if tables else []
    for n, table in enumerate(tables):
        yield table, lines[min(n, len(lines) - 1)]


def line_of(path: Path, place: Place) -> int:
    """Find the line of a value; the line of its table, or 1, when its own key is not found."""
    key, *inner = (step for step in place if isinstance(step, str))
    nth = next((step for step in place if isinstance(step, int)), 0)
    lines = _lines_of(path, key, inner[0] if inner else "")
    return lines[min(nth, len(lines) - 1)]


def _lines_of(path: Path, key: str, inner: str) -> list[int]:
    """Find the line of ``inner`` in each table [[key]], or in key = [{…}].

    A table without that key has the line of its header.
    """
    lines = path.read_text("utf-8-sig").split("\n")
    headers = [n for n, line in enumerate(lines) if line.lstrip().startswith("[")]
    header = re.compile(rf"\s*\[+\s*{_written(key)}\s*[].]")
    wanted = re.compile(rf"\s*{_written(inner)}\s*[.=]")
    tables = [
        range(first, end)
        for first, end in zip(headers, [*headers[1:], len(lines)], strict=False)
        if header.match(lines[first])
    ]
    if tables:
        return [next((n for n in t if wanted.match(lines[n])), t.start) + 1 for t in tables]
    above = range(headers[0] if headers else len(lines))
    assigned = re.compile(rf"\s*{_written(key)}\s*[.=]")
    first = next((n for n in above if assigned.match(lines[n])), 0)
    wanted = re.compile(rf"[{{.,\s]{_written(inner)}\s*=")
    found = [n for n in above[first:] for _ in wanted.findall(lines[n])] if inner else []
    return [n + 1 for n in found or [first]]


def _written(key: str) -> str:
    """Give a pattern for a key, with or without quotation marks."""
    return rf"[\"']?{re.escape(key)}[\"']?"
