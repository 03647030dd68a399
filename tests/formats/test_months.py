"""A document whose date has no day: what each product for programs says of it."""

from __future__ import annotations

import json
from datetime import date

from jsonschema import Draft202012Validator

from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.formats.issue_json import issue_data
from generator.formats.linked_data import linked_data
from generator.language.dates import first_day
from generator.language.deadlines import parse_deadline
from generator.model import Gazette
from generator.search.segment import EPOCH, _day
from generator.stages.pipeline import convert
from tests.conftest import ROOT, SMALL, ArchiveMaker


def test_a_month_alone_is_published_as_it_is_and_is_no_day(make_archive: ArchiveMaker) -> None:
    text = SMALL.replace("二○二○年三月五日", "二○二○年三月")
    issue = convert(make_archive({"2020-03": text}) / "moumou" / "2020-03")
    document = issue.documents[1]
    assert document.date == "2020-03"
    assert document.signature == "某某市人民政府"
    assert issue.diagnostics == ()
    links = resolve_citations([summarise(issue)])
    data = json.loads(json.dumps(issue_data(issue, links)))
    schema = json.loads((ROOT / "schemas" / "issue.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(data)
    assert data["documents"][1]["date"] == "2020-03"
    labels = linked_data(document, issue, Gazette("moumou", "某某市人民政府公报"), links)
    assert "2020-03" not in str(labels.get("legislationDate"))


def test_a_recurring_deadline_begins_with_the_first_day_of_the_month() -> None:
    assert parse_deadline("每年12月底前", first_day("2020-03"))[0].day == "2020-12-31"


def test_the_search_sorts_a_month_alone_by_its_first_day() -> None:
    first = date(2020, 3, 1).toordinal() - EPOCH
    assert _day("2020-03") == _day("2020-03-01") == first
