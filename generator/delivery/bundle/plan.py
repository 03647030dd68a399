"""Which zips a run makes of a site, which it can keep, and what each is made of."""

from __future__ import annotations

import hashlib
import posixpath
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.delivery.bundle.earlier import Earlier, Label, read_label, sum_of_whole
from generator.delivery.bundle.issue import ISSUE, PINYIN, SHARED, START, Before, IssueWork
from generator.delivery.bundle.pack import (
    Content,
    Copy,
    Member,
    content_of,
    file_sum,
    read_as,
    write_zip,
)
from generator.delivery.bundle.redirect import Redirection
from generator.runtime.errors import SiteError
from generator.runtime.parallel import Run

ARCHIVE = "archive.zip"


@dataclass(frozen=True, slots=True)
class Planned:
    """The zip of an issue as it should be."""

    name: str
    folder: str
    own: Sequence[str]  # the files of the site that go into it
    beside: str  # what else goes into it
    label: Label


@dataclass(frozen=True)
class Zips:
    """What the zips of a run are made of."""

    site: Path
    target: Path
    homepages: Mapping[str, str]
    names: Sequence[Sequence[str]]  # groups of names of one agency
    program: str
    files: Mapping[str, Content]
    recorded: Mapping[str, str]  # the sums of the earlier zips
    earlier: Earlier | None  # the earlier zip of the archive
    was: Mapping[str, Content]  # the files in it
    is_part: bool  # whether the archive has a part of the site's files

    @cached_property
    def _listed_before(self) -> list[str]:
        return list(self.was)

    def plan(self) -> list[Planned]:
        """Plan the zip of each issue."""
        listed = list(self.files)
        planned: dict[str, Planned] = {}
        for folder in (posixpath.dirname(n) for n in listed if posixpath.basename(n) == ISSUE):
            name = f"{folder.replace('/', '-')}.zip"
            if name in planned:  # x-y/2024-02 and x/y-2024-02
                other = planned[name].folder
                msg = f"{folder} 与 {other} 的离线阅读包会同名；请给其中一个文件夹改名"
                raise SiteError(msg)
            own = _own(listed, folder)
            beside = f"{self._homepage(folder)} {self.names}"
            label = Label(self.program, _key(self.program, self.files, own, beside))
            planned[name] = Planned(name, folder, own, beside, label)
        return list(planned.values())

    def write_archive(self) -> Earlier:
        """Write the zip of the archive, or keep the earlier one.

        It is the whole site unchanged, or a part of its files, in which links to the others are
        marked. It comes first: the zips of issues copy from it.
        """
        path = self.target / ARCHIVE
        where = "\n".join(f"{gazette} {address}" for gazette, address in self.homepages.items())
        key = _key(self.program, self.files, self.files, where if self.is_part else "")
        label = Label(self.program, key)
        if self.earlier and self.earlier.label == label:
            return self.earlier
        members = write_zip(path, label.write(), self._members())
        return Earlier(path, label, file_sum(path), members)

    def _members(self) -> Iterator[Member]:
        names = self.files.keys()
        for name, content in self.files.items():
            if self.is_part and name.endswith(".html") and name.count("/") > 1:
                page = read_as(self.site / name, content).decode("utf-8")
                redirection = Redirection(names, START, self._homepage(name))
                data = redirection.redirect(name, page).encode()
                made = content_of(data)
                yield Member(name, made, self._copy(name, made) or data)
            else:
                yield Member(name, content, self._copy(name, content) or self.site / name)

    def _copy(self, name: str, content: Content) -> Copy | None:
        """Find a member in the earlier zip."""
        packed = self.earlier.members.get(name) if self.earlier else None
        if self.earlier and packed and packed.content == content:
            return Copy(self.earlier.path, packed)
        return None

    def kept(self, planned: Iterable[Planned], run: Run) -> dict[str, str]:
        """Give the sums of the zips that can stay as they are."""
        same = [zip_ for zip_ in planned if read_label(self.target / zip_.name) == zip_.label]
        tasks = [(self.target / zip_.name, self.recorded.get(zip_.name, "")) for zip_ in same]
        sums = run(_sum_of_whole, tasks)
        return {zip_.name: total for zip_, total in zip(same, sums, strict=True) if total}

    def work(self, zip_: Planned, archive: Earlier) -> IssueWork:
        """Put together all that the zip of an issue is made of."""
        held = archive.members
        copied = (n for n in (*zip_.own, PINYIN) if n in held and not n.endswith(".html"))
        return IssueWork(
            site=self.site,
            folder=zip_.folder,
            path=self.target / zip_.name,
            label=zip_.label,
            recorded=self.recorded.get(zip_.name, ""),
            homepage=self._homepage(zip_.folder),
            names=self.names,
            files={name: self.files[name] for name in zip_.own},
            archive=archive.path,
            packed={name: held[name] for name in copied},
            before=self._before(zip_),
        )

    def _before(self, zip_: Planned) -> Before | None:
        """Compare the files of an issue with those that its earlier zip was made of.

        Those are in the earlier zip of the archive, if the same run wrote both: then the key of
        the zip is that of these files.
        """
        label = read_label(self.target / zip_.name)
        if not self.earlier or not label or label.program != self.program:
            return None
        own = _own(self._listed_before, zip_.folder)
        if label.key != _key(self.program, self.was, own, zip_.beside):
            return None
        unchanged = frozenset(n for n in zip_.own if self.was.get(n) == self.files[n])
        return Before(unchanged, own == zip_.own)

    def _homepage(self, name: str) -> str:
        return self.homepages.get(name.partition("/")[0], "")


def _sum_of_whole(task: tuple[Path, str]) -> str:
    return sum_of_whole(*task)


def _own(names: Sequence[str], folder: str) -> list[str]:
    """List the files of an issue's zip: of sorted names, the shared ones and its own."""
    return [*_below(names, SHARED), *_below(names, f"{folder}/")]


def _below(names: Sequence[str], folder: str) -> Sequence[str]:
    """Take the files below a folder, which ends in /, from sorted names: 0 follows /."""
    return names[bisect_left(names, folder) : bisect_left(names, f"{folder[:-1]}0")]


def _key(program: str, files: Mapping[str, Content], own: Iterable[str], beside: str) -> str:
    """Make a cache key of files, and of what goes into the zip beside them."""
    digest = hashlib.sha256(f"{program}  {beside}\n".encode())
    for name in own:
        digest.update(f"{files[name].sha256}  {name}\n".encode())
    return digest.hexdigest()
