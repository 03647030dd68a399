"""Registers over all issues: of documents, of agencies and people, of cited works.

Each is read from summaries; render/home.py makes their pages.
"""

from __future__ import annotations

from generator.registers.documents import (
    SHELVES,
    Listed,
    Shelf,
    ShelfRegister,
    list_documents,
    shelve,
    split_issuer,
)
from generator.registers.holdings import holdings
from generator.registers.subjects import Mention, Subject, SubjectPart, by_letter, subjects
from generator.registers.works import Work, collect_works, most_cited

__all__ = [
    "SHELVES",
    "Listed",
    "Mention",
    "Shelf",
    "ShelfRegister",
    "Subject",
    "SubjectPart",
    "Work",
    "by_letter",
    "collect_works",
    "holdings",
    "list_documents",
    "most_cited",
    "shelve",
    "split_issuer",
    "subjects",
]
