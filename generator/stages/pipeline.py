"""One issue's own way: from its folder to the issue that other stages and pages are made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.content import GAZETTE_FILE, load, read_gazette
from generator.content.limits import refuse_issue
from generator.model import Issue
from generator.stages.check import audit, diagnose
from generator.stages.citations import find_citations
from generator.stages.extract import extract
from generator.stages.history import keep_addresses, withdraw
from generator.stages.normalize import normalize
from generator.stages.parse import parse


def convert(folder: Path) -> Issue:
    """Take one issue through its own stages: everything but what other issues say of it."""
    facts = folder.parent / GAZETTE_FILE
    gazette = read_gazette(folder.parent) if facts.is_file() else None
    parsed = parse(load(folder))
    refuse_issue(parsed)
    issue = diagnose(extract(find_citations(keep_addresses(normalize(parsed))), gazette))
    return withdraw(replace(issue, diagnostics=issue.diagnostics + audit(issue)))
