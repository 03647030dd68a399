"""content/ → converted issues, their summaries, and the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from generator.archive.inventory import read_elsewhere
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.content import find_gazettes, find_issues, is_draft
from generator.model import Diagnostic, Elsewhere, Gazette, Issue, Links, Summary
from generator.model.codes import errors, format_diagnostic
from generator.runtime.errors import ContentError
from generator.stages.pipeline import convert


def read_all_elsewhere(gazettes: Iterable[Gazette], content: Path) -> list[Elsewhere]:
    """Read the documents of other sites that the gazettes of the archive list."""
    return [entry for g in gazettes for entry in read_elsewhere(g, content / g.id)]


def issue_folders(
    content: Path, gazettes: Iterable[Gazette], *, drafts: bool = False
) -> list[Path]:
    """List the folders of all issues of an archive; drafts, which are not published, on demand."""
    folders = (folder for g in gazettes for folder in find_issues(content / g.id))
    return [folder for folder in folders if drafts or not is_draft(folder)]


def published(content: Path) -> tuple[tuple[Gazette, ...], list[Path]]:
    """Read the gazettes that have an issue to publish, and list the folders of these issues.

    Raises ContentError if there is none.
    """
    listed = ((gazette, issue_folders(content, [gazette])) for gazette in find_gazettes(content))
    found = [(gazette, folders) for gazette, folders in listed if folders]
    if not found:
        message = f"{content}: 各期都是草稿（issue.toml 中 draft = true），没有可以发布的一期"
        raise ContentError(message)
    return tuple(g for g, _ in found), [folder for _, folders in found for folder in folders]


def read_archive(
    content: Path, converted: Mapping[Path, Issue]
) -> tuple[list[Summary], list[Elsewhere]]:
    """Read the possible targets of citations: the summaries, and the documents of other sites.

    Issues in ``converted`` are not converted again.
    """
    gazettes = find_gazettes(content)
    known = {folder.resolve(): issue for folder, issue in converted.items()}
    folders = {f.resolve(): f for f in issue_folders(content, gazettes)}
    others = (convert(f) for resolved, f in folders.items() if resolved not in known)
    issues = sorted((*known.values(), *others), key=lambda issue: issue.name)
    return [summarise(issue) for issue in issues], read_all_elsewhere(gazettes, content)


def resolve_archive(content: Path, converted: Mapping[Path, Issue]) -> Links:
    """Resolve the citations of an archive; issues in ``converted`` are not converted again."""
    return resolve_citations(*read_archive(content, converted))


def ordered(summaries: Sequence[Summary]) -> list[Summary]:
    """Sort summaries by gazette, then by total number (those without one first), then by folder."""
    return sorted(summaries, key=lambda s: (s.name.partition("/")[0], s.total_number or 0, s.name))


def check_numbers(summaries: Iterable[Summary], content: Path) -> None:
    """Raise ContentError if two issues of a gazette have the same number; supplements have none."""
    seen: dict[tuple[str, int, int], Summary] = {}
    for summary in summaries:
        gazette, _, folder = summary.name.partition("/")
        if summary.year is None or summary.number is None or "z" in folder:
            continue
        key = (gazette, summary.year, summary.number)
        if key in seen:
            path, line = summary.place_of(str(content), 1)
            message = (
                f"{path}:{line}: {summary.year}年第{summary.number}期"
                f"已在 {seen[key].place_of(str(content), 1)[0]}；"
                "刊头有误的请更正，重复的请移走其中一个文件夹"
            )
            raise ContentError(message)
        seen[key] = summary


def refuse_errors(content: Path, found: Iterable[tuple[Summary, Sequence[Diagnostic]]]) -> None:
    """Raise ContentError if issues have errors, given the diagnostics of each issue."""
    listed = [
        format_diagnostic(summary.place_of(str(content), d.lines.first), d)
        for summary, diagnostics in sorted(found, key=lambda one: one[0].name)
        for d in errors(diagnostics)
    ]
    if listed:
        raise ContentError("\n".join(listed))
