"""Guarantees of the stages, over arbitrary text in the words of the trade."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import pairwise

import markdown
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown.extensions import Extension

from generator.audit import audit
from generator.citations import find_citations, find_in_text
from generator.edits import find_edits, move_offsets
from generator.model import Issue, Paragraph, Source, Table
from generator.normalize import BLOCK_RULES, TEXT_RULES, normalize
from generator.numbering import DocumentNumber, parse_date, parse_ordinal
from generator.page_markdown import UnitsExtension
from generator.parse import parse
from generator.parse.lines import read_lines
from generator.parse.outline import read_blocks
from generator.render import escape_markdown

PIECES = (
    *("一、", "（一）", "(二)", "1.", "2．", "（1）", "第一章 ", "第三条 ", "总体要求", "附件"),
    *("。", ",", "，", "、", ";", ":", "：", "（", "）", "(", ")", "《", "》", "〈", "〉", "“"),
    *("〔2016〕", "[2016]", "5号", " 23 号", "川府发", "国务院令第706号", "关于", "印发", "的通知"),
    *("四川省人民政府", "各市（州）人民政府:", "2016年11月30日", "二○一一年八月一日", "附件:1.表"),
    *("\t", "\n", "\n\n", "# ", "## ", "#### ", "- ", "..... 2", "…………（12）", "目录", "上级文件"),
    *("  \n", "责任单位:", "市旅", "游局", "革", "PM<sub>2.5</sub>", "and", "1,300", "6 月 月底"),
    *(" ", "\u3000", "=", "*", "_", "`", "|", "<b>", "&amp;", "\\", "{: #x }", "\u200b", "——"),
    "任命：",
)  # fmt: skip
trade = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
HEAD = "目录\n甲市关于某事的通知 ..... 1\n\n# 甲市关于某事的通知\n\n"
# under a title of its own, so that the text has a document to go to
issues = st.one_of(trade, trade.map(lambda text: HEAD + text))
line = trade.map(lambda text: text.replace("\n", ""))
SIGNS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")


def read(text: str) -> Issue:
    return parse(Source("some/2020-01", text, "issue.md", "issue.md", "", "utf-8"))


def own_lines(issue: Issue) -> list[int]:
    """Each line that some value of an issue claims."""
    masthead = issue.masthead.lines
    claimed = list(range(masthead.first, masthead.last + 1))
    claimed += [n for e in issue.contents for n in range(e.lines.first, e.lines.last + 1)]
    claimed += [p.lines.first for p in issue.dividers]
    for document in issue.documents:
        for block in document.all_blocks():
            if isinstance(block, Table):
                claimed += block.row_lines
            else:
                claimed += [number for _, number in block.breaks]
    return claimed


@given(issues)
@settings(deadline=None)
def test_parse_never_raises_and_each_line_belongs_to_one_value(text: str) -> None:
    issue = read(text)
    blank = {n for n, raw in enumerate(text.split("\n"), 1) if not re.sub(r"[\s#\u200b]", "", raw)}
    claimed = [n for n in own_lines(issue) if n not in blank]
    if issue.documents:
        expected = {line.number for line in read_lines(text)} - blank
        entries = {n for e in issue.contents for n in range(e.lines.first, e.lines.last + 1)}
        assert set(claimed) | entries == expected | entries
    outside = [n for n in claimed if not any(n == p.lines.first for p in issue.dividers)]
    assert len(outside) == len(set(outside))


@given(issues)
@settings(deadline=None)
def test_normalize_is_idempotent(text: str) -> None:
    once = normalize(read(text))
    twice = normalize(replace(once, ledger=()))
    assert [d.blocks for d in twice.documents] == [d.blocks for d in once.documents]
    assert twice.ledger == ()


@given(issues)
@settings(deadline=None)
def test_the_audit_holds_for_any_text(text: str) -> None:
    assert audit(normalize(read(text))) == ()


@given(issues.filter(lambda text: text.startswith(HEAD)), st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_the_audit_finds_a_lost_and_an_invented_sign(text: str, data: st.DataObject) -> None:
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
def test_text_rules_lose_no_sign_but_what_they_say(text: str) -> None:
    for rule in TEXT_RULES:
        if rule.__name__ != "drop_doubled_month":
            assert SIGNS.findall(rule(text)) == SIGNS.findall(text), rule.__name__


@given(trade)
@settings(deadline=None)
def test_block_rules_keep_the_signs_in_order_but_for_what_they_drop(text: str) -> None:
    blocks = read_blocks(read_lines(text))
    for rule in BLOCK_RULES:
        after = rule(blocks)
        old = "".join(_texts(blocks))
        new = "".join(_texts(after))
        kept = iter(SIGNS.findall(old))
        assert all(sign in kept for sign in SIGNS.findall(new)), rule.__name__
        blocks = after


def _texts(blocks: tuple[object, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            found += [cell for row in block.rows for cell in row]
        else:
            found.append(str(getattr(block, "text", "")))
    return found


@given(trade)
@settings(deadline=None)
def test_anchors_are_unique_in_a_document(text: str) -> None:
    for document in normalize(read(HEAD + text)).documents:
        anchors = [block.anchor for block in document.all_blocks()]
        assert all(anchors)
        assert len(anchors) == len(set(anchors))


@given(trade)
@settings(deadline=None)
def test_finding_citations_leaves_texts_and_nests_spans(text: str) -> None:
    issue = normalize(read(HEAD + text))
    found = find_citations(issue)
    for before, after in zip(issue.documents, found.documents, strict=True):
        assert _texts(before.blocks) == _texts(after.blocks)


@given(line)
def test_spans_are_ordered_and_disjoint_or_nested(text: str) -> None:
    found = find_in_text(text)
    for one, other in pairwise(found):
        assert one.start <= other.start
        assert other.start >= one.end or other.end <= one.end


@given(
    st.text("川府发办国务院", min_size=1, max_size=6), st.integers(1950, 2030), st.integers(1, 9999)
)
def test_a_number_reads_what_it_prints(code: str, year: int, serial: int) -> None:
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
