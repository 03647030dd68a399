"""Tables of issue.toml are added, cut and changed as text; nothing else of it changes."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.toml_blocks import (
    NotSpliced,
    Value,
    append_table,
    cut_table,
    quoted,
    set_value,
    tables_of,
)

HAND = '''\
# 本期由甲扫描
draft = true  # 还没有校完

# 甲核对过原件
[[correction]]
line = 12  # 目录
from = "[[confirmed]]"
to = "已经"
why = """
[[correction]]
原文如此
"""

# 乙核对过
[[confirmed]]
code = "misprint"
line = 14
text = "甲"
why = '# 不是注释'
# 完

[scan]
file = "scan.pdf"
'''
ENTRY: dict[str, Value] = {"line": 57, "from": "己经", "to": "已经", "why": "扫描误认"}


def test_a_table_appended_and_cut_leaves_the_text_as_it_was() -> None:
    for key in ("correction", "confirmed", "decision"):
        longer = append_table(HAND, key, ENTRY)
        assert longer.startswith(HAND)
        nth = len(tomllib.loads(longer)[key]) - 1
        assert cut_table(longer, key, nth) == HAND


def test_a_cut_table_takes_its_own_comment_and_leaves_that_of_the_next() -> None:
    assert cut_table(HAND, "correction", 0) == (
        HAND[: HAND.index("\n# 甲核对过原件")] + HAND[HAND.index("\n# 乙核对过") :]
    )
    rest = cut_table(HAND, "confirmed", 0)
    assert "# 乙核对过" not in rest
    assert "# 甲核对过原件" in rest


def test_headers_within_strings_and_comments_are_none() -> None:
    (span,) = tables_of(HAND, "correction")
    assert HAND[span.start :].startswith("# 甲核对过原件\n[[correction]]")
    assert HAND[: span.end].endswith('"""')
    assert len(tables_of(HAND, "confirmed")) == 1


def test_a_value_is_changed_and_the_comment_beside_it_stays() -> None:
    changed = set_value(HAND, "correction", 0, "line", 15)
    assert changed == HAND.replace("line = 12  # 目录", "line = 15  # 目录")
    changed = set_value(HAND, "correction", 0, "why", '甲"乙\n丙')
    assert tomllib.loads(changed)["correction"][0]["why"] == '甲"乙\n丙'


@pytest.mark.parametrize(
    "text", ['correction = [{line = 1, from = "甲", to = "乙", why = "丙"}]\n', "line = “全角”\n"]
)
def test_a_text_that_cannot_be_spliced_is_refused(text: str) -> None:
    with pytest.raises(NotSpliced):
        append_table(text, "correction", ENTRY)
    with pytest.raises(NotSpliced):
        cut_table(text, "correction", 0)


@given(st.text(max_size=40))
def test_any_text_is_quoted_so_that_it_is_read_back(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert tomllib.loads(f"a = {quoted(text)}")["a"] == text


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["correction", "confirmed", "decision"]),
        st.text(st.sampled_from("甲[]\"#'\n\\ ="), max_size=6),
        st.integers(0, 9),
    ),
    max_size=12,
)


@given(ACTS)
def test_any_sequence_of_appends_and_cuts_is_undone_in_reverse(
    acts: list[tuple[str, str, int]],
) -> None:
    text = HAND
    states: list[tuple[str, str, int]] = []
    for key, words, _ in acts:
        states.append((text, key, len(tables_of(text, key))))
        text = append_table(text, key, {"line": 1, "why": words})
    for before, key, nth in reversed(states):
        text = cut_table(text, key, nth)
        assert text == before


@given(ACTS)
def test_cuts_anywhere_leave_a_text_that_is_read(acts: list[tuple[str, str, int]]) -> None:
    text = HAND
    for key, words, place in acts:
        text = append_table(text, key, {"line": 1, "why": words})
        if len(spans := tables_of(text, key)) > 1:
            text = cut_table(text, key, place % len(spans))
    tomllib.loads(text)
    assert "draft = true  # 还没有校完" in text
