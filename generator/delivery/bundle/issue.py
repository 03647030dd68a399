"""The zip of one issue: its pages, with links that lead out of it marked, and its own index."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path

import msgspec

from generator.delivery.bundle.earlier import Earlier, Label, read_earlier
from generator.delivery.bundle.pack import (
    Content,
    Copy,
    Member,
    Packed,
    Source,
    content_of,
    file_sum,
    read_as,
    write_zip,
)
from generator.delivery.bundle.redirect import Redirection
from generator.formats.own_text import text_key
from generator.site.swap import scan

START = "index.html"
ISSUE = "issue.json"
SHARED = "assets/"
INDEX = "search/manifest.js"  # of the site's index
PINYIN = "search/pinyin.js"  # the same in every index that one version of the program makes


@dataclass(frozen=True, slots=True)
class Before:
    """What has changed since the earlier zip of an issue was made, and what has not."""

    unchanged: frozenset[str]  # files of the site that went into it
    is_same_list: bool  # whether the issue still has the same files


@dataclass(frozen=True, slots=True)
class IssueWork:
    """All that the zip of an issue is made of, ready for another process."""

    site: Path
    folder: str
    path: Path  # of the zip
    label: Label
    recorded: str  # the sum of the earlier zip, or empty
    homepage: str
    names: Sequence[Sequence[str]]  # groups of names of one agency, for the index
    files: Mapping[str, Content]  # of the issue, and those that all issues share
    archive: Path
    packed: Mapping[str, Packed]  # files that lie in the archive's zip
    before: Before | None  # None if the earlier zip was made with another homepage or other names


def write_issue(work: IssueWork) -> str:
    """Write the zip of an issue; give its sum."""
    write_zip(work.path, work.label.write(), _Issue(work).members())
    return file_sum(work.path)


def read_names(site: Path) -> list[list[str]]:
    """Read the groups of names from the index of a site; none where it has no index.

    Those of the program are among them. (The layer that writes the index takes longer to load than
    a run without changes.)
    """
    path = site / INDEX
    if not path.is_file():
        return []
    data = path.read_bytes()
    return msgspec.json.decode(data[data.index(b",") + 1 : data.rindex(b")")], type=_Names).names


class _Names(msgspec.Struct):
    """What of the manifest of an index is read here."""

    names: list[list[str]]


@dataclass(frozen=True)
class _Issue:
    work: IssueWork

    @cached_property
    def earlier(self) -> Earlier | None:
        """The zip of an earlier run, if it can be believed."""
        return read_earlier(self.work.path, self.work.label.program, self.work.recorded)

    def members(self) -> Iterator[Member]:
        """Give the files of the issue with new links, an index, a start page, in their order."""
        work, start = self.work, f"{self.work.folder}/{START}"
        redirection = Redirection(work.files.keys(), start, work.homepage)
        made = {member.name: member for member in self._index()}
        made[START] = self._made(START, _first_page(start).encode())
        for name in sorted([*work.files, *made]):
            if name in made:
                yield made[name]
            elif not name.endswith(".html"):
                yield self._member(name, work.files[name], work.site / name)
            elif packed := self._kept_page(name):
                yield packed
            else:
                page = read_as(work.site / name, work.files[name]).decode("utf-8")
                yield self._made(name, redirection.redirect(name, page).encode())

    def _made(self, name: str, data: bytes) -> Member:
        return self._member(name, content_of(data), data)

    def _member(self, name: str, content: Content, source: Source) -> Member:
        """Copy a member from the archive or from the earlier zip if it is the same there."""
        earlier = self.earlier
        for path, packed in (
            (self.work.archive, self.work.packed.get(name)),
            (self.work.path, earlier.members.get(name) if earlier else None),
        ):
            if packed and packed.content == content:
                return Member(name, content, Copy(path, packed))
        return Member(name, content, source)

    def _kept_page(self, name: str) -> Member | None:
        """Copy a page from the earlier zip if it and what its links lead to have not changed."""
        before, earlier = self.work.before, self.earlier
        if not (before and earlier and before.is_same_list and name in before.unchanged):
            return None
        packed = earlier.members[name]
        return Member(name, packed.content, Copy(earlier.path, packed))

    def _index(self) -> Iterator[Member]:
        """Copy the index from the earlier zip if the texts are the same, or make it."""
        work, earlier = self.work, self.earlier
        if earlier and self._has_same_texts(earlier):
            for name, packed in earlier.members.items():
                if not name.startswith((SHARED, f"{work.folder}/")) and name != START:
                    yield Member(name, packed.content, Copy(earlier.path, packed))
            return
        # loading this takes longer than all that a run without new texts does
        from generator.search import read_entries, write_index

        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder)
            write_index(made, read_entries(work.site, [work.folder]), work.names)
            for name in scan(made):
                yield self._made(name, (made / name).read_bytes())

    def _has_same_texts(self, earlier: Earlier) -> bool:
        """Whether the index in the earlier zip was made of the same texts."""
        work, name = self.work, f"{self.work.folder}/{ISSUE}"
        if not work.before or name not in earlier.members:
            return False
        if name in work.before.unchanged:
            return True
        with zipfile.ZipFile(earlier.path) as archive:
            was = archive.read(f"{earlier.path.stem}/{name}")
        return text_key(was) == text_key(read_as(work.site / name, work.files[name]))


def _first_page(start: str) -> str:
    """Make a page at the bundle's root, so that readers see which file to open."""
    address = escape(start)
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n<title>公报</title>\n</head>\n'
        f'<body><p><a href="{address}">打开本期公报</a></p></body>\n</html>\n'
    )
