"""The search index of an archive: its segments are made from the issue.json files of its site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.archive.registers import newest_day
from generator.model import Links, Summary
from generator.render.printings import printing_name
from generator.runtime.parallel import Run
from generator.search import PINYIN_FILE, build_search, plan_search
from generator.search.states import Listed, held_data, write_states
from generator.site import manifest, records
from generator.site.manifest import SegmentEntry
from generator.site.records import ExistingSite
from generator.site.swap import keep


def build_index(
    staged: Path,
    program: str,
    texts: Mapping[str, str],
    names: Sequence[Sequence[str]],
    existing: ExistingSite,
    run: Run,
) -> None:
    """Build the segments of the search index that changed, and take over the others.

    ``program`` is the key of the code that makes the index, ``texts`` has the keys of the issues'
    texts, ``names`` the groups of names of one agency that the gazettes give.
    """
    plan = plan_search(staged, program, texts)
    old = existing.read(manifest.SEARCH, tuple[SegmentEntry, ...]) or ()
    listed = {entry.key: entry.listed for entry in old}
    kept: dict[str, dict[str, object]] = {}
    for segment in plan:
        files = existing.files(f"search/{listed.get(segment.key, {}).get('dir')}")
        if files:
            keep(existing.site, staged, files)
            kept[segment.key] = listed[segment.key]
    is_same = existing.build is not None and existing.build.program.index == program
    if is_same and existing.has(PINYIN_FILE):
        keep(existing.site, staged, [PINYIN_FILE])
    segments = build_search(staged, plan, kept, run, names)
    entries = [SegmentEntry(key, segment) for key, segment in segments.items()]
    records.write(staged / manifest.SEARCH, entries)


def index_states(staged: Path, summaries: Sequence[Summary], links: Links) -> None:
    """Write the files that depend on all issues: states, printings, and what is held."""
    newest = max((newest_day(summary) for summary in summaries), default="")
    places = {
        (summary.name, d.id): place
        for summary in summaries
        for place, d in enumerate(summary.documents)
    }
    works: dict[str, list[Listed]] = {}
    for work in links.printings.values():
        for other in work.others:
            works.setdefault(work.work, []).append(
                (other.issue, places[other.place], printing_name(other), other.url)
            )
    # each printing is named by all the others
    listed = [sorted(set(works[name])) for name in sorted(works)]
    write_states(staged, summaries, links.states, listed, held_data(summaries, newest))
