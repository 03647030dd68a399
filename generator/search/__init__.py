"""issue.json → search files, never made from HTML: docs/search.md has the format.

The index of an archive is in search/ and serves all its sites; a bundle carries an index of its
own.
"""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from generator.language.agency_synonyms import AGENCY_SYNONYMS
from generator.language.document_numbers import typed_forms
from generator.language.traditional import traditional
from generator.runtime.digests import digest
from generator.runtime.packed import compress, decompress
from generator.runtime.parallel import Run
from generator.search.fold import BLANK, COMPARED, DROPPED, UNIFIED, fold
from generator.search.part_files import write_part
from generator.search.passages import Entry, entries_in
from generator.search.readings import syllables
from generator.search.segment import name_of, write_segment
from generator.search.states import BUNDLED, PRINTINGS, STATES, write_held

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
# A full segment has 256 issues. The newer issues make up to three segments: a multiple of 64
# issues, a multiple of 8, fewer than 8. One more issue changes only the last of them, seven times
# out of eight.
SEALED, TIERS = 256, (64, 8, 1)


def plan_segments(issues: Sequence[str]) -> list[list[str]]:
    """Split the issues of an archive, oldest first, into segments; only their order decides."""
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
    """Sort issues by the names of their folders (year and number): the oldest first."""
    return sorted(issues, key=lambda name: (name.partition("/")[2], name))


@dataclass(frozen=True, slots=True)
class SegmentWork:
    """The issues of one segment, ready for another process."""

    site: Path
    issues: tuple[str, ...]
    key: str  # cache key of the segment


def plan_search(site: Path, code: str, texts: Mapping[str, str]) -> list[SegmentWork]:
    """Split issues into segments, the oldest first, and make the cache key of each.

    ``code`` is the key of the code that makes the index. ``texts`` has, for each issue, the key of
    the text that the index reads.
    """
    return [
        SegmentWork(site, tuple(issues), digest(code, *(f"{n} {texts[n]}" for n in issues)))
        for issues in plan_segments(in_order(texts))
    ]


def build_search(
    site: Path,
    plan: Sequence[SegmentWork],
    kept: Mapping[str, dict[str, object]],
    run: Run,
    names: Iterable[Sequence[str]] = (),
) -> dict[str, dict[str, object]]:
    """Write the index of an archive from the issue.json files of its site.

    ``kept`` has the segments whose files are there already: cache key → entry in the manifest of
    the index. ``names`` has groups of names of one agency, beside those of the program. Gives the
    same for all segments of the plan.
    """
    if not (site / PINYIN_FILE).exists():  # every build by one version of the program has the same
        list(run(_write_pinyin, [site]))
    new = [work for work in plan if work.key not in kept]
    large = [work for work in new if len(work.issues) >= TIERS[0]]
    small = [work for work in new if len(work.issues) < TIERS[0]]
    made = dict(zip((w.key for w in large), run.apart(_build_segment, large), strict=True))
    made |= zip((w.key for w in small), run(_build_segment, small), strict=True)
    segments = {work.key: kept.get(work.key) or made[work.key] for work in plan}
    write_manifest(site, segments.values(), names)
    return segments


def _build_segment(work: SegmentWork) -> dict[str, object]:
    """Write one segment; a small head goes into the manifest, a large one into its own file."""
    entries = read_entries(work.site, work.issues)
    return _write_named(work.site, entries, work.key, inline=len(work.issues) < TIERS[0])


def _write_named(
    site: Path, entries: Iterable[Entry], key: str, *, inline: bool
) -> dict[str, object]:
    """Write a segment into a folder named after its contents; give its entry in the manifest."""
    aside = site / FOLDER / f".{key}"
    aside.mkdir(parents=True)
    head = write_segment(entries, aside, _read_pinyin(site))
    name = name_of(aside, head)
    if not inline:
        write_part(aside, "head", head)
    target = site / FOLDER / name
    if target.exists():  # an equal segment is there already
        shutil.rmtree(aside)
    else:
        aside.rename(target)
    return {"dir": name, **({"head": head} if inline else {})}


def read_entries(site: Path, issues: Iterable[str]) -> Iterator[Entry]:
    """Read the documents of issues, as the index needs them, from issue.json."""
    for issue in issues:
        yield from entries_in((site / issue / "issue.json").read_bytes())


def write_index(site: Path, entries: Iterable[Entry], names: Iterable[Sequence[str]] = ()) -> None:
    """Write an index with one segment, for a bundle; ``names`` as for ``build_search``.

    Its pages do not say up to which day the archive was searched for repeals: that day changes
    with every new issue, and a bundle does not.
    """
    if not (site / PINYIN_FILE).exists():
        _write_pinyin(site)
    write_manifest(site, [_write_named(site, entries, "own", inline=True)], names, page=False)
    write_part(site / FOLDER, PRINTINGS, [])
    write_part(site / FOLDER, STATES, {})  # a page itself says its state, as of the bundle's day
    write_held(site, BUNDLED)


def write_manifest(
    site: Path,
    segments: Iterable[dict[str, object]],
    names: Iterable[Sequence[str]] = (),
    *,
    page: bool = True,
) -> None:
    """Write manifest.js, which lists the segments, the newest first.

    Removes the folders of other segments. Only this file and pinyin.js keep their names when their
    contents change.
    """
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    listed = list(segments)[::-1]
    manifest = {
        "format": FORMAT,
        "page": page,
        "fold": _fold_data(),
        "numbers": _number_data(),
        "names": _name_groups(names),
        "segments": listed,
    }
    write_part(folder, MANIFEST, manifest)
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


def _name_groups(names: Iterable[Sequence[str]]) -> list[list[str]]:
    """Give the groups of names, folded as queries are, each once."""
    groups = (tuple(map(fold, group)) for group in (*names, *AGENCY_SYNONYMS))
    return [list(group) for group in dict.fromkeys(groups)]


@cache
def _number_data() -> str:
    """Give the forms of document numbers that readers type."""
    return compress(typed_forms())


def _write_pinyin(site: Path) -> None:
    """Write the characters of each syllable, which queries in pinyin need, and the index itself."""
    (site / FOLDER).mkdir(exist_ok=True)
    write_part(site / FOLDER, "pinyin", compress(syllables()))


def _read_pinyin(site: Path) -> dict[str, str]:
    """Read what ``_write_pinyin`` wrote, in this build or in one by the same program."""
    try:
        text = (site / PINYIN_FILE).read_text("ascii")
        packed: str = json.loads(text[text.index(",") + 1 : text.rindex(")")])
        return msgspec.json.decode(decompress(packed), type=dict[str, str])
    except (OSError, ValueError, zlib.error, msgspec.MsgspecError):
        return syllables()
