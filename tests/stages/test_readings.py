"""A finding's likely reading gives the right line when it is put into the line of the file."""

from __future__ import annotations

import pytest

from generator.model import Lines, Paragraph
from generator.stages.check.readings import UNKNOWN, reading_at, reading_in
from generator.stages.pipeline import convert
from tests.conftest import SMALL, ArchiveMaker


@pytest.mark.parametrize(
    ("line", "start", "end", "after", "right"),
    [
        ("来成年人保护", 0, 1, "未", "未成年人保护"),
        ("人人参与，入人受益", 5, 6, "人", "人人参与，人人受益"),
        ("全面全面推进", 2, 4, "", "全面推进"),
        ("推动1重点1项目", 5, 6, "", "推动1重点项目"),
        ("请遵照执行", 5, 5, "。", "请遵照执行。"),
        ("工办法》", 0, 0, "《", "《工办法》"),
    ],
)
def test_a_reading_replaces_the_first_occurrence(
    line: str, start: int, end: int, after: str, right: str
) -> None:
    before, read = reading_at(line, start, end, after)
    assert before
    assert line.replace(before, read, 1) == right


def test_a_place_that_cannot_be_named_shortly_has_no_reading() -> None:
    assert reading_at("水" * 500, 400, 401, "永") == UNKNOWN
    assert reading_at("", 0, 0, "。") == UNKNOWN


def test_a_place_of_a_joined_paragraph_is_found_in_its_line() -> None:
    block = Paragraph("各区，各县和各部门", Lines(1, 3), breaks=((0, 1), (5, 3)))
    lines = ["各区,各县", "", "  和各部门"]
    assert reading_in(block, 6, 7, "名", lines) == ("各", "名")
    assert reading_in(block, 3, 4, "名", lines) == (",各", ",名")
    # widened punctuation is half as wide in the file
    assert reading_in(block, 2, 3, "。", lines) == (",", "。")
    assert reading_in(block, 4, 6, "。", lines) == UNKNOWN  # over the join


@pytest.mark.parametrize(
    ("damaged", "code", "right"),
    [
        ("二、国家 and 省有规定的。", "latin-word", "二、国家和省有规定的。"),
        ("二、根据某府发〔2O23〕l号修订。", "number-misread", "二、根据某府发〔2023〕1号修订。"),
        ("二、计划于年内全部建成6", "stop-misread", "二、计划于年内全部建成。"),
    ],
)
def test_a_finding_names_the_reading(
    damaged: str, code: str, right: str, make_archive: ArchiveMaker
) -> None:
    text = SMALL.replace(
        "某某市人民政府\n二○二○年三月", f"{damaged}\n\n某某市人民政府\n二○二○年三月"
    )
    archive = make_archive({"2020-03": text})
    issue = convert(archive / "moumou" / "2020-03")
    found = [d for d in issue.diagnostics if d.code == code and d.before]
    lines = issue.source.text.split("\n")
    assert [lines[d.lines.first - 1].replace(d.before, d.after, 1) for d in found] == [right]
    assert all(d.confidence and 0 < d.confidence <= 1 for d in found)
