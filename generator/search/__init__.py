"""Issues → search files, made from the model and never from HTML: docs/search.md has the format.

The archive's index stands at search/ and serves every site of it; a bundle carries one of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from generator.runtime.digests import digest
from generator.runtime.parallel import Run
from generator.search.fold import BLANK, COMPARED, DROPPED, UNIFIED, fold, traditional
from generator.search.part_files import compress, write_part
from generator.search.passages import Entry, entries_of
from generator.search.readings import syllables
from generator.search.segment import name_of, write_segment

__all__ = [
    "PINYIN_FILE",
    "build_search",
    "fold",
    "in_order",
    "plan_search",
    "plan_segments",
    "read_entries",
    "write_index",
]

FORMAT = "gazette-search/1"
FOLDER = "search"
MANIFEST = "manifest"
PINYIN_FILE = f"{FOLDER}/pinyin.js"
# a segment of 256 issues is sealed; what is newer stands in three, of sixty-fours, eights and ones:
# an issue more changes the last alone, seven times out of eight
SEALED, TIERS = 256, (64, 8, 1)


def plan_segments(issues: Sequence[str]) -> list[list[str]]:
    """Part the issues of an archive, oldest first, into segments; their order alone decides."""
    plan: list[list[str]] = []
    at = 0
    for size in (SEALED, *TIERS):
        count = (len(issues) - at) // size * size
        step = SEALED if size == SEALED else count
        while count:
            plan.append(list(issues[at : at + step]))
            at += step
            count -= step
    return plan


def in_order(issues: Iterable[str]) -> list[str]:
    """Order issues by the years and numbers of their folders: the oldest first."""
    return sorted(issues, key=lambda name: (name.partition("/")[2], name))


@dataclass(frozen=True, slots=True)
class SegmentWork:
    """The issues of one segment, ready for another process."""

    site: Path
    issues: tuple[str, ...]
    key: str  # of what the segment is made of


def plan_search(site: Path, code: str, texts: Mapping[str, str]) -> list[SegmentWork]:
    """Part issues into segments: the oldest first.

    ``code`` is the key of what makes the index, ``texts`` holds those of what it reads of issues.
    """
    return [
        SegmentWork(site, tuple(issues), digest(code, *(f"{n} {texts[n]}" for n in issues)))
        for issues in plan_segments(in_order(texts))
    ]


def build_search(
    site: Path,
    plan: Sequence[SegmentWork],
    standing: Mapping[str, dict[str, object]],
    run: Run,
) -> dict[str, dict[str, object]]:
    """Write the index of an archive from the issue.json files of its site.

    ``standing`` holds, by their keys, what the manifest says of segments whose files are there
    already. Gives the same of all segments of the plan.
    """
    new = [work for work in plan if work.key not in standing]
    large = [work for work in new if len(work.issues) >= TIERS[0]]
    small = [work for work in new if len(work.issues) < TIERS[0]]
    made = dict(zip((w.key for w in large), run.apart(_build_segment, large), strict=True))
    made |= zip((w.key for w in small), run(_build_segment, small), strict=True)
    segments = {work.key: standing.get(work.key) or made[work.key] for work in plan}
    write_manifest(site, segments.values())
    return segments


def _build_segment(work: SegmentWork) -> dict[str, object]:
    """Write one segment of issues; small heads stand in the manifest, large ones aside."""
    entries = read_entries(work.site, work.issues)
    return _settle(work.site, entries, work.key, inline=len(work.issues) < TIERS[0])


def _settle(site: Path, entries: Iterable[Entry], key: str, *, inline: bool) -> dict[str, object]:
    """Write a segment into a folder named by its contents; give what the manifest says of it."""
    aside = site / FOLDER / f".{key}"
    aside.mkdir(parents=True)
    head = write_segment(entries, aside)
    name = name_of(aside, head)
    if not inline:
        write_part(aside, "head", head)
    target = site / FOLDER / name
    if target.exists():  # the very same segment
        shutil.rmtree(aside)
    else:
        aside.rename(target)
    return {"dir": name, **({"head": head} if inline else {})}


def read_entries(site: Path, issues: Iterable[str]) -> Iterator[Entry]:
    """Read what can be found in issues from their issue.json."""
    for issue in issues:
        yield from entries_of(msgspec.json.decode((site / issue / "issue.json").read_bytes()))


def write_index(site: Path, entries: Iterable[Entry]) -> None:
    """Write an index of one segment, for a bundle."""
    write_manifest(site, [_settle(site, entries, "own", inline=True)], page=False)


def write_manifest(site: Path, segments: Iterable[dict[str, object]], *, page: bool = True) -> None:
    """Write the one file whose name does not change: the segments, the newest first."""
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    if not (site / PINYIN_FILE).exists():  # the same in every build of one program
        write_part(folder, "pinyin", _pinyin_data())
    listed = list(segments)[::-1]
    write_part(
        folder, MANIFEST, {"format": FORMAT, "page": page, "fold": _fold_data(), "segments": listed}
    )
    kept = {segment["dir"] for segment in listed}
    for old in folder.iterdir():
        if old.is_dir() and old.name not in kept:
            shutil.rmtree(old)


@cache
def _fold_data() -> str:
    """Give the tables of the fold, which every query needs."""
    pairs = traditional()
    return compress(
        ["".join(pairs), "".join(pairs.values()), UNIFIED, COMPARED, DROPPED.pattern, BLANK.pattern]
    )


@cache
def _pinyin_data() -> str:
    """Give the characters of each syllable, which queries in pinyin need."""
    return compress(syllables())
