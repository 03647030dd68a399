"""The guarantees of reading, tested on random text made of what engines write."""

from __future__ import annotations

import time
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.checks import check_parse
from fuzz.words import HEAD
from generator.stages.check.audit import markup_by_line, signs, without_markup
from generator.stages.read import Line, Reading, read
from generator.stages.read.source_lines import read_source_lines, without_indents
from tests.strategies import marked, trade

SECONDS = 1.5  # of CPU for a text of 40,000 characters; the slowest of these takes 0.4
UNITS = (
    " ", "\u3000", " \\", " {", " #",
    "*", "_", "~~", "**", "<", "<!--", "<table>", "<td>", "<table><tr><td>", "|", "|-", "+-+",
    "\\", "\\(", "\\[", "$", "$a", "&", "&amp;", "&#", "[", "![", "![](", "](", "[^", "{", "`",
    "{1}-", "-", "<details>", "<b>", "<a b", "**a", "*a*a", "> >", "<|ref|>", "<|det|>[[", "Page 1",
    "=", "<img src=", "$\\frac", "${", "$^", "^{", "\\textcircled{", "<sup>", "<sup>1</sup>",
    "[a](#b)", "[[", "<https://", "<summary>", "<br>", "</p>", "1\\.", "$$", "\\x", "**王",
    "<table><tr><td rowspan=1000 colspan=100>x</td></tr></table>", "![](a.png)", "<div>图</div>",
    "| a ", "<table>\n\n", "<!--\n", "|a|\n", "|a|\n|-|\n", "+-+\n|a|\n", "<details>\n", "---\n",
    "---\na: b\n", "|  |\n|--|\n", "<td>\n", "```\n",
    "$$\n", "$$\na\n", "\\[\n", "\\begin{equation}\n",
)  # fmt: skip


@pytest.mark.guarantee("read", 1)
@given(st.one_of(marked, marked.map(lambda text: HEAD + text)))
@settings(deadline=None)
def test_whatever_an_engine_wrote_is_read_and_each_line_belongs_to_one_value(text: str) -> None:
    check_parse(text)


@pytest.mark.guarantee("read", 1)
@pytest.mark.parametrize("unit", UNITS)
def test_no_markup_keeps_a_rule_busy(unit: str) -> None:
    begun = time.process_time()
    read((unit * 40_000)[:40_000])
    assert time.process_time() - begun < SECONDS


@pytest.mark.guarantee("read", 2)
@given(trade)
def test_a_text_without_markup_is_read_as_it_stands(text: str) -> None:
    text = "".join(c for c in text if c not in r"\*_~<&$|{`[>=" and c != "-")
    lines = text.split("\n")
    plain = read_source_lines(lines, range(1, len(lines) + 1))
    assert read(text) == Reading(tuple(without_indents(line for line in plain if line)))


@pytest.mark.guarantee("read", 3)
@given(marked)
@settings(deadline=None, max_examples=300)
def test_the_ledger_says_what_is_left_of_each_line(text: str) -> None:
    """The letters of a line, less those that the ledger lists, are the letters that were read."""
    reading = read(text)
    got: dict[int, list[str]] = defaultdict(list)
    for line in reading.lines:
        for piece, number in _pieces(line):
            got[number].append(piece)
    for entry in reading.ledger:
        if entry.at < 0:
            got[entry.line].append(entry.before)
    markup = markup_by_line(reading.ledger)
    for number, raw in enumerate(text.split("\n"), 1):
        left = without_markup(raw, markup.get(number, ()))
        assert Counter(signs(left)) == Counter(signs("".join(got[number]))), raw


def _pieces(line: Line) -> list[tuple[str, int]]:
    """Split what was read of a line by the source lines that it came from."""
    own = ((0, line.number),)
    texts = [(line.text, line.breaks or own)]
    if line.table is not None:
        breaks = dict(line.cell_breaks)
        texts = [(cell, breaks.get(column, own)) for column, cell in enumerate(line.cells)]
    pieces = [
        (text[start:end], number)
        for text, places in texts
        for (start, number), (end, _) in zip(places, [*places[1:], (len(text), 0)], strict=True)
    ]
    tags = "".join(mark.kind * 2 for mark in line.marks if line.table is None)
    return [*pieces, (tags + line.place, line.number)]
