"""The steps of one issue, from its folder in content/ to the value that pages are made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.content import GAZETTE_FILE, load, read_gazette
from generator.content.limits import refuse_issue
from generator.model import Gazette, Issue
from generator.stages.amend import find_amendments
from generator.stages.check import audit, diagnose
from generator.stages.citations import find_citations
from generator.stages.extract import extract
from generator.stages.history import cover_sheets, keep_addresses, withdraw
from generator.stages.normalize import normalize
from generator.stages.parse import parse


def convert(folder: Path) -> Issue:
    """Convert the folder of one issue into its finished value; no other issue is needed.

    ``load`` reads the text, decodes it, applies the editor's corrections, and adds issue.toml.
    ``parse`` splits the text into masthead, contents, documents and their blocks.
    ``refuse_issue`` adds nothing; it raises SourceError for an issue too large for its pages.
    ``normalize`` repairs the text, and adds ids, anchors, levels and the ledger of all changes.
    ``keep_addresses`` restores published ids and anchors; it adds aliases, formers and earlier
    readings.
    ``find_citations`` adds to each text its citations, with number, title, relation and pins.
    ``find_amendments`` adds to each decision its operations on other documents (修改).
    ``extract`` adds appointments, responsibilities, references and terms of validity; gazette.toml
    names agencies.
    ``diagnose`` adds diagnostics of places that an editor should look at.
    ``audit`` adds a diagnostic for each difference that the ledger does not account for.
    ``withdraw`` removes withdrawn documents; it comes last, because it also removes their
    diagnostics.
    ``cover_sheets`` adds the sheets of paper, with what their pictures must not show.
    """
    gazette = _read_gazette_of(folder)
    source = load(folder)
    issue = parse(source)
    if gazette and not issue.masthead.title:  # files of documents alone print no masthead
        issue = replace(issue, masthead=replace(issue.masthead, title=gazette.title))
    refuse_issue(issue)
    issue = normalize(issue)
    issue = keep_addresses(issue)
    issue = find_citations(issue)
    issue = find_amendments(issue)
    issue = extract(issue, gazette)
    issue = diagnose(issue, gazette.agencies if gazette else {})
    issue = replace(issue, diagnostics=issue.diagnostics + audit(issue))
    return cover_sheets(withdraw(issue), issue)


def _read_gazette_of(folder: Path) -> Gazette | None:
    """Read the gazette.toml beside an issue's folder; None if there is none."""
    facts = folder.parent / GAZETTE_FILE
    return read_gazette(folder.parent) if facts.is_file() else None
