"""Read and write addresses.json, the record of published addresses that ``gazette freeze`` writes.

The file is beside the issue's text. For each document and each of its paragraphs it has the address
and the text as published. keep.py makes later builds keep them.
"""

from __future__ import annotations

import json
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
from generator.runtime.errors import SourceError, reason_of
from generator.runtime.patterns import lazy_regex

ADDRESSES_FILE = "addresses.json"
# an id becomes the name of files, x.html and x.collation.html; an anchor is inside such a file
ID = lazy_regex(r"[a-z0-9](?:[a-z0-9-]{0,238}[a-z0-9])?")
ADDRESS_NAME = lazy_regex(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
DAY = lazy_regex(r"(?:\d{4}-\d{2}-\d{2})?")
# names that the site itself uses in an issue's folder: pages, issue.json, folders
OTHER_PAGES = frozenset(("index", "corrections", "404", "issue", "sitemap", "search", "assets"))
LINE_BREAK = lazy_regex(r"[\r\n]+")
PLACE = lazy_regex(r"\[\s+(\d+),\s+(\"(?:[^\"\\]|\\.)*\")\s+\]")
# what msgspec says, and what it means for editors
FAULTS = (
    (lazy_regex(r"Object missing required field `(?P<key>.+?)`"), r"缺少 \g<key>"),
    (lazy_regex(r"Expected `(?P<wanted>.+?)`, got `(?P<found>.+?)`"),
     r"类型应为 \g<wanted>，现为 \g<found>"),
    (lazy_regex(r"JSON is malformed: .*\(byte (?P<at>\d+)\)"), r"第 \g<at> 字节处不是 JSON"),
    (lazy_regex(r"Input data was truncated"), "文件不完整"),
    (lazy_regex(r" - at `(?P<place>.+)`$"), r"（在 \g<place>）"),
)  # fmt: skip
REMEDY = "请恢复程序写的原文件，不要手工修改"


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
        msg = f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件"
        raise SourceError(msg) from error
    try:
        found = msgspec.json.decode(data, type=Published)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        msg = f"{path}:1: 不是 gazette freeze 写的，或后来改动过：{_in_words(error)}；{REMEDY}"
        raise SourceError(msg) from error
    if found.format != FORMAT:
        msg = (
            f"{path}:1: 格式是 {found.format!r}，本程序读的是 {FORMAT!r}；"
            "请使用写这个文件的那一版程序，或更新的版本"
        )
        raise SourceError(msg)
    if found.issue != issue:
        msg = (
            f"{path}:1: 本期发布时的文件夹是 {found.issue!r}，公布过的网址都以它开头；"
            f"请把文件夹改回原名，从未发布过的，请删去 {path.name}"
        )
        raise SourceError(msg)
    if fault := next(_faults(found), None):
        where, what = fault
        msg = f"{path}:{_line_of(data, where)}: {what}；{REMEDY}"
        raise SourceError(msg)
    return _clean(replace(found, moved=_led_on(found.moved)))


def _faults(published: Published) -> Iterator[tuple[str, str]]:
    """Find entries that cannot be published: the words of each in the file, and its fault."""
    for name in _names(published):
        if not ADDRESS_NAME.fullmatch(name):
            yield _quoted(name), f"{name[:60]!r} 不能用在网址里"
    yield from _id_faults(published)
    ends, there = _ends(published.moved), {*published.documents, *published.withdrawn}
    for name, moved in published.moved.items():
        where, to = f'"to": {_quoted(moved.to)}', moved.to[:60]
        if not ends[name]:
            yield where, f"{name[:60]!r} 指向 {to!r}，又绕回原处"
        elif ends[name] not in there:
            yield where, f"{name[:60]!r} 指向 {to!r}，本期没有这篇公文"
    for reading in published.earlier:
        if reading.document not in published.documents:
            where = f'"document": {_quoted(reading.document)}'
            yield where, f"本期没有 {reading.document[:60]!r} 这篇公文"
    days = chain(
        (d.since for d in published.documents.values()),
        (w.date for w in published.withdrawn.values()),
        (r.until for r in published.earlier),
    )
    for day in days:
        if not DAY.fullmatch(day):
            yield _quoted(day), f"{day[:60]!r} 不是日期，应如 2026-01-05"


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
            yield where, f"{shown} 是别的网页的网址"
        elif fault := fault_of(name):
            yield where, f"{shown} 不能用在网址里：它{fault}"
        elif spelt.setdefault(name.lower(), name) != name:
            yield where, f"{shown} 与 {spelt[name.lower()]!r} 只有大小写不同"
        elif not ID.fullmatch(name):
            yield where, f"{shown} 不能用在网址里：id 只能有 a–z、0–9 和 -"
        elif name in published.documents and (
            name in published.moved or name in published.withdrawn
        ):
            yield where, f"{shown} 既是现有的公文，又是改了网址或撤下的公文"


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


def _in_words(error: Exception) -> str:
    """Say in Chinese what a message of msgspec says; a rare one is given as it is."""
    message = str(error)
    for pattern, words in FAULTS:
        message = pattern.sub(words, message)
    return message


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
