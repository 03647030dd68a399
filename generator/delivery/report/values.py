"""The values of a report, frozen, with the names that its JSON has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

State: TypeAlias = Literal["held", "elsewhere", "not-held"]


@dataclass(frozen=True, slots=True)
class ReportedIssue:
    """An issue, as a report names it."""

    name: str  # moumou/2020-03
    title: str
    documents: int
    was: str = ""  # its former name, if it was renamed


@dataclass(frozen=True, slots=True)
class Issues:
    """Issues that are new, are gone or changed."""

    added: tuple[ReportedIssue, ...] = ()
    removed: tuple[ReportedIssue, ...] = ()
    renamed: tuple[ReportedIssue, ...] = ()  # another folder, the same source text
    changed: tuple[ReportedIssue, ...] = ()  # their facts or their documents
    other: int = 0  # issues that differ only in citations, diagnostics or the ledger


@dataclass(frozen=True, slots=True)
class ReportedDocument:
    """A document, as a report names it."""

    url: str  # relative to the site's root
    title: str
    number: str
    date: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A fact of a document that changed."""

    field: str  # url, title, number, date, issuer, type
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedDocument:
    """A document that both sites have and that differs; a table counts as one paragraph."""

    document: ReportedDocument
    fields: tuple[FieldChange, ...]
    altered: int = 0  # paragraphs
    added: int = 0
    removed: int = 0
    reordered: bool = False  # the same paragraphs in another order


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents that are new, are gone or changed."""

    added: tuple[ReportedDocument, ...] = ()
    removed: tuple[ReportedDocument, ...] = ()
    changed: tuple[ChangedDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a citation leads, and its relation."""

    state: State
    to: str  # an address; for "not-held", the cited work
    relation: str


@dataclass(frozen=True, slots=True)
class ReportedCitation:
    """A citation that is new, is gone, or leads to another place than before."""

    text: str
    url: str  # of the paragraph that cites
    before: Lead | None
    after: Lead | None


@dataclass(frozen=True, slots=True)
class Citations:
    """Citations gained and lost, and those that lead to another place or have another relation."""

    gained: tuple[ReportedCitation, ...] = ()
    lost: tuple[ReportedCitation, ...] = ()
    held: tuple[ReportedCitation, ...] = ()  # now lead to a document of this site
    released: tuple[ReportedCitation, ...] = ()  # led to a document of this site before
    redirected: tuple[ReportedCitation, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic, with its place as ``gazette check`` prints it."""

    path: str
    line: int
    code: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Diagnostics that are new or gone; one that only moved to another line is neither."""

    came: tuple[Finding, ...] = ()
    went: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What changed between two sites."""

    first: bool  # there was no old site
    issues: Issues
    documents: Documents
    citations: Citations
    diagnostics: Findings
