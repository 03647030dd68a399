"""Add, cut and change tables of issue.toml as text: every comment and blank line stays.

A parser that writes TOML again moves comments when [[correction]] and [[confirmed]] alternate. So
the text is spliced, and the result is parsed: it must hold the data that was wanted and no other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from generator.runtime.patterns import lazy_regex

Value: TypeAlias = str | int | bool

# strings and comments, in which a bracket begins no table, and headers of tables
TOKEN = lazy_regex(
    r'"""(?:\\.|(?!""").)*+"""+|'
    r"'''(?:(?!''').)*+'''+|"
    r'"(?:\\.|[^"\\\n])*+"|'
    r"'[^'\n]*+'|"
    r"#[^\n]*+|"
    r"(?:(?<=\n)|(?<=\A))[ \t]*+(?P<header>\[\[?[ \t]*+[\w\"'. \t-]+?[ \t]*+\]\]?)"
    r"[ \t]*+(?=#|\r?\n|\Z)",
    re.DOTALL,
)
KEY = r"(?P<begin>(?:^|(?<=\n))[ \t]*+[\"']?{name}[\"']?[ \t]*+=[ \t]*+)"
STRING_OR_WORD = lazy_regex(
    r'"""(?:\\.|(?!""").)*+"""+|'
    r"'''(?:(?!''').)*+'''+|"
    r'"(?:\\.|[^"\\\n])*+"|'
    r"'[^'\n]*+'|"
    r"[^\s#]+",
    re.DOTALL,
)
COMMENTS_ABOVE = lazy_regex(r"(?:^[ \t]*#[^\n]*\n)+\Z", re.MULTILINE)
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
UNPRINTED = lazy_regex(r"[\\\"\x00-\x1f\x7f\u2028\u2029\u200b-\u200f\u202a-\u202e\ufeff]")


class NotSpliced(ValueError):  # noqa: N818 - says what happened, not that the program is wrong
    """A text that cannot be changed so that only the wanted table changes."""


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of a table in a text: its own comments above, its header, its keys."""

    start: int
    header: int  # where the header begins
    end: int  # behind its last key


def quoted(value: Value) -> str:
    """Write a value as TOML in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    body = UNPRINTED.sub(lambda found: ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}", value)
    return f'"{body}"'


def written_table(key: str, values: Mapping[str, Value]) -> str:
    """Write a table [[key]] with its keys, one a line."""
    lines = [f"[[{key}]]", *(f"{name} = {quoted(value)}" for name, value in values.items())]
    return "\n".join(lines) + "\n"


def append_table(text: str, key: str, values: Mapping[str, Value]) -> str:
    """Append a table [[key]] to a text; a blank line parts it from what is above.

    Raises NotSpliced when the text cannot take it: key = [{…}] above, or the text is no TOML.
    """
    before = f"{text}\n" if text and not text.endswith("\n") else text
    gap = "\n" if before and not before.endswith("\n\n") else ""
    changed = before + gap + written_table(key, values)
    wanted = _parsed(text)
    listed = wanted.setdefault(key, [])
    if not isinstance(listed, list):
        raise NotSpliced(key)
    listed.append(dict(values))
    return _checked(changed, wanted)


def tables_of(text: str, key: str) -> list[Span]:
    """Find the tables [[key]] of a text, in order."""
    tokens = TOKEN.finditer(text)
    headers = [(token.start("header"), name) for token in tokens if (name := token["header"])]
    found = []
    for n, (at, name) in enumerate(headers):
        if not name.startswith("[[") or name.strip("[] \t\"'") != key:
            continue
        end = headers[n + 1][0] if n + 1 < len(headers) else len(text)
        if end < len(text) and (own := COMMENTS_ABOVE.search(text, at, end)):
            end = own.start()  # they speak of the next table
        body = text[at:end].rstrip()
        line = text.rfind("\n", 0, at) + 1
        above = COMMENTS_ABOVE.search(text[:line])
        found.append(Span(above.start() if above else line, line, at + len(body)))
    return found


def cut_table(text: str, key: str, nth: int) -> str:
    """Cut the nth table [[key]] (from 0) with its comments and the blank lines above it.

    Cutting a table that ``append_table`` added gives the text from before, byte for byte, if that
    ended with a line end. Raises NotSpliced when there is no such table, or more would change.
    """
    spans = tables_of(text, key)
    if not 0 <= nth < len(spans):
        raise NotSpliced(key)
    span = spans[nth]
    end = text.find("\n", span.end) + 1 or len(text)
    head, tail = text[: span.start], text[end:]
    if head.endswith("\n\n") or head == "\n":
        head = head[:-1]
    elif not head and tail.startswith("\n"):
        tail = tail[1:]
    wanted = _parsed(text)
    listed = wanted[key]
    assert isinstance(listed, list)
    del listed[nth]
    if not listed:
        del wanted[key]
    return _checked(head + tail, wanted)


def set_value(text: str, key: str, nth: int, name: str, value: Value) -> str:
    """Give the key ``name`` of the nth table [[key]] (from 0) another value.

    Raises NotSpliced when there is no such table or key, or more would change.
    """
    spans = tables_of(text, key)
    if not 0 <= nth < len(spans):
        raise NotSpliced(key)
    span = spans[nth]
    body = text[span.header : span.end]
    found = re.search(KEY.format(name=re.escape(name)), body)
    old = STRING_OR_WORD.match(body, found.end()) if found else None
    if old is None:
        raise NotSpliced(name)
    changed = body[: old.start()] + quoted(value) + body[old.end() :]
    wanted = _parsed(text)
    listed = wanted[key]
    assert isinstance(listed, list)
    assert isinstance(listed[nth], dict)
    listed[nth][name] = value
    return _checked(text[: span.header] + changed + text[span.end :], wanted)


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotSpliced(str(error)) from error


def _checked(text: str, wanted: Mapping[str, object]) -> str:
    """Give the text if it holds the wanted data and no other."""
    if _parsed(text) != wanted:
        msg = "more would change than was asked"
        raise NotSpliced(msg)
    return text
