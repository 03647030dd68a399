"""Which pages of an issue were read, by whom and when; its state for the list of the archive."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.edit.desk import Desk
from generator.edit.files import text_of, write_text
from generator.edit.journal import Kept
from generator.edit.workspace import Workspace
from generator.model import Issue
from generator.runtime.data import Json
from generator.runtime.patterns import lazy_regex

DIGEST = 12  # hexadecimal digits of the digest of a page's text
TWICE = 2  # readings after which a page is done
READER = lazy_regex(r"(?P<who>.*?)\s+(?P<when>\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?)")


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that is read as a whole: a sheet, a printed page, or, without these, a document."""

    key: str
    label: str
    lines: tuple[int, ...]
    digest: str  # of its text as received


class State(msgspec.Struct, frozen=True):
    """The state of an issue when it was read last, for the list of the archive."""

    version: str = ""
    stops: int = 0  # findings that stop publication
    warnings: int = 0
    pages: int = 0
    once: int = 0  # pages that were read once
    twice: int = 0


def read_pages(issue: Issue) -> list[ReadPage]:
    """List the pages of an issue: its sheets, or its printed pages, or else its documents.

    The digest of a page changes when another reading takes the place of its text; corrections do
    not change the text as received.
    """
    lines = issue.source.original.split("\n")
    found: dict[str, tuple[str, list[int]]] = {}
    for place in issue.paper.places:
        page, first = place.page, place.lines.first
        part = issue.source.part_of(first)
        if page.sheet:
            label = f"第{page.sheet}张" + (f"（{page.printed}）" if page.printed else "")
            key = str(page.sheet)
        elif page.printed:
            label, key = f"第{page.printed}页", f"p{page.printed}"
        else:
            continue
        if part:
            label, key = f"{part.name} {label}", f"{part.name}:{key}"
        found.setdefault(key, (label, []))[1].extend(range(first, place.lines.last + 1))
    if not found:
        for document in issue.documents:
            own = [*range(document.lines.first, document.lines.last + 1)]
            found.setdefault(f"d{document.id}", (document.title, []))[1].extend(own)
    return [
        ReadPage(key, label, tuple(dict.fromkeys(own)), _digest(lines, own))
        for key, (label, own) in found.items()
    ]


def _digest(lines: Sequence[str], own: Sequence[int]) -> str:
    words = "\n".join(lines[n - 1].strip() for n in dict.fromkeys(own) if n <= len(lines))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:DIGEST]


def readers_of(page: ReadPage, kept: Kept) -> tuple[list[str], bool]:
    """Give who read a page, and whether its text was exchanged since; then nobody has read it."""
    readers = kept.proofed.get(page.key, [])
    known = kept.read_text.get(page.key, page.digest)
    return (readers, False) if known == page.digest else ([], bool(readers))


def note_reading(kept: Kept, page: ReadPage, who: str) -> None:
    """Note that somebody read a page now."""
    readers, _ = readers_of(page, kept)
    written = f"{' '.join(who.split())} {time.strftime('%Y-%m-%d %H:%M')}"
    kept.proofed[page.key] = [*readers, written]
    kept.read_text[page.key] = page.digest


def pages_data(desk: Desk, kept: Kept) -> Iterator[Json]:
    """Give the pages with their readers and what is open on each."""
    open_lines = Counter(finding.lines.first for finding in desk.findings)
    for page in read_pages(desk.issue):
        readers, is_exchanged = readers_of(page, kept)
        yield {
            "key": page.key,
            "label": page.label,
            "sheet": int(page.key) if page.key.isdecimal() else 0,
            "line": min(page.lines),
            "open": sum(open_lines[line] for line in page.lines),
            "readers": [_reader(one) for one in readers],
            "exchanged": is_exchanged,
        }


def _reader(written: str) -> Json:
    found = READER.fullmatch(written)
    return {"who": found["who"], "when": found["when"]} if found else {"who": written, "when": ""}


def keep_state(workspace: Workspace, name: str, desk: Desk) -> None:
    """Keep the state of an issue that was just read, for the list of the archive."""
    severities = Counter(finding.severity for finding in desk.findings)
    kept = workspace.journal(name).kept
    readings = [len(readers_of(page, kept)[0]) for page in read_pages(desk.issue)]
    state = State(
        _version(workspace, name),
        severities["error"],
        severities["warning"],
        len(readings),
        sum(count == 1 for count in readings),
        sum(count >= TWICE for count in readings),
    )
    write_text(_path(workspace, name), msgspec.json.encode(state).decode())


class _Severity(msgspec.Struct, frozen=True):
    severity: str = ""


class _Built(msgspec.Struct, frozen=True):
    """What of a published issue.json its state needs."""

    diagnostics: tuple[_Severity, ...] = ()


def keep_built_states(workspace: Workspace) -> None:
    """Keep the states of issues that were just built and that nobody has opened since."""
    for path in sorted(workspace.places.site.glob("*/*/issue.json")):
        name = path.parent.relative_to(workspace.places.site).as_posix()
        if not (workspace.places.content / name).is_dir():
            continue
        known = _state(workspace, name)
        version = _version(workspace, name)
        if known and known.version == version:
            continue
        try:
            built = msgspec.json.decode(path.read_bytes(), type=_Built)
        except (OSError, msgspec.DecodeError):
            continue
        counts = Counter(one.severity for one in built.diagnostics)
        state = msgspec.structs.replace(
            known or State(), version=version, stops=counts["error"], warnings=counts["warning"]
        )
        write_text(_path(workspace, name), msgspec.json.encode(state).decode())


def _state(workspace: Workspace, name: str) -> State | None:
    try:
        return msgspec.json.decode(text_of(_path(workspace, name)), type=State)
    except msgspec.DecodeError:
        return None


def state_data(workspace: Workspace, name: str) -> Json:
    """Give the state that was kept of an issue; None if there is none."""
    state = _state(workspace, name)
    if state is None:
        return None
    fresh = state.version == _version(workspace, name)
    found = msgspec.structs.asdict(state)
    return {**{key: found[key] for key in found if key != "version"}, "fresh": fresh}


def _path(workspace: Workspace, name: str) -> Path:
    return workspace.places.build / "edit" / f"{name}.state.json"


def _version(workspace: Workspace, name: str) -> str:
    return workspace.version(name).rpartition("-")[0]
