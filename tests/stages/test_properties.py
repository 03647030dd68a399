"""The guarantees of the stages, tested on random text made of words that gazettes use."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import markdown
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown.extensions import Extension

from fuzz.checks import check_citations, check_normalize, check_parse, read
from fuzz.words import HEAD
from generator.language.dates import parse_date
from generator.language.document_numbers import DocumentNumber
from generator.language.ordinals import parse_ordinal
from generator.model import Paragraph, Table
from generator.model.edits import find_edits, move_offsets
from generator.render import escape_markdown
from generator.render.markdown_extension import UnitsExtension
from generator.stages.check.audit import audit
from generator.stages.normalize import BLOCK_RULES, TEXT_RULES, normalize
from generator.stages.parse.body import read_blocks
from generator.stages.parse.lines import read_lines
from tests.strategies import issues, line, trade

SIGNS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")


@pytest.mark.guarantee("parse", 1)
@pytest.mark.guarantee("parse", 2)
@pytest.mark.guarantee("parse", 3)
@pytest.mark.guarantee("parse", 4)
@given(issues)
@settings(deadline=None)
def test_parse_never_raises_and_each_line_belongs_to_one_value(text: str) -> None:
    check_parse(text)


@pytest.mark.guarantee("normalize", 1)
@pytest.mark.guarantee("normalize", 2)
@pytest.mark.guarantee("normalize", 3)
@pytest.mark.guarantee("normalize", 4)
@given(issues)
@settings(deadline=None)
def test_normalize_is_idempotent_and_loses_nothing(text: str) -> None:
    check_normalize(text)


@pytest.mark.guarantee("normalize", 3)
@given(trade)
@settings(deadline=None)
def test_a_level_comes_from_its_ordinal_and_never_from_the_hashes(text: str) -> None:
    levels = []
    for hashes in ("#", "###"):
        issue = normalize(read(HEAD + re.sub("^#{1,6}", hashes, text, flags=re.MULTILINE)))
        blocks = [b for d in issue.documents for b in d.all_blocks() if not isinstance(b, Table)]
        levels.append([(block.text, block.ordinal, block.level) for block in blocks])
    assert levels[0] == levels[1]


# units of a plan, each by its number: 1, 1.1, 1.1.1, 1.2, 2; how many are below each 1.1
plans = st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=4), min_size=1, max_size=4).map(
    lambda tops: [
        path
        for top, counts in enumerate(tops, 1)
        for path in [
            (top,),
            *(
                (top, n, *below)
                for n, count in enumerate(counts, 1)
                for below in [(), *((m,) for m in range(1, count + 1))]
            ),
        ]
    ]
)


@given(plans, st.sampled_from([" ", "\u3000", ""]), st.sampled_from(["", "."]))
@settings(deadline=None)
def test_a_plan_in_decimal_numbers_has_the_anchors_that_its_numbers_say(
    paths: list[tuple[int, ...]], gap: str, mark: str
) -> None:
    lines: list[str] = []
    for path in paths:
        point = mark if len(path) == 1 else ""
        lines += [f"{'.'.join(map(str, path))}{point}{gap}编制目的", "2.5公里以内的，投资3.5亿元。"]
    issue = normalize(read(HEAD + "\n\n".join(lines)))
    units = [b for b in issue.documents[0].blocks if not isinstance(b, Table) and b.ordinal]
    assert [b.anchor for b in units] == ["s" + "-".join(map(str, path)) for path in paths]
    assert [b.level for b in units] == [len(path) for path in paths]


@given(issues.filter(lambda text: text.startswith(HEAD)), st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_the_audit_finds_a_lost_and_an_added_character(text: str, data: st.DataObject) -> None:
    issue = normalize(read(f"{text}\n\n财政部门。\n"))
    document = issue.documents[0]
    blocks = [b for b in document.blocks if isinstance(b, Paragraph) and SIGNS.search(b.text)]
    chosen = data.draw(st.sampled_from(blocks))
    at = data.draw(st.sampled_from([m.start() for m in SIGNS.finditer(chosen.text)]))
    for changed in (
        chosen.text[:at] + chosen.text[at + 1 :],
        f"{chosen.text[:at]}囍{chosen.text[at:]}",
    ):
        harmed = tuple(replace(b, text=changed) if b is chosen else b for b in document.blocks)
        assert audit(replace(issue, documents=(replace(document, blocks=harmed),))) != ()


@given(line)
def test_each_text_rule_is_idempotent(text: str) -> None:
    for rule in TEXT_RULES:
        once = rule(text)
        assert rule(once) == once, rule.__name__


@given(line)
def test_text_rules_remove_only_the_characters_that_they_name(text: str) -> None:
    for rule in TEXT_RULES:
        if rule.__name__ != "drop_doubled_month":
            assert SIGNS.findall(rule(text)) == SIGNS.findall(text), rule.__name__


@given(trade)
@settings(deadline=None)
def test_block_rules_keep_the_order_of_the_characters_that_they_do_not_drop(text: str) -> None:
    blocks = read_blocks(read_lines(text))
    for rule in BLOCK_RULES:
        after = rule(blocks)
        old = "".join(_texts(blocks))
        new = "".join(_texts(after))
        kept = iter(SIGNS.findall(old))
        assert all(character in kept for character in SIGNS.findall(new)), rule.__name__
        blocks = after


def _texts(blocks: tuple[object, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            found += [cell for row in block.rows for cell in row]
        else:
            found.append(str(getattr(block, "text", "")))
    return found


@pytest.mark.guarantee("find_citations", 1)
@pytest.mark.guarantee("find_citations", 2)
@pytest.mark.guarantee("find_citations", 3)
@given(issues)
@settings(deadline=None)
def test_citations_leave_the_text_and_nest_and_never_mean_the_document_itself(text: str) -> None:
    check_citations(text)


@given(
    st.text("川府发办国务院", min_size=1, max_size=6), st.integers(1950, 2030), st.integers(1, 9999)
)
def test_a_written_number_is_read_back(code: str, year: int, serial: int) -> None:
    number = DocumentNumber(code, year, serial)
    assert DocumentNumber.parse(str(number)) == number


@given(st.text())
def test_readers_of_numbers_take_any_text(text: str) -> None:
    parse_ordinal(text)
    parse_date(text)
    DocumentNumber.parse(text)


@given(st.text("甲乙丙, ", max_size=30), st.data())
def test_edits_rebuild_the_text_and_move_offsets(before: str, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(before), max_size=len(before)))
    after = "".join(c for c, keep in zip(before, kept, strict=True) if keep)
    rebuilt, end = "", 0
    edits = find_edits(before, after)
    for edit in edits:
        rebuilt += before[end : edit.start] + edit.text
        end = edit.end
    assert rebuilt + before[end:] == after
    moved = move_offsets(range(len(before) + 1), edits)
    assert moved == sorted(moved)
    assert moved[-1] == len(after)


@given(line)
@settings(deadline=None, max_examples=300)
def test_markdown_shows_an_escaped_text_as_it_is(text: str) -> None:
    text = re.sub(r"[\s\u200b]+", " ", text).strip()
    assume(text)
    extensions: list[str | Extension] = ["attr_list", "tables", "toc", UnitsExtension()]
    html = markdown.markdown(f"{escape_markdown(text)}\n{{: #p1 }}\n", extensions=extensions)
    shown = "".join(re.findall(r">([^<]*)", html))
    assert unescape(shown).strip() == text
