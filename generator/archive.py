"""content/ → issues through their own stages, and the summaries that all else is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.audit import audit
from generator.citations import find_citations, resolve_citations, summarise
from generator.diagnose import diagnose, errors
from generator.errors import ContentError
from generator.extract import extract
from generator.inventory import read_elsewhere
from generator.invisible import named
from generator.keep import keep_addresses
from generator.limits import refuse_issue
from generator.model import Diagnostic, Elsewhere, Gazette, Issue, Links, Summary
from generator.normalize import normalize
from generator.parse import parse
from generator.source import GAZETTE_FILE, find_gazettes, find_issues, load, read_gazette
from generator.withdraw import withdraw


def convert(folder: Path) -> Issue:
    """Take one issue through its own stages: everything but what other issues say of it."""
    facts = folder.parent / GAZETTE_FILE
    gazette = read_gazette(folder.parent) if facts.is_file() else None
    parsed = parse(load(folder))
    refuse_issue(parsed)
    issue = diagnose(extract(find_citations(keep_addresses(normalize(parsed))), gazette))
    return withdraw(replace(issue, diagnostics=issue.diagnostics + audit(issue)))


def read_all_elsewhere(gazettes: Iterable[Gazette], content: Path) -> list[Elsewhere]:
    """Read what other sites publish, as every gazette of the archive knows it."""
    return [entry for g in gazettes for entry in read_elsewhere(g, content / g.id)]


def issue_folders(content: Path, gazettes: Iterable[Gazette]) -> list[Path]:
    """List the folders of all issues of an archive."""
    return [folder for g in gazettes for folder in find_issues(content / g.id)]


def read_archive(
    content: Path, converted: Mapping[Path, Issue]
) -> tuple[list[Summary], list[Elsewhere]]:
    """Give what citations resolve over: the summaries of an archive, and what it knows elsewhere.

    Issues that are converted already are taken as such.
    """
    gazettes = find_gazettes(content)
    known = {folder.resolve(): issue for folder, issue in converted.items()}
    issues = (known.get(f.resolve()) or convert(f) for f in issue_folders(content, gazettes))
    return [summarise(issue) for issue in issues], read_all_elsewhere(gazettes, content)


def resolve_archive(content: Path, converted: Mapping[Path, Issue]) -> Links:
    """Resolve the citations of an archive; issues that are converted already are taken as such."""
    return resolve_citations(*read_archive(content, converted))


def ordered(summaries: Sequence[Summary]) -> list[Summary]:
    """Summaries by gazette, then by total number where all bear one, then by folder."""
    return sorted(summaries, key=lambda s: (s.name.partition("/")[0], s.total_number or 0, s.name))


def check_numbers(summaries: Iterable[Summary], content: Path) -> None:
    """Refuse two issues of a gazette with one number."""
    seen: dict[tuple[str, int, int], str] = {}
    for summary in summaries:
        gazette, _, folder = summary.name.partition("/")
        if summary.year is None or summary.number is None or "z" in folder:
            continue
        key = (gazette, summary.year, summary.number)
        if key in seen:
            message = (
                f"{content / summary.name / 'issue.md'}:1: number {summary.number} of "
                f"{summary.year} stands in {content / seen[key] / 'issue.md'} already; "
                "correct the masthead or remove one of the two folders"
            )
            raise ContentError(message)
        seen[key] = summary.name


def refuse_errors(content: Path, diagnostics: Mapping[str, Sequence[Diagnostic]]) -> None:
    """Refuse to publish issues, told by their names, with diagnostics of the severity error."""
    found = [
        format_diagnostic(str(content / name / "issue.md"), d)
        for name, listed in sorted(diagnostics.items())
        for d in errors(listed)
    ]
    if found:
        raise ContentError("\n".join(found))


def format_diagnostic(path: str, diagnostic: Diagnostic) -> str:
    """path:line: CODE message."""
    # what a text hides must not turn or colour the lines of a terminal
    return named(f"{path}:{diagnostic.lines.first}: {diagnostic.code} {diagnostic.message}")
