"""What is read once over before an issue is published: structure, tables, registers, readiness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from generator.edit.desk import Desk
from generator.edit.journal import Kept
from generator.edit.probable import head_lines, probable_places
from generator.edit.proofed import pages_data
from generator.model import Diagnostic, Document, Issue, Paragraph, Table, TocEntry
from generator.runtime.data import Json

# what the readiness sheet asks, and the findings that answer no
QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "目录与公文一致",
        ("no-contents", "no-documents", "contents-entry", "entry-without-document",
         "document-without-entry", "title-differs", "number-astray", "attachment-unannounced",
         "text-after-close", "line-after-close", "several-in-file", "file-without-head"),
    ),
    ("刊头读得准", ("masthead-differs", "year-differs")),
    ("文号读得准", ("number-missing", "number-misread", "number-joined", "number-twice",
                "document-twice")),
    ("日期读得准", ("date-misread", "date-later", "date-impossible", "weekday-differs",
                "year-misread")),
    ("金额和数相符", ("amount-differs", "percent-over", "sum-differs")),
    ("表格和附件完整", ("table-row", "empty-attachment", "page-attachment")),
    ("序号连续", ("number-gap", "number-repeat", "stray-heading", "ordinal-lost", "series-gap")),
    ("任免和机关读得准", ("appointment-unread", "appointment-twice", "agency-differs")),
    ("文字没有误识", ("misprint", "misreading", "latin-word", "look-alike", "invisible",
                 "unbalanced", "quote-alone", "stop-misread", "doubled-join", "doubtful-join",
                 "running-head")),
    ("原件没有漏转", ("not-taken", "not-settled", "page-lost", "page-order", "page-doubtful",
                 "scan-poor", "text-doubtful", "picture-missing", "founder-latin", "page-lacks")),
    ("更正和判定都起作用", ("decision-unused", "entry-unplaced")),
    ("没有个人信息", ("personal-data", "sheet-withheld")),
    ("没有密级标记", ("secrecy",)),
    ("引文和记号", ("citation-ambiguous", "citation-differs", "markup")),
)  # fmt: skip
LINKS = "链接都有去处"
MOST = 50  # findings of a question that are shown
LONGEST_TABLE = 200  # rows that are shown


def overview_data(desk: Desk, kept: Kept) -> Json:
    """Give everything but the text."""
    issue = desk.issue
    readers = [one for listed in kept.proofed.values() for one in listed[-1:]]
    return {
        "name": issue.name,
        "title": issue.masthead.title or issue.name,
        "year": issue.masthead.year,
        "number": issue.masthead.number,
        "total": issue.masthead.total_number,
        "made": issue.contents_made,
        "rows": list(_rows(issue, desk.findings)),
        "tables": list(_tables(issue)),
        "appointments": list(_appointments(issue)),
        "duties": list(_duties(issue)),
        "questions": [*_questions(desk.findings), _links(issue)],
        "pages": list(pages_data(desk, kept)),
        "reader": readers[-1].rpartition(" 20")[0] if readers else "",
        "doubtful": len(kept.doubtful),
        "counts": dict(Counter(finding.severity for finding in desk.findings)),
    }


def _rows(issue: Issue, findings: tuple[Diagnostic, ...]) -> Iterator[Json]:
    """Set the entries of the contents beside the documents, in the order of the print."""
    by_entry = {d.entry.place: d for d in issue.documents if d.entry is not None}
    unlisted = [d for d in issue.documents if d.entry is None]
    at = 0
    for entry in issue.contents:
        document = by_entry.get(entry.place)
        while document and at < len(unlisted) and unlisted[at].lines.first < document.lines.first:
            yield _row(issue, None, unlisted[at], findings)
            at += 1
        yield _row(issue, entry, document, findings)
    for document in unlisted[at:]:
        yield _row(issue, None, document, findings)


def _row(
    issue: Issue,
    entry: TocEntry | None,
    document: Document | None,
    findings: tuple[Diagnostic, ...],
) -> Json:
    lines = entry.lines if entry else None
    said: list[Json] = [
        {"code": f.code, "severity": f.severity, "message": f.message, "line": f.lines.first}
        for f in findings
        if f.code in QUESTIONS[0][1]
        and (
            (lines and lines.first <= f.lines.first <= lines.last)
            or (document and document.lines.first <= f.lines.first <= document.lines.last)
        )
    ]
    return {
        "entry": _entry(entry) if entry and not issue.contents_made else None,
        "document": _document(issue, document) if document else None,
        "places": probable_places(issue, entry) if entry and not document else [],
        "findings": said,
    }


def _entry(entry: TocEntry) -> Json:
    return {
        "category": entry.category,
        "title": entry.title,
        "page": entry.page,
        "line": entry.lines.first,
    }


def _document(issue: Issue, document: Document) -> Json:
    places = [place for block in document.all_blocks() for place in issue.paper.pages_of(block)]
    pages = [page.printed or str(page.sheet or "") for page in dict.fromkeys(places)]
    return {
        "id": document.id,
        "title": document.title,
        "number": str(document.number or ""),
        "date": document.date,
        "issuer": document.issuer,
        "signature": document.signature,
        "addressees": document.addressees,
        "line": document.lines.first,
        "pages": [page for page in dict.fromkeys(pages) if page],
        "category": document.entry.category if document.entry else "",
        "head": head_lines(issue, document),
        "attachments": [
            {"title": a.title, "kind": a.kind, "line": a.lines.first} for a in document.attachments
        ],
    }


def _tables(issue: Issue) -> Iterator[Json]:
    for document in issue.documents:
        caption = ""
        for block in document.all_blocks():
            if isinstance(block, Paragraph):
                caption = block.text if block.kind == "caption" else ""
            if isinstance(block, Table):
                yield {
                    "document": document.title,
                    "caption": caption,
                    "line": block.lines.first,
                    "last": block.lines.last,
                    "columns": max(map(len, block.rows), default=0),
                    "count": len(block.rows),
                    "rows": [list(row) for row in block.rows[:LONGEST_TABLE]],
                    "header_rows": block.header_rows,
                    "spans": [[s.row, s.column, s.row_span, s.col_span] for s in block.spans],
                }
                caption = ""


def _appointments(issue: Issue) -> Iterator[Json]:
    for document in issue.documents:
        for one in document.appointments:
            yield [one.person, one.action, one.organisation, one.post, one.remark, one.line]


def _duties(issue: Issue) -> Iterator[Json]:
    """Give the tasks with their agencies and roles, their deadlines and lines."""
    for document in issue.documents:
        duties = groupby(document.responsibilities, key=lambda r: (r.anchor, r.task, r.deadline))
        for (_, task, deadline), listed in duties:
            roles = list(listed)
            agencies = "、".join(f"{r.agency}（{r.role}）" for r in roles)
            yield [task, agencies, deadline, roles[0].line]


def _questions(findings: tuple[Diagnostic, ...]) -> Iterator[Json]:
    """Answer each question of the readiness sheet with what stands against it."""
    asked = {code for _, codes in QUESTIONS for code in codes}
    rest = tuple(sorted({f.code for f in findings} - asked))
    for question, codes in (*QUESTIONS, ("其他可疑之处", rest)):
        against = [f for f in findings if f.code in codes]
        yield {
            "question": question,
            "stops": sum(f.severity == "error" for f in against),
            "count": len(against),
            "findings": [
                {"line": f.lines.first, "severity": f.severity, "message": f.message}
                for f in against[:MOST]
            ],
        }


def _links(issue: Issue) -> Json:
    """List the references to a place of the same document that is not there."""
    missing: list[Json] = [
        {
            "line": reference.line,
            "severity": "info",
            "message": f"“{reference.text}”在这一篇里没有找到，网页上不成链接",
        }
        for document in issue.documents
        for reference in document.references
        if not reference.target and not reference.cited
    ]
    return {"question": LINKS, "stops": 0, "count": len(missing), "findings": missing[:MOST]}
