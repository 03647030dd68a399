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
from generator.runtime.errors import ContentError, Faults, SourceError
from generator.stages.pipeline import convert


def read_all_elsewhere(gazettes: Iterable[Gazette], content: Path) -> list[Elsewhere]:
    """Read the documents of other sites that the gazettes of the archive list."""
    return [entry for g in gazettes for entry in read_elsewhere(g, content / g.id)]


def issue_folders(
    content: Path,
    gazettes: Iterable[Gazette],
    *,
    drafts: bool = False,
    faults: Faults | None = None,
) -> list[Path]:
    """List the folders of all issues of an archive; drafts, which are not published, on demand.

    What is wrong with some of them is raised at the end, all at once; with ``faults`` it is noted
    there, and the other issues are listed.
    """
    own = Faults() if faults is None else faults
    found = []
    for folder in [folder for g in gazettes for folder in find_issues(content / g.id, own)]:
        with own.noted():
            if drafts or not is_draft(folder):
                found.append(folder)
    if faults is None:
        own.end()
    return found


def published(content: Path, faults: Faults) -> tuple[tuple[Gazette, ...], list[Path]]:
    """Read the gazettes that have an issue to publish, and list the folders of these issues.

    What is wrong with some of them is noted in ``faults``. Raises ContentError if there is no issue
    to publish.
    """
    gazettes = find_gazettes(content, faults)
    listed = ((gazette, issue_folders(content, [gazette], faults=faults)) for gazette in gazettes)
    found = [(gazette, folders) for gazette, folders in listed if folders]
    if not found:
        faults.end()
        message = f"{content}: 各期都是草稿（issue.toml 中 draft = true），没有可以发布的一期"
        raise ContentError(message)
    return tuple(g for g, _ in found), [folder for _, folders in found for folder in folders]


def read_archive(
    content: Path, converted: Mapping[Path, Issue], faults: Faults | None = None
) -> tuple[list[Summary], list[Elsewhere]]:
    """Read the possible targets of citations: the summaries, and the documents of other sites.

    Issues in ``converted`` are not converted again. What is wrong with others is raised at the end,
    all at once; with ``faults`` it is noted there, and these are no targets.
    """
    own = Faults() if faults is None else faults
    gazettes = find_gazettes(content, own)
    known = {folder.resolve(): issue for folder, issue in converted.items()}
    folders = {f.resolve(): f for f in issue_folders(content, gazettes, faults=own)}
    issues = [*known.values()]
    for resolved, folder in folders.items():
        if resolved not in known:
            with own.noted():
                issues.append(convert(folder))
    elsewhere: list[Elsewhere] = []
    for gazette in gazettes:
        with own.noted():
            elsewhere += read_elsewhere(gazette, content / gazette.id)
    if faults is None:
        own.end()
    issues.sort(key=lambda issue: issue.name)
    return [summarise(issue) for issue in issues], elsewhere


def resolve_archive(
    content: Path, converted: Mapping[Path, Issue], faults: Faults | None = None
) -> Links:
    """Resolve the citations of an archive; issues in ``converted`` are not converted again.

    ``faults`` are those of other issues (read_archive).
    """
    return resolve_citations(*read_archive(content, converted, faults))


def ordered(summaries: Sequence[Summary]) -> list[Summary]:
    """Sort summaries by gazette, then by total number (those without one first), then by folder."""
    return sorted(summaries, key=lambda s: (s.name.partition("/")[0], s.total_number or 0, s.name))


def same_numbers(summaries: Iterable[Summary], content: Path) -> list[str]:
    """Name the issues whose number another of the gazette has; supplements have none."""
    found: list[str] = []
    seen: dict[tuple[str, int, int], Summary] = {}
    for summary in summaries:
        gazette, _, folder = summary.name.partition("/")
        if summary.year is None or summary.number is None or "z" in folder:
            continue
        key = (gazette, summary.year, summary.number)
        if key in seen:
            path, line = summary.place_of(str(content), 1)
            found.append(
                f"{path}:{line}: {summary.year}年第{summary.number}期"
                f"已在 {seen[key].place_of(str(content), 1)[0]}；"
                "刊头有误的请更正，重复的请移走其中一个文件夹"
            )
        else:
            seen[key] = summary
    return found


def refuse_errors(
    content: Path,
    found: Iterable[tuple[Summary, Sequence[Diagnostic]]],
    others: Iterable[str] = (),
    unread: Iterable[str] = (),
) -> None:
    """Raise ContentError with all that stops publication.

    That is what ``others`` say, and the errors among the diagnostics of each issue; what
    ``unread`` says of issues that could not be read comes first, and alone is a SourceError.
    """
    faults = [*unread]
    listed = [*others]
    listed += [
        format_diagnostic(summary.place_of(str(content), d.lines.first), d)
        for summary, diagnostics in sorted(found, key=lambda one: one[0].name)
        for d in errors(diagnostics)
    ]
    if listed:
        raise ContentError("\n".join([*faults, *listed]))
    if faults:
        raise SourceError("\n".join(faults))
