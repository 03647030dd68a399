"""What the archive holds, as one script tells it to all pages."""

from __future__ import annotations

from generator.model import DocumentFact, Summary
from generator.search.states import held_data


def issue(name: str, year: int | None, *since: str) -> Summary:
    documents = tuple(
        DocumentFact(f"{n}", "题", "", "", "", "", "", None, (), since=day)
        for n, day in enumerate(since)
    )
    return Summary(name, year, 1, None, documents, ())


def test_issues_and_documents_are_counted_and_the_last_addition_is_the_newest_day() -> None:
    summaries = [
        issue("甲/1998-01", 1998, "2026-03-01"),
        issue("甲/2024-01", 2024, "2025-01-01", "2025-01-01"),
        issue("乙/2023-01", 2023, ""),  # not frozen yet
    ]
    assert held_data(summaries, "2024-02-03") == {
        "day": "2024-02-03",
        "gazettes": 2,
        "issues": 3,
        "documents": 4,
        "years": [1998, 2024],
        "added": "2026-03-01",
    }


def test_an_archive_without_years_and_days_says_neither() -> None:
    found = held_data([issue("甲/x", None, "")], "")
    assert found["years"] == []
    assert found["added"] == ""
