"""Issues → search files, made from the model and never from HTML: docs/search.md has the format.

The archive's index stands at search/ and serves every site of it; a bundle carries one of its own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from generator.search.documents import Entry, entries_of
from generator.search.fold import BLANK, COMPARED, DROPPED, UNIFIED, fold, traditional
from generator.search.readings import syllables
from generator.search.segment import name_of, write_segment
from generator.search.tables import compress, write_part

__all__ = [
    "build_search",
    "fold",
    "in_order",
    "plan_segments",
    "read_entries",
    "write_index",
    "write_stub",
]

FORMAT = "gazette-search/1"
FOLDER = "search"
MANIFEST = "manifest"
# a segment of 256 issues is sealed; what is newer stands in three, of sixty-fours, eights and ones:
# an issue more changes the last alone, seven times out of eight
SEALED, TIERS = 256, (64, 8, 1)
# Material's box reads the language before it hands the index to the worker
CONFIG = {"lang": ["zh"], "separator": "\\s+", "pipeline": []}


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


def build_search(
    site: Path, issues: Iterable[str], run: Callable[..., Iterable[dict[str, object]]] = map
) -> None:
    """Write the index of an archive from the issue.json files of its site."""
    plan = plan_segments(in_order(issues))
    segments = list(run(_build_segment, [site] * len(plan), plan, range(len(plan))))
    write_manifest(site, segments)


def _build_segment(site: Path, issues: Sequence[str], place: int) -> dict[str, object]:
    """Write one segment of issues; small heads stand in the manifest, large ones aside."""
    return _settle(site, read_entries(site, issues), place, inline=len(issues) < TIERS[0])


def _settle(site: Path, entries: Iterable[Entry], place: int, *, inline: bool) -> dict[str, object]:
    """Write a segment into a folder named by its contents; give what the manifest says of it."""
    aside = site / FOLDER / f".{place}"
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
        yield from entries_of(json.loads((site / issue / "issue.json").read_bytes()))


def write_index(site: Path, entries: Iterable[Entry]) -> None:
    """Write an index of one segment, for a bundle."""
    write_manifest(site, [_settle(site, entries, 0, inline=True)], page=False)


def write_manifest(site: Path, segments: Iterable[dict[str, object]], *, page: bool = True) -> None:
    """Write the one file whose name does not change: the segments, the newest first."""
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
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


def write_stub(site: Path, root: str, here: str) -> None:
    """Write what Material's box loads of a site: where the archive's index is, and no documents."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    data = {"config": {**CONFIG, "root": root, "here": here}, "docs": []}
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    (folder / "search_index.json").write_text(text, "ascii")
    (folder / "search_index.js").write_text(f"var __index={text}", "ascii")
