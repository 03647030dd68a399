"""The formulas in layout.json: how the file that a text was made from draws them.

MathML becomes part of a page, and layout.json comes from outside: only known elements are taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import msgspec

from generator.content.documents import DOCUMENTS
from generator.content.intake.taken import ISSUE_FILE, layout_file_of
from generator.content.toml_files import refuse_unreadable
from generator.model import Formula, Source

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
# elements with the attributes that they may have
ELEMENTS: dict[str, frozenset[str]] = {
    "mfrac": frozenset({"linethickness"}),
    **dict.fromkeys(
        ("math", "mrow", "mi", "mn", "mo", "mtext", "msqrt", "mroot", "msup", "msub", "msubsup",
         "mmultiscripts", "mprescripts", "munder", "mover", "munderover", "mtable", "mtr", "mtd",
         "mphantom"),
        frozenset(),
    ),
}  # fmt: skip
LONGEST_FORMULA = 20_000  # characters of a formula
MOST = 5_000  # formulas of a text


class _Formula(msgspec.Struct, frozen=True):
    line: int
    text: str
    mathml: str


class _Layout(msgspec.Struct, frozen=True):
    formulas: tuple[_Formula, ...] = ()


def read_formulas(folder: Path, source: Source) -> tuple[Formula, ...]:
    """Read the formulas that are still in the text, each with its line of the joined text."""
    lines = source.original.split("\n")
    if not source.parts:
        return tuple(_formulas_of(folder / ISSUE_FILE, lines, 1))
    return tuple(
        formula
        for part in source.parts
        for formula in _formulas_of(
            folder / DOCUMENTS / part.name, lines[part.first - 1 : part.last], part.first
        )
    )


def _formulas_of(text: Path, lines: list[str], first: int) -> Iterator[Formula]:
    path = layout_file_of(text)
    if not path.exists():
        return
    refuse_unreadable(path)
    try:
        layout = msgspec.json.decode(path.read_bytes(), type=_Layout)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return  # what is wrong with the file is said where its places are read
    for formula in layout.formulas[:MOST]:
        at = formula.line - 1
        if not 0 <= at < len(lines) or formula.text not in lines[at]:  # lines were moved
            found = [n for n, line in enumerate(lines) if formula.text in line]
            at = found[0] if formula.text and len(found) == 1 else -1
        if at >= 0 and (mathml := safe_mathml(formula.mathml)):
            yield Formula(first + at, formula.text, mathml)


def safe_mathml(mathml: str) -> str:
    """Write a formula anew, if it is one of known elements alone; "" if it is not."""
    if len(mathml) > LONGEST_FORMULA or "<!" in mathml or "<?" in mathml:
        return ""
    try:
        root = ElementTree.fromstring(mathml)
        if root.tag != f"{NAMESPACE}math":
            return ""
        for node in root.iter():
            name = node.tag.removeprefix(NAMESPACE)
            if name == node.tag or name not in ELEMENTS or {*node.keys()} - ELEMENTS[name]:
                return ""
            node.tag = name
            node.tail = None
        return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)
    except (ElementTree.ParseError, ValueError, RecursionError):
        return ""
