"""Everything that a new rule, code or module needs; a test fails when a step is forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from generator.render.collation import NAMES
from generator.runtime import errors
from generator.stages.citations.patterns import PATTERNS
from generator.stages.normalize import BLOCK_RULES, ISSUE_RULES, TEXT_RULES
from generator.stages.read import READING_RULES, read
from tests.case_files import ALL, normalized
from tests.conftest import ROOT

# messages for programmers: of the scripts in templates/, which no editor writes
FOR_PROGRAMMERS = {"generator/site/scripts.py"}
ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.GazetteError)
}
LATIN, IDEOGRAPH = re.compile(r"[A-Za-z]{2}"), re.compile(r"[\u4e00-\u9fff]")

GUARANTEE = re.compile(
    r"""^@(?:pytest\.mark\.)?guarantee\("(?P<stage>\w+)", (?P<number>\d+)\)""", re.MULTILINE
)


@pytest.mark.parametrize("rule", [r.__name__ for r in (*TEXT_RULES, *BLOCK_RULES, *ISSUE_RULES)])
def test_each_rule_has_a_case(rule: str) -> None:
    assert any(case.stage == "normalize" and case.rule == rule for case in ALL)


def test_readers_see_a_name_for_whatever_changed_a_line() -> None:
    """The ledger names the rules, and the changes that the parser makes itself."""
    by_parser = {
        node.args[0].value
        for path in (ROOT / "generator" / "stages").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id == "LedgerEntry" and isinstance(node.args[0], ast.Constant)
    }
    assert by_parser
    listed = (*READING_RULES, *TEXT_RULES, *BLOCK_RULES, *ISSUE_RULES)
    assert {rule.__name__ for rule in listed} | by_parser == set(NAMES)


@pytest.mark.parametrize("rule", [rule.__name__ for rule in READING_RULES])
def test_each_rule_of_reading_has_a_text_that_it_reads_and_one_that_stays(rule: str) -> None:
    cases = [case for case in ALL if case.stage == "read" and case.rule == rule]
    acts = {rule in {entry.rule for entry in read(case.before).ledger} for case in cases}
    assert acts == {True, False}


@pytest.mark.parametrize("rule", [r.__name__ for r in TEXT_RULES])
def test_each_text_rule_has_a_text_that_stays(rule: str) -> None:
    cases = [case for case in ALL if case.stage == "normalize" and case.rule == rule]
    acts = {rule in {entry.rule for entry in normalized(c.before).ledger} for c in cases}
    assert acts == {True, False}


@pytest.mark.parametrize("kind", [pattern.kind for pattern in PATTERNS])
def test_each_pattern_has_cases(kind: str) -> None:
    assert any(case.stage == "citations" and case.rule == kind for case in ALL)


def test_three_modules_import_mkdocs() -> None:
    importing = re.compile(r"^\s*(?:import|from) (?:mkdocs|material)\b", re.MULTILINE)
    modules = (ROOT / "generator").rglob("*.py")
    found = {path.name for path in modules if importing.search(path.read_text("utf-8"))}
    assert found == {"mkdocs.py", "mkdocs_patches.py", "mkdocs_preview.py"}


def words_of(node: ast.AST) -> str:
    """Give the words that are written in an expression, without its values."""
    texts = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
    return "".join(text for text in texts if isinstance(text, str))


def english_messages(source: str) -> Iterator[tuple[int, str]]:
    """Find the messages of a module's errors that have Latin words and no ideograph."""
    tree = ast.parse(source)
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef):
            continue
        assigned = [
            node
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        ]
        for call in ast.walk(scope):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            for said in call.args if call.func.id in ERRORS else ():
                name = said.id if isinstance(said, ast.Name) else ""
                messages = [
                    node.value
                    for node in assigned
                    if isinstance(node.targets[0], ast.Name) and node.targets[0].id == name
                ]
                for message in messages or [said]:
                    words = words_of(message)
                    if LATIN.search(words) and not IDEOGRAPH.search(words):
                        yield message.lineno, words


def test_each_message_that_an_editor_may_meet_is_chinese() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): listed
        for path in (ROOT / "generator").rglob("*.py")
        if (listed := dict(english_messages(path.read_text("utf-8"))))
    }
    assert {name: n for name, n in found.items() if name not in FOR_PROGRAMMERS} == {}
    assert set(found) == FOR_PROGRAMMERS  # no exception is left that is not needed


@pytest.mark.parametrize(
    ("raised", "is_english"),
    [
        ('msg = f"{path}:1: no text"\n    raise SourceError(msg)', True),
        ('raise SourceError(f"{path}:1: no text")', True),
        ('msg = f"{path}:1: 没有文字；请放入 issue.md"\n    raise SourceError(msg)', False),
        ('msg = f"{path}:{line}: {what}"\n    raise SourceError(msg)', False),
        ('msg = "no text"\n    raise AssertionError(msg)', False),
        ('wanted = "no text"\n    msg = "没有"\n    raise UsageError(msg)', False),
    ],
)
def test_an_english_message_is_found(raised: str, is_english: bool) -> None:
    assert bool([*english_messages(f"def work() -> None:\n    {raised}\n")]) == is_english


def guarantees() -> set[tuple[str, int]]:
    """List the numbered guarantees of docstrings, by the name of their function or module."""
    found: set[tuple[str, int]] = set()
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
                name = path.stem if isinstance(node, ast.Module) else node.name
                numbers = re.findall(r"^(\d+)\. ", ast.get_docstring(node) or "", re.MULTILINE)
                found |= {(name, int(number)) for number in numbers}
    return found


def test_each_numbered_guarantee_is_named_by_a_test() -> None:
    """``@pytest.mark.guarantee("parse", 2)`` names the second of parse's."""
    named: set[tuple[str, int]] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        marks = GUARANTEE.finditer(path.read_text("utf-8"))
        named |= {(mark["stage"], int(mark["number"])) for mark in marks}
    assert named == guarantees()
