"""Extract facts from fixed forms of words: appointments, duties, references, terms; and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.model import Document, Gazette, Issue
from generator.model.provisions import provisions_of
from generator.stages.extract.appointments import find_appointments
from generator.stages.extract.pages import find_pages
from generator.stages.extract.references import find_references
from generator.stages.extract.responsibilities import find_responsibilities
from generator.stages.extract.validity import find_terms

__all__ = ["extract"]


def extract(issue: Issue, gazette: Gazette | None) -> Issue:
    """Add what fixed forms of words say to the documents, and the pages to the issue.

    1. Texts are unchanged; each fact gives the line and the anchor of the text it comes from.
    2. Names are as printed; ``agency_id`` is the agency's name in gazette.toml, or the printed
       name if gazette.toml does not list it.
    3. A paragraph keeps its anchor; where texts name it otherwise (第三条第二款), that name is an
       alias of it.
    """
    known = gazette.agencies if gazette else {}
    return replace(
        issue,
        documents=tuple(_extract(document, known) for document in issue.documents),
        paper=find_pages(issue),
    )


def _extract(document: Document, agencies: Mapping[str, str]) -> Document:
    tree = provisions_of(document)
    return replace(
        document,
        appointments=find_appointments(document),
        responsibilities=find_responsibilities(document, agencies),
        references=find_references(document, tree),
        terms=find_terms(document),
        aliases={**tree.aliases(), **document.aliases},
    )
