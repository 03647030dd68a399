"""Read and write addresses.json, the record of published addresses that ``gazette freeze`` writes.

The file is beside the issue's text. For each document and each of its paragraphs it has the address
and the text as published. keep.py makes later builds keep them.
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
# an id becomes the name of files, x.html and x.collation.html; an anchor is inside such a file
ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,238}[a-z0-9])?")
ADDRESS_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
DAY = re.compile(r"(?:\d{4}-\d{2}-\d{2})?")
# names that the site itself uses in an issue's folder: pages, issue.json, folders
OTHER_PAGES = frozenset(("index", "corrections", "404", "issue", "sitemap", "search", "assets"))
LINE_BREAK = re.compile(r"[\r\n]+")
PLACE = re.compile(r"\[\s+(\d+),\s+(\"(?:[^\"\\]|\\.)*\")\s+\]")


def read_published(path: Path, issue: str) -> Published | None:
    """Read the published addresses of an issue; None when the file does not exist.

    1. Each id and anchor can be an address, and no id is the name of another page.
    2. Each id that moved leads to a document that is published or withdrawn.
    3. No text contains an invisible character.

    Raises SourceError for a file of another form, for a name that cannot be an address or leads
    nowhere, and for the file of another issue, because all addresses contain the issue's folder.
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
    """Find entries that cannot be published: the words of each in the file, and its fault."""
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
        yield from filter(None, moved.anchors.values())  # empty if the paragraph is gone
    yield from filter(None, (reading.anchor for reading in published.earlier))


def _id_faults(published: Published) -> Iterator[tuple[str, str]]:
    """Find ids that some system does not accept, that the site itself uses, or that clash."""
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
    """Map each moved id to the last id that it leads to; to "" when it leads in a circle."""
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
    """Make each id that moved several times lead to its last id, with the anchors there."""
    led: dict[str, Moved] = {}
    for name in moved:
        steps = [name]
        while steps[-1] not in led and moved[steps[-1]].to in moved:
            steps.append(moved[steps[-1]].to)
        for step in reversed(steps):
            first = moved[step]
            if step in led:
                continue
            if then := led.get(first.to):
                anchors = {a: then.anchors.get(b, b) for a, b in first.anchors.items()}
                led[step] = Moved(then.to, first.title, {**then.anchors, **anchors})
            else:
                led[step] = first
    return {name: led[name] for name in moved}


def _clean(published: Published) -> Published:
    """Remove invisible characters, and line ends, which would end a line of a page."""
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
            # the same as for why in issue.toml
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
    """Find the line of a file that contains some words; 1 when the file writes them otherwise."""
    at = data.find(words.encode("utf-8", "replace"))
    return data.count(b"\n", 0, max(at, 0)) + 1


def write_published(path: Path, published: Published) -> bool:
    """Write the published addresses, a line for each paragraph; give whether the file changed.

    The same value gives the same bytes. A file that has them already is not written.
    """
    data = msgspec.to_builtins(published)
    for reading in data["earlier"]:  # empty for most, which are where they were published
        for key in ("published_in", "published_at"):
            if not reading[key]:
                del reading[key]
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    text = PLACE.sub(r"[\1, \2]", text)
    if path.is_file() and path.read_text("utf-8") == text:
        return False
    path.write_text(text, "utf-8")
    return True
