"""Pair the issues, documents and citations of two sites, and report the differences."""

from __future__ import annotations

import shutil
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from generator.delivery.report.read_site import (
    FIELDS,
    PublishedCitation,
    PublishedDocument,
    PublishedIssue,
    read_published,
)
from generator.delivery.report.values import (
    ChangedDocument,
    Citations,
    Documents,
    FieldChange,
    Findings,
    Issues,
    Lead,
    Report,
    ReportedCitation,
)
from generator.model import document_url
from generator.runtime.errors import UsageError

T = TypeVar("T")
Place: TypeAlias = tuple[str, str]  # issue, document
Moved: TypeAlias = Mapping[Place, Place]
Cited: TypeAlias = tuple[PublishedCitation, str, Lead]  # citation, address of its paragraph, lead

ISSUE = "issue.json"
NAMES = "issues.txt"  # beside files that keep_differing copied: lists all issues of their site


@dataclass(frozen=True, slots=True)
class Paired(Generic[T]):
    """Two sequences: the pairs of equal items, and the rest of each."""

    pairs: tuple[tuple[T, T], ...]
    old: tuple[T, ...]
    new: tuple[T, ...]


def pair_off(
    old: Sequence[T], new: Sequence[T], *keys: Callable[[T], Hashable | None]
) -> Paired[T]:
    """Pair items with equal first keys, then those left with equal second keys, and so on.

    The key None equals nothing. The rest keeps its order.
    """
    pairs: list[tuple[T, T]] = []
    for key in keys:
        waiting: dict[Hashable, deque[int]] = {}
        for place, item in enumerate(old):
            waiting.setdefault(key(item), deque()).append(place)
        waiting.pop(None, None)
        taken: set[int] = set()
        rest: list[T] = []
        for item in new:
            if places := waiting.get(key(item)):
                taken.add(places[0])
                pairs.append((old[places.popleft()], item))
            else:
                rest.append(item)
        old = [item for place, item in enumerate(old) if place not in taken]
        new = rest
    return Paired(tuple(pairs), tuple(old), tuple(new))


def compare_sites(old: Path, new: Path, content: str = "content") -> Report:
    """Report what changed from one site to another; ``content`` begins the paths of diagnostics.

    Files with the same bytes are not parsed. Without an old site, everything is new. Raises
    SourceError for an issue.json that cannot be read as one.
    """
    names, others = _differing(old, new)
    issues = pair_off(
        [read_published(old / name / ISSUE, name, content) for name in names],
        [read_published(new / name / ISSUE, name, content) for name in others],
        lambda issue: issue.name,
        lambda issue: issue.sha256 or None,
    )
    # an issue that only one site has is compared with an empty one
    both = [*issues.pairs, *((i, _emptied(i)) for i in issues.old)]
    both = sorted([*both, *((_emptied(i), i) for i in issues.new)], key=lambda pair: pair[1].name)
    paired = [_pair_documents(one, other) for one, other in both]
    moved = {
        (one.name, before.id): (other.name, after.id)
        for (one, other), documents in zip(both, paired, strict=True)
        for before, after in documents.pairs
    }
    changed = [
        tuple(change for pair in documents.pairs if (change := _change(*pair)))
        for documents in paired
    ]
    citations = [c for documents in paired for c in _compare_citations(documents, moved)]
    findings = [
        pair_off(one.findings, other.findings, lambda f: f, lambda f: (f.code, f.message))
        for one, other in both
    ]
    differs = {
        other.name
        for (one, other), documents, changes in zip(both, paired, changed, strict=True)
        if changes or documents.old or documents.new or _facts(one) != _facts(other)
    }
    stayed = [other for one, other in issues.pairs if one.name == other.name]
    return Report(
        first=not _names(old) and not (old / NAMES).is_file(),
        issues=Issues(
            added=tuple(issue.shown() for issue in issues.new),
            removed=tuple(issue.shown() for issue in issues.old),
            renamed=tuple(b.shown(a.name) for a, b in issues.pairs if a.name != b.name),
            changed=tuple(issue.shown() for issue in stayed if issue.name in differs),
            other=sum(issue.name not in differs for issue in stayed),
        ),
        documents=Documents(
            added=tuple(d.shown() for documents in paired for d in documents.new),
            removed=tuple(d.shown() for documents in paired for d in documents.old),
            changed=tuple(change for changes in changed for change in changes),
        ),
        citations=_by_kind(citations),
        diagnostics=Findings(
            came=tuple(f for found in findings for f in found.new),
            went=tuple(f for found in findings for f in found.old),
        ),
    )


def keep_differing(old: Path, new: Path, folder: Path) -> None:
    """Copy the files that differ to ``folder``, whose old/ and new/ give the same report.

    Raises UsageError when the folder exists already: its files would be reported too.
    """
    if folder.exists():
        msg = f"{folder}: 已经有了；请为 --keep 换一个新的文件夹"
        raise UsageError(msg)
    for site, kept, names in zip((old, new), ("old", "new"), _differing(old, new), strict=True):
        for name in names:
            (folder / kept / name).mkdir(parents=True)
            shutil.copyfile(site / name / ISSUE, folder / kept / name / ISSUE)
        if everything := _names(site):
            (folder / kept).mkdir(parents=True, exist_ok=True)
            (folder / kept / NAMES).write_text("".join(f"{n}\n" for n in everything), "utf-8")


def _names(site: Path) -> list[str]:
    paths = (path for path in site.glob(f"*/*/{ISSUE}") if path.is_file())
    return sorted(path.parent.relative_to(site).as_posix() for path in paths)


def _differing(old: Path, new: Path) -> tuple[list[str], list[str]]:
    """Name the issues of each site that the other site does not have byte for byte."""
    names, others = _names(old), _names(new)
    same = {
        name
        for name in set(names).intersection(others)
        if (old / name / ISSUE).read_bytes() == (new / name / ISSUE).read_bytes()
    }
    return [n for n in names if n not in same], [n for n in others if n not in same]


def _emptied(issue: PublishedIssue) -> PublishedIssue:
    return replace(issue, documents=(), findings=())


def _facts(issue: PublishedIssue) -> tuple[str, str]:
    return issue.sha256, issue.facts


def _pair_documents(old: PublishedIssue, new: PublishedIssue) -> Paired[PublishedDocument]:
    """Pair documents by id, else by title, else by text: a corrected number changes the id."""
    return pair_off(
        old.documents,
        new.documents,
        lambda document: document.id,
        lambda document: document.fields["title"] or None,
        lambda document: document.texts or None,
    )


def _change(old: PublishedDocument, new: PublishedDocument) -> ChangedDocument | None:
    """Report how a document differs; None if it does not."""
    fields = [
        FieldChange(name, old.fields[name], new.fields[name])
        for name in FIELDS
        if old.fields[name] != new.fields[name]
    ]
    if old.id != new.id:
        fields.append(FieldChange("url", old.url, new.url))
    if not fields and old.texts == new.texts:
        return None
    before, after = Counter(old.texts), Counter(new.texts)
    lost, gained = (before - after).total(), (after - before).total()
    altered = min(lost, gained)
    return ChangedDocument(
        new.shown(),
        tuple(fields),
        altered,
        added=gained - altered,
        removed=lost - altered,
        reordered=not lost and not gained and old.texts != new.texts,
    )


def _compare_citations(
    documents: Paired[PublishedDocument], moved: Moved
) -> Iterator[ReportedCitation]:
    """List the citations that are new, are gone, or lead to another place than before."""
    nothing: Moved = {}
    for before, after in documents.pairs:
        paired = pair_off(
            _cited(before, moved),
            _cited(after, nothing),
            lambda cited: (cited[0].text, cited[0].anchor, cited[2]),
            lambda cited: (cited[0].text, cited[2]),
            lambda cited: (cited[0].text, cited[0].anchor),
            lambda cited: cited[0].text,
        )
        yield from (
            ReportedCitation(citation.text, url, was, now)
            for (_, _, was), (citation, url, now) in paired.pairs
            if was != now
        )
        yield from (ReportedCitation(c.text, url, was, None) for c, url, was in paired.old)
        yield from (ReportedCitation(c.text, url, None, now) for c, url, now in paired.new)
    for document in documents.old:
        for citation, url, was in _cited(document, moved):
            yield ReportedCitation(citation.text, url, was, None)
    for document in documents.new:
        for citation, url, now in _cited(document, nothing):
            yield ReportedCitation(citation.text, url, None, now)


def _cited(document: PublishedDocument, moved: Moved) -> list[Cited]:
    return [(c, f"{document.url}#{c.anchor}", _lead(c, moved)) for c in document.citations]


def _lead(citation: PublishedCitation, moved: Moved) -> Lead:
    """Say where a citation leads, by the address that its target has in the new site."""
    if citation.target:
        issue, document, anchor = citation.target
        url = document_url(*moved.get((issue, document), (issue, document)))
        return Lead("held", f"{url}#{anchor}" if anchor else url, citation.relation)
    if citation.elsewhere:
        return Lead("elsewhere", citation.elsewhere, citation.relation)
    return Lead("not-held", citation.work, citation.relation)


def _by_kind(citations: Sequence[ReportedCitation]) -> Citations:
    kinds = [(_kind(citation), citation) for citation in citations]
    return Citations(
        **{
            name: tuple(citation for kind, citation in kinds if kind == name)
            for name in ("gained", "lost", "held", "released", "redirected")
        }
    )


def _kind(citation: ReportedCitation) -> str:
    before, after = citation.before, citation.after
    if before is None:
        return "gained"
    if after is None:
        return "lost"
    if before.state == after.state or "held" not in (before.state, after.state):
        return "redirected"
    return "held" if after.state == "held" else "released"
