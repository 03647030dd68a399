"""Build only the pages for readers, which a stock site of the same Markdown has, too.

    python -m benchmarks.reading_pages CONTENT SITE BUILD

There is no search, no collation page and no diagnostic, and of the data only each document's .json,
from which the feeds with whole texts are made; the pages of issues are not read back, and their
links are not checked. bench_archive compares this work with that of stock
MkDocs-Material.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from generator.archive.issues import issue_folders, ordered
from generator.archive.mentions import mentions_of
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.content import find_gazettes, load, read_gazette
from generator.formats.issue_json import ISSUE_FILE, issue_files
from generator.model import Links
from generator.runtime.parallel import Run, workers
from generator.runtime.places import Places
from generator.site import manifest, records
from generator.site.home_site import build_home
from generator.site.issue_site import build_pages
from generator.site.keys import program_keys
from generator.site.records import ExistingSite
from generator.site.waiting import put_aside, take_up
from generator.stages.citations import find_citations
from generator.stages.extract import extract
from generator.stages.normalize import normalize
from generator.stages.parse import parse


def build_reading_pages(places: Places, run: Run) -> None:
    """Build the pages of all issues and of the home site into an empty folder."""
    gazettes = find_gazettes(places.content)
    by_id = {gazette.id: gazette for gazette in gazettes}
    summaries = []
    waiting = places.build / "reading"
    for folder in issue_folders(places.content, gazettes):
        gazette = read_gazette(folder.parent)
        issue = extract(find_citations(normalize(parse(load(folder)))), gazette)
        summaries.append(summarise(issue))
        put_aside(issue, waiting / issue.name, "")
        mentions = places.staged / manifest.mentions_manifest(issue.name)
        records.write(mentions, mentions_of(issue))
    summaries = ordered(summaries)
    links = resolve_citations(summaries)
    own = links.part()
    for summary in summaries:
        name = summary.name
        gazette = by_id[name.partition("/")[0]]
        issue = take_up(waiting / name, "") or issue
        build_pages(issue, summary, gazette, own.get(name, Links()), places)
        for path, data in issue_files(issue, own.get(name, Links())):
            if path != ISSUE_FILE:
                (places.staged / name / path).write_bytes(data)
    keys = {summary.name: "" for summary in summaries}
    program, existing = program_keys(places), ExistingSite(places.site)
    build_home(places, gazettes, summaries, links, keys, program, existing, run)
    shutil.rmtree(waiting)
    places.staged.rename(places.site)


def main() -> int:
    """Build the pages once, for a measurement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    for name in ("content", "site", "build"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    with workers(1) as run:  # like gazette build: this also sets the garbage collector
        build_reading_pages(Places(options.content, options.site, options.build), run)
    return 0


if __name__ == "__main__":
    sys.exit(main())
