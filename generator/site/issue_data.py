"""The files beside an issue's pages: collation pages, data, places on the sheets."""

from __future__ import annotations

import shutil
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from generator.formats.akoma_ntoso import akoma_ntoso
from generator.formats.iiif import iiif_manifest
from generator.formats.issue_json import issue_files
from generator.model import Gazette, Issue, Links
from generator.render import template_environment
from generator.render.collation import COLLATION, render_collations
from generator.render.document_script import SCRIPT, document_scripts
from generator.render.issue import ALL_PAGES, IIIF_FILE, own_title
from generator.render.sheet_places import PLACES, sheet_script
from generator.runtime.places import Places
from generator.site.mkdocs import copy_files


def write_collations(issue: Issue, gazette: Gazette, places: Places) -> None:
    """Write the collation page of each document, and the copies at its former addresses."""
    target = places.staged / issue.name
    environment = template_environment(places.template_folders, places.compiled)
    pages = render_collations(issue, f"{gazette.title} {own_title(issue)}", environment)
    for path, page in pages.items():
        (target / path).write_text(page, "utf-8")
    copy_to_formers(issue, target, [COLLATION], ALL_PAGES)


def write_data(
    issue: Issue,
    gazette: Gazette,
    links: Links,
    places: Places,
    wanted: Container[object] = ALL_PAGES,
) -> None:
    """Write issue.json, and each document as .json, .xml, .md and .js beside its page.

    The data of documents that are not wanted are those of the existing site.
    """
    target = places.staged / issue.name
    before = {
        d.id: (places.site / issue.name / f"{d.id}.json").read_bytes()
        for d in issue.documents
        if d.id not in wanted
    }
    for path, data in issue_files(issue, links, before):
        (target / path).write_bytes(data)
    documents = [document for document in issue.documents if document.id in wanted]
    for document in documents:
        xml = akoma_ntoso(document, issue, gazette, links)
        (target / f"{document.id}.xml").write_bytes(xml)
        for script, text in document_scripts(document, issue, gazette, links):
            (target / f"{script}{SCRIPT}").write_text(text, "ascii")
    copy_files(places.build / "docs" / issue.name, target, [f"{d.id}.md" for d in documents])
    copy_to_formers(issue, target, [".json", ".xml", ".md"], wanted)


def copy_to_formers(
    issue: Issue, target: Path, suffixes: Iterable[str], wanted: Container[object]
) -> None:
    """Copy files of wanted documents to their former addresses: they cannot lead on as pages do."""
    for former in issue.formers:
        for suffix in suffixes if former.to and former.to in wanted else ():
            if (source := target / f"{former.to}{suffix}").exists():
                shutil.copyfile(source, target / f"{former.id}{suffix}")


def write_places(
    issue: Issue, gazette: Gazette, sizes: Mapping[str, tuple[int, int]], target: Path
) -> None:
    """Write where the paragraphs are on the sheets: for pages, and for viewers of IIIF."""
    for document in issue.documents:
        if script := sheet_script(document, issue, sizes):
            (target / f"{document.id}{PLACES}").write_text(script, "ascii")
    if written := iiif_manifest(issue, gazette, sizes):
        (target / IIIF_FILE).write_text(written, "utf-8")
