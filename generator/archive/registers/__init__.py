"""Registers over all issues: of documents, of agencies and people, of cited works.

Each is read from summaries; render/home.py makes their pages.
"""

from __future__ import annotations

from generator.archive.registers.arrivals import Arrival, arrivals, by_arrival
from generator.archive.registers.holdings import (
    UNKNOWN_DAY,
    holdings,
    newest_day,
    possible_day,
)
from generator.archive.registers.page_pieces import in_pieces
from generator.archive.registers.shelves import (
    SHELVES,
    Listed,
    Shelf,
    ShelfRegister,
    issuers_of,
    list_documents,
    shelf_page,
    shelve,
)
from generator.archive.registers.standards import (
    CitedStandard,
    StandardPart,
    cited_standards,
    split_standards,
    standard_page,
)
from generator.archive.registers.subjects import (
    Mention,
    Subject,
    SubjectPart,
    by_letter,
    subject_anchor,
    subject_url,
    subjects,
)
from generator.archive.registers.terms import TermDay, TermYear, term_days, term_years
from generator.archive.registers.works import (
    Work,
    WorkGroup,
    WorkPart,
    collect_works,
    most_cited,
    split_works,
)

__all__ = [
    "SHELVES",
    "UNKNOWN_DAY",
    "Arrival",
    "CitedStandard",
    "Listed",
    "Mention",
    "Shelf",
    "ShelfRegister",
    "StandardPart",
    "Subject",
    "SubjectPart",
    "TermDay",
    "TermYear",
    "Work",
    "WorkGroup",
    "WorkPart",
    "arrivals",
    "by_arrival",
    "by_letter",
    "cited_standards",
    "collect_works",
    "holdings",
    "in_pieces",
    "issuers_of",
    "list_documents",
    "most_cited",
    "newest_day",
    "possible_day",
    "shelf_page",
    "shelve",
    "split_standards",
    "split_works",
    "standard_page",
    "subject_anchor",
    "subject_url",
    "subjects",
    "term_days",
    "term_years",
]
