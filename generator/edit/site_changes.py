"""What a build changed, in words for the page: the data of ``gazette report``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from generator.delivery.report import Report, compare_sites
from generator.delivery.report.compare import ISSUE
from generator.delivery.report.markdown import FIELD_NAMES
from generator.delivery.report.values import ChangedDocument, ReportedDocument, ReportedIssue
from generator.runtime.data import Json

T = TypeVar("T")

MOST = 50  # items of a list that are shown


def keep_record(site: Path, folder: Path) -> None:
    """Keep the issue.json files of a site in a folder, for a comparison with the next one."""
    shutil.rmtree(folder, ignore_errors=True)
    for path in site.glob(f"*/*/{ISSUE}"):
        target = folder / path.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target)  # a build never writes into a file of the old site
        except OSError:
            shutil.copyfile(path, target)


def changes_of(before: Path, site: Path) -> Json:
    """Compare a site with the record of the one before it."""
    report = compare_sites(before, site)
    issues, documents = report.issues, report.documents
    sections: list[dict[str, Json]] = [
        _section("新增的期", issues.added, _issue),
        _section("改名的期", issues.renamed, _issue),
        _section("有改动的期", () if report.first else issues.changed, _issue),
        _section("新增的公文", () if report.first else documents.added, _document),
        _section("有改动的公文", documents.changed, _changed),
        _section("删去的公文", documents.removed, lambda one: _item(_named(one))),
        _section("失效的网址", list(_dead(report, site)), _item),
    ]
    return {
        "first": report.first,
        "sections": [*(section for section in sections if section["count"])],
        "said": list(_said(report)),
    }


def _section(heading: str, found: Iterable[T], write: Callable[[T], Json]) -> dict[str, Json]:
    listed = list(found)
    return {
        "heading": heading,
        "count": len(listed),
        "items": [write(one) for one in listed[:MOST]],
    }


def _item(text: str, url: str = "") -> Json:
    return {"text": text, "url": url}


def _issue(issue: ReportedIssue) -> Json:
    was = f"（原为 {issue.was}）" if issue.was else ""
    words = f"{issue.title} {issue.name}{was}，{issue.documents} 篇公文"
    return _item(words, f"{issue.name}/index.html")


def _named(document: ReportedDocument) -> str:
    return f"{document.title}{f'（{document.number}）' if document.number else ''}"


def _document(document: ReportedDocument) -> Json:
    return _item(_named(document), document.url)


def _changed(change: ChangedDocument) -> Json:
    notes = [
        f"{FIELD_NAMES.get(one.field, one.field)}“{one.before}”改为“{one.after}”"
        for one in change.fields
    ]
    counts = {"改动": change.altered, "增加": change.added, "减少": change.removed}
    notes += [f"{kind} {count} 段" for kind, count in counts.items() if count]
    notes += ["段落次序有变"] if change.reordered else []
    return _item(f"{_named(change.document)}：{'；'.join(notes)}", change.document.url)


def _dead(report: Report, site: Path) -> Iterator[str]:
    """Name the addresses that a reader may have and that lead nowhere now."""
    urls = [one.url for one in report.documents.removed]
    urls += [
        one.before for change in report.documents.changed for one in change.fields
        if one.field == "url"
    ]  # fmt: skip
    urls += [f"{one.name}/index.html" for one in report.issues.removed]
    urls += [f"{one.was}/index.html" for one in report.issues.renamed]
    for url in dict.fromkeys(urls):
        if not (site / url).exists():
            yield url


def _said(report: Report) -> Iterator[str]:
    """Say what needs no list."""
    if report.first:
        return
    gained, lost = len(report.citations.gained), len(report.citations.lost)
    if gained or lost:
        yield f"引文：新增 {gained} 处，减少 {lost} 处"
    moved = len(report.citations.held) + len(report.citations.redirected)
    if moved or report.citations.released:
        yield f"引文改了去处的 {moved + len(report.citations.released)} 处"
    came, went = len(report.diagnostics.came), len(report.diagnostics.went)
    if came or went:
        yield f"检查：新出现 {came} 处，已消失 {went} 处"
    if report.issues.other:
        yield f"另有 {report.issues.other} 期正文未变，只是引证、检查或更改记录有别"
