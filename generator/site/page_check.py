"""The checks of an issue's finished pages: texts, links within the issue, lines of the source."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.model import Diagnostic, Issue
from generator.model.codes import format_diagnostic
from generator.render.collation import COLLATION
from generator.site.html_page import HtmlPage, PlainPage
from generator.site.link_check import dead_links, page_facts, refuse
from generator.site.manifest import PageFacts
from generator.site.read_back import read_back
from generator.site.source_proof import prove, read_pages, shows_text
from generator.site.swap import scan

log = logging.getLogger(__name__)


def check_texts(issue: Issue, target: Path, *, is_whole: bool) -> dict[str, PageFacts]:
    """Check the texts of finished pages against the model; give the ids and links of each.

    Of a whole issue, each line of the source is looked for on the pages, too. Pages that are kept
    were proved when they were built, and the text of a page that is built again is the model's.
    """
    documents = {f"{d.id}.html": d for d in issue.documents}
    facts: dict[str, PageFacts] = {}
    pages: dict[str, HtmlPage] = {}
    for path in sorted(target.rglob("*.html")):
        file = path.relative_to(target).as_posix()
        data = path.read_bytes()
        page = PlainPage(data) if file.endswith(COLLATION) else HtmlPage(data)
        if isinstance(page, HtmlPage) and file in documents:
            read_back(documents[file], page)
        if isinstance(page, HtmlPage) and shows_text(file):
            pages[file] = page
        facts[f"{issue.name}/{file}"] = page_facts(f"{issue.name}/{file}", page)
    if is_whole:
        warn(issue, prove(issue, pages).faults)
    return facts


def prove_pages(issue: Issue, target: Path) -> None:
    """Look for each line of the source on all pages of an issue, built again or kept."""
    warn(issue, prove(issue, read_pages(target)).faults)


def check_own_links(name: str, facts: Mapping[str, PageFacts], target: Path) -> None:
    """Refuse links between the pages of an issue that lead nowhere."""
    files = {f"{name}/{path}" for path in scan(target)}
    anchors = {page: known.anchors for page, known in facts.items()}
    refuse(link for link in dead_links(facts, anchors, files) if link.target.startswith(f"{name}/"))


def warn(issue: Issue, faults: Iterable[Diagnostic]) -> None:
    """Log what the finished pages show to be missing, if no stage has reported the line before."""
    known = {(d.code, d.lines.first) for d in issue.diagnostics}
    for fault in faults:
        if (fault.code, fault.lines.first) not in known:
            log.warning("%s", format_diagnostic(issue.source.place_of(fault.lines.first), fault))
