"""How each line was read, and why: shown to clerks on the collation page and by gazette show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from fuzz.checks import read
from generator.cli import main
from generator.model import ParagraphKind
from generator.stages.check.explain import CLASS_NAMES, EDGE_WORDS, KIND_WORDS, explain
from generator.stages.normalize import block_rules, edges, normalize
from generator.stages.parse import body, headings, heads
from generator.stages.pipeline import convert
from tests.conftest import ROOT, SEED
from tests.stages.test_decisions import BODY, decision, folder_of, line_of
from tests.stages.test_heads import FRONT

CODE = ROOT / "generator" / "stages"


def words_of(text: str) -> dict[str, str]:
    """Give how each line of a text was read, by the text of the line."""
    issue = normalize(read(text))
    lines = text.split("\n")
    return {lines[n - 1].strip(): told.words for n, told in explain(issue).items()}


def test_each_clue_of_a_kind_has_words_for_clerks() -> None:
    lists = (heads.CLUES, body.CLOSING_CLUES, headings.PLAIN_CLUES, headings.NUMBERED_CLUES)
    names = {clue.name for clues in lists for clue in clues}
    names |= {c.name for c in block_rules.UNIT_CLUES if c.verdict != "as it is"}
    others = "|".join(KIND_WORDS.keys() - names)
    code = "".join(path.read_text("utf-8") for path in CODE.rglob("*.py") if path.stem != "explain")
    assert names <= KIND_WORDS.keys()
    assert set(re.findall(rf'"({others})"', code)) == KIND_WORDS.keys() - names


def test_each_clue_of_an_edge_has_words_for_clerks() -> None:
    names = {clue.name for clue in edges.CLUES}
    joins = (CODE / "normalize" / "joins.py").read_text("utf-8")
    assert names <= EDGE_WORDS.keys()
    others = EDGE_WORDS.keys() - names
    assert {name for name in others if f'"{name}"' in joins} == others


def test_each_class_of_a_line_has_a_name_for_clerks() -> None:
    assert {*get_args(ParagraphKind)} < CLASS_NAMES.keys()


def test_each_line_of_the_seed_is_read_as_something() -> None:
    issue = convert(SEED)
    told = explain(issue)
    lines = issue.source.text.split("\n")
    assert [*told] == [n for n, line in enumerate(lines, 1) if line.strip()]
    assert [t.line for t in told.values() if t.kind == "unread"] == []
    assert {t.kind for t in told.values()} <= CLASS_NAMES.keys()


def test_a_line_says_what_joined_it_or_kept_it_apart() -> None:
    told = words_of(FRONT + BODY)
    assert told["# 某某市人民政府关于防汛的通知"] == "标题（旁有发文字号）"
    assert told["一、总体要求"] == "小标题（序号后是短语）"
    assert told["保证行洪畅通"] == "接上行（上行末是顿号、逗号）"
    assert told["2024年3月5日"] == "成文日期（日期独占一行）"
    assert told["某某市人民政府"] == "署名（日期之上的机关名）"


def test_a_decision_is_named_as_what_decided(tmp_path: Path) -> None:
    text = FRONT + BODY
    facts = decision(line_of(text, "保证行洪"), "paragraph", "保证行洪畅通")
    facts += decision(line_of(text, "二、职责"), "joined", "二、职责分工")
    told = explain(convert(folder_of(tmp_path, text, facts)))
    assert told[line_of(text, "保证行洪")].words.startswith("段落（编辑判定")
    assert told[line_of(text, "二、职责")].words == "接上行（编辑判定）"


@pytest.mark.medium
def test_show_prints_each_line_with_its_class_and_clue() -> None:
    printed = CliRunner().invoke(main, ["show", str(SEED), "--stage", "clues"]).output.splitlines()
    assert "49: 发文字号 川府发〔2016〕55号" in printed
    assert any(line.startswith("69: 接上行（上行末没有标点） 型工业化、") for line in printed)
