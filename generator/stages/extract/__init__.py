"""What documents say in set forms: who is appointed, who must act, which part is meant."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Gazette, Issue
from generator.stages.extract.appointments import find_appointments
from generator.stages.extract.references import find_references
from generator.stages.extract.responsibilities import find_responsibilities

__all__ = ["extract"]


def extract(issue: Issue, gazette: Gazette | None) -> Issue:
    """Add appointments, responsibilities and references to the documents of an issue.

    1. Texts are unchanged; each fact names the line and the anchor it was read from.
    2. Names are as printed; ``agency_id`` is the name that gazette.toml knows them by.
    """
    known = gazette.agencies if gazette else {}
    return replace(
        issue,
        documents=tuple(
            replace(
                document,
                appointments=find_appointments(document),
                responsibilities=find_responsibilities(document, known),
                references=find_references(document),
            )
            for document in issue.documents
        ),
    )
