"""What a new rule, code or module must bring along; fails when a step is forgotten."""

from __future__ import annotations

import ast
import re

import pytest

from generator.normalize import BLOCK_RULES, TEXT_RULES
from generator.patterns import PATTERNS
from tests.case_files import ALL
from tests.conftest import ROOT

# in the order of the data flow; nothing imports a later module
ORDER = (
    "errors", "places", "policy", "planned", "parallel", "invisible", "secrecy", "file_names",
    "numbering", "decimals", "units", "deadlines", "published", "model", "codes", "limits",
    "intake", "source", "addresses", "keys", "edits", "parse", "outline", "pinyin", "normalize",
    "align", "keep", "freeze", "withdraw",
    "parts", "patterns", "citations", "extract", "misprints", "personal", "diagnose", "audit",
    "cite", "collation", "export", "inventory", "archive", "registers", "render", "akoma_ntoso",
    "linked_data", "heads", "page_markdown", "search",
    "sitemap", "feeds", "listing", "opensearch", "duties", "offers", "sites",
    "html_page", "readback", "publish", "manifest", "linkcheck", "waiting", "issue_site",
    "home_site",
    "report", "bundle", "paper", "build", "cli", "commands",
)  # fmt: skip

GUARANTEE = re.compile(
    r"""^@(?:pytest\.mark\.)?guarantee\("(?P<stage>\w+)", (?P<number>\d+)\)""", re.MULTILINE
)


@pytest.mark.parametrize("rule", [r.__name__ for r in (*TEXT_RULES, *BLOCK_RULES)])
def test_each_rule_has_a_case(rule: str) -> None:
    assert any(case.stage == "normalize" and case.rule == rule for case in ALL)


@pytest.mark.parametrize("rule", [r.__name__ for r in TEXT_RULES])
def test_each_text_rule_has_a_text_that_stays(rule: str) -> None:
    cases = [case for case in ALL if case.stage == "normalize" and case.rule == rule]
    assert any(case.before == case.after for case in cases)
    assert any(case.before != case.after for case in cases)


@pytest.mark.parametrize("kind", [pattern.kind for pattern in PATTERNS])
def test_each_pattern_has_cases(kind: str) -> None:
    assert any(case.stage == "citations" and case.rule == kind for case in ALL)


def test_modules_stand_in_the_order_of_the_flow() -> None:
    names = {path.stem for path in (ROOT / "generator").glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in (ROOT / "generator").glob("*/__init__.py")}
    assert names | packages == set(ORDER)
    for path in (ROOT / "generator").rglob("*.py"):
        module = path.relative_to(ROOT / "generator").parts[0].removesuffix(".py")
        if module == "__init__":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator."):
                imported = str(node.module).split(".")[1]
                assert ORDER.index(imported) <= ORDER.index(module), f"{module} imports {imported}"


def test_only_sites_imports_mkdocs() -> None:
    for path in (ROOT / "generator").rglob("*.py"):
        if path.name != "sites.py":
            assert not re.search(
                r"^\s*(?:import|from) mkdocs", path.read_text("utf-8"), re.MULTILINE
            )


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
    for path in (ROOT / "tests").glob("test_*.py"):
        marks = GUARANTEE.finditer(path.read_text("utf-8"))
        named |= {(mark["stage"], int(mark["number"])) for mark in marks}
    assert named == guarantees()
