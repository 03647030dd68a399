"""Only generator/language/ defines forms of the printed language; other modules use these."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

GENERATOR = ROOT / "generator"
# a character class with 〔 in a pattern: in a pattern of numbers, it would be the bracket of a year
BRACKET_CLASS = re.compile(r"\[[^\]]*〔")
YEAR = re.compile(r"\(\?:19\|20\)")
SERIES = re.compile(r"令\|公告|公告\|通告|通告\|令")
STATE = "中华人民共和国"
# modules with such a class that reads no number, and its purpose
OTHER_BRACKETS = {
    "content/intake/scans/leaders.py": "the bracket around the page of an entry",
    "content/intake/scans/signs.py": "brackets that recognition takes for one another",
    "render/markdown_extension.py": "characters at the beginning of a paragraph",
    "stages/citations/find.py": "a first look at a text",
    "stages/citations/patterns.py": "characters that no title without 《》 contains",
    "stages/check/diagnose.py": "letters of other scripts beside brackets",
    "stages/extract/responsibilities.py": "the bracket around responsible agencies",
    "stages/normalize/edges.py": "a bracket still open at the end of a line",
    "stages/normalize/text_rules.py": "blanks beside any punctuation",
    "stages/parse/entry_lines.py": "pages and categories of contents",
    "stages/parse/lines.py": "the mark of a footnote",
}
# modules with other patterns of years, and their purpose
OTHER_YEARS: dict[str, str] = {}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(GENERATOR.rglob("*.py")):
        name = path.relative_to(GENERATOR).as_posix()
        if not name.startswith("language/"):
            yield name, path


def strings(path: Path) -> Iterator[str]:
    """Give each string of a module that is no docstring, and the literal parts of f-strings."""
    nodes = [*ast.walk(ast.parse(path.read_text("utf-8")))]
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    constants = (node for node in nodes if isinstance(node, ast.Constant))
    for node in constants:
        if isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def holding(pattern: re.Pattern[str]) -> set[str]:
    return {name for name, path in modules() if any(map(pattern.search, strings(path)))}


def test_no_other_module_has_brackets_of_a_number() -> None:
    assert holding(BRACKET_CLASS) == {*OTHER_BRACKETS}


def test_no_other_module_has_years_of_its_own() -> None:
    assert holding(YEAR) == {*OTHER_YEARS}


def test_no_other_module_lists_the_kinds_of_series() -> None:
    assert holding(SERIES) == set()


def test_no_other_module_has_the_name_of_the_state() -> None:
    assert holding(re.compile(f"^{STATE}$")) == set()


def test_no_fraction_of_a_number_is_a_rank() -> None:
    ranks = re.compile(r"\b(?:rank|under)\b.*float|RANKS\[.*\][ ]*[-+*/]")
    assert not [p for p in GENERATOR.rglob("*.py") if ranks.search(p.read_text("utf-8"))]


def test_a_constant_called_name_or_longest_says_of_what() -> None:
    bare = re.compile(r"^(?:.*, )?(?:NAME|LONGEST)\b.* = ", re.MULTILINE)
    assert not [p for p in GENERATOR.rglob("*.py") if bare.search(p.read_text("utf-8"))]
