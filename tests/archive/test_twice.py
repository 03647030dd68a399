"""Two documents of an archive with one number: a reprint, or a number that was misread."""

from __future__ import annotations

import pytest

from generator.archive.resolve import resolve_citations
from generator.archive.twice import find_twice
from generator.model import DocumentFact, Summary
from generator.stages.citations.names import names_of

NUMBER = "某府发〔2020〕3号"


def document(
    title: str, number: str = NUMBER, issuer: str = "某某市人民政府", date: str = "2020-03-05"
) -> DocumentFact:
    return DocumentFact(
        id="moufufa-2020-3", title=title, number=number, issuer=issuer, type="通知", date=date,
        category="", page=1, names=names_of(title, issuer), line=41,
    )  # fmt: skip


def issue(
    name: str, *documents: DocumentFact, confirmed: tuple[tuple[str, int], ...] = ()
) -> Summary:
    year, _, number = name.rpartition("/")[2].partition("-")
    return Summary(name, int(year), int(number), None, documents, (), confirmed=confirmed)


PARKING, WATER = document("关于停车管理的通知"), document("关于供水管理的通知")


def codes(*summaries: Summary) -> list[tuple[str, str, int]]:
    found = find_twice(summaries)
    return [(name, d.code, d.lines.first) for name, said in found.items() for d in said]


@pytest.mark.parametrize("other", ["g/2020-04", "h/2020-01"])
def test_one_number_with_two_titles_is_a_warning_at_the_later_one(other: str) -> None:
    summaries = issue("g/2020-03", PARKING), issue(other, WATER)
    assert codes(*summaries) == [(other, "number-twice", 41)]
    (said,) = find_twice(summaries)[other]
    assert said.severity == "warning"
    assert "g/2020-03/moufufa-2020-3《关于停车管理的通知》" in said.message


def test_one_number_twice_in_an_issue_is_a_warning() -> None:
    assert codes(issue("g/2020-03", PARKING, WATER)) == [("g/2020-03", "number-twice", 41)]


def test_a_reprint_is_an_info() -> None:
    whole = document("某某市人民政府关于停车管理的通知")
    summaries = issue("g/2020-03", PARKING), issue("h/2020-01", whole)
    assert codes(*summaries) == [("h/2020-01", "document-twice", 41)]
    assert find_twice(summaries)["h/2020-01"][0].severity == "info"


@pytest.mark.parametrize(
    "other",
    [
        document("关于供水管理的通知", "某府发〔2020〕4号"),
        document("关于供水管理的通知", issuer="另一市人民政府"),  # 政发 of another place
        document("关于供水管理的通知", ""),
    ],
)
def test_other_documents_draw_nothing(other: DocumentFact) -> None:
    assert codes(issue("g/2020-03", PARKING), issue("h/2020-01", other)) == []


def test_a_decree_without_a_year_is_compared_within_its_year() -> None:
    first = document("某某市停车管理办法", "某某市人民政府令第1号")
    later = document("某某市供水办法", "某某市人民政府令第1号", date="2025-03-05")
    same = document("某某市供热办法", "某某市人民政府令第1号", date="2020-09-05")
    assert codes(issue("g/2020-03", first), issue("g/2025-03", later)) == []
    assert codes(issue("g/2020-03", first), issue("g/2020-09", same)) == [
        ("g/2020-09", "number-twice", 41)
    ]


def test_a_confirmed_finding_is_laid_to_rest() -> None:
    settled = issue("g/2020-04", WATER, confirmed=(("number-twice", 41),))
    assert codes(issue("g/2020-03", PARKING), settled) == []


def test_the_findings_are_among_those_of_the_links() -> None:
    links = resolve_citations([issue("g/2020-03", PARKING), issue("g/2020-04", WATER)])
    assert [d.code for d in links.diagnostics["g/2020-04"]] == ["number-twice"]
