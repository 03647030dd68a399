"""What was published at which address: addresses.json, which ``gazette freeze`` keeps.

It lies beside the issue's text and says, of each document and each of its paragraphs, the address
and the reading that readers have been given. keep.py holds later builds to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

import msgspec

from generator.language.file_names import fault_of
from generator.language.unseen import INVISIBLE, named
from generator.model.published import (
    FORMAT,
    Moved,
    Published,
)
from generator.runtime.errors import SourceError

ADDRESSES_FILE = "addresses.json"
# an id becomes the name of files, x.html and x.collation.html; an anchor stands in one
ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,238}[a-z0-9])?")
ADDRESS_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
DAY = re.compile(r"(?:\d{4}-\d{2}-\d{2})?")
# what the site itself writes into an issue's folder: pages, issue.json, folders
OTHER_PAGES = frozenset(("index", "corrections", "404", "issue", "sitemap", "search", "assets"))
LINE_BREAK = re.compile(r"[\r\n]+")
PLACE = re.compile(r"\[\s+(\d+),\s+(\"(?:[^\"\\]|\\.)*\")\s+\]")


def read_published(path: Path, issue: str) -> Published | None:
    """Read what was published of an issue; nothing where nothing was.

    1. Each id and anchor can be an address, and no id is that of another page.
    2. Each id that moved leads to a document that is published, or was and is withdrawn.
    3. No text hides a sign that nobody sees.

    Raises SourceError for a file of another form, with a name that cannot be an address or leads
    nowhere, or of another issue: its folder's name is part of every address.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        msg = f"{path}:1: cannot be read ({error.strerror})"
        raise SourceError(msg) from error
    try:
        found = msgspec.json.decode(data, type=Published)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        msg = f"{path}:1: not written by gazette freeze, or changed since: {error}"
        raise SourceError(msg) from error
    if found.format != FORMAT:
        msg = f"{path}:1: is of format {found.format!r}; this program reads {FORMAT!r}"
        raise SourceError(msg)
    if found.issue != issue:
        msg = (
            f"{path}:1: the issue was published as {found.issue!r}, which all its addresses begin "
            f"with; give its folder that name again, or remove {path.name} if it never was"
        )
        raise SourceError(msg)
    if fault := next(_faults(found), None):
        where, what = fault
        msg = f"{path}:{_line_of(data, where)}: {what}"
        raise SourceError(msg)
    return _clean(replace(found, moved=_led_on(found.moved)))


def _faults(published: Published) -> Iterator[tuple[str, str]]:
    """Find what cannot be published: the words of the file that say it, what is wrong with it."""
    for name in _names(published):
        if not ADDRESS_NAME.fullmatch(name):
            yield _quoted(name), f"{name[:60]!r} cannot be an address"
    yield from _id_faults(published)
    ends, there = _ends(published.moved), {*published.documents, *published.withdrawn}
    for name, moved in published.moved.items():
        where, to = f'"to": {_quoted(moved.to)}', moved.to[:60]
        if not ends[name]:
            yield where, f"{name!r} leads to {to!r}, and from there in a circle"
        elif ends[name] not in there:
            yield where, f"{name!r} leads to {to!r}, which is no document of the issue"
    for reading in published.earlier:
        if reading.document not in published.documents:
            where = f'"document": {_quoted(reading.document)}'
            yield where, f"{reading.document[:60]!r} is no document of the issue"
    days = chain(
        (d.since for d in published.documents.values()),
        (w.date for w in published.withdrawn.values()),
        (r.until for r in published.earlier),
    )
    for day in days:
        if not DAY.fullmatch(day):
            yield _quoted(day), f"{day[:60]!r} is no day; write it as 2026-01-05"


def _names(published: Published) -> Iterator[str]:
    for document in published.documents.values():
        yield from document.places
        yield from document.aliases
        yield from document.aliases.values()
    for moved in published.moved.values():
        yield from moved.anchors
        yield from filter(None, moved.anchors.values())  # nothing where the paragraph is gone
    yield from filter(None, (reading.anchor for reading in published.earlier))


def _id_faults(published: Published) -> Iterator[tuple[str, str]]:
    """Find ids that some system, or the site itself, takes for something else."""
    ids = chain(published.documents, published.moved, published.withdrawn)
    spelt: dict[str, str] = {}
    for name in ids:
        where, shown = f"{_quoted(name)}:", f"{name[:60]!r}"
        if name.lower() in OTHER_PAGES:
            yield where, f"{shown} is the address of another page"
        elif fault := fault_of(name):
            yield where, f"{shown} cannot be an address: it {fault}"
        elif spelt.setdefault(name.lower(), name) != name:
            yield where, f"{shown} differs from {spelt[name.lower()]!r} in capital letters alone"
        elif not ID.fullmatch(name):
            yield where, f"{shown} cannot be an address: an id has a–z, 0–9 and - alone"
        elif name in published.documents and (
            name in published.moved or name in published.withdrawn
        ):
            yield where, f"{shown} is a document, and one that moved or was withdrawn, at once"


def _ends(moved: Mapping[str, Moved]) -> dict[str, str]:
    """Say where ids lead in the end; nothing for those that lead in a circle."""
    ends: dict[str, str] = {}
    for name in moved:
        steps: dict[str, None] = {}
        at = name
        while at in moved and at not in ends and at not in steps:
            steps[at] = None
            at = moved[at].to
        end = "" if at in steps else ends.get(at, at)
        ends |= dict.fromkeys(steps, end)
    return ends


def _led_on(moved: Mapping[str, Moved]) -> dict[str, Moved]:
    """Let each id that moved more than once lead to the last, with the anchors of there."""
    led: dict[str, Moved] = {}
    for name in moved:
        steps = [name]
        while steps[-1] not in led and moved[steps[-1]].to in moved:
            steps.append(moved[steps[-1]].to)
        for one in reversed(steps):
            first = moved[one]
            if one in led:
                continue
            if then := led.get(first.to):
                anchors = {a: then.anchors.get(b, b) for a, b in first.anchors.items()}
                led[one] = Moved(then.to, first.title, {**then.anchors, **anchors})
            else:
                led[one] = first
    return {name: led[name] for name in moved}


def _clean(published: Published) -> Published:
    """Take out what nobody sees, and what would end a line of a page."""
    return replace(
        published,
        documents={
            name: replace(
                d,
                title=_line(d.title),
                places={a: (line, _line(text)) for a, (line, text) in d.places.items()},
            )
            for name, d in published.documents.items()
        },
        moved={name: replace(m, title=_line(m.title)) for name, m in published.moved.items()},
        withdrawn={
            # as why of issue.toml is read
            name: replace(w, title=_line(w.title), why=" ".join(named(w.why).split()))
            for name, w in published.withdrawn.items()
        },
        earlier=tuple(replace(r, text=_line(r.text)) for r in published.earlier),
    )


def _line(text: str) -> str:
    return LINE_BREAK.sub(" ", INVISIBLE.sub("", text))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _line_of(data: bytes, words: str) -> int:
    """Line of a file that some words stand in; 1 when it says them in another way."""
    at = data.find(words.encode("utf-8", "replace"))
    return data.count(b"\n", 0, max(at, 0)) + 1


def write_published(path: Path, published: Published) -> bool:
    """Write what was published, a line for each paragraph; say whether the file is a new one.

    The same bytes for the same value; a file that says it already is left alone.
    """
    data = msgspec.to_builtins(published)
    for reading in data["earlier"]:  # most readings stay where they were published
        for key in ("published_in", "published_at"):
            if not reading[key]:
                del reading[key]
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    text = PLACE.sub(r"[\1, \2]", text)
    if path.is_file() and path.read_text("utf-8") == text:
        return False
    path.write_text(text, "utf-8")
    return True
