"""Quick tests that spare a line the patterns and clues: what they spare it would not match."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.language.dates import IN_DATE, LIKE_DATE, MISREAD_DATE, POINTED_DATE, is_like_date
from generator.language.document_numbers import MISREAD, may_hold_number
from generator.language.ordinals import parse_ordinal
from generator.model.edits import exchanged
from generator.stages.normalize.text_rules import (
    NUMBER_BRACKETS,
    REPLACED,
    TEXT_RULES,
    rules_for,
)
from generator.stages.parse.body import (
    CLOSING_CLUES,
    LABEL,
    LABEL_WITH_TITLE,
    ClosingLine,
    closing_clue,
)
from generator.stages.parse.entry_lines import BULLET, BULLETS
from generator.stages.parse.head_lines import is_label
from generator.stages.parse.headings import heading_clue, judge
from generator.stages.parse.lines import (
    FoldedLines,
    Line,
    fold_title,
    read_lines,
    without_footnote,
)
from generator.stages.read.source_lines import _headings, _levels
from tests.case_files import ALL

TEXTS = sorted({case.before for case in ALL} | {case.after for case in ALL})
STOPS = "。；，、;,"  # a sentence closes no document
LINES = [line for text in TEXTS for line in read_lines(text)]
# words of closing lines, dates, numbers and labels, put together at random
WORDS = (
    "附件", "附表", "1", "2-1", "：", ":", " ", "\u3000", "抄送", "主题词", "分送", "第一条", "发",
    "某市人民政府", "办公室", "2024年", "1月", "6日", "6曰", "2O24", "2024.1.6", "2024-01-06",
    "（盖章）", "成文日期", "某府发", "〔2024〕", "[2O24]", "l号", "號", "5号", "5", "。", "，",
    "●", "-", "印发", "（此件公开发布）",
)  # fmt: skip
mixed = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map("".join)

# what text rules change, among what they leave
texts_with_damage = st.lists(
    st.sampled_from(
        (*WORDS, *"“”‘’\"'＂,;:?!()（）〔〕.", "\u200b", "\xa0", "月 月", "12. 5", "9 : 30")
    ),
    max_size=9,
).map("".join)
AT_ORDINALS = (
    "一、", "（一）", "1.", "1.1", "第一条", "第一章", "第一部分", "甲、", "总则", "各县", "。",
    "；", "，", "：", "！", " ", "\u3000", "（", "“", "号）",
)  # fmt: skip


def asked_of_all(line: Line) -> str | None:
    """Name the clue of a closing line, asking each of them."""
    candidate = ClosingLine(line, line.compact, None)
    return next((clue.name for clue in CLOSING_CLUES if clue.holds(candidate)), None)


def named(line: Line) -> str | None:
    found = closing_clue(line)
    return found.name if found else None


def test_a_line_that_the_quick_test_leaves_out_closes_no_document() -> None:
    lines = [line for line in LINES if 0 < len(line.text) <= 160 and line.text[-1] not in STOPS]
    assert {asked_of_all(line) for line in lines} >= {"footer", "date", "attachment-note", None}
    assert [line.text for line in lines if named(line) != asked_of_all(line)] == []


@given(mixed.filter(lambda text: bool(text.strip())))
@example("某市人民政府　2024.1.6")
@example("某市人民政府办公室 2024年1月6日印发")
@settings(deadline=None)
def test_words_of_closing_lines_at_random_are_read_as_all_clues_read_them(text: str) -> None:
    line = Line(1, text.strip())
    if line.text[-1] not in STOPS:
        assert named(line) == asked_of_all(line)


@given(mixed)
def test_a_date_has_a_character_of_dates(text: str) -> None:
    compact = "".join(text.split())
    for pattern in (POINTED_DATE, LIKE_DATE, MISREAD_DATE):
        assert not pattern.search(compact) or IN_DATE.search(compact)
    assert not is_like_date(text) or IN_DATE.search(text)


@given(mixed)
def test_a_number_has_the_character_that_ends_it(text: str) -> None:
    for pattern in (MISREAD, NUMBER_BRACKETS):
        assert not pattern.search(text) or may_hold_number(text)


@given(mixed.filter(lambda text: bool(text.strip())))
def test_a_label_begins_with_its_character_and_a_mark_of_a_list_is_one(text: str) -> None:
    found = LABEL.fullmatch(text) or LABEL_WITH_TITLE.match(text)
    assert not found or text[0] == "附"
    assert is_label(Line(1, text)) == bool(found)
    assert bool(BULLET.match(text)) == (text[0] in BULLETS)


@given(texts_with_damage | st.sampled_from(TEXTS))
@example("某府发〔2O24〕l号")
@example('第一条 违反"本法"的,处罚.')
@settings(deadline=None)
def test_a_rule_that_is_not_asked_would_leave_the_text_alone(text: str) -> None:
    asked = rules_for(TEXT_RULES, text)
    changing = [rule.__name__ for rule in TEXT_RULES if rule not in asked and rule(text) != text]
    assert changing == []


@given(texts_with_damage | st.sampled_from(TEXTS))
def test_a_table_of_replaced_characters_gives_what_a_comparison_finds(text: str) -> None:
    for rule, replaced in REPLACED.items():
        after = rule(text)
        assert exchanged(text, after, replaced) == exchanged(text, after)


@given(st.lists(st.sampled_from(AT_ORDINALS), max_size=6).map("".join), st.integers(0, 2))
@settings(deadline=None)
def test_a_line_that_goes_on_behind_its_ordinal_is_judged_as_all_clues_judge_it(
    text: str, hashes: int
) -> None:
    text = text.strip()
    ordinal = parse_ordinal(text)
    if text:
        line = Line(1, text, hashes)
        assert heading_clue(line, ordinal) == judge(line, ordinal)


@given(st.lists(mixed, max_size=8), st.integers(2, 12))
def test_lines_by_their_first_character_are_those_that_folding_leaves(
    texts: list[str], longest: int
) -> None:
    folded = [fold_title(text) if len(text) <= longest else "" for text in texts]
    lines = FoldedLines(texts, longest)
    found = {n: first for first, places in lines.by_first.items() for n in places}
    assert found == {n: text[0] for n, text in enumerate(map(without_footnote, folded)) if text}


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("# 总则", 1), ("#  ", 1), ("##", 2), ("###### 六", 6), ("####### 七", 0), ("#\t总则", 1),
        ("#\u3000总则", 0), ("#总则", 0), ("   ## 总则", 2), ("文# 总则", 0), ("#文", 0),
        ("## 附则", 2), ("## # 附则", 2), ("#第一章", 0),
    ],
)  # fmt: skip
def test_a_heading_is_told_by_its_beginning_whatever_stands_around_it(
    line: str, level: int
) -> None:
    others = ["# 总则", "正文", "", "## 附则", "#正文"]
    texts = [*others, line, *others]
    assert _levels(texts, frozenset()).get(len(others), 0) == level
    assert _levels([line], frozenset()) == ({0: level} if level else {})


INDENTED = ("# 总则", "#正文", "    # 正文", "\t# 正文", "## 附则")


@given(st.lists(st.sampled_from(INDENTED), max_size=7))
def test_a_heading_deep_in_the_line_is_read_with_the_lines_above_it(texts: list[str]) -> None:
    whole = [line.ljust(12, "文") for line in texts]  # read whole: no two lines are of one kind
    assert _levels(texts, frozenset()) == _headings(whole)


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.__name__)
def test_a_rule_about_blanks_leaves_a_text_without_blanks(rule: object) -> None:
    assert callable(rule)
    about_blanks = re.match("close_up|part|drop_doubled", getattr(rule, "__name__", ""))
    texts = ["".join(text.split()) for text in TEXTS]
    changed = [text for text in texts if about_blanks and rule(text) != text]
    assert changed == []
