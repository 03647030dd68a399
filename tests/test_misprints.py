"""Suspect characters: what is reported, and what is left in peace."""

from __future__ import annotations

from fuzz.checks import read
from fuzz.words import HEAD
from generator.diagnose import diagnose
from generator.normalize import normalize


def found(body: str) -> list[tuple[str, int]]:
    issue = diagnose(normalize(read(HEAD + body)))
    return [(d.code, d.lines.first - 5) for d in issue.diagnostics if d.code == "misprint"]


def test_a_character_misread_once_is_reported_at_its_line() -> None:
    often = "要保护未成年人权益。\n\n未成年人应当入学。\n\n关爱未成年人成长。\n\n"
    assert found(f"{often}司法部门要宣传来成年人保护法规。\n") == [("misprint", 7)]


def test_a_word_that_stands_elsewhere_too_is_no_misprint() -> None:
    often = "未成年人。\n\n未成年人。\n\n未成年人。\n\n历来成为重点，历来成绩优秀。\n\n"
    assert found(f"{often}历来成年人都要登记。\n") == []


def test_a_digit_between_words_that_belong_together_is_reported() -> None:
    text = "推动1重点旅游城市建设。\n\n加快重点旅游城市发展。\n"
    assert found(text) == [("misprint", 1)]
    assert found("落实1名工作人员负责。\n\n安排工作人员负责。\n") == []
