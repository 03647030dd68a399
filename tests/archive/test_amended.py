"""Which held text a decision amends, and what a text printed anew says about it."""

from __future__ import annotations

from generator.archive.comparing import compare_republished
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.model import Issue, Links
from generator.stages.pipeline import convert
from tests.amending import DECISION, LATER, REPUBLISHED, RULES
from tests.conftest import ArchiveMaker
from tests.documents import issue_text


def read(make_archive: ArchiveMaker, **texts: str) -> tuple[dict[str, Issue], Links]:
    """Read an archive; each text is an issue whose name has its year and number: y2021_03."""
    named = {name[1:].replace("_", "-"): text for name, text in texts.items()}
    content = make_archive(
        {name: issue_text(int(name[5:]), text, year=int(name[:4])) for name, text in named.items()}
    )
    issues = {name: convert(content / "moumou" / name) for name in named}
    return issues, resolve_citations([summarise(issue) for issue in issues.values()])


def test_each_operation_leads_to_the_provision_that_it_changes(make_archive: ArchiveMaker) -> None:
    issues, links = read(make_archive, y2020_01=RULES, y2021_03=DECISION)
    decision = issues["2021-03"].documents[0]
    targets = links.amends[issues["2021-03"].name, decision.id]
    places = [(one.provision.name, target and target.anchor) for one, target in zip(
        decision.amendments, targets, strict=True
    )]  # fmt: skip
    assert places == [
        ("第三条", "a3"),
        ("第五条第（三）项", "a5"),
        ("第五条第（三）项", "a5-3"),
        ("第七条", ""),
        ("第七条", "a7"),
        ("第七条", "a7"),
        ("第八条", "a8"),
        ("全文", ""),
    ]
    (amended,) = links.amended[issues["2020-01"].name, issues["2020-01"].documents[0].id]
    assert amended.date == "2021-06-09"
    assert len(amended.operations) == 8


def test_a_decision_amends_the_last_text_before_it(make_archive: ArchiveMaker) -> None:
    issues, links = read(
        make_archive, y2020_01=RULES, y2021_03=DECISION, y2021_04=REPUBLISHED, y2022_02=LATER
    )
    by = {
        issue: [decision.number for decision in decisions]
        for (issue, _), decisions in links.amended.items()
    }
    assert by == {issues["2020-01"].name: ["示府令第7号"], issues["2021-04"].name: ["示府令第11号"]}


def test_a_decision_on_a_document_that_is_not_held_leads_nowhere(
    make_archive: ArchiveMaker,
) -> None:
    _, links = read(make_archive, y2022_02=LATER)
    (targets,) = links.amends.values()
    assert set(targets) == {None}
    assert not links.amended


def test_a_later_text_is_not_amended_by_an_earlier_decision(make_archive: ArchiveMaker) -> None:
    rules = RULES.replace("2020年3月6日", "2023年3月6日")
    _, links = read(make_archive, y2021_03=DECISION, y2023_01=rules)
    assert not links.amended


def test_a_text_printed_anew_is_compared_with_the_older_one_and_its_decisions(
    make_archive: ArchiveMaker,
) -> None:
    issues, links = read(make_archive, y2020_01=RULES, y2021_03=DECISION, y2021_04=REPUBLISHED)
    anew = issues["2021-04"]
    found = compare_republished(anew, links)
    lines = anew.source.text.split("\n")
    assert [(d.code, lines[d.lines.first - 1][:4]) for d in found] == [
        ("republished-differs", "第六条 "),
        ("republished-differs", "第八条 "),
    ]
    assert compare_republished(issues["2020-01"], links) == ()


def test_a_text_printed_anew_as_decided_draws_no_finding(make_archive: ArchiveMaker) -> None:
    right = REPUBLISHED.replace("检查三次", "检查一次").replace("一于元", "一千元")
    issues, links = read(make_archive, y2020_01=RULES, y2021_03=DECISION, y2021_04=right)
    assert compare_republished(issues["2021-04"], links) == ()
