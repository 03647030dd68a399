"""A report as Markdown for editors, safe as a comment: code hosts act on @names and addresses.

Official text stays plain if all its characters are ones that no host acts on. All other text is in
a code span, in which Markdown, HTML, names, numbers and addresses are mere characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.delivery.report.values import (
    ChangedDocument,
    Finding,
    Lead,
    Report,
    ReportedCitation,
    ReportedDocument,
    ReportedIssue,
)
from generator.render import CITES
from generator.runtime.patterns import lazy_regex

T = TypeVar("T")

LIMIT = 60_000  # characters; a comment on GitHub holds 65,536
MARK = "<!-- gazette-report -->"  # finds the earlier comment, which is to be replaced
MOST = (50, 20, 10, 5, 2, 0)  # items per list; the first count that makes the report fit counts
LONGEST_TEXT = 200  # characters of any one text
RELATIONS = {str(relation): name for relation, name in CITES.items()}
STATES = {"held": "", "elsewhere": "其他网站 ", "not-held": "本站未收录 "}
SEVERITIES = {"error": "错误", "warning": "待核对", "info": "提示"}
FIELD_NAMES = {
    "title": "标题",
    "number": "文号",
    "date": "日期",
    "issuer": "发文机关",
    "type": "文种",
    "url": "地址",
}
# ideographs, full-width punctuation, dates, and words too short for a commit's name: 2016, PPP
PLAIN = lazy_regex(
    r"""(?:[\u3400-\u9fff]
        |[\u3001-\u3003\u3005-\u3017“”‘’—…·]  # 、。《》〔〕
        |[\uff08\uff09\uff0c\uff1a\uff1b\uff01\uff1f\uff05]  # （），：；！？％
        |[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9A-Za-z-])
        |(?<![0-9A-Za-z])[0-9A-Za-z]{1,6}(?![0-9A-Za-z])
        )+""",
    re.VERBOSE,
)
# categories of characters that are invisible, or that change the direction of others
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of a report: its heading, its length, its first lines."""

    heading: str
    count: int
    lines: tuple[str, ...]


def write_markdown(report: Report) -> str:
    """Write a report for editors, in Chinese and shorter than LIMIT; long lists are cut."""
    head = f"{MARK}\n## 网站的变化\n\n"
    if report.first:
        return f"{head}{_first(report)}\n"
    listings = [listing for listing in _listings(report) if listing.count]
    if not listings:
        return f"{head}{_other(report) or '网站的内容没有变化。'}\n"
    head += "，".join(f"{listing.heading} {listing.count}" for listing in listings) + "。\n"
    texts = (head + "".join(_section(listing, most) for listing in listings) for most in MOST)
    tail = f"\n{_other(report)}\n" if report.issues.other else ""
    return next(text for text in texts if len(text) + len(tail) < LIMIT) + tail


def _first(report: Report) -> str:
    return (
        f"没有可以比较的旧网站，全部内容都是新的：{len(report.issues.added)} 期，"
        f"{len(report.documents.added)} 篇公文，{len(report.citations.gained)} 处引文，"
        f"{len(report.diagnostics.came)} 处检查所见。"
    )


def _other(report: Report) -> str:
    other = report.issues.other
    return f"另有 {other} 期正文未变，只是引证、检查或更改记录有别。" if other else ""


def _listings(report: Report) -> Iterator[Listing]:
    issues, documents = report.issues, report.documents
    citations, findings = report.citations, report.diagnostics
    yield _listing("新增的期", issues.added, _issue)
    yield _listing("删去的期", issues.removed, _issue)
    yield _listing("改名的期", issues.renamed, _renamed)
    yield _listing("有改动的期", issues.changed, _issue)
    yield _listing("新增的公文", documents.added, _document)
    yield _listing("删去的公文", documents.removed, _document)
    yield _listing("有改动的公文", documents.changed, _changed)
    yield _listing("新增的引文", citations.gained, _citation)
    yield _listing("失去的引文", citations.lost, _citation)
    yield _listing("改为本站收录的引文", citations.held, _citation)
    yield _listing("不再由本站收录的引文", citations.released, _citation)
    yield _listing("改了去处或关系的引文", citations.redirected, _citation)
    yield _listing("新出现的检查所见", _gravest(findings.came), _finding)
    yield _listing("已消失的检查所见", _gravest(findings.went), _finding)


def _listing(heading: str, items: Sequence[T], write: Callable[[T], str]) -> Listing:
    return Listing(heading, len(items), tuple(write(item) for item in items[: MOST[0]]))


def _section(listing: Listing, most: int) -> str:
    shown = listing.lines[:most]
    lines = [f"\n### {listing.heading}（{listing.count}）\n", *(f"- {line}" for line in shown)]
    if rest := listing.count - len(shown):
        lines.append(f"- 另有 {rest} 项未列出")
    return "\n".join(lines) + "\n"


def _gravest(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: errors first, information last."""
    order = list(SEVERITIES)
    return sorted(
        findings, key=lambda f: order.index(f.severity) if f.severity in order else len(order)
    )


def _issue(issue: ReportedIssue) -> str:
    return f"{_code(issue.name)} {_text(issue.title)}，{issue.documents} 篇公文"


def _renamed(issue: ReportedIssue) -> str:
    return f"{_code(issue.was)} 改为 {_issue(issue)}，地址随之改变"


def _document(document: ReportedDocument) -> str:
    facts = "，".join(_text(fact) for fact in (document.number, document.date) if fact)
    return f"{_text(document.title)}{f'（{facts}）' if facts else ''} {_code(document.url)}"


def _changed(change: ChangedDocument) -> str:
    notes = [
        f"{FIELD_NAMES.get(f.field, '')} {_text(f.before)} 改为 {_text(f.after)}"
        for f in change.fields
    ]
    counts = {"改动": change.altered, "增加": change.added, "减少": change.removed}
    notes += [f"{kind} {count} 段" for kind, count in counts.items() if count]
    notes += ["段落次序有变"] if change.reordered else []
    return f"{_document(change.document)}：{'；'.join(notes)}"


def _citation(citation: ReportedCitation) -> str:
    leads = [_lead(lead) for lead in (citation.before, citation.after) if lead]
    return f"{_text(citation.text)}，在 {_code(citation.url)}，指向 {' 改为 '.join(leads)}"


def _lead(lead: Lead) -> str:
    relation = RELATIONS.get(lead.relation, "")
    return f"{STATES[lead.state]}{_code(lead.to)}{f'（{relation}）' if relation else ''}"


def _finding(finding: Finding) -> str:
    severity = SEVERITIES.get(finding.severity, "")
    place = _code(f"{finding.path}:{finding.line}")
    return f"{place} {severity} {_code(finding.code)} {_text(finding.message)}"


def _text(text: str) -> str:
    """Write official text: plain if that is safe, otherwise in a code span."""
    text = _clipped(text)
    return text if PLAIN.fullmatch(text) else _span(text)


def _code(text: str) -> str:
    """Write an address or a name in a code span."""
    return _span(_clipped(text))


def _span(text: str) -> str:
    """Write a code span; its fence is longer than any run of backticks inside.

    ``a `b` `` → ``` `` a `b` `` ```
    """
    if not text:
        return "（空）"
    longest = max((len(row) for row in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"`{text}`"


def _clipped(text: str) -> str:
    """Make a text one short line of visible characters."""
    seen = "".join(" " if unicodedata.category(char) in UNSEEN else char for char in text)
    line = " ".join(seen.split())
    return line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}…"
