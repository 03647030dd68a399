"""The pages of docs/ that are made of the code: new, whole, and true."""

from __future__ import annotations

from collections.abc import Callable
from inspect import cleandoc

import click
import pytest

from generator.cli import main as gazette
from generator.model.codes import CODES
from generator.stages.citations.patterns import PATTERNS
from generator.stages.normalize import BLOCK_RULES, ISSUE_RULES, TEXT_RULES
from tools.reference import DOCS, PAGES, example, for_editors

RULES = (*ISSUE_RULES, *BLOCK_RULES, *TEXT_RULES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_of_the_code_is_new(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == PAGES[name](), (
        "run make docs and commit what it writes"
    )


def test_rules_codes_and_patterns_are_all_on_their_page() -> None:
    lines = PAGES["rules.md"]().split("\n")
    for name in (*(rule.__name__ for rule in RULES), *(pattern.kind for pattern in PATTERNS)):
        assert sum(line.startswith(f"| `{name}` | ") for line in lines) == 1
    for code in CODES:  # README, the pages of hosts and editors' bookmarks lead to these headings
        assert lines.count(f"### `{code}`") == 1


def test_a_rule_without_words_for_editors_stops_the_page() -> None:
    with pytest.raises(ValueError, match="给编辑"):
        for_editors("Drop what nobody needs.")


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.__name__)
def test_a_text_rule_does_what_its_docstring_shows(rule: Callable[[str], str]) -> None:
    sides = example(cleandoc(rule.__doc__ or ""))
    assert sides
    before, after = sides
    assert before != after
    assert rule(before) == after


def test_every_command_and_option_has_its_line() -> None:
    text = PAGES["commands.md"]()
    root = click.Context(gazette)
    for name in gazette.list_commands(root):
        command = gazette.get_command(root, name)
        assert command
        section = text.partition(f"\n## gazette {name}\n")[2].partition("\n## ")[0]
        for parameter in command.params:
            names = parameter.opts if isinstance(parameter, click.Option) else ()
            assert all(f"| `{option} " in section or f"| `{option}`" in section for option in names)
