"""The only layer that reads content/: it turns folders into values."""

from __future__ import annotations

from generator.content.decoding import read_text
from generator.content.folders import (
    FOLDER,
    TAKEN,
    find_gazettes,
    find_issues,
    has_text,
    take_in_texts,
    tidy_issue_name,
)
from generator.content.gazette_facts import read_gazette, web_address
from generator.content.issue_facts import is_draft
from generator.content.load import load
from generator.content.terms import TERMS_FILE, read_terms
from generator.content.toml_tables import line_of
from generator.runtime.places import FACTS_FILE, GAZETTE_FILE, subfolders

__all__ = [
    "FACTS_FILE",
    "FOLDER",
    "GAZETTE_FILE",
    "TAKEN",
    "TERMS_FILE",
    "find_gazettes",
    "find_issues",
    "has_text",
    "is_draft",
    "line_of",
    "load",
    "read_gazette",
    "read_terms",
    "read_text",
    "subfolders",
    "take_in_texts",
    "tidy_issue_name",
    "web_address",
]
