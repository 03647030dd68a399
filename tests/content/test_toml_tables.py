"""A wrong value in a table is reported with its line, the expected form and the value found."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content.gazette_facts import read_gazette
from generator.content.issue_facts import read_issue_tables, withdrawals_of
from generator.runtime.errors import SourceError

RIGHT = '[[correction]]\nline = 1\nfrom = "a"\nto = "b"\nwhy = "c"\n'
ISSUE = {
    "a key of the second table": (
        f'{RIGHT}[[correction]]\nfrom = "a"\nline = "1"\nto = "b"\nwhy = "c"\n',
        "8: line must be a whole number below 10,000,000, but is '1'",
    ),
    "a key that the second table lacks": (
        f'{RIGHT}# why\n[[correction]]\nline = 1\nfrom = "a"\nto = "b"\n',
        "7: why must be a text, but is missing",
    ),
    "a key of another table of that name": (
        f"{RIGHT}[[lift]]\nline = 1.5\nwhy = 'c'\n",
        "7: line must be a whole number below 10,000,000, but is 1.5",
    ),
    "a number beyond any page": (
        "[scan]\nfile = 'a.pdf'\nfirst = 99999999\n",
        "3: first must be a whole number below 10,000,000, but is 99999999",
    ),
    "a list in more than a line": (
        "lift = [\n  {line = 1, why = 'c'},\n  {line = 2, why = ' '},\n]\n",
        "3: why must say why the mark no longer holds, but is ' '",
    ),
    "a value in place of tables": (
        "\ncorrection = 1\n",
        "2: correction must be written as [[correction]] with line, from, to, why, file, but is 1",
    ),
    "a value among tables": (
        "lift = [5]\n",
        "1: lift must be written as [[lift]] with line, why, file, but is 5",
    ),
    "many tables in place of one": (
        "[[scan]]\nfile = 'a.pdf'\n",
        "1: scan must be written as [scan] with file, first, but is [{'file': 'a.pdf'}]",
    ),
    "an invisible character": (
        f'{RIGHT}[[withdrawn]]\nwhy = "c"\nid = "a\\u200b"\n',
        "8: id holds U+200B, which nobody sees; remove it",
    ),
}
GAZETTE = {
    "a title that is none": ("\ntitle=5", "2: title must be a text, but is 5"),
    "no title": ("place = 'x'", "1: title must be a text, but is missing"),
    "an agency without a list": (
        "title = 'x'\n[agencies]\na = ['b']\n'市委' = 1",
        "4: '市委' needs a list of names as printed",
    ),
    "a name with an invisible character": (
        'title = "x"\n[agencies]\na = ["b"]\n"c" = ["\\u200b"]',
        "4: c holds U+200B, which nobody sees; remove it",
    ),
    "a host without a text": ("title = 'x'\n[host]\nsite = 1", "3: [host] knows site, "),
    "agencies that are no table": (
        "title = 'x'\nagencies = 1",
        "2: agencies must be a table [agencies], but is 1",
    ),
    "the second inventory": (
        "title = 'x'\n[[inventory]]\nsite = 'https://x.example/'\nfile = 'x.json'\n"
        "[[inventory]]\nfile = 'x.json'\nsite = 'https://y.example'\n",
        "7: site must begin with https:// and end with /",
    ),
}


@pytest.mark.parametrize("case", ISSUE)
def test_a_wrong_value_of_an_issue_is_named_with_its_line(case: str, tmp_path: Path) -> None:
    path = tmp_path / "issue.toml"
    text, said = ISSUE[case]
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        read_issue_tables(path)
    assert str(caught.value) == f"{path}:{said}"


@pytest.mark.parametrize("case", GAZETTE)
def test_a_wrong_value_of_a_gazette_is_named_with_its_line(case: str, tmp_path: Path) -> None:
    path = tmp_path / "gazette.toml"
    text, said = GAZETTE[case]
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        read_gazette(tmp_path)
    assert str(caught.value).startswith(f"{path}:{said}")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "[[withdrawn]]\nwhy = 'id = 1'\nid = 'a'\n[ours]\n[[ withdrawn ]]\nid='b'\nwhy='c'",
            [3, 6],
        ),
        ("withdrawn = [{id = 'a', why = 'b'}, {id = 'c', why = 'd'}]\nx = 1", [1, 1]),
        ("withdrawn = [\n{id = 'a', why = 'b'},\n{why = 'c', id = 'd'}\n]\nx = 1", [2, 3]),
    ],
)
def test_a_withdrawal_knows_its_line(text: str, lines: list[int], tmp_path: Path) -> None:
    path = tmp_path / "issue.toml"
    path.write_text(text, "utf-8")
    found = withdrawals_of(read_issue_tables(path), path)
    assert [withdrawal.line for withdrawal in found] == lines
