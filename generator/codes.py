"""The kinds of things an editor should look at, and how grave each is."""

from __future__ import annotations

from generator.model import Diagnostic, Lines, Severity

# code → severity; each has its page in docs/rules.md
CODES: dict[str, Severity] = {
    "no-contents": "error",
    "no-documents": "error",
    "audit": "error",
    "secrecy": "error",
    "contents-entry": "warning",
    "entry-without-document": "warning",
    "title-differs": "warning",
    "number-missing": "info",
    "number-gap": "warning",
    "number-repeat": "warning",
    "unbalanced": "warning",
    "latin-word": "warning",
    "stray-heading": "warning",
    "doubled-join": "warning",
    "doubtful-join": "info",
    "misprint": "warning",
    "personal-data": "warning",
    "invisible": "warning",
    "masthead-differs": "warning",
    "picture-missing": "warning",
    "year-differs": "info",
    "empty-attachment": "warning",
    "citation-differs": "warning",
    "citation-ambiguous": "info",
}


def diagnostic(code: str, lines: Lines, message: str) -> Diagnostic:
    """Make a diagnostic of a known kind."""
    return Diagnostic(code, CODES[code], lines, message)
